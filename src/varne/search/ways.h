#pragma once
/// How far a searcher has to go to its box, between boxes and back: around land and shoals where the waters
/// are known (fleet/passages.h, as `reach` goes), else straight.

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "varne/core/geo.h"
#include "varne/fleet/passages.h"

namespace varne {

/// The ways of one unit in a cloud's plane. Kept as they are asked for; one thread at a time.
///
/// A straight way that is clear of land is its own length. Else it is that of the shortest way from corner to
/// corner; from a place that is no berth it begins at the nearest point of a net of `net_m`, so that the many
/// boxes a planner tries share their ways: that much, there and at the other end, is what it may be wrong by.
class SearchWays {
 public:
  static constexpr double net_m = 500;

  /// @param grid    of the waters; outlives this
  /// @param depth_m  of water below mean sea level that the unit needs, >= 0
  /// @param berths  places that ways are asked for from exactly: where it lies, and where it goes back to
  SearchWays(const PassageGrid& grid, const LocalPlane& plane, double depth_m, std::vector<Vec> berths);

  /// Metres, in either direction; infinity where there is no way. A place on land stands for the nearest
  /// water.
  [[nodiscard]] double metres(Vec from, Vec to) const;

 private:
  struct Begun {
    Passages passages;
    std::map<Passages::Corner, double> to_corner = {};  ///< metres from the beginning
  };
  [[nodiscard]] double around(Begun& begun, Place from, Place to) const;
  double to_corner(Begun& begun, Passages::Corner corner) const;

  const PassageGrid* grid_;
  LocalPlane plane_;
  double depth_m_;
  std::vector<Vec> berths_;
  mutable std::map<std::pair<double, double>, Begun> begun_;  // by the place in the plane
};

}  // namespace varne
