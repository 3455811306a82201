#pragma once
/// A search of an area that found nothing: what a forecast learns from it (drift/learning.h).

#include <string>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/drift/leeway.h"
#include "varne/search/detection.h"

namespace varne {

/// An area searched by parallel tracks, evenly over its time, and nothing found.
struct SearchedArea {
  std::string name;
  std::vector<Place> corners;  ///< three or more, the first not repeated; not across the antimeridian
  double sweep_width_m = 0;    ///< > 0
  double track_spacing_m = 0;  ///< > 0
  Time from;
  Time to;  ///< after `from`
  DetectionLaw law = DetectionLaw::random;
};

/// Reads a TOML file with a [[search]] for each:
///   name, area = ["lon,lat", …], sweep_width_m, track_spacing_m, from, until (ISO times), and law = "random"
///   (where left out), "inverse_cube" or "definite_range"
/// Refuses, by file, line and field, what is none of these.
Result<std::vector<SearchedArea>> load_searched(const std::string& path);

/// The chance that the search missed each particle, 0–1: 1 - POD of the coverage W / S that was spent while
/// it was within the area, in proportion to its time there. What has left the known sea was missed.
/// Refuses a window that is not within the run.
Result<std::vector<double>> missed(const DriftRun& run, const SearchedArea& search);

}  // namespace varne
