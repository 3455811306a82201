#pragma once
/// The clocks of all sources of a live desk, and what their times are worth.

#include <cstddef>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "varne/core/time.h"
#include "varne/feed/clock_offset.h"
#include "varne/feed/observation.h"

namespace varne {

/// A source is a feed, and where its lines name the receiving station each station of it. For live feeds
/// only: a recorded log says itself when it is. Deterministic, so that a desk that takes the same lines again
/// comes to the same times.
class SourceClocks {
 public:
  /// A clock that is off by less is right: lines are on the way for so long.
  static constexpr Duration right_within = std::chrono::seconds(30);
  /// Of a source whose clock is not known yet a time so old is not believed: a wrong clock must not hide a
  /// ship.
  static constexpr Duration oldest_believed = std::chrono::hours(1);
  static constexpr std::size_t most_sources = 1000;

  /// Learns from what a line gave, and puts its times right: moved by what the source's clock is known to be
  /// off, never after the arrival. What is truly late (a satellite's report) stays as old as it is. Reports
  /// are left alone: a person says when.
  void put_right(std::vector<Observation>& observations, Time arrival);

  /// The sources whose clocks are wrong, as "ais" or "ais r003669987", and by how much: positive is slow.
  [[nodiscard]] std::map<std::string, Duration> wrong() const;

  auto members() { return std::tie(clocks_); }

 private:
  ClockOffset& clock_of(const Observation& observation);
  std::map<std::string, ClockOffset, std::less<>> clocks_;
};

}  // namespace varne
