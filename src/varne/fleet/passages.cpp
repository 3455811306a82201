#include "varne/fleet/passages.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace varne {
namespace {

constexpr float inf = std::numeric_limits<float>::infinity();
constexpr double widest_search_m = 30'000;

}  // namespace

PassageGrid::PassageGrid(const Sea& sea, Box area, double cell_m) : area_(area) {
  const double middle_lat = (area.south + area.north) / 2;
  const double m_per_deg = distance_m({area.west, middle_lat - 0.5}, {area.west, middle_lat + 0.5});
  const double m_per_deg_lon = distance_m({area.west, middle_lat}, {area.west + 0.01, middle_lat}) * 100;
  columns_ = std::max(1, static_cast<std::int32_t>((area.east - area.west) * m_per_deg_lon / cell_m));
  rows_ = std::max(1, static_cast<std::int32_t>((area.north - area.south) * m_per_deg / cell_m));
  step_lon_ = (area.east - area.west) / columns_;
  step_lat_ = (area.north - area.south) / rows_;
  depth_.reserve(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_));
  for (std::int32_t row = 0; row < rows_; ++row) {
    const double lat = area.south + (row + 0.5) * step_lat_;
    column_width_.push_back(distance_m({area.west, lat}, {area.west + step_lon_, lat}));
    for (std::int32_t column = 0; column < columns_; ++column) {
      const Place place = middle({column, row});
      const bool land = sea.land(place).value_or(false);
      depth_.push_back(land ? -1.0F : static_cast<float>(sea.depth_m(place).value_or(inf)));
    }
  }
}

PassageGrid::Cell PassageGrid::cell_of(Place place) const {
  const auto along = [](double degrees, double step, std::int32_t count) {
    return static_cast<std::int32_t>(std::clamp(std::floor(degrees / step), 0.0, count - 1.0));
  };
  return {along(place.lon - area_.west, step_lon_, columns_),
          along(place.lat - area_.south, step_lat_, rows_)};
}

Place PassageGrid::middle(Cell cell) const {
  return {area_.west + (cell.column + 0.5) * step_lon_, area_.south + (cell.row + 0.5) * step_lat_};
}

double PassageGrid::metres(Cell a, Cell b) const {
  const double width = column_width_[static_cast<std::size_t>((a.row + b.row) / 2)];
  const double height = step_lat_ * 111'200;  // good to 0.1 % here, and only ways are compared by it
  return std::hypot((a.column - b.column) * width, (a.row - b.row) * height);
}

bool PassageGrid::open(Cell cell, double depth_m) const {
  const float depth = depth_[static_cast<std::size_t>(cell.row) * static_cast<std::size_t>(columns_) +
                             static_cast<std::size_t>(cell.column)];
  return depth >= 0 && depth >= static_cast<float>(depth_m);
}

bool PassageGrid::open(Place place, double depth_m) const {
  return !covers(place) || open(cell_of(place), depth_m);
}

bool PassageGrid::clear(Place a, Place b, double depth_m) const {
  // From cell to cell along the line (Amanatides and Woo 1987), each side crossed where the line crosses it.
  const double x = (a.lon - area_.west) / step_lon_;
  const double y = (a.lat - area_.south) / step_lat_;
  const double dx = (b.lon - area_.west) / step_lon_ - x;
  const double dy = (b.lat - area_.south) / step_lat_ - y;
  auto column = static_cast<std::int32_t>(std::floor(x));
  auto row = static_cast<std::int32_t>(std::floor(y));
  const auto last_column = static_cast<std::int32_t>(std::floor(x + dx));
  const auto last_row = static_cast<std::int32_t>(std::floor(y + dy));
  const int step_x = dx > 0 ? 1 : -1;
  const int step_y = dy > 0 ? 1 : -1;
  const double none = std::numeric_limits<double>::infinity();
  const double gap_x = dx == 0 ? none : std::abs(1 / dx);
  const double gap_y = dy == 0 ? none : std::abs(1 / dy);
  double next_x = dx == 0 ? none : ((dx > 0 ? std::floor(x) + 1 - x : x - std::floor(x)) * gap_x);
  double next_y = dy == 0 ? none : ((dy > 0 ? std::floor(y) + 1 - y : y - std::floor(y)) * gap_y);
  std::int32_t left = std::abs(last_column - column) + std::abs(last_row - row);
  while (true) {
    const bool inside = column >= 0 && column < columns_ && row >= 0 && row < rows_;
    if (inside && !open(Cell{column, row}, depth_m)) return false;
    if (left-- == 0) return true;
    if (next_x < next_y) {
      next_x += gap_x;
      column += step_x;
    } else {
      next_y += gap_y;
      row += step_y;
    }
  }
}

std::optional<Place> PassageGrid::nearest_open(Place place, double depth_m) const {
  if (open(place, depth_m)) return place;
  const Cell here = cell_of(place);
  const auto widest = static_cast<std::int32_t>(widest_search_m / (step_lat_ * 111'200));
  std::optional<Place> best;
  double best_m = widest_search_m;
  // Ring by ring; a ring is no nearer than its number of cells.
  for (std::int32_t ring = 1; ring <= widest; ++ring) {
    if (best && ring * std::min(step_lat_ * 111'200, column_width_.back()) > best_m) break;
    for (std::int32_t row = here.row - ring; row <= here.row + ring; ++row) {
      if (row < 0 || row >= rows_) continue;
      const bool edge = row == here.row - ring || row == here.row + ring;
      for (std::int32_t column = here.column - ring; column <= here.column + ring;
           column += edge ? 1 : 2 * ring) {
        if (column < 0 || column >= columns_ || !open(Cell{column, row}, depth_m)) continue;
        const Place there = middle({column, row});
        if (const double d = distance_m(place, there); d < best_m) {
          best_m = d;
          best = there;
        }
      }
    }
  }
  return best;
}

Passages::Passages(const PassageGrid& grid, Place from, double depth_m)
    : grid_(&grid), depth_m_(depth_m), begin_(grid.nearest_open(from, depth_m)) {
  if (begin_) first_ = grid.cell_of(*begin_);
}

Place Passages::place(Corner corner) const {
  return corner == start ? *begin_ : grid_->middle(cell(corner));
}

Passages::Corner Passages::before(Corner corner) const {
  assert(corner != start);
  return corner_[static_cast<std::size_t>(corner)];
}

std::optional<Passages::Corner> Passages::last_corner(Place to) {
  if (!begin_) return std::nullopt;
  const auto there = grid_->nearest_open(to, depth_m_);
  if (!there) return std::nullopt;
  // Beyond the area nothing is known to stand in the way.
  if (grid_->clear(*begin_, *there, depth_m_) || !grid_->covers(*begin_) || !grid_->covers(*there))
    return start;
  const std::int32_t goal = number(grid_->cell_of(*there));
  search_until(goal);
  const auto at = static_cast<std::size_t>(goal);
  return settled_[at] ? std::optional(corner_[at]) : std::nullopt;
}

template <class Each>
void Passages::neighbours(std::int32_t node, Each&& each) const {
  const Cell here = cell(node);
  const auto open = [&](std::int32_t column, std::int32_t row) {
    return column >= 0 && column < grid_->columns() && row >= 0 && row < grid_->rows() &&
           grid_->open(Cell{column, row}, depth_m_);
  };
  for (std::int32_t dr = -1; dr <= 1; ++dr)
    for (std::int32_t dc = -1; dc <= 1; ++dc) {
      if (dr == 0 && dc == 0) continue;
      if (!open(here.column + dc, here.row + dr)) continue;
      // Not between two cells of land that touch at their corners.
      if (!open(here.column + dc, here.row) || !open(here.column, here.row + dr)) continue;
      each(number({here.column + dc, here.row + dr}));
    }
}

/// Its last corner was taken over from a neighbour without looking; where it does not see it, the way comes
/// from one of its neighbours.
void Passages::settle(std::int32_t node) {
  const auto at = static_cast<std::size_t>(node);
  settled_[at] = true;
  if (node == number(first_)) return;
  if (grid_->clear(place(corner_[at]), grid_->middle(cell(node)), depth_m_)) return;
  way_[at] = inf;
  neighbours(node, [&](std::int32_t near) {
    const auto n = static_cast<std::size_t>(near);
    if (!settled_[n]) return;
    const auto way = way_[n] + static_cast<float>(grid_->metres(cell(near), cell(node)));
    if (way < way_[at]) {
      way_[at] = way;
      corner_[at] = near;
    }
  });
}

void Passages::search_until(std::int32_t goal) {
  if (way_.empty()) {
    const auto cells = static_cast<std::size_t>(grid_->columns()) * static_cast<std::size_t>(grid_->rows());
    way_.assign(cells, inf);
    corner_.assign(cells, start);
    settled_.assign(cells, false);
    way_[static_cast<std::size_t>(number(first_))] = 0;
    queue_.emplace(0.0F, number(first_));
  }
  const auto at = static_cast<std::size_t>(goal);
  while (!settled_[at] && !queue_.empty()) {
    const std::int32_t node = queue_.top().second;
    queue_.pop();
    if (settled_[static_cast<std::size_t>(node)]) continue;
    settle(node);
    const Corner corner = corner_[static_cast<std::size_t>(node)];
    const Cell from = corner == start ? first_ : cell(corner);
    const float base = corner == start ? 0.0F : way_[static_cast<std::size_t>(corner)];
    neighbours(node, [&](std::int32_t near) {
      const auto n = static_cast<std::size_t>(near);
      if (settled_[n]) return;
      const auto way = base + static_cast<float>(grid_->metres(from, cell(near)));
      if (way >= way_[n]) return;
      way_[n] = way;
      corner_[n] = corner;
      queue_.emplace(way, near);
    });
  }
}

}  // namespace varne
