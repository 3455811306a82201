#pragma once
/// The kinematics of a craft in flat metres: a Kalman filter with nearly constant velocity (Bar-Shalom, Li
/// and Kirubarajan 2001, ch. 6), which takes measurements in whatever order they come.

#include <Eigen/Core>

#include "varne/core/geo.h"
#include "varne/core/time.h"

namespace varne {

/// A radar's measurement of a place, in the plane of the tracker.
struct Detection {
  Vec at;              ///< [m]
  double sigma_m = 0;  ///< > 0, each axis
  Time time;
};

/// East, north [m], east, north [m/s] with their covariance.
struct GaussianState {
  Eigen::Vector4d mean = Eigen::Vector4d::Zero();
  Eigen::Matrix4d covariance = Eigen::Matrix4d::Zero();
  Time time;

  /// Moved on (never back) under white-noise acceleration [m/s², 1 σ an axis].
  [[nodiscard]] GaussianState predicted(Time to, double acceleration_mps2) const;
};

/// A state and a detection that may be its: what the one says of the other.
///
/// A detection that is later than the state meets the state moved on. One that is earlier meets what the
/// state says of then: a straight line back, its doubt grown by the noise in between. That is the update for
/// measurements out of sequence without the correlation of noise and state (Bar-Shalom 2002, algorithm B),
/// good while the detection is late by less than the craft takes to turn.
class Innovation {
 public:
  Innovation(const GaussianState& state, const Detection& detection, double acceleration_mps2);

  /// Squared distance in σ.
  [[nodiscard]] double distance2() const { return distance2_; }
  /// ln of the detection's density under the state [1/m²].
  [[nodiscard]] double log_density() const;
  /// The state with the detection taken in; its time is the later of the two.
  [[nodiscard]] GaussianState updated() const;

 private:
  GaussianState state_;  ///< at the detection's time, or later
  double back_s_ = 0;    ///< how much earlier the detection is, >= 0
  Eigen::Matrix2d s_;
  Eigen::Vector2d residual_;
  double distance2_ = 0;
};

}  // namespace varne
