/// Reports that were wrong: a count misheard, a place mistyped, a boat mistaken for another. A named officer
/// takes them back; the people are counted and the boat is placed anew from what else was heard. Danger does
/// not go with them: that takes an officer who answers for it on what somebody saw (lower_phase, a fact).

#include <fmt/format.h>

#include <algorithm>

#include "varne/room/incidents.h"

namespace varne {

/// Of the centre that coordinates the boat.
std::optional<Incidents::Regrouped> Incidents::withdraw(const Step& step, const std::string& id,
                                                        const reports::Order& order) {
  const Incident& head = head_of(incidents_.at(id));
  std::vector<Heard*> found;
  std::vector<std::string> lacks;
  if (order.officer.empty()) lacks.push_back("no named officer answers for it; name one in \"officer\"");
  if (order.reason.empty()) lacks.push_back("say in \"reason\" what was wrong with it");
  if (order.evidence.empty()) lacks.push_back("name in \"evidence\" the reports that are withdrawn");
  for (const std::string& report : order.evidence) {
    Heard* heard = nullptr;
    for (const Incident* one : one_boat_with(head.id)) {
      for (Heard& each : incidents_.at(one->id).history)
        if (report_head(each.report).id == report) heard = &each;
    }
    if (heard == nullptr)
      lacks.push_back(fmt::format("report {} is not about {}", report, spoken(head)));
    else if (heard->withdrawn)
      lacks.push_back(fmt::format("report {} is withdrawn already", report));
    else if (heard->share)
      lacks.push_back(
          fmt::format("report {} landed people of several boats; settle the count of each instead", report));
    else
      found.push_back(heard);
  }
  if (!lacks.empty()) {
    step.log.refuse(order, fmt::format("{}", fmt::join(lacks, "; ")));
    return std::nullopt;
  }
  for (Heard* heard : found) heard->withdrawn = true;
  const std::string text =
      fmt::format("{}, {}: report {} of {} is withdrawn: {}; its phase stays {}", order.officer, order.from,
                  fmt::join(order.evidence, ", "), spoken(head), order.reason, name_of(head.phase));
  incidents_.at(head.id).notes.push_back({step.log.now(), order.id, text});
  return Regrouped{{head.id}, "corrected", text};
}

}  // namespace varne
