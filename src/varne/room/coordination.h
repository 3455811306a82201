#pragma once
/// Who coordinates one incident, as one desk's record knows it, and how it passes from one centre to another.
/// docs/exchange.md has the argument; tests/exchange/explorer_test.cpp runs this code through every
/// interleaving.
///
/// Coordination is held for a **term**, numbered from 1. The centre that holds a term decides alone who holds
/// the next: it writes `release` into its own record, once, when it takes the acceptance of an offer that is
/// still open. So each term has one holder, and the holder of the highest term in both records together is
/// the coordinator at every moment, whatever is lost, doubled, late or cut off meanwhile:
///
///     giver                            taker
///     propose(term, offer)    ──>      is asked; the giver goes on
///     is answered             <──      accept(term, offer); it waits, the giver goes on
///     release(term + 1)       ──>      holds term + 1 and coordinates
///     stands by no more       <──      taken(term + 1)
///
/// No two desks can change at one instant. Between `release` and its arrival the taker has the incident by
/// the giver's record and has bound itself in its own; until `taken` comes the giver **stands by**: its
/// people go on as before, so that nobody believes in silence that the other has the boat. Nothing changes by
/// a clock.
///
/// Words may come twice, late or in another order: each carries its term and the number of its offer, a word
/// about what is over does nothing, and what a desk has to say follows from what it knows (`statement`), so
/// that a desk that starts again from its record says it again.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "varne/core/fields.h"
#include "varne/core/result.h"

namespace varne {

enum class HandOverWord : std::uint8_t { propose, withdraw, accept, refuse, release, taken };
template <>
struct EnumNames<HandOverWord> {
  static constexpr std::array values{
      std::pair{HandOverWord::propose, "propose"}, std::pair{HandOverWord::withdraw, "withdraw"},
      std::pair{HandOverWord::accept, "accept"},   std::pair{HandOverWord::refuse, "refuse"},
      std::pair{HandOverWord::release, "release"}, std::pair{HandOverWord::taken, "taken"}};
};

/// What one centre's desk says to another's about one incident.
struct HandOver {
  HandOverWord word = HandOverWord::propose;
  std::uint64_t term = 1;   ///< `release` and `taken`: the new one; else the one in which it is offered
  std::uint64_t offer = 0;  ///< from 1 in each term; 0 with `release` and `taken`
  friend bool operator==(const HandOver&, const HandOver&) = default;
  auto members() { return std::tie(word, term, offer); }
};

/// What a partner's word changed.
enum class HandedOver : std::uint8_t {
  nothing,     ///< it is over already, or came twice
  offered,     ///< to us
  withdrawn,   ///< what was offered to us
  refused,     ///< what we offered
  released,    ///< they accepted, and the incident is theirs from now on; we stand by
  taken_over,  ///< they released it, and it is ours from now on
  known,       ///< they know that they have it: we need not stand by
};

/// A value. An incident that changes hands within one record (no other desk is joined) has the same terms and
/// offers, and nobody waits.
struct Coordination {
  std::string centre = {};      ///< exactly one coordinates at every moment
  std::string offered_to = {};  ///< the centre that it is offered to, "" none; it has not taken over yet
  std::uint64_t term = 1;       ///< that `centre` holds
  std::uint64_t offer = 0;      ///< number of the last offer of this term, open or not; 0 none
  bool accepted = false;        ///< we accepted the open offer, and wait for its release
  bool stands_by = false;       ///< we released it, and do not know yet that the other centre knows

  /// `centre` offers it to another; an offer that is open is replaced.
  void propose(const std::string& to);
  /// Closes the open offer: `centre` takes it back, or the other does not take over. Not once it is accepted.
  void close_offer();
  /// Closes the offer where one is open: it is about what is no incident of its own any more.
  void take_back();
  /// Accepts the open offer; the one who has the incident goes on until its `release` comes.
  void accept();
  /// The open offer is accepted and released in one: both centres speak in this one record.
  void change_hands();

  /// A word of a partner, to the desk of `own`. Refuses, in words, what no honest partner can have said: to
  /// hold a term that another holds, to answer what was never offered, to release what was not accepted. Then
  /// nothing changes.
  Result<HandedOver> hear(const std::string& own, const std::string& partner, const HandOver& said);

  /// What the desk of `own` has to say as it stands, again and again until it is known to be heard; nothing
  /// where a partner need not know more than it must know already.
  [[nodiscard]] std::optional<HandOver> statement(const std::string& own) const;

  friend bool operator==(const Coordination&, const Coordination&) = default;
  auto members() { return std::tie(centre, offered_to, term, offer, accepted, stands_by); }
};

}  // namespace varne
