#pragma once
/// Instants are UTC to the millisecond; outside the program they are ISO 8601 with a final Z.

#include <chrono>
#include <string>
#include <string_view>

#include "varne/core/result.h"

namespace varne {

using Time = std::chrono::sys_time<std::chrono::milliseconds>;
using Duration = std::chrono::milliseconds;

/// "2021-11-11T05:00:00Z"; the milliseconds are written only where they are not zero ("…:00.250Z").
std::string iso(Time time);

/// Reads "2021-11-11T05:00:00Z", with or without fraction (1–9 digits, cut to milliseconds) and seconds; "Z"
/// or an offset "+01:00" is required, a date alone means its midnight UTC. Years 1–9999; a leap second ":60"
/// is refused.
Result<Time> parse_time(std::string_view text);

/// Milliseconds since 1970-01-01T00:00:00Z.
inline std::int64_t millis(Time time) {
  return time.time_since_epoch().count();
}
inline Time time_from_millis(std::int64_t ms) {
  return Time(Duration(ms));
}

/// Seconds as a real number, for formulas.
inline double seconds(Duration d) {
  return static_cast<double>(d.count()) / 1000.0;
}

}  // namespace varne
