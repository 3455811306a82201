#pragma once
/// People are conserved: head counts move between states like money in double-entry books. Every posting
/// takes from one account what it gives to another; the books are ranges, and closing them never averages a
/// doubt away.

#include <map>
#include <string>
#include <vector>

#include "varne/core/head_count.h"
#include "varne/core/result.h"
#include "varne/core/time.h"

namespace varne {

/// Where people are. `set_out` is the source of all others: everybody counted has set out exactly once.
enum class PeopleState { set_out, prevented, at_sea, rescued, landed, dead, missing };
const char* name_of(PeopleState state);

/// One account: a state, and for whom or where ("" where it needs none): rescued by a unit, landed at a port.
struct Account {
  PeopleState state = PeopleState::set_out;
  std::string of;
  friend auto operator<=>(const Account&, const Account&) = default;
};

/// A move of people of one boat.
struct Posting {
  Time time;
  std::string boat;  ///< incident id: people of one boat never pay for those of another
  Account from;
  Account to;
  HeadCount persons;   ///< low <= high, low >= 0
  std::string source;  ///< the report it stands on
};

/// The books of a day. A value.
class PeopleBooks {
 public:
  /// Refuses to take more from an account of this boat than it can hold (its high), except from `set_out`.
  Done post(const Posting& posting);

  /// People of one boat, or of all ("" ), in a state, summed over what the account is of; as a range.
  [[nodiscard]] HeadCount in(PeopleState state, const std::string& boat = "") const;
  [[nodiscard]] const std::vector<Posting>& postings() const { return postings_; }
  /// Balance of every account that is not zero.
  [[nodiscard]] std::map<Account, HeadCount> balances(const std::string& boat = "") const;
  /// Nobody of this boat ("" any) may still be at sea, rescued but not landed, or missing.
  [[nodiscard]] bool accounted_for(const std::string& boat = "") const;

 private:
  std::vector<Posting> postings_;
};

}  // namespace varne
