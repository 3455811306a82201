#include "varne/exchange/cap.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "varne/core/place_of_data.h"
#include "varne/exchange/search_area.h"
#include "varne/exchange/xml_writer.h"
#include "varne/room/authority.h"

namespace varne {
namespace {

constexpr const char* cap_namespace = "urn:oasis:names:tc:emergency:cap:1.2";
constexpr const char* restriction = "For search and rescue services and those whom they inform";

/// No blank, comma, < or & (CAP 1.2, 3.2.1, of identifier and sender).
std::string token(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == ' ' || c == ',' || c == '<' || c == '&' || c == '"' ? '-' : c;
  return xml_text(out);
}

/// CAP has times with an offset, UTC as "-00:00", to the second.
std::string time_of(Time time) {
  return iso(std::chrono::floor<std::chrono::seconds>(time)).substr(0, 19) + "-00:00";
}

std::string identifier(const std::string& incident, std::uint64_t entry) {
  return token(fmt::format("{}.{}", incident, entry));
}

bool is_over(const Incident& incident) {
  return !incident.open || !incident.same_as.empty();
}

bool was_seen(const Incident& incident) {
  return std::any_of(incident.history.begin(), incident.history.end(), [](const Heard& heard) {
    return !heard.withdrawn && (std::holds_alternative<reports::Sighting>(heard.report) ||
                                std::holds_alternative<reports::Recovered>(heard.report));
  });
}

const char* urgency(const Incident& incident) {
  if (is_over(incident)) return "Past";
  switch (incident.phase) {
    case Phase::distress:
      return "Immediate";
    case Phase::alert:
      return "Expected";
    case Phase::uncertainty:
      break;
  }
  return "Unknown";
}

const char* severity(const Incident& incident, const Need& need) {
  const bool worst = std::any_of(need.dangers.begin(), need.dangers.end(), [](const Need::Danger& danger) {
    return danger.sign == "people_in_water" || danger.sign == "taking_water";
  });
  if (worst) return "Extreme";
  if (incident.phase == Phase::distress) return "Severe";
  return incident.phase == Phase::alert ? "Moderate" : "Unknown";
}

const char* certainty(const Incident& incident) {
  if (was_seen(incident)) return "Observed";
  if (incident.phase == Phase::distress) return "Likely";
  return incident.phase == Phase::alert ? "Possible" : "Unknown";
}

std::string event(const Incident& incident) {
  return fmt::format("Boat or person in the {} phase", name_of(incident.phase));
}

std::string in_words(const Incident& incident, const Need& need, const SearchArea* area) {
  std::string out = fmt::format("{}: {}. {} coordinates.", spoken(incident), incident.why, incident.centre);
  if (!incident.same_as.empty()) out += fmt::format(" It is the same boat as {}.", incident.same_as);
  if (!incident.open) out += fmt::format(" Closed: {}.", incident.close_reason);
  if (incident.place) {
    out += fmt::format(" Last place {} at {}", varne::spoken(*incident.place), iso(incident.place_time));
    if (incident.place_error_m > 0) out += fmt::format(", within {:.1f} km", incident.place_error_m / 1000);
    out += '.';
  } else {
    out += " No place is known.";
  }
  if (need.still_out) out += fmt::format(" Still out: {} to {}.", need.still_out->low, need.still_out->high);
  if (area != nullptr)
    out +=
        fmt::format(" Forecast {}: 90 in 100 lie within the polygon at {}.", area->forecast, iso(area->time));
  return out;
}

void parameter(XmlWriter& xml, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  xml.open("parameter").element("valueName", name).element("value", value).close();
}

void parameters(XmlWriter& xml, const Room& room, const Incident& incident, const Need& need) {
  parameter(xml, "phase", name_of(incident.phase));
  parameter(xml, "coordinating centre", incident.centre);
  parameter(xml, "boat", incident.boat);
  parameter(xml, "craft", incident.craft);
  for (const Need::Danger& danger : need.dangers) parameter(xml, "danger", danger.sign);
  for (const Json& ruling : room.verdicts(incident.id))
    parameter(xml, "verdict on " + ruling.value("response", ""), ruling.value("ruling", ""));
}

std::string corners(const std::vector<Place>& ring) {
  std::string out;
  for (const Place& p : ring) out += fmt::format("{}{:.5f},{:.5f}", out.empty() ? "" : " ", p.lat, p.lon);
  return out;
}

void areas(XmlWriter& xml, const Incident& incident, const SearchArea* area) {
  if (area != nullptr) {
    xml.open("area").element(
        "areaDesc", fmt::format("where the drift forecast {} has it at {}", area->forecast, iso(area->time)));
    for (const auto& ring : area->rings)
      if (ring.size() >= 4) xml.element("polygon", corners(ring));
    xml.close();
  }
  if (incident.place) {
    xml.open("area").element("areaDesc", fmt::format("last known place, at {}", iso(incident.place_time)));
    xml.element("circle", fmt::format("{:.5f},{:.5f} {:.3f}", incident.place->lat, incident.place->lon,
                                      incident.place_error_m / 1000))
        .close();
  }
  if (area == nullptr && !incident.place) xml.open("area").element("areaDesc", "not known").close();
}

}  // namespace

CapThread cap_thread(const std::vector<Entry>& entries, const std::string& incident) {
  CapThread out;
  for (const Entry& entry : entries) {
    if (std::find(std::begin(cap_kinds), std::end(cap_kinds), entry.kind) == std::end(cap_kinds)) continue;
    const auto body = parse_json(entry.body);
    if (!body || body->value("incident", "") != incident) continue;
    // What was said at one moment is one message, by the number of its last entry.
    if (out.now.entry != 0 && out.now.sent != entry.time) out.before.push_back(out.now);
    out.now = {entry.number, entry.time};
  }
  return out;
}

std::string cap_alert(const Room& room, const Incident& incident, const CapThread& thread, bool exercise) {
  const std::string sender = token(own_centre(room.world()));
  const bool over = is_over(incident);
  const Need need = room.need(incident);
  const auto area =
      over ? std::nullopt : search_area(room, incident, thread.now.sent + std::chrono::hours(1));
  const SearchArea* drawn = area ? &*area : nullptr;
  XmlWriter xml;
  xml.open("alert", {{"xmlns", cap_namespace}});
  xml.element("identifier", identifier(incident.id, thread.now.entry))
      .element("sender", sender)
      .element("sent", time_of(thread.now.sent))
      .element("status", exercise ? "Exercise" : "Actual")
      .element("msgType", over                    ? "Cancel"
                          : thread.before.empty() ? "Alert"
                                                  : "Update")
      .element("source", fmt::format("Varne {}", version()))
      .element("scope", "Restricted")
      .element("restriction", restriction);
  if (exercise) xml.said("note", "EXERCISE. " + room.world().notice);
  std::string references;
  for (const CapMessage& one : thread.before)
    references += fmt::format("{}{},{},{}", references.empty() ? "" : " ", sender,
                              identifier(incident.id, one.entry), time_of(one.sent));
  xml.said("references", references).element("incidents", token(incident.id));
  xml.open("info")
      .element("language", "en-GB")
      .element("category", "Rescue")
      .element("event", event(incident))
      .element("urgency", urgency(incident))
      .element("severity", severity(incident, need))
      .element("certainty", certainty(incident))
      .element("onset", time_of(incident.opened))
      .element("senderName", own_centre(room.world()))
      .element("headline", fmt::format("{}{}: {}", exercise ? "EXERCISE " : "", spoken(incident),
                                       over ? "over" : name_of(incident.phase)))
      .element("description", in_words(incident, need, drawn));
  parameters(xml, room, incident, need);
  areas(xml, incident, drawn);
  return xml.take();
}

std::string cap_feed(const Room& room, bool exercise) {
  XmlWriter xml;
  const std::string centre = own_centre(room.world());
  xml.open("feed", {{"xmlns", "http://www.w3.org/2005/Atom"}})
      .element("id", "urn:varne:" + token(centre) + ":incidents")
      .element("title", fmt::format("{}Open incidents of {}", exercise ? "EXERCISE. " : "", centre))
      .element("updated", iso(room.now()));
  xml.open("author").element("name", centre).close();
  for (const auto& [id, incident] : room.incidents()) {
    if (is_over(incident)) continue;
    xml.open("entry")
        .element("id", "urn:varne:" + token(centre) + ":" + token(id))
        .element("title", fmt::format("{}: {}", spoken(incident), name_of(incident.phase)))
        .element("updated", iso(incident.changed))
        .empty("link", {{"rel", "alternate"},
                        {"type", "application/cap+xml"},
                        {"href", "/api/incidents/" + token(id) + "/cap.xml"}})
        .element("summary", incident.why)
        .close();
  }
  return xml.take();
}

}  // namespace varne
