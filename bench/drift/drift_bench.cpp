/// What a forecast costs: the Dover Strait with tides, coast and a stated wind, as a day's replay asks for
/// it.
#include <benchmark/benchmark.h>

#include "varne/core/place_of_data.h"
#include "varne/core/units.h"
#include "varne/drift/leeway.h"
#include "varne/drift/summary.h"
#include "varne/sea/strait.h"

namespace varne {
namespace {

const Time start = *parse_time("2021-11-11T05:00Z");

/// Empty where the coastline is not installed.
const Sea& strait() {
  static const Sea sea = [] {
    Sea s;
    Stated stated;
    stated.wind = towards(reversed_deg(250), mps_from_knots(8));
    s.add(stated_source("stated", {stated}));
    return add_home_strait(s) ? s : Sea();
  }();
  return sea;
}

DriftRun forecast(std::uint32_t particles, int hours) {
  static const auto classes = *load_leeway(data_path("leeway.toml"));
  auto run = drift(strait(), classes[0], {{1.5, 51.0}, 500, start, start},
                   {.particles = particles, .length = std::chrono::hours(hours)});
  return run ? std::move(*run) : DriftRun();
}

void forecast_in_the_strait(benchmark::State& state) {
  if (strait().sources().empty()) return state.SkipWithError("the coastline is not installed");
  const auto particles = static_cast<std::uint32_t>(state.range(0));
  const auto hours = static_cast<int>(state.range(1));
  for (auto _ : state) benchmark::DoNotOptimize(forecast(particles, hours).snapshots.size());
  state.SetItemsProcessed(state.iterations() * particles * hours * 6);  // particle steps
}
BENCHMARK(forecast_in_the_strait)->Args({500, 6})->Args({500, 24})->Unit(benchmark::kMillisecond);

void contour_of_half(benchmark::State& state) {
  const auto run = forecast(static_cast<std::uint32_t>(state.range(0)), 12);
  if (run.snapshots.empty()) return state.SkipWithError("the coastline is not installed");
  for (auto _ : state) benchmark::DoNotOptimize(contour(run.snapshots.back(), 0.5).size());
}
BENCHMARK(contour_of_half)->Arg(500)->Arg(20000)->Unit(benchmark::kMillisecond);

void summary_of_a_moment(benchmark::State& state) {
  const auto run = forecast(500, 12);
  if (run.snapshots.empty()) return state.SkipWithError("the coastline is not installed");
  for (auto _ : state) benchmark::DoNotOptimize(summary(run.snapshots.back()).half_within_m);
}
BENCHMARK(summary_of_a_moment)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace varne
