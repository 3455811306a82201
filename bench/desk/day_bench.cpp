/// The whole sample day on one core, as `varne replay` runs it; and what a snapshot of the room costs.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>

#include "varne/core/place_of_data.h"
#include "varne/desk/replay.h"
#include "varne/report/report.h"

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

/// What every verdict of the day stood on, as it stood when it was given.
std::vector<Encounter> encounters_of_the_day(const Day& day) {
  std::vector<Encounter> out;
  std::map<std::string, std::uint64_t> last;
  const auto done = replay(day, {.after = [&](const Event&, const Room& room) {
                             for (const auto& [id, incident] : room.incidents()) {
                               if (!incident.open || room.last_verdict(incident) == last[id]) continue;
                               last[id] = room.last_verdict(incident);
                               out.push_back(room.encounter(incident));
                             }
                           }});
  return done ? out : std::vector<Encounter>();
}

/// Deriving all verdicts of the day again, every doctrine and response, each with its full tree.
void verdicts_of_the_day(benchmark::State& state) {
  const auto day = load_day(folder);
  if (!day) return state.SkipWithError(day.error().text().c_str());
  const auto rules = load_rulebook(data_path("doctrine"));
  if (!rules) return state.SkipWithError(rules.error().text().c_str());
  const auto encounters = encounters_of_the_day(*day);
  for (auto _ : state) {
    for (const Encounter& encounter : encounters) {
      for (const Doctrine& doctrine : rules->doctrines)
        benchmark::DoNotOptimize(judge(rules->vocabulary, doctrine, encounter));
    }
  }
  state.counters["encounters"] = static_cast<double>(encounters.size());
}
BENCHMARK(verdicts_of_the_day)->Unit(benchmark::kMillisecond);

/// Reading the same day's feeds, to hold the above against.
void reading_of_the_day(benchmark::State& state) {
  const auto day = load_day(folder);
  if (!day) return state.SkipWithError(day.error().text().c_str());
  for (auto _ : state) {
    std::uint64_t events = 0;
    const auto read = read_day(
        *day, [&](const Event&) { return ++events > 0; }, [](const Error&) {});
    if (!read) return state.SkipWithError(read.error().text().c_str());
    benchmark::DoNotOptimize(events);
  }
}
BENCHMARK(reading_of_the_day)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace varne
