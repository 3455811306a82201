/// What people say of a boat: every report is an entry, and opens or changes the incident of the boat it
/// names.

#include <fmt/format.h>

#include <algorithm>

#include "varne/feed/report_reader.h"
#include "varne/room/authority.h"
#include "varne/room/phrases.h"
#include "varne/room/room.h"

namespace varne {
namespace {

/// A watch may be a little fast. What is dated further ahead is not so yet: it would hold up all that comes
/// until then, and stay fresh as long.
constexpr Duration most_ahead = std::chrono::minutes(5);

/// A word about a boat counts from its arrival at the latest; what rests on its own time alone is refused.
bool stands_on_its_time(const Report& report) {
  return std::holds_alternative<reports::Fact>(report) || std::holds_alternative<reports::Consent>(report) ||
         std::holds_alternative<reports::UnitPosition>(report);
}

}  // namespace

void Room::take_report(const Observation& observation, const Report& report) {
  const ReportHead& said = report_head(report);
  if (!reports_.insert(observation.source + "\n" + said.id).second)
    return log_.refuse(said, "its number was used before; a repetition is not counted twice");
  const Time now = log_.now();
  const bool ahead = said.time > now + most_ahead;
  const std::string note = phrases::sentence(report);
  const Incident* known = incidents_.of(said.boat);
  log_.say([&] {
    return entries::Reported{
        .text =
            note + (ahead ? fmt::format("; dated {} ahead, {}", phrases::length_of(said.time - now),
                                        stands_on_its_time(report) ? "refused" : "taken as of its arrival")
                          : ""),
        .source = observation.source,
        .report = {report_json(report)},
        .incident = known == nullptr ? "" : known->id,
        .by = log_.by()};
  });
  if (const auto own = authority::is_own_word(*world_, *speaker_, report); !own)
    return log_.refuse(said, own.error().text());
  if (ahead && stands_on_its_time(report))
    return log_.refuse(said, "it is dated ahead of its arrival; look at the clock it was dated by");
  follow({log_.last(), now, std::min(said.time, now), report}, note);
}

/// What each kind of report does.
void Room::follow(const Heard& heard, const std::string& note) {
  std::visit(
      Overloaded{[&](const reports::Call&) { hear_of_boat(heard, note); },
                 [&](const reports::Sighting&) { hear_of_boat(heard, note); },
                 [&](const reports::Recovered&) { hear_of_boat(heard, note); },
                 [&](const reports::Landing& r) {
                   r.boat.empty() && !r.unit.empty() ? land_unnamed(r, heard, note)
                                                     : hear_of_boat(heard, note);
                 },
                 [&](const reports::DeparturePrevented& r) { take_prevented(r, heard, note); },
                 [&](const reports::HandedOver& r) { take_handed_over(r, heard, note); },
                 [&](const reports::UnitPosition& r) { traffic_.take_unit_position(log_, heard.time, r); },
                 [&](const reports::Order& r) { take_order(r, heard); },
                 [&](const reports::TaskAnswer& r) { take_answer(r, heard, note); },
                 [&](const reports::Acknowledge& r) { alarms_.acknowledge(log_, r); },
                 [&](const reports::Consent& r) { take_consent(r, heard); },
                 [&](const reports::Claim& r) { counts_.claim(log_, r, incidents_.of(r.boat)); },
                 [&](const reports::Fact& r) { take_fact(r, heard, note); },
                 [&](const reports::Parameter& r) { verdicts_.set_parameter(log_, *speaker_, r); },
                 [&](const reports::Override& r) { take_override(r); }},
      heard.report);
}

void Room::hear_of_boat(const Heard& heard, const std::string& note) {
  const Incident* known = incidents_.of(report_head(heard.report).boat);
  const std::string own = known != nullptr ? known->id : incidents_.open(log_, heard).id;
  incidents_.hear(log_, own, heard, note);
  const std::string head = incidents_.head_of(incidents_.at(own)).id;
  incidents_.reopen_search(step(), head, report_head(heard.report));
  incidents_.update(step(), head, heard, known == nullptr);
  counts_.account(log_, incidents_.at(head), heard);
  incidents_.close_if_accounted(step(), head);
  incidents_.may_be(step(), own, heard.report);
  tasking_.saw(tasking_step(), incidents_.at(head), heard.report);
}

/// What changes where people of a known boat are, and nothing else of it.
void Room::account_for(const std::string& own, const Heard& heard, const std::string& note) {
  incidents_.hear(log_, own, heard, note);
  const std::string head = incidents_.head_of(incidents_.at(own)).id;
  if (!std::holds_alternative<reports::HandedOver>(heard.report))
    incidents_.reopen_search(step(), head, report_head(heard.report));
  counts_.account(log_, incidents_.at(head), heard);
  incidents_.close_if_accounted(step(), head);
}

void Room::take_prevented(const reports::DeparturePrevented& report, const Heard& heard,
                          const std::string& note) {
  const Incident* own = incidents_.of(report.boat);
  if (own == nullptr) return counts_.prevent_ashore(log_, report);  // never at sea
  account_for(own->id, heard, note);
}

void Room::take_handed_over(const reports::HandedOver& report, const Heard& heard, const std::string& note) {
  const Incident* own = incidents_.of(report.boat);
  if (own == nullptr)
    return log_.refuse(
        report, fmt::format("no boat \"{}\" is known; say first that its people were landed or taken aboard",
                            report.boat));
  account_for(own->id, heard, note);
}

/// A landing that names a unit and no boat: its people are those the unit has aboard, where that leaves no
/// choice. Which of several boats a part of them came from is not guessed.
void Room::land_unnamed(const reports::Landing& report, const Heard& heard, const std::string& note) {
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
    if (boats.size() > 1) std::get<reports::Landing>(share.report).persons = counts_.held(id, aboard);
    account_for(id, share, note);
  }
}

}  // namespace varne
