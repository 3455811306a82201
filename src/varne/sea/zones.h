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
  std::string state;  ///< "UK", "FR", "BE": on which side of the delimitation lines; "" outside the chart
  std::string
      centre;  ///< centre responsible: "MRCC Dover", "CROSS Gris-Nez", "CROSS Jobourg", "MRCC Oostende"
};

/// The chart of one strait: 49.7 to 51.6 N, 0.5 W to 2.6 E. Immutable.
///
/// States: the line France / United Kingdom runs through the whole chart from the west to the point where the
/// waters of Belgium begin (51.5569 N 2.2370 E). From there to the seaward end of the listed line France /
/// Belgium the straight line is taken. Not known, because no line in the file says it: north and east of that
/// point (United Kingdom / Belgium), and the land east of the landward end of the line France / Belgium.
///
/// Centres: inside the seaward limit of the Gris-Nez region, CROSS Gris-Nez. Outside it, by the state: MRCC
/// Dover (HM Coastguard works as one network; this chart does not divide it), MRCC Oostende, and west of Cap
/// d'Antifer CROSS Jobourg. In the slivers of some tens of metres where the limit of the region and the
/// delimitation lines differ by the rounding of one of them, the limit of the region decides.
class Zones {
 public:
  /// Reads data/zones/channel.csv (feature,reference,seq,lat,lon); refuses lines with fewer than two points,
  /// bad numbers, and a file without the lines that the areas are built from.
  static Result<Zones> load(const std::string& path);

  /// Exact side of the delimitation lines, as straight lines in longitude and latitude between the listed
  /// points. On land the answer is that of the nearest waters' side of the lines, too.
  [[nodiscard]] Waters at(Place place) const;

  /// Shortest distance [m] to any line whose feature's name holds this text; nothing where none does. Good to
  /// 0.25 % within 60 km (a plane about the place).
  [[nodiscard]] std::optional<double> distance_to_line_m(Place place, std::string_view feature) const;

  [[nodiscard]] const std::vector<ChartLine>& lines() const { return lines_; }

 private:
  std::vector<ChartLine> lines_;
  std::vector<Place> france_;  // rings, last point not repeated
  std::vector<Place> belgium_;
  std::vector<Place> gris_nez_;
};

}  // namespace varne
