#pragma once
/// Questions of search as JSON, for the command line and whoever asks from outside; docs/search.md shows
/// each.

#include "varne/core/json.h"
#include "varne/core/result.h"
#include "varne/drift/leeway.h"
#include "varne/search/after.h"

namespace varne {

/// One of these, told by its names:
///   cells, effort                   effort over cells: each has probability, and rate, or width and area
///   probability, rates, effort      several resources: rates [cell][resource], effort [resource]
///   probability, glimpse, looks     one look after the other
///   start, move, rate, effort       an object that moves: move [from][to], effort [period]
///   sigma_m, effort                 a stationary normal cloud: sigma_m [x, y], effort as swept area
/// Refuses what is none of them, and by field what the solver refuses.
Result<Json> solve_effort(const Json& problem);

/// What `cloud_of` needs of a forecast as `varne drift --json` prints it: moments, points, states. Refuses,
/// by field, what is none.
Result<DriftRun> forecast_of(const Json& forecast);

/// What tracks have done, with the new weights: {"pos", "pos_to_date", "outside", "nowhere", "weight",
/// "not_detected", "notes"}.
Json after_json(const AfterSearch& after);

}  // namespace varne
