#pragma once
/// Places on the WGS-84 ellipsoid and the geodesics between them (Karney 2013, through GeographicLib; errors
/// of nanometres). For hot loops over a strait there is `LocalPlane`.

#include <cmath>
#include <string>

namespace varne {

/// A point of the sea surface. Cheap to copy.
struct Place {
  double lon = 0;  ///< degrees east, -180 to 180
  double lat = 0;  ///< degrees north, -90 to 90

  friend bool operator==(const Place&, const Place&) = default;
};

/// Finite and within range; anything read from outside is asked this once.
bool valid(Place place);

/// A vector on the sea surface: a velocity [m/s] or an offset [m]. Points where the thing moves *towards*.
struct Vec {
  double east = 0;
  double north = 0;

  friend Vec operator+(Vec a, Vec b) { return {a.east + b.east, a.north + b.north}; }
  friend Vec operator-(Vec a, Vec b) { return {a.east - b.east, a.north - b.north}; }
  friend Vec operator*(Vec a, double k) { return {a.east * k, a.north * k}; }
  friend bool operator==(const Vec&, const Vec&) = default;
};

/// Of metres, which never overflow; and a square root is the same on every machine, as hypot need not be.
inline double length(Vec v) {
  return std::sqrt(v.east * v.east + v.north * v.north);
}

/// Where the vector points to, degrees true, 0 <= d < 360; 0 for the null vector.
double direction_deg(Vec v);

/// The vector of this length towards this direction [degrees true].
Vec towards(double direction_deg, double length);

/// Any angle brought into 0 <= d < 360, from wherever it is.
double wrapped_360(double degrees);
/// The same: mostly it is there already.
inline double wrap360(double degrees) {
  return degrees >= 0 && degrees < 360 ? degrees : wrapped_360(degrees);
}
/// Any longitude brought into -180 <= d < 180.
inline double wrap180(double degrees) {
  return wrap360(degrees + 180) - 180;
}

/// Shortest distance over the ellipsoid [m].
double distance_m(Place a, Place b);

/// Initial bearing of the shortest way from a to b, degrees true, 0 <= d < 360.
double bearing_deg(Place a, Place b);

/// Where one arrives after `metres` (negative: astern) along the geodesic that leaves `from` towards
/// `bearing_deg`.
Place destination(Place from, double bearing_deg, double metres);

/// The same for an offset: the geodesic towards the vector's direction for its length [m].
Place moved(Place from, Vec offset_m);

/// "51°02.3'N 001°23.4'E", as said on the radio.
std::string spoken(Place place);

/// East and north metres about an origin, by the ellipsoid's two radii of curvature there.
///
/// Error bounds, tested between 50°N and 52°N (they grow with the tangent of the latitude), as parts of the
/// distance from the origin: within 60 km a distance is true to 0.25 % and a position to 0.75 %, within 10 km
/// to 0.05 % and 0.125 %.
class LocalPlane {
 public:
  explicit LocalPlane(Place origin);

  [[nodiscard]] Vec to(Place place) const {
    return {wrap180(place.lon - origin_.lon) * m_per_deg_lon_, (place.lat - origin_.lat) * m_per_deg_lat_};
  }
  [[nodiscard]] Place from(Vec offset_m) const {
    return {wrap180(origin_.lon + offset_m.east / m_per_deg_lon_),
            origin_.lat + offset_m.north / m_per_deg_lat_};
  }
  [[nodiscard]] Place origin() const { return origin_; }

 private:
  Place origin_;
  double m_per_deg_lon_;
  double m_per_deg_lat_;
};

}  // namespace varne
