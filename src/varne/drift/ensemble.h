#pragma once
/// An ensemble of forcing: every particle drifts in one member of it from beginning to end, so that the cloud
/// shows how far the members' seas and winds carry apart.

#include <functional>
#include <string>
#include <vector>

#include "varne/core/result.h"
#include "varne/drift/leeway.h"

namespace varne {

/// Makes the run of one member, with the particles and the seed that stand in the options.
using MemberRun = std::function<Result<DriftRun>(int member, const DriftOptions& options)>;

/// One run of all members: the particles in equal parts, one more for the first members where it does not
/// come out even, the first member's first. Each member's particles have draws of their own, from the seed
/// and the member's number. `DriftRun::members_drawn` names the members, `member_of` says whose each
/// particle is. One member's sea at a time is in memory.
///
/// Refuses fewer particles than members, more than 65,535 members, and what `one` refuses.
Result<DriftRun> drift_ensemble(const std::vector<int>& members, const DriftOptions& options,
                                const MemberRun& one);

/// "3, 7, 9", or "0 to 50 (51 members)" where they follow each other; "" where there is no ensemble.
std::string members_in_words(const DriftRun& run);

}  // namespace varne
