#pragma once
/// Which plots of a scan are of craft and marks that say who they are.

#include <cstddef>
#include <vector>

#include "varne/feed/observation.h"

namespace varne {

/// Something that says where it is.
struct Known {
  Place place;   ///< at `time`
  Vec velocity;  ///< [m/s]
  Time time;
  double sigma_m = 30;  ///< of its place; it grows by a tenth of the way made since
  double size_m = 0;    ///< its plot may be so far from its place
};

/// Numbers of the plots that nothing known explains. A plot within three sigma of something known is its, one
/// plot for each: the nearest, so that a boat beside a ship keeps a plot of her own.
std::vector<std::size_t> unexplained(const std::vector<RadarPlot>& plots, const std::vector<Known>& known);

}  // namespace varne
