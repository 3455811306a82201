/// What people in a role say. An order is given by a centre, or by a commander or a captain for their own
/// unit; from anybody else the same words are a request, recorded as one, and change nothing.

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "varne/room/authority.h"
#include "varne/room/names.h"
#include "varne/room/phrases.h"
#include "varne/room/room.h"

namespace varne {
namespace {

/// ", boat Charlie" where one is named.
std::string of_boat(const ReportHead& report) {
  return report.boat.empty() ? "" : ", boat " + report.boat;
}

}  // namespace

void Room::take_order(const reports::Order& report, Heard heard) {
  const bool by_centre = authority::speaks_for_a_centre(*world_, *speaker_, report);
  const std::string& addressee = report.to.empty() ? report.unit : report.to;
  const bool busy = report.task == stand_down || names::is_unit_task(*world_, report.task);
  const std::string& unit = report.unit.empty() ? addressee : report.unit;
  const bool asked_for = busy && authority::is_for_another_desk(*world_, *speaker_, unit);
  const bool order = authority::may_order(*world_, *speaker_, report) && !asked_for;
  if (order) {
    if (const std::string fault = fault_of(report); !fault.empty()) return log_.refuse(report, fault);
  }
  const std::string who =
      (report.role.empty() ? report.from : fmt::format("{} ({})", report.from, report.role)) +
      log_.signed_in();
  const std::string task = phrases::unscored(report.task);
  const std::string whom = addressee.empty() ? "" : " " + addressee;
  const char* verb = report.task == "hand_over" ? "proposes to" : "orders";
  const std::string boats = of_boat(report) + (report.other.empty() ? "" : " and boat " + report.other);
  const std::string why = report.reason.empty() ? "" : ": " + report.reason;
  const Incident* about = incidents_.of(report.boat);
  if (order && busy && about == nullptr && !report.boat.empty()) {
    spoken_of(report);  // says that it is none
    return;
  }
  const entries::Order body{
      .text = order ? fmt::format("{} {}{}: {}{}{}", who, verb, whom, task, boats, why)
                    : fmt::format("{} asks{}: {}{}{}; recorded as a request, it changes nothing", who, whom,
                                  task, boats, why),
      .standing = order ? "order" : "request",
      .from = report.from,
      .role = report.role,
      .task = report.task,
      .source = report.id,
      .unit = report.unit,
      .to = report.to,
      .boat = report.boat,
      .other = report.other,
      .officer = report.officer,
      .incident = about == nullptr ? "" : about->id,
      .by = log_.by()};
  heard.entry = log_.say(body);
  if (about != nullptr) incidents_.hear_word(log_, about->id, heard, body.text);
  if (asked_for && speaker_->kind == SpeakerKind::partner)
    alarms_.raise(log_, AlarmWhat::unit_asked_for, speaker_->name,
                  fmt::format("{} asks for {}{}; it is yours to order, or to say no", speaker_->name, unit,
                              of_boat(report)),
                  heard.entry);
  if (by_centre && names::is_offer(report.task) && speaker_->kind != SpeakerKind::partner) {
    if (const Done done = partners_.offer(log_, traffic_, report); !done)
      log_.refuse(report, done.error().text());
    return;
  }
  const auto objective = objective_of(report.task);
  if (by_centre && objective) proposals_.go_by(*objective);
  if (by_centre && !objective) obey(report);
  const bool to_a_unit = !report.unit.empty() || names::fault_of_unit(*world_, picture(), addressee).empty();
  if (order && to_a_unit && busy) tasking_.order(tasking_step(), report, about, heard.entry);
}

std::string Room::fault_of(const reports::Order& order) const {
  if (std::string fault = names::fault_of_task(*world_, order.task); !fault.empty()) return fault;
  if (!order.unit.empty()) return names::fault_of_unit(*world_, picture(), order.unit);
  return "";
}

/// A unit's word about its own task: of the unit, or for it.
void Room::take_answer(const reports::TaskAnswer& answer, const Heard& heard, const std::string& note) {
  if (const std::string fault = names::fault_of_unit(*world_, picture(), answer.unit); !fault.empty())
    return log_.refuse(answer, fault);
  const Incident* incident = spoken_of(answer);
  if (incident == nullptr) return;
  incidents_.hear_word(log_, incident->id, heard, note);
  tasking_.answer(tasking_step(), answer);
}

/// The orders that change what the room holds; every other is for people and units.
void Room::obey(const reports::Order& order) {
  static const std::set<std::string> of_the_coordinator{
      "hand_over", "withdraw_hand_over", "settle_count", "end_search", "lower_phase", "withdraw_report"};
  static const std::set<std::string> of_any_centre{"accept_hand_over", "refuse_hand_over", "link",
                                                   "possibly_same",    "confirm_same",     "separate"};
  const bool by_coordinator = of_the_coordinator.contains(order.task);
  if (!by_coordinator && !of_any_centre.contains(order.task)) return;
  const Incident* own = spoken_of(order);
  if (own == nullptr) return;
  const Incident& incident = incidents_.head_of(*own);
  if (by_coordinator && order.from != incident.centre)
    return log_.refuse(order, fmt::format("{} is coordinated by {}; only that centre can order \"{}\"",
                                          spoken(incident), incident.centre, order.task));
  if (order.task == "hand_over") return incidents_.hand_over(step(), incident.id, order);
  if (order.task.ends_with("hand_over")) return incidents_.answer_hand_over(step(), incident.id, order);
  if (order.task == "end_search")
    return incidents_.end_search(step(), incident.id, order, forecasts_.latest(incident.id));
  if (order.task == "lower_phase") return incidents_.lower_phase(step(), incident.id, order);
  if (order.task == "withdraw_report") {
    if (const auto parts = incidents_.withdraw(step(), incident.id, order)) count_again(*parts, order);
    return;
  }
  if (order.task != "settle_count") {
    if (const auto parts = incidents_.relate(step(), own->id, order)) count_again(*parts, order);
    return;
  }
  if (!counts_.settle(log_, incident, order)) return;
  incidents_.hear_order(own->id, {log_.last(), log_.now(), log_.now(), order});
  incidents_.close_if_accounted(step(), incident.id);
}

/// Where accounts become one or several, or lose a report, the people of each boat are counted again from
/// what was heard of it: so nothing is lost either way, and nobody is counted twice or not at all.
void Room::count_again(const Incidents::Regrouped& parts, const reports::Order& order) {
  const std::string_view change = parts.change;
  const char* why = change == "merged"   ? "confirmed to be one boat, counted again"
                    : change == "parted" ? "not one boat, counted again"
                                         : "a report was withdrawn, counted again";
  for (const std::string& id : parts.ids) {
    counts_.take_back(log_, incidents_.at(id), order, why);
    forecasts_.forget(id);
  }
  incidents_.place_again(parts);
  for (const std::string& id : parts.ids) {
    if (!incidents_.at(id).same_as.empty()) continue;
    for (const Heard* heard : incidents_.heard_of(id))
      if (!heard->withdrawn) counts_.account(log_, incidents_.at(id), *heard);
  }
  incidents_.regrouped(step(), parts);
}

/// A no counts from anybody who says it; a yes only from whom it can be asked.
void Room::take_consent(const reports::Consent& report, Heard heard) {
  const Incident* about = incidents_.of(report.boat);
  std::string without_effect;
  if (report.given) without_effect = authority::consent_without_effect(*world_, *speaker_, report, about);
  const entries::ConsentSaid body{
      .text = fmt::format("{} ({}{}) {} consent to {}{}{}", report.from, report.role, log_.signed_in(),
                          report.given ? "gives" : "refuses", report.response, of_boat(report),
                          without_effect.empty() ? "" : "; it counts for nothing: " + without_effect),
      .from = report.from,
      .role = report.role,
      .given = report.given,
      .response = report.response,
      .source = report.id,
      .boat = report.boat,
      .incident = about == nullptr ? "" : about->id,
      .without_effect = without_effect,
      .by = log_.by()};
  heard.entry = log_.say(body);
  if (about != nullptr && without_effect.empty()) incidents_.hear_word(log_, about->id, heard, body.text);
}

/// The incident that a word is about; null, and said, where none is known.
const Incident* Room::spoken_of(const ReportHead& report) {
  const Incident* incident = incidents_.of(report.boat);
  if (incident == nullptr)
    log_.refuse(report, fmt::format("no incident is known of boat \"{}\"; give its label or its number (I7)",
                                    report.boat));
  return incident;
}

/// Somebody acts against a verdict on one boat.
void Room::take_override(const reports::Override& report) {
  if (const Incident* incident = spoken_of(report))
    verdicts_.take_override({log_, incidents_, counts_}, *speaker_, *incident, report);
}

/// One fact, in so many words. Danger is lifted only by an officer who says what they saw of this very boat.
void Room::take_fact(const reports::Fact& report, const Heard& heard, const std::string& note) {
  const Incident* incident = spoken_of(report);
  if (incident == nullptr) return;
  if (world_->rules) {
    const Vocabulary& vocabulary = world_->rules->vocabulary;
    const auto fact = vocabulary.find(report.fact);
    if (!fact) return log_.refuse(report, fmt::format("no doctrine asks for a fact \"{}\"", report.fact));
    const auto word = fact_value(vocabulary, *fact, report.value, report.from, log_.now());
    if (!word) return log_.refuse(report, word.error().text());
    if (vocabulary[*fact].danger && word->value == 0) {
      if (const std::string why = authority::may_not_rule_out_danger(*world_, *speaker_, report);
          !why.empty())
        return log_.refuse(report, why);
    }
  }
  incidents_.hear_word(log_, incident->id, heard, note);
}

}  // namespace varne
