#include "varne/search/search_unit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace varne {
namespace {

constexpr Duration no_way = std::chrono::hours(24 * 365);  // longer than any way there is

/// How soon a unit may be with some of the cloud, and how long it would be out at the least.
struct Soonest {
  Duration there = Duration::max();  ///< the shortest way at any time
  bool in_time = false;              ///< it is with some of the cloud before the search is over
  Duration out = Duration::max();    ///< from leaving to being back, of those
};

/// Slice by slice: to where the nearest of its particles then is, not before the slice begins, and back.
Soonest soonest(const SearchCloud& cloud, const ReadyUnit& unit) {
  constexpr std::size_t looked_at = 100;
  Soonest out;
  const std::size_t step = std::max<std::size_t>(1, cloud.particles / looked_at);
  for (std::size_t k = 0; k < cloud.slices; ++k) {
    Duration there = Duration::max();
    Duration back = Duration::max();
    for (std::size_t i = 0; i < cloud.particles; i += step) {
      const Vec at{static_cast<double>(cloud.east_of(k)[i]), static_cast<double>(cloud.north_of(k)[i])};
      if (std::isnan(at.east)) continue;
      there = std::min(there, unit.going(unit.from, at));
      back = std::min(back, unit.going(unit.back_to, at));
    }
    if (there == Duration::max()) continue;  // nowhere that is known
    out.there = std::min(out.there, there);
    const Time begins = cloud.start + cloud.slice * static_cast<std::int64_t>(k);
    const Time arrives = std::max({unit.earliest, begins, unit.leaves + there});
    if (arrives >= std::min(unit.latest, begins + cloud.slice)) continue;
    out.in_time = true;
    out.out = std::min(out.out, arrives - unit.leaves + back);
  }
  return out;
}

std::string minutes(Duration d) {
  return fmt::format("{:.0f} min", std::ceil(seconds(d) / 60));
}

/// What ends first, fuel or crew; says what of them is not known.
std::optional<Duration> tank_of(const SearchUnit& unit, std::vector<std::string>& notes) {
  if (!unit.endurance && !unit.crew_hours)
    notes.push_back(
        fmt::format("how long fuel and crew of {} last is not known; they are taken to last the whole search",
                    unit.name));
  else if (!unit.endurance)
    notes.push_back(fmt::format("the endurance of {} is not known; its crew's hours alone count", unit.name));
  else if (!unit.crew_hours)
    notes.push_back(
        fmt::format("the crew's hours of {} are not known; its endurance alone counts", unit.name));
  if (!unit.endurance || !unit.crew_hours) return unit.endurance ? unit.endurance : unit.crew_hours;
  return std::min(*unit.endurance, *unit.crew_hours);
}

}  // namespace

Duration ReadyUnit::going(Vec from_, Vec to) const {
  const double metres = ways ? ways->metres(from_, to) : length(to - from_);
  return Duration(std::llround(std::min(metres / transit_mps, 1e9) * 1000));
}

std::variant<ReadyUnit, LeftOut> ready(const SearchUnit& unit, std::size_t number, const SearchCloud& cloud,
                                       std::vector<std::string>& notes, const PassageGrid* waters) {
  const auto out = [&](std::string why) { return LeftOut{unit.name, std::move(why)}; };
  const auto known = [](const std::optional<double>& n) { return n && std::isfinite(*n) && *n > 0; };
  if (!unit.declined.empty()) return out("declined: " + unit.declined);
  if (!unit.not_free.empty()) return out(unit.not_free);
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
  const auto tank = tank_of(unit, notes);
  if (tank) r.back_by = r.leaves + *tank;
  if (r.earliest >= r.latest) return out("its time on scene ends before it begins");
  if (waters != nullptr && !unit.flies) {
    const auto middle = cloud.plane.origin();
    if (!waters->covers(unit.at) || !waters->covers(middle))
      notes.push_back(
          fmt::format("the coast is not known all the way of {}: it is taken to go straight", unit.name));
    r.ways = std::make_shared<const SearchWays>(*waters, cloud.plane, unit.depth_m,
                                                std::vector{r.from, r.back_to});
  }
  const Soonest way = soonest(cloud, r);
  if (way.there >= no_way) return out("there is no water deep enough for it all the way to the area");
  if (!way.in_time)
    return out(fmt::format("needs {} to the nearest part of the area and comes when the search is over",
                           minutes(way.there)));
  if (tank && way.out >= *tank)
    return out(fmt::format("has {} of {} and needs {} of it there and back",
                           tank == unit.endurance ? "an endurance" : "crew hours", minutes(*tank),
                           minutes(way.out)));
  return r;
}

}  // namespace varne
