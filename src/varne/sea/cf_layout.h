#pragma once
/// How a CF variable lies in its file: grid, moments, and what to take of every other dimension.

#include <memory>
#include <optional>
#include <vector>

#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/sea/cf_axes.h"
#include "varne/sea/grid.h"
#include "varne/sea/netcdf_file.h"

namespace varne {

/// The moments of one run of a model. Most files hold one run and do not say which.
struct CfRun {
  std::optional<Time> began;
  std::vector<Time> times;  ///< ascending; empty: no time axis
  std::size_t index = 0;    ///< along the dimension of runs, where there is one
};

struct CfLayout {
  std::shared_ptr<const Grid> grid;
  std::vector<CfRun> runs;  ///< one or more
  std::optional<std::size_t> time_dimension;
  std::optional<std::size_t> run_dimension;
  std::optional<std::size_t> version_dimension;  ///< ERA5's expver: of each point the first that is known
  std::size_t x_dimension = 0;
  std::size_t y_dimension = 0;
  std::vector<std::size_t> start;  ///< one a dimension: the level and member taken, 0 elsewhere
  std::vector<std::size_t> count;  ///< one a dimension: all of x and y, 1 elsewhere
  std::vector<bool> land;          ///< one a point, by the file's own mask; empty: it has none
};

/// Understands a variable's dimensions, or says which it does not and what to do: longitude and latitude or a
/// map's x and y (in even or uneven steps), two-dimensional longitudes and latitudes, time, forecast step,
/// levels, ensemble. Points of a triangular mesh are refused with a tool that regrids them.
///
/// @param member  which of an ensemble: by the number that the file gives it, else counted from 0
Result<CfLayout> cf_layout(const NetcdfFile& file, const NetcdfFile::Variable& variable, CfLevel level,
                           std::optional<int> member);

}  // namespace varne
