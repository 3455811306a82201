// What a forecast pays for a question to the sea.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <vector>

#include "varne/core/philox.h"
#include "varne/sea/forcing.h"
#include "varne/sea/map.h"
#include "varne/sea/strait.h"
#include "varne/sea/zones.h"

namespace varne {
namespace {

std::vector<Place> places_in(Box area) {
  std::vector<Place> places;
  Random random(1, 0, 0);
  for (int i = 0; i < 4096; ++i) {
    places.push_back({area.west + random.uniform() * (area.east - area.west),
                      area.south + random.uniform() * (area.north - area.south)});
  }
  return places;
}

const Time night = *parse_time("2021-11-24T01:18:00Z");

/// A thousand particles at the same moment, then ten minutes on: as an ensemble asks.
void tides_current_step_by_step(benchmark::State& state) {
  const auto tides = home_tides().value();
  const auto places = places_in({0.5, 50.4, 1.4, 50.8});
  std::size_t i = 0;
  for (auto _ : state) {
    const Time time = night + std::chrono::minutes(10 * ((i / 1000) % 144));
    benchmark::DoNotOptimize(tides->current(places[i % places.size()], time));
    ++i;
  }
}
BENCHMARK(tides_current_step_by_step);

/// Every question about another moment: nothing remembered helps.
void tides_current_at_any_moment(benchmark::State& state) {
  const auto tides = home_tides().value();
  const auto places = places_in({0.5, 50.4, 1.4, 50.8});
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        tides->current(places[i % places.size()], night + std::chrono::milliseconds(7919 * i)));
    ++i;
  }
}
BENCHMARK(tides_current_at_any_moment);

void coast_land_anywhere(benchmark::State& state) {
  const auto coast = home_coast().value();
  const auto places = places_in(*home_strait().value()->coast);
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(coast->land(places[i++ % places.size()]));
}
BENCHMARK(coast_land_anywhere);

/// Within some hundred metres of the shore, where the index cannot answer alone.
void coast_land_at_the_shore(benchmark::State& state) {
  const auto coast = home_coast().value();
  std::vector<Place> places;
  Random random(2, 0, 0);
  for (int i = 0; i < 4096; ++i) {
    const auto& ring = coast->rings()[random.bits() % coast->rings().size()];
    const Place corner = ring[random.bits() % ring.size()];
    places.push_back({corner.lon + 0.001 * random.normal(), corner.lat + 0.001 * random.normal()});
  }
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(coast->land(places[i++ % places.size()]));
}
BENCHMARK(coast_land_at_the_shore);

void zones_at(benchmark::State& state) {
  const Zones zones = home_strait().value()->zones;
  const auto places = places_in({-0.5, 49.7, 2.6, 51.6});
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(zones.at(places[i++ % places.size()]));
}
BENCHMARK(zones_at);

/// What an encounter asks of a place that is good to a mile.
void territorial_sea_at(benchmark::State& state) {
  const TerritorialSea layer(home_strait().value()->zones, home_coast().value());
  const auto places = places_in({0.5, 50.4, 2.1, 51.3});
  std::size_t i = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(layer.at(places[i++ % places.size()], static_cast<double>(state.range(0))));
}
BENCHMARK(territorial_sea_at)->Arg(0)->Arg(1852);

void territorial_sea_opened(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(TerritorialSea(home_strait().value()->zones, home_coast().value()));
}
BENCHMARK(territorial_sea_opened)->Unit(benchmark::kMillisecond);

/// Files of the shared real data; absent on most machines.
void netcdf(benchmark::State& state, const char* file, Box area, const char* time, bool wind) {
  const auto path = std::filesystem::path(VARNE_ROOT) / ".." / "shared" / "data" / "drift" / file;
  Sea source;
  if (auto added = add_forcing(source, {path.lexically_normal().string()}); !added)
    return state.SkipWithError(added.error().text().c_str());
  const auto places = places_in(area);
  const Time then = *parse_time(time);
  std::size_t i = 0;
  for (auto _ : state) {
    const Place place = places[i++ % places.size()];
    benchmark::DoNotOptimize(wind ? source.wind(place, then) : source.current(place, then));
  }
}
BENCHMARK_CAPTURE(netcdf, regular_grid, "wa_coast_hycom_current.nc", Box{-125.9, 47, -125, 49},
                  "2023-03-03T04:40Z", false);
BENCHMARK_CAPTURE(netcdf, lambert_grid, "AROME_MetCoOp_00_DEF_20160114_subset.nc", Box{3, 61, 6, 63},
                  "2016-01-14T00:40Z", true);

void load_the_coast(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Coast::load(gshhg_path(), *home_strait().value()->coast));
}
BENCHMARK(load_the_coast)->Unit(benchmark::kMillisecond);

void draw_the_map(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(map_of(*home_strait().value()));
}
BENCHMARK(draw_the_map)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace varne
