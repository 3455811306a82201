#pragma once
/// How things are put before a person on a bridge: knots and nautical miles, the hour, short lines. Only
/// words are made here; nothing is judged by them, and JSON keeps SI.

#include <cstddef>
#include <string>
#include <string_view>

#include "varne/core/time.h"
#include "varne/doctrine/facts.h"

namespace varne {

/// "yes", "6.0 kn", "2.81 NM (5200 m)", "0.4 m", "3 craft", "another State", "2021-11-11 05:00 UTC".
std::string plain_value(const FactDefinition& fact, double value);

/// "05:50 UTC, 10 min ago"; with the day where it was another one, and hours or days where it is long ago.
std::string plain_time(Time at, Time now);

/// Breaks a text at blanks into lines of at most 78 characters, each ended. A longer word keeps its line.
/// @param first  stands before the first line: "  - "
/// @param next   how many blanks stand before the others
std::string wrapped(std::string_view first, std::string_view text, std::size_t next);

}  // namespace varne
