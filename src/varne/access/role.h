#pragma once
/// The offices of those who sign in. What each may do stands in serve/access_table.h.

#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "varne/core/fields.h"

namespace varne {

enum class Role : std::uint8_t {
  viewer,         ///< sees
  watch_officer,  ///< of a centre: takes calls, says what is seen
  coordinator,    ///< of a centre, the search mission coordinator: orders for it
  commander,      ///< consents, and orders their own units
  captain,        ///< of one unit: consents and orders for it
  partner,        ///< of another centre: sees, and says what it sees
  auditor,        ///< sees, and reads who did what
  administrator,  ///< keeps the accounts
};
inline constexpr std::size_t roles = 8;

template <>
struct EnumNames<Role> {
  static constexpr std::array values{
      std::pair{Role::viewer, "viewer"},           std::pair{Role::watch_officer, "watch_officer"},
      std::pair{Role::coordinator, "coordinator"}, std::pair{Role::commander, "commander"},
      std::pair{Role::captain, "captain"},         std::pair{Role::partner, "partner"},
      std::pair{Role::auditor, "auditor"},         std::pair{Role::administrator, "administrator"}};
};
static_assert(EnumNames<Role>::values.size() == roles);

/// "viewer, watch_officer, …", for whoever wrote another.
std::string role_names();

/// Whose word it is beside their own: of a captain the unit, of the others the centre. Without it they would
/// speak for nobody.
constexpr bool speaks_for_another(Role role) {
  return role == Role::watch_officer || role == Role::coordinator || role == Role::commander ||
         role == Role::captain;
}

}  // namespace varne
