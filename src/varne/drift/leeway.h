#pragma once
/// Where a lost boat or person may be: an ensemble of particles under current and leeway (Allen and Plourde
/// 1999; Allen 2005; Breivik and Allen 2008). This is the simple version, plainly right, and stays as the
/// oracle of faster ones: explicit Euler, one geodesic for the leeway and one for the current of each step.
///
/// With wind speed W [m/s], slope a [%], offset b [cm/s] and one normal draw e [cm/s] an axis and particle,
/// the leeway along an axis is 0.01 ((a + e/20) W + b + e/2) m/s; downwind draws with a + e/20 < 0 are drawn
/// again.

#include <cstdint>
#include <functional>
#include <string>
#include <tuple>
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
struct LeewayClass {
  std::string key;  ///< "PIW-1"
  std::string description;
  LeewayAxis downwind;
  LeewayAxis crosswind_positive;  ///< to the right of downwind (Allen); see `mirror_crosswind`
  LeewayAxis crosswind_negative;
};

/// Reads data/leeway.toml. Refuses, with file, line and field: unknown fields, numbers out of range, a key
/// twice.
Result<std::vector<LeewayClass>> load_leeway(const std::string& path);

/// One object of a class: its own draws, and to which side it goes.
struct LeewayObject {
  double down_slope = 0;        ///< of the wind speed, dimensionless
  double down_offset = 0;       ///< [m/s]
  double cross_slope = 0;       ///< of the class: a jibe changes its sign, and nothing else
  double cross_slope_draw = 0;  ///< what the object's own draw adds to it
  double cross_offset = 0;
};

/// @param down, cross  the normal draws of the two axes, in standard deviations
/// @param positive     which of the crosswind sides
LeewayObject leeway_object(const LeewayClass& leeway, double down, double cross, bool positive);

/// Its velocity through the water under a wind [m/s, towards].
Vec leeway_of(const LeewayObject& object, Vec wind, bool mirror_crosswind);

/// One Euler step: by the leeway, then from there by the current, each along a geodesic. `dt` may be
/// negative.
Place drifted(Place place, Vec leeway, Vec current, double dt_s);

/// Where and when the object was last known.
struct Release {
  Place place;
  double sigma_m = 0;  ///< standard deviation on each axis about the place, >= 0
  Time from;           ///< first and
  Time to;  ///< last moment of release, spread evenly over the particles (from <= to). A run forward goes
            ///< from `from` to `to` + length, one backward from `to` to `from` + length
  auto members() { return std::tie(place, sigma_m, from, to); }
};

struct DriftOptions {
  std::uint32_t particles = 1000;
  std::uint64_t seed = 0;
  Duration length = std::chrono::hours(24);        ///< negative: backward in time
  Duration step = std::chrono::minutes(10);        ///< > 0
  Duration keep_every = std::chrono::minutes(60);  ///< snapshots kept, the start and the end always
  double jibe_per_hour = 0.04;                     ///< probability an hour, 0–1
  double current_noise_mps = 0;                    ///< 1 σ on each axis, drawn every step
  double wind_noise_mps = 0;
  bool stop_on_land = true;       ///< a particle that comes ashore stays there
  bool mirror_crosswind = false;  ///< positive crosswind to the left, as OpenDrift has it
  auto members() {
    return std::tie(particles, seed, length, step, keep_every, jibe_per_hour, current_noise_mps,
                    wind_noise_mps, stop_on_land, mirror_crosswind);
  }
};

enum class ParticleState : std::uint8_t {
  adrift,
  ashore,
  left
};  ///< left: into waters where the sea is not known

/// The ensemble at one moment; both vectors have one element a particle.
struct DriftSnapshot {
  Time time;
  std::vector<Place> places;
  std::vector<ParticleState> states;
  auto members() { return std::tie(time, places, states); }
};

/// A forecast with what it was made from.
struct DriftRun {
  std::string leeway_key;
  Release release;
  DriftOptions options;
  std::vector<std::string> sources;      ///< names of the sea's sources
  std::vector<DriftSnapshot> snapshots;  ///< in order of the run (backward runs go back)
  auto members() { return std::tie(leeway_key, release, options, sources, snapshots); }
};

/// Refuses a release on unknown sea, options out of range, and a NaN position, each named. The result depends
/// on the arguments only: not on threads, not on the clock.
///
/// @param progress  told the time reached and the share done, 0–1, now and then while it runs; may be empty
Result<DriftRun> drift(const Sea& sea, const LeewayClass& leeway, const Release& release,
                       const DriftOptions& options, const std::function<void(Time, double)>& progress = {});

/// The smallest areas that hold a share of the particles, as closed rings (lon, lat): 0.5 and 0.9 make the
/// console's contours. From a Gaussian kernel density on a grid; the share of particles inside is within 2 %
/// of `share`.
std::vector<std::vector<Place>> contour(const DriftSnapshot& snapshot, double share);

}  // namespace varne
