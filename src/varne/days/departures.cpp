#include "varne/days/departures.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>

#include "varne/days/draws.h"

namespace varne::days {
namespace {

constexpr double year_days = 365.25;

double day_of_year(Date day) {
  const std::chrono::year_month_day date(day);
  return static_cast<double>((day - Date(date.year() / 1 / 1)).count()) + 1;
}

double season(Date day, double peak) {
  return std::cos(2 * std::numbers::pi * (day_of_year(day) - peak) / year_days);
}

}  // namespace

double viable_chance(const Numbers& n, Date day) {
  const double share = n[Q::viable_share];
  if (share <= 0 || share >= 1) return share;
  const double logit =
      std::log(share / (1 - share)) + n[Q::viable_swing] * season(day, n[Q::viable_peak_day]);
  return 1 / (1 + std::exp(-logit));
}

double boats_expected(const Numbers& n, Date day) {
  return std::max(1.0, n[Q::boats_a_day] * std::exp(n[Q::boats_swing] * season(day, n[Q::boats_peak_day])));
}

std::int32_t boats_of(const Numbers& n, Date day, double conditions) {
  const double viable = viable_chance(n, day);
  const double p = normal_probability(conditions);
  if (n[Q::boats_a_day] <= 0 || viable <= 0 || p <= 1 - viable) return 0;
  const double within = std::clamp((p - (1 - viable)) / viable, 1e-12, 1 - 1e-12);
  return 1 + count_quantile(boats_expected(n, day) - 1, n[Q::boats_size], within);
}

std::int32_t persons_of(const Numbers& n, Date day, int year, double of_day, double of_boat) {
  const Date middle = Date(std::chrono::year(year) / 7 / 2);
  const double years = static_cast<double>((day - middle).count()) / year_days;
  const double spread = n[Q::persons_day_spread];
  // The day's factor has mean 1: the spread moves no mean.
  const double factor = std::exp(n[Q::persons_growth] * years + spread * of_day - spread * spread / 2);
  const QuantityWords& may = words_of(Q::persons);
  return static_cast<std::int32_t>(
      std::lround(std::clamp(factor * n.draw(Q::persons, of_boat), may.least, may.most)));
}

std::vector<DayCount> simulate_series(const Numbers& n, DateSpan span, int year, std::uint64_t seed) {
  std::vector<DayCount> out;
  out.reserve(static_cast<std::size_t>(span.days()));
  const double kept = n[Q::persistence];
  const double fresh = std::sqrt(1 - kept * kept);
  double z = draws(seed, 0, For::conditions).normal();
  for (Date day = span.first; day <= span.last; day += std::chrono::days(1)) {
    const auto number = static_cast<std::uint32_t>((day - span.first).count()) + 1;
    DayCount one{.day = day, .people = 0, .boats = boats_of(n, day, z)};
    const double of_day = draws(seed, number, For::persons_of_day).normal();
    Random boats = draws(seed, number, For::persons);
    for (std::int32_t b = 0; b < one.boats; ++b)
      one.people += persons_of(n, day, year, of_day, boats.uniform());
    out.push_back(one);
    z = kept * z + fresh * draws(seed, number, For::conditions).normal();
  }
  return out;
}

}  // namespace varne::days
