/// What the estimates of one boat come to together.

#include <algorithm>

#include "varne/room/counts.h"

namespace varne {
namespace {

/// The latest estimate of each reporter.
std::vector<const PersonsClaim*> latest_estimates(const Count& count) {
  std::vector<const PersonsClaim*> latest;
  latest.reserve(count.persons.size());
  for (const PersonsClaim& claim : count.persons) {
    if (claim.counted) continue;
    const auto same = std::find_if(latest.begin(), latest.end(),
                                   [&](const PersonsClaim* other) { return other->from == claim.from; });
    if (same == latest.end()) {
      latest.push_back(&claim);
    } else {
      *same = &claim;
    }
  }
  return latest;
}

}  // namespace

std::optional<HeadCount> estimated(const Count& count) {
  std::optional<HeadCount> all;
  for (const PersonsClaim* claim : latest_estimates(count)) {
    if (!all) all = claim->persons;
    all = HeadCount{std::min(all->low, claim->persons.low), std::max(all->high, claim->persons.high)};
  }
  return all;
}

bool agrees(const Count& count, HeadCount counted) {
  const auto latest = latest_estimates(count);
  return std::all_of(latest.begin(), latest.end(),
                     [&](const PersonsClaim* claim) { return claim->persons.low <= counted.low; });
}

}  // namespace varne
