#pragma once
/// What is to be reached: a boat that moves and is not exactly where anybody says. Weighted particles, each
/// with its own way through time, whatever they came from: a drift forecast, a track, a reported place.

#include <cstdint>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/time.h"
#include "varne/picture/track.h"
#include "varne/sea/sea.h"

namespace varne {

struct TargetSlice {
  Time time;
  std::vector<Place> places;  ///< one a particle, in the same order in every slice
};

struct Target {
  std::vector<TargetSlice> slices;  ///< one or more, in order of time
  std::vector<double> weights;      ///< one a particle, > 0; they need not add up to 1
  double unknown = 0;               ///< share of the whole, 0 to 1, of which nobody knows where it is

  [[nodiscard]] std::size_t size() const { return weights.size(); }
  [[nodiscard]] Time from() const { return slices.front().time; }
  /// After this nothing is known of it.
  [[nodiscard]] Time until() const { return slices.back().time; }
  /// Straight between slices; before the first and after the last as there.
  [[nodiscard]] Place at(std::size_t particle, Time time) const;
  /// Weighted mean of the places then.
  [[nodiscard]] Place mean(Time time) const;
};

/// A place that was reported, with a circular normal error [m, 1 σ on each axis, >= 0], carried on by the
/// current where it is known: 64 particles (one where the error is 0), a slice every twenty minutes.
Target target_about(const Sea& sea, Place place, double sigma_m, Time from, Duration length);

/// A track by its estimate: places by its covariance, all going on as it does.
Target target_of(const Estimate& estimate, Time from, Duration length);

}  // namespace varne
