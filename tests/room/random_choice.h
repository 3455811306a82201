#pragma once
/// Small choices made from one random number.

#include <cstdint>
#include <nlohmann/json.hpp>

#include "varne/core/json.h"

namespace varne::test {

/// A source of small choices made from one random number.
class Choice {
 public:
  /// Mixed (splitmix64's last step), since RapidCheck draws small numbers for its small cases.
  explicit Choice(std::uint64_t bits) : bits_(bits + 0x9e3779b97f4a7c15U) {
    bits_ = (bits_ ^ (bits_ >> 30U)) * 0xbf58476d1ce4e5b9U;
    bits_ = (bits_ ^ (bits_ >> 27U)) * 0x94d049bb133111ebU;
    bits_ ^= bits_ >> 31U;
  }
  int below(int n) {
    const int chosen = static_cast<int>(bits_ % static_cast<std::uint64_t>(n));
    bits_ /= static_cast<std::uint64_t>(n);
    return chosen;
  }
  template <std::size_t n>
  const char* of(const char* const (&words)[n]) {
    return words[below(static_cast<int>(n))];
  }
  Json persons() {
    const int low = below(12);
    return Json::array({low, low + (below(2) == 0 ? 0 : below(6))});
  }

 private:
  std::uint64_t bits_;
};

}  // namespace varne::test
