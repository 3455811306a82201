#include "varne/room/incidents.h"

#include <fmt/format.h>

#include <algorithm>

#include "varne/core/letters.h"
#include "varne/feed/report_words.h"
#include "varne/room/authority.h"
#include "varne/room/phrases.h"

namespace varne {
namespace {

// Two open incidents so close in place and time may be one boat. It is said and never acted on.
constexpr double near_m = 5000;
constexpr Duration near_time = std::chrono::hours(2);

/// A place in this report is where the boat is.
bool places_the_boat(const Report& report) {
  return place_of(report) && (std::holds_alternative<reports::Call>(report) ||
                              std::holds_alternative<reports::Sighting>(report) ||
                              std::holds_alternative<reports::Recovered>(report));
}

constexpr std::size_t most_units = 3;  // that an entry names

}  // namespace

const Incident* Incidents::of(const std::string& boat) const {
  const auto label = labels_.find(as_seen(boat));
  const auto found = incidents_.find(label == labels_.end() ? boat : label->second);
  return found == incidents_.end() ? nullptr : &found->second;
}

void Incidents::hear(Log& log, const std::string& id, const Heard& heard, const std::string& note) {
  Incident& incident = incidents_.at(id);
  incident.notes.push_back({log.now(), report_head(heard.report).id, note});
  incident.history.push_back(heard);
  touched_.insert(id);
}

void Incidents::hear_word(Log& log, const std::string& id, const Heard& heard, const std::string& note) {
  Incident& incident = incidents_.at(id);
  incident.notes.push_back({log.now(), report_head(heard.report).id, note});
  incident.said.push_back(heard);
  touched_.insert(id);
}

const Incident& Incidents::open(Log& log, const Heard& heard) {
  const Report& report = heard.report;
  Incident incident;
  const auto own = std::count_if(incidents_.begin(), incidents_.end(),
                                 [](const auto& one) { return one.second.opened_by.empty(); });
  incident.id = fmt::format("I{}", own + 1);
  // A number that no incident has yet is no label: the boat would take what is later said of that incident.
  const ReportHead& said = report_head(report);
  if (!is_incident_number(said.boat)) incident.boat = said.boat;
  incident.opened = log.now();
  // One centre from the first moment: whose region the place lies in, else who reports, else this desk.
  // A centre whose desk is joined holds nothing that it did not open itself or take over.
  const std::string& own_name = own_centre(*world_);
  if (places_the_boat(report)) incident.centre = world_->strait.zones.at(*place_of(report)).centre;
  if (incident.centre.empty() && authority::is_centre(*world_, said.from)) incident.centre = said.from;
  if (incident.centre.empty() || is_joined(*world_, incident.centre)) incident.centre = own_name;
  const PhaseReading reading = phase_of(report);
  incident.phase = reading.phase;
  incident.why = reading.why;
  incident.place_time = heard.time;
  if (!incident.boat.empty()) labels_[as_seen(incident.boat)] = incident.id;
  return incidents_[incident.id] = std::move(incident);
}

/// Takes craft and place from a report; true where the place is the newest.
bool Incidents::place(Incident& incident, const Heard& heard) const {
  const Report& report = heard.report;
  if (incident.craft.empty()) incident.craft = craft_of(report);
  if (!places_the_boat(report) || (incident.place && heard.time < incident.place_time)) return false;
  incident.place = place_of(report);
  incident.place_error_m = place_error_m(report);
  incident.place_time = heard.time;
  incident.place_entry = heard.entry;
  return true;
}

/// A closed incident rises too, so that it is what it should be when it opens again.
void Incidents::raise(const Step& step, Incident& incident, const PhaseReading& reading) {
  incident.phase = reading.phase;
  incident.why = reading.why;
  tell(step, incident, "raised",
       fmt::format("{} is now in {}: {}", spoken(incident), name_of(incident.phase), incident.why));
}

void Incidents::update(const Step& step, const std::string& id, const Heard& heard, bool opened) {
  Incident& incident = incidents_.at(id);
  const Report& report = heard.report;
  const bool placed = place(incident, heard);
  if (opened) {
    tell(step, incident, "opened", opening(step, incident));
    if (const Incident* other = possibly_same(incident); other != nullptr && may_be_of(report).empty())
      // Nobody said it: it follows from two places.
      set_relation(step.log, incident, *other, Relation::possibly_same,
                   fmt::format("{} is possibly the same boat as {}, {} away (not merged)", spoken(incident),
                               spoken(*other), phrases::distance(distance_m(*incident.place, *other->place))),
                   {.source = report_head(report).id});
    return;
  }
  const PhaseReading reading = phase_of(report);
  if (reading.phase > incident.phase) return raise(step, incident, reading);
  if (!placed) return;
  std::string text = fmt::format("{} is now placed at {}", spoken(incident), spoken(*incident.place));
  const std::string region = world_->strait.zones.at(*incident.place).centre;
  if (incident.open && !region.empty() && region != incident.centre)
    text += fmt::format(", in the region of {}; {} coordinates until {} accepts a hand-over", region,
                        incident.centre, region);
  tell(step, incident, "placed", text);
}

std::string Incidents::opening(const Step& step, const Incident& incident) const {
  std::string text = fmt::format("{} opened in {}: {}; {} coordinates", spoken(incident),
                                 name_of(incident.phase), incident.why, incident.centre);
  text += incident.place ? "; " + spoken(*incident.place) : "; no place known yet";
  if (!incident.place) return text;
  if (const auto units = step.traffic.nearest(*incident.place, 1); !units.empty())
    text += fmt::format("; nearest {}, {}", units[0].unit,
                        units[0].time ? phrases::length_of(*units[0].time) : "how soon is not known");
  return text;
}

/// An open incident so near that both may be one boat, or null.
const Incident* Incidents::possibly_same(const Incident& incident) const {
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
void Incidents::tell(const Step& step, Incident& incident, const char* change, const std::string& text) {
  say(step, incident, change, text);
  if (std::string_view(change) == "placed") return;
  for (const Incident* one : one_boat_with(incident.id)) {
    if (one->id == incident.id) continue;
    Incident* other = &incidents_.at(one->id);
    other->phase = incident.phase;
    other->why = incident.why;
    static_cast<Coordination&>(*other) = incident;
    other->open = incident.open;
    other->close_reason = incident.close_reason;
    other->ended = incident.ended;
    say(step, *other, change, fmt::format("{}; {} is the same boat", text, spoken(*other)));
  }
}

void Incidents::say(const Step& step, Incident& incident, const char* change, const std::string& text) {
  incident.changed = step.log.now();
  const std::uint64_t entry = step.log.say([&] {
    entries::IncidentSaid body{.text = text,
                               .incident = incident.id,
                               .change = change,
                               .boat = incident.boat,
                               .craft = incident.craft,
                               .phase = name_of(incident.phase),
                               .why = incident.why,
                               .centre = incident.centre,
                               .offered_to = incident.offered_to,
                               .same_as = incident.same_as,
                               .open = incident.open,
                               .opened = incident.opened,
                               .close_reason = incident.close_reason,
                               .at = incident.place,
                               .estimated = estimated(step.counts.of(incident.id)),
                               .by = step.log.by()};
    if (const auto& e = incident.ended)
      body.ended = {e->officer, e->reason, e->forecast, e->coverage, e->coverage_source};
    if (incident.place) {
      body.at_time = incident.place_time;
      body.error_m = incident.place_error_m;
    }
    if (incident.open && incident.place) {
      for (const UnitReach& reach : step.traffic.nearest(*incident.place, most_units)) {
        entries::Near near{.unit = reach.unit, .distance_m = reach.distance_m};
        if (reach.time) near.minutes = seconds(*reach.time) / 60;
        body.nearest.push_back(std::move(near));
      }
    }
    return body;
  });
  touched_.insert(incident.id);
  if (std::string_view(change) == "reopened") incident.encounter_from = entry;
}

}  // namespace varne
