#pragma once
/// What a model says of one quantity, in memory: a number a point and moment.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/time.h"
#include "varne/sea/forcing.h"
#include "varne/sea/grid.h"

namespace varne {

/// One moment of a field.
struct Frame {
  std::vector<float> values;  ///< a point of the grid each; NaN: not known
  /// Points whose value was taken from the nearest sea cells (`CoastFill`); null: none.
  std::shared_ptr<const std::vector<bool>> extended;
};

/// Bilinear in space, linear in time, unknown outside of either.
struct SeaField {
  std::shared_ptr<const Grid> grid;
  std::vector<Time> times;                           ///< ascending; empty: one frame, which holds always
  std::vector<std::shared_ptr<const Frame>> frames;  ///< one a moment
  std::vector<bool> gap_after;  ///< one a moment: nothing is known from it to the next; empty: nowhere

  [[nodiscard]] std::optional<double> at(const Grid::Corners& corners, Time time) const;
  /// The answer there leans on a point that was extended to.
  [[nodiscard]] bool extended(const Grid::Corners& corners, Time time) const;
  [[nodiscard]] bool has_values() const;

 private:
  struct Between {
    std::size_t before = 0;
    std::size_t after = 0;
    double share = 0;
  };
  [[nodiscard]] std::optional<Between> between(Time time) const;
};

/// A vector by two components, on one grid or (a model's staggered ones) on two.
struct VectorField {
  SeaField x;
  SeaField y;
  bool along_axes = false;  ///< of the grid, not east and north

  [[nodiscard]] std::optional<Vec> at(Place place, Time time) const;
  [[nodiscard]] bool extended(Place place, Time time) const;
};

/// Extends fields from their last sea cells to the coast: a model's coast is a staircase, and boats are lost
/// along the real one. A point without a value takes that of the nearest point with one, or the mean of those
/// that are equally near; never farther than `limit_m`.
class CoastFill {
 public:
  /// Three steps of the grid, but at least 10 and at most 50 km: a place one step from the last sea cell
  /// leans on the point two steps from it, and a model's mask gives up a step before the beach.
  static double limit_m(const Grid& grid);

  CoastFill(std::shared_ptr<const Grid> grid, CoastRule rule) : grid_(std::move(grid)), rule_(rule) {}

  /// Frames of one mask after the other share the work.
  void fill(Frame& frame);

 private:
  struct Filled {
    std::size_t point;
    std::size_t first;  // of its sources in `sources_`
    std::size_t count;
  };
  void plan();
  void fill_with_largest(Frame& frame) const;

  std::shared_ptr<const Grid> grid_;
  CoastRule rule_;
  std::vector<bool> missing_;  // the mask that the plan is for
  std::vector<Filled> filled_;
  std::vector<std::size_t> sources_;
  std::shared_ptr<const std::vector<bool>> extended_;
};

}  // namespace varne
