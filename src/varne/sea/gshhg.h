#pragma once
/// Reads GSHHG's binned netCDF form: the coast cut into pieces at the borders of bins of one degree, each
/// piece with the land on its left, places as 1/65535 of a bin from its south-western corner. The format has
/// no paper; it is written down in GMT's gmt_shore.h and in the file's own attributes.

#include <string>
#include <vector>

#include "varne/core/result.h"
#include "varne/sea/coast.h"

namespace varne {

/// The area widened to whole degrees.
Box whole_bins(Box area);

/// The outlines of the land (level 1: against the ocean) as `Coast::rings` has them.
/// @param area  whole degrees
Result<std::vector<std::vector<Place>>> read_gshhg(const std::string& path, Box area);

}  // namespace varne
