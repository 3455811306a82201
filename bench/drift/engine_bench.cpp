/// The engine: particle-steps a second on one core and on all, like for like with other programs and with the
/// whole model. Needs the Washington coast's files of the shared data; VARNE_SHARED says where.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <tbb/global_control.h>

#include <cstdlib>
#include <filesystem>

#include "varne/core/place_of_data.h"
#include "varne/drift/leeway.h"
#include "varne/sea/coast.h"
#include "varne/sea/forcing.h"

namespace varne {
namespace {

constexpr Place at{-125.3, 47.8};
const Time start = *parse_time("2023-03-02T12:00Z");

/// HYCOM's current and GFS's wind, with or without the coastline; empty where they are not there.
Sea washington(bool coast) {
  const char* set = std::getenv("VARNE_SHARED");
  const std::filesystem::path shared = set != nullptr ? set : VARNE_ROOT "/../shared";
  Sea sea;
  if (!add_forcing(sea, {(shared / "data/drift/wa_coast_hycom_current.nc").string(),
                         (shared / "data/drift/wa_coast_gfs_wind.nc").string()}))
    return {};
  if (!coast) return sea;
  auto land = Coast::load(gshhg_path(), {-128, 46, -123, 50});
  if (!land) return {};
  sea.add(*land);
  return sea;
}

void run(benchmark::State& state, const Sea& sea, DriftOptions options, int threads) {
  if (sea.sources().empty()) return state.SkipWithError("the Washington coast's files or GSHHG are absent");
  static const auto classes = *load_leeway(data_path("leeway.toml"));
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                  static_cast<std::size_t>(threads));
  const double hours = seconds(options.length) / 3600;
  state.SetLabel(fmt::format("{} threads", threads));
  options.keep_every = options.length;
  for (auto _ : state) {
    auto made = drift(sea, classes[0], {at, 1000, start, start}, options);
    benchmark::DoNotOptimize(made->snapshots.size());
  }
  state.counters["particle-steps/s"] =
      benchmark::Counter(static_cast<double>(options.particles) * hours * 3600 / seconds(options.step) *
                             static_cast<double>(state.iterations()),
                         benchmark::Counter::kIsRate);
}

/// A sea on an even grid of any fineness: forcing as large as one likes without a file.
class Fine final : public SeaSource {
 public:
  explicit Fine(double step) : step_(step) {}
  [[nodiscard]] std::string name() const override { return "fine"; }
  [[nodiscard]] Hash hash() const override { return {}; }
  [[nodiscard]] bool knows_land() const override { return false; }
  [[nodiscard]] std::optional<Vec> current(Place p, Time) const override {
    return Vec{0.3, 0.1 * p.lat - 4.7};
  }
  [[nodiscard]] std::optional<Vec> wind(Place p, Time) const override { return Vec{7, p.lon / 20}; }
  [[nodiscard]] SourceGrid grid(SeaPart /*part*/) const override {
    return {.kind = SourceGrid::Kind::even,
            .west = -130,
            .south = 45,
            .step_lon = step_,
            .step_lat = step_,
            .columns = static_cast<std::size_t>(10 / step_),
            .rows = static_cast<std::size_t>(6 / step_)};
  }

 private:
  double step_;
};

/// Euler, current and wind interpolated in space and time, jibing: what OpenDrift does in 42 s of CPU time.
void like_for_like(benchmark::State& state) {
  static const Sea sea = washington(false);
  run(state, sea, {.particles = static_cast<std::uint32_t>(state.range(0))},
      static_cast<int>(state.range(1)));
}
BENCHMARK(like_for_like)
    ->Args({100'000, 1})
    ->Args({100'000, 2})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

/// RK4, errors of current and wind that last, stranding on GSHHG.
void whole_model(benchmark::State& state) {
  static const Sea sea = washington(true);
  run(state, sea,
      {.particles = static_cast<std::uint32_t>(state.range(0)),
       .current_noise_mps = 0.1,
       .wind_noise_mps = 1,
       .current_noise_lasts = std::chrono::hours(12),
       .wind_noise_lasts = std::chrono::hours(6),
       .scheme = DriftScheme::rk4},
      static_cast<int>(state.range(1)));
}
BENCHMARK(whole_model)
    ->Args({100'000, 1})
    ->Args({100'000, 2})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

/// Growth, for tools/plot_growth.py: like for like on one thread.
void growth_particles(benchmark::State& state) {
  static const Sea sea = washington(false);
  run(state, sea, {.particles = static_cast<std::uint32_t>(state.range(0))}, 1);
}
BENCHMARK(growth_particles)
    ->RangeMultiplier(10)
    ->Range(1'000, 10'000'000)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1)
    ->MeasureProcessCPUTime();

void growth_steps(benchmark::State& state) {
  static const Sea sea = washington(false);
  run(state, sea, {.particles = 10'000, .step = std::chrono::seconds(86400 / state.range(0))}, 1);
}
BENCHMARK(growth_steps)
    ->RangeMultiplier(4)
    ->Range(36, 9216)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime();

/// Nodes a degree, squared: the forcing's size.
void growth_forcing(benchmark::State& state) {
  Sea sea;
  sea.add(std::make_shared<Fine>(1.0 / static_cast<double>(state.range(0))));
  run(state, sea, {.particles = 10'000}, 1);
}
BENCHMARK(growth_forcing)
    ->RangeMultiplier(2)
    ->Range(8, 256)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime();

}  // namespace
}  // namespace varne
