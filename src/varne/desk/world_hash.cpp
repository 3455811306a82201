#include "varne/desk/world_hash.h"

#include "varne/core/fields_bytes.h"

namespace varne {

Hash hash_of(const World& world) {
  BytesOut out;
  out(world.title, world.exercise, world.notice, world.seed, world.inputs, world.centres, world.sea.hash());
  for (const Unit& unit : world.units)
    out(unit.name, unit.kind, unit.state, unit.centre, unit.base, unit.home, unit.speed_mps, unit.capacity,
        unit.mmsi);
  const auto axis = [&](const LeewayAxis& a) { out(a.slope_pct, a.offset_cm_s, a.std_cm_s); };
  for (const LeewayClass& leeway : world.leeway) {
    out(leeway.key);
    axis(leeway.downwind);
    axis(leeway.crosswind_positive);
    axis(leeway.crosswind_negative);
  }
  for (const ChartLine& line : world.zones.lines()) out(line.feature, line.points);
  if (world.rules) {
    for (const Doctrine& doctrine : world.rules->doctrines) out(doctrine.name, doctrine.hash);
    for (std::size_t id = 0; id < world.rules->vocabulary.size(); ++id)
      out(world.rules->vocabulary[static_cast<FactId>(id)].name);
    out(world.rules->vocabulary.dangers());
  }
  return sha256(out.take());
}

}  // namespace varne
