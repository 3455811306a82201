#include <nlohmann/json.hpp>

#include "varne/core/json_fields.h"
#include "varne/core/text.h"
#include "varne/report/account.h"
#include "varne/report/report.h"

namespace varne {
namespace {

Place place_of(const Json& at) {
  return {at.at(0).get<double>(), at.at(1).get<double>()};
}

/// The number in "I7".
std::uint32_t number_of(const std::string& incident) {
  return static_cast<std::uint32_t>(parse_whole(std::string_view(incident).substr(1)).value_or(0));
}

/// A place that is not known better than this is drawn as a range and not joined to others.
constexpr double wide_range_m = 2000;

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
  if (entry.kind == "report") take_report(entry, body);
  if (entry.kind == "incident") take_incident(entry, body);
  if (entry.kind == "relation") take_relation(body);
  if (entry.kind == "doctrine") doctrines.push_back(body);
  if (entry.kind == "verdict") take_verdict(entry, body);
  if (entry.kind == "refused" && text_of(body, "source") == said_.id)
    answer("", "refused: " + text_of(body, "why"));
  if (entry.kind == "people") take_people(entry, body);
  if (entry.kind == "forecast" && body.contains("snapshots"))
    boats[number_of(text_of(body, "incident"))].forecast = body;
  if (entry.kind == "claim") claims.push_back({entry.time, body, said_.said, said_.error_s});
  // A hand-over proposed or answered stands there as the incident's own line.
  if (entry.kind == "order" && text_of(body, "task").ends_with("hand_over") && body["standing"] == "order")
    return;
  const bool told = (entry.kind == "incident" && body["change"] != "placed") || entry.kind == "day" ||
                    entry.kind == "order" || entry.kind == "consent" || entry.kind == "claim" ||
                    entry.kind == "relation" || entry.kind == "refused" || entry.kind == "parameter" ||
                    entry.kind == "override" || entry.kind == "override_ended";
  // What was published of one boat stands beside that boat's words.
  if (!told || (entry.kind == "claim" && body.contains("incident"))) return;
  timeline.push_back({.time = entry.time,
                      .kind = entry.kind,
                      .change = text_of(body, "change"),
                      .text = text_of(body, "text"),
                      .said = said_.said,
                      .error_s = said_.known == entry.time ? said_.error_s : 0});
}

void ReportFacts::take_incident(const Entry& entry, const Json& body) {
  Boat& boat = boats[number_of(text_of(body, "incident"))];
  if (boat.last.is_null()) {
    boat.opened = entry.time;
    boat.opened_said = said_.said;
    boat.opened_error_s = said_.known == entry.time ? said_.error_s : 0;
  }
  boat.last = body;
  boat.changed = entry.time;
  answer(text_of(body, "incident"), text_of(body, "text"));
  const std::string centre = text_of(body, "centre");
  if (boat.centres.empty() || boat.centres.back().first != centre)
    boat.centres.push_back({centre, entry.time});
  if (!body.contains("at")) return;
  const Place place = place_of(body["at"]);
  const double error_m = body.value("error_m", 0.0);
  if (error_m >= wide_range_m) {
    if (boat.ranges.empty() || boat.ranges.back().place != place) boat.ranges.push_back({place, error_m});
    return;
  }
  if (boat.path.empty() || boat.path.back() != place) boat.path.push_back(place);
}

/// The books again, posting by posting. What the room could post can be posted here.
void ReportFacts::take_people(const Entry& entry, const Json& body) {
  if (text_of(body, "source") == said_.id) answer(text_of(body, "incident"), text_of(body, "text"));
  const auto posting = posting_from(body, entry.time);
  if (!posting || !people.post(*posting)) return;
  const Posted posted_when =
      said_.known == entry.time ? Posted{said_.said, said_.error_s} : Posted{entry.time};
  posted.resize(people.postings().size(), posted_when);
  // Of all that is counted, who was found dead and who is missing is told with the day.
  const bool lost = posting->to.state == PeopleState::dead || posting->to.state == PeopleState::missing;
  if (!lost || (posting->persons.high == 0 && !posting->revises)) return;
  timeline.push_back({.time = entry.time,
                      .kind = entry.kind,
                      .change = name_of(posting->to.state),
                      .text = text_of(body, "text"),
                      .said = posted_when.said,
                      .error_s = posted_when.error_s});
}

/// Keeps what was said under the incident that it names; a report that opens one is put there by the answer.
void ReportFacts::take_report(const Entry& entry, const Json& body) {
  const Json& report = body["report"];
  said_ = {.entry = entry.number,
           .id = text_of(report, "id"),
           .said = parse_time(text_of(report, "time")).value_or(entry.time),
           .error_s = report.value("time_error_s", 0.0),
           .known = entry.time,
           .from = text_of(report, "from"),
           .kind = text_of(report, "kind"),
           .subject = text_of(report, "subject"),
           .status = text_of(report, "status"),
           .what = text_of(body, "text"),
           .answers = {}};
  // Who says so and of which boat stands beside it; so does of what something was published.
  const std::string boat = text_of(report, "boat");
  for (const std::string& known : {said_.from + ": ", boat.empty() ? "" : "boat " + boat + ", "}) {
    if (said_.what.starts_with(known)) said_.what.erase(0, known.size());
  }
  if (said_.kind == "claim" && report.contains("text")) said_.what = text_of(report, "text");
  if (const std::string incident = text_of(body, "incident"); !incident.empty())
    boats[number_of(incident)].words.push_back(said_);
}

/// What followed from the report being read, for the incident it is about ("" the one that it named).
void ReportFacts::answer(const std::string& incident, const std::string& text) {
  if (said_.entry == 0) return;
  Boat* about = nullptr;
  for (auto& [number, boat] : boats) {
    if (!boat.words.empty() && boat.words.back().entry == said_.entry) about = &boat;
  }
  if (about == nullptr && !incident.empty()) {
    about = &boats[number_of(incident)];
    about->words.push_back(said_);
  }
  if (about != nullptr) about->words.back().answers.push_back(text);
}

void ReportFacts::take_relation(const Json& body) {
  const Related related{text_of(body, "incident"), text_of(body, "other"), text_of(body, "relation")};
  std::erase_if(relations, [&](const Related& old) {
    return old.incident == related.incident && old.other == related.other;
  });
  if (related.relation != "none") relations.push_back(related);
}

}  // namespace varne
