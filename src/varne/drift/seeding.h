#pragma once
/// Where and how it may have begun, where that is not one place and one class: several ways it may have
/// happened, each with its weight, in one run. Each particle carries its scenario.

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "varne/core/result.h"
#include "varne/drift/leeway.h"

namespace varne {

/// About a place, by a circular normal distribution or by a track's covariance.
struct SeedPoint {
  Place place;
  double sigma_east_m = 0;
  double sigma_north_m = 0;
  double correlation = 0;  ///< of east and north, -1 to 1
};
/// Evenly along a line, with a normal error to every side.
struct SeedLine {
  std::vector<Place> places;  ///< two or more
  double sigma_m = 0;
};
/// Evenly over an area that does not cross the antimeridian.
struct SeedArea {
  std::vector<Place> corners;  ///< three or more, the first not repeated
};
/// Under way from a last known position until it lost power at an unknown time: course and speed even over
/// their ranges, the time even over the scenario's. It drifts from there and then.
struct SeedUnderWay {
  Place place;
  double sigma_m = 0;
  double course_from_deg = 0;  ///< clockwise from here
  double course_to_deg = 360;  ///< to there
  double least_mps = 0;
  double most_mps = 0;
};

/// One way it may have happened.
struct Scenario {
  std::string name;
  LeewayClass leeway;
  double weight = 1;  ///< above 0, relative to the others'
  std::variant<SeedPoint, SeedLine, SeedArea, SeedUnderWay> where;
  Time from;  ///< first and
  Time to;  ///< last moment of release, even over the particles; for one under way, when it may have failed,
            ///< `from` being when it was where it was
};

/// Reads a TOML file with a [[scenario]] for each:
///   name, class, weight (1 where left out), from and until (ISO times; until may be left out), and one of
///   point = [lon, lat] with radius_m, or sigma_east_m, sigma_north_m and correlation
///   line = ["lon,lat", …] with radius_m       area = ["lon,lat", …]
///   under_way = [lon, lat] with radius_m, course_deg = [from, to] and speed_kn = [least, most]
/// Refuses, by file, line and field, what is none of these, a class that does not exist and numbers out of
/// range.
Result<std::vector<Scenario>> load_scenarios(const std::string& path,
                                             const std::vector<LeewayClass>& classes);

/// A place all scenarios begin about, and how long a drift at three knots would take from it to the farthest
/// beginning, with the time over which they begin: what a coastline must reach.
struct SeededAbout {
  Place place;
  double hours = 0;
};
SeededAbout seeded_about(const std::vector<Scenario>& scenarios);

/// `drift` over all scenarios: the run begins with the earliest release (backward: the latest) and every
/// particle is of one scenario, drawn by weight. `DriftRun::scenarios` names them, `scenario_of` says which.
Result<DriftRun> drift_scenarios(const Sea& sea, const std::vector<Scenario>& scenarios,
                                 const DriftOptions& options,
                                 const std::function<void(Time, double)>& progress = {});

}  // namespace varne
