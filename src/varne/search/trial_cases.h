#pragma once
/// Fifty clouds and units that have nothing to do with any real day: what the planner is measured on.

#include <functional>
#include <string>
#include <vector>

#include "varne/search/cloud.h"
#include "varne/search/search_unit.h"

namespace varne {

struct TrialCase {
  std::string kind;  ///< "normal", "track line", "two lobes", "crescent", "headland", "scenarios"
  SearchCloud cloud;
  std::vector<SearchUnit> units;
  std::function<bool(Place)> land;  ///< empty where there is none
};

inline constexpr std::size_t trial_cases = 50;

/// Case `number` (0 to 49): two to eight units, slices of fifteen minutes, a tide that turns.
TrialCase trial_case(std::size_t number, std::size_t particles = 100'000, std::size_t slices = 24);

}  // namespace varne
