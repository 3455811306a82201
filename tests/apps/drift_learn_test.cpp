/// `varne drift` with what was found since, and with its rarer options.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "ran_drift.h"
#include "sea/grib_support.h"
#include "support.h"
#include "varne/core/json.h"

namespace varne {
namespace {

using test::dover;
using test::drift;
using test::stated;

/// A sighting to the north and a search to the south both move it to the north, and both are said.
TEST(DriftCommand, learns_from_a_search_a_sighting_and_debris_and_says_what_from) {
  const test::Scratch scratch;
  const auto searches =
      scratch.write("searches.toml",
                    "[[search]]\nname = \"south\"\narea = [\"1,50.7\", \"2,50.7\", \"2,51\", \"1,51\"]\n"
                    "sweep_width_m = 1000\ntrack_spacing_m = 500\nfrom = \"2021-11-11T06:00Z\"\nuntil = "
                    "\"2021-11-11T08:00Z\"\n");
  const auto made = [&](const std::string& more) {
    const auto ran =
        drift(dover + "--wind 270,1 --current 90,1 --no-coast --hours 4 --radius-m 2000 --json " + more,
              "2>/dev/null");
    EXPECT_EQ(ran.status, 0) << ran.out;
    return parse_json(ran.out).value_or(Json::object());
  };
  const auto north = [](const Json& json) { return json["snapshots"].back()["mean"][1].get<double>(); };
  const Json plain = made("");
  EXPECT_FALSE(plain.contains("weights"));
  const Json searched = made("--searched " + searches);
  EXPECT_GT(north(searched), north(plain) + 0.005);
  EXPECT_NE(searched["evidence"][0].get<std::string>().find("the search \"south\" that found nothing"),
            std::string::npos);
  const Json sighted = made("--sighted 1.55,51.02,2021-11-11T07:00Z,800,0.9");
  EXPECT_GT(north(sighted), north(plain) + 0.005);
  EXPECT_LT(sighted["effective_sample_size"].get<double>(), 900);
  const Json debris = made("--debris PIW-1,1.6,51.03,2021-11-11T09:00Z,1000 --resample");
  EXPECT_GT(north(debris), north(plain) + 0.005);
  EXPECT_FALSE(debris.contains("weights"));
  EXPECT_EQ(debris["evidence"].size(), 2U);
  const std::string words = dover + stated + "--hours 2 ";
  EXPECT_EQ(drift(words + "--sighted 1.5,51").status, 2);
  EXPECT_NE(drift(words + "--sighted 1.5,51,2021-11-11T12:00Z,500").out.find("not within the forecast"),
            std::string::npos);
}

/// HYCOM's and GFS's files read six hours at a time, ahead and back: the same numbers to the last digit.
TEST(DriftCommand, forcing_read_in_pieces_gives_the_same_bytes) {
  VARNE_NEEDS_SHARED(current, "data/drift/wa_coast_hycom_current.nc");
  const std::string words =
      "--at -125.3,47.8 --time 2023-03-03T12:00Z --class PIW-1 --particles 500 --json --forcing " + current +
      " --forcing " + test::shared_file("data/drift/wa_coast_gfs_wind.nc");
  for (const char* hours : {" --hours 10", " --hours -20"}) {
    const auto whole = drift(words + hours, "2>/dev/null");
    EXPECT_EQ(whole.status, 0);
    EXPECT_EQ(drift(words + hours + " --piece-hours 6", "2>/dev/null").out, whole.out);
  }
  // The wind ends at midnight: said as in one go.
  EXPECT_EQ(drift(words + " --hours 20 --piece-hours 6", "2>/dev/null").status, 3);
}

/// Seventy hours of large fields, of which a few fit at a time: one place, scenarios and debris.
TEST(DriftCommand, forcing_too_large_to_be_held_goes_in_pieces) {
  const test::Scratch scratch;
  test::write_large(scratch.file("large.grib2"));
  const auto scenarios = scratch.write(
      "ways.toml",
      "[[scenario]]\nname = \"early\"\nclass = \"PIW-1\"\nfrom = \"2021-11-11T05:00Z\"\npoint = [1.5, "
      "51]\n[[scenario]]\nname = \"late\"\nclass = \"PIW-4\"\nfrom = \"2021-11-11T07:00Z\"\npoint = "
      "[1.45, 51]\n");
  const std::string forcing = " --hours 3 --particles 50 --no-coast --forcing " + scratch.file("large.grib2");
  const auto refused = drift("--scenarios " + scenarios + forcing);
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.out.find("too large"), std::string::npos) << refused.out;
  const auto ways = drift("--scenarios " + scenarios + forcing + " --piece-hours 3");
  EXPECT_EQ(ways.status, 0) << ways.out;
  const auto learned =
      drift(dover + forcing + " --piece-hours 3 --debris PIW-4,1.51,51.01,2021-11-11T07:00Z,5000");
  EXPECT_EQ(learned.status, 0) << learned.out;
  EXPECT_NE(learned.out.find("debris (PIW-4)"), std::string::npos) << learned.out;
  const auto elements = drift("--elements e.csv --out rows.csv --piece-hours 3" + forcing);
  EXPECT_EQ(elements.status, 2);
  EXPECT_NE(elements.out.find("elements drift on their forcing as a whole"), std::string::npos)
      << elements.out;
}

TEST(DriftCommand, what_else_chance_does_can_be_asked_for_and_is_printed) {
  const auto said = [](const std::string& more) { return drift(dover + stated + "--hours 2 " + more).out; };
  EXPECT_NE(said("").find("leeway drawn once for life"), std::string::npos);
  EXPECT_NE(said("--leeway-lasts 6").find("leeway drawn afresh over 6 h"), std::string::npos);
  EXPECT_NE(said("--shared-error 0.7,50").find("70 % of their variance shared by neighbours over 50 km"),
            std::string::npos);
  EXPECT_NE(said("--capsize").find("capsizing about 30 m/s"), std::string::npos);
  EXPECT_NE(said("--refloat").find("the next tide as high lifts"), std::string::npos);
  EXPECT_NE(said("--stokes wind").find("with a Stokes drift of 1.6 % of the wind"), std::string::npos);
  EXPECT_NE(said("--shared-error 2,50").find("shared_error: must be from 0 to 1"), std::string::npos);
  EXPECT_NE(said("--capsizing 60").find("is not WIND_KN,SIGMA_KN,LEEWAY"), std::string::npos);
  EXPECT_NE(said("--backward --refloat").find("run ahead"), std::string::npos);
}

}  // namespace
}  // namespace varne
