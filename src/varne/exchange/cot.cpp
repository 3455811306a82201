#include "varne/exchange/cot.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "varne/exchange/search_area.h"
#include "varne/exchange/xml_writer.h"

namespace varne {
namespace {

constexpr double unknown_m = 9999999;  // the schema's word for an error or height that is not known
constexpr Duration stale_after = std::chrono::minutes(5);
constexpr Duration area_ahead = std::chrono::hours(1);
/// Half a minute of new drift changes nothing on a map; so an area is drawn anew only this often.
constexpr Duration area_lasts = std::chrono::minutes(10);

std::string token(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == ' ' ? '-' : c;
  return out;
}

/// What an event is about.
struct About {
  int rank = 0;
  std::string uid;
  std::string type;
  const char* how = "m-f";
  Time start;
  Place place;
  double error_m = unknown_m;
  std::string name;
  std::string words;
  std::optional<Vec> velocity = {};
  std::string more = {};  ///< further elements of `detail`, XML
};

CotEvent event(const About& about, const Room& room, bool exercise) {
  const Time now = room.now();
  const std::string name = (exercise ? "EXERCISE " : "") + about.name;
  XmlWriter detail(true);
  detail.open("detail").empty("contact", {{"callsign", name}});
  if (about.velocity)
    detail.empty("track", {{"course", fmt::format("{:.1f}", direction_deg(*about.velocity))},
                           {"speed", fmt::format("{:.2f}", length(*about.velocity))}});
  detail.element("remarks", about.words);
  std::string inside = detail.take();
  inside.insert(inside.size() - std::string_view("</detail>").size(), about.more);
  const std::string where =
      fmt::format(R"(<point lat="{:.6f}" lon="{:.6f}" hae="9999999.0" ce="{:.1f}" le="9999999.0"/>)",
                  about.place.lat, about.place.lon, about.error_m);
  XmlWriter xml(true);
  XmlWriter::Attributes attributes{{"version", "2.0"},
                                   {"uid", about.uid},
                                   {"type", about.type},
                                   {"time", iso(now)},
                                   {"start", iso(std::min(about.start, now))},
                                   {"stale", iso(now + stale_after)},
                                   {"how", about.how}};
  if (exercise) attributes.emplace_back("opex", "e");
  xml.empty("event", attributes);
  std::string head = xml.take();
  head.resize(head.size() - 2);  // "/>"
  return {about.rank, about.uid, about.type + where + inside, head + ">" + where + inside + "</event>"};
}

std::string own_name(const Room& room, std::string_view kind, const std::string& id) {
  return xml_text(fmt::format("varne.{}.{}{}", token(own_centre(room.world())), kind, token(id)));
}

const char* type_of(UnitKind kind) {
  switch (kind) {
    case UnitKind::cutter:
    case UnitKind::patrol:
      return "a-f-S-X-L";
    case UnitKind::tug:
      return "a-f-S-X-M";
    case UnitKind::helicopter:
      return "a-f-A-C-H";
    case UnitKind::aeroplane:
      return "a-f-A-C-F";
    case UnitKind::lifeboat:
      break;
  }
  return "a-f-S-X";
}

/// By table 53 of M.1371-5.
const char* type_of(const Track& track) {
  if (!track.mmsi) return "a-u-S";
  const int type = track.ship_type.value_or(0);
  if (type == 30) return "a-n-S-X-F";
  if (type == 36 || type == 37) return "a-n-S-X-R";
  return type >= 60 && type < 90 ? "a-n-S-X-M" : "a-n-S-X";
}

std::string words_of(const Room& room, const Incident& incident, const Need& need) {
  std::string out =
      fmt::format("{} ({}). {} coordinates.", name_of(incident.phase), incident.why, incident.centre);
  for (const Need::Danger& danger : need.dangers) out += fmt::format(" {}.", danger.sign);
  if (need.still_out) out += fmt::format(" Still out: {} to {}.", need.still_out->low, need.still_out->high);
  out += fmt::format(" Last place at {}.", iso(incident.place_time));
  if (need.unassigned) out += " Nobody goes.";
  for (const UnitTask* task : room.assigned(incident))
    out += fmt::format(" {}: {}.", task->unit, enum_name(task->state));
  return out;
}

/// A closed polygon as TAK draws it: its corners as links.
std::string shape_of(const std::vector<Place>& ring) {
  std::string out;
  for (const Place& p : ring) out += fmt::format(R"(<link point="{:.6f},{:.6f}"/>)", p.lat, p.lon);
  return out + R"(<strokeColor value="-65536"/><strokeWeight value="2.0"/><fillColor value="872349696"/>)";
}

}  // namespace

const CotPicture::Area& CotPicture::area(const Room& room, const Incident& incident) {
  Area& known = areas_[incident.id];
  const auto run = room.forecast(incident.id);
  const Duration old = room.now() - known.made;
  if (known.run == run && old >= Duration{} && old < area_lasts) return known;
  known = {run, room.now(), {}, {}};
  const auto found = search_area(room, incident, room.now() + area_ahead);
  if (!found) return known;
  known.of = found->time;
  for (const auto& ring : found->rings) known.shapes.emplace_back(ring.front(), shape_of(ring));
  return known;
}

std::vector<CotEvent> CotPicture::events(const Room& room, bool exercise) {
  std::vector<CotEvent> out;
  std::vector<CotEvent> areas;
  for (const auto& [id, incident] : room.incidents()) {
    const bool over = !incident.open || !incident.same_as.empty();
    const auto told = emergencies_.find(id);
    if ((over && told == emergencies_.end()) || !incident.place) continue;
    const Need need = room.need(incident);
    const std::string uid = own_name(room, "", id);
    About about{.uid = uid,
                .type = "a-n-S-X",
                .how = "h-e",
                .start = incident.place_time,
                .place = *incident.place,
                .error_m = incident.place_error_m > 0 ? incident.place_error_m : unknown_m,
                .name = spoken(incident),
                .words = words_of(room, incident, need)};
    if (!over) out.push_back(event(about, room, exercise));
    const bool emergency = !over && incident.phase == Phase::distress && !need.all_aboard;
    if (emergency) emergencies_[id] = {};
    if (!emergency && told != emergencies_.end() && told->second == Time{}) told->second = room.now();
    if (emergency || told != emergencies_.end()) {
      about.uid = uid + ".distress";
      about.type = emergency ? "b-a-o-tbl" : "b-a-o-can";
      about.more = emergency ? R"(<emergency type="911 Alert"/>)" : R"(<emergency cancel="true"/>)";
      out.push_back(event(about, room, exercise));
    }
    // Whoever has not heard by now that it is over sees it go stale.
    if (!emergency && told != emergencies_.end() && room.now() - told->second > stale_after)
      emergencies_.erase(told);
    if (over) continue;
    const Area& where = area(room, incident);
    for (std::size_t i = 0; i < where.shapes.size(); ++i)
      areas.push_back(
          event({.rank = 1,
                 .uid = fmt::format("{}.area{}", uid, i == 0 ? "" : fmt::format("-{}", i + 1)),
                 .type = "u-d-f",
                 .how = "m-f",
                 .start = where.made,
                 .place = where.shapes[i].first,
                 .name = fmt::format("{} {}", spoken(incident), room.forecast_id(id)),
                 .words = fmt::format("90 in 100 of the forecast lie in such areas at {}", iso(where.of)),
                 .more = where.shapes[i].second},
                room, exercise));
  }
  out.insert(out.end(), areas.begin(), areas.end());
  std::set<std::uint32_t> of_units;  // their own AIS is no second craft
  for (const Unit& unit : room.world().units) {
    const auto here = room.unit_positions().find(unit.name);
    if (here == room.unit_positions().end()) continue;  // at its base, as far as anybody knows
    if (unit.mmsi) of_units.insert(*unit.mmsi);
    out.push_back(event({.rank = 2,
                         .uid = own_name(room, "unit.", unit.name),
                         .type = type_of(unit.kind),
                         .how = "m-g",
                         .start = here->second.time,
                         .place = here->second.place,
                         .name = unit.name,
                         .words = fmt::format("{}, {}", name_of(unit.kind), enum_name(room.status(unit))),
                         .velocity = here->second.velocity},
                        room, exercise));
  }
  for (const auto& [id, track] : room.picture().tracks()) {
    if (track.state == TrackState::tentative || track.state == TrackState::dropped) continue;
    if (track.mmsi && of_units.contains(*track.mmsi)) continue;
    const Estimate here = track.shown(room.now());
    constexpr double within_95 = 2.4477;
    About about{.rank = 3,
                .uid = track.mmsi ? xml_text("MMSI-" + id.substr(1)) : own_name(room, "", id),
                .type = type_of(track),
                .how = track.mmsi ? "m-g" : "m-f",
                .start = track.updated,
                .place = here.place,
                .name = track.name.empty() ? id : track.name,
                .words = fmt::format("{}, {} at {}", id, name_of(track.state), iso(track.updated)),
                .velocity = here.velocity};
    if (!track.mmsi) about.error_m = here.ellipse(within_95).major_m;
    out.push_back(event(about, room, exercise));
  }
  return out;
}

std::vector<const CotEvent*> CotPace::due(const std::vector<CotEvent>& events, Time now) {
  struct Waiting {
    const CotEvent* event;
    Time since;  ///< when it was last sent
  };
  std::vector<Waiting> waiting;
  for (auto& [uid, sent] : sent_) sent.there = false;
  for (const CotEvent& one : events) {
    const auto at = sent_.find(one.uid);
    if (at != sent_.end()) {
      at->second.there = true;
      const Duration ago = now - at->second.at;
      const bool news = at->second.essence != one.essence && ago >= soonest;
      if (ago >= Duration{} && !news && ago < again) continue;
    }
    waiting.push_back({&one, at == sent_.end() ? Time{} : at->second.at});
  }
  std::erase_if(sent_, [](const auto& one) { return !one.second.there; });
  // Whoever has waited longest of those that matter alike.
  std::stable_sort(waiting.begin(), waiting.end(), [](const Waiting& a, const Waiting& b) {
    return std::pair(a.event->rank, a.since) < std::pair(b.event->rank, b.since);
  });
  if (waiting.size() > most) waiting.resize(most);
  std::vector<const CotEvent*> out;
  for (const Waiting& one : waiting) {
    sent_[one.event->uid] = {one.event->essence, now, true};
    out.push_back(one.event);
  }
  return out;
}

}  // namespace varne
