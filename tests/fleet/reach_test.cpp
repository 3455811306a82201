/// Reach against brute force: a chase stepped through time in open water, every move on a fine grid around
/// land.
#include "varne/fleet/reach.h"

#include <gtest/gtest.h>
// rapidcheck wants gtest first
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

#include "flood.h"
#include "varne/core/philox.h"
#include "varne/core/units.h"
#include "varne/sea/strait.h"

namespace varne {
namespace {

const Time night = parse_time("2021-11-24T02:00:00Z").value();
constexpr double never = std::numeric_limits<double>::infinity();

const Sea& channel() {
  static const Sea sea = [] {
    Sea made;
    EXPECT_TRUE(add_home_strait(made));
    return made;
  }();
  return sea;
}

const PassageGrid& waters() {
  static const PassageGrid grid(channel(), *home_strait().value()->coast);
  return grid;
}

Sea flowing(Vec current) {
  Sea sea;
  sea.add(stated_source("stated", {{.current = current}}));
  return sea;
}

Duration in_s(double s) {
  return Duration(static_cast<std::int64_t>(std::llround(s * 1000)));
}

/// A boat that goes straight on.
Target boat(Place from, Vec velocity, Duration length = std::chrono::hours(12)) {
  return {.slices = {{night, {from}}, {night + length, {moved(from, velocity * seconds(length))}}},
          .weights = {1}};
}

/// The first time before `limit` that a unit that holds its heading comes near, stepped through time.
double first_meeting_s(double heading, double speed, Place from, const Target& target, double near_m,
                       double limit) {
  constexpr double dt = 10;
  const LocalPlane plane(from);
  Vec at;
  for (double t = 0; t < limit; t += dt) {
    const Time now = night + in_s(t);
    if (length(plane.to(target.at(0, now)) - at) < near_m) return t;
    const Vec c = channel().current(plane.from(at), now).value_or(Vec{});
    at = at + (towards(heading, speed) + c) * dt;
  }
  return never;
}

/// All headings, first coarsely, then finely about the best.
double chase_s(double speed, Place from, const Target& target) {
  double best = 6 * 3600;
  double best_heading = 0;
  for (double h = 0; h < 360; h += 1) {
    const double t = first_meeting_s(h, speed, from, target, 600, best);
    if (t == never) continue;
    best = t;
    best_heading = h;
  }
  double fine = best + 600;
  for (double h = best_heading - 6; h < best_heading + 6; h += 0.1)
    fine = std::min(fine, first_meeting_s(h, speed, from, target, speed * 5 + 25, fine));
  return fine;
}

TEST(Reach, in_a_stated_current_is_the_triangle_of_velocities) {
  // 10 nm to the east at 20 kn across 3 kn to the north: the speed made good is sqrt(20² - 3²).
  const Sea sea = flowing({0, mps_from_knots(3)});
  const Place from{1, 50.5};
  const Place to = destination(from, 90, metres_from_nm(10));
  const auto s = seconds_to_meet(sea, nullptr, false, mps_from_knots(20), from, night, boat(to, {}), 0);
  ASSERT_TRUE(s);
  EXPECT_NEAR(*s, 3600 * 10 / std::sqrt(400.0 - 9), 1);
  // A boat that drifts with the same current is met as in still water.
  const auto adrift = seconds_to_meet(sea, nullptr, false, mps_from_knots(20), from, night,
                                      boat(to, {0, mps_from_knots(3)}), 0);
  EXPECT_NEAR(*adrift, 1800, 2);
}

TEST(Reach, a_boat_that_runs_away_faster_is_never_met) {
  const auto s =
      seconds_to_meet(flowing({}), nullptr, false, 5, {1, 50.5}, night, boat({1.1, 50.5}, {6, 0}), 0);
  EXPECT_FALSE(s);
}

Unit lifeboat() {
  Unit unit;
  unit.name = "a lifeboat";
  unit.home = {1.345, 51.115};
  unit.speed_mps = mps_from_knots(25);
  unit.launch_delay = std::chrono::minutes(10);
  return unit;
}

std::string all(const std::vector<std::string>& texts) {
  std::string out;
  for (const auto& text : texts) out += text + "; ";
  return out;
}

TEST(Reach, is_a_distribution_over_the_cloud_with_the_launch_delay_in_it) {
  const Sea sea = flowing({});
  const UnitNow now = unit_now(lifeboat(), std::nullopt, night);
  const Place middle = destination(now.place, 120, 20'000);
  const Target cloud = target_about(sea, middle, 2000, night, std::chrono::hours(4));
  const Reach got = reach(sea, nullptr, now, cloud);
  ASSERT_TRUE(got.median && got.ninety && got.aim);
  const double straight = 600 + 20'000 / *now.unit.speed_mps;
  EXPECT_NEAR(seconds(*got.median), straight, 20);
  // The distance to a normal cloud has about its standard deviation: its 90 % quantile is 1.28 of them off.
  EXPECT_NEAR(seconds(*got.ninety), straight + 1.28 * 2000 / *now.unit.speed_mps, 25);
  EXPECT_EQ(got.reached, 1);
  // Within 1 km of the middle of a circular normal of 2 km: 1 - exp(-1/8).
  EXPECT_NEAR(got.contact, 1 - std::exp(-1.0 / 8), 0.05);
  EXPECT_LT(distance_m(*got.aim, middle), 1500);
  EXPECT_EQ(all(got.missing), "");
}

TEST(Target, is_carried_as_by_the_tide_stepped_every_minute) {
  for (const Place from : {Place{1.5, 51.0}, Place{0.4, 50.4}, Place{1.2, 50.85}}) {
    const Target target = target_about(channel(), from, 0, night, std::chrono::hours(12));
    Place by_minutes = from;
    double worst = 0;
    for (Time now = night; now < target.until(); now += std::chrono::minutes(1)) {
      worst = std::max(worst, distance_m(by_minutes, target.at(0, now)));
      by_minutes = moved(by_minutes, channel().current(by_minutes, now).value_or(Vec{}) * 60);
    }
    // Of 20 km to and fro.
    EXPECT_LT(worst, 150) << from.lon << ", " << from.lat;
    RecordProperty("worst_m", std::to_string(worst));
  }
}

TEST(Target, worked_out_on_demand_is_the_same_to_the_last_bit) {
  for (const double sigma_m : {0.0, 800.0}) {
    const Place from{1.45, 50.95};
    const Duration length = std::chrono::minutes(7 * 60 + 5);
    const Target whole = target_about(channel(), from, sigma_m, night, length);
    const Target asked = target_on_demand(channel(), from, sigma_m, night, length);
    ASSERT_EQ(whole.size(), asked.size());
    EXPECT_EQ(whole.until(), asked.until());
    // Out of order, before, after and between slices; a copy shares what was worked out.
    const Target copy = asked;
    for (const int minute : {410, 0, 425, 33, -5, 500, 200, 20, 410}) {
      const Time then = night + std::chrono::minutes(minute);
      for (std::size_t i = 0; i < whole.size(); i += 7) {
        EXPECT_EQ(whole.at(i, then), asked.at(i, then)) << i << " " << minute;
        EXPECT_EQ(whole.at(i, then), copy.at(i, then));
      }
      EXPECT_EQ(whole.mean(then), asked.mean(then));
    }
  }
}

TEST(Reach, a_unit_at_sea_has_no_launch_delay) {
  const UnitPosition here{{1.2, 50.9}, {5, 0}, night};
  const UnitNow now = unit_now(lifeboat(), here, night);
  EXPECT_FALSE(now.at_base);
  const Reach got = reach(flowing({}), nullptr, now, boat(destination(here.place, 90, 10'000), {}));
  EXPECT_NEAR(seconds(*got.median), 10'000 / *now.unit.speed_mps, 2);
}

TEST(Reach, what_nobody_knows_of_the_cloud_is_no_chance_of_contact) {
  const Sea sea = flowing({});
  Target cloud = target_about(sea, {1.4, 50.9}, 100, night, std::chrono::hours(4));
  cloud.unknown = 0.5;
  const Reach got = reach(sea, nullptr, unit_now(lifeboat(), std::nullopt, night), cloud);
  EXPECT_NEAR(got.reached, 0.5, 1e-9);
  EXPECT_NEAR(got.contact, 0.5, 1e-9);
  EXPECT_TRUE(got.median);
  EXPECT_FALSE(got.ninety);
  EXPECT_EQ(all(got.missing), "of 50 % of the cloud nobody knows where it is; ");
}

TEST(Reach, says_what_is_missing_and_still_gives_the_best_it_can) {
  const Sea sea = channel();
  const Target target = boat({1.5, 51.0}, {});
  Unit unit = lifeboat();
  unit.launch_delay.reset();
  Reach got = reach(sea, &waters(), unit_now(unit, std::nullopt, night), target);
  EXPECT_TRUE(got.median);
  EXPECT_EQ(all(got.missing), "how long it takes to get under way is not known: none is counted; ");

  unit = lifeboat();
  unit.speed_mps.reset();
  got = reach(sea, &waters(), unit_now(unit, std::nullopt, night), target);
  EXPECT_FALSE(got.median || got.aim);
  EXPECT_EQ(all(got.missing), "its speed is not known: give speed_kn in the list of units; ");

  unit = lifeboat();
  unit.endurance = std::chrono::minutes(40);
  got = reach(sea, &waters(), unit_now(unit, std::nullopt, night), target);
  EXPECT_TRUE(got.median);
  EXPECT_EQ(got.returns, false);
  EXPECT_NE(all(got.missing).find("it gets there and not back"), std::string::npos) << all(got.missing);
  unit.endurance = std::chrono::minutes(10);
  got = reach(sea, &waters(), unit_now(unit, std::nullopt, night), target);
  EXPECT_TRUE(got.median);
  EXPECT_NE(all(got.missing).find("it would arrive after"), std::string::npos) << all(got.missing);

  // On the downs behind Dover.
  got = reach(sea, &waters(), unit_now(lifeboat(), std::nullopt, night), boat({1.30, 51.16}, {}));
  EXPECT_TRUE(got.median);
  EXPECT_NE(all(got.missing).find("the boat's place is on land"), std::string::npos) << all(got.missing);

  unit = lifeboat();
  unit.speeds_in_sea = {{3, 10}, {5, 0}};
  Sea rough;
  rough.add(stated_source("stated", {{.current = Vec{}, .wave_height_m = 3}}));
  got = reach(rough, nullptr, unit_now(unit, std::nullopt, night), target);
  EXPECT_FALSE(got.median);
  EXPECT_EQ(all(got.missing), "it does not go out in sea state 5; ");
}

TEST(Reach, says_what_is_assumed_of_its_speed_where_the_sea_is_not_known) {
  const Target target = boat({1.5, 51.0}, {});
  const auto in_waves = [&](std::optional<double> height, std::vector<SpeedInSea> table) {
    Unit unit = lifeboat();
    unit.speeds_in_sea = std::move(table);
    Sea sea;
    sea.add(stated_source("stated", {{.current = Vec{}, .wave_height_m = height}}));
    return reach(sea, nullptr, unit_now(unit, std::nullopt, night), target);
  };
  const Reach unknown = in_waves({}, {{3, 10}, {5, 5}});
  EXPECT_EQ(unknown.assumed, "the height of the waves is not known: the speed is that in a calm");
  EXPECT_DOUBLE_EQ(*unknown.speed_mps, mps_from_knots(25));
  const Reach slowed = in_waves(2, {{3, 10}, {5, 5}});
  EXPECT_EQ(slowed.assumed, "");
  EXPECT_DOUBLE_EQ(*slowed.speed_mps, 5);
  EXPECT_GT(*slowed.median, *unknown.median);
  EXPECT_EQ(in_waves(2, {}).assumed,
            "how sea state 4 slows a unit is not known: the speed is that in a calm");
  EXPECT_EQ(in_waves(0.1, {}).assumed, "");
}

TEST(Reach, says_whether_it_is_there_before_its_fuel_runs_out) {
  Unit unit = lifeboat();
  const auto arrives = [&](Duration endurance) {
    unit.endurance = endurance;
    return reach(flowing({}), nullptr, unit_now(unit, std::nullopt, night), boat({1.5, 51.0}, {})).arrives;
  };
  EXPECT_EQ(arrives(std::chrono::minutes(10)), false);
  EXPECT_EQ(arrives(std::chrono::minutes(40)), true);
  unit.endurance.reset();
  EXPECT_FALSE(
      reach(flowing({}), nullptr, unit_now(unit, std::nullopt, night), boat({1.5, 51.0}, {})).arrives);
}

TEST(Reach, a_helicopter_goes_over_land_through_the_wind) {
  Unit unit = lifeboat();
  unit.kind = UnitKind::helicopter;
  unit.launch_delay = Duration(0);
  unit.speed_mps = 70;
  Sea sea = channel();
  sea.add(stated_source("stated", {{.wind = Vec{20, 0}}}));
  const Place to = destination(unit.home, 90, 50'000);
  const Reach with = reach(sea, &waters(), unit_now(unit, std::nullopt, night), boat(to, {}));
  EXPECT_NEAR(seconds(*with.median), 50'000.0 / 90, 2);
  EXPECT_EQ(with.route.size(), 2U);
}

TEST(Passages, a_deep_vessel_keeps_to_deep_water) {
  const Sea sea = channel();
  const Place deep{1.5, 51.0};
  ASSERT_GT(sea.depth_m(deep).value(), 20);
  EXPECT_TRUE(waters().open(deep, 20));
  EXPECT_FALSE(waters().open(deep, 200));
  EXPECT_TRUE(waters().open(Place{10, 10}, 200)) << "beyond the area nothing is known to stand in the way";
  EXPECT_FALSE(waters().nearest_open(deep, 2000));
}

RC_GTEST_PROP(Reach, a_faster_unit_is_never_later, ()) {
  const double slow = *rc::gen::inRange(5, 20);
  const double fast = slow + *rc::gen::inRange(1, 10);
  const Place from{0.3 + *rc::gen::inRange(0, 100) / 200.0, 50.4};
  const Target target = boat({1.2, 50.6 + *rc::gen::inRange(0, 100) / 300.0}, {0.5, -0.5});
  const auto sooner = seconds_to_meet(channel(), nullptr, false, fast, from, night, target, 0);
  const auto later = seconds_to_meet(channel(), nullptr, false, slow, from, night, target, 0);
  RC_ASSERT(sooner && later);
  RC_ASSERT(*sooner <= *later);
}

TEST(Reach, is_within_one_percent_of_a_chase_stepped_through_the_tide) {
  double worst = 0;
  for (std::uint32_t n = 0; n < 12; ++n) {
    Random random(3, n, 0);
    const auto between = [&](double a, double b) { return a + (b - a) * random.uniform(); };
    // South of the narrows, where no land is near.
    const Place from{between(0.0, 0.6), between(50.2, 50.5)};
    const Place to{between(0.0, 0.8), between(50.2, 50.6)};
    const double speed = between(7, 14);
    const Target target = boat(to, {between(-2, 2), between(-2, 2)});
    const auto got = seconds_to_meet(channel(), nullptr, false, speed, from, night, target, 0);
    const double chased = chase_s(speed, from, target);
    ASSERT_TRUE(got) << n;
    if (chased < 600) continue;  // a step of the chase is too much of it
    worst = std::max(worst, std::abs(*got / chased - 1));
    EXPECT_NEAR(*got / chased, 1, 0.01) << n << ": " << *got << " s, chased " << chased << " s";
  }
  RecordProperty("worst_percent", std::to_string(100 * worst));
}

TEST(Reach, is_within_three_percent_of_every_move_on_a_fine_grid_around_land) {
  for (const auto& one : test::around_land)
    for (const double speed : {7.0, 12.9}) {
      const test::Flood flood(channel(), one.box, 250, speed, one.from, night);
      for (const Vec velocity : {Vec{0, 0}, Vec{-0.4, 0.6}}) {
        const Target target = boat(one.to, velocity);
        const double brute = flood.meets_s(target);
        Passages passages(waters(), one.from, 0);
        const auto got = seconds_to_meet(channel(), &passages, false, speed, one.from, night, target, 0);
        ASSERT_TRUE(got) << one.what;
        EXPECT_FALSE(waters().clear(one.from, one.to, 0)) << one.what << ": nothing stands in the way";
        EXPECT_NEAR(*got / brute, 1, 0.03)
            << one.what << " at " << speed << " m/s: " << *got << " s, brute " << brute << " s";
      }
    }
}

}  // namespace
}  // namespace varne
