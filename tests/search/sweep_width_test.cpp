/// Sweep widths by table, corrected; what no table covers stays unknown.
#include "varne/search/sweep_width.h"

#include <gtest/gtest.h>

#include "support.h"
#include "varne/core/csv.h"
#include "varne/core/place_of_data.h"
#include "varne/core/units.h"

namespace varne {
namespace {

const SweepWidths& tables() {
  static const auto loaded =
      SweepWidths::load(data_path("sweep_widths.csv"), data_path("sweep_factors.toml"));
  return *loaded;
}

double feet(double ft) {
  return ft * 0.3048;
}

/// In the best of weathers at the speed that needs no correction.
SweepQuery query(const std::string& object, SearchPlatform platform, double height_ft, double visibility_nm) {
  SweepQuery out;
  out.object = object;
  out.platform = platform;
  out.height_m = feet(height_ft);
  out.visibility_m = metres_from_nm(visibility_nm);
  out.wind_mps = 0;
  out.sea_m = 0;
  out.speed_mps = mps_from_knots(platform == SearchPlatform::helicopter ? 90 : 180);
  return out;
}

double width_nm(const SweepQuery& asked) {
  const auto answer = tables().width(asked);
  return answer && answer->width_m ? nm_from_metres(*answer->width_m) : -1;
}

TEST(SweepWidth, every_number_of_the_source_is_given_back) {
  VARNE_NEEDS_SHARED(path, "data/sar/sweep_width.csv");
  auto file = *CsvFile::open(path, {"object", "platform", "height", "visibility_nm", "sweep_width_nm"});
  int rows = 0;
  while (*file.next()) {
    std::string object(file["object"]);
    for (const auto& [sign, word] : {std::pair{"≤", "up to"}, std::pair{"≥", "from"}})
      if (const auto at = object.find(sign); at != std::string::npos) object.replace(at, 3, word);
    const auto platform = file["platform"] == "Boat"         ? SearchPlatform::boat
                          : file["platform"] == "Helicopter" ? SearchPlatform::helicopter
                                                             : SearchPlatform::aeroplane;
    const double height = std::stod(std::string(file["height"]));
    auto asked = query(object, platform, height, *file.number("visibility_nm"));
    ASSERT_NEAR(width_nm(asked), *file.number("sweep_width_nm"), 1e-9) << file.where() << " " << object;
    ++rows;
  }
  EXPECT_EQ(rows, 2832);
}

TEST(SweepWidth, every_speed_factor_of_the_source_is_given_back) {
  VARNE_NEEDS_SHARED(path, "data/sar/sweep_speed_corrections.csv");
  auto file = *CsvFile::open(path, {"object", "platform", "speed_kn", "correction"});
  while (*file.next()) {
    std::string object(file["object"]);
    for (const auto& [sign, word] : {std::pair{"≤", "up to"}, std::pair{"≥", "from"}})
      if (const auto at = object.find(sign); at != std::string::npos) object.replace(at, 3, word);
    auto asked = query(
        object, file["platform"] == "Helicopter" ? SearchPlatform::helicopter : SearchPlatform::aeroplane,
        500, 10);
    asked.speed_mps = mps_from_knots(*file.number("speed_kn"));
    const auto answer = tables().width(asked);
    ASSERT_TRUE(answer && answer->speed_factor) << file.where();
    EXPECT_NEAR(*answer->speed_factor, *file.number("correction"), 1e-9) << file.where();
  }
}

TEST(SweepWidth, weather_takes_more_from_small_objects) {
  auto raft = query("Raft 10 person", SearchPlatform::boat, 14, 5);
  EXPECT_NEAR(width_nm(raft), 3.6, 1e-9);
  raft.wind_mps = mps_from_knots(20);
  EXPECT_NEAR(width_nm(raft), 1.8, 1e-9);
  raft.sea_m = 2;
  EXPECT_NEAR(width_nm(raft), 0.9, 1e-9);
  raft.tired = true;
  EXPECT_NEAR(width_nm(raft), 0.81, 1e-9);
  auto ship = query("Ship 120ft", SearchPlatform::boat, 14, 5);
  const double calm = width_nm(ship);
  ship.wind_mps = mps_from_knots(40);
  EXPECT_NEAR(width_nm(ship) / calm, 0.9, 1e-9);
  ship.authority = "au";
  EXPECT_NEAR(width_nm(ship) / calm, 0.5, 1e-9);
}

TEST(SweepWidth, between_the_tables_numbers_lies_a_straight_line) {
  auto asked = query("raft 10 person", SearchPlatform::boat, 11, 4);
  EXPECT_NEAR(width_nm(asked), (2.0 + 2.8 + 2.6 + 3.6) / 4, 1e-9);
}

TEST(SweepWidth, a_column_that_is_missing_is_as_the_one_before) {
  EXPECT_NEAR(width_nm(query("person in water", SearchPlatform::helicopter, 500, 10)), 0.1, 1e-9);
  EXPECT_NEAR(width_nm(query("person in water", SearchPlatform::helicopter, 1500, 5)), 0, 1e-9);
}

TEST(SweepWidth, a_higher_eye_counts_as_the_tables_highest_and_says_so) {
  const auto answer = tables().width(query("raft 10 person", SearchPlatform::boat, 30, 5));
  ASSERT_TRUE(answer && answer->width_m);
  EXPECT_NEAR(nm_from_metres(*answer->width_m), 3.6, 1e-9);
  ASSERT_EQ(answer->notes.size(), 1U);
  EXPECT_EQ(answer->notes[0], "a height of eye of 30 ft counts as 14 ft, the highest of the table");
}

TEST(SweepWidth, what_no_table_covers_is_unknown_and_says_what_is_missing) {
  auto night = query("raft 10 person", SearchPlatform::boat, 14, 5);
  night.night = true;
  EXPECT_FALSE(tables().width(night)->width_m);
  EXPECT_EQ(tables().width(night)->missing,
            "a sweep width for eye at night: no table has one; state it with its source");
  auto radar = query("raft 10 person", SearchPlatform::boat, 14, 5);
  radar.sensor = SearchSensor::radar;
  EXPECT_FALSE(tables().width(radar)->width_m);
  EXPECT_FALSE(tables().width(query("raft 10 person", SearchPlatform::boat, 14, 0.5))->width_m);
  EXPECT_FALSE(tables().width(query("raft 10 person", SearchPlatform::boat, 4, 5))->width_m);
  auto fast = query("raft 10 person", SearchPlatform::helicopter, 500, 5);
  fast.speed_mps = mps_from_knots(170);
  EXPECT_FALSE(tables().width(fast)->width_m);
  SweepQuery nothing;
  nothing.object = "raft 10 person";
  const auto answer = tables().width(nothing);
  EXPECT_FALSE(answer->width_m);
  EXPECT_EQ(answer->missing, "the visibility; the height of eye; the wind or the sea");
}

TEST(SweepWidth, an_object_of_no_table_is_refused_with_those_there_are) {
  const auto answer = tables().width(query("rubber duck", SearchPlatform::boat, 14, 5));
  ASSERT_FALSE(answer);
  EXPECT_NE(answer.error().what.find("raft 10 person"), std::string::npos);
}

TEST(SweepWidth, a_stated_width_needs_a_source_and_then_stands) {
  const test::Scratch scratch;
  SweepWidths mine = tables();
  EXPECT_FALSE(mine.state(scratch.write("a.toml",
                                        "[[stated]]\nobject = \"Raft 10 person\"\nsensor = \"infrared\"\n"
                                        "night = true\nwidth_nm = 0.8\nsource = \"\"\n")));
  ASSERT_TRUE(mine.state(scratch.write("b.toml",
                                       "[[stated]]\nobject = \"Raft 10 person\"\nsensor = \"infrared\"\n"
                                       "night = true\nwidth_nm = 0.8\nsource = \"trial of 12 May\"\n")));
  auto asked = query("raft 10 person", SearchPlatform::helicopter, 500, 5);
  asked.sensor = SearchSensor::infrared;
  asked.night = true;
  const auto answer = mine.width(asked);
  ASSERT_TRUE(answer && answer->width_m);
  EXPECT_NEAR(nm_from_metres(*answer->width_m), 0.8, 1e-9);
  EXPECT_EQ(answer->source, "trial of 12 May");
}

}  // namespace
}  // namespace varne
