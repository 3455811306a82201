/// Which day is drawn, the world of a room that stands in it, and its weather.

#include <algorithm>
#include <cmath>

#include "varne/days/draws.h"
#include "varne/days/hindcast.h"
#include "varne/days/simulated_day.h"

namespace varne::days {

World world_of(const Strait& strait, const Policy& policy, const DayDraw& draw, const Weather& weather,
               const std::vector<std::string>& off_duty) {
  World world;
  world.sea.add(stated_source("stated in day.toml", weather.stated(Time(draw.day))));
  world.sea.add(strait.coast);
  world.sea.add(strait.tides);
  world.strait = strait.waters;
  world.territorial_sea = strait.territorial_sea;
  world.leeway = strait.leeway;
  world.rules = strait.rules.at(policy.name);
  const auto among = [](const std::vector<std::string>& names, const Unit& unit) {
    return std::find(names.begin(), names.end(), unit.name) != names.end();
  };
  for (const Unit& unit : strait.units) {
    if (among(policy.without, unit)) continue;
    world.units.push_back(unit);
    if (among(off_duty, unit)) world.units.back().status = UnitStatus::off_duty;
  }
  world.title = strait.scenario.title;
  world.exercise = true;
  world.notice = "EXERCISE. A simulated day; nothing in it happened.";
  world.seed = draw.seed;
  // Units of such a day go straight (crews.h): no `passages`. And by a forecast they would go otherwise where
  // one is made than where none is.
  world.aims_by_forecast = false;
  return world;
}

DayDraw day_of_seed(const Scenario& scenario, std::uint64_t seed) {
  Random random = draws(seed, 0, For::conditions, 1);
  const auto days = static_cast<double>(scenario.span.days());
  const auto number = static_cast<int>(random.uniform() * days);
  return {scenario.span.first + std::chrono::days(number), random.normal(), seed};
}

double conditions_of(const Strait& strait, const Numbers& numbers, const DayDraw& draw) {
  if (!strait.hindcast) return draw.conditions;
  const double r = numbers[Q::wind_viable];
  return r * strait.hindcast->calm(draw.day) + std::sqrt(1 - r * r) * draw.conditions;
}

Weather weather_of(const Strait& strait, const Numbers& numbers, Date day, double conditions,
                   std::uint64_t seed) {
  Weather out = make_weather(numbers, conditions, seed);
  if (strait.hindcast) out.hours = strait.hindcast->hours(day, numbers[Q::wave_per_wind]);
  return out;
}

}  // namespace varne::days
