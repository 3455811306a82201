#pragma once
/// Radar plots as CSV: `time,radar,scan,plot,lon,lat,sigma_m`, the columns in any order where a header names
/// them.

#include <array>
#include <optional>
#include <string_view>

#include "varne/core/result.h"
#include "varne/feed/observation.h"

namespace varne {

/// One plot and whose it is.
struct PlotRow {
  std::string radar;
  std::uint32_t scan = 0;
  RadarPlot plot;
};

class PlotReader {
 public:
  /// One line; nothing for a header, a blank line or a comment ('#'). Refuses, naming the column: a missing
  /// column, a number that is none, a place off the globe, a sigma that is not positive, a radar without a
  /// name.
  Result<std::optional<PlotRow>> take(std::string_view line);

 private:
  static constexpr std::size_t columns = 7;
  Done header(const std::vector<std::string>& names);
  std::array<std::size_t, columns> order_{0, 1, 2, 3, 4, 5, 6};
  std::size_t width_ = columns;  ///< 0: a header was refused, and until a good one so is every row
};

}  // namespace varne
