#pragma once
/// What every planner begins with: who can go, and where a box would lie on land.

#include <functional>
#include <vector>

#include "varne/search/plan.h"
#include "varne/search/timing.h"

namespace varne {

/// Who can go, and the plan so far of who cannot.
struct SearchCrew {
  std::vector<ReadyUnit> units;
  SearchPlan plan;
};

/// Refuses an empty cloud, more than `most_units` units and options out of range.
Result<SearchCrew> crew_of(const SearchCloud& cloud, const std::vector<SearchUnit>& units,
                           const PlanOptions& options);

/// Takes out the units that have no time for their boxes, so that a square is cut among those who have; none
/// where nobody has. Whether any was taken out.
bool drop_idle(const SearchCloud& cloud, std::vector<ReadyUnit>& units, const std::vector<UnitBoxes>& boxes);

/// Land in the cloud's plane, by cells of the area that the cloud takes up, asked once each; empty where
/// there is none. False beyond the area: no box is drawn there by itself.
std::function<bool(Vec)> land_in_plane(const SearchCloud& cloud, const std::function<bool(Place)>& land);

}  // namespace varne
