#include "varne/search/detection.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>

namespace varne {
namespace {

constexpr double endless = std::numeric_limits<double>::infinity();

/// The x with erf(x) = y, 0 <= y < 1: Newton on the logarithm's fit of Winitzki (2008), to the last digits.
double inverse_erf(double y) {
  const double a = 0.147;
  const double l = std::log1p(-y * y);
  const double h = 2 / (std::numbers::pi * a) + l / 2;
  double x = std::sqrt(std::sqrt(h * h - l / a) - h);
  for (int i = 0; i < 4; ++i) {
    const double slope = 2 * std::numbers::inv_sqrtpi * std::exp(-x * x);
    if (slope > 0) x -= (std::erf(x) - y) / slope;
  }
  return x;
}

}  // namespace

double coverage(double sweep_width_m, double track_m, double area_m2) {
  assert(sweep_width_m >= 0 && track_m >= 0 && area_m2 > 0);
  return sweep_width_m * track_m / area_m2;
}

double pod(DetectionLaw law, double coverage) {
  assert(coverage >= 0);
  switch (law) {
    case DetectionLaw::random:
      return -std::expm1(-coverage);
    case DetectionLaw::inverse_cube:
      return std::erf(coverage / (2 * std::numbers::inv_sqrtpi));
    case DetectionLaw::definite_range:
      return std::min(coverage, 1.0);
  }
  return 0;
}

double coverage_for(DetectionLaw law, double pod) {
  assert(pod >= 0 && pod <= 1);
  if (pod == 0) return 0;
  switch (law) {
    case DetectionLaw::random:
      return -std::log1p(-pod);
    case DetectionLaw::inverse_cube:
      return pod < 1 ? 2 * std::numbers::inv_sqrtpi * inverse_erf(pod) : endless;
    case DetectionLaw::definite_range:
      return pod;
  }
  return 0;
}

double spacing_for(DetectionLaw law, double sweep_width_m, double pod) {
  const double c = coverage_for(law, pod);
  return c > 0 ? sweep_width_m / c : endless;
}

double cumulative_pod(std::span<const double> pods) {
  double missed = 1;
  for (const double p : pods) missed *= 1 - p;
  return 1 - missed;
}

LateralRange LateralRange::exponential(double b_m) {
  assert(b_m >= 0);
  return {Kind::exponential, b_m};
}

LateralRange LateralRange::inverse_cube(double k_m2) {
  assert(k_m2 >= 0);
  return {Kind::inverse_cube, k_m2};
}

LateralRange LateralRange::definite_range(double r_m) {
  assert(r_m >= 0);
  return {Kind::definite_range, r_m};
}

LateralRange LateralRange::of_width(DetectionLaw law, double sweep_width_m) {
  switch (law) {
    case DetectionLaw::inverse_cube:
      return inverse_cube(sweep_width_m * sweep_width_m / (4 * std::numbers::pi));
    case DetectionLaw::definite_range:
      return definite_range(sweep_width_m / 2);
    case DetectionLaw::random:
      break;
  }
  return exponential(sweep_width_m / 2);
}

Result<LateralRange> LateralRange::measured(std::vector<double> distance_m, std::vector<double> probability) {
  if (distance_m.size() != probability.size() || distance_m.size() < 2)
    return fail("lateral range", "needs as many probabilities as distances, two or more");
  if (distance_m.front() != 0) return fail("lateral range", "the first distance must be 0");
  for (std::size_t i = 0; i < distance_m.size(); ++i) {
    if (i > 0 && !(distance_m[i] > distance_m[i - 1]))
      return fail("lateral range",
                  fmt::format("the distance {} does not lie beyond the one before", distance_m[i]));
    if (!(probability[i] >= 0 && probability[i] <= 1))
      return fail("lateral range", fmt::format("{} is no probability from 0 to 1", probability[i]));
  }
  LateralRange out(Kind::measured, 0);
  out.points_ = std::move(distance_m);
  out.points_.insert(out.points_.end(), probability.begin(), probability.end());
  return out;
}

double LateralRange::at(double x_m) const {
  const double x = std::abs(x_m);
  switch (kind_) {
    case Kind::exponential:
      return scale_ > 0 ? std::exp(-x / scale_) : 0;
    case Kind::inverse_cube:
      return scale_ <= 0 ? 0 : x == 0 ? 1 : -std::expm1(-scale_ / (x * x));
    case Kind::definite_range:
      return x < scale_ ? 1 : 0;
    case Kind::measured:
      break;
  }
  const std::size_t n = points_.size() / 2;
  if (x > points_[n - 1]) return 0;
  std::size_t i = 1;
  while (points_[i] < x) ++i;
  const double part = (x - points_[i - 1]) / (points_[i] - points_[i - 1]);
  return points_[n + i - 1] + part * (points_[n + i] - points_[n + i - 1]);
}

double LateralRange::sweep_width_m() const {
  switch (kind_) {
    case Kind::exponential:
    case Kind::definite_range:
      return 2 * scale_;
    case Kind::inverse_cube:
      return 2 * std::sqrt(std::numbers::pi * scale_);
    case Kind::measured:
      break;
  }
  const std::size_t n = points_.size() / 2;
  double one_side = 0;
  for (std::size_t i = 1; i < n; ++i)
    one_side += (points_[i] - points_[i - 1]) * (points_[n + i] + points_[n + i - 1]) / 2;
  return 2 * one_side;
}

double LateralRange::faded_m(double less_than) const {
  assert(less_than > 0 && less_than < 1);
  switch (kind_) {
    case Kind::exponential:
      return -scale_ * std::log(less_than);
    case Kind::inverse_cube:
      return std::sqrt(scale_ / -std::log1p(-less_than));
    case Kind::definite_range:
      return scale_;
    case Kind::measured:
      break;
  }
  return points_[points_.size() / 2 - 1];
}

}  // namespace varne
