#pragma once
/// What the pages and files of a campaign share.

#include <string>

#include "varne/core/json.h"
#include "varne/core/result.h"

namespace varne::days {

/// A value with its 95 % interval, or ± whatever its maker says.
struct Estimate {
  double value = 0;
  double half = 0;
};

/// To three figures: more would be noise.
std::string shown_number(double x);
std::string shown_number(const Estimate& e);

/// `value`, `low`, `high`.
Json json_of(const Estimate& e);

/// Writes a file whole or not at all; refuses what cannot be written, and then leaves what was there.
Done write_whole(const std::string& path, const std::string& text);

}  // namespace varne::days
