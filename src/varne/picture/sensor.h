#pragma once
/// A radar as the picture knows it: where it sees, how often, how well.

#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "varne/core/geo.h"
#include "varne/core/result.h"
#include "varne/core/time.h"

namespace varne {

/// What is not given stays as for a radar of which nothing is known: it sees everywhere.
struct Sensor {
  std::string name;                ///< as its plots say: "dungeness"
  std::optional<Place> site;       ///< of the antenna; coverage needs both, site …
  std::optional<double> range_m;   ///< … and how far it sees a small boat, > 0
  std::optional<Duration> period;  ///< of a turn, > 0: plots of one number further apart are of two turns
  double detection = 0.85;         ///< probability that a craft in sight gives a plot, in (0, 1)
  std::optional<double> clutter_per_km2;  ///< false plots a turn, > 0; learnt where it is not given

  /// Whether it would see a craft there.
  [[nodiscard]] bool covers(Place place) const;

  auto members() { return std::tie(name, site, range_m, period, detection, clutter_per_km2); }
};

using Sensors = std::map<std::string, Sensor, std::less<>>;

/// Reads `[[sensor]]` tables: name, at = [lon, lat], range_nm, period_s, detection, clutter_per_km2; all but
/// the name may be left out. Refuses unknown keys, names given twice and numbers out of range, naming file
/// and line.
Result<Sensors> load_sensors(const std::string& path);

}  // namespace varne
