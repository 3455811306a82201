#pragma once
/// Reach by brute force, for tests and benchmarks: every move on a fine grid, in the tide, around land.

#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <queue>
#include <utility>
#include <vector>

#include "varne/fleet/target.h"
#include "varne/sea/box.h"
#include "varne/sea/sea.h"

namespace varne::test {

/// When each cell of a fine grid is reached by the best of all ways of eighty directions, in the tide.
class Flood {
 public:
  Flood(const Sea& sea, Box box, double cell_m, double speed, Place from, Time start)
      : sea_(&sea), start_(start), box_(box) {
    const double lat = (box.south + box.north) / 2;
    step_lat_ = cell_m / 111'200;
    step_lon_ = cell_m / distance_m({0, lat}, {1, lat});
    columns_ = static_cast<int>((box.east - box.west) / step_lon_);
    rows_ = static_cast<int>((box.north - box.south) / step_lat_);
    for (int r = 0; r < rows_; ++r)
      for (int c = 0; c < columns_; ++c) land_.push_back(sea_->land(middle(c, r)).value_or(false));
    run(cell_m, speed, from);
  }
  [[nodiscard]] double at(Place p) const {
    return when_[index(static_cast<int>((p.lon - box_.west) / step_lon_),
                       static_cast<int>((p.lat - box_.south) / step_lat_))];
  }
  double meets_s(const Target& target) const {
    for (double t = 0; t < 12 * 3600; t += 10)
      if (at(target.at(0, start_ + Duration(static_cast<std::int64_t>(std::llround(t * 1000))))) <= t)
        return t;
    return std::numeric_limits<double>::infinity();
  }

 private:
  [[nodiscard]] Place middle(int c, int r) const {
    return {box_.west + (c + 0.5) * step_lon_, box_.south + (r + 0.5) * step_lat_};
  }
  [[nodiscard]] std::size_t index(int c, int r) const { return static_cast<std::size_t>(r * columns_ + c); }
  [[nodiscard]] bool open_between(int c, int r, int dc, int dr) const {
    constexpr int parts = 12;
    for (int k = 1; k <= parts; ++k) {
      const int x = c + static_cast<int>(std::lround(dc * k / double{parts}));
      const int y = r + static_cast<int>(std::lround(dr * k / double{parts}));
      if (x < 0 || x >= columns_ || y < 0 || y >= rows_ || land_[index(x, y)]) return false;
    }
    return true;
  }
  void run(double cell_m, double speed, Place from) {
    std::vector<std::pair<int, int>> moves;
    for (int dc = -5; dc <= 5; ++dc)
      for (int dr = -5; dr <= 5; ++dr)
        if (std::gcd(dc, dr) == 1) moves.emplace_back(dc, dr);
    when_.assign(land_.size(), std::numeric_limits<double>::infinity());
    std::priority_queue<std::pair<double, int>, std::vector<std::pair<double, int>>, std::greater<>> queue;
    const int c0 = static_cast<int>((from.lon - box_.west) / step_lon_);
    const int r0 = static_cast<int>((from.lat - box_.south) / step_lat_);
    when_[index(c0, r0)] = 0;
    queue.emplace(0, static_cast<int>(index(c0, r0)));
    while (!queue.empty()) {
      const auto [t, node] = queue.top();
      queue.pop();
      if (t > when_[static_cast<std::size_t>(node)]) continue;
      const int c = node % columns_;
      const int r = node / columns_;
      const Time then(
          Duration(static_cast<std::int64_t>((millis(start_) + std::llround(t * 1000)) / 300'000 * 300'000)));
      const Vec flow = sea_->current(middle(c, r), then).value_or(Vec{});
      for (const auto& [dc, dr] : moves) {
        if (!open_between(c, r, dc, dr)) continue;
        const Vec d{dc * cell_m, dr * cell_m};
        const double along = (d.east * flow.east + d.north * flow.north) / length(d);
        const double across2 = flow.east * flow.east + flow.north * flow.north - along * along;
        const double there = t + length(d) / (along + std::sqrt(speed * speed - across2));
        double& known = when_[index(c + dc, r + dr)];
        if (there >= known) continue;
        known = there;
        queue.emplace(there, static_cast<int>(index(c + dc, r + dr)));
      }
    }
  }
  const Sea* sea_;
  Time start_;
  Box box_;
  double step_lon_ = 0, step_lat_ = 0;
  int columns_ = 0, rows_ = 0;
  std::vector<bool> land_;
  std::vector<double> when_;
};

struct AroundLand {
  const char* what;
  Box box;
  Place from;
  Place to;
};

inline const std::vector<AroundLand> around_land{
    {"around Dungeness", {0.6, 50.75, 1.3, 51.12}, {0.80, 50.91}, {1.03, 51.00}},
    {"around Gris-Nez", {1.3, 50.6, 2.1, 51.1}, {1.57, 50.73}, {1.75, 50.97}},
    {"around the North Foreland", {1.0, 51.1, 1.9, 51.5}, {1.42, 51.30}, {1.25, 51.40}},
    {"out of the bay of the Somme and up", {1.1, 50.1, 1.8, 51.0}, {1.50, 50.25}, {1.63, 50.89}},
    {"South Foreland from Dover", {1.1, 51.0, 1.7, 51.4}, {1.345, 51.115}, {1.42, 51.25}},
};

}  // namespace varne::test
