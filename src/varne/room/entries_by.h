#pragma once
/// Who brought what an entry says. See entries.h.

#include <string>
#include <string_view>
#include <tuple>

#include "varne/core/fields.h"

namespace varne::entries {

/// Who had signed in: of what was said on a desk with accounts (access/role.h has the offices).
struct By {
  std::string account = {}, role = {}, unit = {};
  static constexpr auto fields() {
    return std::tuple{always("account", &By::account, ""), always("role", &By::role, ""),
                      said("unit", &By::unit, "")};
  }
};
inline constexpr std::string_view by_says = "who had signed in: `account`, `role`, `unit`";

}  // namespace varne::entries
