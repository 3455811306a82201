#pragma once
/// One simulated day: truth, its observers, the same `Room` that runs live, and units that do what the room's
/// word leads to. The room cannot tell it from a recorded day: what it is given can be written out as a day
/// folder (`write_day`) and replayed to the same record.

#include <functional>
#include <memory>

#include "varne/days/conditions.h"
#include "varne/days/day_feeds.h"
#include "varne/days/outcomes.h"
#include "varne/room/room.h"

namespace varne::days {

/// Which day is drawn: the same for every policy.
struct DayDraw {
  Date day;
  double conditions = 0;   ///< standard normal
  std::uint64_t seed = 0;  ///< of everything in it; opens it again (`varne days show --seed`)
};
/// The day of one seed: uniform over the scenario's days.
DayDraw day_of_seed(const Scenario& scenario, std::uint64_t seed);

/// The day's conditions: the draw's own, or given the wind where that is from files.
double conditions_of(const Strait& strait, const Numbers& numbers, const DayDraw& draw);
/// Its weather, from files or made.
/// @param conditions  as `conditions_of`
Weather weather_of(const Strait& strait, const Numbers& numbers, Date day, double conditions,
                   std::uint64_t seed);

struct DayOptions {
  bool keep_lines = false;
  /// Instead of the scenario's own: of a day folder. Its forecasts are made; else, as in a campaign, none is
  /// asked for: no proposal goes by them (`World::aims_by_forecast`), so the day is the same.
  std::shared_ptr<const World> world = {};
  /// Whoever reads what the room says. Nobody: it is not made (`World::is_read`), and the day is the same.
  std::function<void(const Entry&)> entry = {};
};

/// A unit that came to the boat it was sent to.
struct Arrival {
  std::size_t unit = 0;  ///< in the strait's list
  Minute asked = 0, left = 0, there = 0;
  bool berthed = true;  ///< it set out from its berth
  double way_m = 0;     ///< from where it set out to where the boat was met
};

struct SimulatedDay {
  DayOutcome outcome;
  std::vector<DayFeeds::Named> files;  ///< with `keep_lines`
  Weather weather;
  std::vector<std::string> off_duty;  ///< units that could not be used
  std::vector<Arrival> arrivals;
  std::int32_t persons_uk =
      0;  ///< people landed in the United Kingdom, or aboard its units where the day ends
};

/// Refuses a day in which people were not conserved: that is a fault of this program, and no result.
/// @param numbers  the scenario's, with the policy's settings and the draw of a design over them
Result<SimulatedDay> simulate_day(const Strait& strait, const Policy& policy, const Numbers& numbers,
                                  const DayDraw& draw, const DayTide& tide, const DayOptions& options = {});

/// The world of a room that stands in such a day.
/// @param off_duty  units that cannot be used on it (crews.h)
World world_of(const Strait& strait, const Policy& policy, const DayDraw& draw, const Weather& weather,
               const std::vector<std::string>& off_duty);

/// Writes a day folder: day.toml, units.toml and the feeds. Refuses what cannot be written; a folder that was
/// begun and not finished has no day.toml.
Done write_day(const Strait& strait, const Policy& policy, const DayDraw& draw, const SimulatedDay& day,
               const std::string& folder);

}  // namespace varne::days
