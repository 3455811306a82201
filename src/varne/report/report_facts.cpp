#include <array>

#include "varne/core/fields_kept.h"
#include "varne/core/text.h"
#include "varne/feed/report_reader.h"
#include "varne/report/account.h"
#include "varne/report/report.h"

namespace varne {
namespace {

constexpr std::uint32_t of_others = 1'000'000;  // numbers of incidents that other centres' desks opened

/// A place that is not known better than this is drawn as a range and not joined to others.
constexpr double wide_range_m = 2000;

}  // namespace

/// The number in "I7"; of "I7@CROSS-Gris-Nez" one behind all of those.
std::uint32_t ReportFacts::number_of(const std::string& incident) {
  if (incident.find('@') == std::string::npos)
    return static_cast<std::uint32_t>(parse_whole(std::string_view(incident).substr(1)).value_or(0));
  const auto next = of_others + static_cast<std::uint32_t>(others_.size());
  return others_.emplace(incident, next).first->second;
}

void ReportFacts::take(const Entry& entry) {
  ++entries;
  ++kinds[entry.kind];
  const auto body = parse_json(entry.body);
  if (!body) return;  // the room writes no such entry, and the ledger takes none
  for_each_kind<entries::Body>([&]<class Kind>() {
    Kind said;
    if (entry.kind == Kind::kind && read_kept(*body, said)) take(entry, said);
  });
}

void ReportFacts::take(const Entry& entry, const entries::Day& said) {
  day = said;
  tell(entry, said.text);
}

void ReportFacts::take(const Entry& /*entry*/, const entries::Rules& said) {
  doctrines.push_back(said);
}

void ReportFacts::take(const Entry& /*entry*/, const entries::TrackSaid& said) {
  (said.mmsi ? ships : unidentified)[said.track].push_back(said.at);
}

void ReportFacts::take(const Entry& /*entry*/, const entries::UnitMoved& said) {
  units[said.unit].push_back(said.at);
}

void ReportFacts::take(const Entry& entry, const entries::Refused& said) {
  if (said.source == said_.id) answer("", "refused: " + said.why);
  tell(entry, said.text);
}

void ReportFacts::take(const Entry& entry, const entries::IncidentSaid& said) {
  Boat& boat = boats[number_of(said.incident)];
  if (!boat.last) {
    boat.opened = entry.time;
    boat.opened_said = said_.said;
    boat.opened_error_s = said_.known == entry.time ? said_.error_s : 0;
  }
  boat.last = said;
  boat.changed = entry.time;
  answer(said.incident, said.text);
  if (boat.centres.empty() || boat.centres.back().first != said.centre)
    boat.centres.push_back({said.centre, entry.time});
  if (said.change != "placed") tell(entry, said.text, said.change);
  if (!said.at) return;
  if (said.error_m >= wide_range_m) {
    if (boat.ranges.empty() || boat.ranges.back().place != *said.at)
      boat.ranges.push_back({*said.at, said.error_m});
    return;
  }
  if (boat.path.empty() || boat.path.back() != *said.at) boat.path.push_back(*said.at);
}

/// The books again, posting by posting. What the room could post can be posted here.
void ReportFacts::take(const Entry& entry, const entries::PeoplePosted& said) {
  if (said.source == said_.id) answer(said.incident, said.text);
  const auto posting = posting_from(said, entry.time);
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
                      .text = said.text,
                      .said = posted_when.said,
                      .error_s = posted_when.error_s});
}

/// Keeps what was said under the incident that it names; a report that opens one is put there by the answer.
void ReportFacts::take(const Entry& entry, const entries::Reported& said) {
  const auto report = parse_report(said.report.text);
  if (!report) return;
  const ReportHead& head = report_head(*report);
  said_ = {.entry = entry.number,
           .id = head.id,
           .said = head.time,
           .error_s = head.time_error_s,
           .known = entry.time,
           .from = head.from,
           .kind = std::visit([](const auto& kind) { return std::string(kind.kind); }, *report),
           .subject = {},
           .status = {},
           .what = said.text,
           .answers = {}};
  // Who says so and of which boat stands beside it; so does of what something was published.
  for (const std::string& known :
       std::array{head.from + ": ", head.boat.empty() ? std::string() : "boat " + head.boat + ", "}) {
    if (said_.what.starts_with(known)) said_.what.erase(0, known.size());
  }
  if (const auto* claim = std::get_if<reports::Claim>(&*report)) {
    said_.subject = claim->subject;
    said_.status = claim->status;
    if (!claim->text.empty()) said_.what = claim->text;
  }
  if (const auto* unit = std::get_if<reports::UnitPosition>(&*report); unit != nullptr)
    units[unit->unit].push_back(unit->place);
  if (!said.incident.empty()) boats[number_of(said.incident)].words.push_back(said_);
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

void ReportFacts::take(const Entry& entry, const entries::Related& said) {
  std::erase_if(relations,
                [&](const Related& old) { return old.incident == said.incident && old.other == said.other; });
  if (said.relation != "none") relations.push_back({said.incident, said.other, said.relation});
  tell(entry, said.text);
}

void ReportFacts::take(const Entry& /*entry*/, const entries::Forecast& said) {
  if (!said.snapshots.empty()) boats[number_of(said.incident)].forecast = said;
}

void ReportFacts::take(const Entry& entry, const entries::Order& said) {
  // A hand-over proposed or answered stands there as the incident's own line.
  if (!said.task.ends_with("hand_over") || said.standing != "order") tell(entry, said.text);
}

void ReportFacts::take(const Entry& entry, const entries::TaskSaid& said) {
  if (!said.incident.empty())
    going[number_of(said.incident)].push_back(
        {entry.time, false, said.state, said.unit, said.eta, said.text});
}

void ReportFacts::take(const Entry& entry, const entries::ProposalSaid& said) {
  going[number_of(said.incident)].push_back({entry.time, true, said.state, said.unit, said.eta, said.text});
}

void ReportFacts::take(const Entry& entry, const entries::LetterSaid& said) {
  // Where craft were and where records stood is told by the hundred, and says nothing of who knew what.
  if (said.what == letters::Tracks::kind || said.what == letters::Head::kind) return;
  letters.push_back({entry.time, said.sent, said.way == "told", said.centre, said.text});
}

void ReportFacts::take(const Entry& entry, const entries::ClaimSaid& said) {
  claims.push_back({entry.time, said, said_.said, said_.error_s});
  // What was published of one boat stands beside that boat's words.
  if (said.incident.empty()) tell(entry, said.text);
}

void ReportFacts::tell(const Entry& entry, const std::string& text, const std::string& change) {
  timeline.push_back({.time = entry.time,
                      .kind = entry.kind,
                      .change = change,
                      .text = text,
                      .said = said_.said,
                      .error_s = said_.known == entry.time ? said_.error_s : 0});
}

}  // namespace varne
