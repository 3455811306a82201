#pragma once
/// The axes of a CF variable: what its dimensions mean, and where a place lies among its points.

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/sea/netcdf_file.h"
#include "varne/sea/projection.h"
#include "varne/sea/sea.h"

namespace varne {

/// Points at equal steps.
struct EvenAxis {
  double first = 0;
  double step = 1;        ///< not 0; negative: descending
  std::size_t count = 0;  ///< >= 2
  bool turns = false;     ///< degrees of longitude: the same again after 360

  struct At {
    std::size_t low = 0;   ///< the point before
    std::size_t high = 0;  ///< the point after
    double share = 0;      ///< of the way from one to the other, 0 to 1
  };
  [[nodiscard]] std::optional<At> find(double value) const;
};

/// The horizontal points of a variable. Immutable.
class CfGrid {
 public:
  CfGrid(EvenAxis x, EvenAxis y, std::shared_ptr<const Projection> projection)
      : x_(x), y_(y), projection_(std::move(projection)) {}

  /// Four points about a place and what each counts; points are numbered row by row (y slow, x fast).
  struct Corners {
    std::array<std::size_t, 4> points{};
    std::array<double, 4> weights{};
    MapPoint at;
  };
  [[nodiscard]] std::optional<Corners> around(Place place) const;
  [[nodiscard]] std::size_t size() const { return x_.count * y_.count; }
  [[nodiscard]] bool projected() const { return projection_ != nullptr; }
  /// The points as loops take them over; of a map's projection none that loops know.
  [[nodiscard]] SourceGrid even() const;

 private:
  EvenAxis x_;
  EvenAxis y_;
  std::shared_ptr<const Projection> projection_;  // null: longitude and latitude
};

/// How a variable lies in its file.
struct CfLayout {
  std::shared_ptr<const CfGrid> grid;
  std::shared_ptr<const std::vector<Time>> times;  ///< ascending; null where there is no time axis
  std::optional<std::size_t> time_dimension;
  std::size_t x_dimension = 0;
  std::size_t y_dimension = 0;
  std::vector<std::size_t> start;  ///< one a dimension: the level taken, 0 elsewhere
  std::vector<std::size_t> count;  ///< one a dimension: all of x and y, 1 elsewhere
};

/// Understands a variable's dimensions, or says which it does not.
/// @param height_m  of the vertical levels, the one at this height above the sea (10 for wind); nothing: the
///                  uppermost
Result<CfLayout> read_layout(const NetcdfFile& file, const NetcdfFile::Variable& variable,
                             std::optional<double> height_m);

}  // namespace varne
