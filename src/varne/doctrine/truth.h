#pragma once
/// Kleene's strong three-valued logic. Its order in knowledge is why Varne's promises hold: learning more can
/// turn `unknown` into `yes` or `no`, never `yes` into `no`; so forgetting never turns a refusal into a
/// permission.

#include <algorithm>
#include <cstdint>
#include <span>

namespace varne {

/// Ordered by truth: no < unknown < yes.
enum class Truth : std::uint8_t { no, unknown, yes };

constexpr Truth truth_of(bool value) {
  return value ? Truth::yes : Truth::no;
}

constexpr Truth negated(Truth t) {
  return static_cast<Truth>(2 - static_cast<int>(t));
}

/// Nothing asked, nothing refused: `yes` for no terms.
constexpr Truth all_of(std::span<const Truth> terms) {
  Truth result = Truth::yes;
  for (const Truth term : terms) result = std::min(result, term);
  return result;
}

/// `no` for no terms.
constexpr Truth any_of(std::span<const Truth> terms) {
  Truth result = Truth::no;
  for (const Truth term : terms) result = std::max(result, term);
  return result;
}

constexpr const char* name_of(Truth t) {
  return t == Truth::yes ? "yes" : t == Truth::no ? "no" : "unknown";
}

}  // namespace varne
