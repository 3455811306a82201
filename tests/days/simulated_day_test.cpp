#include "varne/days/simulated_day.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "small_scenario.h"
#include "varne/core/units.h"
#include "varne/days/crews.h"
#include "varne/days/departures.h"
#include "varne/days/draws.h"
#include "varne/days/responses.h"
#include "varne/room/entries.h"

namespace varne::days {
namespace {

/// Opened once for all tests of this file: the chart takes a second.
const Strait& strait() {
  static const auto opened = open_strait(scenario(shipped));
  EXPECT_TRUE(opened) << (opened ? "" : opened.error().text());
  return **opened;
}

const Policy& policy(std::size_t i = 0) {
  return strait().scenario.policies[i];
}

/// A day with this many boats of the shipped scenario, or more.
DayDraw day_with(std::int32_t boats) {
  for (std::uint32_t i = 0;; ++i) {
    const DayDraw draw = day_of_seed(strait().scenario, seed_of(1, i));
    if (boats_of(strait().scenario.numbers(), draw.day, draw.conditions) >= boats) return draw;
  }
}

DayOutcome outcome_of(const Numbers& numbers, const DayDraw& draw, std::size_t which = 0,
                      const DayOptions& options = {}) {
  const DayTide tide(strait(), Time(draw.day));
  const auto day = simulate_day(strait(), policy(which), numbers, draw, tide, options);
  EXPECT_TRUE(day) << (day ? "" : day.error().text());
  return day ? day->outcome : DayOutcome{};
}

/// One boat at noon, nothing goes wrong, no wind.
Numbers calm_day() {
  Numbers n = fixed(strait().scenario.numbers(), {{Q::viable_share, 1},
                                                  {Q::viable_swing, 0},
                                                  {Q::boats_a_day, 1},
                                                  {Q::boats_swing, 0},
                                                  {Q::hour, 6},
                                                  {Q::persons, 30},
                                                  {Q::persons_growth, 0},
                                                  {Q::persons_day_spread, 0},
                                                  {Q::speed, 5},
                                                  {Q::course_error, 0},
                                                  {Q::engine_failure, 0},
                                                  {Q::taking_water, 0},
                                                  {Q::calls_in_trouble, 0},
                                                  {Q::calls_at_line, 0},
                                                  {Q::wind, 0},
                                                  {Q::wind_hourly, 0},
                                                  {Q::patrol_detection, 0},
                                                  {Q::serviceable, 1}});
  return n;
}

TEST(SimulatedDay, the_same_seed_gives_the_same_day_and_another_another) {
  const DayDraw draw = day_with(4);
  const Numbers numbers = strait().scenario.numbers();
  const DayOutcome once = outcome_of(numbers, draw);
  EXPECT_EQ(once.sums, outcome_of(numbers, draw).sums);
  DayDraw other = draw;
  other.seed += 1;
  EXPECT_NE(once.sums, outcome_of(numbers, other).sums);
}

TEST(SimulatedDay, people_are_conserved_whatever_goes_wrong) {
  Numbers n = fixed(
      strait().scenario.numbers(),
      {{Q::engine_failure, 0.3}, {Q::taking_water, 0.3}, {Q::in_water_chance, 1}, {Q::lost_in_water, 2}});
  for (std::uint32_t i = 0; i < 4; ++i) {
    DayDraw draw = day_with(5);
    draw.seed += i;
    const DayOutcome day = outcome_of(n, draw, i % 2);
    EXPECT_EQ(day[M::rescued] + day[M::own_way] + day[M::at_sea] + day[M::lost], day[M::persons]);
    EXPECT_GT(day[M::in_water], 0);
  }
}

TEST(SimulatedDay, what_nobody_reads_is_lived_alike) {
  const DayDraw draw = day_with(5);
  for (const std::size_t which : {0u, 1u}) {
    std::size_t entries = 0;
    const DayOutcome read = outcome_of(strait().scenario.numbers(), draw, which,
                                       {.entry = [&](const Entry& /*one*/) { ++entries; }});
    EXPECT_GT(entries, 100u);
    const DayOutcome unread = outcome_of(strait().scenario.numbers(), draw, which);
    EXPECT_EQ(read.sums, unread.sums);
    EXPECT_EQ(read.responses, unread.responses);
    EXPECT_EQ(read.sums, outcome_of(strait().scenario.numbers(), draw, which, {.keep_lines = true}).sums);
  }
}

/// Boats in distress by the dozen: where the room proposes a unit that may go, that unit is sent.
TEST(SimulatedDay, units_go_as_the_room_proposes) {
  const Numbers n = fixed(strait().scenario.numbers(), {{Q::engine_failure, 0.5}, {Q::calls_in_trouble, 1}});
  std::set<std::pair<std::string, std::string>> standing;  // incident and unit
  int proposed = 0;
  int ordered = 0;
  outcome_of(n, day_with(12), 0, {.entry = [&](const Entry& entry) {
               const auto body = entries::read_body(entry);
               ASSERT_TRUE(body);
               if (const auto* said = std::get_if<entries::ProposalSaid>(&*body)) {
                 if (said->state == "proposed") standing.emplace(said->incident, said->unit);
                 if (said->state == "withdrawn") standing.erase({said->incident, said->unit});
               }
               const auto* task = std::get_if<entries::TaskSaid>(&*body);
               if (task == nullptr || task->state != "ordered") return;
               ++ordered;
               proposed += standing.contains({task->incident, task->unit}) ? 1 : 0;
             }});
  EXPECT_GT(ordered, 10);
  EXPECT_GT(proposed, ordered / 2);
}

TEST(SimulatedDay, a_unit_that_cannot_be_used_is_off_duty_in_the_list) {
  const std::string list =
      "[[unit]]\nname = \"A\"\nspeed_kn = 9\n[[unit]]\nname = \"B\"\nstatus = \"laden\"\n[[unit]]\n"
      "name = \"C\"\n";
  EXPECT_EQ(units_of_day(list, {"C"}, {"B"}),
            "[[unit]]\nname = \"A\"\nspeed_kn = 9\n[[unit]]\nstatus = \"off_duty\"\nname = \"B\"\n");
  const Numbers none = fixed(strait().scenario.numbers(), {{Q::serviceable, 0}});
  EXPECT_EQ(off_duty(strait(), none, {"RNLI Dover"}, 1).size(), strait().units.size() - 1);
  const Numbers all = fixed(strait().scenario.numbers(), {{Q::serviceable, 1}});
  EXPECT_TRUE(off_duty(strait(), all, {}, 1).empty());
}

TEST(SimulatedDay, without_boats_nothing_happens) {
  const DayOutcome day = outcome_of(fixed(strait().scenario.numbers(), {{Q::viable_share, 0}}), day_with(1));
  for (const MetricWords& words : metric_table()) EXPECT_EQ(day[words.metric], 0) << words.name;
}

TEST(SimulatedDay, a_boat_of_which_nobody_hears_comes_ashore_by_itself) {
  const DayOutcome day = outcome_of(calm_day(), day_with(1));
  EXPECT_EQ(day[M::boats], 1);
  EXPECT_EQ(day[M::persons], 30);
  EXPECT_EQ(day[M::own_way], 30);
  EXPECT_EQ(day[M::met], 0);
  EXPECT_EQ(day[M::unit_hours], 0);
}

/// By hand: the engine stops at once, somebody calls at once, and one lifeboat of the French side goes out.
TEST(SimulatedDay, one_boat_and_one_unit_take_as_long_as_by_hand) {
  Numbers n = calm_day();
  n.set(Q::engine_failure, Shape::fixed, {10, 0, 0});
  n.set(Q::calls_in_trouble, Shape::fixed, {1, 0, 0});
  for (const auto& [q, v] : {std::pair{Q::call_delay, 0.0},
                             {Q::call_error, 0.0},
                             {Q::call_count_error, 0.0},
                             {Q::readiness, 10.0},
                             {Q::speed_share, 1.0},
                             {Q::transfer, 60.0},
                             {Q::leeway, 0.0}})
    n.set(q, Shape::fixed, {v, 0, 0});
  Policy only = policy();
  const Unit* calais = nullptr;
  for (const Unit& unit : strait().units) {
    if (unit.name == "SNSM Calais")
      calais = &unit;
    else
      only.without.push_back(unit.name);
  }
  ASSERT_NE(calais, nullptr);
  const DayDraw draw = day_with(1);
  const DayTide tide(strait(), Time(draw.day));
  std::vector<Entry> entries;
  const auto day =
      simulate_day(strait(), only, n, draw, tide, {.entry = [&](const Entry& e) { entries.push_back(e); }});
  ASSERT_TRUE(day);
  ASSERT_EQ(day->outcome[M::met], 1);
  // Ten minutes to leave, then straight at service speed; the boat drifts with the stream meanwhile.
  const double way = distance_m(calais->home, day->outcome.met_at[0]);
  const double minutes = 10 + way / *calais->speed_mps / 60;
  EXPECT_NEAR(day->outcome[M::first_unit], minutes, 4) << way;
  EXPECT_EQ(day->outcome[M::rescued], 30);
  EXPECT_EQ(day->outcome[M::open], 0);
}

/// Nobody calls and nobody flies: until the boat is ashore, only a radar sees it.
TEST(SimulatedDay, a_radar_without_bearings_looks_all_round) {
  const Numbers n = calm_day();
  const DayDraw draw = day_with(1);
  const DayTide tide(strait(), Time(draw.day));
  const auto first_seen_min = [&](double from_deg, double to_deg) {
    Strait there = strait();
    for (RadarSite& site : there.scenario.radars) {
      site.from_deg = from_deg;
      site.to_deg = to_deg;
    }
    const auto day = simulate_day(there, policy(), n, draw, tide);
    EXPECT_TRUE(day) << (day ? "" : day.error().text());
    return day ? day->outcome[M::seen_after] : -1;
  };
  const RadarSite unsaid;
  const double nowhere = first_seen_min(90, 90.001);
  const double all_round = first_seen_min(unsaid.from_deg, unsaid.to_deg);
  EXPECT_LT(all_round, nowhere);
  EXPECT_EQ(first_seen_min(90, 90), all_round);
}

TEST(SimulatedDay, people_who_are_lost_keep_their_incident_open) {
  Numbers n = calm_day();
  for (const auto& [q, v] : {std::pair{Q::taking_water, 10.0},
                             {Q::in_water_chance, 1.0},
                             {Q::in_water_share, 0.5},
                             {Q::lost_in_water, 10.0},
                             {Q::calls_in_trouble, 1.0},
                             {Q::call_delay, 60.0},
                             {Q::call_count_error, 0.3}})
    n.set(q, Shape::fixed, {v, 0, 0});
  const DayOutcome day = outcome_of(n, day_with(1));
  EXPECT_GT(day[M::lost], 5);
  EXPECT_GT(day[M::rescued], 5);
  EXPECT_EQ(day[M::open], 1);
}

/// The centre that is offered a boat takes as long to say so as the scenario has it.
TEST(SimulatedDay, a_hand_over_takes_the_time_that_the_other_centre_takes) {
  for (const double minutes : {3.0, 45.0}) {
    const Numbers n = fixed(strait().scenario.numbers(),
                            {{Q::calls_in_trouble, 1}, {Q::calls_at_line, 1}, {Q::hand_over, minutes}});
    std::map<std::string, Time> offered;
    int taken = 0;
    outcome_of(n, day_with(8), 0, {.entry = [&](const Entry& entry) {
                 const auto body = entries::read_body(entry);
                 ASSERT_TRUE(body);
                 const auto* said = std::get_if<entries::IncidentSaid>(&*body);
                 if (said == nullptr) return;
                 if (said->change == "offered") offered[said->incident] = entry.time;
                 if (said->change != "handed_over") return;
                 ++taken;
                 EXPECT_NEAR(seconds(entry.time - offered.at(said->incident)) / 60, minutes, 2);
               }});
    EXPECT_GT(taken, 0) << minutes;
  }
}

TEST(SimulatedDay, policies_meet_the_same_boats) {
  const DayDraw draw = day_with(3);
  const Numbers numbers = strait().scenario.numbers();
  const DayOutcome a = outcome_of(numbers, draw, 0);
  const DayOutcome b = outcome_of(numbers, draw, 1);
  EXPECT_EQ(a[M::boats], b[M::boats]);
  EXPECT_EQ(a[M::persons], b[M::persons]);
}

/// Every answer as a turnaround would need it: the room permits it, and that is counted; take one away, and
/// it alone stood in the way.
TEST(SimulatedDay, what_the_rules_left_open_is_counted) {
  const std::size_t turnaround = 1;
  ASSERT_EQ(policy(turnaround).name, "turnaround-2021");
  const auto rows = response_rows(*strait().rules.at(policy(turnaround).name));
  const auto row = std::find_if(rows.begin(), rows.end(),
                                [](const ResponseRow& one) { return one.response == "turn_round"; });
  ASSERT_NE(row, rows.end());
  const auto number_of = [&](const std::string& id) {
    const auto at = std::find_if(row->conditions.begin(), row->conditions.end(),
                                 [&](const Condition& one) { return one.id == id; });
    EXPECT_NE(at, row->conditions.end()) << id;
    return static_cast<std::size_t>(at - row->conditions.begin());
  };
  Numbers n = fixed(calm_day(), {{Q::boats_a_day, 20},     {Q::boats_size, 1e9},  {Q::persons, 6},
                                 {Q::boat_length, 12},     {Q::sturdy, 1},        {Q::damaged, 0},
                                 {Q::medical, 0},          {Q::child_alone, 0},   {Q::overloaded, 0},
                                 {Q::asylum, 0},           {Q::offence, 1},       {Q::captain, 1},
                                 {Q::commander, 1},        {Q::french_vessel, 1}, {Q::craft, 5},
                                 {Q::limit_length, 6},     {Q::limit_wind, 10},   {Q::limit_wave, 1},
                                 {Q::patrol_detection, 1}, {Q::visibility, 40}});
  // Of the days on which the procedure was in force.
  DayDraw draw{Date(std::chrono::year(2021) / 11 / 11), 0, 7};
  const DayOutcome open = outcome_of(n, draw, turnaround);
  EXPECT_GT(open[M::permitted], 0);
  EXPECT_GE(open.responses[row->boats()], open[M::permitted]);
  EXPECT_GE(open.responses[row->minutes()], open.responses[row->boats()]);
  EXPECT_LE(open.responses[row->boats()], open[M::reported]);

  for (const auto& [q, value, id] : {std::tuple{Q::french_vessel, 0.0, "french_vessel"},
                                     {Q::craft, 2.0, "three_craft"},
                                     {Q::asylum, 1.0, "not asylum_asked"},
                                     {Q::offence, 0.0, "legal_authority"},
                                     {Q::commander, 0.0, "commander"}}) {
    const DayOutcome shut = outcome_of(fixed(n, {{q, value}}), draw, turnaround);
    EXPECT_EQ(shut[M::permitted], 0) << id;
    EXPECT_EQ(shut.responses[row->boats()], 0U) << id;
    EXPECT_GE(shut.responses[row->alone_boats(number_of(id))], open[M::permitted]) << id;
  }
  // A captain who would agree in a calm, but not in half of the wind that is allowed.
  const Numbers windy = fixed(n, {{Q::wind, 6}, {Q::captain_rough, 0}});
  const DayOutcome refused = outcome_of(windy, draw, turnaround);
  EXPECT_EQ(refused[M::permitted], 0);
  EXPECT_GT(outcome_of(fixed(windy, {{Q::captain_rough, 1}}), draw, turnaround)[M::permitted], 0);
  // Under a policy without it nothing of it is asked.
  EXPECT_EQ(outcome_of(n, draw, 0).responses.size(),
            response_rows(*strait().rules.at(policy(0).name)).back().end());
}

TEST(SimulatedDay, the_tide_alone_carries_a_boat_as_the_sea_says) {
  Boats boats(1);
  boats.lon[0] = 1.55;
  boats.lat[0] = 51.0;
  boats.afloat_[0] = 1;
  boats.state[0] = BoatState::adrift;
  const Date day = Date(std::chrono::year(2021) / 11 / 11);
  const DayTide tide(strait(), Time(day));
  Place place{1.55, 51.0};
  for (Minute m = 0; m < 360; ++m) {
    step_boats(boats, tide.at(m), {}, 60);
    const auto v = strait().tides->current(place, Time(day) + std::chrono::minutes(m));
    ASSERT_TRUE(v);
    place = moved(place, *v * 60);
  }
  const double went = distance_m({1.55, 51.0}, place);
  EXPECT_GT(went, 1500);
  EXPECT_LT(distance_m(boats.place(0), place), 0.03 * 360 * 60);  // 0.03 m/s all the while
}

TEST(SimulatedDay, weather_has_the_persistence_that_it_is_given) {
  Numbers n = fixed(strait().scenario.numbers(), {{Q::wind, 20}, {Q::wind_hourly, 2}, {Q::wind_memory, 6}});
  double with = 0;
  double all = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const Weather w = make_weather(n, 0, seed);
    for (std::size_t h = 0; h + 6 < w.hours.size(); ++h) {
      const double a = mps_from_knots(w.hours[h].wind_kn) - 20;
      const double b = mps_from_knots(w.hours[h + 6].wind_kn) - 20;
      with += a * b;
      all += a * a;
    }
  }
  EXPECT_NEAR(with / all, std::exp(-1), 0.05);
}

TEST(SimulatedDay, without_wind_there_are_no_waves) {
  const Weather calm = make_weather(calm_day(), 0, 5);
  for (const auto& hour : calm.hours) EXPECT_EQ(hour.wave_m, 0);
}

}  // namespace
}  // namespace varne::days
