#pragma once

#include <cstdint>

namespace varne {

/// How many people, as a range: a caller who says "thirty or forty" is right twice. low <= high, low >= 0.
struct HeadCount {
  std::int32_t low = 0;
  std::int32_t high = 0;

  [[nodiscard]] bool exact() const { return low == high; }
  friend bool operator==(const HeadCount&, const HeadCount&) = default;
};

}  // namespace varne
