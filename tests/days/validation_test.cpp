#include "varne/days/validation.h"

#include <gtest/gtest.h>

#include "small_scenario.h"

namespace varne::days {
namespace {

const std::string by_day = std::string(VARNE_ROOT) + "/data/series/uk-small-boats-2021-2023.csv";

Validation validated(Scenario of, std::size_t days = 12) {
  const auto series = read_series(by_day);
  const auto strait = open_strait(std::move(of));
  EXPECT_TRUE(series && strait);
  ValidationOptions options;
  options.on = *parse_span("2021");
  options.against = {*parse_span("2023")};
  options.days = days;
  options.series = 40;
  options.threads = 2;
  auto made = validate(**strait, *series, options);
  EXPECT_TRUE(made) << made.error().text();
  return std::move(*made);
}

const ValidationRow* row(const Validation& v, const std::string& about, const std::string& what) {
  for (const ValidationRow& one : v.rows)
    if (one.about.find(about) != std::string::npos && one.what.find(what) != std::string::npos) return &one;
  return nullptr;
}

Scenario with_readiness(double minutes) {
  Scenario out = scenario(shipped);
  auto& declared = out.declared[static_cast<std::size_t>(Q::readiness)];
  declared.shape = Shape::fixed;
  declared.numbers = {{minutes}};
  return out;
}

TEST(Validation, a_launch_takes_as_long_as_the_scenario_says_and_is_held_against_ten_minutes) {
  const Validation quick = validated(with_readiness(8));
  const ValidationRow* launch = row(quick, "units", "asked to launch");
  ASSERT_NE(launch, nullptr);
  EXPECT_DOUBLE_EQ(launch->simulated, 8);
  EXPECT_TRUE(launch->fits);
  EXPECT_NE(launch->source.find("RNLI"), std::string::npos);
  const Validation late = validated(with_readiness(20));
  EXPECT_DOUBLE_EQ(row(late, "units", "asked to launch")->simulated, 20);
  EXPECT_FALSE(row(late, "units", "asked to launch")->fits);
}

TEST(Validation, the_year_that_was_fitted_fits_and_what_grew_does_not) {
  const Validation v = validated(scenario(shipped));
  EXPECT_TRUE(row(v, "2021, fitted", "days without arrivals")->fits);
  EXPECT_TRUE(row(v, "2021, fitted", "persons a boat")->fits);
  EXPECT_EQ(row(v, "2021, fitted", "boats")->published, "1034");
  EXPECT_FALSE(row(v, "2023, left out", "persons a boat")->fits);
}

TEST(Validation, of_days_without_boats_no_time_is_made_up) {
  Scenario none = scenario(shipped);
  none.declared[static_cast<std::size_t>(Q::viable_share)].numbers[0].value = 0;
  const Validation v = validated(none, 2);
  EXPECT_EQ(v.boats, 0u);
  for (const ValidationRow& one : v.rows) EXPECT_NE(one.about, "units") << one.what;
}

TEST(Validation, the_page_says_plainly_what_does_not_fit) {
  const auto strait = open_strait(scenario(shipped));
  ASSERT_TRUE(strait);
  ValidationOptions options;
  options.on = *parse_span("2021");
  Validation v;
  v.rows.push_back({"units", "a mean", "10 on average", 13.5, 13, 14, false, "a source", false});
  v.rows.push_back({"units", "a share", "at least 90 %", 0.93, 0.9, 0.96, true, "a source", true});
  const std::string page = validation_markdown(v, **strait, options, "varne days validate");
  EXPECT_NE(page.find("- units: a mean: published 10 on average, simulated 13.5 (13 and 14)."),
            std::string::npos)
      << page;
  EXPECT_NE(page.find("| units | a share | at least 90 % | 93 % | 90 % and 96 % | fits | a source |"),
            std::string::npos)
      << page;
  EXPECT_EQ(page.find("- units: a share"), std::string::npos);
}

}  // namespace
}  // namespace varne::days
