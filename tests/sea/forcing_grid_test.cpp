// Forcing that lies on no plain netCDF grid: curvilinear meshes, and GRIB.
#include <eccodes.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <memory>

#include "netcdf_support.h"
#include "support.h"

namespace varne {
namespace {

using test::NetcdfWriter;
using test::Scratch;

const Time then = *parse_time("2021-11-11T00:30Z");

/// ROMS as it writes: 9 x 9 points 0.1 apart, rows and columns turned by 30° from 1 E 50 N; a unit flow along
/// the rows from north-east 30° (u, v), the same everywhere, and a temperature of 10 °C + longitude +
/// latitude - 50.
void write_roms(const std::string& path, bool angle) {
  constexpr std::size_t n = 9;
  const double cosine = std::sqrt(0.75);
  std::vector<double> lons, lats, angles, ones, zeros, temperatures;
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t i = 0; i < n; ++i) {
      const double x = 0.1 * static_cast<double>(i);
      const double y = 0.1 * static_cast<double>(j);
      lons.push_back(1 + x * cosine - y * 0.5);
      lats.push_back(50 + x * 0.5 + y * cosine);
    }
  }
  for (int t = 0; t < 2; ++t) {
    for (std::size_t k = 0; k < n * n; ++k) {
      ones.push_back(1);
      zeros.push_back(0);
      temperatures.push_back(10 + lons[k] + lats[k] - 50);
    }
  }
  angles.assign(n * n, std::acos(0.0) / 3);
  NetcdfWriter file(path);
  file.dimension("ocean_time", 2);
  file.dimension("eta_rho", n);
  file.dimension("xi_rho", n);
  file.variable("ocean_time", {"ocean_time"}, {{"units", "seconds since 2021-11-11 00:00:00"}});
  file.variable("lon_rho", {"eta_rho", "xi_rho"}, {{"units", "degree_east"}});
  file.variable("lat_rho", {"eta_rho", "xi_rho"}, {{"units", "degree_north"}});
  if (angle) file.variable("angle", {"eta_rho", "xi_rho"}, {{"units", "radians"}});
  const std::vector<std::string> all{"ocean_time", "eta_rho", "xi_rho"};
  file.variable("u", all, {{"units", "meter second-1"}, {"coordinates", "lon_rho lat_rho ocean_time"}});
  file.variable("v", all, {{"units", "meter second-1"}, {"coordinates", "lon_rho lat_rho ocean_time"}});
  file.variable("sst", all, {{"units", "degC"}, {"coordinates", "lon_rho lat_rho ocean_time"}});
  file.values("ocean_time", {0, 3600});
  file.values("lon_rho", lons);
  file.values("lat_rho", lats);
  if (angle) file.values("angle", angles);
  file.values("u", ones);
  file.values("v", zeros);
  file.values("sst", temperatures);
}

TEST(ForcingGrid, roms_mesh_is_read_and_its_vectors_are_turned_by_its_angle) {
  const Scratch scratch;
  write_roms(scratch.file("roms.nc"), true);
  const auto source = test::open_one(scratch.file("roms.nc"));
  ASSERT_TRUE(source) << source.error().text();
  const Place inside{1.12, 50.43};
  const auto current = (*source)->current(inside, then);
  ASSERT_TRUE(current);
  EXPECT_NEAR(current->east, std::sqrt(0.75), 1e-6);
  EXPECT_NEAR(current->north, 0.5, 1e-6);
  EXPECT_NEAR((*source)->water_temperature_c(inside, then).value_or(0), 10 + 1.12 + 0.43, 1e-5);
  EXPECT_FALSE((*source)->current({1.5, 50.05}, then)) << "within the mesh's box, outside the mesh";
  EXPECT_EQ((*source)->grid(SeaPart::current).kind, SourceGrid::Kind::other);
}

/// Points as they lie: a step along a row is 0.0866° east and 0.05° north, at 50.4 N 0.0552 east to 0.05.
TEST(ForcingGrid, mesh_without_an_angle_is_turned_as_its_rows_lie) {
  const Scratch scratch;
  write_roms(scratch.file("roms.nc"), false);
  const auto source = test::open_one(scratch.file("roms.nc"));
  ASSERT_TRUE(source) << source.error().text();
  const auto current = (*source)->current({1.12, 50.43}, then);
  ASSERT_TRUE(current);
  EXPECT_NEAR(std::atan2(current->north, current->east), std::atan2(0.5, std::sqrt(0.75) * 0.6370), 0.01);
  EXPECT_NEAR(std::hypot(current->north, current->east), 1, 1e-3);
}

/// A wind at a height on 1 to 2 E, 50 to 51 N: 4 + longitude m/s to the east and 3 m/s to the north, 11
/// November 2021, a message an hour and component.
void write_grib(const std::string& path, long height_m) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "wb"), std::fclose);
  for (const long hour : {0, 1}) {
    for (const long number : {2, 3}) {
      codes_handle* handle = codes_grib_handle_new_from_samples(nullptr, "regular_ll_sfc_grib2");
      ASSERT_NE(handle, nullptr);
      const std::pair<const char*, long> whole[] = {{"Ni", 3},
                                                    {"Nj", 3},
                                                    {"dataDate", 20211111},
                                                    {"dataTime", 0},
                                                    {"forecastTime", hour},
                                                    {"discipline", 0},
                                                    {"parameterCategory", 2},
                                                    {"parameterNumber", number},
                                                    {"typeOfFirstFixedSurface", 103},
                                                    {"scaleFactorOfFirstFixedSurface", 0},
                                                    {"scaledValueOfFirstFixedSurface", height_m}};
      for (const auto& [key, value] : whole) ASSERT_EQ(codes_set_long(handle, key, value), 0) << key;
      const std::pair<const char*, double> broken[] = {
          {"latitudeOfFirstGridPointInDegrees", 51}, {"longitudeOfFirstGridPointInDegrees", 1},
          {"latitudeOfLastGridPointInDegrees", 50},  {"longitudeOfLastGridPointInDegrees", 2},
          {"iDirectionIncrementInDegrees", 0.5},     {"jDirectionIncrementInDegrees", 0.5}};
      for (const auto& [key, value] : broken) ASSERT_EQ(codes_set_double(handle, key, value), 0) << key;
      std::vector<double> values;
      for (std::size_t k = 0; k < 9; ++k)
        values.push_back(number == 2 ? 5 + 0.5 * static_cast<double>(k % 3) : 3);
      ASSERT_EQ(codes_set_double_array(handle, "values", values.data(), values.size()), 0);
      const void* bytes = nullptr;
      std::size_t size = 0;
      ASSERT_EQ(codes_get_message(handle, &bytes, &size), 0);
      ASSERT_EQ(std::fwrite(bytes, 1, size, file.get()), size);
      codes_handle_delete(handle);
    }
  }
}

TEST(ForcingGrid, grib_is_read_by_what_it_is_and_not_by_its_name) {
  const Scratch scratch;
  write_grib(scratch.file("wind.nc"), 10);
  const auto source = test::open_one(scratch.file("wind.nc"));
  ASSERT_TRUE(source) << source.error().text();
  const auto wind = (*source)->wind({1.25, 50.75}, then);
  ASSERT_TRUE(wind);
  EXPECT_NEAR(wind->east, 5.25, 1e-3);
  EXPECT_NEAR(wind->north, 3, 1e-3);
  EXPECT_FALSE((*source)->wind({2.1, 50.75}, then));
  EXPECT_FALSE((*source)->wind({1.25, 50.75}, *parse_time("2021-11-11T01:01Z")));
}

TEST(ForcingGrid, grib_wind_at_a_hundred_metres_is_refused) {
  const Scratch scratch;
  write_grib(scratch.file("wind.grib2"), 100);
  const auto source = test::open_one(scratch.file("wind.grib2"));
  ASSERT_FALSE(source);
  EXPECT_NE(source.error().text().find("100"), std::string::npos) << source.error().text();
  EXPECT_NE(source.error().text().find("10 m"), std::string::npos) << source.error().text();
}

}  // namespace
}  // namespace varne
