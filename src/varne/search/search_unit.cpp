#include "varne/search/search_unit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace varne {
namespace {

/// Distance from a point to the nearest of the cloud's particles in a slice, and back to another [m].
struct Reach {
  double there = INFINITY;
  double back = INFINITY;
};

Reach nearest(const SearchCloud& cloud, std::size_t k, Vec from, Vec back_to) {
  Reach out;
  const std::size_t step = std::max<std::size_t>(1, cloud.particles / 2000);
  for (std::size_t i = 0; i < cloud.particles; i += step) {
    const Vec at{static_cast<double>(cloud.east_of(k)[i]), static_cast<double>(cloud.north_of(k)[i])};
    if (std::isnan(at.east)) continue;
    out.there = std::min(out.there, length(at - from));
    out.back = std::min(out.back, length(at - back_to));
  }
  return out;
}

Duration going(double metres, double mps) {
  return Duration(std::llround(std::ceil(metres / mps * 1000)));
}

std::string minutes(Duration d) {
  return fmt::format("{:.0f} min", std::ceil(seconds(d) / 60));
}

}  // namespace

std::variant<ReadyUnit, LeftOut> ready(const SearchUnit& unit, std::size_t number, const SearchCloud& cloud,
                                       std::vector<std::string>& notes) {
  const auto out = [&](std::string why) { return LeftOut{unit.name, std::move(why)}; };
  const auto known = [](const std::optional<double>& n) { return n && std::isfinite(*n) && *n > 0; };
  if (!unit.declined.empty()) return out("declined: " + unit.declined);
  if (!valid(unit.at)) return out("its position is not known");
  if (!known(unit.search_mps)) return out("its search speed is not known");
  if (!known(unit.sweep_width_m))
    return out(unit.sweep_width_m && *unit.sweep_width_m == 0
                   ? "its sweep width for this object is 0: it would pass by and see nothing"
                   : "its sweep width for this object is not known; state one with its source");
  ReadyUnit r;
  r.unit = number;
  r.flies = unit.flies;
  r.from = cloud.plane.to(unit.at);
  r.back_to = cloud.plane.to(unit.back_to.value_or(unit.at));
  r.leaves = unit.free_from + unit.launch_delay;
  r.earliest = std::max({r.leaves, cloud.start, unit.on_scene_from.value_or(cloud.start)});
  r.latest = std::min(cloud.end(), unit.on_scene_until.value_or(cloud.end()));
  r.search_mps = *unit.search_mps;
  r.sweep_width_m = *unit.sweep_width_m;
  r.turn_s = std::max(0.0, unit.turn_s);
  r.transit_mps = known(unit.transit_mps) ? *unit.transit_mps : r.search_mps;
  if (!known(unit.transit_mps))
    notes.push_back(fmt::format("the transit speed of {} is not known; it is taken to go at its search speed",
                                unit.name));
  if (unit.endurance)
    r.back_by = r.leaves + *unit.endurance;
  else
    notes.push_back(
        fmt::format("the endurance of {} is not known; it is taken to last the whole search", unit.name));
  if (r.earliest >= r.latest) return out("its time on scene ends before it begins");
  const Reach first = nearest(cloud, 0, r.from, r.back_to);
  const Reach last = nearest(cloud, cloud.slices - 1, r.from, r.back_to);
  const double there = std::min(first.there, last.there);
  const double back = std::min(first.back, last.back);
  const Time arrives = std::max(r.earliest, r.leaves + going(there, r.transit_mps));
  if (arrives >= r.latest)
    return out(fmt::format("needs {} to the nearest part of the area and comes when the search is over",
                           minutes(going(there, r.transit_mps))));
  if (r.back_by && arrives + going(back, r.transit_mps) >= *r.back_by)
    return out(fmt::format("has an endurance of {} and needs {} of it there and back",
                           minutes(*unit.endurance), minutes(going(there + back, r.transit_mps))));
  return r;
}

}  // namespace varne
