#pragma once
/// Wind, waves and visibility of one day, with persistence: a mean of the day, which goes with the conditions
/// by which boats set out, and deviations from it that decay over hours (Ornstein-Uhlenbeck, drawn hourly).

#include <cstdint>
#include <vector>

#include "varne/core/time.h"
#include "varne/days/scenario.h"
#include "varne/sea/sea.h"

namespace varne::days {

/// A day is so long: boats that leave late have until the next morning.
inline constexpr int day_hours = 30;

struct Weather {
  struct Hour {
    double wind_from_deg = 0;        ///< whole
    double wind_kn = 0;              ///< to a tenth: as day.toml has it
    double wave_m = 0;               ///< to a centimetre
    [[nodiscard]] Vec wind() const;  ///< [m/s], towards
  };
  std::vector<Hour> hours;  ///< day_hours + 1 of them, each until the next
  double visibility_m = 0;
  double water_c = 0;

  /// @param minute  of the day
  [[nodiscard]] const Hour& at(int minute) const { return hours[static_cast<std::size_t>(minute) / 60]; }
  /// The same as the room's sea knows it.
  [[nodiscard]] std::vector<Stated> stated(Time start) const;
};

/// Waves that follow the wind of these hours over some three of them.
/// @param sea_mps  the wind that the waves have grown to at the first hour
void waves_of_wind(double wave_per_wind2, double sea_mps, std::vector<Weather::Hour>& hours);

/// @param conditions  of the day, standard normal: high is good for setting out
Weather make_weather(const Numbers& numbers, double conditions, std::uint64_t seed);

}  // namespace varne::days
