/// Sentences a second, on one core: of a real log where the shared data lie beside the clone, else of one
/// sentence of each common sort.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "varne/core/lines.h"
#include "varne/feed/nmea.h"
#include "varne/feed/observation_json.h"
#include "varne/feed/plots.h"
#include "varne/feed/report_reader.h"

namespace varne {
namespace {

/// 85,194 sentences of an aggregator, world-wide.
const std::vector<std::string>& log_lines() {
  static const std::vector<std::string> lines = [] {
    std::vector<std::string> out;
    const char* set = std::getenv("VARNE_SHARED");
    const auto root =
        set != nullptr ? std::filesystem::path(set) : std::filesystem::path(VARNE_ROOT) / "../shared";
    auto file = LineFile::open((root / "data/ais/aishub_nmea-sample.txt.gz").string());
    LineFile::Line line;
    while (file && file->next(line).value_or(false)) out.push_back(line.text);
    if (out.empty()) {
      out = {"!AIVDM,1,1,,A,15MgK45P3@G?fl0E`JbR0OwT0@MS,0*4E",
             "!AIVDM,1,1,,A,403OviQuMGCqWrRO9>E6fE700@GO,0*4D",
             "!AIVDM,1,1,,A,B52K>;h00Fc>jpUlNV@ikwpUoP06,0*4C"};
    }
    return out;
  }();
  return lines;
}

void nmea(benchmark::State& state) {
  const auto& lines = log_lines();
  std::vector<Observation> out;
  for (auto _ : state) {
    NmeaReader reader("ais");
    for (const auto& line : lines) {
      out.clear();
      benchmark::DoNotOptimize(reader.take(line, Time{}, out).has_value());
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(lines.size()));
}
BENCHMARK(nmea)->Unit(benchmark::kMillisecond);

void nmea_to_json(benchmark::State& state) {
  const auto& lines = log_lines();
  std::vector<Observation> out;
  for (auto _ : state) {
    NmeaReader reader("ais");
    for (const auto& line : lines) {
      out.clear();
      (void)reader.take(line, Time{}, out);
      for (const auto& o : out) benchmark::DoNotOptimize(observation_json(o).size());
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(lines.size()));
}
BENCHMARK(nmea_to_json)->Unit(benchmark::kMillisecond);

void plots(benchmark::State& state) {
  PlotReader reader;
  (void)reader.take("time,radar,scan,plot,lon,lat,sigma_m");
  for (auto _ : state)
    benchmark::DoNotOptimize(reader.take("2021-11-11T05:00:02.500Z,dungeness,1201,17,1.20431,50.98112,45"));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(plots);

void reports(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(parse_report(
        R"({"id":"R1","time":"2021-11-11T05:00:00Z","kind":"call","from":"caller","at":[1.5,51.0],)"
        R"("persons":[30,40],"distress":true,"text":"engine stopped"})"));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(reports);

}  // namespace
}  // namespace varne
