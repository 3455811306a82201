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
  if (!t.evidence.empty()) add("source", varne::quoted(t.evidence.back().source.view()));
  if (!t.mmsi) {
    constexpr double probability_95 = 2.4477;
    const Ellipse e = here.ellipse(probability_95);
    add("ellipse", fmt::format(R"({{"major_m":{},"minor_m":{},"direction_deg":{}}})", number(e.major_m, 1),
                               number(e.minor_m, 1), number(e.direction_deg, 1)));
  }
  return out + "}";
}

std::string mark(const Mark& m) {
  constexpr int base_station = 4;  // M.1371-5: the type of its message
  std::string out =
      fmt::format(R"({{"mmsi":{},"kind":"{}","name":{},"virtual":{},"off_position":{},"updated":"{}")",
                  m.mmsi, m.type == base_station ? "base_station" : "aid_to_navigation",
                  varne::quoted(m.name), m.virtual_aid, m.off_position, iso(m.updated));
  if (m.place) out += fmt::format(R"(,"at":[{},{}])", number(m.place->lon, 6), number(m.place->lat, 6));
  return out + "}";
}

Json track_detail(const Track& t, Time now, const std::string& unheard) {
  Json out = Json::parse(track(t, now), nullptr, false);
  if (!unheard.empty()) out["not_heard_because"] = unheard;
  out["started"] = iso(t.started);
  out["evidence"] = Json::array();
  for (const auto& e : t.evidence)
    out["evidence"].push_back({{"time", iso(e.time)}, {"source", e.source.view()}, {"raw", e.raw.view()}});
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

Json task(const UnitTask& t) {
  return {{"unit", t.unit},        {"incident", t.incident},
          {"task", t.task},        {"state", enum_name(t.state)},
          {"since", iso(t.since)}, {"eta", t.eta ? Json(iso(*t.eta)) : Json(nullptr)},
          {"eta_to", t.eta_to},    {"order", t.entry}};
}

Json proposed(const Proposed& p) {
  return {{"unit", p.unit},     {"stop", p.stop}, {"eta", p.eta ? Json(iso(*p.eta)) : Json(nullptr)},
          {"eta_to", p.eta_to}, {"text", p.text}, {"entry", p.entry}};
}

/// What an officer goes by who asks which boat is worst off.
void add_need(Json& out, const Room& room, const Incident& i) {
  const Need need = room.need(i);
  out["dangers"] = Json::array();
  for (const Need::Danger& danger : need.dangers) out["dangers"].push_back(danger.sign);
  out["still_out"] = need.still_out ? range(*need.still_out) : Json(nullptr);
  out["all_aboard"] = need.all_aboard;
  out["unassigned"] = need.unassigned;
  out["heard"] = need.heard ? Json(iso(*need.heard)) : Json(nullptr);
  out["assigned"] = Json::array();
  for (const UnitTask* one : room.assigned(i)) out["assigned"].push_back(task(*one));
  const std::string& head = i.same_as.empty() ? i.id : i.same_as;
  out["proposed"] = Json::array();
  for (const Proposed& one : room.proposals().standing())
    if (one.incident == head) out["proposed"].push_back(proposed(one));
  out["nobody"] = room.proposals().nobody(head);
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
           {"accepted", i.accepted},
           {"stands_by", i.stands_by},
           {"opened_by", i.opened_by},
           {"same_as", i.same_as},
           {"verdict", room.last_verdict(i)},
           {"related", related(room, i.id)}};
  out["at"] = i.place ? at(*i.place) : Json(nullptr);
  out["at_time"] = i.place ? Json(iso(i.place_time)) : Json(nullptr);
  add_need(out, room, i);
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

/// One that could be with a boat, and when.
Json reacher(const Room& room, const Reacher& one) {
  const auto minutes = [](const std::optional<Duration>& d) {
    return d ? Json(rounded(seconds(*d) / 60, 1)) : Json(nullptr);
  };
  const auto& tasks = room.tasking().tasks();
  const auto busy = tasks.find(one.name);
  return {{"name", one.name},
          {"kind", one.kind},
          {"track", one.track},
          {"distance_m", rounded(one.distance_m, 0)},
          {"minutes", minutes(one.reach.median)},
          {"ninety_minutes", minutes(one.reach.ninety)},
          {"contact", rounded(one.reach.contact, 2)},
          {"launch_delay_minutes", minutes(one.delay)},
          {"free", maybe(one.free)},
          {"status", one.status ? Json(enum_name(*one.status)) : Json(nullptr)},
          {"task", busy == tasks.end() ? Json(nullptr) : task(busy->second)},
          {"declined", one.declined},
          {"meets", one.meets},
          {"notes", one.notes}};
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
  out["reach"] = Json::array();
  for (const Reacher& one : room.who_reaches(i)) out["reach"].push_back(reacher(room, one));
  out["verdicts"] = room.verdicts(i.id);
  return out;
}

Json unit(const Unit& u, const UnitShown& now) {
  const auto whole_seconds = [](const std::optional<Duration>& d) { return d ? Json(seconds(*d)) : Json(); };
  Json out{{"name", u.name},
           {"kind", name_of(u.kind)},
           {"state", u.state},
           {"centre", u.centre},
           {"base", u.base},
           {"speed_mps", maybe_rounded(u.speed_mps, 2)},
           {"capacity", maybe(u.capacity)},
           {"seated", maybe(u.seated)},
           {"launch_delay_s", whole_seconds(u.launch_delay)},
           {"search_speed_mps", maybe_rounded(u.search_speed_mps, 2)},
           {"eye_height_m", maybe_rounded(u.eye_height_m, 1)}};
  if (!now.here) {
    // Not heard of: taken to be at its base.
    out["at"] = at(u.home);
    out["updated"] = nullptr;
  } else {
    out["at"] = at(now.here->place);
    out["over_ground_mps"] = rounded(length(now.here->velocity), 2);
    if (length(now.here->velocity) > 0) out["course_deg"] = rounded(direction_deg(now.here->velocity), 1);
    out["updated"] = iso(now.here->time);
  }
  out["aboard"] = range(now.aboard);
  out["free"] = u.capacity ? Json(std::max(0, *u.capacity - now.aboard.high)) : Json(nullptr);
  out["status"] = enum_name(now.status);
  out["task"] = now.task ? task(*now.task) : Json(nullptr);
  return out;
}

Json alarms(const Room& room) {
  Json out = Json::array();
  for (const auto& [entry, alarm] : room.alarms().standing()) {
    const bool seen = !alarm.seen_by.empty();
    out.push_back({{"alarm", entry},
                   {"what", enum_name(alarm.what)},
                   {"subject", alarm.subject},
                   {"text", alarm.text},
                   {"since", iso(alarm.since)},
                   {"about", alarm.about},
                   {"seen_by", alarm.seen_by},
                   {"seen", seen ? Json(iso(alarm.seen)) : Json(nullptr)}});
  }
  return out;
}

Json partners(const Room& room) {
  const auto maybe = [](const auto& value) { return value ? Json(*value) : Json(nullptr); };
  const auto place = [](const std::optional<Place>& at) {
    return at ? Json{rounded(at->lon, 5), rounded(at->lat, 5)} : Json(nullptr);
  };
  Json out = Json::array();
  for (const std::string& centre : room.world().partners) {
    Json one{
        {"centre", centre}, {"tracks", Json::array()}, {"units", Json::array()}, {"offered", Json::array()}};
    if (const PartnerView* view = room.partners().view_of(centre)) {
      for (const auto& [id, seen] : view->tracks)
        one["tracks"].push_back({{"id", id},
                                 {"at", place(seen.track.at)},
                                 {"time", iso(seen.track.time)},
                                 {"heard", iso(seen.heard)},
                                 {"course_deg", maybe(seen.track.course_deg)},
                                 {"speed_mps", maybe(seen.track.speed_mps)},
                                 {"error_m", maybe(seen.track.error_m)}});
      for (const auto& [name, offered] : view->units)
        one["units"].push_back({{"unit", name},
                                {"at", place(offered.unit.at)},
                                {"text", offered.unit.text},
                                {"heard", iso(offered.heard)},
                                {"entry", offered.entry}});
    }
    for (const std::string& unit : room.partners().offered_to(centre)) one["offered"].push_back(unit);
    out.push_back(std::move(one));
  }
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
  for (const reports::Claim& claim : room.claims()) {
    out["claims"].push_back({{"time", iso(claim.time)},
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
  const Waters waters = world.strait.zones.at(place);
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
