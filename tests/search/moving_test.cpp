/// Objects that move between cells: closed cases, and Brown's and Washburn's theorems.
#include "varne/search/moving.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>

#include "varne/search/effort.h"

namespace varne {
namespace {

const MovingObject two_cells{{.6, .4}, {{.5, .5}, {.1, .9}}, {1, 1}};

/// Seven cells in a row; stays with 0.4, else a step to either side; at an end the step that would leave is
/// not made.
MovingObject walk() {
  MovingObject out{std::vector<double>(7, 0), std::vector(7, std::vector<double>(7, 0)),
                   std::vector<double>(7, 1.5)};
  out.start[3] = 1;
  for (std::size_t i = 0; i < 7; ++i) {
    out.move[i][i] += .4;
    out.move[i][i > 0 ? i - 1 : 0] += .3;
    out.move[i][i < 6 ? i + 1 : 6] += .3;
  }
  return out;
}

TEST(Moving, two_cells_and_two_periods) {
  const auto best = search_moving(two_cells, {1, 1});
  ASSERT_TRUE(best);
  EXPECT_NEAR(best->pos, 0.677312593, 5e-10);
  EXPECT_NEAR(best->effort[0][0], .9335073, 5e-8);
  EXPECT_NEAR(best->effort[0][1], .0664927, 5e-8);
  EXPECT_NEAR(best->effort[1][0], 0, 5e-8);
  EXPECT_NEAR(best->effort[1][1], 1, 5e-8);
  EXPECT_LE(best->bound - best->pos, 1e-12);
}

TEST(Moving, who_looks_only_at_now_finds_less) {
  EXPECT_NEAR(search_myopic(two_cells, {1, 1})->pos, 0.669645081, 5e-10);
  EXPECT_NEAR(search_myopic(walk(), {0, 1, 1, 1, 1})->pos, 0.762200580, 5e-10);
}

TEST(Moving, a_walk_over_seven_cells) {
  const auto best = search_moving(walk(), {0, 1, 1, 1, 1});
  ASSERT_TRUE(best);
  EXPECT_NEAR(best->pos, 0.766854986, 5e-10);
  EXPECT_LE(best->bound - best->pos, 1e-12);
}

TEST(Moving, an_object_at_rest_is_one_allocation_of_all_effort) {
  const MovingObject still{{.5, .3, .2}, {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, {1, 1, 1}};
  EXPECT_NEAR(search_moving(still, {1, 1, 1})->pos, 0.657073912636, 5e-12);
}

RC_GTEST_PROP(Moving, no_allocation_passes_the_bound_of_another,
              (const std::vector<std::uint16_t>& a, const std::vector<std::uint16_t>& b)) {
  // Two allocations of the same effort, as the words have it.
  const std::vector<double> effort{1, 0.5, 2};
  const auto make = [&](const std::vector<std::uint16_t>& words) {
    std::vector<std::vector<double>> x(3, std::vector<double>(7, 0));
    for (std::size_t i = 0; i < words.size(); ++i) x[i % 3][(i / 3) % 7] += words[i];
    for (std::size_t t = 0; t < 3; ++t) {
      const double sum = std::accumulate(x[t].begin(), x[t].end(), 0.0);
      for (double& each : x[t]) each = sum > 0 ? each * effort[t] / sum : effort[t] / 7;
    }
    return x;
  };
  const auto one = *evaluate_moving(walk(), make(a));
  const auto other = *evaluate_moving(walk(), make(b));
  RC_ASSERT(one.pos <= other.bound + 1e-12);
  RC_ASSERT(search_moving(walk(), effort)->pos <= other.bound + 1e-12);
}

TEST(Moving, an_allocation_is_evaluated_path_by_path) {
  const std::vector<std::vector<double>> x{{.3, .7}, {.8, .2}};
  double missed = 0;
  for (int from : {0, 1})
    for (int to : {0, 1})
      missed += two_cells.start[from] * two_cells.move[from][to] * std::exp(-x[0][from] - x[1][to]);
  EXPECT_NEAR(evaluate_moving(two_cells, x)->pos, 1 - missed, 1e-15);
}

TEST(Moving, what_is_no_chain_is_refused) {
  EXPECT_FALSE(search_moving({{1}, {{.9}}, {1}}, {1}));
  EXPECT_FALSE(search_moving({{1, 0}, {{1, 0}}, {1, 1}}, {1}));
  EXPECT_FALSE(search_moving(two_cells, {1, -1}));
  EXPECT_FALSE(evaluate_moving(two_cells, {{1, 1, 1}}));
}

}  // namespace
}  // namespace varne
