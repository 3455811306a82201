/// `varne reach` and `varne task` as a watch officer runs them: on what they have, and on what is missing.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "ran.h"
#include "support.h"
#include "varne/core/json.h"

namespace varne {
namespace {

using test::Scratch;

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// A lifeboat at Dover, with whatever else is known of it.
std::string unit(const std::string& name, const std::string& known,
                 const std::string& home = "1.345, 51.115") {
  return fmt::format(
      "[[unit]]\nname = \"{}\"\nkind = \"lifeboat\"\nstate = \"UK\"\ncentre = \"MRCC Dover\"\nbase = "
      "\"Dover\"\n"
      "home = [{}]\n{}\n",
      name, home, known);
}

const std::string sound = "speed_kn = 25\nlaunch_delay_min = 10\ncapacity = 60\nendurance_h = 10";

/// @param more  options beside --units
test::Ran reach(const Scratch& scratch, const std::string& units, const std::string& more,
                const std::string& at = "1.5,51.0") {
  return test::ran_varne(fmt::format("reach --at {} --time 2021-11-24T02:00Z --units {} {} 2>&1", at,
                                     scratch.write("units.toml", units), more));
}

test::Ran task(const Scratch& scratch, const std::string& units, const std::string& moment,
               const std::string& more = "") {
  return test::ran_varne(fmt::format("task {} --units {} {} 2>&1", scratch.write("moment.toml", moment),
                                     scratch.write("units.toml", units), more));
}

const std::string one_boat =
    "time = \"2021-11-24T02:00:00Z\"\n[[incident]]\nid = \"I1\"\nat = [1.5, 51.0]\nradius_m = "
    "800\npersons = 33\n";

TEST(ReachCommand, gives_everybodys_time_soonest_first_as_text_and_as_json) {
  const Scratch scratch;
  const std::string units =
      unit("Far", sound, "0.97, 50.92") + unit("Near", sound) + unit("Unknown", "capacity = 60");
  const auto text = reach(scratch, units, "--radius-m 800");
  EXPECT_EQ(text.status, 0);
  EXPECT_LT(text.out.find("Near: with the boat in "), text.out.find("Far: with the boat in ")) << text.out;
  EXPECT_LT(text.out.find("Far: "), text.out.find("Unknown: no time can be given")) << text.out;
  const auto json = parse_json(reach(scratch, units, "--radius-m 800 --json").out);
  ASSERT_TRUE(json) << json.error().text();
  ASSERT_EQ(json->size(), 3U);
  const Json& near = (*json)[0];
  EXPECT_EQ(near["unit"], "Near");
  // 16.8 km at 25 knots, after ten minutes.
  EXPECT_NEAR(near["median_min"].get<double>(), 10 + 16.8e3 / 12.86 / 60, 2);
  EXPECT_GE(near["ninety_min"], near["median_min"]);
  EXPECT_EQ(near["reached"], 1);
  EXPECT_EQ(near["route"].size(), 2U);
  EXPECT_TRUE((*json)[2]["median_min"].is_null());
}

TEST(ReachCommand, a_unit_with_no_speed_says_so_and_the_others_have_their_times) {
  const Scratch scratch;
  const auto both = reach(scratch, unit("Slow to tell", "") + unit("Sound", sound), "");
  EXPECT_EQ(both.status, 0);
  EXPECT_TRUE(has(both.out, "Sound: with the boat in ")) << both.out;
  EXPECT_TRUE(has(both.out,
                  "Slow to tell: no time can be given; its speed is not known: give speed_kn in the list of "
                  "units"))
      << both.out;
  const auto none = reach(scratch, unit("Slow to tell", ""), "");
  EXPECT_EQ(none.status, 3) << none.out;
  EXPECT_TRUE(has(none.out, "its speed is not known")) << none.out;
}

TEST(ReachCommand, a_boat_on_land_is_approached_as_near_as_water_goes) {
  const Scratch scratch;
  const auto ran = reach(scratch, unit("Sound", sound), "", "1.30,51.16");
  EXPECT_EQ(ran.status, 0) << ran.out;
  EXPECT_TRUE(has(ran.out, "Sound: with the boat in ")) << ran.out;
  EXPECT_TRUE(has(ran.out, "the boat's place is on land: it comes as near as water goes")) << ran.out;
}

TEST(ReachCommand, where_nobody_arrives_within_his_endurance_times_are_given_and_that_is_said) {
  const Scratch scratch;
  const std::string short_of_fuel = "speed_kn = 25\nlaunch_delay_min = 10\nendurance_h = ";
  const auto ran =
      reach(scratch, unit("Empty", short_of_fuel + "0.1") + unit("Half", short_of_fuel + "0.5"), "");
  const auto none = reach(scratch, unit("Empty", short_of_fuel + "0.1"), "");
  EXPECT_EQ(none.status, 3) << none.out;
  EXPECT_TRUE(has(none.out, "Empty: with the boat in 3")) << none.out;
  EXPECT_TRUE(
      has(none.out, "\nno available unit is known to be with the boat before its fuel or crew runs out\n"))
      << none.out;
  EXPECT_EQ(ran.status, 0) << ran.out;
  EXPECT_TRUE(has(ran.out, "Empty: with the boat in 3")) << ran.out;
  EXPECT_TRUE(has(ran.out, "min at sea and has fuel or crew for 6 min")) << ran.out;
  EXPECT_TRUE(has(ran.out, "it gets there and not back: ")) << ran.out;
}

TEST(ReachCommand, where_all_are_off_duty_that_is_said) {
  const Scratch scratch;
  const std::string units = unit("Ashore", sound + "\nstatus = \"off_duty\"");
  const auto text = reach(scratch, units, "");
  EXPECT_EQ(text.status, 3);
  EXPECT_EQ(text.out, "no unit of " + scratch.file("units.toml") + " is available\n");
  const auto json = reach(scratch, units, "--json");
  EXPECT_EQ(json.status, 3);
  EXPECT_EQ(json.out, "[]\n");
}

TEST(ReachCommand, what_is_no_place_time_or_list_is_refused_by_its_name) {
  const Scratch scratch;
  const auto refused = [&](const std::string& arguments) {
    const auto ran = test::ran_varne("reach " + arguments + " 2>&1");
    EXPECT_NE(ran.status, 0) << arguments;
    return ran.out;
  };
  EXPECT_TRUE(has(refused("--time 2021-11-24T02:00Z"), "--at is required"));
  EXPECT_TRUE(has(refused("--at 51.0 --time 2021-11-24T02:00Z"), "--at: "));
  EXPECT_TRUE(has(refused("--at 1.5,51.0 --time yesterday"), "--time: "));
  EXPECT_TRUE(has(refused("--at 1.5,51.0 --time 2021-11-24T02:00Z --radius-m -1"), "--radius-m"));
  const auto wrong = reach(scratch, unit("Sound", "speed_kn = -25"), "");
  EXPECT_NE(wrong.status, 0);
  EXPECT_TRUE(has(wrong.out, "units.toml:8: speed_kn: ")) << wrong.out;
}

TEST(TaskCommand, proposes_who_should_go_beside_what_the_nearest_would_take) {
  const Scratch scratch;
  const std::string units = unit("Far", sound, "0.97, 50.92") + unit("Near", sound);
  const auto text = task(scratch, units, one_boat);
  EXPECT_EQ(text.status, 0) << text.out;
  EXPECT_TRUE(text.out.starts_with("By first_unit: ")) << text.out;
  EXPECT_TRUE(has(text.out, "\nNear to I1: with the boat in 3")) << text.out;
  EXPECT_TRUE(has(text.out, "; it is the nearest idle unit too\n")) << text.out;
  const auto json = parse_json(task(scratch, units, one_boat, "--json --objective within_30").out);
  ASSERT_TRUE(json) << json.error().text();
  EXPECT_EQ((*json)["objective"], "within_30");
  ASSERT_EQ((*json)["proposals"].size(), 1U);
  EXPECT_EQ((*json)["proposals"][0]["unit"], "Near");
  EXPECT_EQ((*json)["proposals"][0]["persons"], 33);
  ASSERT_EQ((*json)["missing"].size(), 1U) << (*json)["missing"].dump();
  EXPECT_EQ((*json)["missing"][0], "Near: the height of the waves is not known: the speed is that in a calm");
}

TEST(TaskCommand, a_unit_with_no_speed_is_not_counted_on_and_that_is_said) {
  const Scratch scratch;
  const auto both = task(scratch, unit("Slow to tell", "") + unit("Far", sound, "0.97, 50.92"), one_boat);
  EXPECT_EQ(both.status, 0) << both.out;
  EXPECT_TRUE(has(both.out, "\nFar to I1: ")) << both.out;
  const std::string why =
      "Slow to tell is not counted on: its speed is not known: give speed_kn in the list of units\n";
  EXPECT_TRUE(has(both.out, why)) << both.out;
  const auto none = task(scratch, unit("Slow to tell", ""), one_boat);
  EXPECT_EQ(none.status, 3) << none.out;
  EXPECT_TRUE(has(none.out,
                  "nobody can be proposed for I1: no available unit that has not declined is known to get "
                  "there\n" +
                      why))
      << none.out;
}

TEST(TaskCommand, an_incident_on_land_has_somebody_who_comes_as_near_as_water_goes) {
  const Scratch scratch;
  const auto ran = task(scratch, unit("Sound", sound),
                        "time = \"2021-11-24T02:00:00Z\"\n[[incident]]\nid = \"I1\"\nat = [1.30, 51.16]\n");
  EXPECT_EQ(ran.status, 0) << ran.out;
  EXPECT_TRUE(has(ran.out, "Sound to I1: with the boat in ")) << ran.out;
  EXPECT_TRUE(has(ran.out, "; the boat's place is on land: it comes as near as water goes\n")) << ran.out;
}

TEST(TaskCommand, where_nobody_arrives_within_his_endurance_the_best_is_proposed_and_that_is_said) {
  const Scratch scratch;
  const std::string empty = "speed_kn = 25\nlaunch_delay_min = 10\nendurance_h = 0.1";
  const auto ran = task(scratch, unit("Far", empty, "0.97, 50.92") + unit("Near", empty), one_boat);
  EXPECT_EQ(ran.status, 3) << ran.out;
  EXPECT_TRUE(has(ran.out, "\nnobody proposed for I1 would be with the boat before fuel or crew run out\n"))
      << ran.out;
  EXPECT_TRUE(has(ran.out, "\nNear to I1: with the boat in 3")) << ran.out;
  EXPECT_TRUE(has(ran.out, "min at sea and has fuel or crew for 6 min")) << ran.out;
  // Who gets there and back goes first, though later.
  const auto sooner = task(scratch, unit("Far", sound, "0.97, 50.92") + unit("Near", empty), one_boat);
  EXPECT_EQ(sooner.status, 0) << sooner.out;
  EXPECT_TRUE(has(sooner.out, "\nFar to I1: ")) << sooner.out;
}

TEST(TaskCommand, where_all_declined_that_is_said_and_whom_one_may_ask_all_the_same) {
  const Scratch scratch;
  const std::string units = unit("Far", sound, "0.97, 50.92") + unit("Near", sound);
  const auto text = task(scratch, units, one_boat + "declined = [\"Far\", \"Near\"]\n");
  EXPECT_EQ(text.status, 3) << text.out;
  EXPECT_TRUE(has(text.out,
                  "\nnobody can be proposed for I1: every available unit has declined; the soonest of all, "
                  "Near, would take 3"))
      << text.out;
  const auto json = task(scratch, units, one_boat + "declined = [\"Far\", \"Near\"]\n", "--json");
  EXPECT_EQ(json.status, 3);
  const auto read = parse_json(json.out);
  ASSERT_TRUE(read) << json.out;
  EXPECT_TRUE((*read)["proposals"].empty());
  EXPECT_EQ((*read)["missing"].size(), 1U);
  // Where one of them says yes, she goes.
  const auto one = task(scratch, units, one_boat + "declined = [\"Near\"]\n");
  EXPECT_EQ(one.status, 0);
  EXPECT_TRUE(has(one.out, "\nFar to I1: ")) << one.out;
}

TEST(TaskCommand, where_all_are_busy_the_soonest_of_them_is_named) {
  const Scratch scratch;
  const auto ran = task(scratch, unit("Near", sound),
                        one_boat + "[[unit]]\nname = \"Near\"\nat = [1.45, 51.0]\nstatus = \"on_scene\"\n");
  EXPECT_EQ(ran.status, 3) << ran.out;
  EXPECT_TRUE(has(ran.out,
                  "no unit is available; the soonest of all, Near, would take 5 min and is on scene "
                  "elsewhere\n"))
      << ran.out;
}

TEST(ReachCommand, goes_by_the_sea_as_it_is_stated_or_stands_in_a_file) {
  const Scratch scratch;
  const std::string units =
      unit("Slow", sound +
                       "\n[[unit.in_sea]]\nsea_state = 3\nspeed_kn = 20\n[[unit.in_sea]]\n"
                       "sea_state = 5\nspeed_kn = 10");
  const auto minutes = [&](const std::string& more) {
    const auto ran = reach(scratch, units, more + " --json");
    const auto json = parse_json(ran.out);
    EXPECT_TRUE(json) << ran.out;
    return (*json)[0]["median_min"].get<double>();
  };
  EXPECT_GT(minutes("--sea-m 3"), minutes("--sea-m 1") + 15);
  // It carries the boat off, or nearer, while the unit gets under way.
  EXPECT_GT(minutes("--current 145,3"), minutes("--current 325,3") + 1);
  const auto refused = reach(scratch, units, "--sea-m 9");
  EXPECT_EQ(refused.status, 3);
  EXPECT_TRUE(has(refused.out, "its speed in sea state 7 is not known")) << refused.out;
  EXPECT_TRUE(has(reach(scratch, units, "--current there").out, "--current: \"there\" is not TOWARDS,KNOTS"));
  EXPECT_TRUE(has(reach(scratch, units, "--map x").out, "--map"));
  EXPECT_TRUE(has(reach(scratch, units, "--member two").out, "--member"));
  // Not known, it is said once, for all of whom it holds.
  const auto unknown = reach(scratch, units + unit("Near", sound), "");
  EXPECT_TRUE(
      has(unknown.out, "\nNear, Slow: the height of the waves is not known: the speed is that in a calm\n") ||
      has(unknown.out, "\nSlow, Near: the height of the waves is not known: the speed is that in a calm\n"))
      << unknown.out;
}

TEST(TaskCommand, goes_by_the_sea_as_it_is_stated) {
  const Scratch scratch;
  const std::string units =
      unit("Slow", sound +
                       "\n[[unit.in_sea]]\nsea_state = 3\nspeed_kn = 20\n[[unit.in_sea]]\n"
                       "sea_state = 5\nspeed_kn = 10");
  const std::string two = one_boat + "[[incident]]\nid = \"I2\"\nat = [1.6, 50.95]\n";
  const auto later = [&](const std::string& more) {
    const auto json = parse_json(task(scratch, units, two, more + " --json").out);
    EXPECT_TRUE(json && (*json)["proposals"].size() == 2);
    return (*json)["proposals"][1]["median_min"].get<double>();
  };
  // Twice the time for the nine kilometres from boat to boat too.
  EXPECT_GT(later("--sea-m 3"), later("--sea-m 1") + 20);
  EXPECT_TRUE(has(task(scratch, units, two, "--wind x").out, "--wind: \"x\" is not FROM,KNOTS"));
}

TEST(TaskCommand, a_moment_that_is_none_is_refused_by_file_line_and_field) {
  const Scratch scratch;
  const auto refused = [&](const std::string& moment, const std::string& more = "") {
    const auto ran = task(scratch, unit("Near", sound), moment, more);
    EXPECT_NE(ran.status, 0) << moment;
    return ran.out;
  };
  EXPECT_TRUE(has(refused("time = \"2021-11-24T02:00:00Z\"\n"), "names no incident"));
  EXPECT_TRUE(has(refused(one_boat + "declined = [\"Nearr\"]\n"),
                  "moment.toml:7: declined: no unit is called \"Nearr\""));
  EXPECT_TRUE(has(refused(one_boat + "speed = 3\n"), "moment.toml:7: speed"));
  EXPECT_TRUE(has(refused(one_boat, "--objective quickest"), "--objective"));
  EXPECT_TRUE(has(refused(one_boat, "--keep Mars"), "there are units of UK"));
}

}  // namespace
}  // namespace varne
