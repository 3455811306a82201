#pragma once
/// How one object drifts: its leeway class, its own draws, and its way over a step (Allen and Plourde 1999;
/// Allen 2005; Breivik and Allen 2008).
///
/// With wind speed W [m/s], slope a [%], offset b [cm/s] and one normal draw e [cm/s] an axis and particle,
/// the leeway along an axis is 0.01 ((a + e/20) W + b + e/2) m/s; downwind draws with a + e/20 < 0 are drawn
/// again.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/sea/sea.h"

namespace varne {

/// One axis of a leeway class.
struct LeewayAxis {
  double slope_pct = 0;  ///< of the wind speed at 10 m
  double offset_cm_s = 0;
  double std_cm_s = 0;
};

/// How one kind of object drifts (data/leeway.toml, 85 classes).
///
/// The sign across the wind is that of A. A. Allen and J. V. Plourde, "Review of Leeway: Field Experiments
/// and Implementation", US Coast Guard report CG-D-08-99 (1999): the leeway angle is measured clockwise from
/// the direction that the wind blows towards, so the crosswind component is positive to the right of downwind
/// and negative to the left; Allen (CG-D-05-05, 2005) keeps it. OpenDrift moves positive crosswind to the
/// left: `DriftOptions::opendrift`, for comparing with it only.
struct LeewayClass {
  std::string key;  ///< "PIW-1"
  std::string description;
  LeewayAxis downwind;
  LeewayAxis crosswind_positive;  ///< to the right of downwind
  LeewayAxis crosswind_negative;  ///< to the left
};

/// Reads data/leeway.toml. Refuses, with file, line and field: unknown fields, numbers out of range, a key
/// twice.
Result<std::vector<LeewayClass>> load_leeway(const std::string& path);

/// The class of this key, in any case, or of this number in the list, from 1. Refuses what is neither, with
/// the nearest keys.
Result<LeewayClass> find_class(const std::vector<LeewayClass>& classes, std::string_view wanted);

/// Leeway across the wind on one side, the object's own draw included.
struct CrosswindSide {
  double slope = 0;   ///< of the wind speed, dimensionless
  double offset = 0;  ///< [m/s]
};

/// One object of a class: its own draws, and to which side it goes.
struct LeewayObject {
  double down_slope = 0;   ///< of the wind speed, dimensionless
  double down_offset = 0;  ///< [m/s]
  CrosswindSide side;      ///< the one it lies on
  CrosswindSide other;     ///< what a jibe changes to
  /// Which way is downwind where there is no wind, a unit vector: the offsets act in a calm too.
  Vec in_calm{0, 1};
};

/// What a jibe does.
enum class Jibe {
  changes_side,  ///< the other side's coefficients; who goes far across the wind does so on both sides
  turns_slope,   ///< the sign of the class's slope and nothing else, as OpenDrift has it
};

/// @param down, cross  the normal draws of the two axes, in standard deviations
/// @param positive     which of the crosswind sides
LeewayObject leeway_object(const LeewayClass& leeway, double down, double cross, bool positive,
                           Jibe jibe = Jibe::changes_side);

/// Its velocity through the water under a wind [m/s, towards].
Vec leeway_of(const LeewayObject& object, Vec wind, bool mirror_crosswind);

/// One Euler step: by the leeway, then from there by the current, each along a geodesic. `dt` may be
/// negative.
Place drifted(Place place, Vec leeway, Vec current, double dt_s);

/// Metres in a degree of longitude (east) and of latitude (north) on WGS-84.
Vec metres_per_degree(double lat_deg);

/// How a step is made of velocities.
enum class DriftScheme : std::uint8_t {
  euler,  ///< those at its beginning, along geodesics (`drifted`)
  rk2,    ///< those half a step on (midpoint)
  rk4,    ///< the classical four of Runge and Kutta
};

/// Velocity over the ground at a place and time; `leeway` is the part of it through the water.
struct Motion {
  Vec leeway;
  Vec current;
};

/// One step of `dt` (may be negative) from a place. RK2 and RK4 work on longitude and latitude themselves,
/// with the ellipsoid's radii at each place asked. Nothing where some velocity on the way is not known.
std::optional<Place> advanced(Place place, Time from, double dt_s, DriftScheme scheme,
                              const std::function<std::optional<Motion>(Place, Time)>& motion);

}  // namespace varne
