/// Plans on clouds: never below the manual square, never above the bound, and what they promise of
/// separation.
#include "varne/search/plan.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "varne/core/philox.h"
#include "varne/search/bound.h"
#include "varne/search/trial_cases.h"

namespace varne {
namespace {

constexpr std::size_t few = 12'000;

SearchPlan planned(const TrialCase& c, PlanOptions options = {}) {
  options.land = c.land;
  auto plan = plan_search(c.cloud, c.units, options);
  EXPECT_TRUE(plan) << plan.error().what;
  return *plan;
}

TEST(Plan, is_never_below_the_manual_square_and_never_above_the_bound) {
  for (const std::size_t number : {0UZ, 7UZ, 12UZ, 21UZ, 28UZ, 35UZ, 43UZ}) {
    const TrialCase c = trial_case(number, few);
    const SearchPlan plan = planned(c);
    const SearchPlan square = *plan_square(c.cloud, c.units);
    const SearchBound bound = bound_of(c.cloud, effort_of(c.cloud, plan.tasks));
    EXPECT_GE(plan.pos, square.pos) << c.kind;
    EXPECT_LE(plan.pos, bound.bound) << c.kind;
    EXPECT_LE(bound.relaxed, bound.bound) << c.kind;
    EXPECT_GE(plan.pos, 0.9 * bound.bound) << c.kind;  // the bench holds the fine figure on whole clouds
  }
}

/// Six boats of whom some boxes, each on its own way, would come to lie on others': they keep the cloud's
/// way, and are made better on it.
TEST(Plan, whose_boxes_cannot_go_their_own_ways_is_made_better_all_the_same) {
  const TrialCase c = trial_case(29);
  const SearchPlan plan = planned(c);
  EXPECT_GE(plan.pos, 0.95 * bound_of(c.cloud, effort_of(c.cloud, plan.tasks)).bound);
}

TEST(Plan, of_several_units_keeps_them_apart_and_within_their_time) {
  for (const std::size_t number : {15UZ, 30UZ, 40UZ}) {
    const TrialCase c = trial_case(number, few);
    const SearchPlan plan = planned(c);
    for (std::size_t i = 0; i < plan.tasks.size(); ++i) {
      const SearchTask& task = plan.tasks[i];
      EXPECT_GE(task.from, c.cloud.start);
      EXPECT_LE(task.until, c.cloud.end());
      EXPECT_GT(task.until, task.from);
      const auto& unit = c.units[task.unit];
      EXPECT_LE(task.swept_m2,
                *unit.sweep_width_m * *unit.search_mps * seconds(task.until - task.from) * (1 + 1e-9));
      if (unit.endurance) EXPECT_LE(task.until, unit.free_from + unit.launch_delay + *unit.endurance);
      for (std::size_t j = 0; j < i; ++j)
        if (plan.tasks[j].unit != task.unit && c.units[plan.tasks[j].unit].flies == unit.flies)
          EXPECT_FALSE(overlap(c.cloud, plan.tasks[j], task)) << c.kind << " " << j << " " << i;
    }
  }
}

TEST(Plan, depends_on_its_arguments_only) {
  const TrialCase c = trial_case(22, few);
  const SearchPlan one = planned(c);
  const SearchPlan other = planned(c);
  ASSERT_EQ(one.tasks.size(), other.tasks.size());
  EXPECT_EQ(one.pos, other.pos);
  for (std::size_t i = 0; i < one.tasks.size(); ++i) {
    EXPECT_EQ(one.tasks[i].box.centre.east, other.tasks[i].box.centre.east);
    EXPECT_EQ(one.tasks[i].from, other.tasks[i].from);
  }
}

TEST(Plan, gives_boats_no_box_on_land) {
  for (const std::size_t number : {10UZ, 40UZ}) {
    const TrialCase c = trial_case(number, few);
    ASSERT_TRUE(c.land);
    for (const SearchTask& task : planned(c).tasks) {
      if (c.units[task.unit].flies) continue;
      const double begins = seconds(task.from - c.cloud.start) / seconds(c.cloud.slice);
      EXPECT_FALSE(c.land(c.cloud.plane.from(task.box.centre_at(begins))));
    }
  }
}

TEST(Plan, counts_what_it_finds_as_the_sum_over_the_particles_does) {
  for (const std::size_t number : {3UZ, 18UZ, 44UZ}) {
    const TrialCase c = trial_case(number, 4000);
    const SearchPlan plan = planned(c);
    EXPECT_NEAR(plan.pos, pos_by_hand(c.cloud, plan.tasks), 2e-6);
  }
}

RC_GTEST_PROP(Bound, holds_for_every_plan_that_anybody_draws, ()) {
  const TrialCase c = trial_case(*rc::gen::inRange<std::size_t>(0, trial_cases), 4000);
  std::vector<SearchTask> tasks;
  const auto metres = [] { return static_cast<double>(*rc::gen::inRange(-15'000, 15'000)); };
  for (std::size_t u = 0; u < c.units.size(); ++u) {
    SearchTask task;
    task.unit = u;
    task.box.centre = {metres(), metres()};
    task.box.length_m = 500.0 + *rc::gen::inRange(0, 20'000);
    task.box.width_m = 500.0 + *rc::gen::inRange(0, 20'000);
    task.box.axis_deg = *rc::gen::inRange(0, 180);
    task.from = c.cloud.start + std::chrono::minutes(*rc::gen::inRange(0, 180));
    task.until = task.from + std::chrono::minutes(*rc::gen::inRange(1, 180));
    tasks.push_back(task);
  }
  const auto scored = score_plan(c.cloud, c.units, tasks);
  if (!scored) return;  // a unit of the case that cannot go
  const SearchBound bound = bound_of(c.cloud, effort_of(c.cloud, scored->tasks));
  RC_ASSERT(scored->pos <= bound.bound + 1e-3);
}

/// A sweep wider than the whole cloud: what falls beside a box does not count, and there is a plan all the
/// same.
TEST(Plan, with_a_sweep_wider_than_the_cloud_is_no_empty_one) {
  for (const std::size_t number : {0UZ, 12UZ, 30UZ}) {
    TrialCase c = trial_case(number, few);
    for (auto& unit : c.units) unit.sweep_width_m = 40'000;
    const SearchPlan plan = planned(c);
    ASSERT_FALSE(plan.tasks.empty()) << c.kind;
    EXPECT_GT(plan.pos, 0.5) << c.kind;
    for (const auto& task : plan.tasks)
      EXPECT_LE(task.swept_m2, std::min(task.box.length_m, task.box.width_m) *
                                   *c.units[task.unit].search_mps * seconds(task.until - task.from) *
                                   (1 + 1e-9));
  }
}

/// Land through the middle of the cloud: boats' boxes find their place beside it.
TEST(Plan, close_to_a_coast_lies_clear_of_it) {
  TrialCase c = trial_case(0, few);
  const double coast = c.cloud.plane.from({0, 0}).lon;
  c.land = [=](Place place) { return place.lon < coast; };
  for (auto& unit : c.units) unit.flies = false;
  const SearchPlan plan = planned(c);
  EXPECT_GT(plan.pos, 0.05);
  ASSERT_FALSE(plan.tasks.empty());
  for (const auto& task : plan.tasks)
    for (const Vec corner : task.box.corners(seconds(task.from - c.cloud.start) / seconds(c.cloud.slice)))
      EXPECT_GT(c.cloud.plane.from(corner).lon, coast - 0.02);
  const SearchPlan square = *plan_square(c.cloud, c.units, {.land = c.land});
  ASSERT_FALSE(square.notes.empty());
  EXPECT_EQ(square.notes.back(), "lies on land in part");
  // All of it: nobody has a box, and each is told why.
  c.land = [](Place) { return true; };
  const SearchPlan none = planned(c);
  EXPECT_TRUE(none.tasks.empty());
  EXPECT_EQ(none.left_out.size(), c.units.size());
}

TEST(Plan, drawn_where_it_cannot_be_says_so) {
  const TrialCase c = trial_case(30, few);
  const SearchPlan plan = planned(c);
  SearchTask task = plan.tasks.front();
  const auto said = [&](std::vector<SearchTask> tasks, const std::string& what,
                        std::function<bool(Place)> land = {}) {
    const auto scored = score_plan(c.cloud, c.units, std::move(tasks), {.land = land});
    return scored && std::ranges::any_of(scored->notes, [&](const std::string& note) {
             return note.find(what) != std::string::npos;
           });
  };
  EXPECT_FALSE(said({task}, "lies on land in part"));
  if (!c.units[task.unit].flies)
    EXPECT_TRUE(said({task}, "lies on land in part", [](Place) { return true; }));
  SearchTask again = task;
  again.from = task.from + (task.until - task.from) / 2;
  const auto twice = score_plan(c.cloud, c.units, {task, again});
  ASSERT_FALSE(twice);
  EXPECT_NE(twice.error().what.find("would be in two boxes at once"), std::string::npos)
      << twice.error().what;
}

TEST(Plan, says_of_each_unit_that_cannot_go_why) {
  TrialCase c = trial_case(25, few);
  ASSERT_GE(c.units.size(), 5U);
  c.units[0].search_mps = {};
  c.units[1].sweep_width_m = {};
  c.units[2].declined = "engine trouble";
  c.units[3].endurance = std::chrono::minutes(1);
  const SearchPlan plan = planned(c);
  ASSERT_GE(plan.left_out.size(), 4U);
  EXPECT_EQ(plan.left_out[0].why, "its search speed is not known");
  EXPECT_EQ(plan.left_out[1].why, "its sweep width for this object is not known; state one with its source");
  EXPECT_EQ(plan.left_out[2].why, "declined: engine trouble");
  EXPECT_NE(plan.left_out[3].why.find("endurance"), std::string::npos) << plan.left_out[3].why;
  for (const auto& task : plan.tasks) EXPECT_GE(task.unit, 4U);
  EXPECT_FALSE(plan.tasks.empty());

  for (auto& unit : c.units) unit.declined = "no crew";
  const SearchPlan none = planned(c);
  EXPECT_TRUE(none.tasks.empty());
  EXPECT_EQ(none.left_out.size(), c.units.size());
  EXPECT_EQ(none.pos, 0);
  ASSERT_FALSE(none.notes.empty());
  EXPECT_EQ(none.notes.back(), "no unit can go; why stands with each");
}

/// A unit that could be with the cloud's edge and back, and not with its strip: the square is the others'.
TEST(Plan, of_the_square_is_cut_among_those_who_have_time_for_it) {
  TrialCase c = trial_case(0, few);
  c.units.resize(1);
  c.units[0].flies = false;
  const double alone = plan_square(c.cloud, c.units)->pos;
  SearchUnit far = c.units[0];
  far.name = "far";
  far.at = c.cloud.plane.from({-60'000, 0});
  far.back_to = far.at;
  far.transit_mps = 10;
  far.endurance = std::chrono::hours(5);
  c.units.push_back(far);
  EXPECT_GE(plan_square(c.cloud, c.units)->pos, alone - 0.02);
}

TEST(Plan, drawn_by_hand_is_scored_as_it_is) {
  const TrialCase c = trial_case(30, few);
  const SearchPlan plan = planned(c);
  auto tasks = plan.tasks;
  const auto same = score_plan(c.cloud, c.units, tasks);
  ASSERT_TRUE(same) << same.error().what;
  EXPECT_DOUBLE_EQ(same->pos, plan.pos);
  // Swept area that is not said is what the unit can.
  for (auto& task : tasks) task.swept_m2 = 0;
  const auto filled = score_plan(c.cloud, c.units, tasks);
  ASSERT_TRUE(filled);
  EXPECT_NEAR(filled->pos, plan.pos, 1e-9);
  // Two boxes on one place at once are said to overlap; a box a long way off is said to be reached too late.
  SearchTask on_top = plan.tasks.front();
  const auto other = std::ranges::find_if(plan.tasks, [&](const SearchTask& t) {
    return t.unit != on_top.unit && c.units[t.unit].flies == c.units[on_top.unit].flies;
  });
  ASSERT_NE(other, plan.tasks.end());
  on_top.unit = other->unit;
  const auto crossed = score_plan(c.cloud, c.units, {plan.tasks.front(), on_top});
  ASSERT_TRUE(crossed);
  EXPECT_TRUE(std::ranges::any_of(crossed->notes, [](const std::string& note) {
    return note.find("overlap while both are searched") != std::string::npos;
  }));
  on_top.box.centre.east += 300'000;
  const auto far = score_plan(c.cloud, c.units, {on_top});
  ASSERT_TRUE(far);
  EXPECT_TRUE(std::ranges::any_of(far->notes, [](const std::string& note) {
    return note.find("cannot be in its box before") != std::string::npos;
  }));
  on_top.unit = 99;
  EXPECT_FALSE(score_plan(c.cloud, c.units, {on_top}));
}

TEST(Plan, refuses_more_than_eight_units_and_an_empty_cloud) {
  TrialCase c = trial_case(40, few);
  while (c.units.size() <= most_units) c.units.push_back(c.units.front());
  const auto plan = plan_search(c.cloud, c.units);
  ASSERT_FALSE(plan);
  EXPECT_NE(plan.error().what.find("at most 8"), std::string::npos) << plan.error().what;
  EXPECT_FALSE(plan_search(SearchCloud{}, {}));
}

}  // namespace
}  // namespace varne
