#include "varne/room/authority.h"

#include <algorithm>

#include "varne/doctrine/facts.h"

namespace varne::authority {
namespace {

bool leads_a_unit(const ReportHead& report) {
  return report.role == "commander" || report.role == "captain";
}

}  // namespace

bool is_centre(const World& world, const std::string& name) {
  const auto& centres = world.strait.centres;
  return std::any_of(centres.begin(), centres.end(),
                     [&](const Centre& centre) { return centre.name == name; }) ||
         std::any_of(world.units.begin(), world.units.end(),
                     [&](const Unit& unit) { return unit.centre == name; });
}

bool speaks_for_a_centre(const World& world, const Speaker& speaker, const ReportHead& report) {
  return speaker.proven && (report.role.empty() || report.role == "coordinator") &&
         is_centre(world, report.from);
}

bool may_order(const World& world, const Speaker& speaker, const ReportHead& report) {
  return speaks_for_a_centre(world, speaker, report) || (speaker.proven && leads_a_unit(report));
}

std::string may_not_rule_out_danger(const World& world, const Speaker& speaker, const ReportHead& report) {
  if (!is_officer(report.role) || (report.role == "coordinator" && !is_centre(world, report.from)))
    return "only a captain, a commander or a centre's coordinator can rule out a danger";
  if (!speaker.proven) return "this feed cannot show who speaks; no danger is ruled out by it";
  if (report.text.empty()) return "say in \"text\" what was seen of this very boat that rules it out";
  return "";
}

std::string may_not_override(const World& /*world*/, const Speaker& speaker, const ReportHead& report) {
  if (!leads_a_unit(report)) return "only a captain or a commander acts against a verdict, by name";
  if (!speaker.proven) return "this feed cannot show who speaks; no verdict is overridden by it";
  return "";
}

std::string may_not_set_parameter(const World& world, const Speaker& speaker, const ReportHead& report) {
  if (!is_officer(report.role) || (report.role == "coordinator" && !is_centre(world, report.from)))
    return "only a captain, a commander or a centre's coordinator sets a parameter";
  if (!speaker.proven) return "this feed cannot show who speaks; no parameter is set by it";
  return "";
}

std::string consent_without_effect(const World& world, const Speaker& speaker,
                                   const reports::Consent& consent, const Incident* about) {
  if (!speaker.proven) return "this feed cannot show who speaks";
  const std::string& unit = consent.unit.empty() ? consent.from : consent.unit;
  const bool listed = std::any_of(world.units.begin(), world.units.end(), [&](const Unit& known) {
    return unit == known.name || unit == consent.role + " of " + known.name;
  });
  if (consent.role == "captain" && !listed)
    return "no unit of this captain is listed; name it in \"unit\" as the list of units has it";
  if (about == nullptr) return "";
  const bool twice = std::any_of(about->said.begin(), about->said.end(), [&](const Heard& heard) {
    const auto* before = std::get_if<reports::Consent>(&heard.report);
    return before != nullptr && heard.entry > about->encounter_from && before->from == consent.from &&
           before->role != consent.role;
  });
  return twice ? "they have spoken in another role in this encounter already" : "";
}

}  // namespace varne::authority
