#include "varne/search/ways.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "varne/fleet/near.h"

namespace varne {
namespace {

double metres_between(Place a, Place b) {
  return length(offset_m(a, b));
}

}  // namespace

SearchWays::SearchWays(const PassageGrid& grid, const LocalPlane& plane, double depth_m,
                       std::vector<Vec> berths)
    : grid_(&grid), plane_(plane), depth_m_(depth_m), berths_(std::move(berths)) {}

double SearchWays::metres(Vec from, Vec to) const {
  const double straight = length(to - from);
  const Place begin = plane_.from(from);
  const Place end = plane_.from(to);
  if (grid_->clear(begin, end, depth_m_)) return straight;
  Vec net = from;
  if (std::ranges::find(berths_, from) == berths_.end())
    net = {std::round(from.east / net_m) * net_m, std::round(from.north / net_m) * net_m};
  auto at = begun_.find({net.east, net.north});
  if (at == begun_.end())
    at = begun_.try_emplace({net.east, net.north}, Begun{Passages(*grid_, plane_.from(net), depth_m_)}).first;
  return std::max(straight, around(at->second, plane_.from(net), end));
}

double SearchWays::around(Begun& begun, Place from, Place to) const {
  const auto corner = begun.passages.last_corner(to);
  if (!corner) return std::numeric_limits<double>::infinity();
  const double berth = metres_between(from, *begun.passages.begin());
  return berth + to_corner(begun, *corner) + metres_between(begun.passages.place(*corner), to);
}

double SearchWays::to_corner(Begun& begun, Passages::Corner corner) const {
  if (corner == Passages::start) return 0;
  if (const auto known = begun.to_corner.find(corner); known != begun.to_corner.end()) return known->second;
  const Passages::Corner before = begun.passages.before(corner);
  const double metres =
      to_corner(begun, before) + metres_between(begun.passages.place(before), begun.passages.place(corner));
  begun.to_corner.emplace(corner, metres);
  return metres;
}

}  // namespace varne
