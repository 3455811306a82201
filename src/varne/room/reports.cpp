/// What people say of a boat: every report is an entry, and opens or changes the incident of the boat it
/// names.

#include <fmt/format.h>

#include <algorithm>

#include "varne/room/phrases.h"
#include "varne/room/room.h"

namespace varne {
namespace {

/// A watch may be a little fast. What is dated further ahead is not so yet: it would hold up all that comes
/// until then, and stay fresh as long.
constexpr Duration most_ahead = std::chrono::minutes(5);

/// A word about a boat counts from its arrival at the latest; what rests on its own time alone is refused.
bool stands_on_its_time(ReportKind kind) {
  return kind == ReportKind::fact || kind == ReportKind::consent || kind == ReportKind::unit_position;
}

}  // namespace

void Room::take_report(const Observation& observation, const Report& report) {
  if (!reports_.insert(observation.source + "\n" + report.id).second)
    return log_.refuse(report, "its number was used before; a repetition is not counted twice");
  const Time now = log_.now();
  const bool ahead = observation.time > now + most_ahead;
  std::string note = phrases::sentence(report);
  const Incident* known = incidents_.of(report.boat);
  log_.say(entries::Reported{
      .text =
          note + (ahead ? fmt::format("; dated {} ahead, {}", phrases::length_of(observation.time - now),
                                      stands_on_its_time(report.kind) ? "refused" : "taken as of its arrival")
                        : ""),
      .source = observation.source,
      .report = {report_json({observation.time, report})},
      .incident = known == nullptr ? "" : known->id});
  if (ahead && stands_on_its_time(report.kind))
    return log_.refuse(report, "it is dated ahead of its arrival; look at the clock it was dated by");
  const Heard heard{log_.last(), now, std::min(observation.time, now), report};
  switch (report.kind) {
    case ReportKind::call:
    case ReportKind::sighting:
    case ReportKind::recovered:
      return hear_of_boat(heard, note);
    case ReportKind::landing:
      return report.boat.empty() && !report.unit.empty() ? land_unnamed(heard, note)
                                                         : hear_of_boat(heard, note);
    case ReportKind::departure_prevented:
      return take_prevented(heard, note);
    case ReportKind::handed_over:
      return take_handed_over(heard, note);
    case ReportKind::unit_position:
      return traffic_.take_unit_position(log_, heard.time, report);
    case ReportKind::order:
      return take_order(heard);
    case ReportKind::consent:
      return take_consent(heard);
    case ReportKind::claim:
      return counts_.claim(log_, observation.time, report, known);
    case ReportKind::fact:
    case ReportKind::parameter:
    case ReportKind::verdict_override:
      return take_statement(heard, note);
  }
}

void Room::hear_of_boat(const Heard& heard, const std::string& note) {
  const Incident* known = incidents_.of(heard.report.boat);
  const std::string own = known != nullptr ? known->id : incidents_.open(log_, heard).id;
  incidents_.hear(log_, own, heard, note);
  const std::string head = incidents_.head_of(incidents_.at(own)).id;
  incidents_.reopen_search(step(), head, heard.report);
  incidents_.update(step(), head, heard, known == nullptr);
  counts_.account(log_, incidents_.at(head), heard);
  incidents_.close_if_accounted(step(), head);
  incidents_.may_be(step(), own, heard.report);
}

/// What changes where people of a known boat are, and nothing else of it.
void Room::account_for(const std::string& own, const Heard& heard, const std::string& note) {
  incidents_.hear(log_, own, heard, note);
  const std::string head = incidents_.head_of(incidents_.at(own)).id;
  if (heard.report.kind != ReportKind::handed_over) incidents_.reopen_search(step(), head, heard.report);
  counts_.account(log_, incidents_.at(head), heard);
  incidents_.close_if_accounted(step(), head);
}

void Room::take_prevented(const Heard& heard, const std::string& note) {
  if (!heard.report.persons) return;
  const Incident* own = incidents_.of(heard.report.boat);
  if (own == nullptr) return counts_.prevent_ashore(log_, heard.report);  // never at sea
  account_for(own->id, heard, note);
}

void Room::take_handed_over(const Heard& heard, const std::string& note) {
  const Incident* own = incidents_.of(heard.report.boat);
  if (own == nullptr)
    return log_.refuse(
        heard.report,
        fmt::format("no boat \"{}\" is known; say first that its people were landed or taken aboard",
                    heard.report.boat));
  account_for(own->id, heard, note);
}

/// A landing that names a unit and no boat: its people are those the unit has aboard, where that leaves no
/// choice. Which of several boats a part of them came from is not guessed.
void Room::land_unnamed(const Heard& heard, const std::string& note) {
  const Report& report = heard.report;
  const Account aboard{PeopleState::rescued, report.unit};
  std::vector<std::string> boats;
  HeadCount all;
  for (const auto& [id, incident] : incidents_.all()) {
    const HeadCount of_boat = counts_.held(id, aboard);
    if (of_boat.high == 0) continue;
    boats.push_back(id);
    all = {all.low + of_boat.low, all.high + of_boat.high};
  }
  if (boats.empty()) return hear_of_boat(heard, note);
  if (boats.size() > 1 && (report.persons != all || !all.exact()))
    return log_.refuse(report, fmt::format("{} has people of {} boats aboard; name the boat, or land all {}",
                                           report.unit, boats.size(), phrases::people(all)));
  for (const std::string& id : boats) {
    if (incidents_.one_boat_with(id).size() > 1)
      return log_.refuse(report,
                         fmt::format("{} is one boat known by several numbers; name the one by which these "
                                     "people were taken aboard",
                                     spoken(incidents_.at(id))));
  }
  for (const std::string& id : boats) {
    Heard share = heard;
    share.share = true;
    if (boats.size() > 1) share.report.persons = counts_.held(id, aboard);
    account_for(id, share, note);
  }
}

}  // namespace varne
