#include "varne/fleet/fleet_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "support.h"

namespace varne {
namespace {

std::vector<Unit> fleet() {
  std::vector<Unit> units(2);
  units[0].name = "RNLI Dover";
  units[0].home = {1.315, 51.12};
  units[0].speed_mps = 12;
  units[0].capacity = 185;
  units[1].name = "SNSM Calais";
  units[1].home = {1.853, 50.966};
  return units;
}

const std::string good =
    "time = \"2021-11-24T02:00:00Z\"\n"
    "[[incident]]\nid = \"I1\"\nat = [1.4, 51.0]\nradius_m = 500\npersons = 33\ndeclined = [\"SNSM "
    "Calais\"]\n"
    "[[unit]]\nname = \"RNLI Dover\"\nat = [1.5, 51.0]\n"
    "[[unit]]\nname = \"SNSM Calais\"\nstatus = \"laden\"\n";

Result<FleetMoment> load(const std::string& text) {
  const test::Scratch scratch;
  auto moment = load_moment(scratch.write("moment.toml", text), fleet());
  if (!moment) moment.error().where = moment.error().where.substr(moment.error().where.rfind('/') + 1);
  return moment;
}

TEST(FleetMoment, is_read_with_who_lies_elsewhere_and_who_is_busy) {
  const auto moment = load(good);
  ASSERT_TRUE(moment) << moment.error().text();
  ASSERT_EQ(moment->calls.size(), 1U);
  EXPECT_EQ(moment->calls[0].incident.persons, 33);
  EXPECT_EQ(moment->calls[0].sigma_m, 500);
  EXPECT_TRUE(moment->calls[0].incident.distress) << "until somebody says otherwise";
  EXPECT_FALSE(moment->units[0].now.at_base);
  EXPECT_EQ(moment->units[0].room, 185);
  EXPECT_TRUE(moment->units[1].now.at_base);
  EXPECT_FALSE(moment->units[1].room) << "its capacity is not known";
  EXPECT_EQ(moment->units[1].status, UnitStatus::laden);
}

TEST(FleetMoment, a_refusal_names_line_and_field) {
  const auto refusal = [](std::string from, const std::string& to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    const auto moment = load(text);
    return moment ? "" : moment.error().text();
  };
  EXPECT_EQ(refusal("\"RNLI Dover\"", "\"RNLI Dove\""),
            "moment.toml:9: name: no unit is called \"RNLI Dove\"; it has to stand in the list of units");
  EXPECT_EQ(refusal("[\"SNSM Calais\"]", "[\"X\"]"), "moment.toml:7: declined: no unit is called \"X\"");
  EXPECT_EQ(refusal("\"laden\"", "\"tired\""),
            "moment.toml:13: status: \"tired\" is none of available, tasked, on_scene, laden, off_duty");
  EXPECT_EQ(refusal("33", "-3"), "moment.toml:6: persons: -3 is not a whole number from 0 to 100000");
  EXPECT_EQ(load("time = \"2021-11-24T02:00:00Z\"\n").error().text(),
            "moment.toml: names no incident; write one [[incident]] for each");
}

TEST(FleetMoment, a_reach_that_is_not_known_is_null_and_said) {
  Sea sea;
  sea.add(stated_source("stated", {{.current = Vec{}}}));
  const auto units = at_their_bases(fleet(), parse_time("2021-11-24T02:00:00Z").value());
  const Target target = target_about(sea, {1.4, 51.0}, 0, units[0].now.asked, std::chrono::hours(4));
  const Json known = reach_json(reach(sea, nullptr, units[0].now, target));
  EXPECT_NEAR(known["median_min"], distance_m({1.315, 51.12}, {1.4, 51.0}) / 12 / 60, 0.1);
  const Reach unknown = reach(sea, nullptr, units[1].now, target);
  EXPECT_TRUE(reach_json(unknown)["median_min"].is_null());
  EXPECT_EQ(reach_text(unknown),
            "SNSM Calais: no time can be given; its speed is not known: give speed_kn in the list of units");
}

}  // namespace
}  // namespace varne
