/// What a plan makes of a unit of the fleet: where it lies, what it is about, how long it lasts, in what sea.
#include "varne/search/of_fleet.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "varne/core/place_of_data.h"
#include "varne/core/units.h"
#include "varne/search/asked.h"
#include "varne/search/plan.h"
#include "varne/search/trial_cases.h"

namespace varne {
namespace {

const Time morning = *parse_time("2021-11-24T06:00Z");

Unit lifeboat() {
  Unit unit;
  unit.name = "Lifeboat";
  unit.home = {1.3, 51.1};
  unit.speed_mps = mps_from_knots(25);
  unit.search_speed_mps = mps_from_knots(15);
  unit.launch_delay = std::chrono::minutes(10);
  unit.endurance = std::chrono::hours(10);
  unit.crew_hours = std::chrono::hours(6);
  unit.eye_height_m = 4.3;
  unit.turn_s = 30;
  return unit;
}

SearcherNow at_base(Unit unit) {
  const Place home = unit.home;
  return {.unit = std::move(unit), .at = home, .free_from = morning, .sea_m = 0.1};
}

struct Made {
  SearchUnit unit;
  std::vector<std::string> notes;
  [[nodiscard]] bool says(const std::string& what) const {
    return std::ranges::any_of(notes, [&](const auto& note) { return note.find(what) != std::string::npos; });
  }
};

Made made(const SearcherNow& now) {
  static const auto widths =
      SweepWidths::load(data_path("sweep_widths.csv"), data_path("sweep_factors.toml"));
  Made out;
  SweepQuery query;
  query.object = "raft 10 person";
  query.visibility_m = 18520;
  query.wind_mps = 5;
  query.sea_m = now.sea_m;
  auto unit = search_unit_of(now, widths.value(), query, out.notes);
  EXPECT_TRUE(unit);
  out.unit = *unit;
  return out;
}

TEST(SearchUnitOfTheFleet, has_a_launch_delay_at_its_base_and_none_at_sea) {
  SearcherNow now = at_base(lifeboat());
  EXPECT_EQ(made(now).unit.launch_delay, std::chrono::minutes(10));
  now.at = {1.5, 51.0};
  now.at_base = false;
  const Made at_sea = made(now);
  EXPECT_EQ(at_sea.unit.launch_delay, Duration::zero());
  EXPECT_TRUE(at_sea.says("how long it has been at sea is not known"));
  EXPECT_FALSE(at_sea.says("launch delay"));
}

TEST(SearchUnitOfTheFleet, goes_as_fast_as_the_sea_lets_it) {
  SearcherNow now = at_base(lifeboat());
  now.unit.speeds_in_sea = {{3, mps_from_knots(20)}, {5, mps_from_knots(8)}, {6, 0}};
  EXPECT_DOUBLE_EQ(*made(now).unit.transit_mps, mps_from_knots(20));
  now.sea_m = 3;
  const Made rough = made(now);
  EXPECT_DOUBLE_EQ(*rough.unit.transit_mps, mps_from_knots(8));
  EXPECT_DOUBLE_EQ(*rough.unit.search_mps, mps_from_knots(8));
  EXPECT_TRUE(rough.says("searches at 8 kn, which is all that it makes in this sea"));
  now.sea_m = 5;
  EXPECT_EQ(made(now).unit.not_free, "it does not go out in sea state 6");
  now.sea_m = 8;
  EXPECT_EQ(made(now).unit.not_free, "its speed in sea state 7 is not known");
  now.sea_m.reset();
  EXPECT_TRUE(made(now).says("Lifeboat: the height of the waves is not known: the speed is that in a calm"));
}

TEST(SearchUnitOfTheFleet, says_that_its_turns_are_not_known_and_takes_those_that_are) {
  SearcherNow now = at_base(lifeboat());
  EXPECT_EQ(made(now).unit.turn_s, 30);
  EXPECT_FALSE(made(now).says("turn"));
  now.unit.turn_s.reset();
  EXPECT_EQ(made(now).unit.turn_s, 0);
  EXPECT_TRUE(made(now).says("Lifeboat: its time for a turn is not known; none is counted"));
}

TEST(SearchUnitOfTheFleet, is_not_asked_while_it_is_about_something_else) {
  EXPECT_EQ(not_free(UnitStatus::available), "");
  for (const auto status :
       {UnitStatus::tasked, UnitStatus::on_scene, UnitStatus::laden, UnitStatus::off_duty})
    EXPECT_NE(not_free(status), "");
  TrialCase c = trial_case(0, 4000);
  c.units.resize(1);
  c.units[0].not_free = not_free(UnitStatus::laden);
  const auto plan = plan_search(c.cloud, c.units);
  ASSERT_TRUE(plan);
  ASSERT_EQ(plan->left_out.size(), 1U);
  EXPECT_EQ(plan->left_out[0].why, "has survivors aboard that are still to be landed; say when it is free");
}

/// Whichever ends first, and what of both is not known is said.
TEST(SearchUnitOfTheFleet, is_back_before_its_crew_or_its_fuel_ends) {
  TrialCase c = trial_case(0, 8000);
  c.units.resize(1);
  SearchUnit& unit = c.units[0];
  const auto leaves = unit.free_from + unit.launch_delay;
  unit.at = {1.2, 51.05};  // 28 km off
  unit.endurance = std::chrono::hours(8);
  const auto ends = [&] {
    const auto plan = plan_search(c.cloud, c.units);
    EXPECT_TRUE(plan && !plan->tasks.empty());
    return plan->tasks.back().until;
  };
  const Time by_fuel = ends();
  unit.crew_hours = std::chrono::hours(3);
  const Time by_crew = ends();
  EXPECT_LT(by_crew, by_fuel);
  EXPECT_LT(by_crew, leaves + std::chrono::hours(3));
  unit.crew_hours = std::chrono::minutes(5);
  const auto none = plan_search(c.cloud, c.units);
  ASSERT_EQ(none->left_out.size(), 1U);
  EXPECT_TRUE(none->left_out[0].why.starts_with("has crew hours of 5 min and needs "))
      << none->left_out[0].why;
  unit.endurance.reset();
  unit.crew_hours.reset();
  const auto unknown = plan_search(c.cloud, c.units);
  EXPECT_TRUE(std::ranges::any_of(unknown->notes, [](const std::string& note) {
    return note.starts_with("how long fuel and crew of ");
  }));
}

}  // namespace
}  // namespace varne
