#pragma once
/// Units as files write them, by UDUNITS-2.

#include <string>
#include <string_view>

#include "varne/core/result.h"

namespace varne {

/// Brings a number of one unit into another: value * factor + offset.
struct UnitConversion {
  double factor = 1;
  double offset = 0;

  [[nodiscard]] double operator()(double value) const { return value * factor + offset; }
};

/// "cm/s", "100  km", "kilometers", "knots", "degF": anything UDUNITS knows, and the spellings that models
/// use beside it ("ms-1", "kn", "deg_C"). Refuses, with the unit in words, what is no unit and what measures
/// something else.
///
/// @param to  "m s-1", "m", "Pa", "degC", "radian", "degree"
Result<UnitConversion> unit_conversion(std::string_view from, std::string_view to);

}  // namespace varne
