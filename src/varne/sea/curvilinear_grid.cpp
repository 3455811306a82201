#include <algorithm>
#include <cmath>
#include <numbers>

#include "varne/sea/grid.h"

namespace varne {
namespace {

constexpr double m_per_deg = 111'195;
constexpr std::size_t most_points = std::size_t{1} << 28;

bool known(Place point) {
  return std::isfinite(point.lon) && std::isfinite(point.lat);
}

Vec between(Place a, Place b) {
  return {(b.lon - a.lon) * m_per_deg * std::cos((a.lat + b.lat) / 2 * std::numbers::pi / 180),
          (b.lat - a.lat) * m_per_deg};
}

}  // namespace

Result<std::shared_ptr<const Grid>> CurvilinearGrid::of(std::size_t rows, std::size_t columns,
                                                        std::vector<double> lons, std::vector<double> lats,
                                                        const std::vector<double>& angle_rad) {
  if (rows < 2 || columns < 2 || lons.size() != rows * columns || lats.size() != lons.size() ||
      lons.size() > most_points)
    return fail("", "is no mesh of two by two points or more");
  const std::shared_ptr<CurvilinearGrid> grid(new CurvilinearGrid());
  grid->rows_ = rows;
  grid->columns_ = columns;
  grid->points_.reserve(lons.size());
  double reference = std::nan("");
  for (std::size_t i = 0; i < lons.size(); ++i) {
    Place point{lons[i], lats[i]};
    if (!known(point) || std::abs(point.lat) > 90 || std::abs(point.lon) > 1000) {
      point = {std::nan(""), std::nan("")};
    } else {
      if (std::isnan(reference)) reference = point.lon;
      point.lon = reference + wrap180(point.lon - reference);
    }
    grid->points_.push_back(point);
  }
  grid->measure(angle_rad);
  grid->index();
  if (grid->cells_.empty()) return fail("", "has no cell whose four corners are known");
  return grid;
}

/// The four corners of the cell up and right of a point: low left, low right, high left, high right.
std::optional<std::array<Place, 4>> CurvilinearGrid::cell(std::size_t corner) const {
  const std::array<Place, 4> places{points_[corner], points_[corner + 1], points_[corner + columns_],
                                    points_[corner + columns_ + 1]};
  double west = places[0].lon;
  double east = west;
  for (const Place place : places) {
    if (!known(place)) return std::nullopt;
    west = std::min(west, place.lon);
    east = std::max(east, place.lon);
  }
  if (east - west > 90) return std::nullopt;  // the seam opposite the mesh, or a pole
  return places;
}

/// A step along the row at a point: half the way from the point before to the one behind. Half a step off,
/// the direction would be that of another place. At the row's ends, where there is but one step, it goes on
/// turning as it does beside it.
Vec CurvilinearGrid::along_row(std::size_t row, std::size_t column) const {
  const auto step = [&](std::size_t from) {
    return between(points_[row * columns_ + from], points_[row * columns_ + from + 1]);
  };
  const bool before = column > 0 && known(points_[row * columns_ + column - 1]);
  const bool behind = column + 1 < columns_ && known(points_[row * columns_ + column + 1]);
  if (before && behind) return (step(column - 1) + step(column)) * 0.5;
  if (!before && !behind) return {std::nan(""), std::nan("")};
  const std::size_t near = behind ? column : column - 1;
  const bool more = behind ? column + 2 < columns_ : column >= 2;
  const Vec next = more ? step(behind ? column + 1 : column - 2) : step(near);
  return std::isfinite(length(next)) ? step(near) * 1.5 + next * -0.5 : step(near);
}

void CurvilinearGrid::measure(const std::vector<double>& angle_rad) {
  rows_point_to_.assign(points_.size(), Vec{1, 0});
  Vec sum;
  std::size_t measured = 0;
  for (std::size_t row = 0; row < rows_; ++row) {
    for (std::size_t column = 0; column < columns_; ++column) {
      const std::size_t i = row * columns_ + column;
      const Vec along = along_row(row, column);
      if (angle_rad.size() == points_.size()) {
        if (std::isfinite(angle_rad[i])) rows_point_to_[i] = {std::cos(angle_rad[i]), std::sin(angle_rad[i])};
      } else if (length(along) > 0) {
        rows_point_to_[i] = along * (1 / length(along));
      }
      if (row + 1 == rows_) continue;
      const double across = length(between(points_[i], points_[i + columns_]));
      if (!std::isfinite(length(along)) || !std::isfinite(across)) continue;
      sum = sum + Vec{length(along), across};
      ++measured;
    }
  }
  if (measured > 0 && sum.east > 0 && sum.north > 0) spacing_m_ = sum * (1.0 / static_cast<double>(measured));
}

void CurvilinearGrid::index() {
  struct Reach {
    std::uint32_t cell;
    double west, south, east, north;
  };
  std::vector<Reach> reaches;
  Reach all{0, 1e9, 1e9, -1e9, -1e9};
  for (std::size_t row = 0; row + 1 < rows_; ++row) {
    for (std::size_t column = 0; column + 1 < columns_; ++column) {
      const auto corners = cell(row * columns_ + column);
      if (!corners) continue;
      Reach reach{static_cast<std::uint32_t>(row * columns_ + column), 1e9, 1e9, -1e9, -1e9};
      for (const Place place : *corners) {
        reach.west = std::min(reach.west, place.lon);
        reach.east = std::max(reach.east, place.lon);
        reach.south = std::min(reach.south, place.lat);
        reach.north = std::max(reach.north, place.lat);
      }
      all = {0, std::min(all.west, reach.west), std::min(all.south, reach.south),
             std::max(all.east, reach.east), std::max(all.north, reach.north)};
      reaches.push_back(reach);
    }
  }
  if (reaches.empty()) return;
  west_ = all.west;
  south_ = all.south;
  // About one bucket a cell.
  const auto side = static_cast<std::size_t>(std::sqrt(static_cast<double>(reaches.size()))) + 1;
  bucket_columns_ = bucket_rows_ = std::min<std::size_t>(side, 2048);
  bucket_lon_ = std::max((all.east - all.west) / static_cast<double>(bucket_columns_), 1e-9);
  bucket_lat_ = std::max((all.north - all.south) / static_cast<double>(bucket_rows_), 1e-9);
  const auto bucket = [](double value, double from, double size, std::size_t count) {
    return static_cast<std::size_t>(
        std::clamp(std::floor((value - from) / size), 0.0, static_cast<double>(count - 1)));
  };
  const auto each_bucket = [&](const Reach& reach, auto&& visit) {
    const auto right = bucket(reach.east, west_, bucket_lon_, bucket_columns_);
    const auto top = bucket(reach.north, south_, bucket_lat_, bucket_rows_);
    for (auto j = bucket(reach.south, south_, bucket_lat_, bucket_rows_); j <= top; ++j)
      for (auto i = bucket(reach.west, west_, bucket_lon_, bucket_columns_); i <= right; ++i)
        visit(j * bucket_columns_ + i);
  };
  first_.assign(bucket_columns_ * bucket_rows_ + 1, 0);
  for (const Reach& reach : reaches) each_bucket(reach, [&](std::size_t b) { ++first_[b + 1]; });
  for (std::size_t b = 1; b < first_.size(); ++b) first_[b] += first_[b - 1];
  cells_.resize(first_.back());
  auto next = first_;
  for (const Reach& reach : reaches)
    each_bucket(reach, [&](std::size_t b) { cells_[next[b]++] = reach.cell; });
}

/// Where in the cell the place lies, by Newton's method on the bilinear map; nothing where it is not inside.
std::optional<Grid::Corners> CurvilinearGrid::within(std::size_t corner, Place place) const {
  const auto corners = cell(corner);
  if (!corners) return std::nullopt;
  const auto& [a, b, c, d] = *corners;
  double s = 0.5;
  double t = 0.5;
  for (int i = 0; i < 12; ++i) {
    const double lon = (1 - s) * (1 - t) * a.lon + s * (1 - t) * b.lon + (1 - s) * t * c.lon + s * t * d.lon;
    const double lat = (1 - s) * (1 - t) * a.lat + s * (1 - t) * b.lat + (1 - s) * t * c.lat + s * t * d.lat;
    const double lon_s = (1 - t) * (b.lon - a.lon) + t * (d.lon - c.lon);
    const double lat_s = (1 - t) * (b.lat - a.lat) + t * (d.lat - c.lat);
    const double lon_t = (1 - s) * (c.lon - a.lon) + s * (d.lon - b.lon);
    const double lat_t = (1 - s) * (c.lat - a.lat) + s * (d.lat - b.lat);
    const double determinant = lon_s * lat_t - lon_t * lat_s;
    if (!(std::abs(determinant) > 0)) return std::nullopt;  // a cell without an area
    const double off_lon = place.lon - lon;
    const double off_lat = place.lat - lat;
    const double ds = (off_lon * lat_t - off_lat * lon_t) / determinant;
    const double dt = (off_lat * lon_s - off_lon * lat_s) / determinant;
    s += ds;
    t += dt;
    if (!(std::abs(s) < 10 && std::abs(t) < 10)) return std::nullopt;
    if (std::abs(ds) + std::abs(dt) < 1e-12) break;
  }
  constexpr double rounding = 1e-6;  // an edge belongs to both its cells
  if (!(s >= -rounding && s <= 1 + rounding && t >= -rounding && t <= 1 + rounding)) return std::nullopt;
  const auto snapped = [](double share) {
    share = std::clamp(share, 0.0, 1.0);
    return std::abs(share - std::round(share)) < 1e-9 ? std::round(share) : share;
  };
  s = snapped(s);
  t = snapped(t);
  Corners found;
  found.points = {corner, corner + 1, corner + columns_, corner + columns_ + 1};
  found.weights = {(1 - s) * (1 - t), s * (1 - t), (1 - s) * t, s * t};
  Vec rows;
  for (std::size_t k = 0; k < 4; ++k) rows = rows + rows_point_to_[found.points[k]] * found.weights[k];
  found.grid_north_deg = wrap360(direction_deg(rows) - 90);
  return found;
}

std::optional<Grid::Corners> CurvilinearGrid::around(Place place) const {
  if (!valid(place)) return std::nullopt;
  const double east = west_ + static_cast<double>(bucket_columns_) * bucket_lon_;
  while (place.lon < west_ - 1e-6) place.lon += 360;
  while (place.lon - 360 >= west_ - 1e-6) place.lon -= 360;
  const double x = (place.lon - west_) / bucket_lon_;
  const double y = (place.lat - south_) / bucket_lat_;
  if (place.lon > east + 1e-6 || !(y >= -1e-3 && y <= static_cast<double>(bucket_rows_) + 1e-3))
    return std::nullopt;
  const auto i = static_cast<std::size_t>(std::clamp(x, 0.0, static_cast<double>(bucket_columns_ - 1)));
  const auto j = static_cast<std::size_t>(std::clamp(y, 0.0, static_cast<double>(bucket_rows_ - 1)));
  const std::size_t bucket = j * bucket_columns_ + i;
  for (std::size_t k = first_[bucket]; k < first_[bucket + 1]; ++k) {
    if (auto found = within(cells_[k], place)) return found;
  }
  return std::nullopt;
}

bool CurvilinearGrid::same(const Grid& other) const {
  const auto* mesh = dynamic_cast<const CurvilinearGrid*>(&other);
  if (mesh == nullptr || rows_ != mesh->rows_ || columns_ != mesh->columns_) return false;
  for (std::size_t i = 0; i < points_.size(); ++i) {
    const Place a = points_[i];
    const Place b = mesh->points_[i];
    if (known(a) != known(b)) return false;
    if (known(a) && !(std::abs(wrap180(a.lon - b.lon)) < 1e-6 && std::abs(a.lat - b.lat) < 1e-6 &&
                      length(rows_point_to_[i] - mesh->rows_point_to_[i]) < 1e-6))
      return false;
  }
  return true;
}

}  // namespace varne
