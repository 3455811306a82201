/// The fifty trial clouds: what the plan finds, how near it is to the best possible, how much a manual square
/// finds, and what it costs. VARNE_TABLE=1 with --benchmark_filter=none for the table alone; VARNE_CASES=N
/// for every Nth cloud only; VARNE_WORST=FILE writes the plan that is farthest from its bound as JSON, for
/// bench/search/draw_plan.py.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "varne/core/json.h"
#include "varne/search/bound.h"
#include "varne/search/plan.h"
#include "varne/search/trial_cases.h"

namespace varne {
namespace {

/// Of the processor, not of the wall: other work on the machine does not count.
double ms_since(std::clock_t start) {
  return 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

struct Measured {
  std::size_t number = 0;
  std::string kind;
  std::size_t units = 0;
  SearchPlan plan = {};
  SearchPlan square = {};
  SearchBound bound = {};
  double plan_ms = 0;
  double bound_ms = 0;
  [[nodiscard]] double share() const { return plan.pos / bound.bound; }
};

Measured measured(std::size_t number) {
  const TrialCase c = trial_case(number);
  PlanOptions options;
  options.land = c.land;
  Measured out{.number = number, .kind = c.kind, .units = c.units.size()};
  auto start = std::clock();
  out.plan = *plan_search(c.cloud, c.units, options);
  out.plan_ms = ms_since(start);
  start = std::clock();
  out.bound = bound_of(c.cloud, effort_of(c.cloud, out.plan.tasks));
  out.bound_ms = ms_since(start);
  out.square = *plan_square(c.cloud, c.units, options);
  return out;
}

double middle(std::vector<double> v) {
  std::ranges::sort(v);
  return v[v.size() / 2];
}

void summary(const std::string& kind, const std::vector<const Measured*>& rows) {
  std::vector<double> share, square, plan_ms, bound_ms;
  std::size_t below = 0;
  for (const Measured* row : rows) {
    share.push_back(row->share());
    square.push_back(row->square.pos / row->bound.bound);
    plan_ms.push_back(row->plan_ms);
    bound_ms.push_back(row->bound_ms);
    below += row->plan.pos < row->square.pos;
  }
  fmt::print("| {} | {} | {:.3f} | {:.3f} | {:.3f} | {} | {:.0f}, {:.0f} | {:.0f}, {:.0f} |\n", kind,
             rows.size(), middle(share), std::ranges::min(share), middle(square), below, middle(plan_ms),
             std::ranges::max(plan_ms), middle(bound_ms), std::ranges::max(bound_ms));
}

/// Cloud, land and boxes of a plan at some moments, in metres of the cloud's plane.
Json drawn(const Measured& m) {
  const TrialCase c = trial_case(m.number);
  const auto at = [](Vec v) { return Json::array({std::round(v.east), std::round(v.north)}); };
  Json out{{"case", m.number},      {"kind", m.kind},          {"units", m.units},
           {"pos", m.plan.pos},     {"bound", m.bound.bound},  {"square", m.square.pos},
           {"land", Json::array()}, {"moments", Json::array()}};
  constexpr double side = 60'000, cell = 500;
  for (double north = -side; c.land && north < side; north += cell)
    for (double east = -side; east < side; east += cell)
      if (c.land(c.cloud.plane.from({east, north}))) out["land"].push_back(at({east, north}));
  for (const double share : {0.15, 0.4, 0.65, 0.9}) {
    const auto k = static_cast<std::size_t>(share * static_cast<double>(c.cloud.slices));
    Json moment{{"minutes", (static_cast<double>(k) + 0.5) * seconds(c.cloud.slice) / 60},
                {"cloud", Json::array()},
                {"boxes", Json::array()},
                {"square", Json::array()}};
    for (std::size_t i = 0; i < c.cloud.particles; i += c.cloud.particles / 1500)
      moment["cloud"].push_back(at({c.cloud.east_of(k)[i], c.cloud.north_of(k)[i]}));
    const Time now = c.cloud.start + c.cloud.slice * static_cast<std::int64_t>(k) + c.cloud.slice / 2;
    for (const auto& [plan, name] : {std::pair{&m.plan, "boxes"}, {&m.square, "square"}})
      for (const SearchTask& task : plan->tasks) {
        if (now < task.from || now > task.until) continue;
        Json ring = Json::array();
        for (const Vec corner : task.box.corners(static_cast<double>(k) + 0.5)) ring.push_back(at(corner));
        moment[name].push_back(
            {{"unit", c.units[task.unit].name}, {"coverage", task.coverage()}, {"ring", ring}});
      }
    out["moments"].push_back(std::move(moment));
  }
  return out;
}

/// One row a case, then a line for each kind of cloud and one for all: median and most.
void table() {
  const char* only = std::getenv("VARNE_CASES");
  std::vector<Measured> all;
  fmt::print("case kind        units  POS     bound   share   square  plan ms  bound ms sweeps\n");
  for (std::size_t n = 0; n < trial_cases; n += only != nullptr ? std::strtoul(only, nullptr, 10) : 1) {
    all.push_back(measured(n));
    const Measured& m = all.back();
    fmt::print("{:4} {:11} {:5}  {:.4f}  {:.4f}  {:.4f}  {:.4f}  {:7.0f}  {:7.0f} {:5}  boxes {}\n", n,
               m.kind, m.units, m.plan.pos, m.bound.bound, m.share(), m.square.pos, m.plan_ms, m.bound_ms,
               m.bound.sweeps, m.plan.tasks.size());
  }
  std::map<std::string, std::vector<const Measured*>> kinds;
  std::vector<const Measured*> rows;
  for (const Measured& m : all) {
    kinds[m.kind].push_back(&m);
    rows.push_back(&m);
  }
  fmt::print(
      "\n| cloud | plans | POS of the bound, median | least | manual square of the bound, median | plans "
      "below it | plan ms, median and most | bound ms |\n| --- | --- | --- | --- | --- | --- | --- | --- "
      "|\n");
  for (const auto& [kind, its] : kinds) summary(kind, its);
  summary("all", rows);
  if (const char* file = std::getenv("VARNE_WORST"))
    std::ofstream(file) << drawn(*std::ranges::min_element(all, {}, &Measured::share)).dump() << '\n';
}

void plan_of_a_case(benchmark::State& state) {
  const TrialCase c = trial_case(static_cast<std::size_t>(state.range(0)));
  PlanOptions options;
  options.land = c.land;
  for (auto _ : state) benchmark::DoNotOptimize(plan_search(c.cloud, c.units, options)->pos);
}
BENCHMARK(plan_of_a_case)->Arg(0)->Arg(36)->Unit(benchmark::kMillisecond);

const bool asked_for_table = [] {
  if (std::getenv("VARNE_TABLE") != nullptr) table();
  return true;
}();

}  // namespace
}  // namespace varne
