#include "varne/core/geo.h"

#include <fmt/format.h>

#include <GeographicLib/Geodesic.hpp>
#include <cmath>
#include <numbers>

namespace varne {
namespace {

constexpr double deg = std::numbers::pi / 180;

const GeographicLib::Geodesic& earth() {
  return GeographicLib::Geodesic::WGS84();
}

std::string spoken_axis(double value, int width, char positive, char negative) {
  // Rounded once, in tenths of a minute, so that 59.96' becomes the next degree and not 60.0'.
  const long tenths = std::lround(std::abs(value) * 600);
  return fmt::format("{:0{}}°{:04.1f}'{}", tenths / 600, width, static_cast<double>(tenths % 600) / 10,
                     value < 0 ? negative : positive);
}

}  // namespace

bool valid(Place place) {
  return std::isfinite(place.lon) && std::isfinite(place.lat) && std::abs(place.lon) <= 180 &&
         std::abs(place.lat) <= 90;
}

double direction_deg(Vec v) {
  if (v.east == 0 && v.north == 0) return 0;
  return wrap360(std::atan2(v.east, v.north) / deg);
}

Vec towards(double direction_deg, double length) {
  return {length * std::sin(direction_deg * deg), length * std::cos(direction_deg * deg)};
}

double wrapped_360(double degrees) {
  const double d = std::fmod(degrees, 360);
  const double positive = d < 0 ? d + 360 : d;
  return positive >= 360 ? 0 : positive;  // -1e-20 + 360 rounds to 360
}

double distance_m(Place a, Place b) {
  double metres = 0;
  earth().Inverse(a.lat, a.lon, b.lat, b.lon, metres);
  return metres;
}

double bearing_deg(Place a, Place b) {
  double out = 0;
  double in = 0;
  earth().Inverse(a.lat, a.lon, b.lat, b.lon, out, in);
  return wrap360(out);
}

Place destination(Place from, double bearing_deg, double metres) {
  Place to;
  earth().Direct(from.lat, from.lon, bearing_deg, metres, to.lat, to.lon);
  return to;
}

Place moved(Place from, Vec offset_m) {
  return destination(from, direction_deg(offset_m), length(offset_m));
}

std::string spoken(Place place) {
  return spoken_axis(place.lat, 2, 'N', 'S') + " " + spoken_axis(place.lon, 3, 'E', 'W');
}

LocalPlane::LocalPlane(Place origin) : origin_(origin) {
  const double a = GeographicLib::Constants::WGS84_a();
  const double f = GeographicLib::Constants::WGS84_f();
  const double e2 = f * (2 - f);
  const double s = std::sin(origin.lat * deg);
  const double w = 1 - e2 * s * s;
  m_per_deg_lon_ = a / std::sqrt(w) * std::cos(origin.lat * deg) * deg;
  m_per_deg_lat_ = a * (1 - e2) / (w * std::sqrt(w)) * deg;
}

}  // namespace varne
