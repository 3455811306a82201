#pragma once
/// People are conserved: head counts move between states like money in double-entry books. Every posting
/// takes from one account what it gives to another; the books are ranges, and closing them never averages a
/// doubt away.
///
/// What a range means. Nobody knows the true numbers; each posting says between which two its number lies. A
/// *world* is one choice of whole numbers, one a posting, each within its range, in which no account is ever
/// below zero. The books hold exactly the worlds that the postings leave possible, and every figure they give
/// is the least and the most over all those worlds, neither wider nor narrower:
///   - in every world the people of a boat, summed over all states, are the people who set out in it, so the
///     sum's range is the range of `set_out`, low for low and high for high. (The ranges of single states may
///     add up to more than that: of 40 people, 30–40 rescued leaves 0–10 at sea, and never 50 in all.)
///   - evidence narrows: "30 to 40 aboard", then 34 taken aboard a cutter, means 34 to 40 had set out and
///     0 to 6 may still be in the water, until somebody corrects the first count and says why.
///   - at least one world always remains: what would leave none is refused.

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "varne/core/head_count.h"
#include "varne/core/result.h"
#include "varne/core/time.h"

namespace varne {

/// Where people are. `set_out` is the source of all others: everybody counted has set out exactly once, be it
/// that they were prevented on the beach; published figures call that the attempted crossings.
enum class PeopleState { set_out, prevented, at_sea, rescued, landed, handed_over, dead, missing };
inline constexpr std::size_t people_states = 8;
const char* name_of(PeopleState state);  ///< "set_out", "at_sea", … as entries write it
std::optional<PeopleState> people_state(std::string_view name);  ///< the state of that name

/// One account: a state, and for whom or where ("" where it needs none): rescued by a unit, landed at a port,
/// handed over to a service ashore.
struct Account {
  PeopleState state = PeopleState::set_out;
  std::string of;
  friend auto operator<=>(const Account&, const Account&) = default;
  auto members() { return std::tie(state, of); }
};
/// As a person says it: "at sea", "rescued (RNLI Dungeness)".
std::string spoken(const Account& account);

/// A move of people of one boat.
struct Posting {
  Time time;
  std::string boat;  ///< incident id, never "": people of one boat never pay for those of another
  Account from;
  Account to;
  HeadCount persons;   ///< low <= high, low >= 0
  std::string source;  ///< the report it stands on
  /// A correction: the number in `postings()` of the posting in whose place this one stands from now on.
  std::optional<std::size_t> revises = {};
  std::string reason = {};  ///< of a correction: why
  auto members() { return std::tie(time, boat, from, to, persons, source, revises, reason); }
};

/// The books of a day. A value.
class PeopleBooks {
 public:
  /// Takes a move into the books, or refuses, naming the boat and the account: more (its high) than the
  /// account holds at the most, except from `set_out`; a range that is none; no boat; a move to `set_out` or
  /// onto itself. When more people turn up than were thought to be there, first `revise` how many set out.
  Done post(const Posting& posting);

  /// Corrects how many an earlier posting moved. The earlier one stays to be read, and this one takes its
  /// place in the sum, so that 30–40 set out becomes 34. Refuses, and changes nothing: a posting that is not
  /// there or was corrected already, no reason, and a number with which later moves could not have happened.
  Done revise(std::size_t posting, HeadCount persons, Time time, std::string source, std::string reason);

  /// The first posting of a boat from one state to another that no correction has replaced: what to revise.
  [[nodiscard]] std::optional<std::size_t> standing(const std::string& boat, PeopleState from,
                                                    PeopleState to) const;

  /// People of one boat, or of all (""), in a state, summed over what the account is of; as a range.
  /// In `set_out`: how many have set out, wherever they are now.
  [[nodiscard]] HeadCount in(PeopleState state, const std::string& boat = "") const;
  /// The same of one boat in every state, by its number; null where no posting names the boat.
  [[nodiscard]] const std::array<HeadCount, people_states>* states_of(const std::string& boat) const {
    const auto found = balances_.find(boat);
    return found == balances_.end() ? nullptr : &found->second.states;
  }
  /// People in one account, of one boat or of all (""): its figure in `balances`.
  [[nodiscard]] HeadCount held(const Account& account, const std::string& boat = "") const;
  /// The postings of a boat that count, in the order in which they happened: numbers in `postings()`, a
  /// correction in the place of what it corrects.
  [[nodiscard]] std::vector<std::size_t> counting_of(const std::string& boat) const;
  /// How many of a boat must have set out, and may have, were each of these postings of its own from nobody
  /// to as many as is said here: what the others tell by themselves.
  /// @param open  numbers in `counting_of`, each with the most that it may have moved
  [[nodiscard]] HeadCount set_out_if(const std::string& boat,
                                     const std::vector<std::pair<std::size_t, std::int32_t>>& open) const;
  /// Every posting ever made, in order, the corrected ones too.
  [[nodiscard]] const std::vector<Posting>& postings() const { return postings_; }
  /// Balance of every account that may hold anybody; `set_out` as in `in`.
  [[nodiscard]] std::map<Account, HeadCount> balances(const std::string& boat = "") const;
  /// Nobody of this boat ("" any) may still be at sea, rescued but not landed, or missing: the high of each
  /// is 0. True of a boat that no posting names.
  [[nodiscard]] bool accounted_for(const std::string& boat = "") const;
  /// Boats that postings name, in order of name.
  [[nodiscard]] std::vector<std::string> boats() const;
  /// Whether a posting names this boat.
  [[nodiscard]] bool names(const std::string& boat) const { return balances_.contains(boat); }

  auto members() { return std::tie(postings_, counting_, balances_, of_all_); }

 private:
  /// What the postings of one boat come to: found anew at each posting, so that reading is free.
  struct Balance {
    std::array<HeadCount, people_states> states{};
    std::map<Account, HeadCount> accounts;
    auto members() { return std::tie(states, accounts); }
  };
  /// The postings of a boat that count, in the order in which they happened.
  [[nodiscard]] std::vector<const Posting*> counting(const std::string& boat) const;
  Done settle(const std::string& boat);
  void put_balance(const std::string& boat, Balance balance);

  std::vector<Posting> postings_;
  std::map<std::string, std::vector<std::size_t>> counting_;  ///< per boat, a correction in its old place
  std::map<std::string, Balance> balances_;
  std::map<Account, HeadCount> of_all_;  ///< of every account, over all boats
};

}  // namespace varne
