#include "varne/room/authority.h"

#include <fmt/format.h>

#include <algorithm>

#include "varne/core/letters.h"
#include "varne/doctrine/facts.h"

namespace varne::authority {
namespace {

bool leads_a_unit(const ReportHead& report) {
  return report.role == "commander" || report.role == "captain";
}

/// What this report gives as the speaker's own: an order that could stand as one, an agreement, an office.
bool is_of_an_office(const Report& report) {
  return std::visit(Overloaded{[](const reports::Order& r) { return !is_request(r); },
                               [](const reports::Consent& r) { return r.given; },
                               [](const reports::Override& /*r*/) { return true; },
                               [](const reports::Parameter& /*r*/) { return true; },
                               [](const ReportHead& r) { return !r.role.empty(); }},
                    report);
}

/// The unit that a captain's word is of, where it names one.
std::string unit_answered_for(const Report& report) {
  return std::visit(
      Overloaded{[](const reports::Order& r) { return r.unit.empty() && !is_request(r) ? r.to : r.unit; },
                 [](const reports::Consent& r) { return r.given ? r.unit : ""; },
                 [](const reports::TaskAnswer& r) { return r.unit; },
                 [](const ReportHead& /*r*/) { return std::string(); }},
      report);
}

/// A commander's own units are those of the centre they speak for.
bool is_of_centre(const World& world, const std::string& unit, const std::string& centre) {
  return std::any_of(world.units.begin(), world.units.end(),
                     [&](const Unit& one) { return one.name == unit && one.centre == centre; });
}

}  // namespace

bool is_unit(const World& world, const std::string& name) {
  return std::any_of(world.units.begin(), world.units.end(),
                     [&](const Unit& unit) { return unit.name == name; });
}

bool is_request(const reports::Order& order) {
  return !order.role.empty() && !is_officer(order.role);
}

Done is_own_word(const World& world, const Speaker& speaker, const Report& report) {
  if (speaker.kind != SpeakerKind::account) return {};
  const ReportHead& said = report_head(report);
  const std::string who = fmt::format("you are signed in as {} ({}{})", speaker.name, speaker.role,
                                      speaker.unit.empty() ? "" : " of " + speaker.unit);
  if (is_of_an_office(report)) {
    const bool for_centre = std::holds_alternative<reports::Order>(report) && said.role.empty();
    const bool by_office = speaker.role == said.role || (for_centre && is_centre(world, speaker.unit));
    if (!by_office && said.role.empty())
      return fail("role", fmt::format("{}; without a role it is a centre's order: give your own", who));
    if (!by_office)
      return fail("role",
                  fmt::format("{}; the word of a {} counts only from the account of one", who, said.role));
    const bool centres = for_centre || said.role == "coordinator";
    if (said.from != speaker.unit && (centres || said.from != speaker.name))
      return fail("from", fmt::format("{}; say it as {}", who,
                                      centres ? "\"" + speaker.unit + "\""
                                              : fmt::format("\"{}\" or \"{}\"", speaker.name, speaker.unit)));
  }
  const std::string unit = unit_answered_for(report);
  const bool captain = speaker.role == "captain" && !unit.empty() && unit != speaker.unit;
  const bool commander = said.role == "commander" && std::holds_alternative<reports::Order>(report) &&
                         is_unit(world, unit) && unit != speaker.unit &&
                         !is_of_centre(world, unit, speaker.unit);
  if (captain || commander)
    return fail("unit", fmt::format("{}; {} is not yours to speak for or to order", who, unit));
  return {};
}

bool is_centre(const World& world, const std::string& name) {
  const auto& centres = world.strait.centres;
  return std::any_of(centres.begin(), centres.end(),
                     [&](const Centre& centre) { return centre.name == name; }) ||
         std::any_of(world.units.begin(), world.units.end(),
                     [&](const Unit& unit) { return unit.centre == name; });
}

bool speaks_for_a_centre(const World& world, const Speaker& speaker, const ReportHead& report) {
  bool theirs = !is_joined(world, report.from);  // its own desk speaks for it
  if (speaker.kind == SpeakerKind::partner) theirs = report.from == speaker.name;
  if (speaker.kind == SpeakerKind::account)
    theirs = theirs && (speaker.role == "coordinator" || speaker.role == "commander") &&
             report.from == speaker.unit;
  return theirs && speaker.proven && (report.role.empty() || report.role == "coordinator") &&
         is_centre(world, report.from);
}

bool may_order(const World& world, const Speaker& speaker, const ReportHead& report) {
  return speaks_for_a_centre(world, speaker, report) || (speaker.proven && leads_a_unit(report));
}

bool is_for_another_desk(const World& world, const Speaker& speaker, const std::string& unit) {
  const auto found =
      std::find_if(world.units.begin(), world.units.end(), [&](const Unit& one) { return one.name == unit; });
  if (found == world.units.end() || world.partners.empty()) return false;
  const bool partner = speaker.kind == SpeakerKind::partner;
  if (is_joined(world, found->centre)) return !(partner && speaker.name == found->centre);
  return partner && found->centre == own_centre(world);
}

std::string may_not_rule_out_danger(const World& world, const Speaker& speaker, const ReportHead& report) {
  if (!is_officer(report.role) || (report.role == "coordinator" && !is_centre(world, report.from)))
    return "only a captain, a commander or a centre's coordinator can rule out a danger";
  if (!speaker.proven) return "this feed cannot show who speaks; no danger is ruled out by it";
  if (!has_letter(report.text)) return "say in \"text\" what was seen of this very boat that rules it out";
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
  const bool account = speaker.kind == SpeakerKind::account;
  if (speaker.kind == SpeakerKind::partner && consent.from != speaker.name &&
      !is_of_centre(world, consent.unit.empty() ? consent.from : consent.unit, speaker.name))
    return "another centre's desk brings it, of nobody who is that centre's";
  if (account && consent.role != speaker.role) return "it was given in another role than that of the account";
  const std::string& unit = account ? speaker.unit : consent.unit.empty() ? consent.from : consent.unit;
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
