#include "varne/desk/desk_clock.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>

namespace varne {
namespace {

constexpr Duration followed = std::chrono::seconds(5);
constexpr Duration told_every = std::chrono::seconds(10);

Duration read(clockid_t clock) {
  timespec at{};
  clock_gettime(clock, &at);
  return std::chrono::floor<Duration>(std::chrono::seconds(at.tv_sec) + std::chrono::nanoseconds(at.tv_nsec));
}

}  // namespace

DeskClock::Reading DeskClock::of_machine() {
  return {Time(read(CLOCK_REALTIME)), read(CLOCK_BOOTTIME)};
}

DeskClock::DeskClock(Reading begun, Time not_before)
    : anchor_{std::max(begun.wall, not_before), begun.since_boot}, last_(anchor_.wall) {}

Time DeskClock::now(Reading reading) {
  const Time carried = anchor_.wall + (reading.since_boot - anchor_.since_boot);
  const Duration ahead = reading.wall - carried;
  if (abs(ahead) < followed) {
    anchor_ = reading;
    jumped_ = {};
  } else {
    jumped_ = ahead;
  }
  last_ = std::max(last_, jumped_ == Duration{} ? reading.wall : carried);
  return last_;
}

std::optional<FeedState> DeskClock::changed() {
  const bool as_told = (jumped_ == Duration{}) == (told_ == Duration{}) && abs(jumped_ - told_) < followed;
  if (as_told || last_ - told_at_ < told_every) return std::nullopt;
  told_ = jumped_;
  told_at_ = last_;
  const bool right = jumped_ == Duration{};
  return FeedState{.feed = machine_clock,
                   .health = right ? FeedHealth::heard : FeedHealth::clock_off,
                   .text = right ? "the desk's time follows it again" : trouble(),
                   .since = last_,
                   .clock_offset_s = seconds(jumped_)};
}

std::string DeskClock::trouble() const {
  if (jumped_ == Duration{}) return "";
  return fmt::format(
      "the clock of this machine is {:.0f} s {} the desk's time, which goes on as it was; set it "
      "right, and start the desk again where it was wrong before (a record whose last entry lies ahead goes "
      "on from "
      "there: begin a new one)",
      seconds(abs(jumped_)), jumped_ > Duration{} ? "ahead of" : "behind");
}

}  // namespace varne
