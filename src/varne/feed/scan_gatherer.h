#pragma once
/// Plots, which come one by one, put together into the turns of the antenna they were seen in.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "varne/core/time.h"
#include "varne/feed/observation.h"

namespace varne {

/// Of each radar one turn is open. It is whole when a plot of another turn comes, when the feed ends, or when
/// nothing of it can come any more: it has been open for as long as a turn of this radar took before, and
/// `slack` more. All that is measured on the clock of the arrivals, so a radar whose own clock is wrong, or
/// whose lines come late, is gathered like any other. What comes after all the same is a scan of its own
/// under the number of its turn.
class ScanGatherer {
 public:
  static constexpr Duration slack = std::chrono::seconds(2);
  /// No antenna turns slower, and no turn is waited for longer.
  static constexpr Duration slowest_turn = std::chrono::seconds(60);

  /// Takes a plot; scans that it completes are appended to `out`.
  /// @param raw  its line; "" where none is kept
  void take(const std::string& radar, std::uint32_t scan, const RadarPlot& plot, std::string_view raw,
            Time arrival, std::vector<Observation>& out);
  /// Gives the scans that are whole by now.
  void advance(Time now, std::vector<Observation>& out);
  /// Gives all that is open.
  void finish(std::vector<Observation>& out);

  auto members() { return std::tie(radars_); }

 private:
  struct Radar {
    std::optional<RadarScan> open;
    std::string raw;           ///< of what is open
    std::uint32_t number = 0;  ///< of the turn that is open, or was last
    Time first;                ///< arrival of that turn's first plot
    Time last;                 ///< and of its last
    Duration spread{0};        ///< longest from first to last arrival in a turn, lately
    std::size_t plots = 0;     ///< of the scan before: about as many will come
    SharedText source;         ///< of its scans; "" before the first

    auto members() { return std::tie(open, raw, number, first, last, spread); }
  };
  static void close(Radar& radar, std::vector<Observation>& out);

  std::map<std::string, Radar, std::less<>> radars_;
};

}  // namespace varne
