#pragma once
/// Lines and areas of the law of the sea and of search and rescue: whose waters, whose region, and which
/// lane.

#include <optional>
#include <string>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/result.h"

namespace varne {

/// A line of the chart with the instrument that draws it.
struct ChartLine {
  std::string feature;    ///< "territorial sea, France / United Kingdom"
  std::string reference;  ///< "Paris agreement of 20 April 2011 (décret 2014-1491)"
  std::vector<Place> points;
};

/// Whose waters and whose rescue region a place lies in. Empty text: not known to this chart.
struct Waters {
  std::string state;   ///< "UK", "FR", "BE": on which side of the delimitation lines; "" outside the chart
  std::string centre;  ///< coordinating centre responsible: "MRCC Dover", "CROSS Gris-Nez"
};

/// The chart of one strait. Immutable.
class Zones {
 public:
  /// Reads data/zones/channel.csv (feature,reference,seq,lat,lon); refuses lines with fewer than two points,
  /// bad numbers, and a file without the lines that the areas are built from.
  static Result<Zones> load(const std::string& path);

  /// Exact side of the delimitation lines, as straight lines in longitude and latitude between the listed
  /// points.
  [[nodiscard]] Waters at(Place place) const;

  [[nodiscard]] const std::vector<ChartLine>& lines() const { return lines_; }

 private:
  std::vector<ChartLine> lines_;
};

}  // namespace varne
