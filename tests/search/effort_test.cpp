/// Effort that may be divided at will: every closed form, and laws that hold for any numbers.
#include "varne/search/effort.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>

namespace varne {
namespace {

std::vector<EffortCell> cells(const std::vector<double>& p, const std::vector<double>& rate) {
  std::vector<EffortCell> out;
  for (std::size_t i = 0; i < p.size(); ++i) out.push_back({p[i], rate[i]});
  return out;
}

void expect_near(const std::vector<double>& got, const std::vector<double>& wanted, double within) {
  ASSERT_EQ(got.size(), wanted.size());
  for (std::size_t i = 0; i < got.size(); ++i) EXPECT_NEAR(got[i], wanted[i], within) << "cell " << i;
}

TEST(Effort, little_effort_fills_the_best_cells_only) {
  const auto a = allocate(cells({.5, .3, .2}, {1, 1, 1}), 1);
  ASSERT_TRUE(a);
  expect_near(a->effort, {0.75541281, 0.24458719, 0}, 5e-9);
  EXPECT_NEAR(a->pos, 0.330183371194, 5e-13);
}

TEST(Effort, enough_effort_makes_all_cells_alike) {
  const auto a = allocate(cells({.5, .3, .2}, {1, 1, 1}), 3);
  ASSERT_TRUE(a);
  expect_near(a->effort, {1.47570545, 0.96487983, 0.55941472}, 5e-9);
  EXPECT_NEAR(a->pos, 0.657073912636, 5e-13);
  expect_near(a->posterior, {1.0 / 3, 1.0 / 3, 1.0 / 3}, 1e-14);
}

TEST(Effort, cells_of_unlike_size_and_width_are_filled_by_their_rates) {
  const auto c = allocate(cells({.4, .35, .25}, {1.0 / 10, 1.0 / 20, 2.0 / 5}), 6);
  ASSERT_TRUE(c);
  expect_near(c->effort, {2.96741854, 0, 3.03258146}, 5e-9);
  EXPECT_NEAR(c->pos, 0.27838207438, 5e-12);
  const auto d = allocate(cells({.1, .2, .3, .4}, {.5 / 4, .5 / 3, 1.0 / 2, .25 / 1}), 5);
  ASSERT_TRUE(d);
  expect_near(d->effort, {0, 0, 2.20728681, 2.79271319}, 5e-9);
  EXPECT_NEAR(d->pos, 0.40150554456, 5e-12);
}

TEST(Effort, two_resources_share_two_cells) {
  const auto s = allocate(std::vector{.5, .5}, std::vector{16.1, 13.9}, {{.1, .05}, {.02, .005}});
  ASSERT_TRUE(s);
  EXPECT_NEAR(s->pos, 0.46567587, 5e-9);
  EXPECT_LE(s->bound - s->pos, 1e-12);
  // Where resource 2 is all in cell 1, both cells' slopes for resource 1 are equal there.
  const double first = (std::log(5) - 0.05 * 13.9 + 0.02 * 16.1) / 0.12;
  expect_near(s->effort[0], {first, 13.9}, 1e-9);
  expect_near(s->effort[1], {16.1 - first, 0}, 1e-9);
}

TEST(Effort, three_resources_share_four_cells) {
  const auto s = allocate(std::vector{1 / 6., 1 / 6., 2 / 6., 2 / 6.}, std::vector{3., 2., 1.},
                          {{1, 3, 0}, {2, 2, 1}, {3, 2, 0}, {4, 1, 1}});
  ASSERT_TRUE(s);
  EXPECT_NEAR(s->pos, 0.9822987, 5e-8);
  EXPECT_LE(s->bound - s->pos, 1e-12);
  const std::vector<std::vector<double>> wanted{
      {0, 1.22976, 0}, {.37167, .77024, 1}, {1.46081, 0, 0}, {1.16753, 0, 0}};
  for (std::size_t i = 0; i < 4; ++i) expect_near(s->effort[i], wanted[i], 1e-5);
}

TEST(Effort, looks_go_where_the_next_finds_most) {
  const auto l = looks(std::vector{.5, .3, .2}, std::vector{.4, .7, .9}, 8);
  ASSERT_TRUE(l);
  EXPECT_EQ(l->order, (std::vector<std::size_t>{1, 0, 2, 0, 0, 1, 0, 0}));
  expect_near(l->pos, {.21, .41, .59, .71, .782, .845, .8882, .91412}, 1e-12);
}

/// Cells and effort of any shape, with some that are of no use.
struct Problem {
  std::vector<EffortCell> cells;
  double effort;
};
Problem problem(const std::vector<std::uint16_t>& words, std::uint16_t effort) {
  Problem out{{}, effort / 1000.0};
  for (const auto w : words) out.cells.push_back({(w % 97) / 97.0, (w % 13) * 0.1});
  out.cells.push_back({0.2, 0.5});
  return out;
}

double pos_of(const std::vector<EffortCell>& all, const std::vector<double>& x) {
  double out = 0;
  for (std::size_t i = 0; i < x.size(); ++i) out += all[i].probability * (1 - std::exp(-all[i].rate * x[i]));
  return out;
}

RC_GTEST_PROP(Effort, all_of_it_is_spent_and_none_is_negative,
              (const std::vector<std::uint16_t>& words, std::uint16_t effort)) {
  const Problem p = problem(words, effort);
  const auto a = *allocate(p.cells, p.effort);
  RC_ASSERT(std::abs(std::accumulate(a.effort.begin(), a.effort.end(), 0.0) - p.effort) <=
            1e-9 * (1 + p.effort));
  for (const double x : a.effort) RC_ASSERT(x >= 0);
}

RC_GTEST_PROP(Effort, moving_a_little_from_one_cell_to_another_never_helps,
              (const std::vector<std::uint16_t>& words, std::uint16_t effort)) {
  const Problem p = problem(words, effort);
  const auto a = *allocate(p.cells, p.effort);
  for (std::size_t i = 0; i < p.cells.size(); ++i)
    for (std::size_t k = 0; k < p.cells.size(); ++k) {
      auto x = a.effort;
      const double little = std::min(x[i], 1e-3);
      x[i] -= little;
      x[k] += little;
      RC_ASSERT(pos_of(p.cells, x) <= a.pos + 1e-14);
    }
}

RC_GTEST_PROP(Effort, the_price_is_what_the_next_piece_finds, (const std::vector<std::uint16_t>& words)) {
  const Problem p = problem(words, 700);
  const double more = 1e-5;
  const auto a = *allocate(p.cells, p.effort);
  const auto b = *allocate(p.cells, p.effort + more);
  RC_ASSERT(std::abs((b.pos - a.pos) / more - a.price) < 1e-4);
}

TEST(Effort, what_cannot_be_used_is_refused_in_words) {
  EXPECT_EQ(allocate(cells({.5, .5}, {0, 0}), 1).error().what,
            "no cell can use it: each has no probability or no rate of detection");
  EXPECT_FALSE(allocate(cells({.5, -.5}, {1, 1}), 1));
  EXPECT_FALSE(allocate(cells({.5, .5}, {1, 1}), std::nan("")));
  EXPECT_FALSE(allocate(std::vector{.5, .5}, std::vector{1.}, {{1}}));
  EXPECT_FALSE(looks(std::vector{.5}, std::vector{1.5}, 1));
}

TEST(Effort, without_effort_nothing_is_found_and_the_price_is_the_best_cells) {
  const auto a = allocate(cells({.5, .3}, {1, 2}), 0);
  ASSERT_TRUE(a);
  EXPECT_EQ(a->pos, 0);
  EXPECT_NEAR(a->price, 0.6, 1e-15);
}

}  // namespace
}  // namespace varne
