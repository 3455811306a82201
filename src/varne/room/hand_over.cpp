/// One coordinator: an incident changes hands in two steps, and at every moment exactly one centre has it.

#include <fmt/format.h>

#include "varne/room/authority.h"
#include "varne/room/incidents.h"

namespace varne {

/// A proposal: until the other centre accepts, the one that has the incident keeps it.
void Incidents::hand_over(const Step& step, const std::string& id, const reports::Order& order) {
  Incident& incident = incidents_.at(id);
  if (!authority::is_centre(*world_, order.to))
    return step.log.refuse(
        order, fmt::format("\"{}\" is no centre that could take over; name it in \"to\"", order.to));
  if (order.to == incident.centre) return step.log.refuse(order, order.to + " coordinates already");
  incident.offered_to = order.to;
  tell(step, incident, "offered",
       fmt::format("{}: {} proposes to hand over to {}, and coordinates until {} accepts", spoken(incident),
                   order.from, order.to, order.to));
}

/// The centre that was asked accepts or refuses; the one that asked may take its proposal back.
void Incidents::answer_hand_over(const Step& step, const std::string& id, const reports::Order& order) {
  Incident& incident = incidents_.at(id);
  if (incident.offered_to.empty())
    return step.log.refuse(order, fmt::format("no hand-over of {} is proposed; {} coordinates",
                                              spoken(incident), incident.centre));
  const bool withdrawn = order.task == "withdraw_hand_over";
  if (!withdrawn && order.from != incident.offered_to)
    return step.log.refuse(order, fmt::format("{} was offered to {}; only that centre can answer",
                                              spoken(incident), incident.offered_to));
  const std::string giver = incident.centre;
  incident.offered_to.clear();
  if (order.task == "accept_hand_over") {
    incident.centre = order.from;
    return tell(step, incident, "handed_over",
                fmt::format("{}: {} takes over from {} and coordinates from now on", spoken(incident),
                            incident.centre, giver));
  }
  tell(step, incident, "kept",
       fmt::format("{}: {} {}; {} goes on coordinating", spoken(incident), order.from,
                   withdrawn ? "withdraws its proposal to hand over" : "does not take over", giver));
}

}  // namespace varne
