/// The whole sample day on one core, as `varne replay` runs it; and what a snapshot of the room costs.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>

#include "varne/room/replay.h"
#include "varne/room/report.h"

namespace varne {
namespace {

const std::string folder = std::string(VARNE_ROOT) + "/data/days/2021-11-11";

void sample_day(benchmark::State& state) {
  const auto day = load_day(folder);
  if (!day) return state.SkipWithError(day.error().text().c_str());
  std::uint64_t observations = 0;
  std::uint64_t entries = 0;
  for (auto _ : state) {
    const auto summary = replay(*day, {});
    if (!summary) return state.SkipWithError(summary.error().text().c_str());
    observations += summary->observations;
    entries = summary->entries;
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(observations));
  state.counters["entries"] = static_cast<double>(entries);
}
BENCHMARK(sample_day)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();

void copy_of_the_room(benchmark::State& state) {
  const auto day = load_day(folder);
  if (!day) return state.SkipWithError(day.error().text().c_str());
  std::unique_ptr<Room> noon;
  const auto done = replay(*day, {.after = [&](const Event& event, const Room& room) {
    if (!noon && event.at >= day->start + (day->end - day->start) / 2) noon = std::make_unique<Room>(room);
  }});
  if (!done) return state.SkipWithError(done.error().text().c_str());
  for (auto _ : state) {
    Room copy = *noon;
    benchmark::DoNotOptimize(copy);
  }
}
BENCHMARK(copy_of_the_room)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace varne
