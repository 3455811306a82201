/// `varne drift` as a person runs it.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <tuple>

#include "ran_drift.h"
#include "support.h"
#include "varne/core/csv.h"
#include "varne/core/geo.h"
#include "varne/core/json.h"
#include "varne/core/text.h"
#include "varne/sea/coast.h"

namespace varne {
namespace {

using test::dover;
using test::drift;
using test::stated;

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
    const auto ran =
        drift(dover + stated + "--hours 10 --json --seed 7 --particles 4000 " + more, "2>/dev/null");
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

TEST(DriftCommand, a_step_too_long_for_a_tide_warns) {
  const auto said = [](const std::string& step) {
    return test::ran_varne(
               "drift --at 1.5,51.0 --time 2021-11-11T05:00Z --hours 3 --class PIW-1 --wind 270,10 --current "
               "90,1 "
               "--no-coast " +
               step + " 2>&1")
        .out.find("is too long to follow a tide");
  };
  EXPECT_NE(said("--step-minutes 90"), std::string::npos);
  EXPECT_EQ(said("--step-minutes 30"), std::string::npos);
  EXPECT_EQ(said("--step-minutes 90 --scheme rk4"), std::string::npos);
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
  EXPECT_NE(misused("--at nan,51" + rest).find("--at: \"nan,51\" is no position"), std::string::npos);
  EXPECT_NE(misused("--at 1.5,151" + rest).find("--at: \"1.5,151\" is no position"), std::string::npos);
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

/// A metre a second to the east for an hour, and 4 % of nothing: 3600 m, row by row.
TEST(DriftCommand, drifts_single_elements_row_by_row_ahead_and_back) {
  const test::Scratch scratch;
  const auto elements = scratch.write("E.csv",
                                      "object_id,orientation,eps_sigma,lon,lat,time_utc\n"
                                      "1,R,0,1.5,51.0,2021-11-11T05:00:00Z\n"
                                      "PIW-4,L,1,1.5,51.0,2021-11-11T05:00:00Z\n");
  const auto rows_of = [&](const std::string& more) {
    const auto out = scratch.file("ROWS.csv");
    const auto ran = drift("--elements " + elements + " --out " + out +
                           " --no-coast --wind-const 0,0 --current-const 1,0 --step 600 --opendrift " + more);
    EXPECT_EQ(ran.status, 0) << ran.out;
    std::vector<std::vector<std::string>> rows;
    std::istringstream lines(test::read_all(out));
    for (std::string line; std::getline(lines, line);) {
      rows.emplace_back();
      for (const auto part : split(line, ',')) rows.back().emplace_back(part);
    }
    return rows;
  };
  const auto place = [](const std::vector<std::string>& row) {
    return Place{std::stod(row[2]), std::stod(row[3])};
  };
  for (const std::string scheme : {"euler", "rk2", "rk4"}) {
    const auto rows = rows_of("--hours 1 --scheme " + scheme);
    ASSERT_EQ(rows.size(), 15U);  // a header, and seven rows of each
    EXPECT_EQ(rows[0], (std::vector<std::string>{"element", "t_s", "lon", "lat", "status"}));
    EXPECT_EQ(rows[1], (std::vector<std::string>{"0", "0", "1.500000000", "51.000000000", "active"}));
    EXPECT_EQ(rows[7][1], "3600");
    EXPECT_NEAR(distance_m({1.5, 51.0}, place(rows[7])), 3600, 0.01);
    EXPECT_NEAR(bearing_deg({1.5, 51.0}, place(rows[7])), 90, 0.02);
    EXPECT_EQ(rows[8][0], "1");
  }
  const auto back = rows_of("--hours -1 --scheme euler");
  EXPECT_EQ(back[7][1], "-3600");
  EXPECT_NEAR(bearing_deg({1.5, 51.0}, place(back[7])), 270, 0.02);
  const auto bad = scratch.write(
      "bad.csv", "object_id,orientation,eps_sigma,lon,lat,time_utc\n1,X,0,1,51,2021-11-11T05:00Z\n");
  const auto refused = drift("--elements " + bad + " --out x --wind-const 0,0 --current-const 1,0");
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.out.find("bad.csv:2: orientation: must be R"), std::string::npos) << refused.out;
}

/// South-east of Dover with a strong current to the French coast.
TEST(DriftCommand, elements_strand_only_where_a_coast_is_asked_for) {
  if (!std::filesystem::exists(gshhg_path())) GTEST_SKIP() << "GSHHG absent";
  const test::Scratch scratch;
  const auto elements = scratch.write("E.csv",
                                      "object_id,orientation,eps_sigma,lon,lat,time_utc\n"
                                      "1,R,0,1.6,51.0,2021-11-11T05:00:00Z\n");
  const auto rows = scratch.file("ROWS.csv");
  const std::string words =
      "--elements " + elements + " --out " + rows +
      " --wind-const 0,0 --current-const 1,-1 --step 600 --hours 6 --scheme euler --opendrift ";
  ASSERT_EQ(drift(words).status, 0);
  EXPECT_EQ(test::read_all(rows).find("stranded"), std::string::npos);
  ASSERT_EQ(drift(words + "--coast").status, 0);
  const auto stranded = test::read_all(rows);
  EXPECT_NE(stranded.find("active"), std::string::npos);
  EXPECT_TRUE(stranded.ends_with("stranded\n")) << stranded.substr(stranded.size() - 80);
}

/// Off Dover, off Neah Bay and across the antimeridian, off Taveuni: each finds its own coast, ahead and
/// back.
TEST(DriftCommand, elements_that_lie_oceans_apart_strand_each_on_its_own_coast) {
  if (!std::filesystem::exists(gshhg_path())) GTEST_SKIP() << "GSHHG absent";
  const test::Scratch scratch;
  const auto strands = [&](const std::string& places, const std::string& more) {
    const auto rows = scratch.file("ROWS.csv");
    const auto ran = drift("--elements " + scratch.write("E.csv", places) + " --out " + rows +
                           " --coast --wind-const 0,0 --step 600 --scheme euler --opendrift " + more);
    EXPECT_EQ(ran.status, 0) << ran.out;
    EXPECT_EQ(ran.out, "");
    auto csv = CsvFile::open(rows, {"element", "t_s", "lon", "lat", "status"});
    EXPECT_TRUE(csv);
    std::map<std::string, double> when;
    while (csv->next().value_or(false)) {
      const std::string element((*csv)["element"]);
      if ((*csv)["status"] == "stranded" && !when.contains(element)) when[element] = *csv->number("t_s");
    }
    return when;
  };
  const std::string head = "object_id,orientation,eps_sigma,lon,lat,time_utc\n";
  const auto row = [](const char* place) { return fmt::format("1,R,0,{},2021-11-11T05:00:00Z\n", place); };
  const auto ahead = strands(head + row("1.6,51.0") + row("-124.9,48.0") + row("179.8,-16.8"),
                             "--current-const 1,0 --hours 24");
  ASSERT_EQ(ahead.size(), 3U);
  EXPECT_NEAR(ahead.at("0"), 32'000, 1200);  // 32 km to Gravelines
  const auto back = strands(head + row("1.6,51.0"), "--current-const -1,0 --hours -12");
  ASSERT_EQ(back.size(), 1U);
  EXPECT_EQ(back.at("0"), -ahead.at("0"));
}

TEST(DriftCommand, all_twelve_settings_of_the_reference_agree_within_its_limits) {
  VARNE_NEEDS_SHARED(constant, "reference/drift/det_const_dt600.csv");
  const test::Scratch scratch;
  const std::string wa = "--current " + test::shared_file("data/drift/wa_coast_hycom_current.nc") +
                         " --wind " + test::shared_file("data/drift/wa_coast_gfs_wind.nc");
  const std::string arome = "--current-const 0.2,-0.1 --wind " +
                            test::shared_file("data/drift/AROME_MetCoOp_00_DEF_20160114_subset.nc");
  const std::tuple<const char*, std::string, const char*, int, double> settings[] = {
      {"det_const_dt600.csv", "--wind-const 7,3 --current-const 0.3,0.1", "24", 600, 0.05},
      {"det_wa_dt600.csv", wa, "24", 600, 1},
      {"det_wa_dt3600.csv", wa, "24", 3600, 1},
      {"det_arome_lambert_dt600.csv", arome, "2", 600, 1}};
  for (const auto& [name, forcing, hours, step, limit] : settings) {
    auto reference = CsvFile::open(test::shared_file(std::string("reference/drift/") + name), {});
    ASSERT_TRUE(reference);
    std::string elements = "object_id,orientation,eps_sigma,lon,lat,time_utc\n";
    std::vector<Place> theirs;
    while (reference->next().value_or(false)) {
      const auto cell = [&](const char* column) { return std::string((*reference)[column]); };
      if (cell("t_s") == "0")
        elements += cell("object_id") + ',' + cell("orientation") + ',' + cell("eps_sigma") + ',' +
                    cell("lon") + ',' + cell("lat") + ',' + cell("time_utc") + '\n';
      theirs.push_back({*reference->number("lon"), *reference->number("lat")});
    }
    const auto rows = scratch.file("ROWS.csv");
    const auto ran =
        drift("--elements " + scratch.write("E.csv", elements) + " " + forcing + " --hours " + hours +
              " --step " + std::to_string(step) + " --scheme euler --opendrift --out " + rows);
    ASSERT_EQ(ran.status, 0) << ran.out;
    auto ours = CsvFile::open(rows, {"element", "t_s", "lon", "lat", "status"});
    ASSERT_TRUE(ours);
    std::size_t k = 0;
    double worst = 0;
    for (; ours->next().value_or(false); ++k) {
      ASSERT_LT(k, theirs.size());
      EXPECT_EQ((*ours)["status"], "active") << name << " row " << k;
      worst = std::max(worst, distance_m(theirs[k], {*ours->number("lon"), *ours->number("lat")}));
    }
    EXPECT_EQ(k, theirs.size());
    EXPECT_LT(worst, limit) << name;
  }
}

TEST(DriftCommand, a_place_the_wrong_way_round_and_a_class_that_does_not_exist_are_met_with_a_proposal) {
  const auto swapped =
      drift("--at 51.0,1.5 --time 2021-11-11T05:00Z --class PIW-1 --tides --wind 250,8 --no-coast --hours 1");
  EXPECT_EQ(swapped.status, 1);
  EXPECT_NE(swapped.out.find("longitude comes first: did you mean 1.5,51.0?"), std::string::npos)
      << swapped.out;
  const auto raft = drift("--at 1.5,51 --time 2021-11-11T05:00Z --class RAFT " + stated);
  EXPECT_EQ(raft.status, 2);
  EXPECT_NE(raft.out.find("there is no class \"RAFT\"; the nearest are LIFE-RAFT"), std::string::npos)
      << raft.out;
  EXPECT_EQ(drift("--at 1.5,51 --time 2021-11-11T05:00Z --class 1 --hours 1 " + stated).status, 0);
}

TEST(DriftCommand, a_start_in_a_harbour_is_said_and_moved_to_sea_on_request) {
  if (!std::filesystem::exists(gshhg_path())) GTEST_SKIP() << "GSHHG absent";
  const std::string dover_harbour =
      "--at 1.31257,51.12598 --time 2021-11-11T05:00Z --class PIW-1 --tides --wind 250,8 --hours 3 ";
  const auto kept = drift(dover_harbour);
  EXPECT_EQ(kept.status, 0) << kept.out;
  EXPECT_NE(
      kept.out.find("1000 of 1000 particles start on land and stay there; the nearest sea to the start is "),
      std::string::npos)
      << kept.out;
  const auto moved = drift(dover_harbour + "--to-sea --json", "2>/dev/null");
  const auto json = parse_json(moved.out);
  ASSERT_TRUE(json) << moved.out.substr(0, 200);
  EXPECT_NE((*json)["notes"].dump().find("moved"), std::string::npos) << (*json)["notes"];
  EXPECT_EQ((*json)["snapshots"][0]["ashore"], 0);
  const Place at{(*json)["at"][0].get<double>(), (*json)["at"][1].get<double>()};
  EXPECT_LT(distance_m({1.31257, 51.12598}, at), 3000);
}

TEST(DriftCommand, forcing_that_ends_before_the_run_is_said_once_with_how_many_and_in_the_status) {
  VARNE_NEEDS_SHARED(current, "data/drift/wa_coast_hycom_current.nc");
  VARNE_NEEDS_SHARED(wind, "data/drift/wa_coast_gfs_wind.nc");
  const std::string words =
      "--at -125.3,47.8 --class PIW-1 --no-coast --error none --particles 100 --time 2023-03-03T12:00Z "
      "--hours 24 "
      "--forcing " +
      current + " --forcing " + wind;
  const auto ran = drift(words);
  EXPECT_EQ(ran.status, 3) << ran.out;
  EXPECT_NE(ran.out.find("the forcing of the wind ended on 2023-03-04T00:00:00Z: 100 of 100 particles"),
            std::string::npos)
      << ran.out;
  const auto json = parse_json(drift(words + " --json", "2>/dev/null").out);
  ASSERT_TRUE(json);
  EXPECT_EQ((*json)["status"], "forcing ended");
  EXPECT_EQ((*json)["snapshots"][1]["current_from"]["wa_coast_hycom_current.nc"], 1);
  EXPECT_EQ((*json)["snapshots"][1]["wind_from"]["wa_coast_gfs_wind.nc"], 1);
  EXPECT_TRUE((*json)["snapshots"].back()["mean"].is_null());
}

TEST(DriftCommand, errors_have_defaults_that_are_printed_and_can_be_left_out) {
  const auto half = [](const std::string& more) {
    const auto ran = drift(dover + stated + "--hours 12 --json --particles 4000 " + more, "2>/dev/null");
    const auto json = parse_json(ran.out);
    EXPECT_TRUE(json) << ran.out.substr(0, 200);
    return (*json)["snapshots"].back()["half_within_m"].get<double>();
  };
  EXPECT_NE(
      drift(dover + stated + "--hours 1").out.find("Errors: current σ 0.32 m/s on each axis for 11.5 h"),
      std::string::npos);
  EXPECT_NE(drift(dover + stated + "--hours 1 --error none").out.find("Errors: current none, wind none"),
            std::string::npos);
  EXPECT_GT(half(""), 1.5 * half("--error none"));
  EXPECT_NEAR(half("--current-error 0.622,11.5") / half(""), 1, 0.03);  // 0.32 m/s
}

TEST(CalibrateCommand, fits_and_judges_tracks_and_refuses_half_a_file) {
  const test::Scratch scratch;
  std::string tracks = "track,time,lon,lat,current_u,current_v,wind_u,wind_v\n";
  for (int t = 0; t < 8; ++t)
    for (int h = 0; h < 24; ++h)
      tracks += fmt::format("T{},2024-03-01T{:02}:00Z,{:.5f},{:.5f},0.1,0,5,{}\n", t, h,
                            2 + h * (0.006 + 0.003 * std::sin(t + h / 5.0)),
                            51 + h * 0.002 * std::cos(2 * t + h / 7.0), t % 3);
  const auto ran = test::ran_varne("calibrate " + scratch.write("tracks.csv", tracks) + " 2>&1");
  EXPECT_EQ(ran.status, 0) << ran.out;
  EXPECT_NE(ran.out.find("Fitted on 4 tracks"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("--current-error"), std::string::npos);
  EXPECT_EQ(test::ran_varne("calibrate " + scratch.write("half.csv", "track,time,lon,lat,wind_u\n") + " 2>&1")
                .status,
            1);
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
