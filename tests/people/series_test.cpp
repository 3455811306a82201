#include "varne/people/series.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "support.h"

namespace varne {
namespace {

const std::string by_day =
    "date,people,boats,uncontrolled_landings\n"
    "2021-11-10,695,22,\n2021-11-11,1250,36,\n2021-11-12,0,0,0\n";

/// The error's words without the folder that the file lies in.
std::string refusal(const std::string& text, std::optional<Time> published = {}) {
  const test::Scratch scratch;
  const auto series = read_series(scratch.write("series.csv", text), published);
  if (series) return "taken";
  const std::string said = series.error().text();
  const auto at = said.find("series.csv");
  return at == std::string::npos ? said : said.substr(at);
}

TEST(Series, is_read_by_day) {
  const test::Scratch scratch;
  const auto series = read_series(scratch.write("series.csv", by_day));
  ASSERT_TRUE(series) << series.error().text();
  ASSERT_EQ(series->rows.size(), 3U);
  EXPECT_FALSE(series->weekly());
  EXPECT_EQ(series->rows[1].people, 1250);
  EXPECT_EQ(series->rows[1].boats, 36);
  EXPECT_EQ(series->rows[1].uncontrolled_landings, std::nullopt);
  EXPECT_EQ(series->rows[2].uncontrolled_landings, 0);
  EXPECT_FALSE(series->published_said);
  EXPECT_EQ(series->published, *parse_time("2021-11-13"));
}

TEST(Series, is_read_by_week_with_departures_prevented) {
  const test::Scratch scratch;
  const auto series = read_series(
      scratch.write("weekly.csv",
                    "week_ending,people,boats,uncontrolled_landings,people_prevented,events_prevented\n"
                    "2026-07-19,0,0,0,0,2\n2026-07-26,881,13,0,504,21\n"),
      *parse_time("2026-07-27T09:30:00Z"));
  ASSERT_TRUE(series) << series.error().text();
  EXPECT_TRUE(series->weekly());
  EXPECT_TRUE(series->published_said);
  EXPECT_EQ(iso_span(series->rows[1].days), "2026-07-20/2026-07-26");
  EXPECT_EQ(series->rows[1].people_prevented, 504);
  EXPECT_EQ(series->rows[1].events_prevented, 21);
}

TEST(Series, a_byte_order_mark_line_ends_of_windows_and_thousands_in_quotes_are_taken) {
  EXPECT_EQ(refusal("\xEF\xBB\xBF"
                    "date,people,boats\r\n2021-11-11,\"1,250\",36\r\n\r\n"),
            "taken");
  EXPECT_EQ(refusal("date,people,boats,note\n# a remark\n2021-11-11,\"1,250\",36,revised\n"), "taken");
}

TEST(Series, what_is_wrong_is_named_by_line_and_column) {
  const std::string head = "date,people,boats\n2021-11-10,695,22\n";
  EXPECT_EQ(
      refusal(head + "2021-11-10,695,22\n"),
      "series.csv:3: date: 2021-11-10 stands twice; keep the line that is right, or give the other edition "
      "as a file of its own");
  EXPECT_EQ(
      refusal(head + "2021-11-12,0,0\n"),
      "series.csv:3: date: 2021-11-12 follows 2021-11-10: lines between are missing; write 0 where nobody "
      "arrived");
  EXPECT_EQ(refusal(head + "2021-11-09,0,0\n"),
            "series.csv:3: date: 2021-11-09 stands after 2021-11-10; sort the lines by date");
  EXPECT_EQ(refusal(head + "11/11/2021,0,0\n"),
            "series.csv:3: date: \"11/11/2021\" is no day; write it as 2021-11-11");
  EXPECT_EQ(refusal(head + "2021-11-31,0,0\n"),
            "series.csv:3: date: \"2021-11-31\" is no day; write it as 2021-11-11");
  EXPECT_EQ(refusal(head + "2021-11-11,-3,1\n"),
            "series.csv:3: people: \"-3\" is no whole number, 0 or more");
  EXPECT_EQ(refusal(head + "2021-11-11,12.5,1\n"),
            "series.csv:3: people: \"12.5\" is no whole number, 0 or more");
  EXPECT_EQ(refusal(head + "2021-11-11,\"1,25\",1\n"),
            "series.csv:3: people: \"1,25\" is no whole number, 0 or more");
  EXPECT_EQ(refusal(head + "2021-11-11,1250,\n"),
            "series.csv:3: boats: is empty; write 0 where there was none");
  EXPECT_EQ(refusal(head + "2021-11-11,1250,0\n"),
            "series.csv:3: boats: 1250 people in 0 boats: one of the two is wrong");
  EXPECT_EQ(refusal(head + "2021-11-11,1250000,36\n"),
            "series.csv:3: people: 1250000 is more than can be; at most 100000");
  EXPECT_EQ(
      refusal(head + "2021-11-11,1,250,36\n"),
      "series.csv:3: 4 fields where the header has 3; a number with a thousands separator stands in quotes");
  EXPECT_EQ(refusal("week_ending,people,boats\n2021-11-13,0,0\n"),
            "series.csv:2: week_ending: 2021-11-13 is no Sunday; a week ends on one");
}

TEST(Series, columns_without_a_name_are_counted_and_passed_over) {
  EXPECT_EQ(refusal(",,people,boats,date,\n1,2,1250,36,2021-11-11,\n"), "taken");
  EXPECT_EQ(
      refusal(",,people,boats,date,\n1,2,3,4\n"),
      "series.csv:2: 4 fields where the header has 6; a number with a thousands separator stands in quotes");
}

TEST(Series, what_is_no_series_is_refused) {
  EXPECT_NE(refusal("").find("is empty"), std::string::npos);
  EXPECT_EQ(refusal("date,people\n2021-11-11,3\n"),
            "series.csv:1: no column \"boats\"; the header reads \"date,people\"");
  EXPECT_EQ(refusal("people,boats\n3,1\n"),
            "series.csv:1: the header must have either \"date\" (a series by day) or \"week_ending\"");
  EXPECT_EQ(refusal("date,people,people,boats\n2021-11-11,3,4,1\n"),
            "series.csv:1: the header names the column \"people\" twice; which one is meant?");
  EXPECT_EQ(refusal("date,people,boats\n"), "series.csv: has a header and no line below it");
  EXPECT_EQ(refusal(by_day, *parse_time("2021-11-11T09:00:00Z")),
            "series.csv: cannot have been published at 2021-11-11T09:00:00Z: it goes to 2021-11-12");
}

RC_GTEST_PROP(Series, what_is_written_is_read_again, ()) {
  const bool weekly = *rc::gen::arbitrary<bool>();
  const auto count = [] { return *rc::gen::inRange<std::int32_t>(1, 100'001); };
  const auto maybe = [&]() -> std::optional<std::int32_t> {
    return *rc::gen::arbitrary<bool>() ? std::optional(count()) : std::nullopt;
  };
  std::vector<SeriesRow> rows;
  Date day = *parse_date("2018-01-01") + std::chrono::days(7 * *rc::gen::inRange(0, 500));
  for (int left = *rc::gen::inRange(1, 30); left > 0; --left) {
    SeriesRow row{.days = {day, day + std::chrono::days(weekly ? 6 : 0)}};
    if (*rc::gen::arbitrary<bool>()) {
      row.people = count();
      row.boats = count();
    }
    row.uncontrolled_landings = maybe();
    if (weekly) {
      row.people_prevented = maybe();
      row.events_prevented = maybe();
    }
    day = row.days.last + std::chrono::days(1);
    rows.push_back(row);
  }
  const test::Scratch scratch;
  const auto again = read_series(scratch.write("series.csv", series_csv(rows)));
  RC_ASSERT(again.has_value());
  RC_ASSERT(again->rows == rows);
  RC_ASSERT(series_csv(again->rows) == series_csv(rows));
}

}  // namespace
}  // namespace varne
