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

/// Where nobody knows what flows it stays. A tide halfway through a step is its mean over it.
Place carried_on(const Sea& sea, Place place, Time now, Time next) {
  const auto current = sea.current(place, now + (next - now) / 2);
  return current ? carried(place, *current * seconds(next - now)) : place;
}

std::vector<Place> places_about(Place place, double sigma_m) {
  const auto points = sigma_m > 0 ? normal_points(particles) : std::vector<Vec>{{}};
  std::vector<Place> places;
  for (const Vec& point : points) places.push_back(moved(place, point * sigma_m));
  return places;
}

std::vector<Time> times_of_slices(Time from, Duration length) {
  std::vector<Time> times{from};
  while (times.back() < from + length) times.push_back(std::min(times.back() + step, from + length));
  return times;
}

}  // namespace

CarriedPlaces::CarriedPlaces(Sea sea, std::vector<Time> times, const std::vector<Place>& first)
    : sea_(std::move(sea)), times_(std::move(times)) {
  for (const Place place : first) ways_.push_back({place});
}

Place CarriedPlaces::at(std::size_t particle, std::size_t slice) {
  std::vector<Place>& way = ways_[particle];
  for (std::size_t k = way.size(); k <= slice; ++k)
    way.push_back(carried_on(sea_, way.back(), times_[k - 1], times_[k]));
  return way[slice];
}

Place Target::at(std::size_t particle, Time time) const {
  assert(particle < size() && !slices.empty());
  if (time <= from()) return in(0, particle);
  if (time >= until()) return in(slices.size() - 1, particle);
  const auto after = std::upper_bound(slices.begin(), slices.end(), time,
                                      [](Time t, const TargetSlice& slice) { return t < slice.time; });
  const auto before = after - 1;
  const double share = seconds(time - before->time) / seconds(after->time - before->time);
  const auto k = static_cast<std::size_t>(before - slices.begin());
  const Place a = in(k, particle);
  const Place b = in(k + 1, particle);
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
  Target target;
  target.slices = {{from, places_about(place, sigma_m)}};
  target.weights.assign(target.slices[0].places.size(), 1);
  const auto times = times_of_slices(from, length);
  for (std::size_t k = 1; k < times.size(); ++k) {
    std::vector<Place> places = target.slices.back().places;
    for (Place& p : places) p = carried_on(sea, p, times[k - 1], times[k]);
    target.slices.push_back({times[k], std::move(places)});
  }
  return target;
}

Target target_on_demand(const Sea& sea, Place place, double sigma_m, Time from, Duration length) {
  const auto places = places_about(place, sigma_m);
  auto times = times_of_slices(from, length);
  Target target;
  target.weights.assign(places.size(), 1);
  for (const Time time : times) target.slices.push_back({time, {}});
  target.carried = std::make_shared<CarriedPlaces>(sea, std::move(times), places);
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
