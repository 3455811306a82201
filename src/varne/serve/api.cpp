#include "varne/serve/api.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "varne/drift/summary.h"

namespace varne::api {
namespace {

/// 0.1 m on the ground is finer than anything seen from afar.
Json at(Place place) {
  return Json::array({rounded(place.lon, 6), rounded(place.lat, 6)});
}

std::string number(double value, int decimals) {
  return canonical_number(rounded(value, decimals));
}

Json range(HeadCount count) {
  return Json::array({count.low, count.high});
}

template <class T>
Json maybe(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json vector_of(const std::optional<Vec>& v) {
  if (!v) return nullptr;
  return {{"speed_mps", rounded(length(*v), 3)}, {"towards_deg", rounded(direction_deg(*v), 1)}};
}

Json maybe_rounded(const std::optional<double>& value, int decimals) {
  return value ? Json(rounded(*value, decimals)) : Json(nullptr);
}

/// Everybody who set out is somewhere: what the states may hold reaches what set out, from both sides.
bool balanced(const PeopleBooks& books) {
  std::int64_t low = 0;
  std::int64_t high = 0;
  for (const auto state :
       {PeopleState::prevented, PeopleState::at_sea, PeopleState::rescued, PeopleState::landed,
        PeopleState::handed_over, PeopleState::dead, PeopleState::missing}) {
    low += books.in(state).low;
    high += books.in(state).high;
  }
  const HeadCount all = books.in(PeopleState::set_out);
  return low <= all.high && high >= all.low;
}

}  // namespace

std::string track(const Track& t, Time now) {
  const Estimate here = t.shown(now);
  std::string out = fmt::format(R"({{"id":{},"state":"{}","at":[{},{}],"updated":"{}","speed_mps":{})",
                                varne::quoted(t.id), name_of(t.state), number(here.place.lon, 6),
                                number(here.place.lat, 6), iso(t.updated), number(length(t.velocity), 2));
  const auto add = [&](const char* name, const std::string& value) {
    out += fmt::format(R"(,"{}":{})", name, value);
  };
  if (t.mmsi) add("mmsi", std::to_string(*t.mmsi));
  if (!t.name.empty()) add("name", varne::quoted(t.name));
  if (!t.callsign.empty()) add("callsign", varne::quoted(t.callsign));
  if (t.ship_type) add("ship_type", std::to_string(*t.ship_type));
  if (t.length_m) add("length_m", canonical_number(*t.length_m));
  if (length(t.velocity) > 0) add("course_deg", number(direction_deg(t.velocity), 1));
  if (t.heading_deg) add("heading_deg", canonical_number(*t.heading_deg));
  if (!t.evidence.empty()) add("source", varne::quoted(t.evidence.back().source));
  if (!t.mmsi) {
    constexpr double probability_95 = 2.4477;
    const Ellipse e = here.ellipse(probability_95);
    add("ellipse", fmt::format(R"({{"major_m":{},"minor_m":{},"direction_deg":{}}})", number(e.major_m, 1),
                               number(e.minor_m, 1), number(e.direction_deg, 1)));
  }
  return out + "}";
}

Json track_detail(const Track& t, Time now) {
  Json out = Json::parse(track(t, now), nullptr, false);
  out["started"] = iso(t.started);
  out["evidence"] = Json::array();
  for (const auto& e : t.evidence)
    out["evidence"].push_back({{"time", iso(e.time)}, {"source", e.source}, {"raw", e.raw}});
  return out;
}

/// Which other incidents this one is linked with, possibly the same as, or confirmed to be.
Json related(const Room& room, const std::string& incident) {
  Json out = Json::array();
  for (const auto& [pair, relation] : room.relations()) {
    if (pair.first != incident && pair.second != incident) continue;
    out.push_back(
        {{"incident", pair.first == incident ? pair.second : pair.first}, {"relation", name_of(relation)}});
  }
  return out;
}

Json incident(const Room& room, const Incident& i) {
  Json out{{"id", i.id},
           {"boat", i.boat},
           {"craft", i.craft},
           {"phase", name_of(i.phase)},
           {"why", i.why},
           {"centre", i.centre},
           {"open", i.open},
           {"close_reason", i.close_reason},
           {"opened", iso(i.opened)},
           {"changed", iso(i.changed)},
           {"forecast", room.forecast_id(i.id)},
           {"error_m", i.place_error_m},
           {"offered_to", i.offered_to},
           {"same_as", i.same_as},
           {"verdict", room.last_verdict(i)},
           {"related", related(room, i.id)}};
  out["at"] = i.place ? at(*i.place) : Json(nullptr);
  out["at_time"] = i.place ? Json(iso(i.place_time)) : Json(nullptr);
  const PeopleBooks& books = room.people();
  const std::string& account = i.same_as.empty() ? i.id : i.same_as;  // one boat, one account
  if (!books.names(account)) {
    out["persons"] = nullptr;
    return out;
  }
  out["persons"] = range(books.in(PeopleState::set_out, account));
  for (const auto state : {PeopleState::at_sea, PeopleState::rescued, PeopleState::landed,
                           PeopleState::handed_over, PeopleState::dead, PeopleState::missing})
    out["states"][name_of(state)] = range(books.in(state, account));
  return out;
}

Json incident_detail(const Room& room, const Incident& i) {
  Json out = incident(room, i);
  out["notes"] = Json::array();
  for (const auto& note : i.notes)
    out["notes"].push_back({{"time", iso(note.time)}, {"source", note.source}, {"what", note.what}});
  out["persons_claims"] = Json::array();
  for (const auto& claim : room.count_of(i.id).persons)
    out["persons_claims"].push_back({{"time", iso(claim.time)},
                                     {"source", claim.source},
                                     {"from", claim.from},
                                     {"persons", range(claim.persons)},
                                     {"counted", claim.counted}});
  out["postings"] = Json::array();
  for (const auto& p : room.people().postings()) {
    if (p.boat != i.id) continue;
    out["postings"].push_back({{"time", iso(p.time)},
                               {"from", spoken(p.from)},
                               {"to", spoken(p.to)},
                               {"persons", range(p.persons)},
                               {"source", p.source},
                               {"reason", p.reason}});
  }
  out["units"] = Json::array();
  for (const auto& reach : room.nearest_units(i.id, 5))
    out["units"].push_back({{"name", reach.unit},
                            {"distance_m", rounded(reach.distance_m, 0)},
                            {"minutes", reach.time ? Json(rounded(seconds(*reach.time) / 60, 1)) : Json()}});
  out["verdicts"] = room.verdicts(i.id);
  return out;
}

Json unit(const Unit& u, const std::optional<UnitPosition>& here, HeadCount aboard) {
  Json out{{"name", u.name},        {"kind", name_of(u.kind)}, {"state", u.state},
           {"centre", u.centre},    {"base", u.base},          {"speed_mps", rounded(u.speed_mps, 2)},
           {"capacity", u.capacity}};
  if (!here) {
    // Not heard of: taken to be at its base.
    out["at"] = at(u.home);
    out["updated"] = nullptr;
  } else {
    out["at"] = at(here->place);
    out["over_ground_mps"] = rounded(length(here->velocity), 2);
    if (length(here->velocity) > 0) out["course_deg"] = rounded(direction_deg(here->velocity), 1);
    out["updated"] = iso(here->time);
  }
  out["aboard"] = range(aboard);
  return out;
}

Json people(const Room& room) {
  const PeopleBooks& books = room.people();
  Json out;
  for (const auto state :
       {PeopleState::set_out, PeopleState::prevented, PeopleState::at_sea, PeopleState::rescued,
        PeopleState::landed, PeopleState::handed_over, PeopleState::dead, PeopleState::missing})
    out[name_of(state)] = range(books.in(state));
  int boats = 0;
  for (const auto& boat : books.boats())
    boats +=
        books.in(PeopleState::landed, boat).high + books.in(PeopleState::handed_over, boat).high > 0 ? 1 : 0;
  out["boats_landed"] = boats;
  out["balanced"] = balanced(books);
  out["claims"] = Json::array();
  for (const auto& [time, claim] : room.claims()) {
    out["claims"].push_back({{"time", iso(time)},
                             {"from", claim.from},
                             {"subject", claim.subject},
                             {"about", claim.about},
                             {"status", claim.status},
                             {"persons", claim.persons ? range(*claim.persons) : Json(nullptr)},
                             {"boats", maybe(claim.boats)},
                             {"text", claim.text}});
  }
  return out;
}

std::string entry(const Entry& e) {
  return entry_line(e);
}

Json forecast(const World& world, const std::string& incident, const std::string& id, const DriftRun& run) {
  Json out = forecast_json(run);
  out["id"] = id;
  out["incident"] = incident;
  out["description"] = "";
  for (const auto& c : world.leeway) {
    if (c.key == run.leeway_key) out["description"] = c.description;
  }
  return out;
}

Json sea(const World& world, Place place, Time time) {
  const Sea& s = world.sea;
  const Waters waters = world.zones.at(place);
  return {{"at", at(place)},
          {"time", iso(time)},
          {"current", vector_of(s.current(place, time))},
          {"wind", vector_of(s.wind(place, time))},
          {"wave_height_m", maybe_rounded(s.wave_height_m(place, time), 2)},
          {"water_temperature_c", maybe_rounded(s.water_temperature_c(place, time), 1)},
          {"depth_m", maybe_rounded(s.depth_m(place), 1)},
          {"level_m", maybe_rounded(s.level_m(place, time), 2)},
          {"land", maybe(s.land(place))},
          {"state", waters.state},
          {"centre", waters.centre}};
}

std::string text(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace varne::api
