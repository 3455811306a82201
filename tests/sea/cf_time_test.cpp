#include "varne/sea/cf_time.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace varne {
namespace {

std::string moment(const char* units, double count, const char* calendar = "") {
  const auto clock = parse_cf_clock(units, calendar);
  if (!clock) return clock.error().text();
  const auto time = clock->at(count);
  return time ? iso(*time) : time.error().text();
}

TEST(CfTime, reads_units_and_moments_as_models_write_them) {
  EXPECT_EQ(moment("seconds since 1970-01-01 00:00:00 +00:00", 1452729600), "2016-01-14T00:00:00Z");
  EXPECT_EQ(moment("Hour since 2023-02-28 00:00:00", 48, "proleptic_gregorian"), "2023-03-02T00:00:00Z");
  EXPECT_EQ(moment("hours since 1950-01-01", 0.5), "1950-01-01T00:30:00Z");
  EXPECT_EQ(moment("days since 2000-1-1 6:5:4.25", 1), "2000-01-02T06:05:04.250Z");
  EXPECT_EQ(moment("minutes since 2021-11-24T01:48:00+01:00", 30), "2021-11-24T01:18:00Z");
  EXPECT_EQ(moment("h since 2021-11-24 00:00 -5", 0), "2021-11-24T05:00:00Z");
  EXPECT_EQ(moment("h since 2021-11-24 00:00 -0530", 0), "2021-11-24T05:30:00Z");
  EXPECT_EQ(moment("seconds since 1970-01-01 00:00:00.0 0:00", 1636588800), "2021-11-11T00:00:00Z");
  EXPECT_EQ(moment("h since 2021-11-24 00:00 1:30", 0), "2021-11-23T22:30:00Z");
  EXPECT_EQ(moment("weeks since 2021-11-10Z", 2), "2021-11-24T00:00:00Z");
  EXPECT_EQ(moment("milliseconds since 2021-11-24 UTC", 1.4), "2021-11-24T00:00:00.001Z");
}

TEST(CfTime, counts_julian_days_before_the_reform_in_the_standard_calendar) {
  EXPECT_EQ(moment("days since 1582-10-04", 1, "gregorian"), "1582-10-15T00:00:00Z");
  EXPECT_EQ(moment("days since 1582-10-15", 0, "standard"), "1582-10-15T00:00:00Z");
  // The well-known two days: hours since 1-1-1 of NCEP's files, 17,522,904 of them to the first of January
  // 2000.
  EXPECT_EQ(moment("hours since 1-1-1 00:00:0.0", 17522904), "2000-01-01T00:00:00Z");
  EXPECT_EQ(moment("hours since 1-1-1 00:00:0.0", 17522904, "proleptic_gregorian"), "2000-01-03T00:00:00Z");
}

TEST(CfTime, refuses_what_names_no_moment_and_says_why) {
  const auto says = [](const std::string& text, const char* part) {
    EXPECT_NE(text.find(part), std::string::npos) << text;
  };
  says(moment("hours", 0), "\"hours\"");
  says(moment("", 0), "hours since");
  says(moment("months since 2021-01-01", 0), "months");
  says(moment("fortnights since 2021-01-01", 0), "fortnights");
  for (const auto* units : {"hours since", "hours since yesterday", "hours since 2021-13-01",
                            "hours since 2021-02-30", "hours since 2021-01-01 25:00",
                            "hours since 2021-01-01 00:00:00 +25:00", "hours since 2021-01-01 00:00:00 local",
                            "hours since 2021-01-01 00:00:00 7", "hours since 0-1-1", "days since 2021"}) {
    EXPECT_FALSE(parse_cf_clock(units, "")) << units;
  }
  for (const auto* calendar : {"360_day", "noleap", "julian", "none"}) {
    says(moment("days since 2021-01-01", 0, calendar), calendar);
  }
  says(moment("days since 2021-01-01", 1e9), "no moment");
  says(moment("days since 2021-01-01", std::nan("")), "no moment");
}

RC_GTEST_PROP(CfTime, one_moment_has_one_name_in_every_unit, ()) {
  const auto minutes = *rc::gen::inRange(-40'000'000, 40'000'000);
  const std::string in_minutes = moment("minutes since 2021-11-11", minutes);
  RC_ASSERT(moment("seconds since 2021-11-11", 60.0 * minutes) == in_minutes);
  RC_ASSERT(moment("hours since 2021-11-11", minutes / 60.0) == in_minutes);
  RC_ASSERT(moment("days since 2021-11-11", minutes / 1440.0) == in_minutes);
}

}  // namespace
}  // namespace varne
