// GRIB of both editions, told as GRIB and read. The messages are made by ecCodes here.
#include <gtest/gtest.h>

#include "grib_support.h"
#include "netcdf_support.h"
#include "support.h"

namespace varne {
namespace {

using test::box;
using test::Message;
using test::open_one;
using test::Scratch;
using test::wind;
using test::write;
using test::write_as_one;

const Time then = *parse_time("2021-11-11T00:30Z");

TEST(Grib, wind_at_ten_metres_is_read_between_points_and_steps_whatever_the_file_is_called) {
  const Scratch scratch;
  for (const char* name : {"wind.grib2", "wind.nc", "wind"}) {
    write(scratch.file(name), {wind(2, 0, 0), wind(3, 0, 5), wind(2, 1, 2), wind(3, 1, 6)});
    const auto source = open_one(scratch.file(name));
    ASSERT_TRUE(source) << source.error().text();
    // Half a column east of the first, half a row north of the last, half an hour on: 1 + 0.5 + 15.
    const auto known = (*source)->wind({1.25, 50.75}, then);
    ASSERT_TRUE(known);
    EXPECT_NEAR(known->east, 16.5, 0.01);
    EXPECT_NEAR(known->north, 21, 0.01);
    EXPECT_FALSE((*source)->wind({2.1, 51}, then));
    EXPECT_FALSE((*source)->wind({1.5, 51}, *parse_time("2021-11-11T01:30Z")));
  }
}

TEST(Grib, another_height_and_a_file_cut_short_are_refused) {
  const Scratch scratch;
  write(scratch.file("high.grib2"), {wind(2, 0, 0, 100), wind(3, 0, 5, 100)});
  const auto high = open_one(scratch.file("high.grib2"));
  ASSERT_FALSE(high);
  EXPECT_NE(high.error().text().find("is a wind at 100 m"), std::string::npos) << high.error().text();
  write(scratch.file("wind.grib2"), {wind(2, 0, 0), wind(3, 0, 5), wind(2, 1, 2), wind(3, 1, 6)});
  const std::string whole = test::read_all(scratch.file("wind.grib2"));
  const auto cut = open_one(scratch.write("cut.grib2", whole.substr(0, whole.size() - 40)));
  ASSERT_FALSE(cut);
  EXPECT_NE(cut.error().text().find("cannot be read as GRIB after 3 messages"), std::string::npos)
      << cut.error().text();
}

/// u and v in one message, repeated from its product section on or from its grid section on, and a heading
/// before it.
TEST(Grib, fields_that_share_a_message_are_read_each) {
  const Scratch scratch;
  for (const int from : {4, 3}) {
    write_as_one(scratch.file("one"), {wind(2, 0, 0), wind(3, 0, 5)}, from);
    write_as_one(scratch.file("other"), {wind(2, 1, 2), wind(3, 1, 6)}, from);
    const auto path =
        scratch.write("both.grib2", "TTAA00 KWBC 110000\r\r\n" + test::read_all(scratch.file("one")) +
                                        test::read_all(scratch.file("other")));
    const auto source = open_one(path);
    ASSERT_TRUE(source) << source.error().text();
    const auto known = (*source)->wind({1.25, 50.75}, then);
    ASSERT_TRUE(known);
    EXPECT_NEAR(known->east, 16.5, 0.01);
    EXPECT_NEAR(known->north, 21, 0.01);
  }
}

/// Longer than the three octets of its length can say: in units of 120, as ECMWF writes it.
TEST(Grib, an_edition_1_message_of_more_than_eight_megabytes_is_read) {
  const Scratch scratch;
  std::vector<Message> messages;
  for (const long parameter : {33, 34}) {
    Message message{.sample = "regular_ll_sfc_grib1",
                    .wholes = {{"table2Version", 2},
                               {"centre", 7},
                               {"indicatorOfParameter", parameter},
                               {"indicatorOfTypeOfLevel", 105},
                               {"level", 10},
                               {"dataDate", 20211111},
                               {"dataTime", 0},
                               {"Ni", 1700},
                               {"Nj", 1700},
                               {"ijDirectionIncrementGiven", 0},
                               {"bitsPerValue", 24}},
                    .numbers = {box.begin(), box.begin() + 4},
                    .value = [=](std::size_t k) {
                      return static_cast<double>(parameter) + static_cast<double>(k / 1700) / 1699;
                    }};
    messages.push_back(std::move(message));
  }
  write(scratch.file("large.grb"), messages);
  ASSERT_GT(test::read_all(scratch.file("large.grb")).size(), std::size_t{2} << 23);
  const auto source = open_one(scratch.file("large.grb"), {.always = true});
  ASSERT_TRUE(source) << source.error().text();
  const auto air = (*source)->wind({1.5, 51}, then);
  ASSERT_TRUE(air);
  EXPECT_NEAR(air->east, 33.5, 1e-3);
  EXPECT_NEAR(air->north, 34.5, 1e-3);
}

/// Edition 1: wind at 10 m by parameters 33 and 34 of table 2, current by 49 and 50.
TEST(Grib, edition_1_is_read) {
  const Scratch scratch;
  std::vector<Message> messages;
  for (const long hour : {0, 1}) {
    for (const long parameter : {33, 34, 49, 50}) {
      const bool air = parameter < 40;
      messages.push_back({.sample = "regular_ll_sfc_grib1",
                          .wholes = {{"table2Version", 2},
                                     {"centre", 7},
                                     {"indicatorOfParameter", parameter},
                                     {"indicatorOfTypeOfLevel", air ? 105 : 1},
                                     {"level", air ? 10 : 0},
                                     {"dataDate", 20211111},
                                     {"dataTime", 0},
                                     {"P1", hour},
                                     {"Ni", 3},
                                     {"Nj", 3}},
                          .numbers = box,
                          .value = [=](std::size_t k) {
                            return 0.01 * static_cast<double>(parameter) + static_cast<double>(k % 3);
                          }});
    }
  }
  write(scratch.file("old.grb"), messages);
  const auto source = open_one(scratch.file("old.grb"));
  ASSERT_TRUE(source) << source.error().text();
  const auto air = (*source)->wind({1.25, 50.75}, then);
  ASSERT_TRUE(air);
  EXPECT_NEAR(air->east, 0.83, 1e-3);
  EXPECT_NEAR(air->north, 0.84, 1e-3);
  const auto water = (*source)->current({1.25, 50.75}, then);
  ASSERT_TRUE(water);
  EXPECT_NEAR(water->east, 0.99, 1e-3);
  EXPECT_NEAR(water->north, 1.0, 1e-3);
}

/// 9 by 9 points 25 km apart from 4 E 50 N, on a map about 2 E (Lambert's, tangent at 50 N) or about 0 E
/// (polar).
std::vector<Message> on_a_map(bool lambert) {
  std::vector<Message> messages;
  for (const long hour : {0, 1}) {
    for (const long number : {2, 3}) {
      Message message = wind(number, hour, 0);
      message.wholes.resize(message.wholes.size() - 2);  // no Ni and Nj
      message.wholes.insert(message.wholes.begin(), {"gridDefinitionTemplateNumber", lambert ? 30 : 20});
      for (const auto& [key, value] :
           std::initializer_list<std::pair<const char*, long>>{{"Nx", 9},
                                                               {"Ny", 9},
                                                               {"shapeOfTheEarth", 6},
                                                               {"resolutionAndComponentFlags", 56},
                                                               {"jScansPositively", 1}})
        message.wholes.emplace_back(key, value);
      message.numbers = {{"latitudeOfFirstGridPointInDegrees", 50},
                         {"longitudeOfFirstGridPointInDegrees", 4},
                         {"LaDInDegrees", lambert ? 50 : 60},
                         {"DxInMetres", 25000},
                         {"DyInMetres", 25000}};
      if (lambert) {
        for (const char* key : {"Latin1InDegrees", "Latin2InDegrees"}) message.numbers.emplace_back(key, 50);
        message.numbers.emplace_back("LoVInDegrees", 2);
      } else {
        message.numbers.emplace_back("orientationOfTheGridInDegrees", 0);
      }
      // Along the grid's y axis, and by the number of the column.
      message.value = [=](std::size_t k) { return number == 2 ? 0.0 : static_cast<double>(k % 9); };
      messages.push_back(std::move(message));
    }
  }
  return messages;
}

/// At 5 E 51 N, worked out with the formulas of Snyder's "Map projections" for a sphere of 6371.229 km: on
/// Lambert's map column 2.6791, and its y axis points sin 50° · 3° = 2.2981° east of north; on the polar one
/// column 2.6033 and 5°.
TEST(Grib, winds_along_the_axes_of_lamberts_and_polar_maps_are_turned_to_north) {
  const Scratch scratch;
  const std::tuple<bool, double, double> maps[] = {{true, 2.67910, 2.29813}, {false, 2.60328, 5}};
  for (const auto& [lambert, column, degrees] : maps) {
    write(scratch.file("map.grib2"), on_a_map(lambert));
    const auto source = open_one(scratch.file("map.grib2"));
    ASSERT_TRUE(source) << source.error().text();
    const auto known = (*source)->wind({5, 51}, then);
    ASSERT_TRUE(known);
    EXPECT_NEAR(length(*known), column, 0.005) << lambert;
    EXPECT_NEAR(direction_deg(*known), degrees, 0.02) << lambert;
    EXPECT_FALSE((*source)->wind({3.9, 51}, then));
  }
}

TEST(Grib, a_member_of_an_ensemble_is_taken_by_its_number_and_none_is_not_guessed) {
  const Scratch scratch;
  std::vector<Message> messages;
  for (const long member : {0, 1, 2}) {
    for (const long hour : {0, 1}) {
      for (const long number : {2, 3}) {
        Message message = wind(number, hour, 0);
        message.wholes.insert(message.wholes.begin(), {"productDefinitionTemplateNumber", 1});
        message.wholes.emplace_back("numberOfForecastsInEnsemble", 3);
        message.wholes.emplace_back("perturbationNumber", member);
        message.value = [=](std::size_t) { return static_cast<double>(5 * member + number); };
        messages.push_back(std::move(message));
      }
    }
  }
  write(scratch.file("ens.grib2"), messages);
  EXPECT_EQ(forcing_members({scratch.file("ens.grib2")}), (std::vector<int>{0, 1, 2}));
  const auto second = open_one(scratch.file("ens.grib2"), {.member = 2});
  ASSERT_TRUE(second) << second.error().text();
  EXPECT_NEAR((*second)->wind({1.5, 51}, then)->east, 12, 1e-3);
  EXPECT_NEAR((*second)->wind({1.5, 51}, then)->north, 13, 1e-3);
  EXPECT_NE(open_one(scratch.file("ens.grib2"))
                .error()
                .text()
                .find("is an ensemble of 3; take one by --member 0 to 2"),
            std::string::npos);
}

}  // namespace
}  // namespace varne
