#pragma once
/// Who may do what: one table, of acts by offices, by the scopes of programs' tokens and by what certificates
/// say. docs/access.md shows it. No request asks by it yet.

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
/// Acts that a token may be given.
std::vector<std::string> known_scopes();
/// Refuses, by name, what is no scope, and none at all.
Done check_scopes(const std::vector<std::string>& scopes);

/// The table of docs/access.md: acts by whom.
std::string acts_table();

}  // namespace varne
