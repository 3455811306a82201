#pragma once
/// Radar plots as CSV under a header that names the columns, in any order and in the dialects that
/// spreadsheets and loggers write. Without a header nothing is read: guessing could swap longitude and
/// latitude unseen.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

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
  /// One line; nothing for a header, a blank line or a comment ('#'). Refuses, naming the column: a header
  /// that lacks one or names it twice, every row before a good header, a number that is none, a place off the
  /// globe, a sigma that is not positive, a radar without a name.
  Result<std::optional<PlotRow>> take(std::string_view line);

  auto members() { return std::tie(order_, width_, delimiter_, header_refused_); }

 private:
  static constexpr std::size_t columns = 7;
  Done header(const std::vector<std::string>& names);
  [[nodiscard]] std::optional<double> number_in(std::string_view text) const;

  std::array<std::size_t, columns> order_{};
  std::size_t width_ = 0;  ///< 0: no header holds, and until one does every row is refused
  char delimiter_ = ',';   ///< as the header has it
  bool header_refused_ = false;
};

/// Whether a line is such a header, good or bad: names, and no numbers.
bool is_plot_header(std::string_view line);

}  // namespace varne
