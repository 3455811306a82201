/// Boats carried over the strait, and whole days through the room.
#include <benchmark/benchmark.h>

#include <string>

#include "varne/days/campaign.h"
#include "varne/days/departures.h"
#include "varne/days/draws.h"

namespace varne::days {
namespace {

const Strait& strait() {
  static const auto opened = [] {
    auto scenario = load_scenario(std::string(VARNE_ROOT) + "/data/scenarios/strait-2021.toml");
    return open_strait(std::move(*scenario));
  }();
  return **opened;
}

const Date day = Date(std::chrono::year(2021) / 11 / 11);

/// Steps of many boats at sea, with the tidal stream of that day and a wind.
void boat_updates(benchmark::State& state) {
  const auto n = static_cast<std::size_t>(state.range(0));
  Boats boats(n);
  for (std::size_t i = 0; i < n; ++i) {
    const Beach& beach = strait().scenario.beaches[i % strait().scenario.beaches.size()];
    boats.lon[i] = beach.place.lon - 0.1;
    boats.lat[i] = beach.place.lat + 0.05;
    boats.aim_lon[i] = beach.shore.lon;
    boats.aim_lat[i] = beach.shore.lat;
    boats.turn_cos[i] = boats.afloat_[i] = 1;
    boats.speed[i] = i % 4 == 0 ? 0.0F : 2.2F;
    boats.leeway[i] = 0.03F;
  }
  const DayTide tide(strait(), Time(day));
  Minute minute = 0;
  for (auto _ : state) {
    step_boats(boats, tide.at(minute), {3, 2}, 60);
    minute = (minute + 1) % 600;
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(n));
}
BENCHMARK(boat_updates)->Arg(64)->Arg(4096)->MeasureProcessCPUTime();

/// The tidal stream of a day, made once for all policies.
void tide_of_a_day(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(DayTide(strait(), Time(day)));
}
BENCHMARK(tide_of_a_day)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();

/// The strait with fifteen units: the twelve of its list, and three lifeboats more from stations between
/// them.
const Strait& strait_of_fifteen() {
  static const Strait made = [] {
    Strait out = strait();
    std::uint32_t mmsi = 299'100'900;
    for (const auto& [name, home] : {std::pair{"RNLI Rye Harbour", Place{0.772, 50.939}},
                                     {"RNLI Littlestone-on-Sea", Place{0.972, 50.984}},
                                     {"RNLI Margate", Place{1.379, 51.392}}}) {
      Unit unit = strait().units.front();
      unit.name = name;
      unit.base = name;
      unit.home = home;
      unit.capacity = 20;
      unit.mmsi = mmsi++;
      out.units.push_back(unit);
    }
    return out;
  }();
  return made;
}

/// A whole day with observers, room, verdicts and tasking: 60 boats, fifteen units, three radars.
void whole_day(benchmark::State& state) {
  Numbers numbers = strait_of_fifteen().scenario.numbers();
  for (const auto& [q, v] : {std::pair{Q::viable_share, 1.0},
                             {Q::viable_swing, 0.0},
                             {Q::boats_a_day, 60.0},
                             {Q::boats_swing, 0.0},
                             {Q::boats_size, 1e9}})
    numbers.set(q, Shape::fixed, {v, 0, 0});
  const DayTide tide(strait_of_fifteen(), Time(day));
  double boats = 0;
  std::uint64_t seed = 0;
  for (auto _ : state) {
    const auto one = simulate_day(
        strait_of_fifteen(), strait_of_fifteen().scenario.policies[static_cast<std::size_t>(state.range(0))],
        numbers, {day, 0, ++seed}, tide);
    if (!one) return state.SkipWithError(one.error().text().c_str());
    boats = one->outcome[M::boats];
  }
  state.counters["boats"] = boats;
}
BENCHMARK(whole_day)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();

}  // namespace
}  // namespace varne::days
