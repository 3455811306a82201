#pragma once
/// Two other ways around land on the same cells, to be measured against Lazy Theta* (passages.h).

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <queue>
#include <vector>

#include "varne/fleet/passages.h"

namespace varne::bench {

using Cell = PassageGrid::Cell;
inline constexpr double never = std::numeric_limits<double>::infinity();
inline constexpr double row_m_per_deg = 111'200;  // as PassageGrid::metres has it

template <class T>
using Soonest = std::priority_queue<T, std::vector<T>, std::greater<>>;

/// What both need of the grid.
class Cells {
 public:
  explicit Cells(const PassageGrid& grid) : grid_(&grid) {}
  [[nodiscard]] bool open(Cell c) const {
    return c.column >= 0 && c.column < grid_->columns() && c.row >= 0 && c.row < grid_->rows() &&
           grid_->open(c, 0);
  }
  [[nodiscard]] std::size_t number(Cell c) const {
    return static_cast<std::size_t>(c.row) * static_cast<std::size_t>(grid_->columns()) +
           static_cast<std::size_t>(c.column);
  }
  [[nodiscard]] Cell cell(std::size_t n) const {
    const auto columns = static_cast<std::size_t>(grid_->columns());
    return {static_cast<std::int32_t>(n % columns), static_cast<std::int32_t>(n / columns)};
  }
  [[nodiscard]] const PassageGrid& grid() const { return *grid_; }
  [[nodiscard]] std::size_t size() const {
    return static_cast<std::size_t>(grid_->columns()) * static_cast<std::size_t>(grid_->rows());
  }
  [[nodiscard]] bool clear(Cell a, Cell b) const {
    return grid_->clear(grid_->middle(a), grid_->middle(b), 0);
  }

 private:
  const PassageGrid* grid_;
};

/// Visibility graph: its nodes are the cells at the corners of what stands in the way, an edge joins two that
/// see each other. The shortest way on these cells there is. Edges are looked for when a corner is settled
/// (A*): all of them beforehand would be millions of looks.
class VisibilityGraph {
 public:
  explicit VisibilityGraph(const PassageGrid& grid) : cells_(grid) {
    for (std::size_t n = 0; n < cells_.size(); ++n) {
      const Cell c = cells_.cell(n);
      if (!cells_.open(c)) continue;
      for (const int dc : {-1, 1})
        for (const int dr : {-1, 1})
          if (!cells_.open({c.column + dc, c.row + dr}) && cells_.open({c.column + dc, c.row}) &&
              cells_.open({c.column, c.row + dr})) {
            corners_.push_back({c, dc, dr});
          }
    }
  }
  [[nodiscard]] std::size_t corners() const { return corners_.size(); }

  /// From place to place with the corners between; empty where there is no way.
  [[nodiscard]] std::vector<Place> way(Place from, Place to) const {
    const auto begin = cells_.grid().nearest_open(from, 0);
    const auto end = cells_.grid().nearest_open(to, 0);
    if (!begin || !end) return {};
    if (cells_.grid().clear(*begin, *end, 0)) return {from, to};
    const Cell first = cells_.grid().cell_of(*begin);
    const Cell goal = cells_.grid().cell_of(*end);
    std::vector<double> metres(corners_.size(), never);
    std::vector<std::size_t> before(corners_.size(), none);
    std::vector<bool> settled(corners_.size(), false);
    double best = never;
    std::size_t last = none;
    Soonest<std::pair<double, std::size_t>> queue;
    const auto reach_from = [&](Cell at, double so_far, std::size_t node) {
      for (std::size_t k = 0; k < corners_.size(); ++k) {
        const Corner& corner = corners_[k];
        const double there = so_far + cells_.grid().metres(at, corner.cell);
        if (settled[k] || there >= metres[k]) continue;
        if (there + cells_.grid().metres(corner.cell, goal) >= best) continue;
        if (!bends(corner, at) || (node != none && !bends(corners_[node], corner.cell))) continue;
        if (!cells_.clear(at, corner.cell)) continue;
        metres[k] = there;
        before[k] = node;
        queue.emplace(there + cells_.grid().metres(corner.cell, goal), k);
      }
      const double there = so_far + cells_.grid().metres(at, goal);
      if (there < best && cells_.clear(at, goal)) {
        best = there;
        last = node;
      }
    };
    reach_from(first, 0, none);
    while (!queue.empty() && queue.top().first < best) {
      const std::size_t k = queue.top().second;
      queue.pop();
      if (settled[k]) continue;
      settled[k] = true;
      reach_from(corners_[k].cell, metres[k], k);
    }
    if (best == never) return {};
    std::vector<Place> out{to};
    for (std::size_t k = last; k != none; k = before[k])
      out.push_back(cells_.grid().middle(corners_[k].cell));
    out.push_back(from);
    std::ranges::reverse(out);
    return out;
  }

 private:
  struct Corner {
    Cell cell;
    int dc, dr;  ///< where the land is
  };
  static constexpr auto none = static_cast<std::size_t>(-1);
  /// Whether a shortest way may go round this corner from or to there: neither over the land nor straight
  /// away from it.
  static bool bends(const Corner& corner, Cell there) {
    return (there.column - corner.cell.column) * corner.dc * ((there.row - corner.cell.row) * corner.dr) <= 0;
  }
  Cells cells_;
  std::vector<Corner> corners_;
};

/// Fast marching (Sethian 1996), of second order where two cells upwind are known (Sethian 1999), begun with
/// exact distances within five cells: the distance to every cell; ways go down its slope.
class FastMarching {
 public:
  FastMarching(const PassageGrid& grid, Place from) : cells_(grid), from_(from) {
    metres_.assign(cells_.size(), never);
    settled_.assign(cells_.size(), false);
    const auto begin = grid.nearest_open(from, 0);
    if (!begin) return;
    const Cell first = grid.cell_of(*begin);
    constexpr int exact = 5;
    for (int dr = -exact; dr <= exact; ++dr)
      for (int dc = -exact; dc <= exact; ++dc)
        if (const Cell c{first.column + dc, first.row + dr}; cells_.open(c) && cells_.clear(first, c)) {
          metres_[cells_.number(c)] = grid.metres(first, c);
          queue_.emplace(metres_[cells_.number(c)], cells_.number(c));
        }
  }
  /// Along the field itself, between the middles of cells.
  double metres_to(Place to) {
    const auto end = cells_.grid().nearest_open(to, 0);
    if (!end) return never;
    return march(cells_.grid().cell_of(*end));
  }
  /// Down the slope from cell to cell, then pulled taut.
  std::vector<Place> way(Place to) {
    const auto end = cells_.grid().nearest_open(to, 0);
    if (!end || march(cells_.grid().cell_of(*end)) == never) return {};
    std::vector<Place> down{*end};
    Cell here = cells_.grid().cell_of(*end);
    while (metres_[cells_.number(here)] > 0) {
      Cell next = here;
      double steepest = 0;
      for (int dr = -3; dr <= 3; ++dr)
        for (int dc = -3; dc <= 3; ++dc) {
          const Cell c{here.column + dc, here.row + dr};
          if ((dr == 0 && dc == 0) || !cells_.open(c) || !settled_[cells_.number(c)]) continue;
          const double slope =
              (metres_[cells_.number(here)] - metres_[cells_.number(c)]) / cells_.grid().metres(here, c);
          if (slope <= steepest || !cells_.clear(here, c)) continue;
          steepest = slope;
          next = c;
        }
      if (next == here) return {};
      here = next;
      down.push_back(cells_.grid().middle(here));
    }
    down.front() = to;
    down.back() = from_;
    std::ranges::reverse(down);
    return taut(down);
  }

 private:
  /// Corners that need not be turned left out, from one end and then from the other.
  [[nodiscard]] std::vector<Place> taut(std::vector<Place> way) const {
    for (int pass = 0; pass < 2; ++pass) {
      std::vector<Place> out{way.front()};
      for (std::size_t at = 0; at + 1 < way.size();) {
        std::size_t far = at + 1;
        for (std::size_t k = way.size() - 1; k > far; --k)
          if (cells_.grid().clear(way[at], way[k], 0)) far = k;
        out.push_back(way[far]);
        at = far;
      }
      way = std::move(out);
      std::ranges::reverse(way);
    }
    return way;
  }

  double march(Cell goal) {
    const std::size_t wanted = cells_.number(goal);
    while (!settled_[wanted] && !queue_.empty()) {
      const auto [metres, n] = queue_.top();
      queue_.pop();
      if (settled_[n]) continue;
      settled_[n] = true;
      const Cell c = cells_.cell(n);
      for (const auto& [dc, dr] : {std::pair{-1, 0}, {1, 0}, {0, -1}, {0, 1}}) {
        const Cell near{c.column + dc, c.row + dr};
        if (!cells_.open(near) || settled_[cells_.number(near)]) continue;
        const double there = solve(near);
        if (there >= metres_[cells_.number(near)]) continue;
        metres_[cells_.number(near)] = there;
        queue_.emplace(there, cells_.number(near));
      }
    }
    return settled_[wanted] ? metres_[wanted] : never;
  }

  /// Of |∇T| = 1: the upwind side of each axis, T ≈ (value + distance of the slope) with its weight.
  [[nodiscard]] double solve(Cell c) const {
    const double width = cells_.grid().metres(c, {c.column + 1, c.row});
    const double height = cells_.grid().metres(c, {c.column, c.row + 1});
    std::array<std::pair<double, double>, 2> axis{};  // value, weight of its square
    const auto upwind = [&](int dc, int dr, double h, std::pair<double, double>& out) {
      double least = never;
      for (const int side : {-1, 1}) {
        const Cell one{c.column + side * dc, c.row + side * dr};
        if (!known(one) || metres_[cells_.number(one)] >= least) continue;
        least = metres_[cells_.number(one)];
        out = {least, 1 / (h * h)};
        const Cell two{c.column + 2 * side * dc, c.row + 2 * side * dr};
        if (known(two) && metres_[cells_.number(two)] <= least)
          out = {(4 * least - metres_[cells_.number(two)]) / 3, 9 / (4 * h * h)};
      }
      return least < never;
    };
    const bool east = upwind(1, 0, width, axis[0]);
    const bool north = upwind(0, 1, height, axis[1]);
    if (east && north) {
      const auto [a, p] = axis[0];
      const auto [b, q] = axis[1];
      const double sum = p + q;
      const double mean = (p * a + q * b) / sum;
      const double under = mean * mean - (p * a * a + q * b * b - 1) / sum;
      if (under >= 0)
        if (const double t = mean + std::sqrt(under); t >= std::max(a, b)) return t;
    }
    double out = never;
    for (const auto& [value, weight] : axis)
      if (weight > 0) out = std::min(out, value + 1 / std::sqrt(weight));
    return out;
  }
  [[nodiscard]] bool known(Cell c) const { return cells_.open(c) && settled_[cells_.number(c)]; }

  Cells cells_;
  Place from_;
  std::vector<double> metres_;
  std::vector<bool> settled_;
  Soonest<std::pair<double, std::size_t>> queue_;
};

}  // namespace varne::bench
