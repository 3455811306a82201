#include "varne/days/fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "varne/days/draws.h"
#include "varne/days/statistics.h"

namespace varne::days {
namespace {

using Row = std::array<double, 3>;  // 1, cos, sin of the day of the year

constexpr double turn = 2 * std::numbers::pi / 365.25;
constexpr int newton_steps = 25;
constexpr std::size_t least_days = 200;
constexpr std::size_t least_with_boats = 20;

double day_of_year(Date day) {
  const std::chrono::year_month_day date(day);
  return static_cast<double>((day - Date(date.year() / 1 / 1)).count()) + 1;
}

Row season_of(Date day) {
  const double a = turn * day_of_year(day);
  return {1, std::cos(a), std::sin(a)};
}

double dot(const Row& a, const Row& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/// Solves A x = b, A symmetric and positive (Cramer).
Row solve(const std::array<Row, 3>& a, const Row& b) {
  const auto det = [](const std::array<Row, 3>& m) {
    return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) -
           m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0]) +
           m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
  };
  const double whole = det(a);
  Row x{};
  for (std::size_t c = 0; c < 3 && whole != 0; ++c) {
    auto m = a;
    for (std::size_t r = 0; r < 3; ++r) m[r][c] = b[r];
    x[c] = det(m) / whole;
  }
  return x;
}

/// A generalised linear model with its natural link, by Newton's method.
/// @param mean  of the linear predictor; `weight` is its derivative
template <class Mean, class Weight>
Row regress(const std::vector<Row>& x, const std::vector<double>& y, Row beta, Mean&& mean, Weight&& weight) {
  for (int step = 0; step < newton_steps; ++step) {
    std::array<Row, 3> information{};
    Row score{};
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double m = mean(dot(beta, x[i]));
      const double w = weight(m);
      for (std::size_t r = 0; r < 3; ++r) {
        score[r] += (y[i] - m) * x[i][r];
        for (std::size_t c = 0; c < 3; ++c) information[r][c] += w * x[i][r] * x[i][c];
      }
    }
    const Row by = solve(information, score);
    for (std::size_t r = 0; r < 3; ++r) beta[r] += by[r];
  }
  return beta;
}

/// Half the swing and the day of the year of its peak.
std::pair<double, double> swing(const Row& beta) {
  double peak = std::atan2(beta[2], beta[1]) / turn;
  if (peak < 0) peak += 365.25;
  return {std::hypot(beta[1], beta[2]), peak};
}

struct Maker {
  Numbers numbers;
  std::vector<std::pair<Q, std::size_t>> which;
  void put(Q q, double value) {
    numbers.set(q, Shape::fixed, {value, 0, 0});
    which.emplace_back(q, 0);
  }
};

void fit_viable(const std::vector<DayCount>& rows, Maker& out) {
  std::vector<Row> x;
  std::vector<double> y;
  for (const DayCount& row : rows) {
    x.push_back(season_of(row.day));
    y.push_back(row.boats > 0 ? 1 : 0);
  }
  const double share = mean_of(y);
  const Row beta = regress(
      x, y, {std::log(share / (1 - share)), 0, 0}, [](double e) { return 1 / (1 + std::exp(-e)); },
      [](double m) { return m * (1 - m); });
  const auto [half, peak] = swing(beta);
  out.put(Q::viable_share, 1 / (1 + std::exp(-beta[0])));
  out.put(Q::viable_swing, half);
  out.put(Q::viable_peak_day, peak);
}

void fit_boats(const std::vector<DayCount>& viable, Maker& out) {
  std::vector<Row> x;
  std::vector<double> y;
  for (const DayCount& row : viable) {
    x.push_back(season_of(row.day));
    y.push_back(row.boats);
  }
  const Row beta = regress(
      x, y, {std::log(mean_of(y)), 0, 0}, [](double e) { return std::exp(e); }, [](double m) { return m; });
  const auto [half, peak] = swing(beta);
  out.put(Q::boats_a_day, std::exp(beta[0]));
  out.put(Q::boats_swing, half);
  out.put(Q::boats_peak_day, peak);
  double excess = 0;
  double squares = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double m = std::exp(dot(beta, x[i]));
    const double beyond = std::max(m - 1, 0.0);
    excess += (y[i] - m) * (y[i] - m) - beyond;
    squares += beyond * beyond;
  }
  out.put(Q::boats_size, excess > 0 ? std::clamp(squares / excess, 0.05, 1e6) : 1e7);
}

/// Persons a boat: the mean grows; the variance of a day's mean is that between days and that of boats over
/// their number.
void fit_persons(const std::vector<DayCount>& viable, int year, Maker& out) {
  const Date middle = Date(std::chrono::year(year) / 7 / 2);
  double w = 0, wt = 0, wtt = 0, wy = 0, wty = 0, people = 0, boats = 0;
  for (const DayCount& row : viable) {
    const double t = static_cast<double>((row.day - middle).count()) / 365.25;
    const double y = std::log(static_cast<double>(row.people) / row.boats);
    const double weight = row.boats;
    w += weight, wt += weight * t, wtt += weight * t * t, wy += weight * y, wty += weight * t * y;
    people += row.people, boats += row.boats;
  }
  const double growth = (w * wty - wt * wy) / (w * wtt - wt * wt);
  double expected = 0;
  for (const DayCount& row : viable)
    expected += row.boats * std::exp(growth * static_cast<double>((row.day - middle).count()) / 365.25);
  const double mean = people / expected;  // in the middle of the year
  // d² = between + within / n, least squares weighted by n.
  double s = 0, sx = 0, sxx = 0, sy = 0, sxy = 0;
  for (const DayCount& row : viable) {
    const double t = static_cast<double>((row.day - middle).count()) / 365.25;
    const double d = static_cast<double>(row.people) / row.boats / (mean * std::exp(growth * t)) - 1;
    const double n = row.boats;
    s += n, sx += 1, sxx += 1 / n, sy += n * d * d, sxy += d * d;
  }
  const double within = std::clamp((s * sxy - sx * sy) / (s * sxx - sx * sx), 0.0, 4.0);
  const double between = std::clamp((sy - sx * within) / s, 0.0, 1.0);
  const double spread = std::sqrt(std::log1p(within / (1 + between)));
  out.numbers.set(Q::persons, Shape::lognormal, {mean * std::exp(-spread * spread / 2), spread, 0});
  out.which.emplace_back(Q::persons, 0);
  out.which.emplace_back(Q::persons, 1);
  out.put(Q::persons_growth, growth);
  out.put(Q::persons_day_spread, std::sqrt(std::log1p(between)));
}

std::vector<double> boats_in(const std::vector<DayCount>& rows) {
  std::vector<double> out;
  for (const DayCount& row : rows) out.push_back(row.boats);
  return out;
}

/// The least persistence, to 0.005, with which simulated series have the seen correlation of neighbouring
/// days.
void fit_persistence(const std::vector<DayCount>& rows, int year, std::uint64_t seed, Maker& out) {
  const double seen = autocorrelation(boats_in(rows), 1);
  const DateSpan span{rows.front().day, rows.back().day};
  const auto simulated = [&](double persistence) {
    Numbers numbers = out.numbers;
    numbers.set(Q::persistence, Shape::fixed, {persistence, 0, 0});
    constexpr std::uint32_t series = 24;
    double sum = 0;
    for (std::uint32_t i = 0; i < series; ++i)
      sum += autocorrelation(boats_in(simulate_series(numbers, span, year, seed_of(seed, i))), 1);
    return sum / series;
  };
  double low = 0;
  double high = 0.95;
  while (high - low > 0.005) {
    const double middle = (low + high) / 2;
    (simulated(middle) < seen ? low : high) = middle;
  }
  out.put(Q::persistence, (low + high) / 2);
}

/// Of the span's middle day.
int year_in(const std::vector<DayCount>& rows) {
  return static_cast<int>(std::chrono::year_month_day(rows[rows.size() / 2].day).year());
}

Result<Maker> fit_once(const std::vector<DayCount>& rows, std::uint64_t seed) {
  std::vector<DayCount> viable;
  for (const DayCount& row : rows)
    if (row.boats > 0) viable.push_back(row);
  if (rows.size() < least_days || viable.size() < least_with_boats || viable.size() == rows.size())
    return fail("", fmt::format("{} days, {} of them with boats: too few to fit {} days with {} of boats",
                                rows.size(), viable.size(), least_days, least_with_boats));
  Maker out;
  fit_viable(rows, out);
  fit_boats(viable, out);
  fit_persons(viable, year_in(rows), out);
  fit_persistence(rows, year_in(rows), seed, out);
  return out;
}

}  // namespace

Numbers Fit::over(Numbers out) const {
  out.set(Q::persons, Shape::lognormal, {0, 0, 0});
  for (const Fitted& one : numbers) out.set({one.quantity, one.parameter, one.value});
  return out;
}

Result<Fit> fit_departures(const std::vector<DayCount>& rows, int bootstraps, std::uint64_t seed) {
  auto made = fit_once(rows, seed);
  if (!made) return std::unexpected(made.error());
  Fit out;
  out.span = {rows.front().day, rows.back().day};
  std::vector<std::vector<double>> again(made->which.size());
  for (int b = 0; b < bootstraps; ++b) {
    const auto number = static_cast<std::uint32_t>(b);
    const auto series =
        simulate_series(made->numbers, out.span, year_in(rows), seed_of(seed, number, For::boats));
    const auto refit = fit_once(series, seed);
    if (!refit) continue;
    for (std::size_t i = 0; i < again.size(); ++i)
      again[i].push_back(refit->numbers.of(refit->which[i].first).v[refit->which[i].second]);
  }
  for (std::size_t i = 0; i < made->which.size(); ++i) {
    const auto [q, parameter] = made->which[i];
    out.numbers.push_back({q, parameter, made->numbers.of(q).v[parameter], std::sqrt(variance_of(again[i]))});
  }
  return out;
}

Result<std::vector<DayCount>> days_of(const Series& series, DateSpan span) {
  if (series.weekly()) return fail(series.source, "is by week; a fit needs a series by day");
  if (!series.days().holds(span.first) || !series.days().holds(span.last))
    return fail(series.source, fmt::format("does not hold all of {}", iso_span(span)));
  std::vector<DayCount> out;
  for (const SeriesRow& row : series.rows)
    if (span.holds(row.days.first)) out.push_back({row.days.first, row.people, row.boats});
  return out;
}

std::vector<Compared> compare(const Numbers& numbers, const std::vector<DayCount>& seen, int year, int series,
                              std::uint64_t seed) {
  const auto figures = [](const std::vector<DayCount>& rows) {
    double people = 0;
    double zero = 0;
    std::vector<double> people_a_day;
    for (const DayCount& row : rows) {
      people += row.people;
      zero += row.boats == 0 ? 1 : 0;
      people_a_day.push_back(row.people);
    }
    const auto boats = boats_in(rows);
    const double all = mean_of(boats) * static_cast<double>(rows.size());
    return std::vector<Compared>{{"people", people},
                                 {"boats", all},
                                 {.what = "days without arrivals, share",
                                  .seen = zero / static_cast<double>(rows.size()),
                                  .share = true},
                                 {"persons a boat", all > 0 ? people / all : 0},
                                 {"boats a day, 75 % quantile", quantile_of(boats, 0.75)},
                                 {"boats a day, 90 % quantile", quantile_of(boats, 0.9)},
                                 {"boats a day, 99 % quantile", quantile_of(boats, 0.99)},
                                 {"people a day, 75 % quantile", quantile_of(people_a_day, 0.75)},
                                 {"people a day, 90 % quantile", quantile_of(people_a_day, 0.9)},
                                 {"people a day, 99 % quantile", quantile_of(people_a_day, 0.99)},
                                 {"correlation of boats, 1 day apart", autocorrelation(boats, 1)},
                                 {"correlation of boats, 2 days apart", autocorrelation(boats, 2)},
                                 {"correlation of boats, 7 days apart", autocorrelation(boats, 7)}};
  };
  std::vector<Compared> real = figures(seen);
  std::vector<std::vector<double>> made(real.size());
  const DateSpan span{seen.front().day, seen.back().day};
  for (int i = 0; i < series; ++i) {
    const auto of = figures(
        simulate_series(numbers, span, year, seed_of(seed, static_cast<std::uint32_t>(i), For::beach)));
    for (std::size_t f = 0; f < of.size(); ++f) made[f].push_back(of[f].seen);
  }
  for (std::size_t f = 0; f < real.size(); ++f) {
    real[f].low = quantile_of(made[f], 0.05);
    real[f].middle = quantile_of(made[f], 0.5);
    real[f].high = quantile_of(made[f], 0.95);
  }
  return real;
}

}  // namespace varne::days
