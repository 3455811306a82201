#pragma once
/// What a plan of taskings says beside its proposals: whom nobody can be proposed for, who would run dry on
/// the way, and what is assumed of the sea.

#include <vector>

#include "varne/fleet/tasking.h"

namespace varne {

/// Fills `left`, `run_dry` and `missing` of a plan whose proposals stand.
void say_what_is_missing(TaskPlan& plan, const std::vector<OpenIncident>& incidents,
                         const std::vector<FleetUnit>& units, const std::vector<std::vector<Reach>>& reaches);

}  // namespace varne
