#pragma once
/// Wind and waves of a scenario's days from files (CF-netCDF or GRIB), instead of the seeded generator's.
///
/// They are read at one place, hour by hour, and hold over the whole strait, as the generator's do. Which
/// days boats set out on goes with them: a day's conditions are drawn given the rank of its mean wind among
/// the days of the scenario, with the correlation `weather.wind_viable`, so that both together are
/// distributed as under the generator. Visibility and the water's temperature stay the scenario's.

#include <memory>
#include <vector>

#include "varne/core/hash.h"
#include "varne/days/weather.h"

namespace varne::days {

class Hindcast {
 public:
  /// The hours of one of the scenario's days, `day_hours` + 1.
  /// @param wave_per_wind2  for files without waves: as the generator makes them from the wind [s²/m]
  [[nodiscard]] std::vector<Weather::Hour> hours(Date day, double wave_per_wind2) const;
  /// The day's calm as a normal score among the scenario's days: high where the mean wind is low.
  [[nodiscard]] double calm(Date day) const;
  /// Of the files' contents.
  [[nodiscard]] const Hash& hash() const { return hash_; }
  [[nodiscard]] bool has_waves() const { return waves_; }

 private:
  friend Result<std::shared_ptr<const Hindcast>> read_hindcast(const Scenario& scenario);
  Date first_{};
  std::vector<Weather::Hour> hours_;  ///< from the first day's midnight on
  std::vector<double> calm_;          ///< by day
  bool waves_ = false;
  Hash hash_{};
};

/// Refuses, with the scenario's line and field: what `open_forcing` refuses, and files that do not know the
/// wind, or the waves where they know them at all, at the place in every hour of every day of the scenario,
/// naming the first hour that is missing.
/// @param scenario  with `forcing`
Result<std::shared_ptr<const Hindcast>> read_hindcast(const Scenario& scenario);

}  // namespace varne::days
