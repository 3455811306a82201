/// The middle of an ensemble and how far its particles are from it, for millions of them.

#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "varne/drift/summary.h"

namespace varne {
namespace {

constexpr double radian = std::numbers::pi / 180;
constexpr double equator_m = 6378137;
constexpr double flattening = 1 / 298.257223563;
constexpr double e2 = flattening * (2 - flattening);
constexpr std::size_t chunk = 4096;
// Beyond this a chord says too little of the way over the ellipsoid.
constexpr double longest_chord_m = 400e3;

struct SineCosine {
  double sine;
  double cosine;
};

/// By their series, off by less than 1e-13 up to a right angle; several times faster than the library's.
SineCosine sine_cosine(double x) {
  if (!(std::abs(x) <= std::numbers::pi / 2)) return {std::sin(x), std::cos(x)};
  constexpr std::array sine{2.8114572543455206e-15, -7.647163731819816e-13,  1.6059043836821613e-10,
                            -2.505210838544172e-08, 2.7557319223985893e-06,  -1.984126984126984e-04,
                            8.333333333333333e-03,  -1.6666666666666666e-01, 1.0};
  constexpr std::array cosine{4.779477332387385e-14,
                              -1.1470745597729725e-11,
                              2.08767569878681e-09,
                              -2.755731922398589e-07,
                              2.48015873015873e-05,
                              -1.388888888888889e-03,
                              4.1666666666666664e-02,
                              -0.5,
                              1.0};
  const double z = x * x;
  double s = 0;
  for (const double c : sine) s = s * z + c;
  double c = 0;
  for (const double k : cosine) c = c * z + k;
  return {s * x, c};
}

struct Point {
  double x = 0;
  double y = 0;
  double z = 0;
};

/// The unit normal of the ellipsoid at a place, longitude from a meridian.
Point normal_at(Place place, double meridian) {
  const SineCosine lat = sine_cosine(place.lat * radian);
  const SineCosine lon = sine_cosine((place.lon - meridian) * radian);
  return {lat.cosine * lon.cosine, lat.cosine * lon.sine, lat.sine};
}

/// The place's own point in space [m].
Point point_at(const Point& normal) {
  const double radius = equator_m / std::sqrt(1 - e2 * normal.z * normal.z);
  return {radius * normal.x, radius * normal.y, radius * (1 - e2) * normal.z};
}

/// All chunks of places, on all cores where there are many.
template <class Each>
void each_chunk(std::size_t n, Each&& each) {
  const std::size_t chunks = (n + chunk - 1) / chunk;
  tbb::parallel_for(std::size_t{0}, chunks,
                    [&](std::size_t c) { each(c, c * chunk, std::min(n, (c + 1) * chunk)); });
}

/// The middle of some places: the direction of the sum of their normals, added up chunk by chunk, so that it
/// is the same on any number of threads.
Place mean_of(const std::vector<Place>& places) {
  const double meridian = places.front().lon;
  std::vector<Point> sums((places.size() + chunk - 1) / chunk);
  each_chunk(places.size(), [&](std::size_t c, std::size_t from, std::size_t to) {
    Point sum;
    for (std::size_t i = from; i < to; ++i) {
      const Point n = normal_at(places[i], meridian);
      sum = {sum.x + n.x, sum.y + n.y, sum.z + n.z};
    }
    sums[c] = sum;
  });
  Point all;
  for (const Point& sum : sums) all = {all.x + sum.x, all.y + sum.y, all.z + sum.z};
  return {wrap180(meridian + std::atan2(all.y, all.x) / radian),
          std::atan2(all.z, std::hypot(all.x, all.y)) / radian};
}

/// Distances over the ellipsoid from the chords through it: within 400 km true to 1e-6, farther geodesics.
std::vector<double> distances_from(Place middle, const std::vector<Place>& places) {
  const Point normal = normal_at(middle, middle.lon);
  const Point centre = point_at(normal);
  const double w = 1 - e2 * normal.z * normal.z;
  const double radii = equator_m * equator_m * (1 - e2) / (w * w);  // product of the two main radii
  std::vector<double> out(places.size());
  each_chunk(places.size(), [&](std::size_t, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      const Point p = point_at(normal_at(places[i], middle.lon));
      const double square = (p.x - centre.x) * (p.x - centre.x) + (p.y - centre.y) * (p.y - centre.y) +
                            (p.z - centre.z) * (p.z - centre.z);
      out[i] = square < longest_chord_m * longest_chord_m ? std::sqrt(square) * (1 + square / (24 * radii))
                                                          : distance_m(middle, places[i]);
    }
  });
  return out;
}

}  // namespace

DriftSummary summary(const DriftSnapshot& snapshot) {
  DriftSummary out;
  out.time = snapshot.time;
  std::array<std::uint32_t, 3> count{};
  for (const auto state : snapshot.states) ++count[static_cast<std::size_t>(state)];
  out.adrift = count[static_cast<std::size_t>(ParticleState::adrift)];
  out.ashore = count[static_cast<std::size_t>(ParticleState::ashore)];
  out.left = count[static_cast<std::size_t>(ParticleState::left)];
  // Where most have left, the few that stayed say nothing of where it is.
  if (out.left > snapshot.places.size() / 2) return out;
  std::vector<Place> some;
  const std::vector<Place>* known = &snapshot.places;
  if (out.left > 0) {
    for (std::size_t i = 0; i < snapshot.places.size(); ++i) {
      if (snapshot.states[i] != ParticleState::left) some.push_back(snapshot.places[i]);
    }
    known = &some;
  }
  if (known->empty()) return out;
  out.mean = mean_of(*known);
  auto distances = distances_from(*out.mean, *known);
  // The least distance that holds at least this share of them.
  const auto rank = [&](double share) {
    return distances.begin() +
           static_cast<std::ptrdiff_t>(std::ceil(share * static_cast<double>(distances.size()))) - 1;
  };
  std::nth_element(distances.begin(), rank(0.9), distances.end());
  out.most_within_m = *rank(0.9);
  std::nth_element(distances.begin(), rank(0.5), rank(0.9) + 1);
  out.half_within_m = *rank(0.5);
  return out;
}

}  // namespace varne
