#include "varne/days/hindcast.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "varne/core/units.h"
#include "varne/sea/forcing.h"

namespace varne::days {
namespace {

/// As day.toml has it: whole degrees, tenths of a knot.
Weather::Hour hour_of(Vec wind) {
  const double from = std::round(reversed_deg(direction_deg(wind)));
  return {wrap360(from), std::round(knots_from_mps(length(wind)) * 10) / 10, 0};
}

}  // namespace

std::vector<Weather::Hour> Hindcast::hours(Date day, double wave_per_wind2) const {
  const auto from = hours_.begin() + 24 * (day - first_).count();
  std::vector<Weather::Hour> out(from, from + day_hours + 1);
  if (!waves_) waves_of_wind(wave_per_wind2, mps_from_knots(out.front().wind_kn), out);
  return out;
}

double Hindcast::calm(Date day) const {
  return calm_[static_cast<std::size_t>((day - first_).count())];
}

Result<std::shared_ptr<const Hindcast>> read_hindcast(const Scenario& scenario) {
  const Forcing& forcing = *scenario.forcing;
  const Time first{scenario.span.first};
  const auto count = static_cast<std::size_t>(24 * (scenario.span.days() - 1) + day_hours + 1);
  const Time last = first + std::chrono::hours(count - 1);
  ForcingOptions options;
  for (const std::string& each : forcing.map)
    if (auto added = add_to_map(options.map, each); !added)
      return fail(added.error().in(forcing.where + ": map"));
  options.between = {first, last};
  Sea sea;
  const std::string field = forcing.where + ": files";
  if (auto added = add_forcing(sea, forcing.files, options); !added) return fail(added.error().in(field));
  auto out = std::make_shared<Hindcast>();
  out->first_ = scenario.span.first;
  out->hash_ = sea.hash();
  std::vector<std::optional<double>> waves;
  for (std::size_t h = 0; h < count; ++h)
    waves.push_back(sea.wave_height_m(forcing.place, first + std::chrono::hours(h)));
  out->waves_ = std::ranges::any_of(waves, [](const auto& wave) { return wave.has_value(); });
  for (std::size_t h = 0; h < count; ++h) {
    const Time now = first + std::chrono::hours(h);
    const auto wind = sea.wind(forcing.place, now);
    const auto& wave = waves[h];
    if (!wind || (out->waves_ && !wave))
      return fail(field, fmt::format("hold no {} at {:.3f}, {:.3f} at {}; every hour from {} to {} is needed",
                                     wind ? "wave height" : "wind", forcing.place.lon, forcing.place.lat,
                                     iso(now), iso(first), iso(last)));
    out->hours_.push_back(hour_of(*wind));
    if (wave) out->hours_.back().wave_m = std::round(*wave * 100) / 100;
  }
  const auto days = static_cast<std::size_t>(scenario.span.days());
  std::vector<double> mean(days);
  for (std::size_t d = 0; d < days; ++d)
    for (std::size_t h = 0; h < 24; ++h) mean[d] += out->hours_[24 * d + h].wind_kn;
  std::vector<std::size_t> order(days);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return mean[a] < mean[b]; });
  out->calm_.resize(days);
  for (std::size_t rank = 0; rank < days; ++rank)
    out->calm_[order[rank]] = -normal_quantile((static_cast<double>(rank) + 0.5) / static_cast<double>(days));
  return std::shared_ptr<const Hindcast>(std::move(out));
}

}  // namespace varne::days
