/// The fifty trial clouds: what the plan finds, how near it is to the best possible, how much a manual square
/// finds, and what it costs. Run with --benchmark_filter=none for the table alone (VARNE_TABLE=1).
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>

#include "varne/search/bound.h"
#include "varne/search/plan.h"
#include "varne/search/trial_cases.h"

namespace varne {
namespace {

/// Of the processor, not of the wall: other work on the machine does not count.
double ms_since(std::clock_t start) {
  return 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

/// One row a case, then the medians and the worst.
void table() {
  const char* only = std::getenv("VARNE_CASES");
  std::vector<double> shares, plan_ms, bound_ms;
  fmt::print("case kind        units  POS     bound   share   square  plan ms  bound ms sweeps\n");
  for (std::size_t n = 0; n < trial_cases; n += only != nullptr ? std::strtoul(only, nullptr, 10) : 1) {
    const TrialCase c = trial_case(n);
    PlanOptions options;
    options.land = c.land;
    auto start = std::clock();
    const auto plan = *plan_search(c.cloud, c.units, options);
    plan_ms.push_back(ms_since(start));
    start = std::clock();
    const auto bound = bound_of(c.cloud, effort_of(c.cloud, plan.tasks));
    bound_ms.push_back(ms_since(start));
    const auto square = *plan_square(c.cloud, c.units, options);
    shares.push_back(plan.pos / bound.bound);
    fmt::print("{:4} {:11} {:5}  {:.4f}  {:.4f}  {:.4f}  {:.4f}  {:7.0f}  {:7.0f} {:5}  boxes {}\n", n,
               c.kind, c.units.size(), plan.pos, bound.bound, plan.pos / bound.bound, square.pos,
               plan_ms.back(), bound_ms.back(), bound.sweeps, plan.tasks.size());
  }
  const auto middle = [](std::vector<double> v) {
    std::ranges::sort(v);
    return v[v.size() / 2];
  };
  fmt::print(
      "share of the bound: median {:.4f}, least {:.4f}; plan median {:.0f} ms, most {:.0f}; bound median "
      "{:.0f} ms, "
      "most {:.0f}\n",
      middle(shares), *std::ranges::min_element(shares), middle(plan_ms), *std::ranges::max_element(plan_ms),
      middle(bound_ms), *std::ranges::max_element(bound_ms));
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
