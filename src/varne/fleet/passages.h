#pragma once
/// Ways around land and shoals: which water a vessel can go through, and the shortest way there.

#include <cstdint>
#include <mutex>
#include <optional>
#include <queue>
#include <utility>
#include <vector>

#include "varne/core/geo.h"
#include "varne/sea/box.h"
#include "varne/sea/sea.h"

namespace varne {

/// The water of an area as cells with a depth: what is land, and how much water stands where. Immutable.
///
/// A cell is land where its middle is. Depth is that below mean sea level as the sea's sources have it; where
/// none knows it, water is taken to be deep enough. Outside the area, and where no source knows the coast,
/// nothing stands in the way.
class PassageGrid {
 public:
  /// @param cell_m  side of a cell, north to south; east to west the same at the middle latitude
  PassageGrid(const Sea& sea, Box area, double cell_m = 300);

  struct Cell {
    std::int32_t column = 0;
    std::int32_t row = 0;
    friend bool operator==(const Cell&, const Cell&) = default;
  };
  [[nodiscard]] bool covers(Place place) const { return area_.contains(place); }
  /// At least this depth [m] of water below mean sea level; 0: any water.
  [[nodiscard]] bool open(Place place, double depth_m) const;
  [[nodiscard]] bool open(Cell cell, double depth_m) const;
  /// The straight way between two places touches no cell that is not open.
  [[nodiscard]] bool clear(Place a, Place b, double depth_m) const;
  /// The middle of the nearest open cell, or the place itself where its own is open; nothing within 30 km.
  [[nodiscard]] std::optional<Place> nearest_open(Place place, double depth_m) const;

  [[nodiscard]] Cell cell_of(Place place) const;  ///< the nearest cell of the area
  [[nodiscard]] Place middle(Cell cell) const;
  [[nodiscard]] std::int32_t columns() const { return columns_; }
  [[nodiscard]] std::int32_t rows() const { return rows_; }
  /// Between middles of cells [m], in a plane of the latitude between them.
  [[nodiscard]] double metres(Cell a, Cell b) const;

 private:
  Box area_;
  double step_lon_;
  double step_lat_;
  std::int32_t columns_;
  std::int32_t rows_;
  std::vector<float> depth_;          // below 0: land; infinity: not known
  std::vector<double> column_width_;  // [m] by row
};

/// The grid of an area, made when it is first asked for (60 ms for a strait in cells of 600 m) and then
/// shared by all threads: not everybody who has a world asks who reaches whom.
class GridOnDemand {
 public:
  GridOnDemand(Box area, double cell_m) : area_(area), cell_m_(cell_m) {}
  /// @param sea  the same at every call
  const PassageGrid& of(const Sea& sea) const {
    std::call_once(made_, [&] { grid_.emplace(sea, area_, cell_m_); });
    return *grid_;
  }

 private:
  Box area_;
  double cell_m_;
  mutable std::once_flag made_;
  mutable std::optional<PassageGrid> grid_;
};

/// The shortest ways from one place to any other for a vessel that needs some depth. Grows as it is asked;
/// not for several threads at once.
///
/// Lazy Theta* (Nash, Koenig and Tovey 2010, AAAI-10): the ways are straight lines from corner to corner of
/// what stands in the way, not along the grid; within about a cell of the shortest at each corner.
class Passages {
 public:
  /// A vessel that lies where no open cell is (a berth) begins at the nearest open one.
  Passages(const PassageGrid& grid, Place from, double depth_m);

  /// A corner on the way; `start` is the first and has no corner before it.
  using Corner = std::int32_t;
  static constexpr Corner start = -1;

  /// Where the way begins: `from`, or the nearest open water; nothing: there is none.
  [[nodiscard]] std::optional<Place> begin() const { return begin_; }
  /// The last corner on the shortest way to a place, nothing where there is no way. A place that is not open
  /// stands for the open one nearest to it.
  std::optional<Corner> last_corner(Place to);
  [[nodiscard]] Corner before(Corner corner) const;
  [[nodiscard]] Place place(Corner corner) const;

 private:
  using Cell = PassageGrid::Cell;
  [[nodiscard]] std::int32_t number(Cell cell) const { return cell.row * grid_->columns() + cell.column; }
  [[nodiscard]] Cell cell(std::int32_t number) const {
    return {number % grid_->columns(), number / grid_->columns()};
  }
  void search_until(std::int32_t goal);
  void settle(std::int32_t node);
  template <class Each>
  void neighbours(std::int32_t node, Each&& each) const;

  const PassageGrid* grid_;
  double depth_m_;
  std::optional<Place> begin_;
  Cell first_;
  std::vector<float> way_;            // [m] to each cell; empty until the first way around something
  std::vector<std::int32_t> corner_;  // the last corner on the way to each cell
  std::vector<bool> settled_;
  std::priority_queue<std::pair<float, std::int32_t>, std::vector<std::pair<float, std::int32_t>>,
                      std::greater<>>
      queue_;
};

}  // namespace varne
