#include "varne/days/weather.h"

#include <algorithm>
#include <cmath>

#include "varne/core/units.h"
#include "varne/days/distribution.h"
#include "varne/days/draws.h"

namespace varne::days {
namespace {

constexpr double least_mps = 0.2;  // never quite still: a direction needs a wind

}  // namespace

Vec Weather::Hour::wind() const {
  return towards(reversed_deg(wind_from_deg), mps_from_knots(wind_kn));
}

std::vector<Stated> Weather::stated(Time start) const {
  std::vector<Stated> out;
  for (std::size_t h = 0; h < hours.size(); ++h) {
    Stated one;
    one.from = start + std::chrono::hours(h);
    one.wind = hours[h].wind();
    one.wave_height_m = hours[h].wave_m;
    one.water_temperature_c = water_c;
    out.push_back(one);
  }
  return out;
}

void waves_of_wind(double wave_per_wind2, double sea_mps, std::vector<Weather::Hour>& hours) {
  for (Weather::Hour& hour : hours) {
    sea_mps += (mps_from_knots(hour.wind_kn) - sea_mps) / 3;
    hour.wave_m = std::round(wave_per_wind2 * sea_mps * sea_mps * 100) / 100;
  }
}

Weather make_weather(const Numbers& n, double conditions, std::uint64_t seed) {
  Random random = draws(seed, 0, For::weather);
  Weather out;
  const double r = n[Q::wind_viable];
  const double score = -r * conditions + std::sqrt(1 - r * r) * random.normal();
  const double mean = n.draw(Q::wind, std::clamp(normal_probability(score), 1e-9, 1 - 1e-9));
  const double from = wrap360(std::round(n.draw(Q::wind_from, random.uniform())));
  out.visibility_m = 1000 * n.draw(Q::visibility, random.uniform());
  out.water_c = n[Q::water_temperature];
  const double kept = std::exp(-1 / n[Q::wind_memory]);
  const double sd = n[Q::wind_hourly];
  double off = sd * random.normal();
  double sea = mean;  // the wind that the waves have grown to
  for (int h = 0; h <= day_hours; ++h) {
    const double wind = std::max(least_mps, mean + off);
    sea += (wind - sea) / 3;  // over some three hours
    out.hours.push_back({from, std::round(knots_from_mps(wind) * 10) / 10,
                         std::round(n[Q::wave_per_wind] * sea * sea * 100) / 100});
    off = kept * off + std::sqrt(1 - kept * kept) * sd *
                           draws(seed, static_cast<std::uint32_t>(h), For::wind_step).normal();
  }
  return out;
}

}  // namespace varne::days
