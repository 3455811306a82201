#pragma once
/// A forecast as people and programs read it: a line of numbers a moment, JSON, GeoJSON.

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "varne/core/json.h"
#include "varne/drift/leeway.h"

namespace varne {

/// What a person is told of an ensemble at one moment. Particles that have left the known sea stand in `left`
/// and in nothing else: where they are is not known.
struct DriftSummary {
  Time time;
  std::optional<Place> mean;  ///< of the particles adrift and ashore; nothing where more than half have left
  double half_within_m = 0;   ///< half of these lie within this distance of the mean,
  double most_within_m = 0;   ///< and 90 % within this
  std::uint32_t adrift = 0;
  std::uint32_t ashore = 0;
  std::uint32_t left = 0;
  double ashore_share = 0;  ///< by weight, as `mean` and the distances are
  double left_share = 0;
};

/// The mean is that of the places' normals to the ellipsoid (Gade 2010, J. Navigation 63, 395–417), which
/// knows no poles and no antimeridian; distances are geodesics.
/// @param weights  as `DriftRun::weights`
DriftSummary summary(const DriftSnapshot& snapshot, std::span<const double> weights = {});

/// The forecast object of docs/api.md without what only a room knows (id, incident, description). A snapshot
/// holds its `DriftSummary`, its points as [lon, lat, state] to 6 decimals (0.1 m), and its contours as
/// lists of closed rings.
Json forecast_json(const DriftRun& run);

/// GeoJSON (RFC 7946), a FeatureCollection; each feature has `properties.layer`:
///   "release"    Point, `time`, `sigma_m`, `leeway`, `sources`, `errors` (in words), `evidence`, `notes`
///   "mean"       LineString, `times`; absent where fewer than two means are known
///   "most_probable"  the same of where particles lie densest (outputs.h)
///   "contour"    MultiPolygon, `time` and `share` (0.5, 0.9 and 0.95), holes as inner rings
///   "particles"  MultiPoint of one moment and state, `time`, `state` ("adrift", "ashore", "left"), and
///                `weights` of its points where something was learned
/// Every feature says `"forecast": true`: none of it was observed. What crosses the antimeridian is not cut
/// there.
Json forecast_geojson(const DriftRun& run);

/// "adrift", "ashore", "left".
const char* name_of(ParticleState state);

}  // namespace varne
