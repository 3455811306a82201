#pragma once
/// Every number that a simulated day depends on, under one name each: what a scenario file has to say.
/// docs/scenarios.md has the same table (a test keeps the two alike).

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace varne::days {

enum class Q : std::uint8_t {
  // Departures: which days, how many boats, when, how many aboard
  viable_share,
  viable_swing,
  viable_peak_day,
  boats_a_day,
  boats_swing,
  boats_peak_day,
  boats_size,
  persistence,
  hour,
  persons,
  persons_growth,
  persons_day_spread,
  // Boats
  speed,
  course_error,
  boat_length,
  sturdy,
  leeway,
  engine_failure,
  taking_water,
  damaged,
  // People
  in_water_chance,
  in_water_share,
  lost_in_water,
  medical,
  child_alone,
  overloaded,
  asylum,
  blocked_in_water,
  // Calls
  calls_in_trouble,
  calls_at_line,
  call_delay,
  call_error,
  call_count_error,
  // Weather
  wind,
  wind_viable,
  wind_hourly,
  wind_memory,
  wind_from,
  wave_per_wind,
  visibility,
  water_temperature,
  // Observers
  radar_detection,
  radar_loss,
  radar_clutter,
  patrol_speed,
  patrol_sees,
  patrol_detection,
  // Merchant ships, where the scenario's traffic is on
  ships_per_hour,
  ship_speed,
  ship_sees,
  ship_reports,
  // Units
  serviceable,
  readiness,
  speed_share,
  transfer,
  port,
  search_speed,
  // What people decide
  assessment,
  captain,
  captain_rough,
  commander,
  french_vessel,
  craft,
  offence,
  hand_over,
  // The rules' unpublished limits, and how long it would take
  turnaround_length,
  limit_wind,
  limit_wave,
  limit_length,
  count,
};

inline constexpr std::size_t quantities = static_cast<std::size_t>(Q::count);

struct QuantityWords {
  Q quantity;
  std::string_view name;  ///< "boats.speed_kn": table and field of the file
  double least;           ///< what it can be at all
  double most;
  bool one_number;  ///< a rate, chance or model parameter: only `fixed` makes sense
  std::string_view says;
};

/// In the order of `Q`.
const std::array<QuantityWords, quantities>& quantity_table();
inline const QuantityWords& words_of(Q q) {
  return quantity_table()[static_cast<std::size_t>(q)];
}
std::optional<Q> quantity_named(std::string_view name);

}  // namespace varne::days
