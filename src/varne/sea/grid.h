#pragma once
/// Where the points of a forcing grid lie, and which four stand about a place.

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/result.h"
#include "varne/sea/projection.h"
#include "varne/sea/sea.h"

namespace varne {

/// The points along one side of a grid, ascending or descending, at equal steps or not.
class Axis {
 public:
  /// Refuses fewer than two points, a point that is no number, and points out of order. Points that are
  /// equally spaced but for the rounding they were written with are taken as equally spaced.
  ///
  /// @param turns  degrees of longitude: the same again after 360; …, 359, 0, … goes on upwards
  static Result<Axis> of(std::vector<double> points, bool turns);

  struct At {
    std::size_t low = 0;   ///< the point before
    std::size_t high = 0;  ///< the point after
    double share = 0;      ///< of the way from one to the other, 0 to 1
  };
  /// Nothing beyond the ends, except round the whole earth.
  [[nodiscard]] std::optional<At> find(double value) const;

  [[nodiscard]] std::size_t count() const { return points_.size(); }
  [[nodiscard]] double point(std::size_t i) const { return points_[i]; }
  [[nodiscard]] bool turns() const { return turns_; }
  [[nodiscard]] bool even() const { return even_; }
  /// The mean step; below zero where the axis descends.
  [[nodiscard]] double step() const { return step_; }

  /// The same points, longitudes whole turns apart being the same.
  [[nodiscard]] bool same(const Axis& other) const;
  /// This axis with the other behind it, where the other begins one step after this one's end (within a
  /// tenth); nothing where it does not.
  [[nodiscard]] std::optional<Axis> followed_by(const Axis& other) const;

 private:
  std::vector<double> points_;
  double step_ = 1;
  bool even_ = true;
  bool turns_ = false;
};

/// The points of a field, numbered row by row. Immutable; any number of threads may ask.
class Grid {
 public:
  virtual ~Grid() = default;

  /// Four points about a place and what each counts.
  struct Corners {
    std::array<std::size_t, 4> points{};
    std::array<double, 4> weights{};  ///< 0 to 1, together 1
    double grid_north_deg = 0;        ///< where the rows' numbers grow to, degrees true
  };
  /// Nothing outside the grid: never extrapolated.
  [[nodiscard]] virtual std::optional<Corners> around(Place place) const = 0;
  [[nodiscard]] virtual std::size_t rows() const = 0;
  [[nodiscard]] virtual std::size_t columns() const = 0;
  /// About how far it is from a point of this row to the next along the row (east) and to the next row
  /// (north) [m], both > 0.
  [[nodiscard]] virtual Vec spacing_m(std::size_t row) const = 0;
  [[nodiscard]] virtual bool same(const Grid& other) const = 0;
  /// Rows and columns are not parallels and meridians.
  [[nodiscard]] virtual bool turned() const = 0;
  /// The points as loops take them over (sea_moment.h); of what is no even grid, none that loops know.
  [[nodiscard]] virtual SourceGrid for_loops() const { return {}; }

  [[nodiscard]] std::size_t size() const { return rows() * columns(); }
};

/// Rows and columns along longitude and latitude, or along a map's x and y.
class PlainGrid final : public Grid {
 public:
  /// @param projection  null: x and y are degrees of longitude and latitude
  PlainGrid(Axis x, Axis y, std::shared_ptr<const Projection> projection);

  [[nodiscard]] std::optional<Corners> around(Place place) const override;
  [[nodiscard]] std::size_t rows() const override { return y_.count(); }
  [[nodiscard]] std::size_t columns() const override { return x_.count(); }
  [[nodiscard]] Vec spacing_m(std::size_t row) const override;
  [[nodiscard]] bool same(const Grid& other) const override;
  [[nodiscard]] bool turned() const override { return projection_ != nullptr; }
  [[nodiscard]] SourceGrid for_loops() const override;

  [[nodiscard]] const Axis& x() const { return x_; }
  [[nodiscard]] const Axis& y() const { return y_; }
  [[nodiscard]] const std::shared_ptr<const Projection>& projection() const { return projection_; }

 private:
  Axis x_;
  Axis y_;
  std::shared_ptr<const Projection> projection_;
};

/// A mesh of four-sided cells whose corners are given one by one: ROMS, CROCO, NEMO, a map whose projection
/// nobody told. Between the corners of a cell the map is bilinear in longitude and latitude.
class CurvilinearGrid final : public Grid {
 public:
  /// @param lons, lats  one a point, row by row; a point that is no number has no cells
  /// @param angle_rad   of the rows' direction from east, counter-clockwise, one a point; empty: as the
  /// points
  ///                    lie
  /// Refuses fewer than 2 x 2 points and a mesh without one whole cell.
  static Result<std::shared_ptr<const Grid>> of(std::size_t rows, std::size_t columns,
                                                std::vector<double> lons, std::vector<double> lats,
                                                const std::vector<double>& angle_rad);

  [[nodiscard]] std::optional<Corners> around(Place place) const override;
  [[nodiscard]] std::size_t rows() const override { return rows_; }
  [[nodiscard]] std::size_t columns() const override { return columns_; }
  [[nodiscard]] Vec spacing_m(std::size_t) const override { return spacing_m_; }
  [[nodiscard]] bool same(const Grid& other) const override;
  [[nodiscard]] bool turned() const override { return true; }

 private:
  CurvilinearGrid() = default;
  void measure(const std::vector<double>& angle_rad);
  [[nodiscard]] Vec along_row(std::size_t row, std::size_t column) const;
  void index();
  [[nodiscard]] std::optional<std::array<Place, 4>> cell(std::size_t corner) const;
  [[nodiscard]] std::optional<Corners> within(std::size_t corner, Place place) const;

  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  std::vector<Place> points_;       // longitudes unwrapped about the first
  std::vector<Vec> rows_point_to_;  // unit vectors; one a point
  Vec spacing_m_{1, 1};
  // Buckets over longitude and latitude with the cells that touch each.
  double west_ = 0;
  double south_ = 0;
  double bucket_lon_ = 1;
  double bucket_lat_ = 1;
  std::size_t bucket_columns_ = 1;
  std::size_t bucket_rows_ = 1;
  std::vector<std::size_t> first_;  // of each bucket in `cells_`, and one behind the last
  std::vector<std::uint32_t> cells_;
};

}  // namespace varne
