#include "varne/search/of_fleet.h"

#include <fmt/format.h>

#include "varne/core/units.h"
#include "varne/fleet/reach.h"

namespace varne {
namespace {

/// Its speeds in this sea, or why it does not go.
void take_speeds(const SearcherNow& now, SearchUnit& out, std::vector<std::string>& notes) {
  const Unit& unit = now.unit;
  out.search_mps = unit.search_speed_mps;
  out.transit_mps = unit.speed_mps;
  if (!unit.speed_mps || out.flies) return;
  const auto makes = speed_in(unit, now.sea_m);
  if (!makes || *makes == 0) {
    const int state = sea_state_of(*now.sea_m);
    out.not_free = makes ? fmt::format("it does not go out in sea state {}", state)
                         : fmt::format("its speed in sea state {} is not known", state);
    return;
  }
  out.transit_mps = makes;
  if (out.search_mps && *out.search_mps > *makes) {
    notes.push_back(fmt::format("{}: searches at {:.0f} kn, which is all that it makes in this sea",
                                unit.name, knots_from_mps(*makes)));
    out.search_mps = makes;
  }
  if (const auto assumed = assumed_of_speed(unit, now.sea_m); !assumed.empty())
    notes.push_back(unit.name + ": " + assumed);
}

}  // namespace

Result<SearchUnit> search_unit_of(const SearcherNow& now, const SweepWidths& widths, SweepQuery conditions,
                                  std::vector<std::string>& notes) {
  const Unit& unit = now.unit;
  const auto note = [&](const std::string& what) { notes.push_back(unit.name + ": " + what); };
  conditions.platform = unit.kind == UnitKind::helicopter  ? SearchPlatform::helicopter
                        : unit.kind == UnitKind::aeroplane ? SearchPlatform::aeroplane
                                                           : SearchPlatform::boat;
  if (unit.eye_height_m) conditions.height_m = unit.eye_height_m;
  conditions.speed_mps = unit.search_speed_mps;
  const auto answer = widths.width(conditions);
  if (!answer) return fail(answer.error());
  if (!answer->width_m) note(answer->missing);
  for (const auto& each : answer->notes) note(each);
  SearchUnit out;
  out.name = unit.name;
  out.flies = flies(unit.kind);
  out.at = now.at;
  out.free_from = now.free_from;
  out.sweep_width_m = answer->width_m;
  take_speeds(now, out, notes);
  if (!now.not_free.empty()) out.not_free = now.not_free;
  if (now.at_base) {
    out.launch_delay = unit.launch_delay.value_or(Duration::zero());
    if (!unit.launch_delay) note("its launch delay is not known; none is counted");
  } else if (unit.endurance || unit.crew_hours) {
    note("how long it has been at sea is not known; it is taken to have left just now");
  }
  out.endurance = unit.endurance;
  out.crew_hours = unit.crew_hours;
  out.back_to = unit.home;
  out.turn_s = unit.turn_s.value_or(0);
  if (!unit.turn_s) note("its time for a turn is not known; none is counted");
  out.depth_m = depth_needed_m(unit);
  return out;
}

}  // namespace varne
