/// What people say: every report is an entry, and opens or changes the incident of the boat it names.

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "varne/feed/report_words.h"
#include "varne/room/authority.h"
#include "varne/room/room.h"
#include "varne/room/words.h"

namespace varne {
namespace {

// Two open incidents so close in place and time may be one boat. It is said and never acted on.
constexpr double near_m = 5000;
constexpr Duration near_time = std::chrono::hours(2);

/// A place in this report is where the boat is.
bool places_the_boat(const Report& report) {
  return report.place && (report.kind == ReportKind::call || report.kind == ReportKind::sighting ||
                          report.kind == ReportKind::recovered);
}

}  // namespace

void Room::take_report(const Observation& observation, const Report& report) {
  if (!reports_.insert(observation.source + "\n" + report.id).second)
    return refuse(report, "its number was used before; a repetition is not counted twice");
  Json body{{"text", words::sentence(report)},
            {"source", observation.source},
            {"report", parse_json(report_json({observation.time, report})).value()}};
  if (const Incident* incident = incident_of(report.boat)) body["incident"] = incident->id;
  say("report", body);
  switch (report.kind) {
    case ReportKind::call:
    case ReportKind::sighting:
    case ReportKind::recovered:
      return take_boat_report(observation, report);
    case ReportKind::landing:
      return report.boat.empty() && !report.unit.empty() ? land_unnamed(observation, report)
                                                         : take_boat_report(observation, report);
    case ReportKind::departure_prevented:
      return take_prevented(observation, report);
    case ReportKind::handed_over:
      return take_handed_over(observation, report);
    case ReportKind::unit_position:
      return take_unit_position(observation, report);
    case ReportKind::order:
      return take_order(observation, report);
    case ReportKind::consent:
      return take_consent(observation, report);
    case ReportKind::claim:
      return take_claim(observation, report);
    case ReportKind::fact:
    case ReportKind::parameter:
    case ReportKind::verdict_override:
      return take_statement(observation, report);
  }
}

void Room::take_boat_report(const Observation& observation, const Report& report) {
  Incident* known = incident_of(report.boat);
  Incident& own = known != nullptr ? *known : open_incident(observation, report);
  own.notes.push_back({now_, report.id, words::sentence(report)});
  own.history.push_back({last_, now_, observation.time, report});
  touch(own);
  Incident& incident = head_of(own);
  reopen_search(incident, report);
  update_incident(incident, own.history.back(), known == nullptr);
  account(incident, own.history.back());
  close_if_accounted(incident);
  may_be(own, report);
}

/// By the boat's label, or by the incident's own id where a report names that. Never by a guess.
Incident* Room::incident_of(const std::string& boat) {
  const auto label = labels_.find(boat);
  const auto found = incidents_.find(label == labels_.end() ? boat : label->second);
  return found == incidents_.end() ? nullptr : &found->second;
}

Incident& Room::open_incident(const Observation& observation, const Report& report) {
  Incident incident;
  incident.id = fmt::format("I{}", incidents_.size() + 1);
  // A number that no incident has yet is no label: the boat would take what is later said of that incident.
  if (!is_incident_number(report.boat)) incident.boat = report.boat;
  incident.opened = now_;
  // One centre from the first moment: whose region the place lies in, else who reports, else this desk.
  if (places_the_boat(report)) incident.centre = world_->zones.at(*report.place).centre;
  if (incident.centre.empty() && authority::is_centre(*world_, report.from)) incident.centre = report.from;
  if (incident.centre.empty()) incident.centre = world_->centres.front();
  const Reading reading = phase_of(report);
  incident.phase = reading.phase;
  incident.why = reading.why;
  incident.place_time = observation.time;
  if (!incident.boat.empty()) labels_[incident.boat] = incident.id;
  return incidents_[incident.id] = std::move(incident);
}

/// Takes craft and place from a report; true where the place is the newest.
bool Room::place(Incident& incident, const Heard& heard) const {
  const Report& report = heard.report;
  if (incident.craft.empty()) incident.craft = report.craft;
  if (!places_the_boat(report) || (incident.place && heard.time < incident.place_time)) return false;
  incident.place = report.place;
  incident.place_error_m = report.place_error_m;
  incident.place_time = heard.time;
  incident.place_entry = heard.entry;
  return true;
}

/// A closed incident rises too, so that it is what it should be when it opens again.
void Room::raise(Incident& incident, const Reading& reading) {
  incident.phase = reading.phase;
  incident.why = reading.why;
  tell_incident(incident, "raised",
                fmt::format("{} is now in {}: {}", spoken(incident), name_of(incident.phase), incident.why));
}

void Room::update_incident(Incident& incident, const Heard& heard, bool opened) {
  const Report& report = heard.report;
  const bool placed = place(incident, heard);
  if (opened) {
    tell_incident(incident, "opened", opening(incident));
    if (const Incident* other = possibly_same(incident); other != nullptr && report.may_be.empty())
      set_relation(incident, *other, Relation::possibly_same,
                   fmt::format("{} is possibly the same boat as {}, {} away (not merged)", spoken(incident),
                               spoken(*other), words::distance(distance_m(*incident.place, *other->place))),
                   report);
    return;
  }
  const Reading reading = phase_of(report);
  if (reading.phase > incident.phase) return raise(incident, reading);
  if (!placed) return;
  std::string text = fmt::format("{} is now placed at {}", spoken(incident), spoken(*incident.place));
  const std::string region = world_->zones.at(*incident.place).centre;
  if (incident.open && !region.empty() && region != incident.centre)
    text += fmt::format(", in the region of {}; {} coordinates until {} accepts a hand-over", region,
                        incident.centre, region);
  tell_incident(incident, "placed", text);
}

std::string Room::opening(const Incident& incident) const {
  std::string text = fmt::format("{} opened in {}: {}; {} coordinates", spoken(incident),
                                 name_of(incident.phase), incident.why, incident.centre);
  text += incident.place ? "; " + spoken(*incident.place) : "; no place known yet";
  if (const auto units = nearest_units(incident.id, 1); !units.empty())
    text += fmt::format("; nearest {}, {}", units[0].unit, words::length_of(units[0].time));
  return text;
}

/// An open incident so near that both may be one boat, or null.
const Incident* Room::possibly_same(const Incident& incident) const {
  if (!incident.place) return nullptr;
  const Incident* nearest = nullptr;
  double nearest_m = near_m;
  for (const auto& [id, other] : incidents_) {
    if (id == incident.id || !other.open || !other.place) continue;
    // Two labels are two boats: the centres have agreed on that.
    if (!incident.boat.empty() && !other.boat.empty()) continue;
    if (std::chrono::abs(other.place_time - incident.place_time) > near_time) continue;
    if (const double away = distance_m(*incident.place, *other.place); away < nearest_m) {
      nearest = &other;
      nearest_m = away;
    }
  }
  return nearest;
}

/// Says what changed; of every incident that is the same boat too, which keeps phase, centre and state alike.
void Room::tell_incident(Incident& incident, const char* change, const std::string& text) {
  say_incident(incident, change, text);
  if (std::string_view(change) == "placed") return;
  for (const Incident* one : one_boat_with(incident.id)) {
    if (one->id == incident.id) continue;
    Incident* other = &incidents_.at(one->id);
    other->phase = incident.phase;
    other->why = incident.why;
    other->centre = incident.centre;
    other->offered_to = incident.offered_to;
    other->open = incident.open;
    other->close_reason = incident.close_reason;
    other->ended = incident.ended;
    say_incident(*other, change, fmt::format("{}; {} is the same boat", text, spoken(*other)));
  }
}

void Room::say_incident(Incident& incident, const char* change, const std::string& text) {
  incident.changed = now_;
  Json body = words::body_of(incident);
  body["text"] = text;
  body["change"] = change;
  Json nearest = Json::array();
  if (incident.open) {
    for (const UnitReach& reach : nearest_units(incident.id))
      nearest.push_back({{"unit", reach.unit},
                         {"distance_m", rounded(reach.distance_m, 0)},
                         {"minutes", rounded(seconds(reach.time) / 60, 0)}});
  }
  if (!nearest.empty()) body["nearest"] = std::move(nearest);
  say("incident", body);
  touch(incident);
  if (std::string_view(change) == "reopened") incident.encounter_from = last_;
}

void Room::take_prevented(const Observation& observation, const Report& report) {
  if (!report.persons) return;
  if (Incident* own = incident_of(report.boat)) {
    own->notes.push_back({now_, report.id, words::sentence(report)});
    own->history.push_back({last_, now_, observation.time, report});
    touch(*own);
    Incident& incident = head_of(*own);
    reopen_search(incident, report);
    account(incident, own->history.back());
    return close_if_accounted(incident);
  }
  // Never at sea: counted under the boat's label, or under the report where it names none.
  const bool labelled = !report.boat.empty() && !is_incident_number(report.boat);
  const std::string boat = labelled ? report.boat : "report " + report.id;
  post(boat, {PeopleState::set_out, ""}, {PeopleState::prevented, report.country}, *report.persons, report);
}

void Room::take_handed_over(const Observation& observation, const Report& report) {
  Incident* own = incident_of(report.boat);
  if (own == nullptr)
    return refuse(
        report, fmt::format("no boat \"{}\" is known; say first that its people were landed or taken aboard",
                            report.boat));
  own->notes.push_back({now_, report.id, words::sentence(report)});
  own->history.push_back({last_, now_, observation.time, report});
  touch(*own);
  Incident& incident = head_of(*own);
  account(incident, own->history.back());
  close_if_accounted(incident);
}

void Room::take_unit_position(const Observation& observation, const Report& report) {
  const auto unit = std::find_if(world_->units.begin(), world_->units.end(),
                                 [&](const Unit& known) { return known.name == report.unit; });
  if (unit == world_->units.end())
    return refuse(report, fmt::format("no unit is called \"{}\"; add it to the list of units", report.unit));
  if (!report.place) return;
  const bool moves = report.course_deg && report.speed_mps;
  unit_said_[unit->name] = now_;  // the report itself is in the record already
  move_unit(*unit, *report.place, moves ? towards(*report.course_deg, *report.speed_mps) : Vec{},
            observation.time);
}

}  // namespace varne
