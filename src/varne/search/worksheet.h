#pragma once
/// What the worksheets (manual.h) make of the same loss, units and effort, beside the plan: so that an
/// officer sees what the optimiser gained.
///
/// The last known position drifts hour by hour with the current and the wind that the forecast's sea has on
/// its way, and with the leeway of its class: downwind speed as the class has it, divergence the angle of its
/// crosswind to its downwind leeway in the mean wind. X is the radius that holds one half of the reported
/// position's error; the searchers' own error Y is not known and not counted; D is 0.3 of the distance
/// drifted. One square with the best search factor for the plan's swept area, cut into strips as
/// `plan_square` cuts.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "varne/core/json.h"
#include "varne/drift/leeway.h"
#include "varne/search/manual.h"
#include "varne/search/plan.h"

namespace varne {

struct WorksheetPlan {
  std::string missing;    ///< why there is none, one sentence; "" where there is one
  Time at;                ///< of the datum: when the search begins
  Datum datum;            ///< of leeway straight downwind
  double separation = 0;  ///< of the datums left and right of it, in total probable errors; above 4 the
                          ///< worksheets want two areas
  ManualSquare square;    ///< with the POS that the worksheets count on, by their own normal error
  SearchPlan plan;        ///< the same square on the forecast's cloud
};

/// @param sea      that the forecast was made on
/// @param leeway   classes, among them the forecast's
/// @param begins   of the search
/// @param swept_m2  of the plan that it stands beside
WorksheetPlan worksheet_of(const DriftRun& run, const Sea* sea, std::span<const LeewayClass> leeway,
                           const SearchCloud& cloud, const std::vector<SearchUnit>& units, Time begins,
                           double swept_m2, const PlanOptions& options = {});

/// {"at", "time", "drifted_m", "direction_deg", "total_probable_error_m", "separation", "search_factor",
/// "side_m", "coverage", "own_pos", "pos"}, or {"missing"}.
Json worksheet_json(const WorksheetPlan& worksheet);

/// One line, for the officer.
std::string worksheet_text(const WorksheetPlan& worksheet);

}  // namespace varne
