/// When an incident closes and when its phase may fall. It closes by its account alone, or by the word of a
/// named officer of the centre that coordinates it, and what that word stood on is kept with it.

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "varne/room/room.h"
#include "varne/room/words.h"

namespace varne {
namespace {

/// "27 dead, 4 missing", of those where `holds`; "" where nobody is.
template <class Holds>
std::string where_they_are(const PeopleBooks& people, const std::string& boat, Holds&& holds) {
  std::string out;
  for (const auto& [account, persons] : people.balances(boat)) {
    if (account.state == PeopleState::set_out || !holds(account.state)) continue;
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", words::number(persons), words::state(account));
  }
  return out;
}

bool unaccounted(PeopleState state) {
  return state == PeopleState::at_sea || state == PeopleState::rescued || state == PeopleState::missing;
}

/// Somebody was there and saw the boat or its people.
bool seen_there(const Report& report) {
  return report.kind == ReportKind::sighting || report.kind == ReportKind::recovered ||
         report.kind == ReportKind::landing;
}

}  // namespace

void Room::close_if_accounted(Incident& incident) {
  // Somebody must have said how many there were: a boat of which nothing is known is not accounted for.
  const bool counted = people_.in(PeopleState::set_out, incident.id).high > 0;
  const bool known = incident.settled || (counted && (estimated(incident) || incident.cleared));
  const bool accounted = known && people_.accounted_for(incident.id);
  if (accounted ? !incident.open && !incident.ended : incident.open || incident.ended) return;
  incident.ended.reset();
  incident.open = !accounted;
  if (!accounted) {
    incident.close_reason.clear();
    return tell_incident(
        incident, "reopened",
        fmt::format("{} is open again: people of it are not accounted for", spoken(incident)));
  }
  const std::string where = where_they_are(people_, incident.id, [](PeopleState) { return true; });
  incident.close_reason = "everybody is accounted for: " + (where.empty() ? "nobody was in danger" : where);
  tell_incident(incident, "closed", fmt::format("{} closed: {}", spoken(incident), incident.close_reason));
}

/// Any new word of a boat whose search was ended opens it again.
void Room::reopen_search(Incident& incident, const Report& report) {
  if (!incident.ended) return;
  incident.ended.reset();
  incident.open = true;
  incident.close_reason.clear();
  tell_incident(incident, "reopened",
                fmt::format("{} is open again: word of it after its search was ended (report {})",
                            spoken(incident), report.id));
}

void Room::end_search(Incident& incident, const Report& order) {
  if (!incident.open) return refuse(order, spoken(incident) + " is closed already");
  std::vector<std::string> lacks;
  if (order.officer.empty())
    lacks.push_back("no search ends without a named officer who answers for it; name one in \"officer\"");
  if (order.reason.empty()) lacks.push_back("say in \"reason\" why the search ends");
  if (incident.forecast.empty()) {
    lacks.push_back(fmt::format("no forecast of {} has been made to search by", spoken(incident)));
  } else if (order.forecast != incident.forecast) {
    lacks.push_back(fmt::format("name in \"forecast\" the latest forecast of {}, {}", spoken(incident),
                                incident.forecast));
  }
  if (!order.coverage || order.coverage_source.empty())
    lacks.push_back(
        "give in \"coverage\" how well the area was searched, and in \"coverage_source\" who worked "
        "that out");
  if (!lacks.empty()) return refuse(order, fmt::format("{}", fmt::join(lacks, "; ")));
  incident.ended = {order.officer, order.reason, order.forecast, *order.coverage, order.coverage_source};
  incident.open = false;
  const std::string left = where_they_are(people_, incident.id, unaccounted);
  incident.close_reason =
      fmt::format("search ended by {}, {}: {}; forecast {}, coverage {} ({}); not accounted for: {}",
                  order.officer, order.from, order.reason, order.forecast, *order.coverage,
                  order.coverage_source, left.empty() ? "how many is not known" : left);
  tell_incident(incident, "closed", fmt::format("{} closed: {}", spoken(incident), incident.close_reason));
}

/// What was heard of a boat, under all its numbers, in order.
std::vector<const Heard*> Room::heard_of(const std::string& incident) const {
  std::vector<const Heard*> out;
  for (const auto& [id, one] : incidents_) {
    if (id != incident && one.same_as != incident) continue;
    for (const Heard& heard : one.history) out.push_back(&heard);
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Heard* a, const Heard* b) { return a->entry < b->entry; });
  return out;
}

/// Down only by a named officer of the coordinating centre, on reports of somebody who saw that very boat
/// after the last word of danger from it, and who saw none. Time alone lowers nothing.
void Room::lower_phase(Incident& incident, const Report& order) {
  const bool uncertainty = order.phase == name_of(Phase::uncertainty);
  if (!uncertainty && order.phase != name_of(Phase::alert))
    return refuse(order, "name in \"phase\" what it is to be: uncertainty or alert");
  const Phase to = uncertainty ? Phase::uncertainty : Phase::alert;
  if (to >= incident.phase)
    return refuse(order, fmt::format("{} is in {}", spoken(incident), name_of(incident.phase)));
  if (order.officer.empty())
    return refuse(order,
                  "no phase is lowered without a named officer who answers for it; name one in "
                  "\"officer\"");
  if (order.evidence.empty())
    return refuse(order, "name in \"evidence\" the reports of those who saw this boat out of danger");
  const auto heard = heard_of(incident.id);
  const Heard* danger = nullptr;
  for (const Heard* one : heard) {
    if (phase_of(one->report).phase > to) danger = one;
  }
  for (const std::string& id : order.evidence) {
    const auto stands = std::find_if(heard.begin(), heard.end(), [&](const Heard* one) {
      return one->report.id == id && seen_there(one->report) && phase_of(one->report).phase <= to &&
             (danger == nullptr || (one->entry > danger->entry && one->time > danger->time));
    });
    if (stands == heard.end())
      return refuse(order, fmt::format("report {} is not of somebody who saw {} and no danger to it since {}",
                                       id, spoken(incident),
                                       danger == nullptr ? "it was opened" : "report " + danger->report.id));
  }
  incident.phase = to;
  incident.why = fmt::format("lowered by {}, {}, on report {}", order.officer, order.from,
                             fmt::join(order.evidence, ", "));
  for (const Incident* one : one_boat_with(incident.id))
    incidents_.at(one->id).lowered = {last_, now_, order.officer + ", " + order.from};
  tell_incident(incident, "lowered",
                fmt::format("{} is now in {}: {}", spoken(incident), name_of(to), incident.why));
}

}  // namespace varne
