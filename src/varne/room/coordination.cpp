#include "varne/room/coordination.h"

#include <fmt/format.h>

#include <cassert>

namespace varne {
namespace {

std::unexpected<Error> cannot_be(const Coordination& known, const std::string& partner,
                                 const HandOver& said) {
  return fail(
      "", fmt::format("{} says \"{}\" of term {}, offer {}; here {} holds term {}, {}", partner,
                      enum_name(said.word), said.term, said.offer, known.centre, known.term,
                      known.offer == 0 ? "with no offer made" : fmt::format("last offer {}", known.offer)));
}

}  // namespace

void Coordination::propose(const std::string& to) {
  assert(to != centre);
  offered_to = to;
  ++offer;
}

void Coordination::close_offer() {
  assert(!offered_to.empty() && !accepted);
  offered_to.clear();
}

void Coordination::take_back() {
  offered_to.clear();
  accepted = false;
}

void Coordination::accept() {
  assert(!offered_to.empty());
  accepted = true;
}

void Coordination::change_hands() {
  assert(!offered_to.empty());
  centre = std::exchange(offered_to, {});
  ++term;
  offer = 0;
  accepted = false;
}

Result<HandedOver> Coordination::hear(const std::string& own, const std::string& partner,
                                      const HandOver& said) {
  const bool ours = centre == own, theirs = centre == partner;
  const bool answers = said.word == HandOverWord::accept || said.word == HandOverWord::refuse;
  const bool offers = said.word == HandOverWord::propose || said.word == HandOverWord::withdraw;
  if ((answers || offers) && said.offer == 0) return cannot_be(*this, partner, said);

  if (said.word == HandOverWord::release) {
    if (said.term <= term) return HandedOver::nothing;
    // Only who accepted takes over, and only the very term that follows.
    if (!theirs || !accepted || said.term != term + 1) return cannot_be(*this, partner, said);
    change_hands();
    return HandedOver::taken_over;
  }
  if (said.term < term) return HandedOver::nothing;  // a term that is over
  // Every later term began in this record or is begun by a release to it.
  if (said.term > term) return cannot_be(*this, partner, said);

  if (said.word == HandOverWord::taken) {
    if (!theirs) return cannot_be(*this, partner, said);
    return std::exchange(stands_by, false) ? HandedOver::known : HandedOver::nothing;
  }
  if (offers) {
    if (!theirs) return cannot_be(*this, partner, said);
    const bool knew = !std::exchange(stands_by, false);  // who offers the term knows that it has it
    const bool newer = said.offer > offer;
    const bool ends = said.word == HandOverWord::withdraw && said.offer == offer && offered_to == own;
    if (!newer && !ends) return knew ? HandedOver::nothing : HandedOver::known;
    const bool was_asked = offered_to == own;
    offer = said.offer;
    accepted = false;
    offered_to = said.word == HandOverWord::propose ? own : "";
    if (!offered_to.empty()) return HandedOver::offered;
    return was_asked ? HandedOver::withdrawn : HandedOver::nothing;
  }
  // An answer to what we offered. To an older offer, or to one that is closed, it has crossed our word.
  if (!ours || said.offer > offer) return cannot_be(*this, partner, said);
  if (said.offer != offer || offered_to != partner) return HandedOver::nothing;
  if (said.word == HandOverWord::refuse) {
    close_offer();
    return HandedOver::refused;
  }
  change_hands();
  stands_by = true;
  return HandedOver::released;
}

std::optional<HandOver> Coordination::statement(const std::string& own) const {
  if (stands_by) return HandOver{HandOverWord::release, term, 0};
  if (centre == own) {
    if (offer == 0) return term == 1 ? std::nullopt : std::optional(HandOver{HandOverWord::taken, term, 0});
    return HandOver{offered_to.empty() ? HandOverWord::withdraw : HandOverWord::propose, term, offer};
  }
  if (accepted) return HandOver{HandOverWord::accept, term, offer};
  if (offered_to.empty() && offer != 0) return HandOver{HandOverWord::refuse, term, offer};
  return std::nullopt;
}

}  // namespace varne
