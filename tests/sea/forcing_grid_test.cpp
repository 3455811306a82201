// Forcing that lies on no plain grid of longitude and latitude, and how axes, groups and names are written.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

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

/// A staggered mesh along longitude and latitude, as CROCO and ROMS have it: u at the cells' sides, v at
/// their ends, on two levels that count upwards. The flow at the surface is (longitude, latitude) / 10, at
/// the bottom 9.
void write_staggered(const std::string& path) {
  constexpr std::size_t n = 6;
  NetcdfWriter file(path);
  file.dimension("time", 2);
  file.dimension("s_rho", 2);
  file.dimension("eta_rho", n);
  file.dimension("xi_rho", n);
  file.dimension("xi_u", n - 1);
  file.dimension("eta_v", n - 1);
  file.variable("time", {"time"}, {{"units", "seconds since 2021-11-11 00:00:00"}});
  file.variable("s_rho", {"s_rho"}, {{"standard_name", "ocean_s_coordinate_g2"}, {"positive", "up"}});
  file.variable("lon_u", {"eta_rho", "xi_u"}, {{"units", "degree_east"}});
  file.variable("lat_u", {"eta_rho", "xi_u"}, {{"units", "degree_north"}});
  file.variable("lon_v", {"eta_v", "xi_rho"}, {{"units", "degree_east"}});
  file.variable("lat_v", {"eta_v", "xi_rho"}, {{"units", "degree_north"}});
  file.variable("u", {"time", "s_rho", "eta_rho", "xi_u"},
                {{"units", "meter second-1"}, {"coordinates", "lon_u lat_u"}});
  file.variable("v", {"time", "s_rho", "eta_v", "xi_rho"},
                {{"units", "meter second-1"}, {"coordinates", "lon_v lat_v"}});
  file.values("time", {0, 3600});
  file.values("s_rho", {-0.75, -0.25});
  for (const bool side : {true, false}) {  // u, then v
    std::vector<double> lons, lats, flow;
    for (std::size_t j = 0; j < (side ? n : n - 1); ++j) {
      for (std::size_t i = 0; i < (side ? n - 1 : n); ++i) {
        lons.push_back(1 + 0.1 * static_cast<double>(i) + (side ? 0.05 : 0));
        lats.push_back(50.5 + 0.1 * static_cast<double>(j) + (side ? 0 : 0.05));
      }
    }
    for (int moment = 0; moment < 2; ++moment) {
      flow.insert(flow.end(), lons.size(), 9);
      for (std::size_t k = 0; k < lons.size(); ++k) flow.push_back((side ? lons[k] : lats[k]) / 10);
    }
    file.values(side ? "lon_u" : "lon_v", lons);
    file.values(side ? "lat_u" : "lat_v", lats);
    file.values(side ? "u" : "v", flow);
  }
}

TEST(ForcingGrid, staggered_components_of_croco_are_taken_each_on_its_own_points) {
  const Scratch scratch;
  write_staggered(scratch.file("croco.nc"));
  const auto source = test::open_one(scratch.file("croco.nc"));
  ASSERT_TRUE(source) << source.error().text();
  const auto current = (*source)->current({1.27, 50.83}, then);
  ASSERT_TRUE(current);
  EXPECT_NEAR(current->east, 0.127, 1e-6);
  EXPECT_NEAR(current->north, 5.083, 1e-6);
  EXPECT_FALSE((*source)->current({1.02, 50.83}, then)) << "v is known there, u is not";
}

/// NEMO: the components in two files under names of its own, each with nav_lon and nav_lat of its own points.
TEST(ForcingGrid, nemos_two_files_with_points_of_their_own_are_one_current) {
  const Scratch scratch;
  for (const bool east : {true, false}) {
    NetcdfWriter file(scratch.file(east ? "grid_U.nc" : "grid_V.nc"));
    const char* depth = east ? "depthu" : "depthv";
    const char* name = east ? "vozocrtx" : "vomecrty";
    file.dimension("time_counter", 2);
    file.dimension(depth, 2);
    file.dimension("y", 4);
    file.dimension("x", 5);
    file.variable("time_counter", {"time_counter"},
                  {{"units", "seconds since 2021-11-11 00:00:00"}, {"calendar", "gregorian"}});
    file.variable(depth, {depth}, {{"units", "m"}, {"positive", "down"}});
    file.variable("nav_lon", {"y", "x"}, {{"units", "degrees_east"}});
    file.variable("nav_lat", {"y", "x"}, {{"units", "degrees_north"}});
    file.variable(
        name, {"time_counter", depth, "y", "x"},
        {{"units", "m/s"}, {"coordinates", std::string("time_counter ") + depth + " nav_lat nav_lon"}});
    std::vector<double> lons, lats, flow;
    for (std::size_t j = 0; j < 4; ++j) {
      for (std::size_t i = 0; i < 5; ++i) {
        lons.push_back(1 + 0.2 * static_cast<double>(i) + (east ? 0.1 : 0));
        lats.push_back(50 + 0.2 * static_cast<double>(j) + (east ? 0 : 0.1));
      }
    }
    for (int moment = 0; moment < 2; ++moment) {
      for (const double lon : lons) flow.push_back((east ? 0.1 : -0.1) * lon);
      flow.insert(flow.end(), lons.size(), 9);  // below
    }
    file.values("time_counter", {0, 3600});
    file.values(depth, {0.5, 20});
    file.values("nav_lon", lons);
    file.values("nav_lat", lats);
    file.values(name, flow);
  }
  const auto sources = open_forcing({scratch.file("grid_U.nc"), scratch.file("grid_V.nc")});
  ASSERT_TRUE(sources) << sources.error().text();
  ASSERT_EQ(sources->size(), 1U);
  const auto current = sources->front()->current({1.34, 50.27}, then);
  ASSERT_TRUE(current);
  EXPECT_NEAR(current->east, 0.134, 1e-6);
  EXPECT_NEAR(current->north, -0.134, 1e-6);
}

TEST(ForcingGrid, triangular_meshes_are_refused_with_the_tool_that_puts_them_on_a_grid) {
  const Scratch scratch;
  {
    NetcdfWriter file(scratch.file("fvcom.nc"));
    file.dimension("time", 2);
    file.dimension("siglay", 2);
    file.dimension("nele", 4);
    file.variable("time", {"time"}, {{"units", "hours since 2021-11-11"}});
    file.variable("lonc", {"nele"}, {{"units", "degrees_east"}, {"standard_name", "longitude"}});
    file.variable("latc", {"nele"}, {{"units", "degrees_north"}, {"standard_name", "latitude"}});
    for (const auto* name : {"u", "v"})
      file.variable(
          name, {"time", "siglay", "nele"},
          {{"units", "m s-1"},
           {"standard_name", *name == 'u' ? "eastward_sea_water_velocity" : "northward_sea_water_velocity"},
           {"coordinates", "time siglay latc lonc"}});
    file.values("time", {0, 1});
    file.values("lonc", {1, 1.1, 1.2, 1.3});
    file.values("latc", {50, 50.1, 50.2, 50.1});
  }
  const auto source = test::open_one(scratch.file("fvcom.nc"));
  ASSERT_FALSE(source);
  EXPECT_NE(source.error().text().find("unstructured (triangular) mesh along \"nele\"; put it on a "
                                       "longitude-latitude grid, for example with CDO (cdo remapdis"),
            std::string::npos)
      << source.error().text();
}

/// About the north pole on a sphere of 6371 km: 50 km down the meridian of 0 E lie at 90° less 2 atan(50 / (2
/// · 6371)) of latitude. The wind along x grows by 10 m/s a step of 100 km down that meridian, where x is
/// east.
TEST(ForcingGrid, axes_of_a_map_are_read_in_whatever_length_they_are_written) {
  const Scratch scratch;
  const std::tuple<const char*, double> lengths[] = {
      {"100  km", 1}, {"100 km", 1}, {"kilometers", 100}, {"km", 100}, {"m", 1e5}, {"", 1e5}, {"metre", 1e5}};
  for (const auto& [units, step] : lengths) {
    {
      NetcdfWriter file(scratch.file("pole.nc"));
      file.dimension("time", 2);
      file.dimension("y", 3);
      file.dimension("x", 3);
      file.variable("time", {"time"}, {{"units", "hours since 2021-11-11"}});
      file.variable("crs", {}, {{"grid_mapping_name", "polar_stereographic"}});
      file.attribute("crs", "latitude_of_projection_origin", {90});
      file.attribute("crs", "straight_vertical_longitude_from_pole", {0});
      file.attribute("crs", "standard_parallel", {90});
      file.attribute("crs", "earth_radius", {6371000});
      for (const auto* name : {"x", "y"})
        file.variable(
            name, {name},
            {{"units", units}, {"standard_name", std::string("projection_") + name + "_coordinate"}});
      for (const auto* name : {"x_wind_10m", "y_wind_10m"})
        file.variable(name, {"time", "y", "x"}, {{"units", "m/s"}, {"grid_mapping", "crs"}});
      file.values("time", {0, 1});
      file.values("x", {-step, 0, step});
      file.values("y", {-step, 0, step});
      std::vector<double> wind;
      for (int moment = 0; moment < 2; ++moment)
        for (const double row : {20, 10, 0}) wind.insert(wind.end(), 3, row);
      file.values("x_wind_10m", wind);
      file.values("y_wind_10m", std::vector<double>(18, 0));
    }
    const auto source = test::open_one(scratch.file("pole.nc"));
    ASSERT_TRUE(source) << units << source.error().text();
    const auto wind = (*source)->wind({0, 89.55034150498093}, then);
    ASSERT_TRUE(wind) << units;
    EXPECT_NEAR(wind->east, 15, 1e-4) << units;
    EXPECT_NEAR(wind->north, 0, 1e-4) << units;
  }
}

TEST(ForcingGrid, uneven_axes_and_axes_rounded_when_written_are_read) {
  const Scratch scratch;
  const auto opened = [&](std::vector<double> lons) {
    test::SmallSea sea{.given = {{"uo", {{"units", "m/s"}}, 0}, {"vo", {{"units", "m/s"}}, 0}}, .lons = lons};
    for (auto& each : sea.given) each.value = [=](auto, auto, std::size_t x) { return lons[x]; };
    sea.write(scratch.file("sea.nc"));
    return test::open_one(scratch.file("sea.nc"));
  };
  // The current is the longitude, on whatever points.
  const auto uneven = opened({1, 1.1, 1.5, 2});
  ASSERT_TRUE(uneven) << uneven.error().text();
  for (const double lon : {1.05, 1.3, 1.9})
    EXPECT_NEAR((*uneven)->current({lon, 50.75}, then)->east, lon, 1e-6);
  EXPECT_EQ((*uneven)->grid(SeaPart::current).kind, SourceGrid::Kind::other);
  // A twelfth of a degree as two decimals and as a float: even, for the loops too.
  for (const auto& rounded : {std::vector<double>{1, 1.0833, 1.1667, 1.25, 1.3333},
                              std::vector<double>{1, 1.08333337, 1.16666663, 1.25, 1.33333337}}) {
    const auto source = opened(rounded);
    ASSERT_TRUE(source) << source.error().text();
    EXPECT_EQ((*source)->grid(SeaPart::current).kind, SourceGrid::Kind::even);
    EXPECT_NEAR((*source)->current({1.2, 50.75}, then)->east, 1.2, 1e-4);
  }
}

/// The sea in one group and the air in another, each with axes of its own under the same names.
TEST(ForcingGrid, variables_in_groups_have_their_own_groups_axes) {
  const Scratch scratch;
  const auto good = [](int status) { ASSERT_EQ(status, NC_NOERR) << nc_strerror(status); };
  int file = 0;
  good(nc_create(scratch.file("groups.nc").c_str(), NC_CLOBBER | NC_NETCDF4, &file));
  for (const bool sea : {true, false}) {
    int group = 0;
    good(nc_def_grp(file, sea ? "ocean" : "atmosphere", &group));
    int dimensions[3] = {};
    const std::vector<double> axes[3] = {
        {0, 1}, {50, 51}, sea ? std::vector<double>{1, 2} : std::vector<double>{0, 4}};
    const char* names[3] = {"time", "lat", "lon"};
    const std::string units[3] = {"hours since 2021-11-11", "degrees_north", "degrees_east"};
    for (int d = 0; d < 3; ++d) {
      good(nc_def_dim(group, names[d], 2, &dimensions[d]));
      int axis = 0;
      good(nc_def_var(group, names[d], NC_DOUBLE, 1, &dimensions[d], &axis));
      good(nc_put_att_text(group, axis, "units", units[d].size(), units[d].data()));
      good(nc_put_var_double(group, axis, axes[d].data()));
    }
    for (const char* name : sea ? std::vector{"uo", "vo"} : std::vector{"u10", "v10"}) {
      int variable = 0;
      good(nc_def_var(group, name, NC_DOUBLE, 3, dimensions, &variable));
      good(nc_put_att_text(group, variable, "units", 3, "m/s"));
      const double west = sea ? 1 : 0;
      const double east = sea ? 2 : 4;
      const double values[8] = {west, east, west, east, west, east, west, east};  // the longitude
      good(nc_put_var_double(group, variable, values));
    }
  }
  good(nc_close(file));
  const auto source = test::open_one(scratch.file("groups.nc"));
  ASSERT_TRUE(source) << source.error().text();
  EXPECT_NEAR((*source)->current({1.25, 50.5}, then)->east, 1.25, 1e-6);
  EXPECT_NEAR((*source)->wind({1.25, 50.5}, then)->east, 1.25, 1e-6);
  EXPECT_NEAR((*source)->wind({3, 50.5}, then)->east, 3, 1e-6);
  EXPECT_FALSE((*source)->current({3, 50.5}, then));
}

/// What wgrib2 -netcdf makes of a GRIB file: its names, its fill value, seconds of 1970.
TEST(ForcingGrid, wgrib2s_names_levels_and_fill_are_known) {
  const Scratch scratch;
  const auto var = [](const char* name, const char* units, double value, const char* level) {
    return test::Given{name, {{"units", units}, {"level", level}, {"short_name", name}}, value};
  };
  test::SmallSea sea{
      .given = {var("UGRD_10maboveground", "m/s", 3, "10 m above ground"),
                var("VGRD_10maboveground", "m/s", -4, "10 m above ground"),
                var("UGRD_850mb", "m/s", 30, "850 mb"), var("VGRD_850mb", "m/s", 40, "850 mb"),
                var("UOGRD_surface", "m/s", 0.5, "surface"), var("VOGRD_surface", "m/s", 0.25, "surface"),
                var("HTSGW_surface", "m", 1.5, "surface")},
      .times = {1636588800, 1636592400},
      .time_units = "seconds since 1970-01-01 00:00:00.0 0:00",
      .type = NC_FLOAT};
  sea.given[4].value = [](auto, auto, std::size_t x) { return x == 0 ? 9.999e20 : 0.5; };
  sea.declare = [](NetcdfWriter& file) {
    file.attribute("UOGRD_surface", "_FillValue", {9.999e20}, NC_FLOAT);
  };
  sea.write(scratch.file("gfs.nc"));
  const auto source = test::open_one(scratch.file("gfs.nc"));
  ASSERT_TRUE(source) << source.error().text();
  EXPECT_EQ((*source)->wind({1.5, 50.75}, then), (Vec{3, -4}));
  EXPECT_EQ((*source)->current({1.5, 50.75}, then), (Vec{0.5, 0.25}));
  EXPECT_TRUE((*source)->current_extended({1.1, 50.75}, then)) << "9.999e20 is no value";
  EXPECT_EQ((*source)->wave_height_m({1.5, 50.75}, then), 1.5);
}

}  // namespace
}  // namespace varne
