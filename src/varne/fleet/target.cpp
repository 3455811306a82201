#include "varne/fleet/target.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

#include "varne/fleet/near.h"

namespace varne {
namespace {

constexpr std::size_t particles = 64;
constexpr Duration step = std::chrono::minutes(20);

/// Evenly over a standard normal plane: rings of equal probability, turned by the golden angle.
std::vector<Vec> normal_points(std::size_t count) {
  std::vector<Vec> points;
  const double golden = std::numbers::pi * (3 - std::sqrt(5.0));
  for (std::size_t i = 0; i < count; ++i) {
    const double share = (static_cast<double>(i) + 0.5) / static_cast<double>(count);
    const double r = std::sqrt(-2 * std::log1p(-share));
    const double angle = golden * static_cast<double>(i);
    points.push_back({r * std::cos(angle), r * std::sin(angle)});
  }
  return points;
}

}  // namespace

Place Target::at(std::size_t particle, Time time) const {
  assert(particle < size() && !slices.empty());
  if (time <= from()) return slices.front().places[particle];
  if (time >= until()) return slices.back().places[particle];
  const auto after = std::upper_bound(slices.begin(), slices.end(), time,
                                      [](Time t, const TargetSlice& slice) { return t < slice.time; });
  const auto before = after - 1;
  const double share = seconds(time - before->time) / seconds(after->time - before->time);
  const Place a = before->places[particle];
  const Place b = after->places[particle];
  return {wrap180(a.lon + wrap180(b.lon - a.lon) * share), a.lat + (b.lat - a.lat) * share};
}

Place Target::mean(Time time) const {
  const LocalPlane plane(at(0, time));
  Vec sum;
  double weight = 0;
  for (std::size_t i = 0; i < size(); ++i) {
    sum = sum + plane.to(at(i, time)) * weights[i];
    weight += weights[i];
  }
  return plane.from(sum * (1 / weight));
}

Target target_about(const Sea& sea, Place place, double sigma_m, Time from, Duration length) {
  const auto points = sigma_m > 0 ? normal_points(particles) : std::vector<Vec>{{}};
  Target target{.slices = {{from, {}}}, .weights = std::vector<double>(points.size(), 1)};
  for (const Vec& point : points) target.slices[0].places.push_back(moved(place, point * sigma_m));
  for (Time now = from; now < from + length;) {
    const Time next = std::min(now + step, from + length);
    std::vector<Place> places = target.slices.back().places;
    for (Place& p : places) {
      // Where nobody knows what flows it stays. A tide halfway through a step is its mean over it.
      const auto current = sea.current(p, now + (next - now) / 2);
      if (current) p = carried(p, *current * seconds(next - now));
    }
    target.slices.push_back({next, std::move(places)});
    now = next;
  }
  return target;
}

Target target_of(const Estimate& estimate, Time from, Duration length) {
  const auto points = normal_points(particles);
  Target target{.slices = {{from, {}}, {from + length, {}}}, .weights = std::vector<double>(particles, 1)};
  // Cholesky factor of the covariance.
  const double l11 = std::sqrt(std::max(0.0, estimate.var_east_m2));
  const double l21 = l11 > 0 ? estimate.cov_m2 / l11 : 0;
  const double l22 = std::sqrt(std::max(0.0, estimate.var_north_m2 - l21 * l21));
  for (const Vec& point : points) {
    const Place here = moved(estimate.place, {l11 * point.east, l21 * point.east + l22 * point.north});
    target.slices[0].places.push_back(here);
    target.slices[1].places.push_back(moved(here, estimate.velocity * seconds(length)));
  }
  return target;
}

}  // namespace varne
