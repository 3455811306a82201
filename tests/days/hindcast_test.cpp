#include "varne/days/hindcast.h"

#include <gtest/gtest.h>

#include <cmath>

#include "../sea/netcdf_support.h"
#include "small_scenario.h"
#include "varne/core/units.h"
#include "varne/days/campaign.h"

namespace varne::days {
namespace {

/// Hourly wind and waves from 10 November 2021 on: on the day d of it the wind is d + 3 m/s towards the east.
std::string forcing_file(const test::Scratch& scratch, std::size_t hours, bool waves = true) {
  test::SmallSea sea;
  sea.times.clear();
  for (std::size_t h = 0; h < hours; ++h) sea.times.push_back(static_cast<double>(h));
  sea.time_units = "hours since 2021-11-10 00:00:00";
  const auto by_day = [](std::size_t t, std::size_t /*y*/, std::size_t /*x*/) {
    return 3 + std::floor(static_cast<double>(t) / 24);
  };
  sea.given = {{"u10", {{"units", "m s-1"}, {"standard_name", "eastward_wind"}}, 0, by_day},
               {"v10", {{"units", "m s-1"}, {"standard_name", "northward_wind"}}, 0}};
  if (waves)
    sea.given.push_back(
        {"hs", {{"units", "m"}, {"standard_name", "sea_surface_wave_significant_height"}}, 0.7});
  const std::string path = scratch.file("forcing.nc");
  sea.write(path);
  return path;
}

const std::string five_days = "days = \"2021-11-10/2021-11-14\"\n";

Result<std::shared_ptr<const Strait>> opened(const test::Scratch& scratch, const std::string& lines) {
  return open_strait(scenario(extension(scratch, five_days + lines)));
}

TEST(Hindcast, a_day_has_the_wind_and_waves_of_its_file) {
  const test::Scratch scratch;
  forcing_file(scratch, 6 * 24);
  const auto strait = opened(scratch, "[forcing]\nfiles = [\"forcing.nc\"]\nat = [1.5, 50.8]\n");
  ASSERT_TRUE(strait) << strait.error().text();
  const Date day = Date(std::chrono::year(2021) / 11 / 12);
  const Numbers numbers = (*strait)->scenario.numbers();
  const Weather w = weather_of(**strait, numbers, day, 0, 7);
  ASSERT_EQ(w.hours.size(), static_cast<std::size_t>(day_hours + 1));
  EXPECT_NEAR(mps_from_knots(w.hours[0].wind_kn), 5, 0.03);
  EXPECT_NEAR(mps_from_knots(w.hours[24].wind_kn), 6, 0.03);
  EXPECT_EQ(w.hours[0].wind_from_deg, 270);
  for (const auto& hour : w.hours) EXPECT_EQ(hour.wave_m, 0.7);
  // What the file does not have is the scenario's.
  EXPECT_EQ(w.visibility_m, make_weather(numbers, 0, 7).visibility_m);
}

TEST(Hindcast, without_waves_they_follow_the_wind) {
  const test::Scratch scratch;
  forcing_file(scratch, 6 * 24, false);
  const auto strait = opened(scratch, "[forcing]\nfiles = [\"forcing.nc\"]\nat = [1.5, 50.8]\n");
  ASSERT_TRUE(strait) << strait.error().text();
  EXPECT_FALSE((*strait)->hindcast->has_waves());
  const auto hours = (*strait)->hindcast->hours(Date(std::chrono::year(2021) / 11 / 14), 0.02);
  EXPECT_NEAR(hours.front().wave_m, 0.02 * 49, 0.02);
}

TEST(Hindcast, boats_set_out_on_the_calm_days_of_the_file) {
  const test::Scratch scratch;
  forcing_file(scratch, 6 * 24);
  const auto strait = opened(scratch, "[forcing]\nfiles = [\"forcing.nc\"]\nat = [1.5, 50.8]\n");
  ASSERT_TRUE(strait) << strait.error().text();
  const Hindcast& h = *(*strait)->hindcast;
  const Date first = Date(std::chrono::year(2021) / 11 / 10);
  for (int d = 0; d + 1 < 5; ++d)
    EXPECT_GT(h.calm(first + std::chrono::days(d)), h.calm(first + std::chrono::days(d + 1)));
  EXPECT_EQ(h.calm(first + std::chrono::days(2)), 0);
  // Given the wind, conditions have the declared correlation with calm, and variance 1 over all.
  const Numbers n = fixed((*strait)->scenario.numbers(), {{Q::wind_viable, 0.6}});
  EXPECT_DOUBLE_EQ(conditions_of(**strait, n, {first, 2, 1}), 0.6 * h.calm(first) + 0.8 * 2);
}

TEST(Hindcast, what_does_not_cover_the_days_is_refused_with_file_line_and_hour) {
  const test::Scratch scratch;
  forcing_file(scratch, 5 * 24);  // the last day's small hours of the next morning are missing
  const auto short_one = opened(scratch, "[forcing]\nfiles = [\"forcing.nc\"]\nat = [1.5, 50.8]\n");
  ASSERT_FALSE(short_one);
  const std::string said = short_one.error().text();
  EXPECT_NE(said.find("scenario.toml:5: files"), std::string::npos) << said;
  EXPECT_NE(said.find("2021-11-15T00:00"), std::string::npos) << said;
  const auto elsewhere = opened(scratch, "[forcing]\nfiles = [\"forcing.nc\"]\nat = [7.5, 50.8]\n");
  ASSERT_FALSE(elsewhere);
  EXPECT_NE(elsewhere.error().text().find("no wind at 7.500, 50.800"), std::string::npos)
      << elsewhere.error().text();
  const auto absent = opened(scratch, "[forcing]\nfiles = [\"no-such.nc\"]\n");
  ASSERT_FALSE(absent);
  EXPECT_NE(absent.error().text().find("no-such.nc"), std::string::npos) << absent.error().text();
  scratch.write("broken.nc", "CDF no more");
  const auto broken = opened(scratch, "[forcing]\nfiles = [\"broken.nc\"]\n");
  ASSERT_FALSE(broken);
  EXPECT_NE(broken.error().text().find("broken.nc"), std::string::npos) << broken.error().text();
  const auto nothing = load_scenario(extension(scratch, "[forcing]\nfiles = []\n"));
  ASSERT_FALSE(nothing);
  EXPECT_NE(nothing.error().text().find("files"), std::string::npos) << nothing.error().text();
}

TEST(Hindcast, other_files_are_another_campaign) {
  const test::Scratch scratch;
  CampaignOptions options;
  options.policies = {"rescue"};
  const std::string lines = "[forcing]\nfiles = [\"forcing.nc\"]\nat = [1.5, 50.8]\n";
  forcing_file(scratch, 6 * 24, true);
  const auto with = opened(scratch, lines);
  ASSERT_TRUE(with) << with.error().text();
  forcing_file(scratch, 6 * 24, false);
  const auto without = opened(scratch, lines);
  ASSERT_TRUE(without) << without.error().text();
  EXPECT_NE(campaign_hash((*with)->scenario, options), campaign_hash((*without)->scenario, options));
}

}  // namespace
}  // namespace varne::days
