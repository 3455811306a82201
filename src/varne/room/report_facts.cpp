#include <nlohmann/json.hpp>

#include "varne/core/text.h"
#include "varne/record/account.h"
#include "varne/room/report.h"

namespace varne {
namespace {

Place place_of(const Json& at) {
  return {at.at(0).get<double>(), at.at(1).get<double>()};
}

std::string text_of(const Json& body, const char* name) {
  const auto found = body.find(name);
  return found == body.end() || !found->is_string() ? "" : found->get<std::string>();
}

/// The number in "I7".
std::uint32_t number_of(const std::string& incident) {
  return static_cast<std::uint32_t>(parse_whole(std::string_view(incident).substr(1)).value_or(0));
}

}  // namespace

void ReportFacts::take(const Entry& entry) {
  ++entries;
  ++kinds[entry.kind];
  const auto parsed = parse_json(entry.body);
  if (!parsed) return;  // the room writes no such entry, and the ledger takes none
  const Json& body = *parsed;
  if (entry.kind == "day") day = body;
  if (entry.kind == "track")
    (body.contains("mmsi") ? ships : unidentified)[text_of(body, "track")].push_back(place_of(body["at"]));
  if (entry.kind == "unit") units[text_of(body, "unit")].push_back(place_of(body["at"]));
  if (entry.kind == "report" && text_of(body["report"], "kind") == "unit_position")
    units[text_of(body["report"], "unit")].push_back(place_of(body["report"]["at"]));
  if (entry.kind == "incident") take_incident(entry, body);
  if (entry.kind == "people") take_people(entry, body);
  if (entry.kind == "forecast" && body.contains("snapshots"))
    boats[number_of(text_of(body, "incident"))].forecast = body;
  if (entry.kind == "claim") claims.push_back({entry.time, body});
  // A hand-over proposed or answered stands there as the incident's own line.
  if (entry.kind == "order" && text_of(body, "task").ends_with("hand_over") && body["standing"] == "order")
    return;
  const bool told = (entry.kind == "incident" && body["change"] != "placed") || entry.kind == "day" ||
                    entry.kind == "order" || entry.kind == "consent" || entry.kind == "claim" ||
                    entry.kind == "relation" || entry.kind == "refused";
  if (told) timeline.push_back({entry.time, entry.kind, text_of(body, "change"), text_of(body, "text")});
}

void ReportFacts::take_incident(const Entry& entry, const Json& body) {
  Boat& boat = boats[number_of(text_of(body, "incident"))];
  if (boat.last.is_null()) boat.opened = entry.time;
  boat.last = body;
  boat.changed = entry.time;
  const std::string centre = text_of(body, "centre");
  if (boat.centres.empty() || boat.centres.back() != centre) boat.centres.push_back(centre);
  if (!body.contains("at")) return;
  const Place place = place_of(body["at"]);
  if (boat.path.empty() || boat.path.back() != place) boat.path.push_back(place);
}

/// The books again, posting by posting. What the room could post can be posted here.
void ReportFacts::take_people(const Entry& entry, const Json& body) {
  if (const auto posting = posting_from(body, entry.time)) static_cast<void>(people.post(*posting));
}

}  // namespace varne
