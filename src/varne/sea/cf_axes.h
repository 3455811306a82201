#pragma once
/// What the dimensions and coordinates of a CF variable mean (CF conventions, chapters 4 and 5).

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/sea/netcdf_file.h"

namespace varne {

/// What a coordinate measures. `run` is when a forecast began, `period` how long after that.
enum class CfRole { unknown, time, run, period, vertical, member, longitude, latitude, map_x, map_y };

/// By standard name, then units, then axis and name.
CfRole cf_role(const NetcdfFile& file, const NetcdfFile::Variable& coordinate);

/// The variable that gives a dimension's points: of its name, or the only one along it that has a role; null
/// where there is none. Of a forecast's steps the one that says the moments.
const NetcdfFile::Variable* cf_coordinate(const NetcdfFile& file, const NetcdfFile::Dimension& dimension);

/// The variables that a variable's `coordinates` attribute names.
std::vector<const NetcdfFile::Variable*> cf_auxiliaries(const NetcdfFile& file,
                                                        const NetcdfFile::Variable& variable);

/// A member of an ensemble is a dimension by this name or coordinate.
bool cf_member(const NetcdfFile& file, const NetcdfFile::Dimension& dimension);

/// Which point of such a dimension to take: by the number that the file gives the member, else counted from
/// 0. Refuses an ensemble of which none was chosen, and a member that is not in it.
Result<std::size_t> cf_member_index(const NetcdfFile& file, const NetcdfFile::Variable& variable,
                                    std::size_t dimension, std::optional<int> member);

/// The members of the ensemble that a variable is, as `cf_member_index` takes them; empty: it is none.
Result<std::vector<int>> cf_members(const NetcdfFile& file, const NetcdfFile::Variable& variable);

/// Where a quantity has to be.
enum class CfLevel { wind_10m, sea_surface, any };

/// Which point of each vertical dimension to take: dimension of the variable, index. Scalar levels, levels of
/// one point, units and `positive` are read; a height or pressure that only stands in the variable's name,
/// long_name or wgrib2 `level` counts as well.
///
/// Refuses, in words, a wind that is not at 10 m (within 2 m), and a current that begins deeper than 15 m.
Result<std::vector<std::pair<std::size_t, std::size_t>>> cf_level(const NetcdfFile& file,
                                                                  const NetcdfFile::Variable& variable,
                                                                  CfLevel wanted);

/// Counts of a coordinate as moments. Refuses what does not ascend, is no time, or is empty.
Result<std::vector<Time>> cf_times(const NetcdfFile& file, const NetcdfFile::Variable& coordinate);

}  // namespace varne
