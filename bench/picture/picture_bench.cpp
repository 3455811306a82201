/// What the picture costs: an hour in the strait with 300 ships on AIS (a report every 10 s each) and one
/// radar (a turn every 10 s) that sees ships and 50 small boats, misses a tenth and adds 20 plots of clutter
/// a turn.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "varne/core/assignment.h"
#include "varne/core/lines.h"
#include "varne/core/philox.h"
#include "varne/feed/nmea.h"
#include "varne/picture/picture.h"

namespace varne {
namespace {

constexpr std::uint32_t ships = 300;
constexpr std::uint32_t boats = 50;
constexpr std::uint32_t turns = 360;
const Time start = *parse_time("2021-11-11T05:00Z");
const Place mid{1.5, 51.0};

struct Craft {
  Place from;
  double course_deg;
  double speed_mps;

  [[nodiscard]] Place at(double t) const { return destination(from, course_deg, speed_mps * t); }
};

Craft craft(std::uint32_t number) {
  Random random(1, number, 0);
  const Vec from{40000 * (random.uniform() - 0.5), 40000 * (random.uniform() - 0.5)};
  const bool boat = number >= ships;
  return {moved(mid, from), random.uniform() * 360, boat ? 2 + random.uniform() : 4 + 8 * random.uniform()};
}

const std::vector<Observation>& hour() {
  static const std::vector<Observation> all = [] {
    std::vector<Observation> out;
    for (std::uint32_t k = 0; k < turns; ++k) {
      const double t = k * 10.0;
      const Time time = start + std::chrono::seconds(10 * k);
      Random random(2, 0, k);
      RadarScan scan{"dover", k, time, time, {}};
      const auto see = [&](Place place) {
        scan.plots.push_back({static_cast<std::uint32_t>(scan.plots.size()), time, place, 30});
      };
      for (std::uint32_t i = 0; i < ships + boats; ++i) {
        const Craft c = craft(i);
        const Place place = c.at(t);
        if (i < ships) {
          AisPosition ais;
          ais.mmsi = 200000000 + i;
          ais.type = 1;
          ais.place = place;
          ais.speed_mps = c.speed_mps;
          ais.course_deg = c.course_deg;
          out.push_back({time, "ais", "", ais});
        }
        const Vec noise{30 * random.normal(), 30 * random.normal()};
        if (random.uniform() < 0.9) see(moved(place, noise));
      }
      for (int i = 0; i < 20; ++i) {
        const Vec anywhere{40000 * (random.uniform() - 0.5), 40000 * (random.uniform() - 0.5)};
        see(moved(mid, anywhere));
      }
      const std::string raw(scan.plots.size() - 1, '\n');
      out.push_back({time, "radar:dover", raw, std::move(scan)});
    }
    return out;
  }();
  return all;
}

void an_hour_in_the_strait(benchmark::State& state) {
  const auto& observations = hour();
  std::size_t tracks = 0;
  for (auto _ : state) {
    Picture picture;
    for (const auto& o : observations) benchmark::DoNotOptimize(picture.apply(o).size());
    tracks = picture.tracks().size();
  }
  state.counters["tracks"] = static_cast<double>(tracks);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(observations.size()));
}
BENCHMARK(an_hour_in_the_strait)->Unit(benchmark::kMillisecond);

/// 85,194 sentences of an aggregator, 10,400 ships with a place among them, as a desk takes them at 20,000 a
/// second: line, message, picture, and the clock at every line. Reported: sentences a second on one core.
void a_busy_feed(benchmark::State& state) {
  const char* set = std::getenv("VARNE_SHARED");
  const auto root =
      set != nullptr ? std::filesystem::path(set) : std::filesystem::path(VARNE_ROOT) / "../shared";
  std::vector<std::string> lines;
  auto file = LineFile::open((root / "data/ais/aishub_nmea-sample.txt.gz").string());
  LineFile::Line line;
  while (file && file->next(line).value_or(false)) lines.push_back(line.text);
  if (lines.empty()) return state.SkipWithError("needs the shared data");
  Picture picture;
  NmeaReader reader("ais");
  std::vector<Observation> out;
  Time now = start;
  for (auto _ : state) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      now += Duration(i % 20 == 0 ? 1 : 0);
      out.clear();
      (void)reader.take(lines[i], now, out);
      benchmark::DoNotOptimize(picture.advance(now).size());
      for (auto& o : out) {
        o.time = now;  // the log's own times repeat
        benchmark::DoNotOptimize(picture.apply(o).size());
      }
    }
  }
  state.counters["ships"] = static_cast<double>(picture.tracks().size());
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(lines.size()));
}
BENCHMARK(a_busy_feed)->Unit(benchmark::kMillisecond);

/// Blocks of five tracks and five plots that all reach one another: convoys.
void assignment_of_convoys(benchmark::State& state) {
  const auto blocks = static_cast<std::size_t>(state.range(0));
  std::vector<Candidate> candidates;
  Random random(3, 0, 0);
  for (std::size_t b = 0; b < blocks; ++b) {
    for (std::size_t i = 0; i < 5; ++i) {
      for (std::size_t j = 0; j < 5; ++j)
        candidates.push_back({b * 5 + i, b * 5 + j, -10 * random.uniform()});
    }
  }
  for (auto _ : state) benchmark::DoNotOptimize(assign(blocks * 5, blocks * 5, candidates).size());
}
BENCHMARK(assignment_of_convoys)->Arg(10)->Arg(100)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace varne
