#include "varne/fleet/near.h"

#include <cmath>
#include <numbers>

namespace varne {
namespace {

constexpr double radian = std::numbers::pi / 180;
constexpr double equator_m = 6'378'137;
constexpr double e2 = 0.00669437999014;  // first eccentricity, squared
constexpr double near_deg = 4;

/// Radii of curvature: along the meridian, and across it.
struct Radii {
  explicit Radii(double sine) {
    const double w2 = 1 - e2 * sine * sine;
    across = equator_m / std::sqrt(w2);
    along = across * (1 - e2) / w2;
  }
  double along;
  double across;
};

}  // namespace

Vec offset_m(Place from, Place to) {
  const double east = wrap180(to.lon - from.lon);
  const double north = to.lat - from.lat;
  if (std::abs(east) > near_deg || std::abs(north) > near_deg)
    return towards(bearing_deg(from, to), distance_m(from, to));
  const double middle = (from.lat + to.lat) / 2 * radian;
  const double sine = std::sin(middle);
  const double cosine = std::cos(middle);
  const Radii radii(sine);
  return {east * radian * radii.across * cosine, north * radian * radii.along};
}

double way_m(Place from, Place to) {
  return length(offset_m(from, to));
}

Place carried(Place from, Vec offset) {
  const double sine = std::sin(from.lat * radian);
  const double cosine = std::cos(from.lat * radian);
  const Radii here(sine);
  // The meridians converge: halfway the way has turned by half of that.
  const double turned = offset.east * sine / cosine / (2 * here.across);
  const double east = offset.east + offset.north * turned;
  const double north = offset.north - offset.east * turned;
  const double half = north / (2 * here.along);
  const double sine_halfway = sine + cosine * half;
  const double cosine_halfway = cosine - sine * half;
  const Radii halfway(sine_halfway);
  return {wrap180(from.lon + east / (halfway.across * cosine_halfway) / radian),
          from.lat + north / halfway.along / radian};
}

}  // namespace varne
