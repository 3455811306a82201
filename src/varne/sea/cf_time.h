#pragma once
/// Time axes as the CF conventions have them (section 4.4): numbers counted from a moment.

#include <string>
#include <string_view>
#include <vector>

#include "varne/core/result.h"
#include "varne/core/time.h"

namespace varne {

/// A unit of time and the moment it counts from.
struct CfClock {
  double unit_ms = 0;  ///< > 0
  Time origin;

  /// The moment of a count, to the nearest millisecond; refused outside the years 1 to 9999.
  [[nodiscard]] Result<Time> at(double count) const;
};

/// Reads "hours since 2023-02-25 12:00:00", from milliseconds to weeks; the moment's parts may be unpadded,
/// its time of day and its offset ("Z", "UTC", "+01:00", "+0100", "-5") left out.
///
/// @param calendar  "standard", "gregorian", "proleptic_gregorian" or empty (standard); in the standard one,
///                  moments before 15 October 1582 are Julian dates. Other calendars (360_day, noleap, …) are
///                  of climate models, not of the sea on a day, and are refused by name.
Result<CfClock> parse_cf_clock(std::string_view units, std::string_view calendar);

}  // namespace varne
