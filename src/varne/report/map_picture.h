#pragma once

#include <string>

#include "varne/core/result.h"
#include "varne/drift/leeway.h"

namespace varne {

/// Draws a forecast as a chart with its legend into a PNG: coast, towns and lines where known, particles by
/// time, the areas that hold 50 % and 90 % of them at the end, the way of the mean.
///
/// Areas of more than 400 square degrees are drawn without coast, and the legend says so.
///
/// @param with_coast  false: no coastline is looked for
/// Refuses a path that cannot be written, and a coastline or data file that cannot be read.
Done draw_map(const DriftRun& run, const LeewayClass& leeway, bool with_coast, const std::string& path);

}  // namespace varne
