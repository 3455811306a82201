#include "varne/search/searched.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support.h"

namespace varne {
namespace {

const std::string good =
    "[[search]]\nname = \"north box\"\narea = [\"1.0,51.0\", \"1.2,51.0\", \"1.1,51.1\"]\nsweep_width_m = "
    "400\n"
    "track_spacing_m = 800\nfrom = \"2021-11-11T06:00Z\"\nuntil = \"2021-11-11T08:00Z\"\n";

TEST(Searched, a_file_is_read_and_a_bad_one_refused_by_file_line_and_field) {
  const test::Scratch scratch;
  const auto read = [&](const std::string& text) { return load_searched(scratch.write("s.toml", text)); };
  const auto all = read(good + "law = \"inverse_cube\"\n");
  ASSERT_TRUE(all) << all.error().text();
  EXPECT_EQ((*all)[0].corners.size(), 3U);
  EXPECT_EQ((*all)[0].law, DetectionLaw::inverse_cube);
  EXPECT_NE(read(good + "law = \"luck\"\n").error().text().find("s.toml:8: law"), std::string::npos);
  EXPECT_NE(read(good + "height = 3\n").error().text().find("height"), std::string::npos);
  EXPECT_NE(
      read("[[search]]\nname = \"x\"\narea = [\"1,51\", \"2,51\"]\n").error().text().find("at least three"),
      std::string::npos);
  EXPECT_FALSE(read(""));
}

/// A metre a second to the east, through an area of 3600 m that is searched for two hours: an hour within it,
/// half of the coverage W / S = 0.5, so missed with exp(-0.25).
TEST(Searched, what_passed_through_was_missed_with_one_less_the_detection_of_its_share_of_coverage) {
  Stated stated;
  stated.current = Vec{1, 0};
  stated.wind = Vec{0, 5};
  Sea sea;
  sea.add(stated_source("stated", {stated}));
  LeewayClass drogue;
  drogue.key = "drogue";
  const Place from{1.5, 51};
  const auto run =
      drift(sea, drogue, {from, 0, *parse_time("2021-11-11T06:00Z"), *parse_time("2021-11-11T06:00Z")},
            {.particles = 2, .length = std::chrono::hours(2)});
  ASSERT_TRUE(run);
  const LocalPlane plane(from);
  SearchedArea search{.name = "box",
                      .corners = {plane.from({1000, -900}), plane.from({4600, -900}), plane.from({4600, 900}),
                                  plane.from({1000, 900})},
                      .sweep_width_m = 400,
                      .track_spacing_m = 800,
                      .from = *parse_time("2021-11-11T06:00Z"),
                      .to = *parse_time("2021-11-11T08:00Z")};
  EXPECT_NEAR((*missed(*run, search))[0], std::exp(-0.25), 0.02);
  search.law = DetectionLaw::definite_range;
  EXPECT_NEAR((*missed(*run, search))[0], 0.75, 0.02);
  search.to += std::chrono::hours(1);
  EXPECT_FALSE(missed(*run, search));
}

}  // namespace
}  // namespace varne
