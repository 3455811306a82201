#include "varne/fleet/unit.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "support.h"
#include "varne/core/units.h"

namespace varne {
namespace {

const std::string good =
    "[[unit]]\n"
    "name = \"RNLI Dungeness\"\n"
    "kind = \"lifeboat\"\n"
    "state = \"UK\"\n"
    "centre = \"MRCC Dover\"\n"
    "base = \"Dungeness\"\n"
    "home = [0.97, 50.92]\n"
    "speed_kn = 25\n"
    "capacity = 79\n";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

/// What is said of a file with this text; the file's own name cut to its last part.
std::string refusal(const std::string& text) {
  const test::Scratch scratch;
  const auto path = scratch.write("units.toml", text);
  const auto units = load_units(path);
  return units ? "" : replaced(units.error().text(), path, "units.toml");
}

TEST(Units, are_read_in_si) {
  const test::Scratch scratch;
  const auto units = load_units(scratch.write("units.toml", good + "mmsi = 232000001\n"));
  ASSERT_TRUE(units) << units.error().text();
  ASSERT_EQ(units->size(), 1U);
  const Unit& unit = units->front();
  EXPECT_EQ(unit.name, "RNLI Dungeness");
  EXPECT_EQ(unit.kind, UnitKind::lifeboat);
  EXPECT_DOUBLE_EQ(*unit.speed_mps, mps_from_knots(25));
  EXPECT_EQ(unit.home, (Place{0.97, 50.92}));
  EXPECT_EQ(unit.capacity, 79);
  EXPECT_EQ(unit.mmsi, 232000001U);
}

TEST(Units, a_refusal_names_file_line_and_field) {
  EXPECT_EQ(refusal(replaced(good, "25", "\"fast\"")),
            "units.toml:8: speed_kn: \"fast\" is not a number from 1 to 600");
  EXPECT_EQ(refusal(replaced(good, "25", "0")), "units.toml:8: speed_kn: 0 is not a number from 1 to 600");
  EXPECT_EQ(refusal(replaced(good, "79", "-1")),
            "units.toml:9: capacity: -1 is not a whole number from 0 to 5000");
  EXPECT_EQ(refusal(replaced(good, "lifeboat", "kayak")),
            "units.toml:3: kind: \"kayak\" is no kind of unit; known are lifeboat, cutter, patrol, tug, "
            "helicopter, aeroplane");
  EXPECT_EQ(refusal(replaced(good, "\"UK\"", "\"Kent\"")),
            "units.toml:4: state: \"Kent\" is not a state; write \"UK\" or \"FR\"");
  EXPECT_EQ(refusal(good + "sped_kn = 3\n").substr(0, 43), "units.toml:10: sped_kn: is not a field here");
  EXPECT_EQ(refusal(good + good),
            "units.toml:11: name: \"RNLI Dungeness\" is the name of an earlier unit too");
  EXPECT_EQ(refusal(good + "mmsi = 1\n" + replaced(good, "Dungeness", "Dover") + "mmsi = 1\n"),
            "units.toml:20: mmsi: 1 is the number of an earlier unit too");
  EXPECT_EQ(refusal(replaced(good, "home = [0.97, 50.92]\n", "")), "units.toml:1: lacks the field \"home\"");
  EXPECT_EQ(refusal(""), "units.toml: names no unit; write one [[unit]] for each");
  EXPECT_FALSE(load_units("/nowhere/units.toml"));
}

TEST(Units, what_is_left_out_is_not_known_and_never_zero) {
  const test::Scratch scratch;
  const auto units = load_units(
      scratch.write("units.toml", replaced(replaced(good, "speed_kn = 25\n", ""), "capacity = 79\n", "")));
  ASSERT_TRUE(units) << units.error().text();
  const Unit& unit = units->front();
  EXPECT_FALSE(unit.speed_mps || unit.capacity || unit.seated || unit.endurance || unit.launch_delay ||
               unit.crew_hours || unit.draught_m || unit.search_speed_mps || unit.eye_height_m);
  EXPECT_TRUE(unit.sensors.empty());
  EXPECT_EQ(unit.status, UnitStatus::available);
  EXPECT_FALSE(speed_in(unit, 1.0));
}

TEST(Units, can_say_all_that_they_can_do) {
  const test::Scratch scratch;
  const auto units = load_units(scratch.write(
      "units.toml", good + "seated = 23\nendurance_h = 10\nlaunch_delay_min = 7.5\ncrew_hours = 12\n"
                           "draught_m = 1.3\nsearch_speed_kn = 12\neye_height_m = 4.5\n"
                           "sensors = [\"radar\", \"searchlight\"]\nstatus = \"off_duty\"\n"
                           "[[unit.in_sea]]\nsea_state = 3\nspeed_kn = 25\n"
                           "[[unit.in_sea]]\nsea_state = 5\nspeed_kn = 15\n"
                           "[[unit.in_sea]]\nsea_state = 6\nspeed_kn = 0\n"));
  ASSERT_TRUE(units) << units.error().text();
  const Unit& unit = units->front();
  EXPECT_EQ(unit.seated, 23);
  EXPECT_EQ(unit.endurance, std::chrono::hours(10));
  EXPECT_EQ(unit.launch_delay, std::chrono::seconds(450));
  EXPECT_EQ(unit.crew_hours, std::chrono::hours(12));
  EXPECT_EQ(unit.draught_m, 1.3);
  EXPECT_DOUBLE_EQ(*unit.search_speed_mps, mps_from_knots(12));
  EXPECT_EQ(unit.eye_height_m, 4.5);
  EXPECT_EQ(unit.sensors, (std::vector{UnitSensor::radar, UnitSensor::searchlight}));
  EXPECT_EQ(unit.status, UnitStatus::off_duty);
  EXPECT_DOUBLE_EQ(*speed_in(unit, std::nullopt), mps_from_knots(25));
  EXPECT_DOUBLE_EQ(*speed_in(unit, 1.25), mps_from_knots(25));
  EXPECT_DOUBLE_EQ(*speed_in(unit, 1.26), mps_from_knots(15));
  EXPECT_EQ(speed_in(unit, 6.0), 0);
  EXPECT_FALSE(speed_in(unit, 6.1)) << "worse than its table goes";
}

TEST(Units, sea_states_are_those_of_the_wmo) {
  for (const auto& [metres, state] : {std::pair{0.0, 0},
                                      {0.05, 1},
                                      {0.1, 1},
                                      {0.5, 2},
                                      {1.25, 3},
                                      {2.0, 4},
                                      {4.0, 5},
                                      {6.0, 6},
                                      {9.0, 7},
                                      {14.0, 8},
                                      {14.1, 9}})
    EXPECT_EQ(sea_state_of(metres), state) << metres;
}

TEST(Units, abilities_out_of_range_are_refused_by_line_and_field) {
  EXPECT_EQ(refusal(good + "seated = 80\n"), "units.toml:10: seated: 80 is more than its capacity of 79");
  EXPECT_EQ(refusal(good + "endurance_h = -1\n"),
            "units.toml:10: endurance_h: -1 is not a number from 0 to 10000");
  EXPECT_EQ(refusal(good + "sensors = [\"sonar\"]\n"),
            "units.toml:10: sensors: \"sonar\" is no sensor; known are radar, infrared, night_vision, "
            "searchlight, direction_finder");
  EXPECT_EQ(refusal(good + "sensors = [\"radar\", \"radar\"]\n"),
            "units.toml:10: sensors: \"radar\" stands there twice");
  EXPECT_EQ(refusal(good + "status = \"laden\"\n"),
            "units.toml:10: status: \"laden\" is not how a unit begins; write \"available\" or \"off_duty\"");
  const std::string row = "[[unit.in_sea]]\nsea_state = 4\nspeed_kn = 20\n";
  EXPECT_EQ(refusal(good + replaced(row, "20", "26")),
            "units.toml:12: speed_kn: is faster than in a calmer sea");
  EXPECT_EQ(refusal(good + row + row),
            "units.toml:14: sea_state: is not above the one before; give them from calm to rough");
  EXPECT_EQ(refusal(replaced(good, "speed_kn = 25\n", "") + row),
            "units.toml:11: speed_kn: the unit's own speed_kn has to be given too, for the calm");
}

TEST(Units, the_shipped_file_has_units_of_both_sides_and_of_every_element) {
  const auto units = load_units(std::string(VARNE_ROOT) + "/data/straits/dover/units.toml");
  ASSERT_TRUE(units) << units.error().text();
  std::set<std::string> states;
  std::set<UnitKind> kinds;
  for (const Unit& unit : *units) {
    states.insert(unit.state);
    kinds.insert(unit.kind);
    EXPECT_LT(distance_m(unit.home, {1.5, 51.0}), 300'000) << unit.name;
    EXPECT_EQ(unit.centre, unit.state == "UK" ? "MRCC Dover" : "CROSS Gris-Nez") << unit.name;
  }
  EXPECT_GE(units->size(), 10U);
  EXPECT_EQ(states, (std::set<std::string>{"FR", "UK"}));
  for (const UnitKind kind :
       {UnitKind::lifeboat, UnitKind::cutter, UnitKind::patrol, UnitKind::tug, UnitKind::helicopter})
    EXPECT_TRUE(kinds.contains(kind)) << name_of(kind);
}

TEST(Units, a_way_takes_its_length_at_service_speed) {
  Unit unit;
  unit.speed_mps = mps_from_knots(20);
  EXPECT_EQ(time_over(unit, 0), Duration(0));
  EXPECT_NEAR(seconds(time_over(unit, metres_from_nm(10))), 1800, 0.01);
}

RC_GTEST_PROP(Units, a_faster_unit_is_never_later, ()) {
  Unit slow;
  Unit fast;
  slow.speed_mps = *rc::gen::inRange(1, 100);
  fast.speed_mps = *slow.speed_mps + *rc::gen::inRange(0, 100);
  const double metres = *rc::gen::inRange(0, 70'000);
  RC_ASSERT(time_over(fast, metres) <= time_over(slow, metres));
}

}  // namespace
}  // namespace varne
