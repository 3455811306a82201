#pragma once
/// Map projections of forcing grids, as CF's grid mappings describe them (CF conventions, appendix F).

#include <memory>
#include <string>

#include "varne/core/geo.h"
#include "varne/core/result.h"
#include "varne/sea/netcdf_file.h"

namespace varne {

/// A place on a grid's map.
struct MapPoint {
  double x = 0;  ///< metres, or degrees of rotated longitude
  double y = 0;  ///< metres, or degrees of rotated latitude
  /// Where the map's y axis points to there, degrees true.
  double grid_north_deg = 0;

  /// A vector given along the map's axes, turned to east and north.
  [[nodiscard]] Vec turned(Vec along_axes) const;
};

/// Immutable; any number of threads may ask.
class Projection {
 public:
  virtual ~Projection() = default;
  [[nodiscard]] virtual MapPoint to(Place place) const = 0;
};

/// Knows lambert_conformal_conic, polar_stereographic, transverse_mercator and rotated_latitude_longitude, on
/// the ellipsoid or sphere that the file names (a sphere of 6371 km where it names none). Refuses other
/// mappings by name, and parameters that are missing or out of range.
Result<std::shared_ptr<const Projection>> make_projection(const NetcdfFile& file,
                                                          const NetcdfFile::Variable& mapping);

}  // namespace varne
