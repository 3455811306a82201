// GRIB told as GRIB, and read.
#include <eccodes.h>
#include <gtest/gtest.h>

#include <fstream>

#include "netcdf_support.h"
#include "support.h"

namespace varne {
namespace {

using test::open_one;
using test::Scratch;

struct Message {
  long number;  ///< of WMO's table 4.2-0-2: 2 eastward, 3 northward wind
  long hour;
  double value;
  long height_m = 10;
};

/// 1 to 2 E, 51.5 to 50.5 N from north to south, steps of half a degree, run of 11 November 2021, 00 UTC.
void write(const std::string& path, const std::vector<Message>& messages) {
  std::ofstream file(path, std::ios::binary);
  for (const Message& each : messages) {
    codes_handle* handle = codes_grib_handle_new_from_samples(nullptr, "regular_ll_sfc_grib2");
    ASSERT_NE(handle, nullptr);
    const std::pair<const char*, long> wholes[] = {{"discipline", 0},
                                                   {"parameterCategory", 2},
                                                   {"parameterNumber", each.number},
                                                   {"typeOfFirstFixedSurface", 103},
                                                   {"scaleFactorOfFirstFixedSurface", 0},
                                                   {"scaledValueOfFirstFixedSurface", each.height_m},
                                                   {"dataDate", 20211111},
                                                   {"dataTime", 0},
                                                   {"forecastTime", each.hour},
                                                   {"Ni", 3},
                                                   {"Nj", 3}};
    for (const auto& [key, value] : wholes)
      ASSERT_EQ(codes_set_long(handle, key, value), CODES_SUCCESS) << key;
    const std::pair<const char*, double> degrees[] = {
        {"latitudeOfFirstGridPointInDegrees", 51.5}, {"latitudeOfLastGridPointInDegrees", 50.5},
        {"longitudeOfFirstGridPointInDegrees", 1},   {"longitudeOfLastGridPointInDegrees", 2},
        {"iDirectionIncrementInDegrees", 0.5},       {"jDirectionIncrementInDegrees", 0.5}};
    for (const auto& [key, value] : degrees)
      ASSERT_EQ(codes_set_double(handle, key, value), CODES_SUCCESS) << key;
    std::vector<double> values;  // grows by 1 a column to the east and by 10 a row to the south
    for (int k = 0; k < 9; ++k) values.push_back(each.value + k % 3 + 10 * (k / 3));
    ASSERT_EQ(codes_set_double_array(handle, "values", values.data(), values.size()), CODES_SUCCESS);
    const void* bytes = nullptr;
    std::size_t size = 0;
    ASSERT_EQ(codes_get_message(handle, &bytes, &size), CODES_SUCCESS);
    file.write(static_cast<const char*>(bytes), static_cast<std::streamsize>(size));
    codes_handle_delete(handle);
  }
}

TEST(Grib, wind_at_ten_metres_is_read_between_points_and_steps) {
  const Scratch scratch;
  write(scratch.file("wind.grib2"), {{2, 0, 0}, {3, 0, 5}, {2, 1, 2}, {3, 1, 6}});
  const auto source = open_one(scratch.file("wind.grib2"));
  ASSERT_TRUE(source) << source.error().text();
  // Half a column east of the first, half a row north of the last, half an hour on: 1 + 0.5 + 15.
  const auto wind = (*source)->wind({1.25, 50.75}, *parse_time("2021-11-11T00:30Z"));
  ASSERT_TRUE(wind);
  EXPECT_NEAR(wind->east, 16.5, 0.01);
  EXPECT_NEAR(wind->north, 21, 0.01);
  EXPECT_FALSE((*source)->wind({2.1, 51}, *parse_time("2021-11-11T00:30Z")));
  EXPECT_FALSE((*source)->wind({1.5, 51}, *parse_time("2021-11-11T01:30Z")));
}

TEST(Grib, another_height_and_a_file_cut_short_are_refused) {
  const Scratch scratch;
  write(scratch.file("high.grib2"), {{2, 0, 0, 100}, {3, 0, 5, 100}});
  const auto high = open_one(scratch.file("high.grib2"));
  ASSERT_FALSE(high);
  EXPECT_NE(high.error().text().find("is a wind at 100 m"), std::string::npos) << high.error().text();
  write(scratch.file("wind.grib2"), {{2, 0, 0}, {3, 0, 5}, {2, 1, 2}, {3, 1, 6}});
  const std::string whole = test::read_all(scratch.file("wind.grib2"));
  const auto cut = open_one(scratch.write("cut.grib2", whole.substr(0, whole.size() - 40)));
  ASSERT_FALSE(cut);
  EXPECT_NE(cut.error().text().find("cannot be read as GRIB after 3 messages"), std::string::npos)
      << cut.error().text();
}

}  // namespace
}  // namespace varne
