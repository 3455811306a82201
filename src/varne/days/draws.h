#pragma once
/// Where random numbers come from: Philox, keyed by the seed of the day, who draws and what for. No draw
/// depends on how many others were made, so a change to one boat moves no other, and two policies meet the
/// same day.

#include <cstdint>

#include "varne/core/philox.h"

namespace varne::days {

/// What is drawn: the upper half of the generator's step. The lower half is which time it is drawn.
enum class For : std::uint32_t {
  conditions = 1,
  boats,
  persons_of_day,
  weather,
  beach,
  hour,
  persons,
  speed,
  course,
  length,
  sturdy,
  engine,
  water,
  damaged,
  in_water,
  lost,
  medical,
  child,
  overloaded,
  asylum,
  calls,
  serviceable,
  readiness,
  speed_share,
  transfer,
  port,
  assessment,
  captain,
  commander,
  french,
  craft,
  offence,
  blocked,
  design,
  wind_step,
  radar_turn,
  patrol_pass,
  ships,
  ship_pass,
  hand_over,
};

/// @param time  0 to 65535
inline Random draws(std::uint64_t seed, std::uint32_t entity, For what, std::uint32_t time = 0) {
  return {seed, entity, static_cast<std::uint32_t>(what) << 16 | (time & 0xFFFF)};
}

/// One uniform number in (0, 1).
inline double draw(std::uint64_t seed, std::uint32_t entity, For what, std::uint32_t time = 0) {
  return draws(seed, entity, what, time).uniform();
}

/// The seed of one day of a campaign, or of one draw of a design.
inline std::uint64_t seed_of(std::uint64_t seed, std::uint32_t number, For what = For::design) {
  Random random = draws(seed, number, what, 0xFFFF);
  const std::uint64_t high = random.bits();
  return (high << 20 | random.bits() >> 12) & ((std::uint64_t{1} << 53) - 1);  // as day.toml can hold it
}

}  // namespace varne::days
