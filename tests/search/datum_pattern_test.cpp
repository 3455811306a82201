/// Expanding squares and sectors about the datum: where they lie, and what they are worth.
#include "varne/search/datum_pattern.h"

#include <gtest/gtest.h>

#include <cmath>

#include "varne/search/bound.h"
#include "varne/search/strokes.h"
#include "varne/search/trial_cases.h"

namespace varne {
namespace {

/// One boat of a trial cloud that is about a single datum.
TrialCase one_boat() {
  TrialCase c = trial_case(0, 20'000);
  c.units.resize(1);
  c.units[0].flies = false;
  return c;
}

double coverage_at(const std::vector<Stroke>& strokes, std::size_t slice, Vec at) {
  double sum = 0;
  for (const Stroke& s : strokes) {
    const Vec d{at.east - static_cast<double>(s.east), at.north - static_cast<double>(s.north)};
    const auto e = static_cast<double>(s.axis_east);
    const auto n = static_cast<double>(s.axis_north);
    if (s.slice == slice && std::abs(d.east * e + d.north * n) <= static_cast<double>(s.half_length) &&
        std::abs(d.east * n - d.north * e) <= static_cast<double>(s.half_width))
      sum += static_cast<double>(s.coverage);
  }
  return sum;
}

/// A still cloud of one place, a box about it, and the strokes of a pattern through it.
struct Drawn {
  SearchCloud cloud;
  SearchTask task;
  SearchUnit unit;
  std::vector<Stroke> strokes;
  SearchPattern pattern;

  Drawn(PatternKind kind, double spacing_m) {
    cloud.plane = LocalPlane({1.5, 51.0});
    cloud.start = *parse_time("2021-11-11T06:00:00Z");
    cloud.slice = std::chrono::hours(6);
    cloud.particles = cloud.slices = 1;
    cloud.east = cloud.north = {0};
    cloud.weight = {1};
    unit.name = "Boat";
    unit.at = {1.3, 50.9};
    unit.search_mps = 10;
    unit.sweep_width_m = 500;
    task.box.length_m = task.box.width_m = 12'000;
    task.from = cloud.start;
    task.until = cloud.start + std::chrono::hours(2);
    pattern = *pattern_of(cloud, task, unit, kind, spacing_m);
    add_pattern_strokes(cloud, task, pattern, 500, 0, strokes);
  }
};

TEST(DatumPattern, of_a_square_covers_its_water_by_the_sweep_over_the_spacing) {
  const Drawn drawn(PatternKind::expanding_square, 1000);
  const auto effort = effort_of(drawn.cloud, drawn.strokes);
  EXPECT_NEAR(effort[0], 500 * drawn.pattern.track_m, 1e-3 * effort[0]);
  // Beside a leg, where no corner is: 500 m of sweep in 1000 m of spacing.
  EXPECT_NEAR(coverage_at(drawn.strokes, 0, {1900, 300}), 0.5, 1e-6);
  EXPECT_EQ(coverage_at(drawn.strokes, 0, {9000, 9000}), 0);
}

TEST(DatumPattern, of_a_sector_looks_most_about_the_datum) {
  const Drawn drawn(PatternKind::sector, 4000);
  const auto effort = effort_of(drawn.cloud, drawn.strokes);
  EXPECT_NEAR(effort[0], 500 * drawn.pattern.track_m, 1e-3 * effort[0]);
  // Three times straight through it, and nearby by six legs' strips.
  EXPECT_GE(coverage_at(drawn.strokes, 0, {1, 2}), 2.9);
  EXPECT_LE(coverage_at(drawn.strokes, 0, {100, 2900}), 1.1);
}

TEST(DatumPattern, of_one_boat_begins_at_the_datum_and_is_not_above_its_bound) {
  const TrialCase c = one_boat();
  for (const auto kind : {PatternKind::expanding_square, PatternKind::sector}) {
    const auto laid = plan_about_datum(c.cloud, c.units, kind, {});
    ASSERT_TRUE(laid) << laid.error().what;
    ASSERT_EQ(laid->patterns.size(), 1U);
    ASSERT_EQ(laid->plan.tasks.size(), 1U);
    const SearchPattern& pattern = laid->patterns.front();
    EXPECT_EQ(pattern.kind, kind);
    // The datum is the mean of the cloud when the pattern is begun.
    const auto k = static_cast<std::size_t>((pattern.way.front().time - c.cloud.start) / c.cloud.slice);
    Vec mean;
    for (std::size_t i = 0; i < c.cloud.particles; ++i)
      mean = mean + Vec{c.cloud.east_of(k)[i], c.cloud.north_of(k)[i]} * (1.0 / 20'000);
    EXPECT_LT(length(c.cloud.plane.to(pattern.way.front().at) - mean), 900);
    EXPECT_GT(laid->plan.pos, 0.05);
    EXPECT_LE(laid->plan.pos, bound_of(c.cloud, effort_of(c.cloud, laid->strokes)).bound + 1e-3);
    EXPECT_NEAR(laid->plan.tasks.front().swept_m2, *c.units[0].sweep_width_m * pattern.track_m, 1);
    EXPECT_LE(pattern.way.back().time, c.cloud.end());
  }
}

TEST(DatumPattern, takes_the_spacing_that_finds_most_where_none_is_said) {
  const TrialCase c = one_boat();
  const auto best = plan_about_datum(c.cloud, c.units, PatternKind::expanding_square, {});
  ASSERT_TRUE(best);
  for (const double part : {0.6, 1.0, 1.6, 2.2}) {
    const double spacing = part * *c.units[0].sweep_width_m;
    const auto said = plan_about_datum(c.cloud, c.units, PatternKind::expanding_square, spacing);
    ASSERT_TRUE(said);
    ASSERT_EQ(said->patterns.size(), 1U);
    EXPECT_DOUBLE_EQ(said->patterns.front().spacing_m, spacing);
    EXPECT_LE(said->plan.pos, best->plan.pos + 0.004) << part;  // it is chosen on fewer particles
  }
  EXPECT_FALSE(plan_about_datum(c.cloud, c.units, PatternKind::expanding_square, -1));
}

TEST(DatumPattern, of_several_boats_share_no_water_and_find_no_less_than_one_alone) {
  std::size_t shared = 0;
  for (const std::size_t number : {12UZ, 14UZ, 21UZ, 30UZ}) {
    const TrialCase c = trial_case(number, 8000);
    const auto plan = [&](const std::vector<SearchUnit>& units) {
      auto laid = plan_about_datum(c.cloud, units, PatternKind::expanding_square, {}, {.land = c.land});
      EXPECT_TRUE(laid);
      return std::move(*laid);
    };
    const LaidPlan laid = plan(c.units);
    EXPECT_EQ(laid.patterns.size() + laid.plan.left_out.size(), c.units.size());
    const auto& tasks = laid.plan.tasks;
    for (std::size_t i = 0; i < tasks.size(); ++i)
      for (std::size_t k = 0; k < i; ++k) {
        if (c.units[tasks[i].unit].flies != c.units[tasks[k].unit].flies) continue;
        ++shared;
        EXPECT_FALSE(overlap(c.cloud, tasks[i], tasks[k])) << c.kind;
      }
    for (const SearchUnit& unit : c.units) EXPECT_GE(laid.plan.pos, plan({unit}).plan.pos - 0.01) << c.kind;
  }
  EXPECT_GE(shared, 1U);
}

TEST(DatumPattern, is_laid_about_the_middle_of_a_box_that_was_drawn) {
  const TrialCase c = one_boat();
  const SearchPlan drawn = *plan_search(c.cloud, c.units);
  const auto laid = lay_about_middles(c.cloud, c.units, drawn, PatternKind::sector, {});
  ASSERT_EQ(laid.patterns.size(), drawn.tasks.size());
  EXPECT_EQ(laid.plan.tasks.front().box.length_m, drawn.tasks.front().box.length_m);
  EXPECT_NEAR(laid.plan.pos, gain_of_all(c.cloud, laid.strokes), 1e-9);
  SearchPlan tiny = drawn;
  tiny.tasks.resize(1);
  tiny.tasks[0].box.length_m = tiny.tasks[0].box.width_m = 50;
  const auto none = lay_about_middles(c.cloud, c.units, tiny, PatternKind::sector, {});
  EXPECT_TRUE(none.patterns.empty());
  EXPECT_NE(none.plan.notes.back().find("too little time or room"), std::string::npos);
}

}  // namespace
}  // namespace varne
