#pragma once
/// What is to be reached: a boat that moves and is not exactly where anybody says. Weighted particles, each
/// with its own way through time, whatever they came from: a drift forecast, a track, a reported place.

#include <cstdint>
#include <memory>
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

/// Places of particles carried by the current, each worked out as far as somebody asks: a unit is with a boat
/// long before the last slice, and looks at few of its particles. One thread at a time.
class CarriedPlaces {
 public:
  /// @param times  of the slices, one or more, in order
  /// @param first  where the particles are in the first
  CarriedPlaces(Sea sea, std::vector<Time> times, const std::vector<Place>& first);
  Place at(std::size_t particle, std::size_t slice);

 private:
  Sea sea_;
  std::vector<Time> times_;
  std::vector<std::vector<Place>> ways_;  // by particle, slice by slice
};

struct Target {
  std::vector<TargetSlice> slices;  ///< one or more, in order of time
  std::vector<double> weights;      ///< one a particle, > 0; they need not add up to 1
  double unknown = 0;               ///< share of the whole, 0 to 1, of which nobody knows where it is
  /// Where it is set the slices have times alone, and the places stand here. Shared by copies.
  std::shared_ptr<CarriedPlaces> carried = {};

  [[nodiscard]] std::size_t size() const { return weights.size(); }
  [[nodiscard]] Time from() const { return slices.front().time; }
  /// After this nothing is known of it.
  [[nodiscard]] Time until() const { return slices.back().time; }
  /// Straight between slices; before the first and after the last as there.
  [[nodiscard]] Place at(std::size_t particle, Time time) const;
  /// Weighted mean of the places then.
  [[nodiscard]] Place mean(Time time) const;

 private:
  [[nodiscard]] Place in(std::size_t slice, std::size_t particle) const {
    return carried ? carried->at(particle, slice) : slices[slice].places[particle];
  }
};

/// A place that was reported, with a circular normal error [m, 1 σ on each axis, >= 0], carried on by the
/// current where it is known: 64 particles (one where the error is 0), a slice every twenty minutes.
Target target_about(const Sea& sea, Place place, double sigma_m, Time from, Duration length);
/// The same places to the last bit, worked out when they are asked for.
Target target_on_demand(const Sea& sea, Place place, double sigma_m, Time from, Duration length);

/// A track by its estimate: places by its covariance, all going on as it does.
Target target_of(const Estimate& estimate, Time from, Duration length);

}  // namespace varne
