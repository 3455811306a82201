/// `varne search after` as a coordinator runs it: a forecast, the plan that was made on it, and what was
/// really sailed.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "ran.h"
#include "support.h"
#include "varne/core/json.h"
#include "varne/core/time.h"

namespace varne {
namespace {

const std::string raft =
    "--at 1.5,51.0 --time 2021-11-11T05:00Z --class LIFE-RAFT-NB-1 --no-coast --wind 250,8 --current 45,1 "
    "--particles 1000 --hours 6 --json";

/// A forecast, and a plan for two lifeboats on it: made once for all tests.
struct Planned {
  test::Scratch scratch;
  std::string forecast, plan_file;
  Json plan;

  Planned() {
    forecast = scratch.write("drift.json", test::ran_varne("drift " + raft + " 2>/dev/null").out);
    std::string units;
    for (const char* unit : {"RNLI Dover", "RNLI Dungeness"})
      units += fmt::format(" --unit \"{0}\" --search-speed \"{0}=15\"", unit);
    plan_file = scratch.write(
        "plan.json",
        test::ran_varne("search plan " + raft + units +
                        " --object \"raft 10 person\" --height-ft 14 --visibility-nm 10 --wind-kn 8 --sea-m "
                        "0.5 --from 2021-11-11T06:00Z --search-hours 4 2>/dev/null")
            .out);
    plan = parse_json(test::read_all(plan_file)).value_or(Json());
  }
  /// Sailed over and over along the middle of its first box while that drifted, a fix every minute.
  [[nodiscard]] Json track_of(const std::string& unit) const {
    Json fixes = Json::array();
    for (const Json& task : plan["tasks"]) {
      if (task["unit"] != unit) continue;
      const Json& way = task["way"];
      for (std::size_t leg = 1; leg < way.size(); ++leg) {
        const Time from = *parse_time(way[leg - 1]["time"].get<std::string>());
        const Time to = *parse_time(way[leg]["time"].get<std::string>());
        for (Time now = from; now < to; now += std::chrono::minutes(1)) {
          const double part = seconds(now - from) / seconds(to - from);
          const auto along = [&](int i) {
            const double a = way[leg - 1]["at"][i];
            return a + (way[leg]["at"][i].get<double>() - a) * part;
          };
          // Half an hour to and fro, three kilometres to either side.
          const double turn = std::abs(std::fmod(seconds(now.time_since_epoch()) / 1800, 2.0) - 1);
          fixes.push_back({{"at", {along(0) + 0.086 * (turn - 0.5), along(1)}}, {"time", iso(now)}});
        }
      }
      break;
    }
    return {{"unit", unit}, {"sweep_width_m", 900}, {"fixes", fixes}};
  }
  [[nodiscard]] test::Ran after(const Json& tracks, const std::string& more) const {
    const auto file = scratch.write("tracks.json", Json{{"tracks", tracks}}.dump());
    return test::ran_varne(fmt::format("search after {} {} {} 2>&1", forecast, file, more));
  }
};

const Planned& planned() {
  static const Planned made;
  return made;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(SearchAfterCommand, shows_what_each_units_box_got_of_what_was_planned) {
  ASSERT_GE(planned().plan["tasks"].size(), 2U) << planned().plan.dump();
  const auto with = " --plan " + planned().plan_file;
  const Json both = Json::array({planned().track_of("RNLI Dover"), planned().track_of("RNLI Dungeness")});
  const auto ran = planned().after(both, "--json" + with);
  ASSERT_EQ(ran.status, 0) << ran.out;
  const Json said = parse_json(ran.out).value();
  ASSERT_EQ(said["tasks"].size(), planned().plan["tasks"].size());
  for (std::size_t i = 0; i < said["tasks"].size(); ++i) {
    const Json& box = said["tasks"][i];
    EXPECT_EQ(box["unit"], planned().plan["tasks"][i]["unit"]);
    EXPECT_EQ(box["planned"], planned().plan["tasks"][i]["coverage"]);
    if (box["box"] != 1) continue;  // only their first was sailed
    EXPECT_GT(box["achieved"], 0.05);
    EXPECT_LT(box["achieved"], box["planned"]);
    EXPECT_GT(box["untouched"], 0.5);
    EXPECT_GT(box["pod"], 0.04);
  }
  const auto text = planned().after(both, with);
  EXPECT_EQ(text.status, 0);
  EXPECT_TRUE(has(text.out, "\nRNLI Dover, box 1, ")) << text.out;
  EXPECT_TRUE(has(text.out, "\nRNLI Dungeness, box 1, ")) << text.out;
  EXPECT_TRUE(has(text.out, " planned, POD ")) << text.out;
  // Without a plan there are no boxes to speak of.
  const auto whole = planned().after(both, "--json");
  EXPECT_FALSE(parse_json(whole.out).value().contains("tasks"));
}

TEST(SearchAfterCommand, a_box_that_nobody_went_to_is_said) {
  const auto ran =
      planned().after(Json::array({planned().track_of("RNLI Dover")}), "--plan " + planned().plan_file);
  EXPECT_EQ(ran.status, 0);
  EXPECT_TRUE(has(ran.out,
                  "no track of RNLI Dungeness is given: its part of box 1 is not known and counts as "
                  "not searched"))
      << ran.out;
  EXPECT_TRUE(has(ran.out, " to 11 Nov 10:00: coverage 0.00 of ")) << ran.out;
}

TEST(SearchAfterCommand, a_plan_that_is_none_is_refused_by_file_and_field) {
  const Json tracks = Json::array({planned().track_of("RNLI Dover")});
  const auto refused = [&](const std::string& plan) {
    const auto ran = planned().after(tracks, "--plan " + planned().scratch.write("other.json", plan));
    EXPECT_EQ(ran.status, 1) << ran.out;
    return ran.out;
  };
  EXPECT_TRUE(has(refused("{}"), "other.json: has no \"tasks\"; it is what varne search plan --json prints"));
  Json plan = planned().plan;
  plan["tasks"][1]["width_m"] = 0;
  EXPECT_TRUE(has(refused(plan.dump()), "other.json: tasks[1]: width_m: must be above 0"));
  plan["tasks"][1].erase("width_m");
  EXPECT_TRUE(has(refused(plan.dump()), "other.json: tasks: [1]: width_m: is missing"));
}

}  // namespace
}  // namespace varne
