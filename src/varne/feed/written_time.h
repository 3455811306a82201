#pragma once
/// Times as receivers, loggers and aggregators write them beside a sentence.

#include <optional>
#include <string_view>

#include "varne/core/time.h"

namespace varne {

/// Reads a time that is the whole text but for blanks, brackets and quotes around it:
///   - seconds, milliseconds, microseconds or nanoseconds since 1970 (10, 13, 16, 19 digits), with a
///   fraction;
///   - 20211111050000, 20211111T050000Z;
///   - 2021-11-11T05:00:00, with 'T' or blank or '_', '-' or '/' or '.', a fraction after '.' or ',', without
///     seconds, fields of one digit, AM or PM;
///   - 11/11/2021 05:00:00, also with '-' or '.': the day first, as in Europe; a month-first date that cannot
///     be one is not understood;
///   - 11 Nov 2021 05:00:00, 11-Nov-2021, Thu Nov 11 05:00:00 2021.
/// Behind each may stand Z, UTC, GMT or an offset (+01:00, +0100, +01); without, it is UTC. Years 2001 to
/// 2099. Nothing for what is none of these: a date alone, a time of day alone, a zone by its name.
std::optional<Time> written_time(std::string_view text);

/// What text beside a sentence says of the time.
struct TimeBeside {
  std::optional<Time> time;
  std::string_view unread;  ///< where `time` is empty: what looks like a time and was not understood, else ""
};

/// Looks for a time in text before or after a sentence, among fields parted by commas, semicolons, bars, tabs
/// or blanks; station names, signal strengths and the like are passed over.
TimeBeside time_beside(std::string_view text);

}  // namespace varne
