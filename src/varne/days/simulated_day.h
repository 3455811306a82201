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

struct DayOptions {
  /// The room's forecasts are answered; else refused, as a campaign does to save time: no unit acts by them.
  bool forecasts = false;
  bool keep_lines = false;
  /// Instead of the scenario's own: of a day folder.
  std::shared_ptr<const World> world = {};
  std::function<void(const Entry&)> entry = {};
};

struct SimulatedDay {
  DayOutcome outcome;
  std::vector<DayFeeds::Named> files;  ///< with `keep_lines`
  Weather weather;
};

/// Refuses a day in which people were not conserved: that is a fault of this program, and no result.
/// @param numbers  the scenario's, with the policy's settings and the draw of a design over them
Result<SimulatedDay> simulate_day(const Strait& strait, const Policy& policy, const Numbers& numbers,
                                  const DayDraw& draw, const DayTide& tide, const DayOptions& options = {});

/// The world of a room that stands in such a day.
std::shared_ptr<const World> world_of(const Strait& strait, const Policy& policy, const DayDraw& draw,
                                      const Weather& weather);

/// Writes a day folder: day.toml, units.toml and the feeds. Refuses what cannot be written; a folder that was
/// begun and not finished has no day.toml.
Done write_day(const Strait& strait, const Policy& policy, const DayDraw& draw, const SimulatedDay& day,
               const std::string& folder);

}  // namespace varne::days
