// Forcing of which only some hours are read.
#include <gtest/gtest.h>

#include "grib_support.h"
#include "netcdf_support.h"
#include "support.h"

namespace varne {
namespace {

using test::Scratch;

Time at(const char* text) {
  return *parse_time(text);
}

constexpr Place here{1.25, 50.75};

/// Two components of 150 moments on a million points do not fit the gibibyte that a file may take; three
/// hours of them do.
TEST(ForcingWindow, a_file_larger_than_may_be_held_is_read_a_window_at_a_time) {
  const Scratch scratch;
  const auto path = scratch.file("large.nc");
  constexpr std::size_t points = 1000;
  {
    int id = 0, time = 0, lat = 0, lon = 0;
    ASSERT_EQ(nc_create(path.c_str(), NC_CLOBBER | NC_NETCDF4, &id), NC_NOERR);
    nc_def_dim(id, "time", 150, &time);
    nc_def_dim(id, "lat", points, &lat);
    nc_def_dim(id, "lon", points, &lon);
    const auto axis = [&](const char* name, int dimension, const char* units) {
      int variable = 0;
      nc_def_var(id, name, NC_DOUBLE, 1, &dimension, &variable);
      nc_put_att_text(id, variable, "units", std::string(units).size(), units);
      return variable;
    };
    const int times = axis("time", time, "hours since 2021-11-11");
    const int lats = axis("lat", lat, "degrees_north");
    const int lons = axis("lon", lon, "degrees_east");
    int components[2];
    for (int k = 0; k < 2; ++k) {
      const int dimensions[] = {time, lat, lon};
      const std::size_t chunks[] = {1, points, points};
      nc_def_var(id, k == 0 ? "uo" : "vo", NC_FLOAT, 3, dimensions, &components[k]);
      nc_def_var_chunking(id, components[k], NC_CHUNKED, chunks);
      nc_def_var_deflate(id, components[k], 0, 1, 1);
      nc_put_att_text(id, components[k], "units", 3, "m/s");
    }
    std::vector<double> numbers;
    for (int i = 0; i < 1000; ++i) numbers.push_back(i);
    nc_put_var_double(id, times, numbers.data());
    for (double& n : numbers) n = 50 + n / 1000;
    nc_put_var_double(id, lats, numbers.data());
    for (double& n : numbers) n -= 49.5;
    nc_put_var_double(id, lons, numbers.data());
    const std::vector<float> half(points * points, 0.5F);
    for (std::size_t moment = 98; moment < 104; ++moment) {
      const std::size_t from[] = {moment, 0, 0}, count[] = {1, points, points};
      for (const int component : components) nc_put_vara_float(id, component, from, count, half.data());
    }
    ASSERT_EQ(nc_close(id), NC_NOERR);
  }
  const auto whole = open_forcing({path});
  ASSERT_FALSE(whole);
  EXPECT_NE(whole.error().text().find("too large"), std::string::npos) << whole.error().text();
  const Time noon = at("2021-11-15T04:30Z");
  const auto part = open_forcing({path}, {.between = std::pair(noon, noon + std::chrono::hours(2))});
  ASSERT_TRUE(part) << part.error().text();
  EXPECT_EQ((*part)[0]->current(here, noon)->east, 0.5);
  EXPECT_EQ((*part)[0]->current(here, noon + std::chrono::hours(2))->east, 0.5);
  EXPECT_FALSE((*part)[0]->current(here, noon + std::chrono::hours(3)));
}

TEST(ForcingWindow, of_a_file_a_day_a_window_takes_the_days_it_touches_and_says_of_no_gap) {
  const Scratch scratch;
  std::vector<double> hours;
  for (int hour = 0; hour < 24; ++hour) hours.push_back(hour);
  for (int date = 11; date <= 15; ++date)
    test::SmallSea{.given = {{"uo", {{"units", "m/s"}}, 0.1 * date}, {"vo", {{"units", "m/s"}}, 0}},
                   .times = hours,
                   .time_units = "hours since 2021-11-" + std::to_string(date)}
        .write(scratch.file(std::to_string(date) + ".nc"));
  const auto window = [&](const char* from, const char* to) {
    auto all = open_forcing({scratch.file("")}, {.between = std::pair(at(from), at(to))});
    EXPECT_TRUE(all) << all.error().text();
    for (const auto& source : *all) EXPECT_TRUE(source->notes().empty()) << source->notes()[0];
    return *all;
  };
  const auto night = window("2021-11-12T22:30Z", "2021-11-13T02:00Z");
  ASSERT_EQ(night.size(), 1U);
  EXPECT_NEAR(night[0]->current(here, at("2021-11-12T23:30Z"))->east, 1.25, 1e-6);
  EXPECT_FALSE(night[0]->current(here, at("2021-11-14T00:00Z")));
  // Beyond the last file it is seen that it has ended.
  const auto after = window("2021-11-16T06:00Z", "2021-11-16T12:00Z");
  ASSERT_EQ(after.size(), 1U);
  EXPECT_EQ(after[0]->span()->second, at("2021-11-15T23:00Z"));
}

TEST(ForcingWindow, a_grib_file_larger_than_may_be_held_is_read_a_window_at_a_time) {
  const Scratch scratch;
  const auto path = scratch.file("large.grib2");
  test::write_large(path);
  const auto whole = open_forcing({path});
  ASSERT_FALSE(whole);
  EXPECT_NE(whole.error().text().find("too large"), std::string::npos) << whole.error().text();
  const Time from = at("2021-11-12T04:30Z");
  const Time to = from + std::chrono::hours(2);
  const auto part = open_forcing({path}, {.between = std::pair(from, to)});
  ASSERT_TRUE(part) << part.error().text();
  for (const Time time : {from, from + std::chrono::minutes(50), to}) {
    EXPECT_NEAR((*part)[0]->wind(here, time)->east, 5, 1e-3);
    EXPECT_NEAR((*part)[0]->current(here, time)->north, 0.1, 1e-3);
  }
  EXPECT_FALSE((*part)[0]->wind(here, to + std::chrono::hours(3)));
}

/// Every hour a run of its own, as analyses and reanalyses are; and of two runs that overlap the newer, as in
/// one go.
TEST(ForcingWindow, of_grib_runs_a_window_takes_what_the_whole_file_would_answer) {
  const Scratch scratch;
  const auto of_run = [](long begins, long hour, double value) {
    std::vector<test::Message> both{test::wind(2, hour, value), test::wind(3, hour, 0)};
    for (test::Message& message : both) {
      for (auto& [key, whole] : message.wholes) {
        if (std::string_view(key) == "dataTime") whole = 100 * begins;
      }
    }
    return both;
  };
  std::vector<test::Message> analyses;
  std::vector<test::Message> overlapping;
  const auto add = [](std::vector<test::Message>& all, const std::vector<test::Message>& more) {
    all.insert(all.end(), more.begin(), more.end());
  };
  for (long hour = 0; hour < 20; ++hour) {
    add(analyses, of_run(hour, 0, static_cast<double>(hour)));
    add(overlapping, of_run(0, hour, static_cast<double>(hour)));
    if (hour % 3 == 0) add(overlapping, of_run(6, hour, static_cast<double>(100 + hour)));
  }
  test::write(scratch.file("analyses.grib2"), analyses);
  test::write(scratch.file("overlapping.grib2"), overlapping);
  for (const char* name : {"analyses.grib2", "overlapping.grib2"}) {
    const auto whole = test::open_one(scratch.file(name));
    ASSERT_TRUE(whole) << whole.error().text();
    for (int window = 0; window < 8; ++window) {
      const Time from = at("2021-11-11T00:00Z") + std::chrono::minutes(140 * window);
      const auto part =
          test::open_one(scratch.file(name), {.between = std::pair(from, from + std::chrono::minutes(40))});
      ASSERT_TRUE(part) << part.error().text();
      for (const int minutes : {0, 20, 40}) {
        const Time time = from + std::chrono::minutes(minutes);
        EXPECT_EQ((*part)->wind(here, time), (*whole)->wind(here, time)) << name << " " << iso(time);
      }
    }
  }
}

/// Hourly, then every three hours, then a gap: a window's end on either answers as the whole file does.
TEST(ForcingWindow, where_steps_grow_and_where_a_gap_is_stays_what_it_is_in_the_whole_file) {
  const Scratch scratch;
  const auto path = scratch.file("steps.nc");
  test::SmallSea{
      .given = {{"uo",
                 {{"units", "m/s"}},
                 0,
                 [](std::size_t t, std::size_t, std::size_t) { return 0.1 * static_cast<double>(t); }},
                {"vo", {{"units", "m/s"}}, 0}},
      .times = {0, 1, 2, 3, 6, 9, 12, 30, 33, 36}}
      .write(path);
  const auto whole = test::open_one(path);
  ASSERT_TRUE(whole) << whole.error().text();
  EXPECT_TRUE((*whole)->current(here, at("2021-11-11T04:00Z")));
  EXPECT_FALSE((*whole)->current(here, at("2021-11-11T20:00Z")));
  for (int hour = 0; hour < 35; hour += 2) {
    const Time from = at("2021-11-11T00:00Z") + std::chrono::hours(hour);
    const Time to = from + std::chrono::minutes(90);
    const auto part = test::open_one(path, {.between = std::pair(from, to)});
    ASSERT_TRUE(part) << part.error().text();
    for (const Time time : {from, from + std::chrono::minutes(45), to})
      EXPECT_EQ((*part)->current(here, time), (*whole)->current(here, time)) << iso(time);
  }
}

}  // namespace
}  // namespace varne
