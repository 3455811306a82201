/// What people in a role say. An order is given by a centre, or by a commander or a captain for their own
/// unit; from anybody else the same words are a request, recorded as one, and change nothing.

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "varne/room/room.h"
#include "varne/room/words.h"

namespace varne {
namespace {

bool leads_a_unit(const Report& report) {
  return report.role == "commander" || report.role == "captain";
}

bool speaks_for_a_centre(const Report& report) {
  return report.role.empty() || report.role == "coordinator";
}

/// ", boat Charlie" where one is named.
std::string of_boat(const Report& report) {
  return report.boat.empty() ? "" : ", boat " + report.boat;
}

}  // namespace

bool Room::is_centre(const std::string& name) const {
  return std::find(world_->centres.begin(), world_->centres.end(), name) != world_->centres.end() ||
         std::any_of(world_->units.begin(), world_->units.end(),
                     [&](const Unit& unit) { return unit.centre == name; });
}

void Room::take_order(const Report& report) {
  const bool by_centre = speaks_for_a_centre(report) && is_centre(report.from);
  const bool order = by_centre || leads_a_unit(report);
  const std::string who =
      report.role.empty() ? report.from : fmt::format("{} ({})", report.from, report.role);
  const std::string& addressee = report.to.empty() ? report.unit : report.to;
  std::string task = report.task;
  std::replace(task.begin(), task.end(), '_', ' ');
  const std::string whom = addressee.empty() ? "" : " " + addressee;
  Json body{{"text", order ? fmt::format("{} orders{}: {}{}", who, whom, task, of_boat(report))
                           : fmt::format("{} asks{}: {}{}; recorded as a request, it changes nothing", who,
                                         whom, task, of_boat(report))},
            {"standing", order ? "order" : "request"},
            {"from", report.from},
            {"role", report.role},
            {"task", report.task},
            {"source", report.id}};
  if (!report.unit.empty()) body["unit"] = report.unit;
  if (!report.to.empty()) body["to"] = report.to;
  if (!report.boat.empty()) body["boat"] = report.boat;
  if (Incident* incident = incident_of(report.boat)) {
    body["incident"] = incident->id;
    incident->notes.push_back({now_, report.id, body["text"].get<std::string>()});
  }
  say("order", body);
  if (by_centre) obey(report);
}

/// The two orders that change what the room holds; every other is for people and units.
void Room::obey(const Report& order) {
  if (order.task != "hand_over" && order.task != "settle_count") return;
  Incident* incident = incident_of(order.boat);
  if (incident == nullptr)
    return refuse(order, fmt::format("no incident is known of boat \"{}\"; give its label or its number (I7)",
                                     order.boat));
  if (order.from != incident->centre)
    return refuse(order, fmt::format("{} is coordinated by {}; only that centre can order \"{}\"",
                                     spoken(*incident), incident->centre, order.task));
  if (order.task == "hand_over") return hand_over(*incident, order);
  settle_count(*incident, order);
}

void Room::hand_over(Incident& incident, const Report& order) {
  if (!is_centre(order.to))
    return refuse(order,
                  fmt::format("\"{}\" is no centre that could take over; name it in \"to\"", order.to));
  if (order.to == incident.centre) return refuse(order, order.to + " coordinates already");
  incident.centre = order.to;
  tell_incident(incident, "handed_over",
                fmt::format("{}: {} hands over to {}, which coordinates from now on", spoken(incident),
                            order.from, incident.centre));
}

void Room::take_consent(const Report& report) {
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
    incident->notes.push_back({now_, report.id, body["text"].get<std::string>()});
  }
  say("consent", body);
}

/// What somebody knows or decides about one boat: part of its history.
void Room::take_statement(const Report& report) {
  if (report.boat.empty()) return;
  Incident* incident = incident_of(report.boat);
  if (incident == nullptr)
    return refuse(
        report,
        fmt::format("no incident is known of boat \"{}\"; give its label or its number (I7)", report.boat));
  incident->notes.push_back({now_, report.id, words::sentence(report)});
}

void Room::take_claim(const Observation& observation, const Report& report) {
  claims_.push_back({observation.time, report});
  Json body{{"text", fmt::format("Published by {}: {} {}{}{}; kept beside the count", report.from,
                                 report.persons ? words::people(*report.persons) : "no number of people",
                                 report.subject, report.about.empty() ? "" : " on " + report.about,
                                 report.boats ? fmt::format(", {} boats", *report.boats) : "")},
            {"from", report.from},
            {"subject", report.subject},
            {"status", report.status},
            {"about", report.about},
            {"source", report.id}};
  if (report.persons) body["persons"] = words::range(*report.persons);
  if (report.boats) body["boats"] = *report.boats;
  if (!report.text.empty()) body["words"] = report.text;
  say("claim", body);
}

}  // namespace varne
