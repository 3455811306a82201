#pragma once
/// The figures by which policies are compared: sums over days by other sums, or by the number of days.

#include <string>
#include <string_view>
#include <vector>

#include "varne/core/result.h"
#include "varne/days/outcomes.h"

namespace varne::days {

struct FigureWords {
  std::string_view name;
  std::string_view says;
  M above;
  M below;  ///< M::count: days
};
const std::vector<FigureWords>& figure_table();

/// Refuses a name that no figure has, and lists those there are.
/// @param option  that named it, for the error
Result<FigureWords> figure_named(std::string_view name, const std::string& option);

}  // namespace varne::days
