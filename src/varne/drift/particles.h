#pragma once
/// The particles of a run as arrays, and one step of one of them: what the engine and the simple version of
/// it have in common.

#include <array>
#include <cstdint>
#include <vector>

#include "varne/core/result.h"
#include "varne/drift/leeway.h"

namespace varne {

/// One element a particle in every array, and some to spare at the end so that loops may take whole
/// registers.
struct Particles {
  std::vector<double> lon;  ///< degrees; goes on beyond ±180 where a particle crosses the antimeridian
  std::vector<double> lat;
  std::vector<ParticleState> state;
  std::vector<float> down_slope, down_offset;    ///< as `LeewayObject` has them
  std::vector<float> side_slope, side_offset;    ///< of the side it lies on
  std::vector<float> other_slope, other_offset;  ///< what a jibe changes to
  std::vector<float> calm_east, calm_north;
  std::vector<float> current_error_east, current_error_north;  ///< [m/s]
  std::vector<float> wind_error_east, wind_error_north;
  std::vector<Time> released;  ///< empty where all start at once

  static constexpr std::size_t spare = 16;

  Particles() = default;
  explicit Particles(std::size_t count);
  /// Draws what an object of the class is like, and the errors it begins with.
  void draw_object(const LeewayClass& leeway, const DriftOptions& options, std::uint32_t i);

  [[nodiscard]] Place place(std::size_t i) const {
    return {lon[i] >= -180 && lon[i] < 180 ? lon[i] : wrap180(lon[i]), lat[i]};
  }
  /// Keeps the longitude's count of turns.
  void put(std::size_t i, Place place);
  [[nodiscard]] LeewayObject object(std::size_t i) const;
  void jibe(std::size_t i);
};

/// All of a run's particles at their release. The same on any number of threads.
Particles release_particles(const LeewayClass& leeway, const Release& release, const DriftOptions& options);

/// What is on land at the start is ashore there, or with `to_sea` moved back towards the place of release.
void start_on_land(const Sea& sea, const Release& release, const DriftOptions& options, Particles& particles);

/// The random numbers of a particle's step: Philox, keyed by seed, particle and step. The normals of
/// particles 2 k and 2 k + 1 are of opposite sign, so that chance does not move the mean of errors.
struct StepDraws {
  std::array<double, 4> normals;  ///< current east, north, wind east, north
  double jibe;                    ///< uniform, 0–1
};
/// @param step  1 is the run's first
StepDraws step_draws(std::uint64_t seed, std::uint32_t particle, std::uint32_t step);

/// What a step of this length does by chance.
struct StepChances {
  double current_kept = 0;   ///< of the error before, by its decay over the step,
  double current_fresh = 0;  ///< and what is drawn in its place [m/s]: together as much as before
  double wind_kept = 0;
  double wind_fresh = 0;
  double jibe = 0;  ///< probability
};
StepChances step_chances(const DriftOptions& options, double dt_s);

/// Which of the two a particle missed when it left the known sea.
using Missing = SeaPart;

/// One step of one particle, plainly: the measure of the kernel.
///
/// @param from, to  its own: it may be released on the way
/// @returns  what was not known, where it has left
std::optional<Missing> step_one(const Sea& sea, const DriftOptions& options, Particles& particles,
                                std::uint32_t i, std::uint32_t step, Time from, Time to);

/// Brings a particle that was carried on land to where it came ashore.
void strand(const Sea& sea, Particles& particles, std::size_t i, Place at_sea, Place on_land);

/// Refuses options out of range, each named.
Done check_options(const DriftOptions& options);

/// Where the way from the sea to a place on land comes ashore, within a few metres.
Place shoreline(const Sea& sea, Place at_sea, Place on_land);

/// The end of the step that begins now: after `options.step`, but no step goes beyond a moment that is kept
/// or the end, so that the rows of a table stay hourly.
Time step_end(const DriftOptions& options, Time start, Time now, Time end);
/// Whether a snapshot is kept of this moment.
bool kept(const DriftOptions& options, Time start, Time now, Time end);

}  // namespace varne
