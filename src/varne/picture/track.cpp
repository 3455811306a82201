#include "varne/picture/track.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "varne/picture/gaussian_state.h"

namespace varne {

const char* name_of(TrackState state) {
  switch (state) {
    case TrackState::tentative:
      return "tentative";
    case TrackState::confirmed:
      return "confirmed";
    case TrackState::coasting:
      return "coasting";
    case TrackState::dropped:
      return "dropped";
  }
  return "";
}

const char* name_of(TrackChange change) {
  switch (change) {
    case TrackChange::started:
      return "started";
    case TrackChange::confirmed:
      return "confirmed";
    case TrackChange::updated:
      return "updated";
    case TrackChange::identified:
      return "identified";
    case TrackChange::coasting:
      return "coasting";
    case TrackChange::dropped:
      return "dropped";
  }
  return "";
}

Ellipse Estimate::ellipse(double k) const {
  Eigen::Matrix2d covariance;
  covariance << var_east_m2, cov_m2, cov_m2, var_north_m2;
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix2d> axes(covariance);
  const Eigen::Vector2d along = axes.eigenvectors().col(1);
  const double direction = direction_deg({along[0], along[1]});
  return {k * std::sqrt(std::max(0.0, axes.eigenvalues()[1])),
          k * std::sqrt(std::max(0.0, axes.eigenvalues()[0])),
          direction >= 180 ? direction - 180 : direction};
}

Estimate Track::at(Time now) const {
  const double dt = std::max(0.0, seconds(now - updated));
  const double speed = length(velocity);
  Estimate out{dt > 0 && speed > 0 ? moved(place, velocity * dt) : place, velocity, covariance[0],
               covariance[5], covariance[1]};
  if (dt == 0) return out;
  if (mmsi) {
    // How far a ship may be from straight on: a tenth of the way she made.
    const double sigma = std::sqrt(covariance[0]) + 0.1 * speed * dt;
    out.var_east_m2 = out.var_north_m2 = sigma * sigma;
    return out;
  }
  GaussianState then;
  then.covariance = Eigen::Map<const Eigen::Matrix4d>(covariance.data());
  then.time = updated;
  const GaussianState moved_on = then.predicted(now, acceleration_mps2);
  out.var_east_m2 = moved_on.covariance(0, 0);
  out.var_north_m2 = moved_on.covariance(1, 1);
  out.cov_m2 = moved_on.covariance(0, 1);
  return out;
}

}  // namespace varne
