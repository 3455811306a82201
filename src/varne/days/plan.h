#pragma once
/// What a campaign runs: its policies, each with its numbers.

#include <string>
#include <vector>

#include "varne/days/blocks.h"
#include "varne/days/simulated_day.h"

namespace varne::days {

struct Plan {
  std::vector<Policy> policies;
  /// The policy's numbers: these, with what it sets in their place.
  [[nodiscard]] Numbers numbers(std::size_t policy, Numbers of) const;
};

/// Refuses a name that no policy has, and none at all.
Result<Plan> plan_of(const Scenario& scenario, const std::vector<std::string>& policies);

/// One day under each policy. Refuses a day in which people were not conserved.
/// @param numbers  the scenario's, or those of a draw; policies set theirs over them
Result<DayResult> day_under_each(const Strait& strait, const Plan& plan, const Numbers& numbers,
                                 const DayDraw& draw, const DayTide& tide);

}  // namespace varne::days
