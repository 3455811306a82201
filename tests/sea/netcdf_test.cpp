#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

#include "netcdf_support.h"
#include "support.h"
#include "varne/core/csv.h"

namespace varne {
namespace {

using std::chrono::minutes;
using test::NetcdfWriter;
using test::open_one;
using test::Scratch;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Time at(const char* text) {
  return *parse_time(text);
}

/// What a file under test looks like; each test changes what it is about.
struct Example {
  std::vector<double> lons = {1, 1.5, 2};
  std::vector<double> lats = {50.5, 51};
  std::vector<double> times = {0, 1};
  std::string time_units = "hours since 2021-11-11 00:00:00";
  std::string calendar;
  std::string u = "water_u";
  std::string v = "water_v";
  std::string units = "m/s";
  int format = NC_NETCDF4;
  nc_type type = NC_DOUBLE;
  /// East component at a time, lat, lon index; north is its negative.
  std::function<double(std::size_t, std::size_t, std::size_t)> value = [](auto t, auto y, auto x) {
    return static_cast<double>(t) + 0.1 * static_cast<double>(y) + 0.01 * static_cast<double>(x);
  };
  std::function<void(NetcdfWriter&)> also = [](NetcdfWriter&) {};

  void write(const std::string& path) const {
    NetcdfWriter file(path, format);
    file.dimension("time", times.size());
    file.dimension("lat", lats.size());
    file.dimension("lon", lons.size());
    file.variable("lon", {"lon"}, {{"units", "degrees_east"}});
    file.variable("lat", {"lat"}, {{"units", "degrees_north"}});
    file.variable("time", {"time"}, {{"units", time_units}, {"calendar", calendar}});
    file.variable(u, {"time", "lat", "lon"}, {{"units", units}}, type);
    file.variable(v, {"time", "lat", "lon"}, {{"units", units}}, type);
    also(file);
    file.values("lon", lons);
    file.values("lat", lats);
    file.values("time", times);
    std::vector<double> east;
    std::vector<double> north;
    for (std::size_t t = 0; t < times.size(); ++t) {
      for (std::size_t y = 0; y < lats.size(); ++y) {
        for (std::size_t x = 0; x < lons.size(); ++x) {
          east.push_back(value(t, y, x));
          north.push_back(-value(t, y, x));
        }
      }
    }
    file.values(u, east);
    file.values(v, north);
  }
};

Result<std::shared_ptr<const SeaSource>> opened(const Example& example) {
  const Scratch scratch;
  example.write(scratch.file("sea.nc"));
  return open_one(scratch.file("sea.nc"));
}

std::string refusal(const Example& example) {
  const auto source = opened(example);
  return source ? "opened" : source.error().text();
}

void expect_east(const SeaSource& source, Place place, const char* time, double east) {
  const auto current = source.current(place, at(time));
  ASSERT_TRUE(current) << place.lon << " " << place.lat << " " << time;
  EXPECT_NEAR(current->east, east, 1e-6);
  EXPECT_NEAR(current->north, -east, 1e-6);
}

TEST(Netcdf, interpolates_between_points_and_moments_and_knows_nothing_beyond) {
  const auto source = opened({});
  ASSERT_TRUE(source) << source.error().text();
  EXPECT_EQ((*source)->name(), "sea.nc");
  expect_east(**source, {1, 50.5}, "2021-11-11T00:00Z", 0);
  expect_east(**source, {2, 51}, "2021-11-11T01:00Z", 1.12);
  expect_east(**source, {1.25, 50.75}, "2021-11-11T00:30Z", 0.5 + 0.05 + 0.005);
  for (const Place outside : {Place{0.999, 50.7}, Place{2.001, 50.7}, Place{1.5, 50.499}, Place{1.5, 51.001},
                              Place{nan, 50.7}, Place{1.5, nan}}) {
    EXPECT_FALSE((*source)->current(outside, at("2021-11-11T00:30Z")));
  }
  EXPECT_FALSE((*source)->current({1.5, 50.7}, at("2021-11-10T23:59:59Z")));
  EXPECT_FALSE((*source)->current({1.5, 50.7}, at("2021-11-11T01:00:01Z")));
  EXPECT_FALSE((*source)->wind({1.5, 50.7}, at("2021-11-11T00:30Z"))) << "a current is no wind";
  EXPECT_FALSE((*source)->depth_m({1.5, 50.7}));
}

TEST(Netcdf, source_has_the_hash_of_its_file_as_sha256sum_says_it) {
  const Scratch scratch;
  Example().write(scratch.file("sea.nc"));
  const auto source = open_one(scratch.file("sea.nc"));
  ASSERT_TRUE(source) << source.error().text();
  EXPECT_EQ((*source)->hash(), sha256(test::read_all(scratch.file("sea.nc"))));
  Example changed;
  changed.value = [](auto, auto, auto) { return 0.5; };
  changed.write(scratch.file("sea.nc"));
  EXPECT_NE((*open_one(scratch.file("sea.nc")))->hash(), (*source)->hash()) << "the same name, another sea";
}

TEST(Netcdf, reads_every_format_and_packing) {
  for (const int format : {0, NC_64BIT_OFFSET, NC_64BIT_DATA, NC_NETCDF4, NC_NETCDF4 | NC_CLASSIC_MODEL}) {
    Example example;
    example.format = format;
    const auto source = opened(example);
    ASSERT_TRUE(source) << source.error().text();
    expect_east(**source, {1.25, 50.75}, "2021-11-11T00:30Z", 0.555);
  }
  Example packed;
  packed.type = NC_SHORT;
  packed.value = [](auto t, auto y, auto x) {  // stored 100·(value - 2)
    return 10 * static_cast<double>(t + y + x) - 200;
  };
  packed.also = [](NetcdfWriter& file) {
    for (const auto* name : {"water_u", "water_v"}) {
      file.attribute(name, "scale_factor", {0.01});
      file.attribute(name, "add_offset", {2});
    }
  };
  const auto source = opened(packed);
  ASSERT_TRUE(source) << source.error().text();
  const auto here = (*source)->current({1, 50.5}, at("2021-11-11T01:00Z"));
  ASSERT_TRUE(here);
  EXPECT_NEAR(here->east, 0.1, 1e-6);
}

/// Five by five points of which the western three columns hold `stored`.
Result<std::shared_ptr<const SeaSource>> with_land(double stored, const char* attribute, double number) {
  Example example;
  example.lons = {1, 1.1, 1.2, 1.3, 1.4};
  example.lats = {50, 50.1, 50.2, 50.3, 50.4};
  example.value = [stored](auto, auto y, auto x) { return x < 3 ? stored : 0.1 * static_cast<double>(y); };
  if (attribute != nullptr) {
    example.also = [=](NetcdfWriter& file) {
      for (const auto* name : {"water_u", "water_v"}) file.attribute(name, attribute, {number});
    };
  }
  return opened(example);
}

TEST(Netcdf, takes_missing_in_every_way_it_is_said) {
  const auto missing = [](double stored, const char* attribute, double number) {
    const auto source = with_land(stored, attribute, number);
    return source && (*source)->current_extended({1.15, 50.2}, at("2021-11-11")) &&
           !(*source)->current_extended({1.35, 50.2}, at("2021-11-11"));
  };
  EXPECT_TRUE(missing(nan, nullptr, 0));
  EXPECT_TRUE(missing(std::numeric_limits<double>::infinity(), nullptr, 0));
  EXPECT_TRUE(missing(NC_FILL_DOUBLE, nullptr, 0));
  EXPECT_TRUE(missing(999, "_FillValue", 999));
  EXPECT_TRUE(missing(999, "missing_value", 999));
  EXPECT_TRUE(missing(999, "valid_max", 10));
  EXPECT_TRUE(missing(-999, "valid_min", -10));
  EXPECT_FALSE(missing(0.5, "missing_value", 999));
}

TEST(Netcdf, takes_longitudes_and_latitudes_as_they_come) {
  Example turned;
  turned.lons = {359.5, 0, 0.5};
  turned.lats = {51, 50.5};
  const auto source = opened(turned);
  ASSERT_TRUE(source) << source.error().text();
  expect_east(**source, {-0.25, 51}, "2021-11-11T00:00Z", 0.005);
  expect_east(**source, {0.25, 50.75}, "2021-11-11T00:00Z", 0.065);
  EXPECT_FALSE((*source)->current({-0.51, 51}, at("2021-11-11")));
  EXPECT_FALSE((*source)->current({0.51, 51}, at("2021-11-11")));

  Example global;
  global.lons = {0, 90, 180, 270};
  const auto earth = opened(global);
  ASSERT_TRUE(earth) << earth.error().text();
  expect_east(**earth, {-90, 50.5}, "2021-11-11T00:00Z", 0.03);
  expect_east(**earth, {-45, 50.5}, "2021-11-11T00:00Z", 0.015);
  expect_east(**earth, {180, 50.5}, "2021-11-11T00:00Z", 0.02);
  expect_east(**earth, {-180, 50.5}, "2021-11-11T00:00Z", 0.02);
}

TEST(Netcdf, counts_time_in_any_unit) {
  const std::pair<const char*, std::vector<double>> clocks[] = {
      {"seconds since 1970-01-01 00:00:00 +00:00", {1636588800, 1636592400}},
      {"Hours since 2021-11-10", {24, 25}},
      {"days since 1950-1-1", {26247, 26247 + 1.0 / 24}},
      {"minutes since 2021-11-11T01:00:00+01:00", {0, 60}},
      {"minutes since 2021-11-11 01:00:00.0 +0100", {0, 60}},
      {"msec since 2021-11-11 00:00:00Z", {0, 3600000}},
      {"days since 1-1-1 00:00:0.0",
       {738106, 738106 + 1.0 / 24}},  // mixed calendar: two days more than proleptic
  };
  for (const auto& [units, counts] : clocks) {
    Example example;
    example.time_units = units;
    example.times = counts;
    const auto source = opened(example);
    ASSERT_TRUE(source) << source.error().text();
    const auto current = (*source)->current({1, 50.5}, at("2021-11-11T00:30Z"));
    ASSERT_TRUE(current) << units;
    EXPECT_NEAR(current->east, 0.5, 1e-3) << units;
  }
}

TEST(Netcdf, refuses_what_it_cannot_read_by_file_and_variable) {
  const auto changed = [](auto change) {
    Example example;
    change(example);
    return refusal(example);
  };
  const auto says = [](const std::string& text, const char* part) {
    EXPECT_NE(text.find(part), std::string::npos) << text;
  };
  says(changed([](Example& e) {
         e.u = "foo";
         e.v = "bar";
       }),
       "sea.nc: holds no current");
  says(changed([](Example& e) { e.u = "foo"; }), "sea.nc: water_v: is half a current");
  says(changed([](Example& e) { e.units = "kg/m2"; }), "sea.nc: water_u: has the units \"kg/m2\"");
  says(changed([](Example& e) { e.time_units = "hours"; }), "sea.nc: time: has the units \"hours\"");
  says(changed([](Example& e) { e.time_units = "months since 2021-11-01"; }),
       "sea.nc: time: counts in \"months\"");
  says(changed([](Example& e) { e.time_units = "hours since yesterday"; }), "yesterday");
  says(changed([](Example& e) { e.calendar = "360_day"; }),
       "sea.nc: time: counts in the calendar \"360_day\"");
  says(changed([](Example& e) { e.times = {1, 1}; }), "sea.nc: time: does not ascend");
  says(changed([](Example& e) { e.times = {0, nan}; }), "sea.nc: time: holds the time");
  says(changed([](Example& e) { e.times = {0, 1e12}; }), "sea.nc: time: holds the time");
  says(changed([](Example& e) { e.lats = {50, 50}; }), "sea.nc: lat");
  says(changed([](Example& e) { e.lats = {50, nan}; }), "sea.nc: lat");
  says(changed([](Example& e) { e.lons = {1, 1.5, 1.2}; }), "sea.nc: lon: neither ascends nor descends");
  says(changed([](Example& e) { e.lons = {1}; }), "sea.nc: lon: has one point");
}

TEST(Netcdf, refuses_forcing_without_a_time_axis_and_odd_dimensions) {
  const Scratch scratch;
  const auto write = [&](const std::vector<std::string>& dimensions, const std::string& time_units) {
    NetcdfWriter file(scratch.file("odd.nc"));
    for (const auto* name : {"time", "lat", "lon", "member"}) file.dimension(name, 2);
    file.variable("lon", {"lon"}, {{"units", "degrees_east"}});
    file.variable("lat", {"lat"}, {{"units", "degrees_north"}});
    file.variable("time", {"time"}, {{"units", time_units}});
    for (const auto* name : {"u10", "v10"}) file.variable(name, dimensions, {{"units", "m/s"}});
    file.values("lon", {1, 2});
    file.values("lat", {50, 51});
    file.values("time", {0, 1});
  };
  write({"lat", "lon"}, "hours since 2021-11-11");
  EXPECT_NE(open_one(scratch.file("odd.nc")).error().text().find("u10: has no time axis"), std::string::npos);
  write({"time", "member", "lat", "lon"}, "hours since 2021-11-11");
  EXPECT_NE(open_one(scratch.file("odd.nc")).error().text().find("\"member\"; take one by --member 0 to 1"),
            std::string::npos);
  write({"time", "member"}, "hours since 2021-11-11");
  EXPECT_FALSE(open_one(scratch.file("odd.nc")));
  write({"lon", "lat", "time"}, "hours since 2021-11-11");
  EXPECT_TRUE(open_one(scratch.file("odd.nc"))) << "any order of dimensions will do";
}

TEST(Netcdf, takes_the_uppermost_depth_and_the_wind_at_ten_metres) {
  const Scratch scratch;
  {
    NetcdfWriter file(scratch.file("levels.nc"));
    file.dimension("time", 1);
    file.dimension("depth", 3);
    file.dimension("height", 3);
    file.dimension("latitude", 2);
    file.dimension("longitude", 3);
    file.variable("time", {"time"}, {{"units", "days since 2021-11-11"}});
    file.variable("depth", {"depth"}, {{"units", "m"}, {"positive", "down"}, {"standard_name", "depth"}});
    file.variable("height", {"height"}, {{"units", "m"}, {"standard_name", "height"}});
    file.variable("latitude", {"latitude"}, {{"standard_name", "latitude"}});
    file.variable("longitude", {"longitude"}, {{"standard_name", "longitude"}});
    file.variable("a", {"time", "depth", "latitude", "longitude"},
                  {{"standard_name", "eastward_sea_water_velocity"}, {"units", "m/s"}});
    file.variable("b", {"time", "depth", "latitude", "longitude"},
                  {{"standard_name", "northward_sea_water_velocity"}, {"units", "m/s"}});
    file.variable("c", {"height", "time", "longitude", "latitude"},
                  {{"standard_name", "eastward_wind"}, {"units", "m/s"}});
    file.variable("d", {"height", "time", "longitude", "latitude"},
                  {{"standard_name", "northward_wind"}, {"units", "m/s"}});
    file.variable("e", {"time", "depth", "latitude", "longitude"},
                  {{"standard_name", "sea_water_temperature"}, {"units", "K"}});
    file.variable("f", {"time", "latitude", "longitude"},
                  {{"standard_name", "sea_surface_wave_significant_height"}});
    file.variable("g", {"latitude", "longitude"}, {{"standard_name", "sea_floor_depth_below_geoid"}});
    file.values("time", {0});
    file.values("depth", {50, 10, 0.5});
    file.values("height", {2, 10, 100});
    file.values("latitude", {50, 51});
    file.values("longitude", {1, 2, 3});
    std::vector<double> by_level;
    for (int level = 0; level < 3; ++level) {
      for (int point = 0; point < 6; ++point) by_level.push_back(20 * level + point);
    }
    for (const auto* name : {"a", "b", "c", "d"}) file.values(name, by_level);
    for (double& value : by_level) value += 273.15;
    file.values("e", by_level);
    for (const auto* name : {"f", "g"}) file.values(name, {0, 1, 2, 3, 4, 5});
  }
  const auto source = open_one(scratch.file("levels.nc"), {.always = true});
  ASSERT_TRUE(source) << source.error().text();
  const Time then = at("2021-11-11");
  EXPECT_EQ((*source)->current({2, 51}, then), (Vec{44, 44}));
  EXPECT_EQ((*source)->wind({2, 51}, then), (Vec{23, 23})) << "longitude slow, latitude fast";
  EXPECT_NEAR(*(*source)->water_temperature_c({2, 51}, then), 44, 1e-4);
  EXPECT_EQ((*source)->wave_height_m({2, 51}, then), 4);
  EXPECT_EQ((*source)->depth_m({2, 51}), 4);
  const auto once = open_one(scratch.file("levels.nc"));
  ASSERT_FALSE(once);
  EXPECT_NE(once.error().text().find("levels.nc: a: holds one moment only, 2021-11-11T00:00:00Z"),
            std::string::npos)
      << once.error().text();
}

/// Every row of a reference run: the vectors OpenDrift interpolated at its positions.
void compare(const std::string& csv_path, const SeaSource& source, const char* u, const char* v, bool wind) {
  auto csv = *CsvFile::open(csv_path, {"time_utc", "lon", "lat", u, v});
  int rows = 0;
  while (*csv.next()) {
    if (csv[u].empty()) continue;  // the last position, where nothing was asked any more
    const Place place{*csv.number("lon"), *csv.number("lat")};
    const Time time = *parse_time(csv["time_utc"]);
    const auto known = wind ? source.wind(place, time) : source.current(place, time);
    ASSERT_TRUE(known) << csv.where();
    ASSERT_NEAR(known->east, *csv.number(u), 5e-5) << csv.where();
    ASSERT_NEAR(known->north, *csv.number(v), 5e-5) << csv.where();
    ++rows;
  }
  EXPECT_GT(rows, 50);
}

TEST(Netcdf, interpolates_the_washington_coast_as_the_reference_does) {
  VARNE_NEEDS_SHARED(hycom, "data/drift/wa_coast_hycom_current.nc");
  VARNE_NEEDS_SHARED(gfs, "data/drift/wa_coast_gfs_wind.nc");
  const auto current = open_one(hycom, {.coast = CoastRule::largest});
  ASSERT_TRUE(current) << current.error().text();
  const auto wind = open_one(gfs);
  ASSERT_TRUE(wind) << wind.error().text();
  for (const auto* run : {"reference/drift/det_wa_dt600.csv", "reference/drift/det_wa_dt3600.csv"}) {
    VARNE_NEEDS_SHARED(reference, run);
    compare(reference, **current, "u_current", "v_current", false);
    compare(reference, **wind, "u_wind", "v_wind", true);
  }
}

TEST(Netcdf, turns_a_lambert_grids_wind_to_true_north_as_the_reference_does) {
  VARNE_NEEDS_SHARED(arome, "data/drift/AROME_MetCoOp_00_DEF_20160114_subset.nc");
  VARNE_NEEDS_SHARED(reference, "reference/drift/det_arome_lambert_dt600.csv");
  const auto wind = open_one(arome);
  ASSERT_TRUE(wind) << wind.error().text();
  compare(reference, **wind, "u_wind", "v_wind", true);
  EXPECT_FALSE((*wind)->wind({-20, 62}, at("2016-01-14T01:00Z")));
}

}  // namespace
}  // namespace varne
