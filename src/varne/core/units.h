#pragma once
/// Everything inside is SI and degrees. These are the only doors to what sailors say.

namespace varne {

inline constexpr double metres_per_nautical_mile = 1852.0;   // exact, BIPM
inline constexpr double metres_per_statute_mile = 1609.344;  // exact, international mile of 1959
inline constexpr double mps_per_knot = metres_per_nautical_mile / 3600.0;

constexpr double mps_from_knots(double kn) {
  return kn * mps_per_knot;
}
constexpr double knots_from_mps(double mps) {
  return mps / mps_per_knot;
}
constexpr double metres_from_nm(double nm) {
  return nm * metres_per_nautical_mile;
}
constexpr double nm_from_metres(double m) {
  return m / metres_per_nautical_mile;
}
constexpr double metres_from_statute_miles(double miles) {
  return miles * metres_per_statute_mile;
}

/// A wind is said by where it comes *from* and kept as where it blows *towards*.
constexpr double reversed_deg(double degrees) {
  return degrees >= 180 ? degrees - 180 : degrees + 180;
}

}  // namespace varne
