#include "varne/search/normal.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace varne {

double relative_effort(const NormalCloud& cloud, double swept_m2) {
  assert(cloud.sigma_x_m > 0 && cloud.sigma_y_m > 0 && swept_m2 >= 0);
  return std::sqrt(swept_m2 / (std::numbers::pi * cloud.sigma_x_m * cloud.sigma_y_m));
}

double best_density(const NormalCloud& cloud, double swept_m2, double x_m, double y_m) {
  const double x = x_m / cloud.sigma_x_m;
  const double y = y_m / cloud.sigma_y_m;
  return std::max(0.0, relative_effort(cloud, swept_m2) - (x * x + y * y) / 2);
}

double best_pos(double h) {
  assert(h >= 0);
  return -std::expm1(-h) - h * std::exp(-h);
}

double mean_effort_to_find_m2(const NormalCloud& cloud) {
  return 6 * std::numbers::pi * cloud.sigma_x_m * cloud.sigma_y_m;
}

EvenSearch best_disc(double h) {
  assert(h > 0);
  const double reach_squared = std::numbers::sqrt2 * h;
  const double inside = -std::expm1(-reach_squared / 2);
  const double c = h * h / reach_squared;  // T / (π R²), T being π H² σ²
  return {std::sqrt(reach_squared), c, inside * pod(DetectionLaw::random, c)};
}

EvenSearch best_square(double h, DetectionLaw law) {
  assert(h > 0);
  const auto at = [&](double reach) {
    const double inside = std::erf(reach / std::numbers::sqrt2);
    const double c = std::numbers::pi * h * h / (4 * reach * reach);
    return EvenSearch{reach, c, inside * inside * pod(law, c)};
  };
  // The maximum is flat: a half side to 1e-8 is a POS to the last digit.
  double low = 1e-3 * std::min(1.0, h);
  double high = 6 + 2 * std::sqrt(h);
  const double golden = (std::sqrt(5.0) - 1) / 2;
  while (high - low > 1e-9 * high) {
    const double a = high - golden * (high - low);
    const double b = low + golden * (high - low);
    (at(a).pos < at(b).pos ? low : high) = at(a).pos < at(b).pos ? a : b;
  }
  return at((low + high) / 2);
}

}  // namespace varne
