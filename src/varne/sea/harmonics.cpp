#include "varne/sea/harmonics.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace varne {
namespace {

constexpr double deg = std::numbers::pi / 180;
constexpr std::int64_t ms_per_day = 86'400'000;
constexpr std::int64_t j2000_ms = 946'728'000'000;  // 2000-01-01T12:00

double sq(double x) {
  return x * x;
}

/// Schureman's I, ν, ξ for the longitude N of the moon's ascending node (page 156 and table 6): obliquity of
/// the lunar orbit to the equator, right ascension and longitude in the orbit of their intersection.
struct LunarOrbit {
  double I, nu, xi;  // radians
};

LunarOrbit lunar_orbit(double node_deg) {
  const double n = std::remainder(node_deg, 360) * deg;
  const double near = std::atan(1.01883 * std::tan(n / 2));
  const double far = std::atan(0.64412 * std::tan(n / 2));
  return {std::acos(0.91370 - 0.03569 * std::cos(n)), near - far, n - near - far};
}

std::array<Astronomy::Correction, Astronomy::node_count> corrections(double node_deg, double perigee_deg) {
  const auto [I, nu, xi] = lunar_orbit(node_deg);
  const double half_cos2 = sq(std::cos(I / 2));
  const double sin2I = std::sin(2 * I);
  const double sinI2 = sq(std::sin(I));
  std::array<Astronomy::Correction, Astronomy::node_count> c;
  c[Astronomy::m2] = {sq(half_cos2) / 0.9154, (2 * xi - 2 * nu) / deg};                        // (78)
  c[Astronomy::o1] = {std::sin(I) * half_cos2 / 0.3800, (2 * xi - nu) / deg};                  // (75)
  c[Astronomy::j1] = {sin2I / 0.7214, -nu / deg};                                              // (76)
  c[Astronomy::oo1] = {std::sin(I) * sq(std::sin(I / 2)) / 0.0164, (-2 * xi - nu) / deg};      // (77)
  c[Astronomy::mm] = {(2.0 / 3 - sinI2) / 0.5021, 0};                                          // (73)
  c[Astronomy::mf] = {sinI2 / 0.1578, -2 * xi / deg};                                          // (74)
  c[Astronomy::k1] = {std::sqrt(0.8965 * sq(sin2I) + 0.6001 * sin2I * std::cos(nu) + 0.1006),  // (227), (224)
                      -std::atan2(sin2I * std::sin(nu), sin2I * std::cos(nu) + 0.3347) / deg};
  c[Astronomy::k2] = {
      std::sqrt(19.0444 * sq(sinI2) + 2.7702 * sinI2 * std::cos(2 * nu) + 0.0981),      // (235)
      -std::atan2(sinI2 * std::sin(2 * nu), sinI2 * std::cos(2 * nu) + 0.0727) / deg};  // (232)
  // L2 is two waves in one: the longitude P of the perigee from the intersection beats within it (215),
  // (214).
  const double P = perigee_deg * deg - xi;
  const double tan2 = sq(std::tan(I / 2));
  const double inverse_ra = std::sqrt(1 - 12 * tan2 * std::cos(2 * P) + 36 * sq(tan2));
  const double R = std::atan2(std::sin(2 * P), 1 / (6 * tan2) - std::cos(2 * P));
  c[Astronomy::l2] = {c[Astronomy::m2].f * inverse_ra, c[Astronomy::m2].u_deg - R / deg};
  return c;
}

// Names as in TICON-4. The hour angle counts from midnight, so Schureman's T is t + 180°.
//                    t   s   h   p  p1  phase   M2 O1 K1 K2 L2 J1 OO Mm Mf
constexpr std::array table = {
    Constituent{"M2", {2, -2, 2, 0, 0}, 0, {1}},
    Constituent{"S2", {2, 0, 0, 0, 0}, 0, {}},
    Constituent{"N2", {2, -3, 2, 1, 0}, 0, {1}},
    Constituent{"K2", {2, 0, 2, 0, 0}, 0, {0, 0, 0, 1}},
    Constituent{"2N2", {2, -4, 2, 2, 0}, 0, {1}},
    Constituent{"MU2", {2, -4, 4, 0, 0}, 0, {1}},
    Constituent{"NU2", {2, -3, 4, -1, 0}, 0, {1}},
    Constituent{"L2", {2, -1, 2, -1, 0}, 180, {0, 0, 0, 0, 1}},
    Constituent{"LAMBDA2", {2, -1, 0, 1, 0}, 180, {1}},
    Constituent{"T2", {2, 0, -1, 0, 1}, 0, {}},
    Constituent{"R2", {2, 0, 1, 0, -1}, 180, {}},
    Constituent{"EP2", {2, -5, 4, 1, 0}, 0, {1}},
    Constituent{"MA2", {2, -2, 1, 0, 0}, 0, {1}},
    Constituent{"MB2", {2, -2, 3, 0, 0}, 0, {1}},
    Constituent{"MKS2", {2, -2, 4, 0, 0}, 0, {1, 0, 0, 1}},
    Constituent{"2SM2", {2, 2, -2, 0, 0}, 0, {-1}},
    Constituent{"K1", {1, 0, 1, 0, 0}, 90, {0, 0, 1}},
    Constituent{"O1", {1, -2, 1, 0, 0}, 270, {0, 1}},
    Constituent{"P1", {1, 0, -1, 0, 0}, 270, {}},
    Constituent{"Q1", {1, -3, 1, 1, 0}, 270, {0, 1}},
    Constituent{"2Q1", {1, -4, 1, 2, 0}, 270, {0, 1}},
    Constituent{"SGM", {1, -4, 3, 0, 0}, 270, {0, 1}},
    Constituent{"RHO1", {1, -3, 3, -1, 0}, 270, {0, 1}},
    Constituent{"J1", {1, 1, 1, -1, 0}, 90, {0, 0, 0, 0, 0, 1}},
    Constituent{"OO1", {1, 2, 1, 0, 0}, 90, {0, 0, 0, 0, 0, 0, 1}},
    Constituent{"S1", {1, 0, 0, 0, 0}, 180, {}},
    Constituent{"M4", {4, -4, 4, 0, 0}, 0, {2}},
    Constituent{"MS4", {4, -2, 2, 0, 0}, 0, {1}},
    Constituent{"MN4", {4, -5, 4, 1, 0}, 0, {2}},
    Constituent{"N4", {4, -6, 4, 2, 0}, 0, {2}},
    Constituent{"S4", {4, 0, 0, 0, 0}, 0, {}},
    Constituent{"2MK5", {5, -4, 5, 0, 0}, 90, {2, 0, 1}},
    Constituent{"2MO5", {5, -6, 5, 0, 0}, 270, {2, 1}},
    Constituent{"M6", {6, -6, 6, 0, 0}, 0, {3}},
    Constituent{"2MS6", {6, -4, 4, 0, 0}, 0, {2}},
    Constituent{"M8", {8, -8, 8, 0, 0}, 0, {4}},
    Constituent{"SA", {0, 0, 1, 0, 0}, 0, {}},
    Constituent{"SSA", {0, 0, 2, 0, 0}, 0, {}},
    Constituent{"MM", {0, 1, 0, -1, 0}, 0, {0, 0, 0, 0, 0, 0, 0, 1}},
    Constituent{"MSF", {0, 2, -2, 0, 0}, 0, {-1}},
    Constituent{"MF", {0, 2, 0, 0, 0}, 0, {0, 0, 0, 0, 0, 0, 0, 0, 1}},
    Constituent{"MTM", {0, 3, 0, -1, 0}, 0, {0, 0, 0, 0, 0, 0, 0, 0, 1}},
};

}  // namespace

Astronomy::Astronomy(Time time) {
  const std::int64_t ms = millis(time);
  const double t = static_cast<double>(ms - j2000_ms) / (36525.0 * static_cast<double>(ms_per_day));
  const double day =
      static_cast<double>(((ms % ms_per_day) + ms_per_day) % ms_per_day) / static_cast<double>(ms_per_day);
  const double perigee = 83.3532465 + 4069.0137287 * t;
  angles_ = {360 * day, 218.3164477 + 481267.88123421 * t, 280.46646 + 36000.76983 * t, perigee,
             282.93735 + 1.71946 * t};
  corrections_ = corrections(125.0445479 - 1934.1362891 * t, perigee);
}

double Constituent::argument_deg(const Astronomy& sky) const {
  double v = phase_deg;
  for (std::size_t i = 0; i < multipliers.size(); ++i) v += multipliers[i] * sky.angles()[i];
  return v;
}

const Constituent* find_constituent(std::string_view name) {
  const auto* found =
      std::find_if(table.begin(), table.end(), [&](const Constituent& c) { return c.name == name; });
  return found == table.end() ? nullptr : found;
}

Phasor phasor(const Constituent& constituent, const Astronomy& sky) {
  double f = 1;
  double angle = constituent.argument_deg(sky);
  for (int node = 0; node < Astronomy::node_count; ++node) {
    const int power = constituent.nodes[static_cast<std::size_t>(node)];
    const auto& correction = sky.correction(static_cast<Astronomy::Node>(node));
    for (int i = std::abs(power); i > 0; --i) f *= correction.f;
    angle += power * correction.u_deg;
  }
  const double radians = std::remainder(angle, 360) * deg;
  return {f * std::cos(radians), f * std::sin(radians)};
}

double predicted(std::span<const Harmonic> harmonics, Time time) {
  const Astronomy sky(time);
  double sum = 0;
  for (const Harmonic& harmonic : harmonics) {
    const Phasor now = phasor(*harmonic.constituent, sky);
    const double lag = harmonic.lag_deg * deg;
    sum += harmonic.amplitude * (std::cos(lag) * now.cos + std::sin(lag) * now.sin);
  }
  return sum;
}

}  // namespace varne
