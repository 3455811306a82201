#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "varne/sea/cf_axes.h"

namespace varne {
namespace {

bool member_name(std::string_view name) {
  constexpr std::array<std::string_view, 8> names{
      "number", "realization", "realisation", "member", "ensemble", "ens", "ens0", "ensemble_member"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

bool cf_member(const NetcdfFile& file, const NetcdfFile::Dimension& dimension) {
  const auto* coordinate = cf_coordinate(file, dimension);
  return coordinate != nullptr ? cf_role(file, *coordinate) == CfRole::member : member_name(dimension.name);
}

Result<std::size_t> cf_member_index(const NetcdfFile& file, const NetcdfFile::Variable& variable,
                                    std::size_t d, std::optional<int> member) {
  const auto& dimension = variable.dimensions[d];
  if (dimension.length == 1 && !member) return 0;
  const auto* coordinate = cf_coordinate(file, dimension);
  std::vector<double> numbers;
  if (coordinate != nullptr) {
    auto values = file.values(*coordinate);
    if (!values) return fail(values.error());
    numbers = std::move(*values);
  } else {
    for (std::size_t i = 0; i < dimension.length; ++i) numbers.push_back(static_cast<double>(i));
  }
  if (!member)
    return file.refuse(variable.name,
                       fmt::format("is an ensemble of {} along \"{}\"; take one by --member {:g} to {:g}",
                                   dimension.length, dimension.name, numbers.front(), numbers.back()));
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i] == *member) return i;
  }
  return file.refuse(variable.name, fmt::format("has no member {}; its members are {:g} to {:g}", *member,
                                                numbers.front(), numbers.back()));
}

Result<std::vector<int>> cf_members(const NetcdfFile& file, const NetcdfFile::Variable& variable) {
  std::vector<int> members;
  for (const auto& dimension : variable.dimensions) {
    if (!cf_member(file, dimension) || dimension.length < 2) continue;
    const auto* coordinate = cf_coordinate(file, dimension);
    auto numbers = coordinate == nullptr ? Result<std::vector<double>>() : file.values(*coordinate);
    if (!numbers) return fail(numbers.error());
    for (std::size_t i = 0; i < std::min<std::size_t>(dimension.length, 10'000); ++i) {
      const double number = coordinate == nullptr ? static_cast<double>(i) : (*numbers)[i];
      if (!(std::abs(number) < 1e6) || number != std::round(number))
        return file.refuse(coordinate->name, "numbers the members with what is no whole number");
      members.push_back(static_cast<int>(number));
    }
  }
  return members;
}

}  // namespace varne
