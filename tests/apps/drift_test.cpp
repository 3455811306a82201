/// `varne drift` as a person runs it.

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "ran.h"
#include "support.h"
#include "varne/core/geo.h"
#include "varne/core/json.h"
#include "varne/sea/coast.h"

namespace varne {
namespace {

test::Ran drift(const std::string& arguments, const char* into = "2>&1") {
  return test::ran_varne("drift " + arguments + " " + into);
}

const std::string dover = "--at 1.5,51.0 --time 2021-11-11T05:00Z --class PIW-1 ";
const std::string stated = "--wind 270,10 --current 90,1 --no-coast ";

TEST(DriftCommand, says_hour_by_hour_where_the_mean_is_and_that_it_is_a_forecast) {
  const auto ran = drift(dover + stated + "--hours 3 --jibe 0");
  EXPECT_EQ(ran.status, 0);
  EXPECT_NE(ran.out.find("A forecast, not an observation."), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("stated: wind from 270° at 10 kn; current towards 90° at 1 kn"), std::string::npos);
  EXPECT_NE(ran.out.find("\n11 Nov 08:00  51°"), std::string::npos) << ran.out;
}

/// One knot of current and 0.96 % of ten knots of wind: 1.096 nautical miles an hour to the east.
TEST(DriftCommand, goes_with_the_current_and_before_the_wind_and_back_where_it_came_from) {
  const auto mean = [](const std::string& more) {
    const auto ran = drift(dover + stated + "--hours 10 --json --seed 7 --particles 4000 " + more, "2>&1");
    EXPECT_EQ(ran.status, 0) << ran.out;
    const auto json = parse_json(ran.out);
    EXPECT_TRUE(json) << ran.out.substr(0, 200);
    const Json at = (*json)["snapshots"].back()["mean"];
    return Place{at[0].get<double>(), at[1].get<double>()};
  };
  const Place from{1.5, 51.0};
  EXPECT_NEAR(distance_m(from, mean("")) / 1852, 10.96, 0.8);
  EXPECT_NEAR(bearing_deg(from, mean("")), 90, 2);
  EXPECT_NEAR(bearing_deg(from, mean("--backward")), 270, 2);
}

TEST(DriftCommand, the_same_words_give_the_same_bytes) {
  const std::string words = dover + "--tides --wind 250,8 --no-coast --hours 2 --json";
  const auto once = drift(words);
  EXPECT_EQ(once.status, 0) << once.out;
  EXPECT_EQ(once.out, drift(words).out);
  EXPECT_NE(once.out, drift(words + " --seed 1").out);
}

TEST(DriftCommand, lists_its_classes) {
  const auto ran = drift("--classes");
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(std::count(ran.out.begin(), ran.out.end(), '\n'), 85);
  EXPECT_EQ(parse_json(drift("--classes --json").out).value().size(), 85U);
}

TEST(DriftCommand, what_is_left_out_is_a_misuse_and_named) {
  const auto without = [](const std::string& words) {
    const auto ran = drift(words);
    EXPECT_EQ(ran.status, 2) << ran.out;
    return ran.out;
  };
  EXPECT_NE(without("").find("--at"), std::string::npos);
  EXPECT_NE(without("--at 1.5,51").find("--time"), std::string::npos);
  EXPECT_NE(without("--at 1.5,51 --time 2021-11-11T05:00Z").find("--class"), std::string::npos);
  EXPECT_NE(without(dover + "--current 90,1").find("--wind"), std::string::npos);
  EXPECT_NE(without(dover + "--wind 270,10").find("--tides"), std::string::npos);
}

TEST(DriftCommand, what_makes_no_sense_is_refused_by_name) {
  const auto said = [](const std::string& words, int status) {
    const auto ran = drift(words);
    EXPECT_EQ(ran.status, status) << words;
    return ran.out;
  };
  const auto misused = [&](const std::string& words) { return said(words, 2); };
  const auto refused = [&](const std::string& words) { return said(words, 1); };
  const std::string rest = " --time 2021-11-11T05:00Z --class PIW-1 " + stated;
  EXPECT_NE(misused("--at nan,51" + rest).find("--at: \"nan,51\" is not LON,LAT"), std::string::npos);
  EXPECT_NE(misused("--at 1.5,151" + rest).find("--at: 1.5,151 is no place"), std::string::npos);
  EXPECT_NE(misused(dover + stated + "--until yesterday").find("--until: \"yesterday\""), std::string::npos);
  EXPECT_NE(misused(dover + "--current 90,1 --wind west").find("--wind: \"west\""), std::string::npos);
  EXPECT_NE(misused(dover + "--current 90,1 --wind 270,900").find("0 to 200 knots"), std::string::npos);
  EXPECT_NE(misused("--at 1.5,51 --time 2021-11-11T05:00Z --class BOAT " + stated).find("class \"BOAT\""),
            std::string::npos);
  EXPECT_NE(refused(dover + stated + "--forcing nowhere.nc").find("nowhere.nc"), std::string::npos);
  EXPECT_NE(refused(dover + stated + "--hours 1 --map /nowhere/x.png").find("/nowhere/x.png: the picture"),
            std::string::npos);
  EXPECT_NE(refused(dover + stated + "--hours 1 --geojson /nowhere/x").find("/nowhere/x: the file"),
            std::string::npos);
  EXPECT_NE(refused("--at 10.5,51" + rest.substr(0, rest.find("--wind")) + "--wind 1,1 --tides --no-coast")
                .find("no current is known at 51°00.0'N 010°30.0'E"),
            std::string::npos);
  for (const char* option : {"--hours nan", "--hours 800", "--particles 0", "--jibe 1", "--step-minutes 0",
                             "--current-noise-kn -1", "--radius-m inf"}) {
    const auto words = misused(dover + stated + option);
    EXPECT_NE(words.find(std::string(option).substr(0, std::string(option).find(' ')) + ": \""),
              std::string::npos)
        << words;
    EXPECT_NE(words.find("is no number from "), std::string::npos) << words;
  }
}

TEST(DriftCommand, writes_geojson_and_a_chart) {
  const test::Scratch scratch;
  const bool coast = std::filesystem::exists(gshhg_path());
  const auto ran = drift(
      "--at 1.7,50.97 --time 2021-11-11T05:00Z --class LIFE-RAFT-NB-1 --particles 200 --tides "
      "--wind 330,20 --hours 6 " +
      std::string(coast ? "" : "--no-coast ") + "--map " + scratch.file("map.png") + " --geojson " +
      scratch.file("drift.geojson"));
  EXPECT_EQ(ran.status, 0) << ran.out;
  const auto png = test::read_all(scratch.file("map.png"));
  EXPECT_TRUE(png.starts_with("\x89PNG")) << png.size();
  EXPECT_GT(png.size(), 50'000U);  // something is drawn on it
  const auto json = parse_json(test::read_all(scratch.file("drift.geojson")));
  ASSERT_TRUE(json);
  EXPECT_EQ((*json)["type"], "FeatureCollection");
  if (!coast) GTEST_SKIP() << "GSHHG absent: nothing could come ashore";
  EXPECT_NE(canonical(*json).find("\"state\":\"ashore\""), std::string::npos);
}

TEST(DriftCommand, runs_on_the_washington_coast_with_real_models) {
  VARNE_NEEDS_SHARED(current, "data/drift/wa_coast_hycom_current.nc");
  VARNE_NEEDS_SHARED(wind, "data/drift/wa_coast_gfs_wind.nc");
  const std::string words = "--at -125.3,47.8 --class PIW-1 --no-coast --particles 100 --forcing " + current +
                            " --forcing " + wind + " --time ";
  const auto ran = drift(words + "2023-03-02T12:00Z");
  EXPECT_EQ(ran.status, 0) << ran.out;
  EXPECT_NE(ran.out.find("wa_coast_hycom_current.nc, wa_coast_gfs_wind.nc"), std::string::npos);
  EXPECT_NE(ran.out.find("03 Mar 12:00"), std::string::npos);
  const auto outside = drift(words + "2024-03-02T12:00Z");
  EXPECT_EQ(outside.status, 1);
  EXPECT_NE(outside.out.find("no current is known at 47°48.0'N 125°18.0'W on 2024-03-02"), std::string::npos)
      << outside.out;
  EXPECT_NE(
      outside.out.find("wa_coast_hycom_current.nc (holds 2023-03-02T12:00:00Z to 2023-03-04T12:00:00Z)"),
      std::string::npos)
      << outside.out;
}

}  // namespace
}  // namespace varne
