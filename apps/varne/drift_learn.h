#pragma once
/// What `varne drift` is told besides: searches that found nothing, sightings, debris.

#include <functional>

#include "drift_asked.h"

namespace varne::app {

bool learns(const Asked& asked);

/// The run learns from all that was given, in the order searched, sighted, debris, and is resampled where
/// that was asked for.
/// @param as_debris  makes the same run of another class
Done learn_asked(const Asked& asked, DriftRun& run,
                 const std::function<Result<DriftRun>(const LeewayClass&)>& as_debris);

}  // namespace varne::app
