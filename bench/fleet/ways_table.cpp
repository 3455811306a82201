/// Which way around land: Lazy Theta* (what ships), the visibility graph of the same cells, fast marching.
/// Each way is gone through the tide by one clock and compared with every move on a fine grid, the chase by
/// brute force of the tests. VARNE_TABLE=1 build/release/bench_fleet --benchmark_filter=none
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <functional>

#include "../../tests/fleet/flood.h"
#include "other_ways.h"
#include "varne/sea/strait.h"

namespace varne {
namespace {

const Time night = parse_time("2021-11-24T02:00:00Z").value();

Time after(double s) {
  return night + Duration(static_cast<std::int64_t>(std::llround(s * 1000)));
}

/// Seconds along a way, the tide looked up every minute of it.
double gone_along(const Sea& sea, const std::vector<Place>& way, double speed) {
  double t = 0;
  for (std::size_t i = 1; i < way.size(); ++i) {
    const double far = distance_m(way[i - 1], way[i]);
    const Vec ahead = towards(bearing_deg(way[i - 1], way[i]), 1);
    for (double gone = 0; gone < far;) {
      const double share = gone / far;
      const Place here{way[i - 1].lon + (way[i].lon - way[i - 1].lon) * share,
                       way[i - 1].lat + (way[i].lat - way[i - 1].lat) * share};
      const Vec flow = sea.current(here, after(t)).value_or(Vec{});
      const double with = ahead.east * flow.east + ahead.north * flow.north;
      const double across = flow.east * flow.east + flow.north * flow.north - with * with;
      const double made_good = with + std::sqrt(std::max(0.0, speed * speed - across));
      const double step = std::min(60.0, (far - gone) / made_good);
      t += step;
      gone += std::max(step * made_good, 1e-3);
    }
  }
  return t;
}

/// Until a way to where the target will be takes as long as that.
double meeting_s(const Sea& sea, const Target& target, double speed,
                 const std::function<std::vector<Place>(Place)>& way) {
  double t = 0;
  for (int round = 0; round < 12; ++round) {
    const double before = t;
    const auto there = way(target.at(0, after(t)));
    if (there.empty()) return bench::never;
    t = gone_along(sea, there, speed);
    if (std::abs(t - before) < 0.5) break;
  }
  return t;
}

std::vector<Place> theta(Passages& passages, Place from, Place to) {
  const auto last = passages.last_corner(to);
  if (!last) return {};
  std::vector<Place> out{to};
  for (auto corner = *last; corner != Passages::start; corner = passages.before(corner))
    out.push_back(passages.place(corner));
  out.push_back(from);
  std::ranges::reverse(out);
  return out;
}

struct Row {
  std::vector<double> error;     ///< of a meeting's time against brute force
  std::vector<double> first_ms;  ///< CPU time of the first way from a place
  std::vector<double> more_ms;   ///< and of 64 more, to places about the first
};

double ms_of(const std::function<void()>& work) {
  const auto start = std::clock();
  work();
  return 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

double middle(std::vector<double> v) {
  std::ranges::sort(v);
  return v[v.size() / 2];
}

void table() {
  Sea sea;
  if (!add_home_strait(sea)) return;
  fmt::print("cells  way                error median    least     most   first ms   64 more ms\n");
  std::vector<std::vector<double>> brute(test::around_land.size() * 2);
  for (std::size_t c = 0; c < test::around_land.size(); ++c)
    for (std::size_t s = 0; s < 2; ++s) {
      const auto& one = test::around_land[c];
      const test::Flood flood(sea, one.box, 150, s == 0 ? 7.0 : 12.9, one.from, night);
      for (const Vec velocity : {Vec{0, 0}, Vec{-0.4, 0.6}})
        brute[c * 2 + s].push_back(
            flood.meets_s({.slices = {{night, {one.to}},
                                      {night + std::chrono::hours(12), {moved(one.to, velocity * 43'200)}}},
                           .weights = {1}}));
    }
  for (const double cell_m : {600.0, 300.0, 150.0}) {
    const PassageGrid grid(sea, *home_strait().value()->coast, cell_m);
    const bench::VisibilityGraph graph(grid);
    std::array<Row, 3> rows;
    for (std::size_t c = 0; c < test::around_land.size(); ++c) {
      const auto& one = test::around_land[c];
      std::vector<Place> about;
      for (int i = 0; i < 64; ++i) about.push_back(moved(one.to, towards(i * 137.5, 250.0 * std::sqrt(i))));
      Passages passages(grid, one.from, 0);
      bench::FastMarching marching(grid, one.from);
      const std::array<std::function<std::vector<Place>(Place)>, 3> ways{
          [&](Place to) { return theta(passages, one.from, to); },
          [&](Place to) { return graph.way(one.from, to); }, [&](Place to) { return marching.way(to); }};
      for (std::size_t w = 0; w < ways.size(); ++w) {
        rows[w].first_ms.push_back(ms_of([&] { benchmark::DoNotOptimize(ways[w](one.to).size()); }));
        rows[w].more_ms.push_back(ms_of([&] {
          for (const Place to : about) benchmark::DoNotOptimize(ways[w](to).size());
        }));
        for (std::size_t s = 0; s < 2; ++s)
          for (std::size_t v = 0; v < 2; ++v) {
            const Vec velocity = v == 0 ? Vec{0, 0} : Vec{-0.4, 0.6};
            const Target target{
                .slices = {{night, {one.to}},
                           {night + std::chrono::hours(12), {moved(one.to, velocity * 43'200)}}},
                .weights = {1}};
            rows[w].error.push_back(
                meeting_s(sea, target, s == 0 ? 7.0 : 12.9, ways[w]) / brute[c * 2 + s][v] - 1);
          }
      }
    }
    const std::array names{"Lazy Theta*", "visibility graph", "fast marching"};
    for (std::size_t w = 0; w < rows.size(); ++w)
      fmt::print("{:5.0f}  {:17}  {:+11.2f} % {:+7.2f} % {:+7.2f} %  {:9.2f}  {:9.2f}\n", cell_m, names[w],
                 100 * middle(rows[w].error), 100 * *std::ranges::min_element(rows[w].error),
                 100 * *std::ranges::max_element(rows[w].error), middle(rows[w].first_ms),
                 middle(rows[w].more_ms));
    fmt::print("       {} corners\n", graph.corners());
  }
}

const bool asked_for_table = [] {
  if (std::getenv("VARNE_TABLE") != nullptr) table();
  return true;
}();

}  // namespace
}  // namespace varne
