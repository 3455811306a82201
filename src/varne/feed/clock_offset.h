#pragma once
/// How far a source's clock is off, from when its lines came and what time they say.

#include <cstdint>
#include <deque>
#include <optional>
#include <tuple>

#include "varne/core/time.h"

namespace varne {

/// Delay of a line: its arrival less the time written in it. A clock that is slow by D gives delays that
/// crowd within seconds above D. Reports that are truly late (satellite AIS, a log sent on) give delays
/// spread over minutes, beside a crowd of live ones where the source has such. So the offset is the lowest
/// crowd that is still fed: late reports do not move it, a clock that is set moves it within some thirty
/// lines. Late reports that all come by one same delay, and nothing live among them,
/// cannot be told from a slow clock by anybody.
///
/// Deterministic; costs nothing for most lines: no more than four a second are looked at.
class ClockOffset {
 public:
  static constexpr std::size_t kept = 120;                     ///< delays
  static constexpr Duration crowd = std::chrono::seconds(15);  ///< width of one
  static constexpr std::size_t least = 6;                      ///< delays in a crowd, and a sixth of all kept
  static constexpr std::size_t fed = 30;  ///< a crowd without one of the last so many is no longer fed
  static constexpr Duration every = std::chrono::milliseconds(250);

  /// @param written  by the source; a line without a time says nothing
  void take(Time arrival, Time written);

  /// Positive: the source's clock is slow, and what it writes was so much later. Nothing until it is known.
  [[nodiscard]] std::optional<Duration> offset() const { return offset_; }

  /// When something was that the source says was at `written`: moved by the offset where it is known, and
  /// never after its arrival.
  [[nodiscard]] Time corrected(Time written, Time arrival) const;

  auto members() { return std::tie(delays_, last_, offset_); }

 private:
  [[nodiscard]] std::optional<Duration> lowest_crowd() const;

  std::deque<Duration> delays_;  ///< newest at the back
  std::optional<Time> last_;     ///< arrival of the last that was looked at
  std::optional<Duration> offset_;
};

}  // namespace varne
