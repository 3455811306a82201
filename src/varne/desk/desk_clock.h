#pragma once
/// The time of a live desk: UTC as the machine had it when the desk began, carried on by a clock that nobody
/// sets. Events must not go back in time, and a machine's clock that jumps ahead and back would stop them.

#include <optional>
#include <string>

#include "varne/core/time.h"
#include "varne/room/event.h"

namespace varne {

/// The machine's clock as a feed: what the room is told of it.
inline constexpr const char* machine_clock = "machine clock";

class DeskClock {
 public:
  /// The two clocks of the machine at one moment.
  struct Reading {
    Time wall;            ///< UTC; somebody may set it
    Duration since_boot;  ///< sleep included; nobody sets it
  };
  static Reading of_machine();

  /// @param not_before  the last moment the desk knows of: it goes on from there where the wall clock is
  ///                    behind it
  DeskClock(Reading begun, Time not_before);

  /// Never goes back. Follows the wall clock where that differs by less than 5 s (it is being corrected):
  /// forward at once, back by standing still until it is reached. A jump is not followed.
  Time now(Reading reading);

  /// What the wall clock is ahead of the desk's time as of the last `now`; zero where it is followed.
  [[nodiscard]] Duration jumped() const { return jumped_; }
  /// The same for the officer; "" where all is well.
  [[nodiscard]] std::string trouble() const;
  /// What the room is to be told: that it jumped, by how much, that it is right again. Nothing where that is
  /// as it was told, and at most every ten seconds.
  [[nodiscard]] std::optional<FeedState> changed();

 private:
  Reading anchor_;  ///< `wall` is the desk's time at `since_boot`
  Time last_;
  Duration jumped_{};
  Duration told_{};  ///< what the room was told of `jumped_`
  Time told_at_;
};

}  // namespace varne
