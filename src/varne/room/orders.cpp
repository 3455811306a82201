/// What people in a role say. An order is given by a centre, or by a commander or a captain for their own
/// unit; from anybody else the same words are a request, recorded as one, and change nothing.

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "varne/room/authority.h"
#include "varne/room/room.h"
#include "varne/room/words.h"

namespace varne {
namespace {

/// ", boat Charlie" where one is named.
std::string of_boat(const Report& report) {
  std::string text = report.boat.empty() ? "" : ", boat " + report.boat;
  if (!report.other.empty()) text += " and boat " + report.other;
  return text;
}

}  // namespace

/// Part of what is known of a boat from now on: a note for people, a word for verdicts.
void Room::hear(Incident& incident, const Observation& observation, const Report& report,
                const std::string& note) {
  incident.notes.push_back({now_, report.id, note});
  incident.said.push_back({last_, now_, observation.time, report});
  touch(incident);
}

void Room::take_order(const Observation& observation, const Report& report) {
  const bool by_centre = authority::speaks_for_a_centre(*world_, speaker_, report);
  const bool order = authority::may_order(*world_, speaker_, report);
  const std::string who =
      report.role.empty() ? report.from : fmt::format("{} ({})", report.from, report.role);
  const std::string& addressee = report.to.empty() ? report.unit : report.to;
  std::string task = report.task;
  std::replace(task.begin(), task.end(), '_', ' ');
  const std::string whom = addressee.empty() ? "" : " " + addressee;
  const char* verb = report.task == "hand_over" ? "proposes to" : "orders";
  const std::string why = report.reason.empty() ? "" : ": " + report.reason;
  Json body{{"text", order ? fmt::format("{} {}{}: {}{}{}", who, verb, whom, task, of_boat(report), why)
                           : fmt::format("{} asks{}: {}{}{}; recorded as a request, it changes nothing", who,
                                         whom, task, of_boat(report), why)},
            {"standing", order ? "order" : "request"},
            {"from", report.from},
            {"role", report.role},
            {"task", report.task},
            {"source", report.id}};
  if (!report.unit.empty()) body["unit"] = report.unit;
  if (!report.to.empty()) body["to"] = report.to;
  if (!report.boat.empty()) body["boat"] = report.boat;
  if (!report.other.empty()) body["other"] = report.other;
  if (!report.officer.empty()) body["officer"] = report.officer;
  if (Incident* incident = incident_of(report.boat)) {
    body["incident"] = incident->id;
    say("order", body);
    hear(*incident, observation, report, body["text"].get<std::string>());
  } else {
    say("order", body);
  }
  if (by_centre) obey(report);
}

/// The orders that change what the room holds; every other is for people and units.
void Room::obey(const Report& order) {
  static const std::set<std::string> of_the_coordinator{"hand_over", "withdraw_hand_over", "settle_count",
                                                        "end_search", "lower_phase"};
  static const std::set<std::string> of_any_centre{"accept_hand_over", "refuse_hand_over", "link",
                                                   "possibly_same",    "confirm_same",     "separate"};
  const bool by_coordinator = of_the_coordinator.contains(order.task);
  if (!by_coordinator && !of_any_centre.contains(order.task)) return;
  Incident* own = incident_of(order.boat);
  if (own == nullptr)
    return refuse(order, fmt::format("no incident is known of boat \"{}\"; give its label or its number (I7)",
                                     order.boat));
  Incident& incident = head_of(*own);
  if (by_coordinator && order.from != incident.centre)
    return refuse(order, fmt::format("{} is coordinated by {}; only that centre can order \"{}\"",
                                     spoken(incident), incident.centre, order.task));
  if (order.task == "hand_over") return hand_over(incident, order);
  if (order.task.ends_with("hand_over")) return answer_hand_over(incident, order);
  if (order.task == "end_search") return end_search(incident, order);
  if (order.task == "lower_phase") return lower_phase(incident, order);
  if (order.task != "settle_count") return relate(order);
  if (!settle_count(incident, order)) return;
  own->history.push_back({last_, now_, now_, order});
  close_if_accounted(incident);
}

/// A proposal: until the other centre accepts, the one that has the incident keeps it.
void Room::hand_over(Incident& incident, const Report& order) {
  if (!authority::is_centre(*world_, order.to))
    return refuse(order,
                  fmt::format("\"{}\" is no centre that could take over; name it in \"to\"", order.to));
  if (order.to == incident.centre) return refuse(order, order.to + " coordinates already");
  incident.offered_to = order.to;
  tell_incident(incident, "offered",
                fmt::format("{}: {} proposes to hand over to {}, and coordinates until {} accepts",
                            spoken(incident), order.from, order.to, order.to));
}

/// The centre that was asked accepts or refuses; the one that asked may take its proposal back.
void Room::answer_hand_over(Incident& incident, const Report& order) {
  if (incident.offered_to.empty())
    return refuse(order, fmt::format("no hand-over of {} is proposed; {} coordinates", spoken(incident),
                                     incident.centre));
  const bool withdrawn = order.task == "withdraw_hand_over";
  if (!withdrawn && order.from != incident.offered_to)
    return refuse(order, fmt::format("{} was offered to {}; only that centre can answer", spoken(incident),
                                     incident.offered_to));
  const std::string giver = incident.centre;
  incident.offered_to.clear();
  if (order.task == "accept_hand_over") {
    incident.centre = order.from;
    return tell_incident(incident, "handed_over",
                         fmt::format("{}: {} takes over from {} and coordinates from now on",
                                     spoken(incident), incident.centre, giver));
  }
  tell_incident(incident, "kept",
                fmt::format("{}: {} {}; {} goes on coordinating", spoken(incident), order.from,
                            withdrawn ? "withdraws its proposal to hand over" : "does not take over", giver));
}

void Room::take_consent(const Observation& observation, const Report& report) {
  Json body{
      {"text", fmt::format("{} ({}) {} consent to {}{}", report.from, report.role,
                           report.given == true ? "gives" : "refuses", report.response, of_boat(report))},
      {"from", report.from},
      {"role", report.role},
      {"given", report.given == true},
      {"response", report.response},
      {"source", report.id}};
  if (!report.boat.empty()) body["boat"] = report.boat;
  if (Incident* incident = incident_of(report.boat)) {
    body["incident"] = incident->id;
    say("consent", body);
    return hear(*incident, observation, report, body["text"].get<std::string>());
  }
  say("consent", body);
}

/// What somebody knows or decides about one boat, or sets for all.
void Room::take_statement(const Observation& observation, const Report& report) {
  if (report.kind == ReportKind::parameter) return take_parameter(report);
  Incident* incident = incident_of(report.boat);
  if (incident == nullptr)
    return refuse(
        report,
        fmt::format("no incident is known of boat \"{}\"; give its label or its number (I7)", report.boat));
  if (report.kind == ReportKind::fact) return take_fact(*incident, observation, report);
  take_override(*incident, report);
}

void Room::take_claim(const Observation& observation, const Report& report) {
  claims_.push_back({observation.time, report});
  const Incident* incident = incident_of(report.boat);
  std::string subject = report.subject;
  std::replace(subject.begin(), subject.end(), '_', ' ');
  std::string what = subject;
  if (report.persons) what = words::people(*report.persons) + " " + what;
  if (!report.about.empty()) what += " on " + report.about;
  if (report.boats) what += fmt::format(", {} boats", *report.boats);
  if (!report.persons && !report.boats) what += ": " + report.text;
  Json body{{"text", fmt::format("Published by {}{}: {}; kept beside the count", report.from,
                                 incident == nullptr ? "" : " of " + spoken(*incident), what)},
            {"from", report.from},
            {"subject", report.subject},
            {"status", report.status},
            {"about", report.about},
            {"source", report.id}};
  if (report.persons) body["persons"] = words::range(*report.persons);
  if (report.boats) body["boats"] = *report.boats;
  if (!report.text.empty()) body["words"] = report.text;
  if (report.place) body["at"] = words::at(*report.place);
  if (report.place && report.place_error_m > 0) body["error_m"] = rounded(report.place_error_m, 1);
  if (!report.boat.empty()) body["boat"] = report.boat;
  if (incident != nullptr) body["incident"] = incident->id;
  say("claim", body);
}

}  // namespace varne
