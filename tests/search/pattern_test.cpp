/// The ways through a box, worked out by hand, and as they leave the house.
#include "varne/search/pattern.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "varne/search/routes.h"

namespace varne {
namespace {

/// Six hours of a cloud that is one place and stays there.
SearchCloud still() {
  SearchCloud cloud;
  cloud.plane = LocalPlane({1.5, 51.0});
  cloud.start = *parse_time("2021-11-11T06:00:00Z");
  cloud.slice = std::chrono::minutes(15);
  cloud.particles = 1;
  cloud.slices = 24;
  cloud.east.assign(24, 0);
  cloud.north.assign(24, 0);
  cloud.weight = {1};
  return cloud;
}

/// A mile in four minutes.
SearchUnit boat() {
  SearchUnit unit;
  unit.name = "Boat";
  unit.at = {1.3, 50.9};
  unit.search_mps = 1852.0 / 240;
  unit.sweep_width_m = 1852;
  return unit;
}

SearchTask task_of(const SearchCloud& cloud, double length_nm, double width_nm, int minutes) {
  SearchTask task;
  task.box.length_m = length_nm * 1852;
  task.box.width_m = width_nm * 1852;
  task.box.axis_deg = 0;
  task.from = cloud.start;
  task.until = cloud.start + std::chrono::minutes(minutes);
  return task;
}

TEST(ParallelSweep, has_as_many_legs_as_the_time_holds_half_a_spacing_from_the_sides) {
  const SearchCloud cloud = still();
  // Ten miles by four: n legs at 4/n miles take 10 n - 4/n + ... = 10 n - 4 miles in all but for the ends:
  // n (10 - 4/n) + (n - 1) 4/n = 10 n - 4/n. Four legs: 39 miles, 156 minutes; five: 49.2 miles, 196.8.
  const auto pattern = pattern_of(cloud, task_of(cloud, 10, 4, 160), boat(), PatternKind::parallel_sweep);
  ASSERT_TRUE(pattern) << pattern.error().what;
  EXPECT_EQ(pattern->way.size(), 8U);
  EXPECT_NEAR(pattern->spacing_m, 1852, 1e-6);
  EXPECT_NEAR(pattern->track_m, 39 * 1852, 1e-3);
  EXPECT_EQ(pattern->spare, std::chrono::minutes(4));
  // It comes from the southwest: half a mile in from that corner, north first, creeping east.
  const Vec begin = cloud.plane.to(pattern->way.front().at);
  EXPECT_NEAR(begin.east, -1.5 * 1852, 1);
  EXPECT_NEAR(begin.north, -4.5 * 1852, 1);
  EXPECT_NEAR(pattern->first_leg_deg, 0, 1e-6);
  EXPECT_NEAR(pattern->creep_deg, 90, 1e-6);
}

TEST(CreepingLine, has_its_legs_along_the_shorter_side) {
  const SearchCloud cloud = still();
  // Legs of 4 miles at 10/n: n 4 - 10/n miles. Nine: 36 - 1.11 = 34.89 miles, 139.6 min; ten: 39, 156.
  const auto pattern = pattern_of(cloud, task_of(cloud, 10, 4, 150), boat(), PatternKind::creeping_line);
  ASSERT_TRUE(pattern);
  EXPECT_EQ(pattern->way.size(), 18U);
  EXPECT_NEAR(pattern->spacing_m, 10.0 / 9 * 1852, 1e-6);
  EXPECT_NEAR(pattern->creep_deg, 0, 1e-6);
}

TEST(ExpandingSquare, grows_by_a_spacing_every_second_leg) {
  const SearchCloud cloud = still();
  const auto pattern =
      pattern_of(cloud, task_of(cloud, 10, 10, 48), boat(), PatternKind::expanding_square, 1852);
  ASSERT_TRUE(pattern);
  // 1 + 1 + 2 + 2 + 3 + 3 = 12 miles, 48 minutes.
  ASSERT_EQ(pattern->way.size(), 7U);
  const int miles[] = {1, 1, 2, 2, 3, 3};
  for (std::size_t i = 0; i < 6; ++i)
    EXPECT_NEAR(distance_m(pattern->way[i].at, pattern->way[i + 1].at), miles[i] * 1852, 8) << i;
  EXPECT_NEAR(length(cloud.plane.to(pattern->way.front().at)), 0, 1);
  EXPECT_FALSE(pattern_of(cloud, task_of(cloud, 10, 10, 48), boat(), PatternKind::expanding_square));
}

TEST(SectorPattern, goes_nine_legs_through_the_datum_and_ends_there) {
  const SearchCloud cloud = still();
  const auto pattern = pattern_of(cloud, task_of(cloud, 4, 4, 200), boat(), PatternKind::sector);
  ASSERT_TRUE(pattern);
  ASSERT_EQ(pattern->way.size(), 10U);
  for (std::size_t i = 0; i < 9; ++i)
    EXPECT_NEAR(distance_m(pattern->way[i].at, pattern->way[i + 1].at), 2 * 1852, 12) << i;
  for (const std::size_t at_datum : {0UZ, 3UZ, 6UZ, 9UZ})
    EXPECT_NEAR(length(cloud.plane.to(pattern->way[at_datum].at)), 0, 2) << at_datum;
}

TEST(Pattern, drifts_with_its_box) {
  const SearchCloud cloud = still();
  SearchTask task = task_of(cloud, 10, 4, 160);
  const auto staying = pattern_of(cloud, task, boat(), PatternKind::parallel_sweep);
  for (int k = 0; k < 24; ++k) task.box.drift.push_back({0, 900.0 * k});  // 1 m/s to the north
  const auto drifting = pattern_of(cloud, task, boat(), PatternKind::parallel_sweep);
  ASSERT_TRUE(staying && drifting);
  EXPECT_NEAR(drifting->track_m, staying->track_m, 1e-6);
  const Vec gone = cloud.plane.to(drifting->way.back().at) - cloud.plane.to(staying->way.back().at);
  // 156 minutes later, of which the box has drifted since the middle of its first slice.
  EXPECT_NEAR(gone.north, 156 * 60 - 450, 2);
  EXPECT_NEAR(gone.east, 0, 2);
}

RC_GTEST_PROP(Pattern, stays_in_its_box_and_its_time, ()) {
  const SearchCloud cloud = still();
  SearchTask task =
      task_of(cloud, *rc::gen::inRange(1, 20), *rc::gen::inRange(1, 20), *rc::gen::inRange(10, 360));
  task.box.axis_deg = *rc::gen::inRange(0, 360);
  SearchUnit unit = boat();
  unit.turn_s = *rc::gen::inRange(0, 120);
  unit.at = {1.5 + 0.01 * *rc::gen::inRange(-50, 50), 51.0 + 0.01 * *rc::gen::inRange(-50, 50)};
  const auto kind = *rc::gen::element(PatternKind::parallel_sweep, PatternKind::creeping_line,
                                      PatternKind::expanding_square, PatternKind::sector);
  const auto pattern = pattern_of(cloud, task, unit, kind, 926);
  if (!pattern) return;
  const Vec axis = towards(task.box.axis_deg, 1);
  for (std::size_t i = 0; i < pattern->way.size(); ++i) {
    const Vec p = cloud.plane.to(pattern->way[i].at);
    RC_ASSERT(std::abs(p.east * axis.east + p.north * axis.north) <= task.box.length_m / 2 + 1);
    RC_ASSERT(std::abs(p.east * axis.north - p.north * axis.east) <= task.box.width_m / 2 + 1);
    if (i > 0) RC_ASSERT(pattern->way[i].time > pattern->way[i - 1].time);
  }
  RC_ASSERT(pattern->way.front().time >= task.from);
  RC_ASSERT(pattern->way.back().time <= task.until + std::chrono::seconds(1));
}

TEST(Pattern, that_cannot_be_is_refused_in_words) {
  const SearchCloud cloud = still();
  SearchUnit unknown = boat();
  unknown.search_mps = {};
  const auto no_speed = pattern_of(cloud, task_of(cloud, 10, 4, 60), unknown, PatternKind::parallel_sweep);
  ASSERT_FALSE(no_speed);
  EXPECT_EQ(no_speed.error().what, "the search speed of Boat is not known: no leg can be timed");
  EXPECT_FALSE(pattern_of(cloud, task_of(cloud, 10, 4, 0), boat(), PatternKind::parallel_sweep));
  EXPECT_FALSE(pattern_of(cloud, task_of(cloud, 0, 4, 60), boat(), PatternKind::parallel_sweep));
  EXPECT_FALSE(pattern_of(cloud, task_of(cloud, 0.01, 0.01, 60), boat(), PatternKind::sector));
}

TEST(Routes, carry_every_point_with_its_time) {
  const SearchCloud cloud = still();
  const SearchTask task = task_of(cloud, 10, 4, 160);
  const auto pattern = pattern_of(cloud, task, boat(), PatternKind::parallel_sweep);
  const std::vector<NamedPattern> named{{"Boat <1>", *pattern}};
  const auto gpx = patterns_gpx(named);
  EXPECT_NE(gpx.find("<rte><name>Boat &lt;1&gt;</name>"), std::string::npos);
  EXPECT_NE(gpx.find("<time>2021-11-11T06:00:00Z</time><name>CSP</name>"), std::string::npos) << gpx;
  EXPECT_NE(gpx.find("<name>8</name></rtept>\n</rte>"), std::string::npos) << gpx;
  const auto rtz = pattern_rtz(named.front());
  EXPECT_NE(rtz.find("<waypoint id=\"1\" name=\"CSP\"><position lat="), std::string::npos) << rtz;
  EXPECT_NE(rtz.find("<leg geometryType=\"Loxodrome\" speedMax=\"15.0\"/></waypoint>"), std::string::npos);
  EXPECT_NE(rtz.find("<sheduleElement waypointId=\"8\" eta=\"2021-11-11T08:36:00Z\" speed=\"15.0\"/>"),
            std::string::npos)
      << rtz;
  SearchPlan plan;
  plan.tasks = {task};
  plan.pos = 0.731;
  plan.left_out = {{"Plane", "its search speed is not known"}};
  const auto said =
      search_message(cloud, plan, named, {"kayak", "51°00.0'N 001°30.0'E at 05:00", "", "", 0.968});
  EXPECT_NE(said.find("FROM 110600Z NOV 21 TO 111200Z NOV 21"), std::string::npos) << said;
  EXPECT_NE(said.find("73 PER CENT, AT LEAST 96 PER CENT OF THE BEST POSSIBLE"), std::string::npos) << said;
  EXPECT_NE(said.find("FIRST LEG 000 DEGREES TRUE, CREEP 090, TRACK SPACING 1.0 NM, SPEED 15 KN"),
            std::string::npos)
      << said;
  EXPECT_NE(said.find("SMC NOT KNOWN"), std::string::npos) << said;
  EXPECT_NE(said.find("PLANE DOES NOT SEARCH: ITS SEARCH SPEED IS NOT KNOWN"), std::string::npos) << said;
}

}  // namespace
}  // namespace varne
