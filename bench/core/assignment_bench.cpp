/// How long "who goes now" takes: tables of reach times, the rows being incidents and the columns units.
#include <benchmark/benchmark.h>

#include "varne/core/assignment.h"
#include "varne/core/philox.h"

namespace varne {
namespace {

void assignment_of_a_table(benchmark::State& state) {
  const auto rows = static_cast<std::size_t>(state.range(0));
  const auto columns = static_cast<std::size_t>(state.range(1));
  // A hundred tables in turn, so that no branch is learnt by heart.
  std::vector<std::vector<double>> tables(100, std::vector<double>(rows * columns));
  for (std::uint32_t n = 0; n < tables.size(); ++n) {
    Random random(1, n, 0);
    for (double& c : tables[n]) c = 60 * random.uniform();
  }
  AssignmentSolver solver;
  std::size_t n = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(solver.solve(tables[n], rows, columns, 120).data());
    n = (n + 1) % tables.size();
  }
}
BENCHMARK(assignment_of_a_table)->Args({12, 60})->Args({60, 60})->Args({100, 20});

}  // namespace
}  // namespace varne
