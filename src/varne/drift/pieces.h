#pragma once
/// A run made a few hours at a time, each on a sea of its own, so that forcing larger than memory works.

#include <functional>

#include "varne/core/result.h"
#include "varne/drift/leeway.h"
#include "varne/drift/seeding.h"

namespace varne {

/// The sea as it is known between two moments, both included: read when asked, forgotten before the next.
using SeaOver = std::function<Result<Sea>(Time from, Time to)>;

/// As a piece: all of the run on one sea.
constexpr Duration in_one_piece = Duration::max();

/// `drift` to the same bytes, where the seas of all pieces answer as one does.
/// @param piece  > 0, a whole number of `options.keep_every`, or `in_one_piece`
/// Refuses what `drift` refuses, and what `sea_over` does.
Result<DriftRun> drift_in_pieces(const SeaOver& sea_over, Duration piece, const LeewayClass& leeway,
                                 const Release& release, const DriftOptions& options,
                                 const std::function<void(Time, double)>& progress = {},
                                 const std::function<void(DriftSnapshot&)>& take = {});

/// `drift_scenarios` in the same way.
Result<DriftRun> drift_scenarios_in_pieces(const SeaOver& sea_over, Duration piece,
                                           const std::vector<Scenario>& scenarios,
                                           const DriftOptions& options,
                                           const std::function<void(Time, double)>& progress = {});

}  // namespace varne
