/// `varne search plan` as a coordinator runs it: who can go and when, squares and sectors about the datum,
/// the worksheets beside it, and what is missing.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "ran.h"
#include "support.h"
#include "varne/core/json.h"
#include "varne/core/time.h"

namespace varne {
namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// A lifeboat, with whatever else is known of it.
std::string unit(const std::string& name, const std::string& known = "",
                 const std::string& home = "1.345, 51.115") {
  return fmt::format(
      "[[unit]]\nname = \"{}\"\nkind = \"lifeboat\"\nstate = \"UK\"\ncentre = \"MRCC Dover\"\nbase = "
      "\"Dover\"\nhome = [{}]\nspeed_kn = 25\nsearch_speed_kn = 15\nlaunch_delay_min = 10\n{}\n",
      name, home, known);
}

const std::string lasts = "endurance_h = 10\ncrew_hours = 10\nturn_s = 20";

/// A raft off Dover an hour after it was lost, searched for four hours by units of a list.
struct Search {
  test::Scratch scratch;
  std::string units;
  std::string ask = "--unit A";
  std::string coast = "--no-coast";
  std::string sea = "--sea-m 0.5";
  std::string at = "1.5,51.0";
  std::string hours = "6";
  std::string from = "2021-11-11T06:00Z";

  [[nodiscard]] test::Ran ran(const std::string& more = "") const {
    return test::ran_varne(fmt::format(
        "search plan --at {} --time 2021-11-11T05:00Z --radius-m 800 --class LIFE-RAFT-NB-1 {} --wind 250,8 "
        "--current 45,1 --particles 2000 --hours {} --units {} {} --object \"raft 10 person\" --height-ft 14 "
        "--visibility-nm 10 --wind-kn 8 {} --from {} --search-hours 4 {} 2>&1",
        at, coast, hours, scratch.write("units.toml", units), ask, sea, from, more));
  }
  [[nodiscard]] Json json(const std::string& more = "") const {
    const auto got = ran(more + " --json");
    auto read = parse_json(got.out);
    EXPECT_TRUE(read) << got.out;
    return read.value_or(Json());
  }
  [[nodiscard]] Time begins(const std::string& more = "") const {
    const Json plan = json(more);
    if (!plan.contains("tasks") || plan["tasks"].empty()) {
      ADD_FAILURE() << plan.dump();
      return {};
    }
    return *parse_time(plan["tasks"][0]["from"].get<std::string>());
  }
};

TEST(SearchPlanCommand, goes_around_the_coast_and_not_over_it) {
  Search search;
  search.units =
      unit("A", lasts, "1.03, 51.38");  // off Herne Bay: all of Thanet lies between it and the raft
  search.coast = "";
  const Time around = search.begins();
  search.coast = "--no-coast";
  const Time straight = search.begins();
  // 53 km over land, some 75 km around the North Foreland, at 25 kn.
  EXPECT_GT(around, straight + std::chrono::minutes(15));
  EXPECT_LT(around, straight + std::chrono::minutes(50));
}

TEST(SearchPlanCommand, of_a_unit_at_sea_counts_no_launch_delay) {
  Search search;
  search.units = unit("A", lasts);
  const Time from_base = search.begins();
  EXPECT_EQ(search.begins("--unit-at \"A=1.345,51.115\""), from_base);
  // Two kilometres off, it is on patrol: ten minutes sooner but for the way.
  const Time patrol = search.begins("--unit-at \"A=1.345,51.135\"");
  EXPECT_LT(patrol, from_base - std::chrono::minutes(5));
  EXPECT_TRUE(has(search.ran("--unit-at \"A=1.345,51.135\"").out,
                  "A: how long it has been at sea is not known; it is taken to have left just now"));
  EXPECT_TRUE(
      has(search.ran("--unit-at \"B=1.3,51.1\"").out, "--unit-at: \"B\" is not in the list of units"));
}

TEST(SearchPlanCommand, does_not_send_who_is_off_duty_unless_it_can_be_had) {
  Search search;
  search.units = unit("A", lasts + "\nstatus = \"off_duty\"");
  const auto off = search.ran();
  EXPECT_EQ(off.status, 3) << off.out;
  EXPECT_TRUE(has(off.out, "A does not search: is off duty; say when it can be had")) << off.out;
  EXPECT_GE(search.begins("--free-from A=2021-11-11T07:00Z"), *parse_time("2021-11-11T07:10Z"));
}

TEST(SearchPlanCommand, says_what_of_a_unit_and_of_the_sea_is_not_known) {
  Search search;
  search.units = unit("A");
  search.sea = "";
  const auto ran = search.ran();
  EXPECT_EQ(ran.status, 0) << ran.out;
  EXPECT_TRUE(has(ran.out, "A: the height of the waves is not known: the speed is that in a calm"))
      << ran.out;
  EXPECT_TRUE(has(ran.out, "A: its time for a turn is not known; none is counted")) << ran.out;
  EXPECT_TRUE(has(ran.out, "how long fuel and crew of A last is not known")) << ran.out;
  search.units = unit("A", lasts);
  search.sea = "--sea-m 0.1";
  EXPECT_FALSE(has(search.ran().out, "A: ")) << search.ran().out;
  // A turn that is stated costs coverage.
  const auto swept = [&](const std::string& more) {
    return search.json(more)["tasks"][0]["coverage"].get<double>();
  };
  EXPECT_LT(search.json("--turn-s A=240")["pos"], search.json("--turn-s A=0")["pos"]);
  EXPECT_GT(swept("--turn-s A=0"), 0);
}

TEST(SearchPlanCommand, leaves_out_who_cannot_be_there_and_back_on_fuel_or_crew) {
  Search search;
  search.units = unit("A", "endurance_h = 10\ncrew_hours = 0.3\nturn_s = 20") + unit("B", lasts);
  search.ask = "--unit A --unit B";
  const auto both = search.ran();
  // What is compared with is cut among those who can go.
  EXPECT_GT(search.json()["square_pos"], 0.8) << both.out;
  EXPECT_EQ(both.status, 0) << both.out;
  EXPECT_TRUE(has(both.out, "A does not search: has crew hours of 18 min and needs ")) << both.out;
  search.ask = "--unit A";
  const auto none = search.ran();
  EXPECT_EQ(none.status, 3) << none.out;
  EXPECT_TRUE(has(none.out, "no unit can go; why stands with each")) << none.out;
  EXPECT_TRUE(has(none.out, "No plan by the worksheets: nobody searches")) << none.out;
}

TEST(SearchPlanCommand, lays_a_square_or_a_sector_about_the_datum_with_its_routes_and_its_message) {
  Search search;
  search.units = unit("A", lasts);
  for (const auto& [kind, name, capital] :
       {std::tuple{"expanding-square", "expanding_square", "A, BOX 1: EXPANDING SQUARE"},
        std::tuple{"sector", "sector", "A, BOX 1: SECTOR"}}) {
    const std::string option = fmt::format("--pattern {}", kind);
    const auto ran = search.ran(option);
    EXPECT_EQ(ran.status, 0) << ran.out;
    EXPECT_TRUE(ran.out.starts_with("POS ")) << ran.out;
    EXPECT_TRUE(has(ran.out, fmt::format("A, box 1  {} of ",
                                         kind == std::string("sector") ? "sector" : "expanding square")))
        << ran.out;
    const Json plan = search.json(option);
    EXPECT_GT(plan["pos"], 0.05);
    EXPECT_LE(plan["pos"], plan["bound"]);
    ASSERT_EQ(plan["tasks"].size(), 1U);
    const auto gpx = search.scratch.file("out.gpx");
    const auto geojson = search.scratch.file("out.geojson");
    const auto message = search.ran(fmt::format("{} --gpx {} --geojson {} --rtz {} --message", option, gpx,
                                                geojson, search.scratch.file("rtz")));
    EXPECT_TRUE(has(message.out, capital)) << message.out;
    EXPECT_TRUE(has(test::read_all(gpx), name));
    EXPECT_TRUE(has(test::read_all(search.scratch.file("rtz/01.rtz")), "<route version=\"1.0\""));
    // It begins at the datum: the middle of its box.
    const Json map = parse_json(test::read_all(geojson)).value();
    const Json& line = map["features"].back();
    EXPECT_EQ(line["properties"]["pattern"], name);
    EXPECT_NEAR(line["geometry"]["coordinates"][0][0].get<double>(),
                plan["tasks"][0]["centre"][0].get<double>(), 1e-4);
  }
  const Json said = search.json("--pattern expanding-square --spacing-nm 0.5");
  EXPECT_LE(said["pos"], search.json("--pattern expanding-square")["pos"].get<double>() + 0.005);
  EXPECT_TRUE(has(search.ran("--pattern spiral").out,
                  "--pattern: \"spiral\" is none of parallel, creeping, expanding-square, sector"));
  EXPECT_TRUE(has(search.ran("--spacing-nm 1").out, "is for an expanding square or a sector"));
  EXPECT_TRUE(has(search.ran("--pattern creeping --message").out, "CREEPING LINE"));
}

TEST(SearchPlanCommand, shows_what_the_worksheets_make_of_it) {
  Search search;
  search.units = unit("A", lasts);
  const auto text = search.ran();
  EXPECT_TRUE(has(text.out, "\nThe worksheets: datum ")) << text.out;
  EXPECT_TRUE(has(text.out, ", total probable error ")) << text.out;
  const Json plan = search.json();
  const Json& sheet = plan["worksheet"];
  EXPECT_GT(sheet["total_probable_error_m"], 942);  // 800 m of σ alone
  EXPECT_GT(sheet["search_factor"], 0.3);
  EXPECT_GT(sheet["pos"], 0.05);
  EXPECT_LE(sheet["pos"], plan["pos"]);
}

TEST(SearchPlanCommand, of_a_place_on_land_begins_at_the_nearest_sea_and_says_so) {
  Search search;
  search.units = unit("A", lasts);
  search.at = "1.3,51.16";
  search.coast = "";
  const auto ran = search.ran();
  EXPECT_EQ(ran.status, 0) << ran.out;
  EXPECT_TRUE(has(ran.out, "the start was on land; it was moved ")) << ran.out;
  EXPECT_TRUE(has(ran.out, "\nA  11 Nov ")) << ran.out;
}

TEST(SearchPlanCommand, of_a_time_that_the_forecast_does_not_reach_says_how_far_it_goes) {
  Search search;
  search.units = unit("A", lasts);
  // Four hours are asked for and the forecast goes on for three: what there is is planned.
  search.hours = "4";
  const auto cut = search.ran();
  EXPECT_EQ(cut.status, 0) << cut.out;
  EXPECT_TRUE(has(cut.out, "forecast")) << cut.out;
  search.from = "2021-11-12T06:00Z";
  const auto beyond = search.ran();
  EXPECT_EQ(beyond.status, 1) << beyond.out;
  EXPECT_TRUE(has(beyond.out, "forecast")) << beyond.out;
}

}  // namespace
}  // namespace varne
