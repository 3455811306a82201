#pragma once
/// One line of the record.

#include <cstdint>
#include <string>

#include "varne/core/json.h"
#include "varne/core/time.h"

namespace varne {

/// What the room said. `body` is canonical JSON (RFC 8785) of an object; numbers run from 1 without a gap.
struct Entry {
  std::uint64_t number = 0;
  Time time;
  std::string kind;  ///< "track", "incident", "people", "forecast_requested", "forecast", "unit", "report", …
  std::string body;

  friend bool operator==(const Entry&, const Entry&) = default;
};

/// The canonical line that is hashed, written to record.jsonl and sent to consoles:
/// {"body":{…},"kind":"…","number":1,"time":"…"}
std::string entry_line(const Entry& entry);

/// Reads such a line back; refuses unknown or missing names and a body that is no object.
Result<Entry> parse_entry(std::string_view line);

}  // namespace varne
