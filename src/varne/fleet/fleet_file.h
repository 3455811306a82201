#pragma once
/// A moment of a fleet as a file, and what was worked out of it as JSON: `varne reach`, `varne task`.

#include <string>
#include <vector>

#include "varne/core/json.h"
#include "varne/core/result.h"
#include "varne/fleet/tasking.h"

namespace varne {

struct Called {
  OpenIncident incident;
  double sigma_m = 0;  ///< 1 σ of the place on each axis
};

struct FleetMoment {
  Time time;
  std::vector<Called> calls;
  std::vector<FleetUnit> units;
};

/// TOML: `time`; an [[incident]] for each with `id` and `at` = [lon, lat], and as far as known `radius_m` (1
/// σ), `persons`, `in_water`, `water_c`, `distress` (true where it is left out), `declined` (names of units);
/// a [[unit]] for each that is not available at its base, with its `name` in the list of units, and `at` or
/// `status`. Refuses, by file, line and field, what is none of these, and a unit or an incident that is named
/// twice.
Result<FleetMoment> load_moment(const std::string& path, const std::vector<Unit>& units);

/// Every unit of the list as it is where nothing else is known.
std::vector<FleetUnit> at_their_bases(const std::vector<Unit>& units, Time time);

/// Available units that can be given a time to no incident, a sentence each with why: "X is not counted on:
/// its speed is not known". @param reaches  incident by incident, unit by unit
std::vector<std::string> not_counted_on(const std::vector<FleetUnit>& units,
                                        const std::vector<std::vector<Reach>>& reaches);

Json reach_json(const Reach& reach);
Json plan_json(const TaskPlan& plan);
/// One line a unit: "RNLI Dover: with the boat in 24 min (90 %: 31 min), …".
std::string reach_text(const Reach& reach);

}  // namespace varne
