// Which of a file's variables answers, on which level, in which unit, and what counts as missing.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "netcdf_support.h"
#include "support.h"

namespace varne {
namespace {

using test::Given;
using test::open_one;
using test::Scratch;
using test::SmallSea;

constexpr Place here{1.25, 50.75};
const Time then = *parse_time("2021-11-11T00:30Z");

Given var(const std::string& name, double everywhere, const std::string& standard_name = "",
          test::NetcdfWriter::Attributes more = {}) {
  if (!standard_name.empty()) more.emplace_back("standard_name", standard_name);
  if (std::none_of(more.begin(), more.end(), [](const auto& each) { return each.first == "units"; }))
    more.emplace_back("units", "m s-1");
  return {name, std::move(more), everywhere};
}

Result<std::shared_ptr<const SeaSource>> opened(const SmallSea& sea, const ForcingOptions& options = {}) {
  const Scratch scratch;
  sea.write(scratch.file("sea.nc"));
  return open_one(scratch.file("sea.nc"), options);
}

ForcingOptions mapped(std::initializer_list<const char*> pairs) {
  ForcingOptions options;
  for (const char* pair : pairs) EXPECT_TRUE(add_to_map(options.map, pair)) << pair;
  return options;
}

void expect_current(const Result<std::shared_ptr<const SeaSource>>& source, Vec right) {
  ASSERT_TRUE(source) << source.error().text();
  const auto current = (*source)->current(here, then);
  ASSERT_TRUE(current);
  EXPECT_NEAR(current->east, right.east, 1e-6);
  EXPECT_NEAR(current->north, right.north, 1e-6);
}

void expect_wind(const Result<std::shared_ptr<const SeaSource>>& source, Vec right) {
  ASSERT_TRUE(source) << source.error().text();
  const auto wind = (*source)->wind(here, then);
  ASSERT_TRUE(wind);
  EXPECT_NEAR(wind->east, right.east, 1e-5);
  EXPECT_NEAR(wind->north, right.north, 1e-5);
}

void expect_refused(const Result<std::shared_ptr<const SeaSource>>& source, const std::string& words) {
  ASSERT_FALSE(source);
  EXPECT_NE(source.error().text().find(words), std::string::npos) << source.error().text();
}

void expect_note(const Result<std::shared_ptr<const SeaSource>>& source, const std::string& words) {
  ASSERT_TRUE(source) << source.error().text();
  std::string all;
  for (const auto& note : (*source)->notes()) all += note + "\n";
  EXPECT_NE(all.find(words), std::string::npos) << all;
}

TEST(ForcingChoice, total_current_answers_where_it_is_marked_and_it_is_said) {
  const auto source = opened({.given = {var("uo", 0.1), var("vo", 0.2), var("utide", 0.5), var("vtide", -0.5),
                                        var("utotal", 0.7), var("vtotal", -0.2)}});
  expect_current(source, {0.7, -0.2});
  expect_note(source, "of several currents utotal, vtotal is used, uo, vo, utide, vtide is not");
}

TEST(ForcingChoice, without_a_total_residual_and_tide_are_summed) {
  const auto source =
      opened({.given = {var("uo", 0.1), var("vo", 0.2), var("utide", 0.5), var("vtide", -0.5)}});
  expect_current(source, {0.6, -0.3});
  expect_note(source, "sum of what the files give without the tide and their tide");
}

TEST(ForcingChoice, residual_and_tide_in_two_files_are_summed_too) {
  const Scratch scratch;
  SmallSea{.given = {var("uo", 0.1), var("vo", 0.2)}}.write(scratch.file("a.nc"));
  SmallSea{.given = {var("utide", 0.5), var("vtide", -0.5)}}.write(scratch.file("b.nc"));
  const auto sources = open_forcing({scratch.file("a.nc"), scratch.file("b.nc")});
  ASSERT_TRUE(sources) << sources.error().text();
  ASSERT_EQ(sources->size(), 1U);
  expect_current(sources->front(), {0.6, -0.3});
}

TEST(ForcingChoice, several_currents_without_a_mark_are_refused_by_name_and_a_map_chooses) {
  const SmallSea sea{.given = {var("uo", 0.1), var("vo", 0.2), var("water_u", 0.5), var("water_v", -0.5),
                               var("a", 1, "eastward_sea_water_velocity"),
                               var("b", 2, "northward_sea_water_velocity")}};
  expect_refused(opened(sea),
                 "is one of several currents (uo, vo, water_u, water_v, a, b), and none is marked");
  expect_current(opened(sea, mapped({"x_sea_water_velocity=a", "y_sea_water_velocity=b"})), {1, 2});
  expect_current(opened(sea, mapped({"uo=water_u", "vo=water_v"})), {0.5, -0.5});
  // Two of one standard_name are two currents as well.
  expect_refused(opened({.given = {var("a", 1, "eastward_sea_water_velocity"),
                                   var("b", 2, "northward_sea_water_velocity"),
                                   var("c", 3, "eastward_sea_water_velocity"),
                                   var("d", 4, "northward_sea_water_velocity")}}),
                 "is one of several currents (a, b, c, d)");
}

TEST(ForcingChoice, mean_over_a_day_ahead_of_the_tides_says_so_and_can_be_summed_with_them) {
  const SmallSea daily{.given = {var("uo", 0.1, "", {{"cell_methods", "time: mean"}}),
                                 var("vo", 0.2, "", {{"cell_methods", "time: mean"}})},
                       .times = {0, 24, 48}};
  expect_note(opened(daily), "is a mean over half a day or more, without the tide");
  ForcingOptions options;
  options.tide_for_means = stated_source("tide", {{.current = Vec{0.5, -0.5}}});
  const auto summed = opened(daily, options);
  expect_current(summed, {0.6, -0.3});
  expect_note(summed, "the tide of \"tide\" is added to it");
  EXPECT_NE((*summed)->hash(), (*opened(daily))->hash());
  // A mean over an hour has the tide in it.
  SmallSea hourly = daily;
  hourly.times = {0, 1, 2};
  expect_current(opened(hourly, options), {0.1, 0.2});
  EXPECT_TRUE((*opened(hourly))->notes().empty());
}

TEST(ForcingChoice, u_and_v_alone_need_a_map_or_a_role) {
  const SmallSea sea{.given = {var("u", 3), var("v", 4)}};
  expect_refused(opened(sea), "say which is what by --map NAME=VAR");
  expect_wind(opened(sea, mapped({"x_wind=u", "y_wind=v"})), {3, 4});
  expect_current(opened(sea, {.role = Quantity::current}), {3, 4});
  expect_wind(opened(sea, {.role = Quantity::wind}), {3, 4});
}

TEST(ForcingChoice, velocity_without_units_is_refused_and_read_when_mapped) {
  const Given u{"uo", {}, 0.5};
  const Given v{"vo", {}, 0.25};
  expect_refused(opened({.given = {u, v}}),
                 "uo: has no units; write them into the file (units \"m s-1\"), or say by");
  const auto source = opened({.given = {u, v}}, mapped({"uo=uo", "vo=vo"}));
  expect_current(source, {0.5, 0.25});
  expect_note(source, "uo has no units; it is taken as m s-1");
}

TEST(ForcingChoice, variables_whose_name_and_standard_name_contradict_each_other_are_refused) {
  const SmallSea swapped{.given = {var("uo", 0.1, "northward_sea_water_velocity"),
                                   var("vo", 0.2, "eastward_sea_water_velocity")}};
  expect_refused(opened(swapped),
                 "uo: is named like a current towards east, and its standard_name is northward");
  expect_current(
      opened(swapped, mapped({"eastward_sea_water_velocity=vo", "northward_sea_water_velocity=uo"})),
      {0.2, 0.1});
}

TEST(ForcingChoice, map_is_refused_where_it_names_nothing) {
  NameMap map;
  EXPECT_NE(add_to_map(map, "foo=u").error().text().find("--map: \"foo\" is no name that is known"),
            std::string::npos);
  EXPECT_FALSE(add_to_map(map, "x_wind"));
  EXPECT_FALSE(add_to_map(map, "x_wind="));
  EXPECT_TRUE(add_to_map(map, "x_wind=u"));
  EXPECT_FALSE(add_to_map(map, "x_wind=v"));
  expect_refused(opened({.given = {var("uo", 1), var("vo", 2)}}, mapped({"x_wind=U"})),
                 "--map: x_wind=U: no file has a variable \"U\"");
}

TEST(ForcingChoice, units_go_through_udunits) {
  const std::pair<const char*, double> in_m_s[] = {{"m s-1", 1},
                                                   {"m/s", 1},
                                                   {"m s**-1", 1},
                                                   {"m.s-1", 1},
                                                   {"ms-1", 1},
                                                   {"meters/second", 1},
                                                   {"metre second-1", 1},
                                                   {"cm/s", 0.01},
                                                   {"km h-1", 1 / 3.6},
                                                   {"km/h", 1 / 3.6},
                                                   {"knot", 1852.0 / 3600},
                                                   {"knots", 1852.0 / 3600},
                                                   {"kn", 1852.0 / 3600},
                                                   {"kt", 1852.0 / 3600},
                                                   {"mile/hour", 0.44704},
                                                   {"ft/s", 0.3048},
                                                   {"0.1 m/s", 0.1}};
  for (const auto& [unit, factor] : in_m_s) {
    const auto source =
        opened({.given = {var("uo", 2, "", {{"units", unit}}), var("vo", -1, "", {{"units", unit}})}});
    ASSERT_TRUE(source) << source.error().text();
    EXPECT_NEAR((*source)->current(here, then)->east, 2 * factor, 2e-6 * factor) << unit;
    EXPECT_NEAR((*source)->current(here, then)->north, -factor, 2e-6 * factor) << unit;
  }
  for (const char* unit : {"m", "s-1", "degrees", "kg", "banana", "1"})
    expect_refused(opened({.given = {var("uo", 2, "", {{"units", unit}}), var("vo", -1)}}),
                   "uo: has the units");
  const auto warm = opened({.given = {var("sst", 68, "", {{"units", "degF"}})}});
  ASSERT_TRUE(warm) << warm.error().text();
  EXPECT_NEAR(*(*warm)->water_temperature_c(here, then), 20, 1e-4);
}

/// A wind whose one level is told by a scalar coordinate.
SmallSea wind_at(const char* coordinate, double level, const char* units, const char* standard_name) {
  const test::NetcdfWriter::Attributes attributes{{"coordinates", coordinate}};
  return {.given = {var("a", 3, "eastward_wind", attributes), var("b", 4, "northward_wind", attributes)},
          .declare =
              [=](test::NetcdfWriter& file) {
                file.variable(coordinate, {}, {{"units", units}, {"standard_name", standard_name}});
              },
          .fill = [=](test::NetcdfWriter& file) { file.values(coordinate, {level}); }};
}

TEST(ForcingChoice, wind_above_ten_metres_is_never_taken_for_it) {
  // Nothing has to name a height that stands in the file alone.
  auto unnamed = wind_at("h", 100, "m", "height");
  unnamed.given = {var("a", 3, "eastward_wind"), var("b", 4, "northward_wind")};
  expect_refused(opened(unnamed), "a: is a wind at 100 m, and none at 10 m");
  expect_wind(opened(wind_at("h", 10, "m", "height")), {3, 4});
  expect_wind(opened(wind_at("h", 0.01, "km", "height")), {3, 4});
  expect_refused(opened(wind_at("h", 100, "m", "height")), "a: is a wind at 100 m, and none at 10 m");
  expect_refused(opened(wind_at("h", 0.1, "km", "height")), "a: is a wind at 100 m, and none at 10 m");
  expect_refused(opened(wind_at("p", 500, "hPa", "air_pressure")), "a: is a wind at 500 hPa");
  expect_refused(opened(wind_at("p", 850, "mb", "air_pressure")), "a: is a wind at 850 mb");
  expect_refused(opened(wind_at("p", 10, "hPa", "air_pressure")), "a: is a wind at 10 hPa");
  expect_refused(opened(wind_at("p", 10, "millibars", "")), "a: is a wind at 10 millibars");
}

TEST(ForcingChoice, wind_of_another_height_by_its_name_alone_is_never_taken_for_it) {
  for (const auto& [u, v] : std::initializer_list<std::pair<const char*, const char*>>{
           {"u100", "v100"},
           {"UGRD_100maboveground", "VGRD_100maboveground"},
           {"UGRD_850mb", "VGRD_850mb"},
           {"x_wind_80m", "y_wind_80m"},
           {"x_wind_pl", "y_wind_pl"},
           {"x_wind_ml", "y_wind_ml"}}) {
    expect_refused(opened({.given = {var(u, 3, "eastward_wind"), var(v, 4, "northward_wind")}}),
                   std::string(u) + ": is a wind at");
    expect_refused(opened({.given = {var(u, 3), var(v, 4)}}, mapped({(std::string("x_wind=") + u).c_str(),
                                                                     (std::string("y_wind=") + v).c_str()})),
                   std::string(u) + ": is a wind at");
  }
  expect_refused(
      opened({.given = {var("a", 3, "eastward_wind", {{"long_name", "100 metre U wind component"}}),
                        var("b", 4, "northward_wind", {{"long_name", "100 metre V wind component"}})}}),
      "a: is a wind at 100 m");
  expect_wind(opened({.given = {var("u100", 30, "eastward_wind"), var("v100", 40, "northward_wind"),
                                var("u10", 3, "eastward_wind"), var("v10", 4, "northward_wind")}}),
              {3, 4});
  expect_wind(
      opened({.given = {var("UGRD_10maboveground", 3, "", {{"long_name", "U-Component of Wind"}}),
                        var("VGRD_10maboveground", 4), var("UGRD_850mb", 30), var("VGRD_850mb", 40)}}),
      {3, 4});
}

/// Levels of one vertical axis; the current on level k is k + 1.
SmallSea levels(const std::vector<double>& values, const char* name, const char* units, const char* positive,
                bool wind = false) {
  const auto by_level = [n = values.size()](std::size_t layer, auto, auto) {
    return static_cast<double>(layer % n + 1);
  };
  SmallSea sea{.given = {var(wind ? "a" : "uo", 0, wind ? "eastward_wind" : ""),
                         var(wind ? "b" : "vo", 0, wind ? "northward_wind" : "")},
               .levels = {{name, values.size()}},
               .declare =
                   [=](test::NetcdfWriter& file) {
                     test::NetcdfWriter::Attributes attributes{{"axis", "Z"}};
                     if (*units != 0) attributes.emplace_back("units", units);
                     if (*positive != 0) attributes.emplace_back("positive", positive);
                     file.variable(name, {name}, attributes);
                   },
               .fill = [=](test::NetcdfWriter& file) { file.values(name, values); }};
  for (Given& each : sea.given) each.value = by_level;
  return sea;
}

TEST(ForcingChoice, surface_is_found_whichever_way_the_levels_count) {
  expect_current(opened(levels({0.5, 10, 50}, "depth", "m", "down")), {1, 1});
  expect_current(opened(levels({50, 10, 0.5}, "depth", "m", "down")), {3, 3});
  expect_current(opened(levels({-0.5, -10, -50}, "depth", "m", "up")), {1, 1});
  expect_current(opened(levels({-50, -10, -0.5}, "z", "m", "up")), {3, 3});
  expect_current(opened(levels({-50, -10, -0.5}, "z", "m", "")), {3, 3});
  expect_current(opened(levels({50, 1000, 5000}, "depth", "cm", "down")), {1, 1});
  expect_current(opened(levels({-0.98, -0.5, -0.02}, "s_rho", "", "up")), {3, 3});
  expect_current(opened(levels({0, 20, 45}, "height_above_bed", "m", "up")), {3, 3});
  expect_current(opened(levels({3}, "depth", "m", "down")), {1, 1});
  expect_refused(opened(levels({50, 100}, "depth", "m", "down")), "uo: begins 50 m below the surface");
  expect_refused(opened(levels({0.1}, "depth", "km", "down")), "uo: begins 100 m below the surface");
}

TEST(ForcingChoice, wind_is_taken_at_ten_metres_of_several_levels_or_refused) {
  expect_wind(opened(levels({2, 10, 100}, "height", "m", "up", true)), {2, 2});
  expect_wind(opened(levels({0.1, 0.01}, "height", "km", "up", true)), {2, 2});
  expect_refused(opened(levels({80, 100}, "height", "m", "up", true)),
                 "a: is a wind at 80 m and other levels");
  expect_refused(opened(levels({100}, "height", "m", "up", true)), "a: is a wind at 100 m, and none at 10 m");
  expect_refused(opened(levels({10, 500, 850}, "plev", "hPa", "down", true)), "a: is a wind at 10 hPa");
  expect_refused(opened(levels({10}, "level", "millibars", "", true)), "a: is a wind at 10 millibars");
  expect_refused(opened(levels({10, 11}, "hybrid", "1", "", true)), "a: is a wind at 10 1");
}

/// Shorts of a hundredth, stored 50 everywhere but at the last point of the first row.
Result<std::shared_ptr<const SeaSource>> packed(double there, const char* attribute, double number,
                                                nc_type type) {
  SmallSea sea{.given = {var("uo", 0), var("vo", 0)}, .type = NC_SHORT};
  for (Given& each : sea.given)
    each.value = [=](auto, std::size_t y, std::size_t x) { return y == 0 && x == 2 ? there : 50; };
  sea.declare = [=](test::NetcdfWriter& file) {
    for (const auto* name : {"uo", "vo"}) {
      file.attribute(name, "scale_factor", {0.01});
      if (*attribute != 0) file.attribute(name, attribute, {number}, type);
    }
  };
  return opened(sea);
}

TEST(ForcingChoice, valid_range_of_packed_data_counts_in_the_units_of_its_type) {
  const Place corner{2, 50.5};
  const auto known = [&](const auto& source) {
    return source && !(*source)->current_extended(corner, then) && (*source)->current(here, then);
  };
  EXPECT_TRUE(known(packed(300, "", 0, NC_SHORT)));
  // 300 is 3 m/s: beyond 2 m/s, and beyond 200 as stored.
  EXPECT_FALSE(known(packed(300, "valid_max", 2.0, NC_DOUBLE)));
  EXPECT_TRUE(known(packed(300, "valid_max", 4.0, NC_FLOAT))) << "in unpacked units, as its type says";
  EXPECT_FALSE(known(packed(300, "valid_max", 200, NC_SHORT)));
  EXPECT_TRUE(known(packed(300, "valid_max", 400, NC_SHORT)));
  EXPECT_FALSE(known(packed(-300, "valid_min", -2.0, NC_FLOAT)));
  EXPECT_TRUE(known(packed(-300, "valid_min", -4.0, NC_FLOAT)));
  EXPECT_FALSE(known(packed(300, "_FillValue", 300, NC_SHORT)));
  EXPECT_FALSE(known(packed(300, "missing_value", 300, NC_SHORT)));
  EXPECT_FALSE(known(packed(300, "missing_value", 3.0, NC_DOUBLE))) << "written in unpacked units";
  EXPECT_FALSE(known(packed(-32767, "", 0, NC_SHORT))) << "netCDF's own fill where none is named";
}

TEST(ForcingChoice, variable_that_is_dropped_whole_is_told) {
  const auto source = packed(50, "valid_max", 0.4, NC_DOUBLE);
  expect_note(source, "uo answers nothing: all its values are missing, outside the valid range");
  EXPECT_FALSE((*source)->current(here, then));
  SmallSea sea{.given = {var("uo", 0), var("vo", 0)}};
  for (Given& each : sea.given)
    each.value = [](std::size_t t, auto, auto) { return t == 1 ? std::nan("") : 0.5; };
  expect_note(opened(sea), "uo has no value at all at 1 of 3 moments, first on 2021-11-11T01:00:00Z");
}

TEST(ForcingChoice, unsigned_numbers_of_a_classic_file_are_unsigned) {
  SmallSea sea{.given = {var("uo", 0), var("vo", 0)}, .type = NC_SHORT};
  for (Given& each : sea.given) {
    each.attributes.emplace_back("_Unsigned", "true");
    each.value = [](auto, auto, auto) { return -25536.0; };  // the bits of 40,000
  }
  sea.declare = [](test::NetcdfWriter& file) {
    for (const auto* name : {"uo", "vo"}) file.attribute(name, "scale_factor", {1e-5});
  };
  expect_current(opened(sea), {0.4, 0.4});
}

}  // namespace
}  // namespace varne
