#include "varne/room/authority.h"

#include <algorithm>

#include "varne/doctrine/facts.h"

namespace varne::authority {
namespace {

bool leads_a_unit(const Report& report) {
  return report.role == "commander" || report.role == "captain";
}

}  // namespace

bool is_centre(const World& world, const std::string& name) {
  return std::find(world.centres.begin(), world.centres.end(), name) != world.centres.end() ||
         std::any_of(world.units.begin(), world.units.end(),
                     [&](const Unit& unit) { return unit.centre == name; });
}

bool speaks_for_a_centre(const World& world, const Speaker& speaker, const Report& report) {
  return speaker.proven && (report.role.empty() || report.role == "coordinator") &&
         is_centre(world, report.from);
}

bool may_order(const World& world, const Speaker& speaker, const Report& report) {
  return speaks_for_a_centre(world, speaker, report) || (speaker.proven && leads_a_unit(report));
}

std::string may_not_rule_out_danger(const World& world, const Speaker& speaker, const Report& report) {
  if (!is_officer(report.role) || (report.role == "coordinator" && !is_centre(world, report.from)))
    return "only a captain, a commander or a centre's coordinator can rule out a danger";
  if (!speaker.proven) return "this feed cannot show who speaks; no danger is ruled out by it";
  if (report.text.empty()) return "say in \"text\" what was seen of this very boat that rules it out";
  return "";
}

}  // namespace varne::authority
