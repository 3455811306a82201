#include "varne/core/date.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "varne/core/text.h"

namespace varne {
namespace {

TEST(Date, is_read_whole_or_refused) {
  EXPECT_EQ(iso_date(*parse_date("2020-02-29")), "2020-02-29");
  for (const char* wrong : {"", "2021-02-29", "2021-11-11T00:00:00Z", "2021-1-1", "11/11/2021", "0000-01-01",
                            "2021-13-01", "2021-11-00", "2021-11-1 ", "-021-11-11", "2021/11/11"})
    EXPECT_FALSE(parse_date(wrong)) << wrong;
}

TEST(Date, a_span_is_written_as_short_as_it_can_be_said) {
  for (const char* text : {"2021", "2021-02", "2021-11-11", "2021-01-01/2021-11-11", "2020-12-30/2021-01-03"})
    EXPECT_EQ(iso_span(*parse_span(text)), text);
  EXPECT_EQ(iso_span(*parse_span("2021-01-01/2021-12-31")), "2021");
  EXPECT_EQ(parse_span("2021")->days(), 365);
  EXPECT_EQ(parse_span("2021-11-11/2021-11-10").error().text(),
            "2021-11-11/2021-11-10 ends before it begins; write the earlier day first");
  for (const char* wrong : {"", "21", "2021-13", "2021-11-11/", "/2021-11-11", "November"})
    EXPECT_FALSE(parse_span(wrong)) << wrong;
}

TEST(Date, a_week_runs_from_monday_to_sunday) {
  EXPECT_EQ(iso_span(week_of(*parse_date("2021-11-11"))), "2021-11-08/2021-11-14");
  EXPECT_EQ(iso_span(week_of(*parse_date("2021-11-14"))), "2021-11-08/2021-11-14");
  EXPECT_EQ(iso_span(year_to(*parse_date("2021-11-11"))), "2021-01-01/2021-11-11");
}

RC_GTEST_PROP(Date, what_is_written_is_read_again, ()) {
  const Date first = Date(std::chrono::days(*rc::gen::inRange(-700'000, 2'900'000)));
  const DateSpan span{first, first + std::chrono::days(*rc::gen::inRange(0, 800))};
  RC_ASSERT(*parse_date(iso_date(first)) == first);
  RC_ASSERT(*parse_span(iso_span(span)) == span);
  RC_ASSERT(week_of(first).holds(first));
  RC_ASSERT(week_of(first).days() == 7);
}

TEST(Grouped, puts_a_comma_before_every_third_digit) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(-123456), "-123,456");
  EXPECT_EQ(grouped(28526), "28,526");
  EXPECT_EQ(grouped(1234567), "1,234,567");
}

}  // namespace
}  // namespace varne
