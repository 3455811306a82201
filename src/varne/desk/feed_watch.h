#pragma once
/// Watches one feed: when it was last heard, whether it has fallen silent, what of it was refused or lost. It
/// reads no clock; whoever owns it says what time it is.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "varne/desk/feed_status.h"
#include "varne/feed/reader.h"
#include "varne/room/event.h"

namespace varne {

/// What a refusal says, without the values of the one line: "a message of # bits; the longest has #".
std::string kind_of_refusal(std::string_view text);

class FeedWatch {
 public:
  /// @param kind  a feed of reports is never called silent: people speak when they have something to say
  FeedWatch(std::string_view kind, std::string feed, std::string address);

  void stands(bool up, std::string state, Time now);
  /// A line came.
  void heard(Time now);
  /// And it said something: it was read, or a part of it, and is of the feed's kind. One that sends nothing
  /// else is as silent as one that sends nothing.
  void told(Time now);
  /// A line came that could not be read. Whether it is to be told in full (else it is among those that
  /// `untold` sums up): a few a minute are, and whatever speaks of distress, but not the same line again.
  [[nodiscard]] bool refused(const LineRefused& line, Time now);
  void unused(const Unused& so_far);
  /// So many lines or datagrams of it were lost so far.
  void dropped(std::uint64_t so_far) { status_.dropped = so_far; }
  void clock_offset(std::optional<Duration> ahead) { status_.clock_offset = ahead; }

  /// The clock, about every second: rate, silence, and what else is wrong.
  void check(Time now);
  /// Refused lines of the minute that is over and that nobody was told of, summed up; nothing where there are
  /// none, or the minute is not over.
  [[nodiscard]] std::optional<LineRefused> untold(Time now);
  /// What the room is to be told of it; nothing where that is as it was. Told at most every ten seconds.
  [[nodiscard]] std::optional<FeedState> changed(Time now);

  [[nodiscard]] const FeedStatus& status() const { return status_; }
  /// How long it may say nothing without being called silent: three times the longest usual gap, from 20 s to
  /// 10 min; a minute as long as nothing was heard.
  [[nodiscard]] Duration patience() const;

 private:
  /// Counts at the beginning of a minute.
  struct Minute {
    Time from;
    std::uint64_t taken = 0;
    std::uint64_t refused = 0;
    std::uint64_t dropped = 0;
    std::uint64_t other = 0;
  };
  [[nodiscard]] Minute counts(Time now) const;
  void weigh(Time now);
  void set(FeedHealth health, Time since, std::string text);

  bool people_;
  FeedStatus status_;
  std::optional<Time> up_since_;
  Duration usual_gap_{};  ///< the longest of late, fading over half an hour
  Time now_;
  std::uint64_t taken_when_checked_ = 0;
  Minute minute_;  ///< this one
  Minute before_;  ///< and the one before it

  std::optional<Time> telling_since_;  ///< the minute in which refusals are being told
  int told_ = 0;                       ///< in it
  std::map<std::string, std::uint64_t> untold_;
  std::string last_distress_;
  std::string distress_;  ///< the last that could not be read: when and why
  Time distress_until_;

  FeedHealth health_ = FeedHealth::down;
  Time since_;
  std::string text_;
  std::optional<FeedHealth> told_health_;
  Time told_at_;
};

}  // namespace varne
