// Under sanitizers g++ 12 takes LEMON's empty arcs for uninitialised; a release does not.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"

#include "varne/core/assignment.h"

#include <gtest/gtest.h>
// rapidcheck wants gtest first
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "varne/core/philox.h"

#if __has_include(<lemon/network_simplex.h>)
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>
#define VARNE_LEMON
#endif

namespace varne {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();

/// All ways, the cheapest: what `assign` must agree with.
double cheapest(const std::vector<std::vector<double>>& cost, std::size_t row, std::vector<bool>& used) {
  if (row == cost.size()) return 0;
  double best = cheapest(cost, row + 1, used);
  for (std::size_t j = 0; j < used.size(); ++j) {
    if (used[j] || cost[row][j] >= 0) continue;
    used[j] = true;
    best = std::min(best, cost[row][j] + cheapest(cost, row + 1, used));
    used[j] = false;
  }
  return best;
}

RC_GTEST_PROP(Assign, is_as_cheap_as_the_best_of_all_ways, ()) {
  const auto rows = *rc::gen::inRange<std::size_t>(0, 6);
  const auto columns = *rc::gen::inRange<std::size_t>(0, 6);
  std::vector<std::vector<double>> cost(rows, std::vector<double>(columns, 1));
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      if (*rc::gen::inRange(0, 3) == 0) continue;
      cost[i][j] = *rc::gen::inRange(-50, 10);
      candidates.push_back({i, j, cost[i][j]});
    }
  }
  const auto got = assign(rows, columns, candidates);
  double total = 0;
  std::vector<bool> used(columns, false);
  for (std::size_t i = 0; i < rows; ++i) {
    if (!got[i]) continue;
    RC_ASSERT(!used[*got[i]]);
    used[*got[i]] = true;
    RC_ASSERT(cost[i][*got[i]] < 0);
    total += cost[i][*got[i]];
  }
  std::vector<bool> none(columns, false);
  RC_ASSERT(total == cheapest(cost, 0, none));
}

double total_of(std::span<const std::size_t> column_of, const std::vector<double>& cost, std::size_t columns,
                double leave) {
  double total = 0;
  std::vector<bool> used(columns, false);
  for (std::size_t i = 0; i < column_of.size(); ++i) {
    if (column_of[i] == AssignmentSolver::none) {
      total += leave;
      continue;
    }
    EXPECT_FALSE(used[column_of[i]]) << "a column goes to two rows";
    used[column_of[i]] = true;
    total += cost[i * columns + column_of[i]];
  }
  return total;
}

#ifdef VARNE_LEMON
/// The least total as LEMON's network simplex has it: rows send one unit each to the columns or, at the price
/// of leaving, straight to the sink.
double lemon_total(const std::vector<double>& cost, std::size_t rows, std::size_t columns, double leave) {
  using Graph = lemon::SmartDigraph;
  Graph g;
  const auto sink = g.addNode();
  std::vector<Graph::Node> row(rows);
  std::vector<Graph::Node> column(columns);
  for (auto& node : row) node = g.addNode();
  for (auto& node : column) node = g.addNode();
  Graph::ArcMap<long long> price(g, 0);
  Graph::ArcMap<long long> most(g, 1);
  Graph::NodeMap<long long> supply(g, 0);
  for (std::size_t i = 0; i < rows; ++i) {
    supply[row[i]] = 1;
    for (std::size_t j = 0; j < columns; ++j) {
      if (cost[i * columns + j] == inf) continue;
      const auto arc = g.addArc(row[i], column[j]);
      price[arc] = static_cast<long long>(cost[i * columns + j]);
      most[arc] = 1;
    }
    if (leave == inf) continue;
    const auto arc = g.addArc(row[i], sink);
    price[arc] = static_cast<long long>(leave);
    most[arc] = 1;
  }
  for (const auto& node : column) most[g.addArc(node, sink)] = 1;
  supply[sink] = -static_cast<long long>(rows);
  lemon::NetworkSimplex<Graph, long long, long long> simplex(g);
  simplex.costMap(price).supplyMap(supply).upperMap(most);
  EXPECT_EQ(simplex.run(), simplex.OPTIMAL);
  return static_cast<double>(simplex.totalCost());
}
#endif

TEST(Assignment, equals_lemon_on_ten_thousand_random_tables) {
#ifdef VARNE_LEMON
  AssignmentSolver solver;
  for (std::uint32_t n = 0; n < 10'000; ++n) {
    Random random(10, n, 0);
    const auto up_to = [&](std::uint32_t most) { return random.bits() % (most + 1); };
    const std::size_t rows = up_to(14);
    const bool must = n % 2 == 0;
    const std::size_t columns = must ? rows + up_to(30) : up_to(40);
    // Few different costs make many equal optima; many make one.
    const std::uint32_t spread = n % 3 == 0 ? 4 : 1'000'000;
    std::vector<double> cost(rows * columns);
    for (double& c : cost) c = static_cast<double>(up_to(spread)) - (must ? 0 : spread / 2);
    const double leave = must ? inf : static_cast<double>(up_to(spread)) - spread / 4.0;
    const double floor_leave = std::floor(leave);
    if (!must)
      for (double& c : cost)
        if (up_to(4) == 0) c = inf;
    const auto got = solver.solve(cost, rows, columns, floor_leave);
    ASSERT_EQ(got.size(), rows);
    ASSERT_EQ(total_of(got, cost, columns, floor_leave), lemon_total(cost, rows, columns, floor_leave))
        << rows << " x " << columns << ", table " << n;
  }
#else
  GTEST_SKIP() << "needs LEMON (Debian: liblemon-dev)";
#endif
}

RC_GTEST_PROP(Assignment, a_row_more_never_takes_from_the_number_that_are_served, ()) {
  const auto rows = *rc::gen::inRange<std::size_t>(1, 8);
  const auto columns = *rc::gen::inRange<std::size_t>(0, 8);
  std::vector<double> cost(rows * columns);
  for (double& c : cost) c = *rc::gen::inRange(-50, 0);
  AssignmentSolver solver;
  const auto served = [&](std::size_t of) {
    const auto got = solver.solve({cost.data(), of * columns}, of, columns, 0);
    return static_cast<std::size_t>(
        std::count_if(got.begin(), got.end(), [](std::size_t c) { return c != AssignmentSolver::none; }));
  };
  RC_ASSERT(served(rows) == std::min(rows, columns));
  RC_ASSERT(served(rows) >= served(rows - 1));
}

}  // namespace
}  // namespace varne
