#pragma once
/// Observations as JSON, for programs that read what `varne decode --json` writes. docs/feeds.md has the
/// fields.

#include <string>

#include "varne/feed/observation.h"

namespace varne {

/// One canonical object (RFC 8785), what is not known left out. Numbers are rounded to what the source can
/// mean: places to 1e-7 degrees, speeds to 1e-6 m/s, turns to 1e-3 degrees a minute. Bytes of `raw` that are
/// not UTF-8 stand as U+FFFD.
std::string observation_json(const Observation& observation);

}  // namespace varne
