#pragma once
/// Forcing from CF-netCDF files: ocean models, weather models, wave models, bathymetry (docs/sea.md says what
/// a file must look like).

#include <memory>
#include <string>
#include <vector>

#include "varne/core/result.h"
#include "varne/sea/sea.h"

namespace varne {

/// Everything of the file that `Sea` asks for: current, wind, wave height, water temperature, depth; found by
/// standard name or by the names models commonly use, on longitude and latitude or on a map projection
/// (projection.h), packed or not. Of several depths the uppermost is taken, of several heights the one at 10
/// m.
///
/// Bilinear in space on axes of equal steps, linear in time; the same to single precision. Unknown outside
/// the axes (never extrapolated), and where a corner with weight is missing: next to land a model's grid
/// cannot say. Vectors given along a map's axes come back turned to east and north.
///
/// All of it is in memory afterwards (at most 1 GiB): answers touch no file and no lock.
///
/// Refuses, naming file and variable and saying what to do: no file, no netCDF, damaged or cut short; none of
/// the variables above, or half a vector; no time axis; an axis that is not understood, not even, or out of
/// order; units, calendars and projections that are not known.
Result<std::shared_ptr<const SeaSource>> open_netcdf(const std::string& path);

/// Opens each and adds them in this order; stops at the first that is refused.
Done add_netcdf(Sea& sea, const std::vector<std::string>& paths);

}  // namespace varne
