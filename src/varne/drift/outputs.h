#pragma once
/// A forecast for other hands: plotters, geographic systems, models, a radio.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "varne/core/result.h"
#include "varne/drift/leeway.h"

namespace varne {

/// GPX 1.1 for a plotter: the areas of 50, 90 and 95 % of the last moment as tracks, one a ring, and the
/// most probable position (`most_probable`) of every moment as a waypoint.
std::string forecast_gpx(const DriftRun& run);

/// KML 2.2: the areas of every moment as polygons with their holes and the time they hold for; the datum's
/// way.
std::string forecast_kml(const DriftRun& run);

/// Where most particles lie close together: the middle of the smallest area that holds a tenth of them.
/// Nothing where there is no area (`contour`).
/// @param weights  as `DriftRun::weights`
std::optional<Place> most_probable(const DriftSnapshot& snapshot, std::span<const double> weights = {});

/// The middle by the hour and the radii of half and nine tenths, for a radio or a satellite message: ASCII,
/// at most 300 bytes, as many moments as fit, the last among them.
std::string brief_text(const DriftRun& run);

/// Shares of the particles on an even grid of longitude and latitude.
struct ProbabilityGrid {
  double west = 0;  ///< of the first cell's western border, degrees; may go beyond ±180
  double south = 0;
  double step_lon = 0;
  double step_lat = 0;
  std::size_t columns = 0;
  std::size_t rows = 0;
  std::vector<Time> times;
  std::vector<float> shares;  ///< moment by moment, row by row from the south; each moment's sum is the share
                              ///< of particles that have not left
  std::string told;           ///< `told_of` the run
};
/// @param cells  along the longer side, 1 to 2000
ProbabilityGrid probability(const DriftRun& run, std::size_t cells = 200);

/// CF-1.8 netCDF-4, featureType trajectory: longitude, latitude and status of every particle at every moment,
/// and its weight where something was learned.
Done write_trajectories(const std::string& path, const DriftRun& run);
/// CF-1.8 netCDF-4: time, latitude, longitude.
Done write_probability(const std::string& path, const ProbabilityGrid& grid);
/// GeoTIFF of the last moment, WGS-84, 32-bit floats, north up.
Done write_geotiff(const std::string& path, const ProbabilityGrid& grid);

}  // namespace varne
