#pragma once
/// Lines and areas of the law of the sea and of search and rescue: whose waters, whose region, and which
/// lane. strait.h reads them from a strait's folder.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/result.h"
#include "varne/sea/box.h"

namespace varne {

/// A line of the chart with the instrument that draws it.
struct ChartLine {
  std::string feature;    ///< "territorial sea, France / United Kingdom"
  std::string reference;  ///< "Paris agreement of 20 April 2011 (décret 2014-1491)"
  std::vector<Place> points;
};

/// Reads feature,reference,seq,lat,lon; a line begins where `seq` is 0. Refuses lines with fewer than two
/// points and bad numbers, naming file, line and column.
Result<std::vector<ChartLine>> read_chart_lines(const std::string& path);

/// Whose waters and whose rescue region a place lies in. Empty text: not known to this chart.
struct Waters {
  std::string state;   ///< "UK", "FR", "BE": on which side of the delimitation lines; "" outside the chart
  std::string centre;  ///< centre responsible: "MRCC Dover"
};

/// An area of the chart.
struct ChartArea {
  std::string name;      ///< of the State or the centre; "": nothing is known there
  std::string of_state;  ///< of a region: only in the waters of this State; "": wherever it lies
  std::vector<Place>
      ring;  ///< straight in longitude and latitude, last point not repeated; empty: everywhere
};

/// The chart of one strait. Immutable.
class Zones {
 public:
  Zones() = default;
  /// @param waters, regions  of those in which a place lies the first holds
  Zones(Box box, std::vector<ChartLine> lines, std::vector<ChartArea> waters, std::vector<ChartArea> regions)
      : box_(box), lines_(std::move(lines)), waters_(std::move(waters)), regions_(std::move(regions)) {}

  /// Exact side of the lines, as straight lines in longitude and latitude between the listed points. On land
  /// the answer is that of the nearest waters' side of the lines, too.
  [[nodiscard]] Waters at(Place place) const;
  /// Of that the State alone, "" where it is not known; for loops. Lives as long as the chart.
  [[nodiscard]] std::string_view state_at(Place place) const;

  /// Shortest distance [m] to any line whose feature's name holds this text; nothing where none does. Good to
  /// 0.25 % within 60 km (a plane about the place).
  [[nodiscard]] std::optional<double> distance_to_line_m(Place place, std::string_view feature) const;

  [[nodiscard]] const std::vector<ChartLine>& lines() const { return lines_; }
  [[nodiscard]] const std::vector<ChartArea>& waters() const { return waters_; }
  [[nodiscard]] const std::vector<ChartArea>& regions() const { return regions_; }

 private:
  Box box_;
  std::vector<ChartLine> lines_;
  std::vector<ChartArea> waters_;
  std::vector<ChartArea> regions_;
};

}  // namespace varne
