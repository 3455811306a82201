#pragma once
/// The harmonic method of tides: a tide is a sum of constituents f A cos(V + u - g), with amplitude A and
/// Greenwich phase lag g of the place, equilibrium argument V of the moment at Greenwich, and the nodal
/// factor f and angle u, which follow the 18.6-year turn of the moon's orbit.
///
/// Schureman, P. (1940), Manual of Harmonic Analysis and Prediction of Tides, US Coast and Geodetic Survey
/// Special Publication 98: arguments from his table 2, f and u from his formulas 73-78, 215, 227 and 235.
/// Mean longitudes from Meeus (1998), Astronomical Algorithms, chapters 25 and 47, in UTC: leaving out the
/// minute between UTC and dynamical time moves no constituent by more than 0.05°.

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "varne/core/time.h"

namespace varne {

/// Sun and moon at one moment, and what the moon's node does to the tides. Made once a moment, used for every
/// constituent.
class Astronomy {
 public:
  explicit Astronomy(Time time);

  /// Fundamental angles [degrees]: hour of the day at Greenwich from midnight, mean longitude of the moon and
  /// of the sun, of the lunar and of the solar perigee.
  [[nodiscard]] const std::array<double, 5>& angles() const { return angles_; }

  /// The lunar constituents whose f and u have formulas of their own; all others are made from these.
  enum Node { m2, o1, k1, k2, l2, j1, oo1, mm, mf, node_count };
  struct Correction {
    double f = 1;
    double u_deg = 0;
  };
  [[nodiscard]] const Correction& correction(Node node) const { return corrections_[node]; }

 private:
  std::array<double, 5> angles_{};
  std::array<Correction, node_count> corrections_;
};

/// One line of Schureman's table 2.
struct Constituent {
  std::string_view name;           ///< "M2", "LAMBDA2", "2MS6"
  std::array<int, 5> multipliers;  ///< of `Astronomy::angles`
  double phase_deg;                ///< added to V
  /// f = Π f_node^|power|, u = Σ power u_node.
  std::array<int, Astronomy::node_count> nodes;

  /// V, degrees, not brought into one turn.
  [[nodiscard]] double argument_deg(const Astronomy& sky) const;
};

/// By the names of TICON-4; null for one that is not in the table.
const Constituent* find_constituent(std::string_view name);

/// f cos(V + u) and f sin(V + u): a tide of amplitude A and lag g stands at A (cos g · cos + sin g · sin).
struct Phasor {
  double cos = 0;
  double sin = 0;
};
Phasor phasor(const Constituent& constituent, const Astronomy& sky);

/// A harmonic constant of a place.
struct Harmonic {
  const Constituent* constituent = nullptr;  ///< not null
  double amplitude = 0;                      ///< any unit, >= 0
  double lag_deg = 0;                        ///< Greenwich phase lag
};

/// Sum of the harmonics at this moment, in the unit of the amplitudes, about the mean level.
double predicted(std::span<const Harmonic> harmonics, Time time);

}  // namespace varne
