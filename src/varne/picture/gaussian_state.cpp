#include "varne/picture/gaussian_state.h"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <numbers>

namespace varne {
namespace {

/// Noise that white acceleration adds in dt seconds. Continuous: the spread of the velocity after a second is
/// the given σ.
Eigen::Matrix4d noise(double dt, double acceleration_mps2) {
  const double q = acceleration_mps2 * acceleration_mps2;
  Eigen::Matrix4d out = Eigen::Matrix4d::Zero();
  for (int axis = 0; axis < 2; ++axis) {
    out(axis, axis) = q * dt * dt * dt / 3;
    out(axis, axis + 2) = out(axis + 2, axis) = q * dt * dt / 2;
    out(axis + 2, axis + 2) = q * dt;
  }
  return out;
}

Eigen::Matrix<double, 2, 4> place_back(double back_s) {
  Eigen::Matrix<double, 2, 4> h = Eigen::Matrix<double, 2, 4>::Identity();
  h(0, 2) = h(1, 3) = -back_s;
  return h;
}

}  // namespace

GaussianState GaussianState::predicted(Time to, double acceleration_mps2) const {
  const double dt = std::max(0.0, seconds(to - time));
  if (dt == 0) return *this;
  // F m and F P Fᵀ, where F adds dt times the velocity to the place and is nothing else.
  GaussianState out{mean, covariance, to};
  out.mean.head<2>() += dt * mean.tail<2>();
  out.covariance.topRows<2>() += dt * covariance.bottomRows<2>();
  out.covariance.leftCols<2>() += dt * out.covariance.rightCols<2>();
  out.covariance += noise(dt, acceleration_mps2);
  return out;
}

Innovation::Innovation(const GaussianState& state, const Detection& detection, double acceleration_mps2)
    : state_(state.predicted(detection.time, acceleration_mps2)),
      back_s_(seconds(state_.time - detection.time)) {
  residual_ = Eigen::Vector2d(detection.at.east, detection.at.north);
  if (back_s_ == 0) {  // as mostly: the state is of that moment
    s_ = state_.covariance.topLeftCorner<2, 2>();
    residual_ -= state_.mean.head<2>();
  } else {
    const Eigen::Matrix<double, 2, 4> h = place_back(back_s_);
    s_ = h * state_.covariance * h.transpose() + noise(back_s_, acceleration_mps2).topLeftCorner<2, 2>();
    residual_ -= h * state_.mean;
  }
  s_ += Eigen::Matrix2d::Identity() * (detection.sigma_m * detection.sigma_m);
  distance2_ = residual_.dot(s_.inverse() * residual_);
}

double Innovation::log_density() const {
  return -0.5 * (distance2_ + std::log(s_.determinant())) - std::log(2 * std::numbers::pi);
}

GaussianState Innovation::updated() const {
  // What the state and the detection have in common.
  Eigen::Matrix<double, 4, 2> common = state_.covariance.leftCols<2>();
  if (back_s_ != 0) common = state_.covariance * place_back(back_s_).transpose();
  const Eigen::Matrix<double, 4, 2> gain = common * s_.inverse();
  GaussianState out{state_.mean + gain * residual_, state_.covariance - gain * s_ * gain.transpose(),
                    state_.time};
  out.covariance = 0.5 * (out.covariance + out.covariance.transpose()).eval();
  return out;
}

}  // namespace varne
