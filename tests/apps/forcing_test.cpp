/// Forcing through the program: what a forecaster gives `varne drift`, `replay`, `serve` and `calibrate`, and
/// what they say of it. Right values are worked out by hand beside each.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "desk/small_day.h"
#include "ran.h"
#include "sea/netcdf_support.h"
#include "support.h"
#include "varne/core/geo.h"
#include "varne/core/json.h"
#include "varne/core/text.h"
#include "varne/core/time.h"
#include "varne/sea/coast.h"

namespace varne {
namespace {

using test::Given;
using test::Scratch;
using test::SmallSea;

constexpr Place start{1.5, 51.0};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::vector<double> hours(double from, double to, double step = 1) {
  std::vector<double> all;
  for (double h = from; h <= to; h += step) all.push_back(h);
  return all;
}

/// A current on 2 W to 4 E, 49 to 52.5 N in quarters of a degree, the same everywhere, on 11 November 2021.
SmallSea current(double east, double north, std::vector<double> times,
                 const test::NetcdfWriter::Attributes& more = {}) {
  test::NetcdfWriter::Attributes attributes{{"units", "m s-1"}};
  attributes.insert(attributes.end(), more.begin(), more.end());
  SmallSea sea{.given = {{"uo", attributes, east}, {"vo", attributes, north}},
               .lons = hours(-2, 4, 0.25),
               .lats = hours(49, 52.5, 0.25),
               .times = std::move(times)};
  return sea;
}

test::Ran drift(const std::string& arguments, const char* into = "2>&1") {
  return test::ran_varne(
      "drift --at 1.5,51.0 --time 2021-11-11T05:00Z --class PIW-1 --no-coast --error none " +
      std::string(has(arguments, "--particles") ? "" : "--particles 300 ") + arguments + " " + into);
}

Json json_of(const std::string& arguments) {
  const auto ran = drift(arguments + " --json", "2>/dev/null");
  auto json = parse_json(ran.out);
  EXPECT_TRUE(json) << ran.out.substr(0, 300);
  return json ? *json : Json();
}

/// The last line of a file of elements' rows.
Place last_row(const std::string& rows) {
  std::istringstream lines(test::read_all(rows));
  std::string last;
  for (std::string line; std::getline(lines, line);) last = line;
  const auto cells = split(last, ',');
  return cells.size() == 5 ? Place{*parse_number(cells[2]), *parse_number(cells[3])}
                           : Place{std::nan(""), std::nan("")};
}

/// Where one object without chance and without wind is after so long: by the current alone.
Vec carried(const Scratch& scratch, const std::string& arguments,
            const std::string& time = "2021-11-11T05:00:00Z") {
  const auto elements = scratch.write(
      "E.csv", "object_id,orientation,eps_sigma,lon,lat,time_utc\n1,R,0,1.5,51.0," + time + "\n");
  const auto rows = scratch.file("ROWS.csv");
  const auto ran = test::ran_varne("drift --elements " + elements + " --out " + rows + " --wind-const 0,0 " +
                                   arguments + " 2>&1");
  EXPECT_EQ(ran.status, 0) << ran.out;
  const Place at = last_row(rows);
  return towards(bearing_deg(start, at), distance_m(start, at));
}

TEST(ForcingCommand, one_knot_for_ten_hours_is_ten_miles_whatever_the_file) {
  const Scratch scratch;
  constexpr double knot = 1852.0 / 3600;
  current(knot, 0, hours(0, 24)).write(scratch.file("east.nc"));
  const Vec way = carried(scratch, "--hours 10 --forcing " + scratch.file("east.nc"));
  EXPECT_NEAR(way.east, 18520, 5);
  // A residual of 0.3 m/s and a tide of 0.5 m/s to the north-west in one file, ten hours: 36,000 s of each.
  SmallSea both = current(0.3, 0, hours(0, 24));
  both.given.push_back({"utide", {{"units", "m s-1"}}, -0.3});
  both.given.push_back({"vtide", {{"units", "m s-1"}}, 0.4});
  both.write(scratch.file("both.nc"));
  const Vec sum = carried(scratch, "--hours 10 --forcing " + scratch.file("both.nc"));
  EXPECT_NEAR(sum.east, 0, 5);
  EXPECT_NEAR(sum.north, 0.4 * 36000, 20);
}

/// PIW-6 has 1.117 % and 10.2 cm/s downwind, 0.04 % and 3.9 cm/s to the side: in 20 kn (10.289 m/s) 0.21693
/// and 0.04312 m/s, in ten hours 7,809 m (4.2 nm) and 1,552 m.
TEST(ForcingCommand, a_body_in_twenty_knots_goes_4_2_miles_downwind_in_ten_hours) {
  const Scratch scratch;
  const auto elements = scratch.write(
      "E.csv", "object_id,orientation,eps_sigma,lon,lat,time_utc\nPIW-6,R,0,1.5,51.0,2021-11-11T05:00:00Z\n");
  SmallSea sea = current(0, 0, hours(0, 24));
  sea.given.push_back({"wind_speed", {{"units", "knot"}, {"standard_name", "wind_speed"}}, 20});
  sea.given.push_back({"wdir", {{"units", "degree"}, {"standard_name", "wind_from_direction"}}, 270});
  sea.write(scratch.file("sea.nc"));
  const auto rows = scratch.file("ROWS.csv");
  const auto ran = test::ran_varne("drift --elements " + elements + " --hours 10 --scheme rk4 --out " + rows +
                                   " --forcing " + scratch.file("sea.nc") + " 2>&1");
  ASSERT_EQ(ran.status, 0) << ran.out;
  const Place end = last_row(rows);
  const Vec way = towards(bearing_deg(start, end), distance_m(start, end));
  EXPECT_NEAR(way.east, 7809, 8) << "4.2 nm";
  EXPECT_NEAR(way.north, -1552, 8) << "the right of an easterly way is south";
}

/// The Washington coast: the model's mask gives up 6 to 12 km before the beach. CDO's setmisstonn fills the
/// same file to its end; with that 74.0 % of the particles come ashore. OpenDrift's rule (one step, the
/// largest neighbour) loses 23 % of them in front of the beach and strands 53 %.
TEST(ForcingCommand, in_front_of_a_coarse_models_coast_particles_are_not_lost) {
  VARNE_NEEDS_SHARED(hycom, "data/drift/wa_coast_hycom_current.nc");
  if (!std::filesystem::exists(gshhg_path())) GTEST_SKIP() << "GSHHG absent";
  const auto end_of = [&](const std::string& more) {
    const auto ran = test::ran_varne(
        "drift --at -124.55,47.6 --time 2023-03-02T12:00Z --class PIW-1 --hours 44 --wind 250,20 --particles "
        "4000 "
        "--seed 3 --error usual --json --forcing " +
        hycom + more + " 2>/dev/null");
    const auto json = parse_json(ran.out);
    EXPECT_TRUE(json) << ran.out.substr(0, 200);
    return *json;
  };
  const Json ours = end_of("");
  EXPECT_NEAR(ours["snapshots"].back()["ashore"].get<double>() / 4000, 0.740, 0.01);
  EXPECT_LT(ours["snapshots"].back()["left"].get<double>() / 4000, 0.015)
      << "over the southern border of the file";
  double most = 0;
  for (const auto& snapshot : ours["snapshots"])
    most = std::max(most, snapshot["current_extended"].get<double>());
  EXPECT_GT(most, 0.2);
  EXPECT_TRUE(has(ours["notes"].dump(),
                  fmt::format("the current is that of the nearest cells: of up to {:.3g} %", 100 * most)))
      << ours["notes"];
  const Json theirs = end_of(" --opendrift");
  EXPECT_GT(theirs["snapshots"].back()["left"].get<double>() / 4000, 0.2);
}

TEST(ForcingCommand, daily_mean_goes_before_the_tides_and_is_summed_with_them_when_asked) {
  const Scratch scratch;
  current(0.25, -0.1, {0, 24, 48}, {{"cell_methods", "time: mean"}}).write(scratch.file("daily.nc"));
  const std::string ten_minutes = "--hours 0.16666666666666666 --step 600 --scheme euler ";
  const std::string daily = "--forcing " + scratch.file("daily.nc") + " ";
  // One step of 600 s from one place: the mean carries 150 m east and 60 m south, and the sum is a sum.
  const Vec mean = carried(scratch, ten_minutes + daily);
  EXPECT_NEAR(mean.east, 150, 0.01);
  EXPECT_NEAR(mean.north, -60, 0.01);
  const Vec tide = carried(scratch, ten_minutes + "--tides");
  EXPECT_GT(length(tide), 100) << "a stream runs there then";
  const Vec sum = carried(scratch, ten_minutes + daily + "--tides --sum-tides");
  EXPECT_NEAR(sum.east, tide.east + 150, 0.01);
  EXPECT_NEAR(sum.north, tide.north - 60, 0.01);
  const auto said = drift("--hours 1 --wind 270,10 --tides " + daily);
  EXPECT_TRUE(has(said.out,
                  "daily.nc: the current is a mean over half a day or more, without the tide, and "
                  "stands before the tidal streams"))
      << said.out;
  const auto summed = drift("--hours 1 --wind 270,10 --tides --sum-tides " + daily);
  EXPECT_TRUE(has(summed.out, "the tide of \"Channel tidal streams\" is added to it")) << summed.out;
  EXPECT_EQ(json_of("--hours 1 --wind 270,10 --tides --sum-tides " + daily)["snapshots"][1]["current_from"],
            (Json{{"daily.nc", 1.0}}));
}

TEST(ForcingCommand,
     a_change_of_source_is_said_once_with_time_and_share_and_who_never_answered_is_not_named) {
  const Scratch scratch;
  current(0.2, 0, hours(0, 8)).write(scratch.file("short.nc"));
  SmallSea other = current(0.2, 0, hours(0, 8));
  other.time_units = "hours since 2019-11-11";
  other.write(scratch.file("other_year.nc"));
  const std::string words = "--hours 6 --wind 270,10 --tides --forcing " + scratch.file("short.nc") +
                            " --forcing " + scratch.file("other_year.nc") + " --map " +
                            scratch.file("map.png");
  const auto ran = drift(words);
  EXPECT_EQ(ran.status, 0) << ran.out;
  const std::string change =
      "at 2021-11-11T09:00:00Z the current comes from Channel tidal streams (100 %); before that from "
      "short.nc (100 %)";
  const auto at = ran.out.find(change);
  ASSERT_NE(at, std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find(change, at + 1), std::string::npos) << "once";
  EXPECT_FALSE(has(ran.out, "other_year.nc")) << ran.out;
  const Json json = json_of(words);
  EXPECT_EQ(json["sources"].dump().find("other_year.nc"), std::string::npos);
  for (int hour = 0; hour <= 6; ++hour) {
    const Json& snapshot = json["snapshots"][static_cast<std::size_t>(hour)];
    EXPECT_EQ(snapshot["current_from"], (Json{{hour <= 3 ? "short.nc" : "Channel tidal streams", 1.0}}))
        << hour;
    EXPECT_EQ(snapshot["wind_from"], (Json{{"stated: wind from 270° at 10 kn", 1.0}})) << hour;
  }
  EXPECT_TRUE(has(json["notes"].dump(), change));
  EXPECT_EQ(json["status"], "whole");
}

/// A file whose valid range drops all its values must not stand as the source of what the tides answer.
TEST(ForcingCommand, a_file_that_lost_all_its_values_is_said_and_is_no_source) {
  const Scratch scratch;
  SmallSea sea = current(50, 50, hours(0, 12));
  sea.type = NC_SHORT;
  sea.declare = [](test::NetcdfWriter& file) {
    for (const auto* name : {"uo", "vo"}) {
      file.attribute(name, "scale_factor", {0.01});
      file.attribute(name, "valid_max", {0.4}, NC_DOUBLE);
    }
  };
  sea.write(scratch.file("lost.nc"));
  const std::string words = "--hours 2 --wind 270,10 --tides --forcing " + scratch.file("lost.nc");
  const auto ran = drift(words);
  EXPECT_TRUE(has(ran.out, "lost.nc: uo answers nothing: all its values are missing")) << ran.out;
  EXPECT_TRUE(has(ran.out, "the first that knows: stated: wind from 270° at 10 kn, Channel tidal streams\n"))
      << ran.out;
  EXPECT_TRUE(has(json_of(words)["sea_notes"].dump(), "uo answers nothing"));
  // Without the tides there is no current, and the reason stands above the refusal.
  const auto refused = drift("--hours 2 --wind 270,10 --forcing " + scratch.file("lost.nc"));
  EXPECT_EQ(refused.status, 1);
  EXPECT_TRUE(has(refused.out, "answers nothing")) << refused.out;
}

TEST(ForcingCommand, a_file_a_day_carries_over_midnight_by_name_glob_and_folder) {
  const Scratch scratch;
  std::filesystem::create_directory(scratch.file("days"));
  for (const int day : {11, 12}) {
    SmallSea sea = current(0.5, 0, hours(0, 23));
    sea.time_units = fmt::format("hours since 2021-11-{}", day);
    sea.write(scratch.file(fmt::format("days/{}.nc", day)));
  }
  const std::string second_first =
      "--forcing " + scratch.file("days/12.nc") + " --forcing " + scratch.file("days/11.nc");
  for (const std::string& files : {second_first, "--forcing '" + scratch.file("days/1*.nc") + "'",
                                   "--forcing " + scratch.file("days")}) {
    // From 05:00 for 30 h at 0.5 m/s: 54,000 m, on past 23:00.
    const Vec way = carried(scratch, "--hours 30 " + files);
    EXPECT_NEAR(way.east, 54000, 30) << files;
    const Json json = json_of("--hours 30 --wind 270,10 " + files);
    EXPECT_EQ(json["status"], "whole") << files;
    EXPECT_EQ(json["snapshots"].back()["left"], 0) << files;
  }
}

/// u = 0.1, 0.3 and 0.5 m/s to the east in members 3, 7 and 9.
void write_ensemble(const std::string& path) {
  SmallSea sea = current(0, 0, hours(0, 24));
  sea.levels = {{"realization", 3}};
  sea.given[0].value = [](std::size_t layer, auto, auto) {
    return 0.1 + 0.2 * static_cast<double>(layer % 3);
  };
  sea.declare = [](test::NetcdfWriter& file) {
    file.variable("realization", {"realization"}, {{"standard_name", "realization"}, {"units", "1"}});
  };
  sea.fill = [](test::NetcdfWriter& file) { file.values("realization", {3, 7, 9}); };
  sea.write(path);
}

TEST(ForcingCommand, of_all_members_each_particle_keeps_one) {
  const Scratch scratch;
  write_ensemble(scratch.file("ens.nc"));
  const std::string words = "--hours 10 --wind-const 0,0 --forcing " + scratch.file("ens.nc");
  const auto none = drift(words);
  EXPECT_EQ(none.status, 1);
  EXPECT_TRUE(has(none.out, "is an ensemble of 3 along \"realization\"; take one by --member 3 to 9"))
      << none.out;
  const Json all = json_of(words + " --particles 302 --member all");
  EXPECT_EQ(all["members"], (Json{3, 7, 9}));
  ASSERT_EQ(all["member_of"].size(), 302U);
  // At 0.1, 0.3 and 0.5 m/s for 5 and 10 h: 1.8, 5.4 and 9 km, and twice that. In the calm each particle also
  // goes a few centimetres a second of its own to some side, which the mean of a hundred does not.
  for (const int hour : {5, 10}) {
    double sum[3] = {};
    int count[3] = {};
    for (std::size_t i = 0; i < 302; ++i) {
      const Json& point = all["snapshots"][static_cast<std::size_t>(hour)]["points"][i];
      const Place at{point[0].get<double>(), point[1].get<double>()};
      const int member = all["member_of"][i].get<int>();
      sum[member] += towards(bearing_deg(start, at), distance_m(start, at)).east;
      ++count[member];
    }
    EXPECT_EQ(count[0], 101);
    EXPECT_EQ(count[2], 100);
    for (int m = 0; m < 3; ++m) EXPECT_NEAR(sum[m] / count[m], hour * (360 + 720 * m), 120 * hour) << m;
  }
  const auto text = drift(words + " --member all");
  EXPECT_EQ(text.status, 0) << text.out;
  EXPECT_TRUE(has(text.out, "Forcing of members 3, 7, 9, each particle in one")) << text.out;
  const Json seven = json_of(words + " --member 7");
  EXPECT_FALSE(seven.contains("members"));
  const auto mean = seven["snapshots"].back()["mean"];
  EXPECT_NEAR(distance_m(start, {mean[0].get<double>(), mean[1].get<double>()}), 10800, 1200);
  EXPECT_TRUE(has(drift(words + " --member 8").out, "has no member 8"));
  EXPECT_TRUE(has(drift(words + " --member some").out, "--member: \"some\" is no member's number, nor all"));
  EXPECT_TRUE(has(drift(words + " --member all --particles 2").out, "2 are fewer than the 3 members"));
  current(0.1, 0, hours(0, 24)).write(scratch.file("single.nc"));
  EXPECT_TRUE(has(drift("--wind 270,5 --member all --forcing " + scratch.file("single.nc")).out,
                  "the forcing is no ensemble; leave out --member all"));
}

TEST(ForcingCommand, a_field_of_one_moment_is_refused_unless_it_is_said_to_hold_always) {
  const Scratch scratch;
  current(0.5, 0, {6}).write(scratch.file("once.nc"));
  const auto refused = drift("--hours 2 --wind 270,10 --forcing " + scratch.file("once.nc"));
  EXPECT_EQ(refused.status, 1);
  EXPECT_TRUE(has(refused.out, "holds one moment only, 2021-11-11T06:00:00Z")) << refused.out;
  const Vec way = carried(scratch, "--hours 2 --always --forcing " + scratch.file("once.nc"));
  EXPECT_NEAR(way.east, 3600, 1);
}

TEST(ForcingCommand, a_day_takes_map_member_always_and_sum_tides_and_its_record_says_what_was_chosen) {
  const Scratch scratch;
  const std::string folder = test::write_small_day(scratch);
  SmallSea sea = current(0.1, 0, {0});
  sea.given.push_back({"a", {{"units", "m s-1"}}, 0.7});
  sea.given.push_back({"b", {{"units", "m s-1"}}, 0});
  sea.write(scratch.file("one_moment.nc"));
  const auto replayed = [&](const std::string& more) {
    std::string text = test::small_day_toml;
    text.replace(text.find("[sea]\n"), 6, "[sea]\nfiles = [\"one_*.nc\"]\n" + more);
    scratch.write("day.toml", text);
    return test::ran_varne("replay " + folder + " --report " + scratch.file("out") + " 2>&1");
  };
  const auto refused = replayed("");
  EXPECT_EQ(refused.status, 1);
  EXPECT_TRUE(has(refused.out, "holds one moment only")) << refused.out;
  EXPECT_TRUE(has(replayed("always = true\nmap = [\"foo=a\"]\n").out,
                  "day.toml:20: map: \"foo\" is no name that is known") ||
              has(replayed("map = [\"foo=a\"]\n").out, "map: \"foo\" is no name that is known"));
  const auto ran = replayed(
      "always = true\nmap = [\"eastward_sea_water_velocity=a\", \"northward_sea_water_velocity=b\"]\n");
  EXPECT_EQ(ran.status, 0) << ran.out;
  std::istringstream lines(test::read_all(scratch.file("out/record.jsonl")));
  Json day;
  Json forecast;
  for (std::string line; std::getline(lines, line);) {
    const auto json = parse_json(line);
    ASSERT_TRUE(json) << line;
    if ((*json)["kind"] == "day") day = (*json)["body"];
    if ((*json)["kind"] == "forecast") forecast = (*json)["body"];
  }
  EXPECT_EQ(day["sea"][0], "one_moment.nc");
  ASSERT_FALSE(forecast.is_null());
  for (const auto& snapshot : forecast["snapshots"]) {
    EXPECT_EQ(snapshot["current_from"], (Json{{"one_moment.nc", 1}})) << snapshot;
    EXPECT_EQ(snapshot["wind_from"], (Json{{"stated in day.toml", 1}})) << snapshot;
  }
  // A velocity without units is taken as mapped, and the record says so.
  SmallSea bare = current(0.1, 0, {0});
  for (Given& each : bare.given) each.attributes.clear();
  bare.write(scratch.file("one_moment.nc"));
  const auto said = replayed("always = true\nmap = [\"uo=uo\", \"vo=vo\"]\n");
  EXPECT_TRUE(has(said.out, "one_moment.nc: uo has no units; it is taken as m s-1")) << said.out;
  EXPECT_TRUE(has(test::read_all(scratch.file("out/record.jsonl")),
                  "\"sea_notes\":[\"one_moment.nc: uo has no units; it is taken as m s-1\""));
}

TEST(ForcingCommand, calibrate_takes_the_same_options) {
  const Scratch scratch;
  SmallSea sea = current(0.1, 0, {0});
  sea.given.push_back({"u10", {{"units", "m s-1"}}, 5});
  sea.given.push_back({"v10", {{"units", "m s-1"}}, 0});
  sea.write(scratch.file("once.nc"));
  std::string tracks = "track,time,lon,lat\n";
  for (int t = 0; t < 8; ++t)
    for (int h = 0; h < 12; ++h)
      tracks += fmt::format("T{},2021-11-11T{:02}:00Z,{:.5f},{:.5f}\n", t, h,
                            1.2 + h * (0.006 + 0.003 * std::sin(t + h / 5.0)),
                            51 + h * 0.002 * std::cos(2 * t + h / 7.0));
  const std::string words =
      "calibrate " + scratch.write("tracks.csv", tracks) + " --forcing " + scratch.file("once.nc");
  EXPECT_TRUE(has(test::ran_varne(words + " 2>&1").out, "holds one moment only"));
  const auto ran = test::ran_varne(words + " --always --map x_wind=u10 --map y_wind=v10 2>&1");
  EXPECT_EQ(ran.status, 0) << ran.out;
  EXPECT_TRUE(has(ran.out, "Fitted on 4 tracks")) << ran.out;
  EXPECT_TRUE(has(test::ran_varne(words + " --member all 2>&1").out, "only varne drift takes all of them"));
}

}  // namespace
}  // namespace varne
