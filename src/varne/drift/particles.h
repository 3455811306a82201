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
  // What only some options need; empty without them.
  std::vector<float> shared_current_east, shared_current_north;  ///< neighbours' part of the errors [m/s]
  std::vector<float> shared_wind_east, shared_wind_north;
  std::vector<float> down_draw, cross_draw;  ///< the leeway's standard normals, where they fade, and what one
  std::vector<float> down_std, side_std,
      other_std;  ///< of them is worth [cm/s]; of the other side by its sign
  std::vector<std::uint8_t> capsized;
  std::vector<float> ashore_level;      ///< of the water [m], when it came ashore; NaN: not asked yet
  std::vector<std::uint8_t> has_ebbed;  ///< since then; `never`: it was ashore from the start
  static constexpr std::uint8_t never = 2;

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
  /// Makes room for what the options ask for.
  void prepare(const DriftOptions& options);
  [[nodiscard]] Vec current_error(std::size_t i) const;
  [[nodiscard]] Vec wind_error(std::size_t i) const;

  auto members() {
    return std::tie(lon, lat, state, down_slope, down_offset, side_slope, side_offset, other_slope,
                    other_offset, calm_east, calm_north, current_error_east, current_error_north,
                    wind_error_east, wind_error_north, released, shared_current_east, shared_current_north,
                    shared_wind_east, shared_wind_north, down_draw, cross_draw, down_std, side_std, other_std,
                    capsized, ashore_level, has_ebbed);
  }
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
  double jibe = 0;         ///< probability
  double leeway_kept = 1;  ///< of its draws; 1: for life
  double leeway_fresh = 0;
};
StepChances step_chances(const DriftOptions& options, double dt_s);

/// The errors that neighbours share, put where the particle is now. Null: there are none.
class SharedErrors;
void share_errors(const SharedErrors* shared, Particles& particles, std::uint32_t i);

/// What chance does over a step to the object itself: its leeway drawn on where that fades, and capsizing.
/// @param wind_mps  speed it met as the step began, errors included
void change_object(const DriftOptions& options, const StepChances& chances, Particles& particles,
                   std::uint32_t i, std::uint32_t step, double dt_s, double wind_mps);

/// Of one that is ashore, asked at every step: whether the tide lifts it now, with its state then adrift. It
/// does when the water, having fallen below the level at which it came ashore, is as high again. Never where
/// the level is not known.
bool refloats(const Sea& sea, Particles& particles, std::size_t i, Time now);

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
