#include "varne/days/plan.h"

namespace varne::days {

Numbers Plan::numbers(std::size_t policy, Numbers of) const {
  for (const Setting& setting : policies[policy].set) of.set(setting);
  return of;
}

Result<Plan> plan_of(const Scenario& scenario, const std::vector<std::string>& policies) {
  Plan out;
  for (const std::string& name : policies) {
    auto policy = scenario.policy(name);
    if (!policy) return std::unexpected(policy.error());
    out.policies.push_back(std::move(*policy));
  }
  if (out.policies.empty()) return fail("--policies", "name at least one policy");
  return out;
}

Result<DayResult> day_under_each(const Strait& strait, const Plan& plan, const Numbers& numbers,
                                 const DayDraw& draw, const DayTide& tide) {
  DayResult out{.seed = draw.seed, .date = iso_date(draw.day), .by_policy = {}};
  for (std::size_t p = 0; p < plan.policies.size(); ++p) {
    auto day = simulate_day(strait, plan.policies[p], plan.numbers(p, numbers), draw, tide);
    if (!day) return std::unexpected(day.error());
    out.by_policy.push_back(std::move(day->outcome));
  }
  return out;
}

}  // namespace varne::days
