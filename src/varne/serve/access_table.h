#pragma once
/// Who may do what on a desk with accounts: one table, of acts by offices, by the scopes of programs' tokens
/// and by what certificates say. Which act each request is stands in routes.h; docs/access.md shows both
/// together, and a test asks every request as everybody.

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "varne/access/role.h"
#include "varne/core/fields.h"
#include "varne/core/result.h"
#include "varne/feed/report_kinds.h"
#include "varne/room/world.h"

namespace varne {

enum class Act : std::uint8_t {
  open,       ///< nobody has to be known for it: the page itself, and signing in
  self,       ///< whoever has signed in: who they are, signing out
  read,       ///< the picture, the record, the socket
  report,     ///< says what was seen or heard, and takes down what others ask
  order,      ///< for the centre or the unit of the account
  consent,    ///< gives an agreement of their own
  overrule,   ///< acts against a verdict, by name
  parameter,  ///< sets a number that a doctrine leaves open
  play,       ///< steers a replay
  audit,      ///< reads who has an account
  accounts,   ///< keeps the accounts
};
inline constexpr std::size_t acts = 11;

template <>
struct EnumNames<Act> {
  static constexpr std::array values{
      std::pair{Act::open, "open"},         std::pair{Act::self, "self"},
      std::pair{Act::read, "read"},         std::pair{Act::report, "report"},
      std::pair{Act::order, "order"},       std::pair{Act::consent, "consent"},
      std::pair{Act::overrule, "override"}, std::pair{Act::parameter, "parameter"},
      std::pair{Act::play, "play"},         std::pair{Act::audit, "audit"},
      std::pair{Act::accounts, "accounts"}};
};
static_assert(EnumNames<Act>::values.size() == acts);

using Acts = std::bitset<acts>;
inline bool holds(const Acts& may, Act act) {
  return may.test(static_cast<std::size_t>(act));
}

/// What a client certificate says its holder is, in its subject's OU.
enum class Holder : std::uint8_t { feed, partner };
template <>
struct EnumNames<Holder> {
  static constexpr std::array values{std::pair{Holder::feed, "feed"}, std::pair{Holder::partner, "partner"}};
};

Acts acts_of_nobody();
Acts acts_of(Role role);
Acts acts_of(Holder holder);
/// Of a token: names of acts. One that is no scope gives nothing.
Acts acts_of(const std::vector<std::string>& scopes);
/// Where nobody signs in: everything but what is about accounts.
Acts acts_without_accounts();

/// Acts that a token may be given.
std::vector<std::string> known_scopes();
/// Refuses, by name, what is no scope, and none at all.
Done check_scopes(const std::vector<std::string>& scopes);

/// What a report is: an order, an agreement and so on are the acts of their names, all else a report.
Act act_of(const Report& report);

/// Whether the desk has the unit (a captain's) or the centre (another's).
bool speaks_for(const World& world, Role role, const std::string& unit);

/// Changes something at the desk, so that no page of another site and no other machine may do it unasked.
constexpr bool writes(Act act) {
  return act != Act::open && act != Act::self && act != Act::read && act != Act::audit;
}

/// The two tables of docs/access.md: acts by whom, and requests by whom.
std::string acts_table();
std::string requests_table();

}  // namespace varne
