#pragma once
/// Watches one feed: when it was last heard, whether it has fallen silent, what of it was refused or lost. It
/// reads no clock; whoever owns it says what time it is.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "varne/core/result.h"
#include "varne/desk/feed_status.h"

namespace varne {

/// What a refusal says, without the values of the one line: "a message of # bits; the longest has #".
std::string kind_of_refusal(const Error& error);

/// Whether a line that could not be read speaks of distress: the word itself, or MAYDAY.
bool speaks_of_distress(std::string_view line);

class FeedWatch {
 public:
  /// @param kind  a feed of reports is never called silent: people speak when they have something to say
  FeedWatch(std::string_view kind, std::string feed, std::string address);

  void stands(bool up, std::string state, Time now);
  /// A line came.
  void heard(Time now);
  /// A line came that could not be read. Whether it is to be told in full (else it is among those that
  /// `untold` sums up): a few a minute are, and whatever speaks of distress, but not the same line again.
  [[nodiscard]] bool refused(const Error& error, std::string_view line, Time now);
  void dropped(std::uint64_t how_many) { status_.dropped += how_many; }
  void clock_offset(std::optional<Duration> ahead) { status_.clock_offset = ahead; }

  /// The clock, about every second: rate and silence.
  void check(Time now);
  /// Refused lines of the minute that is over and that nobody was told of, by kind; empty where there are
  /// none, or the minute is not over.
  [[nodiscard]] std::map<std::string, std::uint64_t> untold(Time now);

  [[nodiscard]] const FeedStatus& status() const { return status_; }
  /// How long it may say nothing without being called silent: three times the longest usual gap, from 20 s to
  /// 10 min; a minute as long as nothing was heard.
  [[nodiscard]] Duration patience() const;

 private:
  void weigh();

  bool speaks_always_;
  FeedStatus status_;
  std::optional<Time> up_since_;
  Duration usual_gap_{};  ///< the longest of late, fading over half an hour
  Time checked_;
  std::uint64_t taken_when_checked_ = 0;

  std::optional<Time> minute_;  ///< in which refusals are being told
  int told_ = 0;                ///< in it
  std::map<std::string, std::uint64_t> untold_;
  std::string last_distress_;
};

}  // namespace varne
