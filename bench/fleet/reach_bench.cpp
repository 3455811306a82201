/// How long it takes to know who can be there when.
#include <benchmark/benchmark.h>

#include "varne/core/units.h"
#include "varne/fleet/reach.h"
#include "varne/sea/strait.h"

namespace varne {
namespace {

const Time night = parse_time("2021-11-24T02:00:00Z").value();

const Sea& channel() {
  static const Sea sea = [] {
    Sea made;
    (void)add_home_strait(made);
    return made;
  }();
  return sea;
}

void grid_of_the_channel(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(
        PassageGrid(channel(), *home_strait().value()->coast, static_cast<double>(state.range(0))).rows());
}
BENCHMARK(grid_of_the_channel)->Arg(600)->Arg(300)->Arg(150)->Unit(benchmark::kMillisecond)->Iterations(1);

/// One unit and a cloud of 1,000 particles: across open water, and around Gris-Nez on cells of some size.
void reach_of_a_cloud(benchmark::State& state, Place home, Place boat) {
  const PassageGrid grid(channel(), *home_strait().value()->coast, static_cast<double>(state.range(0)));
  Target cloud = target_about(channel(), boat, 2000, night, std::chrono::hours(6));
  for (TargetSlice& slice : cloud.slices) {
    const auto places = slice.places;
    while (slice.places.size() < 1000) slice.places.insert(slice.places.end(), places.begin(), places.end());
  }
  cloud.weights.assign(cloud.slices[0].places.size(), 1);
  Unit unit;
  unit.speed_mps = mps_from_knots(25);
  unit.home = home;
  const UnitNow now = unit_now(unit, std::nullopt, night);
  double median = 0;
  for (auto _ : state) median = seconds(reach(channel(), &grid, now, cloud).median.value_or(Duration(0)));
  state.counters["median_s"] = median;
}
BENCHMARK_CAPTURE(reach_of_a_cloud, open_water, Place{1.345, 51.115}, Place{1.5, 50.98})
    ->Arg(300)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(reach_of_a_cloud, around_gris_nez, Place{1.57, 50.73}, Place{1.78, 51.02})
    ->Arg(600)
    ->Arg(300)
    ->Arg(150)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace varne
