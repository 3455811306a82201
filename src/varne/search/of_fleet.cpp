#include "varne/search/of_fleet.h"

namespace varne {

Result<SearchUnit> search_unit_of(const Unit& unit, Place at, Time free_from, const SweepWidths& widths,
                                  SweepQuery conditions, std::vector<std::string>& notes) {
  conditions.platform = unit.kind == UnitKind::helicopter  ? SearchPlatform::helicopter
                        : unit.kind == UnitKind::aeroplane ? SearchPlatform::aeroplane
                                                           : SearchPlatform::boat;
  if (unit.eye_height_m) conditions.height_m = unit.eye_height_m;
  conditions.speed_mps = unit.search_speed_mps;
  const auto answer = widths.width(conditions);
  if (!answer) return fail(answer.error());
  if (!answer->width_m) notes.push_back(unit.name + ": " + answer->missing);
  for (const auto& note : answer->notes) notes.push_back(unit.name + ": " + note);
  SearchUnit out;
  out.name = unit.name;
  out.flies = flies(unit.kind);
  out.at = at;
  out.free_from = free_from;
  out.search_mps = unit.search_speed_mps;
  out.sweep_width_m = answer->width_m;
  out.transit_mps = unit.speed_mps;
  out.launch_delay = unit.launch_delay.value_or(Duration::zero());
  if (!unit.launch_delay) notes.push_back(unit.name + ": its launch delay is not known; none is counted");
  out.endurance = unit.endurance;
  out.back_to = unit.home;
  return out;
}

}  // namespace varne
