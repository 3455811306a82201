// Several files, moments, runs and members: what is one series, what is not, and what is said of it.
#include <gtest/gtest.h>

#include <cmath>

#include "netcdf_support.h"
#include "support.h"

namespace varne {
namespace {

using test::Given;
using test::open_one;
using test::Scratch;
using test::SmallSea;

Time at(const char* text) {
  return *parse_time(text);
}

/// East `u`, north `v`, hourly on one day of November 2021 from an hour on.
SmallSea day(int date, double u, double v = 0, std::vector<double> hours = {}) {
  if (hours.empty()) {
    for (int hour = 0; hour < 24; ++hour) hours.push_back(hour);
  }
  return {.given = {{"uo", {{"units", "m/s"}}, u}, {"vo", {{"units", "m/s"}}, v}},
          .times = std::move(hours),
          .time_units = "hours since 2021-11-" + std::to_string(date)};
}

std::string notes(const std::vector<std::shared_ptr<const SeaSource>>& sources) {
  std::string all;
  for (const auto& source : sources) {
    for (const auto& note : source->notes()) all += note + "\n";
  }
  return all;
}

constexpr Place here{1.25, 50.75};

TEST(ForcingSeries, file_a_day_is_one_series_whatever_the_order) {
  const Scratch scratch;
  day(11, 0.5).write(scratch.file("11.nc"));
  day(12, 1.5).write(scratch.file("12.nc"));
  day(13, 2.5).write(scratch.file("13.nc"));
  const std::vector<std::vector<std::string>> orders{
      {scratch.file("11.nc"), scratch.file("12.nc"), scratch.file("13.nc")},
      {scratch.file("13.nc"), scratch.file("11.nc"), scratch.file("12.nc")},
      {scratch.file("1*.nc")},
      {scratch.file("")},
      {scratch.file("1[12].nc"), scratch.file("13.nc"), scratch.file("11.nc")}};
  std::optional<Hash> hash;
  for (const auto& order : orders) {
    const auto sources = open_forcing(order);
    ASSERT_TRUE(sources) << sources.error().text();
    ASSERT_EQ(sources->size(), 1U);
    const SeaSource& source = *sources->front();
    EXPECT_EQ(source.current(here, at("2021-11-11T23:00Z"))->east, 0.5);
    EXPECT_NEAR(source.current(here, at("2021-11-11T23:15Z"))->east, 0.75, 1e-6)
        << "a quarter of the way to 1.5";
    EXPECT_EQ(source.current(here, at("2021-11-12T23:30Z"))->east, 2);
    EXPECT_EQ(source.span(), std::pair(at("2021-11-11"), at("2021-11-13T23:00Z")));
    EXPECT_EQ(notes(*sources), "");
    EXPECT_EQ(source.hash(), hash.value_or(source.hash())) << "whatever the order";
    hash = source.hash();
  }
}

TEST(ForcingSeries, gap_of_more_than_two_steps_is_unknown_and_said_with_its_times) {
  const Scratch scratch;
  day(11, 0.5).write(scratch.file("11.nc"));
  day(13, 1.5).write(scratch.file("13.nc"));
  const auto sources = open_forcing({scratch.file("*.nc")});
  ASSERT_TRUE(sources) << sources.error().text();
  EXPECT_FALSE(sources->front()->current(here, at("2021-11-12T12:00Z")));
  EXPECT_EQ(sources->front()->current(here, at("2021-11-13T12:00Z"))->east, 1.5);
  EXPECT_NE(
      notes(*sources).find("is not known from 2021-11-11T23:00:00Z to 2021-11-13T00:00:00Z: a gap of 25 h in "
                           "steps of 1 h"),
      std::string::npos)
      << notes(*sources);
  // The same inside one file; two steps are none, and steps that grow are none.
  day(11, 0.5, 0, {0, 1, 2, 5, 6}).write(scratch.file("hole.nc"));
  EXPECT_FALSE((*open_one(scratch.file("hole.nc")))->current(here, at("2021-11-11T03:00Z")));
  day(11, 0.5, 0, {0, 1, 2, 4, 5}).write(scratch.file("one.nc"));
  EXPECT_TRUE((*open_one(scratch.file("one.nc")))->current(here, at("2021-11-11T03:00Z")));
  day(11, 0.5, 0, {0, 1, 2, 5, 8, 11}).write(scratch.file("grow.nc"));
  EXPECT_TRUE((*open_one(scratch.file("grow.nc")))->current(here, at("2021-11-11T03:00Z")));
  EXPECT_TRUE((*open_one(scratch.file("grow.nc")))->notes().empty());
}

TEST(ForcingSeries, files_of_two_years_are_two_sources_and_months_are_a_series) {
  const Scratch scratch;
  SmallSea sea = day(11, 0.5);
  sea.write(scratch.file("now.nc"));
  sea.time_units = "hours since 2019-11-11";
  sea.write(scratch.file("then.nc"));
  const auto two = open_forcing({scratch.file("now.nc"), scratch.file("then.nc")});
  ASSERT_TRUE(two) << two.error().text();
  ASSERT_EQ(two->size(), 2U);
  EXPECT_EQ((*two)[0]->name(), "now.nc");
  EXPECT_EQ((*two)[1]->name(), "then.nc");
  EXPECT_EQ(notes(*two), "");
  day(11, 0.5, 0, {0}).write(scratch.file("m11.nc"));
  day(11, 1.5, 0, {31.0 * 24}).write(scratch.file("m12.nc"));
  const auto months = open_forcing({scratch.file("m*.nc")});
  ASSERT_TRUE(months) << months.error().text();
  EXPECT_EQ(months->front()->current(here, at("2021-11-26T12:00Z"))->east, 1);
}

TEST(ForcingSeries, boxes_cut_at_greenwich_are_one_field) {
  const Scratch scratch;
  SmallSea west = day(11, 0, 0, {0, 1});
  west.lons = {358.5, 359, 359.5};
  for (Given& each : west.given)
    each.value = [](auto, auto, std::size_t x) { return -1.5 + 0.5 * static_cast<double>(x); };
  SmallSea east = day(11, 0, 0, {0, 1});
  east.lons = {0, 0.5, 1};
  for (Given& each : east.given)
    each.value = [](auto, auto, std::size_t x) { return 0.5 * static_cast<double>(x); };
  west.write(scratch.file("west.nc"));
  east.write(scratch.file("east.nc"));
  for (const auto& order : {std::vector{scratch.file("west.nc"), scratch.file("east.nc")},
                            std::vector{scratch.file("east.nc"), scratch.file("west.nc")}}) {
    const auto sources = open_forcing(order);
    ASSERT_TRUE(sources) << sources.error().text();
    ASSERT_EQ(sources->size(), 1U);
    for (const double lon : {-1.4, -0.5, -0.3, -0.1, 0.0, 0.2, 0.99}) {  // the current is the longitude
      const auto current = sources->front()->current({lon, 50.75}, at("2021-11-11T00:20Z"));
      ASSERT_TRUE(current) << lon;
      EXPECT_NEAR(current->east, lon, 1e-6);
    }
    EXPECT_FALSE(sources->front()->current({1.01, 50.75}, at("2021-11-11T00:20Z")));
  }
}

TEST(ForcingSeries, boxes_that_adjoin_northwards_and_by_days_are_one_field) {
  const Scratch scratch;
  for (const int date : {11, 12}) {
    for (const bool north : {false, true}) {
      SmallSea sea = day(date, 0.5);
      sea.lats = north ? std::vector{51.5, 52.0} : std::vector{50.5, 51.0};
      for (Given& each : sea.given)
        each.value = [=](auto, std::size_t y, auto) {
          return (north ? 1 : 0) + 0.5 * static_cast<double>(y);
        };
      sea.write(scratch.file(std::to_string(date) + (north ? "n.nc" : "s.nc")));
    }
  }
  const auto sources = open_forcing({scratch.file("")});
  ASSERT_TRUE(sources) << sources.error().text();
  ASSERT_EQ(sources->size(), 1U);
  EXPECT_NEAR(sources->front()->current({1.2, 51.25}, at("2021-11-11T23:30Z"))->east, 0.75, 1e-6);
}

TEST(ForcingSeries, of_overlapping_forecasts_the_newer_run_answers_where_both_know) {
  const Scratch scratch;
  const auto run = [&](const std::string& name, const char* began, double u, std::vector<double> hours) {
    SmallSea sea = day(11, u, 0, std::move(hours));
    if (began != nullptr) {
      sea.declare = [=](test::NetcdfWriter& file) {
        file.variable(
            "forecast_reference_time", {},
            {{"standard_name", "forecast_reference_time"}, {"units", std::string("hours since ") + began}});
      };
      sea.fill = [](test::NetcdfWriter& file) { file.values("forecast_reference_time", {0}); };
    }
    sea.write(scratch.file(name));
  };
  run("old.nc", "2021-11-10T18:00", 1, {0, 1, 2, 3, 4, 5});
  run("new.nc", "2021-11-11T00:00", 2, {2, 3, 4});
  for (const auto& order : {std::vector{scratch.file("old.nc"), scratch.file("new.nc")},
                            std::vector{scratch.file("new.nc"), scratch.file("old.nc")}}) {
    const auto sources = open_forcing(order);
    ASSERT_TRUE(sources) << sources.error().text();
    ASSERT_EQ(sources->size(), 1U);
    const auto east = [&](const char* time) { return sources->front()->current(here, at(time))->east; };
    EXPECT_EQ(east("2021-11-11T01:00Z"), 1);
    EXPECT_EQ(east("2021-11-11T02:00Z"), 2);
    EXPECT_EQ(east("2021-11-11T03:30Z"), 2);
    EXPECT_EQ(east("2021-11-11T05:00Z"), 1);
    EXPECT_NE(notes(*sources).find("where both know the newer run answers, of 2021-11-11T00:00:00Z, not of "
                                   "2021-11-10T18:00:00Z"),
              std::string::npos)
        << notes(*sources);
  }
  // Without a run's time the one that begins later is taken to be the newer.
  run("old.nc", nullptr, 1, {0, 1, 2, 3, 4, 5});
  run("new.nc", nullptr, 2, {2, 3, 4});
  const auto sources = open_forcing({scratch.file("old.nc"), scratch.file("new.nc")});
  ASSERT_TRUE(sources);
  EXPECT_EQ(sources->front()->current(here, at("2021-11-11T03:00Z"))->east, 2);
  EXPECT_NE(notes(*sources).find("taken to be the one that begins later (2021-11-11T02:00:00Z)"),
            std::string::npos)
      << notes(*sources);
}

TEST(ForcingSeries, file_of_one_moment_is_refused_unless_it_holds_always_or_others_adjoin) {
  const Scratch scratch;
  day(11, 0.5, 0, {6}).write(scratch.file("06.nc"));
  day(11, 1.5, 0, {7}).write(scratch.file("07.nc"));
  const auto one = open_one(scratch.file("06.nc"));
  ASSERT_FALSE(one);
  EXPECT_NE(one.error().text().find("06.nc: uo: holds one moment only, 2021-11-11T06:00:00Z; give the files"),
            std::string::npos)
      << one.error().text();
  const auto always = open_one(scratch.file("06.nc"), {.always = true});
  ASSERT_TRUE(always) << always.error().text();
  EXPECT_EQ((*always)->current(here, at("2031-01-01"))->east, 0.5);
  EXPECT_FALSE((*always)->span());
  const auto both = open_forcing({scratch.file("0*.nc")});
  ASSERT_TRUE(both) << both.error().text();
  EXPECT_EQ(both->front()->current(here, at("2021-11-11T06:30Z"))->east, 1);
}

TEST(ForcingSeries, components_in_two_files_are_one_current) {
  const Scratch scratch;
  for (const int date : {11, 12}) {
    SmallSea sea = day(date, 0.5, -0.25);
    const auto both = sea.given;
    sea.given = {both[0]};
    sea.write(scratch.file("u" + std::to_string(date) + ".nc"));
    sea.given = {both[1]};
    sea.write(scratch.file("v" + std::to_string(date) + ".nc"));
  }
  const auto sources = open_forcing({scratch.file("")});
  ASSERT_TRUE(sources) << sources.error().text();
  ASSERT_EQ(sources->size(), 1U);
  EXPECT_EQ(sources->front()->current(here, at("2021-11-11T23:30Z")), (Vec{0.5, -0.25}));
  const auto half = open_forcing({scratch.file("u*.nc")});
  ASSERT_FALSE(half);
  EXPECT_NE(half.error().text().find("is half a current: its other component (of uo, vo)"), std::string::npos)
      << half.error().text();
}

TEST(ForcingSeries, speed_and_direction_are_a_vector_from_or_towards) {
  const Scratch scratch;
  const auto polar = [&](const char* speed, const char* direction, double degrees) {
    SmallSea sea{.given = {{"a", {{"standard_name", speed}, {"units", "knot"}}, 10},
                           {"b", {{"standard_name", direction}, {"units", "degree"}}, degrees}}};
    sea.write(scratch.file("polar.nc"));
    return open_one(scratch.file("polar.nc"));
  };
  const double ten_kn = 10 * 1852.0 / 3600;
  const auto from = polar("wind_speed", "wind_from_direction", 270);
  ASSERT_TRUE(from) << from.error().text();
  EXPECT_NEAR((*from)->wind(here, at("2021-11-11T01:00Z"))->east, ten_kn, 1e-5) << "a west wind blows east";
  EXPECT_NEAR((*from)->wind(here, at("2021-11-11T01:00Z"))->north, 0, 1e-5);
  const auto to = polar("wind_speed", "wind_to_direction", 270);
  EXPECT_NEAR((*to)->wind(here, at("2021-11-11T01:00Z"))->east, -ten_kn, 1e-5);
  const auto current = polar("sea_water_speed", "sea_water_velocity_to_direction", 30);
  ASSERT_TRUE(current) << current.error().text();
  EXPECT_NEAR((*current)->current(here, at("2021-11-11T01:00Z"))->east, ten_kn * 0.5, 1e-5);
  EXPECT_NEAR((*current)->current(here, at("2021-11-11T01:00Z"))->north, ten_kn * 0.8660254, 1e-5);
  // Between 350 and 10 degrees lies north, not south: components are interpolated.
  SmallSea turning{.given = {{"a", {{"standard_name", "wind_speed"}, {"units", "m/s"}}, 10},
                             {"b", {{"standard_name", "wind_to_direction"}, {"units", "degree"}}, 0}}};
  turning.given[1].value = [](std::size_t t, auto, auto) { return t == 0 ? 350.0 : 10.0; };
  turning.write(scratch.file("turning.nc"));
  const auto wind = (*open_one(scratch.file("turning.nc")))->wind(here, at("2021-11-11T00:30Z"));
  EXPECT_NEAR(wind->east, 0, 1e-5);
  EXPECT_NEAR(wind->north, 9.8480775, 1e-5);
}

/// u10 = 10 · member + hour.
void write_ensemble(const std::string& path, const std::vector<double>& numbers, const char* dimension) {
  SmallSea sea{.given = {{"u10", {{"units", "m/s"}}, 0}, {"v10", {{"units", "m/s"}}, 0}},
               .levels = {{dimension, numbers.size()}}};
  for (Given& each : sea.given)
    each.value = [n = numbers.size()](std::size_t layer, auto, auto) {
      return 10.0 * static_cast<double>(layer % n) + static_cast<double>(layer / n);
    };
  sea.declare = [=](test::NetcdfWriter& file) {
    file.variable(dimension, {dimension}, {{"standard_name", "realization"}, {"units", "1"}});
  };
  sea.fill = [=](test::NetcdfWriter& file) { file.values(dimension, numbers); };
  sea.write(path);
}

TEST(ForcingSeries, member_of_an_ensemble_is_taken_by_its_number) {
  const Scratch scratch;
  write_ensemble(scratch.file("ens.nc"), {3, 7, 9}, "number");
  const auto none = open_one(scratch.file("ens.nc"));
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().text().find("is an ensemble of 3 along \"number\"; take one by --member 3 to 9"),
            std::string::npos)
      << none.error().text();
  EXPECT_EQ(forcing_members({scratch.file("ens.nc")}), (std::vector<int>{3, 7, 9}));
  const auto seven = open_one(scratch.file("ens.nc"), {.member = 7});
  ASSERT_TRUE(seven) << seven.error().text();
  EXPECT_EQ((*seven)->wind(here, at("2021-11-11T02:00Z"))->east, 12);
  EXPECT_NE((*seven)->hash(), (*open_one(scratch.file("ens.nc"), {.member = 3}))->hash());
  const auto eight = open_one(scratch.file("ens.nc"), {.member = 8});
  ASSERT_FALSE(eight);
  EXPECT_NE(eight.error().text().find("has no member 8"), std::string::npos);
  day(11, 0.5).write(scratch.file("single.nc"));
  EXPECT_EQ(forcing_members({scratch.file("single.nc")}), std::vector<int>());
}

TEST(ForcingSeries, of_era5s_two_versions_each_moment_has_the_one_that_knows) {
  const Scratch scratch;
  SmallSea sea{.given = {{"u10", {{"units", "m/s"}}, 0}, {"v10", {{"units", "m/s"}}, 0}},
               .levels = {{"expver", 2}}};
  for (Given& each : sea.given)
    each.value = [](std::size_t layer, auto, auto) {
      const bool final_one = layer % 2 == 0;
      const bool early = layer / 2 < 2;
      return final_one == early ? (final_one ? 1.0 : 5.0) : std::nan("");
    };
  sea.declare = [](test::NetcdfWriter& file) { file.variable("expver", {"expver"}, {}, NC_INT); };
  sea.fill = [](test::NetcdfWriter& file) { file.values("expver", {1, 5}); };
  sea.write(scratch.file("era5.nc"));
  const auto source = open_one(scratch.file("era5.nc"));
  ASSERT_TRUE(source) << source.error().text();
  EXPECT_EQ((*source)->wind(here, at("2021-11-11T01:00Z"))->east, 1);
  EXPECT_EQ((*source)->wind(here, at("2021-11-11T02:00Z"))->east, 5);
  EXPECT_EQ((*source)->wind(here, at("2021-11-11T01:30Z"))->east, 3);
}

/// As cfgrib writes a forecast: step, and the moments in valid_time or to be added up.
void write_steps(const std::string& path, bool valid_time, const std::vector<double>& runs) {
  test::NetcdfWriter file(path);
  const bool many = runs.size() > 1;
  if (many) file.dimension("time", runs.size());
  file.dimension("step", 3);
  file.dimension("latitude", 2);
  file.dimension("longitude", 2);
  std::vector<std::string> dimensions{"step", "latitude", "longitude"};
  if (many) dimensions.insert(dimensions.begin(), "time");
  file.variable("time", many ? std::vector<std::string>{"time"} : std::vector<std::string>{},
                {{"units", "hours since 2021-11-11"}, {"standard_name", "forecast_reference_time"}});
  file.variable("step", {"step"}, {{"units", "hours"}, {"standard_name", "forecast_period"}});
  if (valid_time)
    file.variable("valid_time", {"step"}, {{"units", "hours since 2021-11-11"}, {"standard_name", "time"}});
  file.variable("latitude", {"latitude"}, {{"units", "degrees_north"}});
  file.variable("longitude", {"longitude"}, {{"units", "degrees_east"}});
  for (const auto* name : {"u10", "v10"})
    file.variable(name, dimensions,
                  {{"units", "m s**-1"}, {"coordinates", "time step latitude longitude valid_time"}});
  file.values("time", runs);
  file.values("step", {0, 3, 6});
  if (valid_time) file.values("valid_time", {runs[0], runs[0] + 3, runs[0] + 6});
  file.values("latitude", {51, 50.5});
  file.values("longitude", {1, 1.5});
  std::vector<double> numbers;
  for (std::size_t run = 0; run < runs.size(); ++run)
    for (int step = 0; step < 3; ++step)
      numbers.insert(numbers.end(), 4, 10.0 * static_cast<double>(run) + step);
  for (const auto* name : {"u10", "v10"}) file.values(name, numbers);
}

TEST(ForcingSeries, forecast_steps_become_moments) {
  const Scratch scratch;
  for (const bool valid_time : {true, false}) {
    write_steps(scratch.file("step.nc"), valid_time, {12});
    const auto source = open_one(scratch.file("step.nc"));
    ASSERT_TRUE(source) << source.error().text();
    EXPECT_EQ((*source)->span(), std::pair(at("2021-11-11T12:00Z"), at("2021-11-11T18:00Z")));
    EXPECT_EQ((*source)->wind(here, at("2021-11-11T16:30Z"))->east, 1.5);
  }
  // Two runs in one file: the newer one's steps where both know.
  write_steps(scratch.file("runs.nc"), false, {12, 15});
  const auto source = open_one(scratch.file("runs.nc"));
  ASSERT_TRUE(source) << source.error().text();
  EXPECT_EQ((*source)->wind(here, at("2021-11-11T12:00Z"))->east, 0);
  EXPECT_EQ((*source)->wind(here, at("2021-11-11T15:00Z"))->east, 10);
  EXPECT_EQ((*source)->wind(here, at("2021-11-11T21:00Z"))->east, 12);
}

TEST(ForcingSeries, names_that_match_nothing_are_refused) {
  const Scratch scratch;
  EXPECT_NE(open_forcing({scratch.file("*.nc")}).error().text().find("*.nc: matches no file"),
            std::string::npos);
  EXPECT_NE(open_forcing({scratch.file("")}).error().text().find("is a folder without netCDF or GRIB"),
            std::string::npos);
  EXPECT_NE(open_forcing({scratch.file("absent.nc")}).error().text().find("no such file"), std::string::npos);
}

}  // namespace
}  // namespace varne
