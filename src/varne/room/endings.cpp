/// When an incident closes and when its phase may fall. It closes by its account alone, or by the word of a
/// named officer of the centre that coordinates it, and what that word stood on is kept with it.

#include <fmt/format.h>

#include <algorithm>

#include "varne/room/incidents.h"
#include "varne/room/phrases.h"

namespace varne {
namespace {

/// "27 dead, 4 missing", of those where `holds`; "" where nobody is.
template <class Holds>
std::string where_they_are(const PeopleBooks& people, const std::string& boat, Holds&& holds) {
  std::string out;
  for (const auto& [account, persons] : people.balances(boat)) {
    if (account.state == PeopleState::set_out || !holds(account.state)) continue;
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", phrases::number(persons), phrases::state(account));
  }
  return out;
}

bool unaccounted(PeopleState state) {
  return state == PeopleState::at_sea || state == PeopleState::rescued || state == PeopleState::missing;
}

/// Somebody was there and saw the boat or its people.
bool seen_there(const Report& report) {
  return std::holds_alternative<reports::Sighting>(report) ||
         std::holds_alternative<reports::Recovered>(report) ||
         std::holds_alternative<reports::Landing>(report);
}

}  // namespace

void Incidents::close_if_accounted(const Step& step, const std::string& id) {
  Incident& incident = incidents_.at(id);
  const bool accounted = step.counts.accounted_for(id);
  if (accounted ? !incident.open && !incident.ended : incident.open || incident.ended) return;
  incident.ended.reset();
  incident.open = !accounted;
  if (!accounted) {
    incident.close_reason.clear();
    return tell(step, incident, "reopened",
                fmt::format("{} is open again: people of it are not accounted for", spoken(incident)));
  }
  const std::string where =
      where_they_are(step.counts.books(), incident.id, [](PeopleState) { return true; });
  incident.close_reason = "everybody is accounted for: " + (where.empty() ? "nobody was in danger" : where);
  tell(step, incident, "closed", fmt::format("{} closed: {}", spoken(incident), incident.close_reason));
}

/// Any new word of a boat whose search was ended opens it again.
void Incidents::reopen_search(const Step& step, const std::string& id, const ReportHead& report) {
  Incident& incident = incidents_.at(id);
  if (!incident.ended) return;
  incident.ended.reset();
  incident.open = true;
  incident.close_reason.clear();
  tell(step, incident, "reopened",
       fmt::format("{} is open again: word of it after its search was ended (report {})", spoken(incident),
                   report.id));
}

void Incidents::end_search(const Step& step, const std::string& id, const reports::Order& order,
                           const std::string& forecast) {
  Incident& incident = incidents_.at(id);
  if (!incident.open) return step.log.refuse(order, spoken(incident) + " is closed already");
  std::vector<std::string> lacks;
  if (order.officer.empty())
    lacks.push_back("no search ends without a named officer who answers for it; name one in \"officer\"");
  if (order.reason.empty()) lacks.push_back("say in \"reason\" why the search ends");
  if (forecast.empty()) {
    lacks.push_back(fmt::format("no forecast of {} has been made to search by", spoken(incident)));
  } else if (order.forecast != forecast) {
    lacks.push_back(
        fmt::format("name in \"forecast\" the latest forecast of {}, {}", spoken(incident), forecast));
  }
  if (!order.coverage || order.coverage_source.empty())
    lacks.push_back(
        "give in \"coverage\" how well the area was searched, and in \"coverage_source\" who worked "
        "that out");
  if (!lacks.empty()) return step.log.refuse(order, fmt::format("{}", fmt::join(lacks, "; ")));
  incident.ended = {order.officer, order.reason, order.forecast, *order.coverage, order.coverage_source};
  incident.open = false;
  const std::string left = where_they_are(step.counts.books(), incident.id, unaccounted);
  incident.close_reason =
      fmt::format("search ended by {}, {}: {}; forecast {}, coverage {} ({}); not accounted for: {}",
                  order.officer, order.from, order.reason, order.forecast, *order.coverage,
                  order.coverage_source, left.empty() ? "how many is not known" : left);
  tell(step, incident, "closed", fmt::format("{} closed: {}", spoken(incident), incident.close_reason));
}

std::vector<const Heard*> Incidents::heard_of(const std::string& incident) const {
  std::vector<const Heard*> out;
  const auto boats = one_boat_with(incident);
  for (const Incident* one : boats) {
    out.reserve(out.size() + one->history.size());
    for (const Heard& heard : one->history) out.push_back(&heard);
  }
  if (boats.size() == 1) return out;  // as it was heard
  std::stable_sort(out.begin(), out.end(),
                   [](const Heard* a, const Heard* b) { return a->entry < b->entry; });
  return out;
}

/// Down only by a named officer of the coordinating centre, on reports of somebody who saw that very boat
/// after the last word of danger from it, and who saw none. Time alone lowers nothing.
void Incidents::lower_phase(const Step& step, const std::string& id, const reports::Order& order) {
  Incident& incident = incidents_.at(id);
  const bool uncertainty = order.phase == name_of(Phase::uncertainty);
  if (!uncertainty && order.phase != name_of(Phase::alert))
    return step.log.refuse(order, "name in \"phase\" what it is to be: uncertainty or alert");
  const Phase to = uncertainty ? Phase::uncertainty : Phase::alert;
  if (to >= incident.phase)
    return step.log.refuse(order, fmt::format("{} is in {}", spoken(incident), name_of(incident.phase)));
  if (order.officer.empty())
    return step.log.refuse(order,
                           "no phase is lowered without a named officer who answers for it; name one in "
                           "\"officer\"");
  if (order.evidence.empty())
    return step.log.refuse(order,
                           "name in \"evidence\" the reports of those who saw this boat out of danger");
  const auto heard = heard_of(incident.id);
  const Heard* danger = nullptr;
  for (const Heard* one : heard) {
    if (phase_of(one->report).phase > to) danger = one;
  }
  for (const std::string& report : order.evidence) {
    const auto stands = std::find_if(heard.begin(), heard.end(), [&](const Heard* one) {
      return report_head(one->report).id == report && !one->withdrawn && seen_there(one->report) &&
             phase_of(one->report).phase <= to &&
             (danger == nullptr || (one->entry > danger->entry && one->time > danger->time));
    });
    if (stands == heard.end())
      return step.log.refuse(
          order,
          fmt::format("report {} is not of somebody who saw {} and no danger to it since {}", id,
                      spoken(incident),
                      danger == nullptr ? "it was opened" : "report " + report_head(danger->report).id));
  }
  incident.phase = to;
  incident.why = fmt::format("lowered by {}, {}, on report {}", order.officer, order.from,
                             fmt::join(order.evidence, ", "));
  for (const Incident* one : one_boat_with(incident.id))
    incidents_.at(one->id).lowered = {step.log.last(), step.log.now(), order.officer + ", " + order.from};
  tell(step, incident, "lowered",
       fmt::format("{} is now in {}: {}", spoken(incident), name_of(to), incident.why));
}

}  // namespace varne
