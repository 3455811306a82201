#pragma once
/// What a desk that starts says of itself: to a program as JSON, to a person as a page.

#include <cstdint>
#include <string>
#include <string_view>

#include "varne/core/json.h"
#include "varne/serve/doorstep.h"

namespace varne {

struct HowFar {
  Starting what = Starting::sea;
  std::uint64_t done = 0;
  std::uint64_t of = 0;  ///< 0: not known
};

/// `{"error": …, "starting": {"what", "done", "of"}}`
Json starting_json(const HowFar& far);
/// In French where `accept_language` prefers it to English. Its script looks again every second, and opens
/// the console when the desk is there.
std::string starting_page(const HowFar& far, std::string_view accept_language);

inline constexpr std::string_view starting_script_path = "/starting.js";
extern const std::string_view starting_script;

}  // namespace varne
