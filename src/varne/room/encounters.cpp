#include "varne/room/encounters.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>

namespace varne {
namespace {

constexpr double moving_mps = 0.5;

bool any(const std::optional<HeadCount>& count) {
  return count && count->high > 0;
}

/// Says facts of one encounter; the word of a moment that lies ahead (a watch that is fast) is one of now.
class Teller {
 public:
  Teller(const Rulebook& rules, Encounter& encounter) : rules_(rules), encounter_(encounter) {}

  void say(FactId fact, double value, std::string source, Time at, std::uint64_t entry = 0,
           std::string role = "") {
    encounter_.say(rules_.vocabulary, fact,
                   {value, std::move(source), std::min(at, encounter_.now), std::move(role), entry});
  }
  void say(FactId fact, Said said, const Heard& heard) {
    if (said) say(fact, *said ? 1 : 0, report_head(heard.report).from, heard.time, heard.entry);
  }
  /// A choice by its name; one that the vocabulary does not have is not said.
  void choose(FactId fact, std::string_view name, std::string source, Time at, std::uint64_t entry = 0) {
    const auto& choices = rules_.vocabulary[fact].choices;
    const auto found = std::find(choices.begin(), choices.end(), name);
    if (found != choices.end())
      say(fact, static_cast<double>(found - choices.begin()), std::move(source), at, entry);
  }

 private:
  const Rulebook& rules_;
  Encounter& encounter_;
};

/// What a report of a boat says of danger. `lowered`: an officer has answered since for what it said.
template <class Kind>
void tell_dangers(const Words& w, Teller& tell, const Heard& heard, const Kind& r, bool lowered) {
  const auto danger = [&](FactId fact, Said said) {
    if (said == true ? !lowered : !heard.withdrawn) tell.say(fact, said, heard);
  };
  const auto yes = [](bool holds) { return holds ? Said(true) : Said(); };
  Said distress = yes(speaks_of_distress(heard.report));
  Said in_water;
  if constexpr (requires { r.craft; }) in_water = yes(r.craft == "person");
  if constexpr (requires { r.people_in_water; }) {
    if (!in_water) in_water = r.people_in_water;
    danger(w.engine_stopped, r.engine_stopped);
    danger(w.taking_water, r.taking_water);
  }
  if constexpr (std::is_same_v<Kind, reports::Call>) {
    if (!distress) distress = r.distress;
    danger(w.call_for_help, Said(true));
  }
  danger(w.distress, distress);
  danger(w.people_in_water, in_water);
  if constexpr (requires { r.injured; }) danger(w.medical_case, yes(any(r.injured)));
  danger(w.child_alone, yes(only_children(heard.report)));
}

template <class Kind>
void tell_boat(const Words& w, Teller& tell, const Heard& heard, const Kind& r) {
  if constexpr (requires { r.craft; })
    tell.choose(w.boat_kind, r.craft == "person" ? "person in the water" : r.craft, r.from, heard.time,
                heard.entry);
  if constexpr (requires { r.engine_stopped; }) {  // somebody sees it, or is aboard
    if (r.engine_stopped == true) tell.say(w.under_way, Said(false), heard);
    if (r.speed_mps) tell.say(w.under_way, Said(*r.speed_mps >= moving_mps), heard);
    tell.say(w.last_contact, static_cast<double>(millis(heard.time)), r.from, heard.time, heard.entry);
  }
  if constexpr (std::is_same_v<Kind, reports::Recovered>) tell.say(w.people_taken_aboard, Said(true), heard);
}

/// What somebody said in so many words: one fact of the vocabulary.
void tell_fact(const Rulebook& rules, Encounter& encounter, const Heard& heard, const reports::Fact& r) {
  const auto fact = rules.vocabulary.find(r.fact);
  if (!fact) return;
  auto word = fact_value(rules.vocabulary, *fact, r.value, r.from, std::min(heard.time, encounter.now),
                         r.role, heard.entry);
  if (word) encounter.say(rules.vocabulary, *fact, std::move(*word));
}

std::string requested(const Heard& heard, const reports::Order& r) {
  return fmt::format("{}{}: {} (entry {})", r.from, r.role.empty() ? "" : " (" + r.role + ")", r.task,
                     heard.entry);
}

/// Whose waters a place is in takes longer to find out than all the rest, and is asked again and again while
/// a boat has no newer place: the last answers are remembered, by this thread alone.
std::optional<std::string> waters_at(const std::shared_ptr<const TerritorialSea>& of, Place place,
                                     double error_m) {
  if (!of) return "";
  struct Memory {
    std::weak_ptr<const TerritorialSea> of;  // keeps its name from being another's
    Place place;
    double error_m = -1;
    std::optional<std::string> waters;
  };
  thread_local std::array<Memory, 256> memories;
  const auto bits = std::bit_cast<std::uint64_t>(place.lon) * 31 + std::bit_cast<std::uint64_t>(place.lat);
  Memory& memory = memories[(bits * 0x9E3779B97F4A7C15ULL) >> 56];
  const bool same = !memory.of.owner_before(of) && !of.owner_before(memory.of);
  if (!same || !(memory.place == place) || memory.error_m != error_m)
    memory = {of, place, error_m, of->at(place, error_m)};
  return memory.waters;
}

void tell_place(const World& world, const Incident& incident, Encounter& encounter) {
  const Words& w = world.rules->words;
  Teller tell(*world.rules, encounter);
  if (!incident.place) return;
  const Place place = *incident.place;
  const std::string from = "last known place";
  tell.say(w.position_known, 1, from, incident.place_time, incident.place_entry);
  if (world.sea.land(place) == false)
    tell.say(w.on_the_beach, 0, from, incident.place_time, incident.place_entry);
  // A place that is good to some miles may be on either side of a line: then its waters are not known.
  const auto waters = waters_at(world.territorial_sea, place, incident.place_error_m);
  if (waters && !waters->empty())
    tell.choose(w.waters, *waters, from, incident.place_time, incident.place_entry);
  const auto way_back = waters ? world.strait.way_back.find(*waters) : world.strait.way_back.end();
  if (way_back != world.strait.way_back.end()) {
    // The nearest and the farthest it may be: a limit between the two leaves the answer open.
    const double back = world.strait.zones.distance_to_line_m(place, way_back->second).value_or(0);
    const double error = incident.place_error_m;
    tell.say(w.way_back_length, rounded(std::max(0.0, back - error), 0), from + ", at the nearest",
             incident.place_time, incident.place_entry);
    tell.say(w.way_back_length, rounded(back + error, 0), from + ", at the farthest", incident.place_time,
             incident.place_entry);
  }
  if (const auto wind = world.sea.wind(place, encounter.now))
    tell.say(w.wind_speed, rounded(length(*wind), 1), "the sea as it is known here", encounter.now);
  if (const auto waves = world.sea.wave_height_m(place, encounter.now))
    tell.say(w.wave_height, rounded(*waves, 1), "the sea as it is known here", encounter.now);
}

}  // namespace

Encounter encounter_of(const World& world, const Incidents& incidents, const Counts& counts,
                       const Parameters& parameters, Time now, const Incident& incident) {
  assert(world.rules);
  const Rulebook& rules = *world.rules;
  const Words& w = rules.words;
  Encounter out(rules.vocabulary);
  out.now = now;
  out.parameters = parameters;
  Teller tell(rules, out);
  for (const Incident* one : incidents.one_boat_with(incident.id)) {
    const std::uint64_t lowered = one->lowered ? one->lowered->entry : 0;
    for (const Heard& heard : one->history) {
      std::visit(
          [&](const auto& r) {
            tell_dangers(w, tell, heard, r, heard.entry < lowered);
            if (!heard.withdrawn) tell_boat(w, tell, heard, r);
          },
          heard.report);
    }
    if (one->lowered)
      tell.say(w.distress, 0, one->lowered->officer, one->lowered->at, lowered, "coordinator");
    for (const Heard& heard : one->said) {
      std::visit(
          Overloaded{
              [&](const reports::Fact& r) { tell_fact(rules, out, heard, r); },
              [&](const reports::Order& r) { out.orders.push_back(requested(heard, r)); },
              [&](const reports::Consent& r) {
                if (heard.entry > incident.encounter_from)
                  out.hear({r.response, r.role, r.given, r.from, std::min(heard.time, now), heard.entry});
              },
              [](const auto& /*no word about it*/) {}},
          heard.report);
    }
  }
  const std::uint64_t first = incident.history.empty() ? 0 : incident.history.front().entry;
  tell.say(w.known_to_centre, 1, incident.centre, incident.opened, first);
  tell.say(w.doubt_of_safety, 1, incident.centre, incident.opened, first);
  tell.say(w.another_centre_acts, 0, incident.centre + " coordinates, and nobody else is known to act", now);
  if (const auto persons = estimated(counts.of(incident.id))) {
    tell.say(w.persons_least, persons->low, "all estimates together", incident.changed);
    tell.say(w.persons_most, persons->high, "all estimates together", incident.changed);
  }
  tell_place(world, incident, out);
  return out;
}

}  // namespace varne
