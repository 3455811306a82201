#include "varne/picture/explained.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <tuple>

namespace varne {
namespace {

constexpr double m_per_deg_lat = 111000;
constexpr double deg = std::numbers::pi / 180;
/// Nothing further away than this, and the way made since, is looked at.
constexpr double near_m = 2000;

struct Pair {
  double distance;  ///< in sigma
  std::size_t known;
  std::size_t plot;
};

/// On a straight line through its report, before it and after.
Place place_at(const Known& known, Time time) {
  const double dt = seconds(time - known.time);
  return dt != 0 && length(known.velocity) > 0 ? moved(known.place, known.velocity * dt) : known.place;
}

}  // namespace

std::vector<std::size_t> unexplained(const std::vector<RadarPlot>& plots, const std::vector<Known>& known) {
  if (plots.empty()) return {};
  /// Filled anew each time, into the same memory.
  struct Scratch {
    std::vector<std::size_t> by_lat;
    std::vector<std::size_t> close;
    std::vector<Pair> pairs;
    std::vector<bool> taken;
    std::vector<bool> served;
  };
  thread_local Scratch scratch;
  auto& [by_lat, close, pairs, taken, served] = scratch;
  pairs.clear();
  by_lat.resize(plots.size());
  std::iota(by_lat.begin(), by_lat.end(), std::size_t{0});
  std::sort(by_lat.begin(), by_lat.end(), [&](std::size_t a, std::size_t b) {
    return plots[a].place.lat < plots[b].place.lat || (plots[a].place.lat == plots[b].place.lat && a < b);
  });
  Time first = plots.front().time;
  Time last = first;
  for (const auto& plot : plots) {
    first = std::min(first, plot.time);
    last = std::max(last, plot.time);
  }
  for (std::size_t k = 0; k < known.size(); ++k) {
    const Known& one = known[k];
    const double speed = length(one.velocity);
    const auto far_at = [&](Time time) { return near_m + std::abs(seconds(time - one.time)) * speed; };
    // Most of what is known is nowhere near: look at the latitudes first.
    const double farthest = std::max(far_at(first), far_at(last));
    const double lat = one.place.lat;
    const double dlat = farthest / m_per_deg_lat;
    const auto from =
        std::lower_bound(by_lat.begin(), by_lat.end(), lat - dlat,
                         [&](std::size_t i, double least) { return plots[i].place.lat < least; });
    close.clear();
    for (auto at = from; at != by_lat.end() && plots[*at].place.lat <= lat + dlat; ++at) {
      const double dlon = std::abs(wrap180(plots[*at].place.lon - one.place.lon));
      if (dlon * m_per_deg_lat * std::cos(lat * deg) <= farthest * 1.01) close.push_back(*at);
    }
    std::sort(close.begin(), close.end());
    for (const std::size_t i : close) {
      const RadarPlot& plot = plots[i];
      const double way = std::abs(seconds(plot.time - one.time)) * speed;
      const double sigma = std::hypot(plot.sigma_m, one.sigma_m, 0.1 * way);
      const LocalPlane plane(place_at(one, plot.time));
      const double metres = std::max(0.0, length(plane.to(plot.place)) - one.size_m);
      if (metres < 3 * sigma) pairs.push_back({metres / sigma, k, i});
    }
  }
  std::vector<std::size_t> out;
  out.reserve(plots.size());
  if (pairs.empty()) {
    for (std::size_t i = 0; i < plots.size(); ++i) out.push_back(i);
    return out;
  }
  std::sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
    return std::tie(a.distance, a.known, a.plot) < std::tie(b.distance, b.known, b.plot);
  });
  taken.assign(plots.size(), false);
  served.assign(known.size(), false);
  for (const Pair& pair : pairs) {
    if (taken[pair.plot] || served[pair.known]) continue;
    taken[pair.plot] = served[pair.known] = true;
  }
  for (std::size_t i = 0; i < plots.size(); ++i)
    if (!taken[i]) out.push_back(i);
  return out;
}

}  // namespace varne
