#include "varne/days/ships.h"

#include <gtest/gtest.h>

#include <cmath>

#include "small_scenario.h"
#include "varne/days/simulated_day.h"

namespace varne::days {
namespace {

const Strait& strait() {
  static const auto opened = [] {
    Scenario with = scenario(shipped);
    with.traffic = true;
    return open_strait(std::move(with));
  }();
  EXPECT_TRUE(opened) << (opened ? "" : opened.error().text());
  return **opened;
}

const Date day = Date(std::chrono::year(2021) / 11 / 11);

TEST(Ships, there_are_as_many_as_the_scenario_says_and_none_without_traffic) {
  const Numbers n = fixed(strait().scenario.numbers(), {{Q::ships_per_hour, 8}});
  double sum = 0;
  constexpr int days = 40;
  for (int i = 0; i < days; ++i) sum += static_cast<double>(Ships(strait(), n, Time(day), i).size());
  const double expected = 8.0 * (12 + day_hours) * static_cast<double>(strait().scenario.lanes.size());
  EXPECT_NEAR(sum / days, expected, 4 * std::sqrt(expected / days));
  Strait off = strait();
  off.scenario.traffic = false;
  EXPECT_EQ(Ships(off, n, Time(day), 1).size(), 0u);
}

/// A boat that lies in the middle of a lane is seen by whoever passes, once a pass, and not where nobody says
/// so.
TEST(Ships, a_boat_in_a_lane_is_seen_once_a_pass) {
  const auto look = [](double reports) {
    const Numbers n =
        fixed(strait().scenario.numbers(),
              {{Q::ships_per_hour, 4}, {Q::ship_speed, 14}, {Q::ship_sees, 2}, {Q::ship_reports, reports}});
    Boats boats(1);
    const Place in_lane = strait().scenario.lanes[0].along[2];
    boats.lon[0] = in_lane.lon;
    boats.lat[0] = in_lane.lat;
    boats.state[0] = BoatState::adrift;
    Weather clear = make_weather(n, 0, 1);
    clear.visibility_m = 20000;
    Ships ships(strait(), n, Time(day), 5);
    DayFeeds feeds(Time(day), {}, true);
    int seen = 0;
    for (Minute minute = 0; minute < 20 * 60; ++minute)
      ships.look(minute, boats, clear, feeds, [&](std::size_t) { ++seen; });
    std::size_t said = 0;
    for (const Event& event : feeds.take()) said += event.speaker.name == "reports" ? 1 : 0;
    EXPECT_EQ(static_cast<std::size_t>(seen), said);
    return seen;
  };
  EXPECT_EQ(look(0), 0);
  EXPECT_NEAR(look(1), 80, 27);  // four an hour for twenty hours, three standard deviations
}

TEST(Ships, with_traffic_more_boats_are_heard_of_and_people_are_conserved) {
  Numbers n = fixed(strait().scenario.numbers(), {{Q::viable_share, 1},
                                                  {Q::viable_swing, 0},
                                                  {Q::boats_a_day, 6},
                                                  {Q::boats_swing, 0},
                                                  {Q::calls_in_trouble, 0},
                                                  {Q::calls_at_line, 0},
                                                  {Q::patrol_detection, 0},
                                                  {Q::ship_reports, 1}});
  const DayDraw draw{day, 1, 4};
  const DayTide tide(strait(), Time(day));
  const auto with = simulate_day(strait(), strait().scenario.policies[0], n, draw, tide);
  ASSERT_TRUE(with) << with.error().text();
  Strait off = strait();
  off.scenario.traffic = false;
  const auto without = simulate_day(off, off.scenario.policies[0], n, draw, tide);
  ASSERT_TRUE(without) << without.error().text();
  EXPECT_EQ(with->outcome[M::boats], without->outcome[M::boats]);
  EXPECT_GT(with->outcome[M::reported], without->outcome[M::reported]);
}

TEST(Ships, without_traffic_their_numbers_are_no_assumption_of_the_day) {
  const auto named = [](const Scenario& s) {
    int count = 0;
    for (const Knob& knob : s.knobs()) count += knob.name().starts_with("ships.") ? 1 : 0;
    return count;
  };
  EXPECT_EQ(named(scenario(shipped)), 0);
  EXPECT_EQ(named(strait().scenario), 5);
}

TEST(Ships, traffic_without_lanes_is_refused) {
  const test::Scratch scratch;
  std::string text = test::read_all(narrow(scratch, {}));
  text = "traffic = true\n" + text.substr(0, text.find("# Centres of the lanes")) +
         text.substr(text.find("[[policy]]"));
  const auto loaded = load_scenario(scratch.write("no-lanes.toml", text));
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().text().find("[[lane]]"), std::string::npos) << loaded.error().text();
}

}  // namespace
}  // namespace varne::days
