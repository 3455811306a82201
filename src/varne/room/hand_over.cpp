/// One coordinator: an incident changes hands in two steps, and at every moment exactly one centre has it
/// (coordination.h). Between two centres of which one has no desk of its own both steps are orders in this
/// room; with a joined desk the other's step comes by a letter.

#include <fmt/format.h>

#include "varne/core/letters.h"
#include "varne/feed/report_words.h"
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
  incident.propose(order.to);
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
  if (incident.accepted)
    return step.log.refuse(order, fmt::format("{} is accepted already; {} goes on until its release comes",
                                              spoken(incident), incident.centre));
  const std::string giver = incident.centre;
  if (order.task == "accept_hand_over" && is_joined(*world_, giver)) {
    incident.accept();
    return tell(step, incident, "offered",
                fmt::format("{}: {} accepts; {} goes on coordinating until its desk releases it",
                            spoken(incident), order.from, giver));
  }
  if (order.task == "accept_hand_over") {
    incident.change_hands();
    return tell(step, incident, "handed_over",
                fmt::format("{}: {} takes over from {} and coordinates from now on", spoken(incident),
                            incident.centre, giver));
  }
  incident.close_offer();
  tell(step, incident, "kept",
       fmt::format("{}: {} {}; {} goes on coordinating", spoken(incident), order.from,
                   withdrawn ? "withdraws its proposal to hand over" : "does not take over", giver));
}

Done Incidents::hear_hand_over(const Step& step, const std::string& id, const std::string& partner,
                               const HandOver& said) {
  Incident& incident = incidents_.at(id);
  const std::string& own = own_centre(*world_);
  const auto changed = incident.hear(own, partner, said);
  if (!changed) return std::unexpected(changed.error());
  const auto say_it = [&](const char* change, const std::string& what) {
    tell(step, incident, change, spoken(incident) + ": " + what);
  };
  switch (*changed) {
    case HandedOver::nothing:
      break;
    case HandedOver::offered:
      say_it("offered", fmt::format("{} proposes to hand over to {}, and coordinates until {} accepts",
                                    partner, own, own));
      break;
    case HandedOver::withdrawn:
      say_it("kept", fmt::format("{} withdraws its proposal to hand over; it goes on coordinating", partner));
      break;
    case HandedOver::refused:
      say_it("kept", fmt::format("{} does not take over; {} goes on coordinating", partner, own));
      break;
    case HandedOver::released:
      say_it("handed_over",
             fmt::format("{} takes over from {}, which stands by until it is known that {} knows", partner,
                         own, partner));
      break;
    case HandedOver::taken_over:
      say_it("handed_over", fmt::format("{} takes over from {} and coordinates from now on", own, partner));
      break;
    case HandedOver::known:
      say_it("handed_over", fmt::format("{} knows that it coordinates; {} stands by no more", partner, own));
      break;
  }
  return {};
}

const Incident& Incidents::open_with(const Step& step, const std::string& id, const std::string& partner,
                                     const letters::Incident& said) {
  Incident incident;
  incident.id = id;
  incident.opened_by = partner;
  incident.centre = said.centre;
  incident.term = said.term;
  incident.opened = step.log.now();
  incident.place_time = step.log.now();
  incident.phase = phase_named(said.phase).value_or(Phase::distress);
  incident.why = said.why;
  const Incident* labelled = said.boat.empty() ? nullptr : of(said.boat);
  if (labelled == nullptr && !said.boat.empty() && !is_incident_number(said.boat)) {
    incident.boat = said.boat;
    labels_[as_seen(said.boat)] = id;
  }
  Incident& kept = incidents_[id] = std::move(incident);
  tell(step, kept, "opened",
       fmt::format("{} opened by the desk of {}, in {}: {}; {} coordinates", spoken(kept), partner,
                   name_of(kept.phase), kept.why, kept.centre));
  // Both centres gave one label to what they were told of: an officer says whether it is one boat.
  if (labelled != nullptr)
    set_relation(step.log, kept, *labelled, Relation::possibly_same,
                 fmt::format("{} is possibly the same boat as {}: both desks call it {} (not merged)",
                             spoken(kept), spoken(*labelled), said.boat),
                 {.source = partner});
  return kept;
}

void Incidents::learn_coordinator(const Step& step, const std::string& id, const letters::Incident& said) {
  Incident& incident = incidents_.at(id);
  const std::string& own = own_centre(*world_);
  const bool ours = incident.centre == own || incident.offered_to == own || said.centre == own;
  if (ours || said.term <= incident.term) return;
  incident.centre = said.centre;
  incident.term = said.term;
  incident.offered_to.clear();
  incident.offer = 0;
  tell(step, incident, "handed_over", fmt::format("{}: {} coordinates now", spoken(incident), said.centre));
}

}  // namespace varne
