/// Ways of searchers around land, against those of `reach`, and plans that take them.
#include "varne/search/ways.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "varne/core/units.h"
#include "varne/fleet/reach.h"
#include "varne/sea/strait.h"
#include "varne/search/plan.h"
#include "varne/search/trial_cases.h"

namespace varne {
namespace {

/// A wall of land from the south up to a latitude, a kilometre or so wide.
class Wall : public SeaSource {
 public:
  Wall(double lon, double north) : lon_(lon), north_(north) {}
  [[nodiscard]] std::string name() const override { return "a wall"; }
  [[nodiscard]] Hash hash() const override { return {}; }
  [[nodiscard]] std::optional<bool> land(Place place) const override {
    return std::abs(place.lon - lon_) < 0.01 && place.lat < north_;
  }

 private:
  double lon_;
  double north_;
};

PassageGrid walled(double lon, double north) {
  Sea sea;
  sea.add(std::make_shared<const Wall>(lon, north));
  return PassageGrid(sea, {0.5, 50, 2.7, 52});
}

TEST(SearchWays, lead_around_land_and_are_straight_where_nothing_stands_in_them) {
  const PassageGrid grid = walled(1.5, 51.3);
  const LocalPlane plane({1.5, 51.0});
  const Vec west{-20'000, 0};
  const Vec east{20'000, 0};
  const SearchWays ways(grid, plane, 0, {west});
  EXPECT_DOUBLE_EQ(ways.metres(west, {-10'000, 5'000}), length(Vec{10'000, 5'000}));
  // Over the wall's end, 33.4 km to the north, on either side.
  const double around = 2 * std::hypot(20'000, 33'400);
  EXPECT_NEAR(ways.metres(west, east), around, 0.02 * around);
  // From a place that is no berth it is that but for the net.
  EXPECT_NEAR(ways.metres(east, west), around, 0.02 * around + SearchWays::net_m);
}

TEST(SearchWays, are_as_long_as_those_of_reach) {
  Sea sea;
  ASSERT_TRUE(add_home_strait(sea));
  const PassageGrid grid(sea, *home_strait().value()->coast);
  Unit unit;
  unit.home = {0.97, 50.92};  // Dungeness, west of the point
  unit.speed_mps = 12;
  const LocalPlane plane({1.4, 51.0});
  const SearchWays ways(grid, plane, 0, {plane.to(unit.home)});
  const Time now = *parse_time("2021-11-24T02:00Z");
  for (const Place to : {Place{1.5, 51.25}, Place{1.15, 51.03}, Place{1.55, 50.95}}) {
    const Target target{.slices = {{now, {to}}}, .weights = {1}};
    const Reach reached = reach(sea, &grid, unit_now(unit, std::nullopt, now), target);
    EXPECT_NEAR(ways.metres(plane.to(unit.home), plane.to(to)), reached.distance_m, 0.02 * reached.distance_m)
        << spoken(to);
  }
}

/// A trial cloud with a wall between it and its boats: they come as much later as the way around is longer.
TEST(SearchWays, of_a_plan_make_a_boat_behind_a_wall_late) {
  TrialCase c = trial_case(0, 8000);
  SearchUnit boat = c.units.front();
  boat.flies = false;
  boat.at = {1.2, 51.05};  // the cloud is about 1.6
  boat.back_to = boat.at;
  boat.transit_mps = 10;
  boat.endurance = std::chrono::hours(20);
  c.units = {boat};
  const PassageGrid open = walled(2.6, 0);
  const PassageGrid wall = walled(1.35, 51.3);
  const auto begins = [&](const PassageGrid* waters) {
    const auto plan = plan_search(c.cloud, c.units, {.waters = waters});
    EXPECT_TRUE(plan && !plan->tasks.empty());
    return plan->tasks.front().from;
  };
  EXPECT_EQ(begins(nullptr), begins(&open));
  EXPECT_GT(begins(&wall), begins(&open) + std::chrono::minutes(40));
  // Drawn by hand, the box that it would be in straight is reached too late, and that is said.
  const auto straight = plan_search(c.cloud, c.units, {});
  const auto scored = score_plan(c.cloud, c.units, {straight->tasks.front()}, {.waters = &wall});
  ASSERT_TRUE(scored);
  EXPECT_TRUE(std::ranges::any_of(scored->notes, [](const std::string& note) {
    return note.find("cannot be in its box before") != std::string::npos;
  }));
}

TEST(SearchWays, that_there_are_none_of_leave_a_boat_out) {
  TrialCase c = trial_case(0, 4000);
  SearchUnit boat = c.units.front();
  boat.flies = false;
  boat.at = {0.9, 51.05};
  boat.back_to = boat.at;
  c.units = {boat};
  const PassageGrid closed = walled(1.1, 90);
  const auto plan = plan_search(c.cloud, c.units, {.waters = &closed});
  ASSERT_TRUE(plan);
  ASSERT_EQ(plan->left_out.size(), 1U);
  EXPECT_EQ(plan->left_out[0].why, "there is no water deep enough for it all the way to the area");
  // Above it flies who can.
  c.units[0].flies = true;
  EXPECT_FALSE(plan_search(c.cloud, c.units, {.waters = &closed})->tasks.empty());
}

}  // namespace
}  // namespace varne
