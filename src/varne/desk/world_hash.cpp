#include "varne/desk/world_hash.h"

#include "varne/core/fields_bytes.h"

namespace varne {

Hash hash_of(const World& world) {
  BytesOut out;
  std::vector<std::string> centres;
  for (const Centre& centre : world.strait.centres) centres.push_back(centre.name);
  out(world.title, world.exercise, world.notice, world.seed, world.inputs, centres, world.sea.hash());
  for (const Unit& unit : world.units) {
    out(unit.name, unit.kind, unit.state, unit.centre, unit.base, unit.home, unit.speed_mps, unit.capacity,
        unit.mmsi, unit.seated, unit.endurance, unit.launch_delay, unit.crew_hours, unit.draught_m,
        unit.search_speed_mps, unit.eye_height_m, unit.sensors, unit.status);
    if (unit.turn_s) out(*unit.turn_s);
    for (const SpeedInSea& sea : unit.speeds_in_sea) out(sea.sea_state, sea.speed_mps);
  }
  const auto axis = [&](const LeewayAxis& a) { out(a.slope_pct, a.offset_cm_s, a.std_cm_s); };
  for (const LeewayClass& leeway : world.leeway) {
    out(leeway.key);
    axis(leeway.downwind);
    axis(leeway.crosswind_positive);
    axis(leeway.crosswind_negative);
  }
  const Zones& zones = world.strait.zones;
  for (const ChartLine& line : zones.lines()) out(line.feature, line.points);
  for (const auto* areas : {&zones.waters(), &zones.regions()}) {
    for (const ChartArea& area : *areas) out(area.name, area.of_state, area.ring);
  }
  out(world.strait.way_back);
  if (!world.partners.empty()) out(world.own, world.partners, world.shares);
  if (world.rules) {
    for (const Doctrine& doctrine : world.rules->doctrines) out(doctrine.name, doctrine.hash);
    for (std::size_t id = 0; id < world.rules->vocabulary.size(); ++id)
      out(world.rules->vocabulary[static_cast<FactId>(id)].name);
    out(world.rules->vocabulary.dangers());
  }
  return sha256(out.take());
}

}  // namespace varne
