#pragma once

#include <string>

#include "varne/core/result.h"
#include "varne/report/tally_words.h"

namespace varne {

/// Draws a tally as a PNG, or an SVG where the path ends so: the arrivals as bars, the year's total as a line
/// beside other years, the claims by number where they belong and in a table with what became of them. Of a
/// single day the fortnight before and after it is shown too.
///
/// Refuses a tally of no series by day or week, and a path that cannot be written.
Done draw_tally(const Tally& tally, const std::string& path);

}  // namespace varne
