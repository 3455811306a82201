#pragma once
/// Where a lost boat or person may be: an ensemble of particles under current and leeway. How one of them
/// moves stands in object.h.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/drift/object.h"
#include "varne/sea/sea.h"

namespace varne {

/// Where and when the object was last known.
struct Release {
  Place place;
  double sigma_m = 0;  ///< standard deviation on each axis about the place, >= 0
  Time from;           ///< first and
  Time to;  ///< last moment of release, spread evenly over the particles (from <= to). A run forward goes
            ///< from `from` to `to` + length, one backward from `to` to `from` + length

  auto members() { return std::tie(place, sigma_m, from, to); }
};

/// Boats that capsize in strong wind, as OpenDrift's Leeway has it (`processes:capsizing`; the numbers are
/// its defaults, a choice and no measurement): an upright one capsizes with a probability of (1 + tanh((wind
/// - wind_mps) / sigma_mps)) / 2 an hour, and all of its leeway is from then on `leeway` of what it was. Not
/// for runs back, which cannot say when it happened.
struct Capsizing {
  bool possible = false;
  double wind_mps = 30;  ///< where it is one half
  double sigma_mps = 5;  ///< > 0
  double leeway = 0.4;   ///< 0–1

  auto members() { return std::tie(possible, wind_mps, sigma_mps, leeway); }
};

struct DriftOptions {
  std::uint32_t particles = 1000;
  std::uint64_t seed = 0;
  Duration length = std::chrono::hours(24);        ///< negative: backward in time
  Duration step = std::chrono::minutes(10);        ///< > 0
  Duration keep_every = std::chrono::minutes(60);  ///< snapshots kept, the start and the end always
  double jibe_per_hour = 0.04;                     ///< probability an hour, 0–1
  /// Errors of the current and the wind, 1 σ on each axis, and how long they last: Ornstein–Uhlenbeck
  /// processes in time, each particle's own, correlated as exp(-t / lasts) whatever the step. Zero: drawn
  /// afresh every step, so that they fade with shorter steps.
  double current_noise_mps = 0;
  double wind_noise_mps = 0;
  Duration current_noise_lasts{};
  Duration wind_noise_lasts{};
  /// Of the errors' variance, how much neighbours share: a field in space whose correlation falls with
  /// distance d as exp(-d² / 2 length²) and in time as each particle's own. 0: none (shared_error.h).
  double shared_error = 0;        ///< 0–1
  double shared_length_m = 50e3;  ///< > 0
  Duration leeway_lasts{};        ///< its draws of leeway fade as exp(-t / lasts) and are drawn afresh
                                  ///< (Ornstein–Uhlenbeck on the standard normals); zero: for life
  Capsizing capsizing = {};
  bool refloat = false;  ///< what came ashore floats again at the next tide that is as high
  DriftScheme scheme = DriftScheme::euler;
  bool to_sea = false;       ///< what is released on land starts at the nearest known sea instead
  bool stop_on_land = true;  ///< a particle that comes ashore stays there
  bool opendrift = false;    ///< as OpenDrift has it: positive crosswind to the left, `Jibe::turns_slope`

  auto members() {
    return std::tie(particles, seed, length, step, keep_every, jibe_per_hour, current_noise_mps,
                    wind_noise_mps, current_noise_lasts, wind_noise_lasts, shared_error, shared_length_m,
                    leeway_lasts, capsizing, refloat, scheme, to_sea, stop_on_land, opendrift);
  }
};

/// What currents and winds are usually wrong by, all of it put on the current: σ 0.32 m/s on each axis, for
/// 11.5 h. Fitted to the growth of error of 248 drifters in the Gulf of St Lawrence under two operational
/// current models and a fitted windage: 3.3, 6.3, 11.6 and 20.4 km RMS an axis after 3, 6, 12 and 24 h; this
/// process gives 3.3, 6.4, 11.8 and 20.4 km. `varne calibrate` fits one's own.
void add_usual_errors(DriftOptions& options);

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
  /// Of those adrift, the share for which each of the run's sources is the first that knows; what lacks to 1
  /// nobody knows. Empty where none is adrift.
  std::vector<double> current_from = {};
  std::vector<double> wind_from = {};

  auto members() { return std::tie(time, places, states, current_from, wind_from); }
};

/// Particles that left the known sea.
struct Departure {
  Time time;  ///< of the last moment they were asked about
  SeaPart missing = SeaPart::current;
  std::uint32_t particles = 0;
  std::optional<Time> forcing_ended = {};  ///< the last moment that any source reaches (the first, in a run
                                           ///< back), where it lies before `time`

  auto members() { return std::tie(time, missing, particles, forcing_ended); }
};

/// A forecast with what it was made from. `members` (core/fields_bytes.h) are all of it: a forecast that was
/// kept as bytes is read back, never computed again.
struct DriftRun {
  std::string leeway_key;
  Release release;
  DriftOptions options;
  std::vector<std::string> sources;            ///< names of the sea's sources
  std::vector<DriftSnapshot> snapshots;        ///< in order of the run (backward runs go back)
  std::vector<std::string> scenarios = {};     ///< names, where there were several (seeding.h)
  std::vector<std::uint8_t> scenario_of = {};  ///< each particle's; empty where there was one
  std::uint32_t start_ashore = 0;              ///< particles that were on land at the start
  double moved_to_sea_m = 0;                   ///< how far `to_sea` moved the place of release
  std::optional<double> nearest_sea_m = {};    ///< from a place of release on land that was kept
  std::vector<Departure> departures = {};      ///< in order of time
  std::vector<double> weights = {};  ///< each particle's probability, sum 1; empty: all alike (learning.h)
  std::vector<std::string> evidence = {};  ///< what they were learned from, a sentence each

  std::vector<int> members_drawn = {};        ///< of an ensemble of forcing (ensemble.h); empty: it is none
  std::vector<std::uint16_t> member_of = {};  ///< each particle's, counted along `members_drawn`
  std::vector<std::string> sea_notes = {};    ///< of the sea's sources, each with its name before it
  /// One a snapshot: of those adrift, the share whose current was taken from the nearest cells that the model
  /// has, not from its own (`SeaSource::current_extended`). Asked of 2,000 particles at most.
  std::vector<double> current_extended = {};

  auto members() {
    return std::tie(leeway_key, release, options, sources, snapshots, scenarios, scenario_of, start_ashore,
                    moved_to_sea_m, nearest_sea_m, departures, weights, evidence, members_drawn, member_of,
                    sea_notes, current_extended);
  }
};

/// Refuses a release on unknown sea, options out of range, and a NaN position, each named. The result depends
/// on the arguments only: not on threads, not on the instruction set, not on the clock.
///
/// @param progress  told the time reached and the share done, 0–1, now and then while it runs; may be empty
/// @param take      shown each snapshot as it is made, and may empty its places and states, so that a run of
///                  millions needs no memory for all its moments; may be empty
Result<DriftRun> drift(const Sea& sea, const LeewayClass& leeway, const Release& release,
                       const DriftOptions& options, const std::function<void(Time, double)>& progress = {},
                       const std::function<void(DriftSnapshot&)>& take = {});

/// The nearest place at sea where current and wind are known, from a place on land, to some metres; nothing
/// within 30 km.
std::optional<Place> nearest_sea(const Sea& sea, Place on_land, Time time);

/// The smallest areas that hold a share of the particles, as closed rings (lon, lat): 0.5 and 0.9 make the
/// console's contours. From a Gaussian kernel density on a grid; the share of particles inside is within 2 %
/// of `share`, or of the weight of one of them where that is more.
/// @param weights  as `DriftRun::weights`
std::vector<std::vector<Place>> contour(const DriftSnapshot& snapshot, double share,
                                        std::span<const double> weights = {});

}  // namespace varne
