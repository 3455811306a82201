#pragma once
/// One line of the record.

#include <cstdint>
#include <string>

#include "varne/core/json.h"
#include "varne/core/time.h"

namespace varne {

/// What the room said.
struct Entry {
  std::uint64_t number = 0;  ///< from 1 without a gap, at most 2^53 (what every JSON reader keeps exactly)
  Time time;                 ///< years 1 to 9999
  std::string kind;          ///< a–z and '_': "track", "incident", "people", "forecast_requested", …
  std::string body;          ///< canonical JSON (RFC 8785) of an object, nested 63 deep at most

  friend bool operator==(const Entry&, const Entry&) = default;
};

/// The canonical line that is hashed, written to record.jsonl and sent to consoles:
/// {"body":{…},"kind":"…","number":1,"time":"…"}
/// Writes what it is given; whether that can stand in a record is for `check_entry`.
std::string entry_line(const Entry& entry);

/// Reads such a line back. Refuses, naming the field: unknown or missing names, a body that is no object, a
/// number or time out of range, and a line that is JSON but not canonical. What it takes, `entry_line` writes
/// again byte for byte.
Result<Entry> parse_entry(std::string_view line);

/// Refuses an entry whose line `parse_entry` would not read back, naming the field.
Done check_entry(const Entry& entry);

}  // namespace varne
