/// Times as loggers write them.
#include "varne/feed/written_time.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "varne/feed/nmea.h"

namespace varne {
namespace {

const std::string sentence = "!AIVDM,1,1,,A,13`dU0@P1T06oM0M;c@3Q2mp0000,0*3C";
const Time then = *parse_time("2021-11-11T05:00:00Z");
const Time arrival = *parse_time("2021-12-24T18:00:00Z");

struct Taken {
  std::vector<Observation> out;
  NmeaCounts counts;
  std::string remark;
};
Taken take(const std::string& line) {
  NmeaReader reader("ais");
  Taken taken;
  EXPECT_TRUE(reader.take(line, arrival, taken.out)) << line;
  taken.counts = reader.counts();
  taken.remark = reader.remark();
  return taken;
}

TEST(WrittenTime, each_form_that_loggers_write_is_read) {
  for (const std::string text : {"20211111050000",
                                 "20211111T050000Z",
                                 "2021-11-11T05:00:00Z",
                                 "2021-11-11 05:00:00",
                                 "1636606800",
                                 "1636606800000",
                                 "1636606800000000",
                                 "1636606800000000000",
                                 "1636606800.000",
                                 "2021/11/11 05:00:00",
                                 "2021-11-11T06:00:00+01:00",
                                 "2021-11-11 06:00:00 +0100",
                                 "2021-11-11T00:00:00-05",
                                 "11/11/2021 05:00:00",
                                 "11.11.2021 05:00:00",
                                 "11-11-2021 05:00:00",
                                 "11 Nov 2021 05:00:00",
                                 "11-Nov-2021 05:00:00",
                                 "Thu Nov 11 05:00:00 2021",
                                 "Thu, 11 Nov 2021 05:00:00 GMT",
                                 "2021-11-11 05:00:00 UTC",
                                 "11/11/2021 5:00:00 AM",
                                 "[2021-11-11 05:00:00]",
                                 "(1636606800)",
                                 "\"2021-11-11T05:00:00Z\"",
                                 "2021-11-11T5:0:0",
                                 "2021-11-11T05:00",
                                 "2021-11-11_05:00:00",
                                 "20211111T0500Z",
                                 "11.11.2021 05.00.00",
                                 "11/11/2021 5:00:00 a.m.",
                                 "2021.11.11 05:00:00"}) {
    const auto time = written_time(text);
    ASSERT_TRUE(time) << text;
    EXPECT_EQ(*time, then) << text;
    for (const auto& line :
         {text + " " + sentence, text + "," + sentence, text + "\t" + sentence, sentence + "," + text,
          sentence + " " + text, sentence + "\t" + text, sentence + ",r003669987," + text}) {
      const auto taken = take(line);
      ASSERT_EQ(taken.out.size(), 1U) << line;
      EXPECT_EQ(taken.out[0].time, then) << line;
      EXPECT_TRUE(taken.out[0].time_given) << line;
      EXPECT_EQ(taken.counts.unread_time, 0U) << line;
      EXPECT_EQ(taken.remark, "") << line;
    }
  }
}

TEST(WrittenTime, fractions_are_kept_to_the_millisecond) {
  const Time t = then + Duration(123);
  for (const std::string text :
       {"2021-11-11 05:00:00.123", "2021-11-11 05:00:00,123", "1636606800.123", "1636606800123",
        "1636606800123456", "1636606800.123456", "20211111050000.123", "2021-11-11T05:00:00.1239Z"})
    EXPECT_EQ(written_time(text), t) << text;
  EXPECT_EQ(written_time("2021-11-11 05:00:00.5"), then + Duration(500));
}

/// The forms of tag blocks: seconds, with a fraction, milliseconds, microseconds.
TEST(WrittenTime, a_tag_block_counts_in_whichever_unit) {
  for (const auto& [line, ms] :
       {std::pair{R"(\c:1636606800.123*4D\!AIVDM,1,1,,A,13`dU0@P1T06oM0M;c@3Q2mp0000,0*3C)", 123},
        std::pair{R"(\c:1636606800123456*54\!AIVDM,1,1,,A,13`dU0@P1T06oM0M;c@3Q2mp0000,0*3C)", 123},
        std::pair{R"(\s:r1,c:1636606800*75\!AIVDM,1,1,,A,13`dU:0P1T06oM0M;c@3Q2mp0000,0*46)", 0}}) {
    const auto taken = take(line);
    ASSERT_EQ(taken.out.size(), 1U) << line;
    EXPECT_EQ(taken.out[0].time, then + Duration(ms)) << line;
    EXPECT_EQ(taken.counts.bad_tag_block, 0U) << line;
  }
}

TEST(WrittenTime, what_is_not_understood_is_said_and_counted_and_the_arrival_stands) {
  for (const std::string text :
       {"05:00:00", "2021-11-11", "11/13/2021 05:00:00", "2021-13-11T05:00:00Z", "2021-11-11T25:00:00Z",
        "2021-11-11 05:00:00 CET", "202111110500", "99999999999", "211111050000", "2021-02-29T05:00:00Z"}) {
    EXPECT_FALSE(written_time(text)) << text;
    for (const auto& line : {text + " " + sentence, sentence + "," + text}) {
      const auto taken = take(line);
      ASSERT_EQ(taken.out.size(), 1U) << line;
      EXPECT_EQ(taken.out[0].time, arrival) << line;
      EXPECT_FALSE(taken.out[0].time_given) << line;
      EXPECT_EQ(taken.counts.unread_time, 1U) << line;
      EXPECT_NE(taken.remark.find("is not understood as a time"), std::string::npos) << line;
    }
  }
}

/// A zone that no rule turns into an offset, by whatever name and wherever it stands beside the time.
TEST(WrittenTime, a_time_beside_the_name_of_a_zone_is_not_understood) {
  for (const std::string text :
       {"2021-11-11 05:00:00 GMT+1", "2021-11-11 05:00:00 UTC+2", "2021-11-11 05:00:00 UTC+01:00",
        "2021-11-11 05:00:00 AEST", "2021-11-11 05:00:00 HKT", "2021-11-11 05:00:00 MEZ",
        "2021-11-11 05:00:00 cet", "2021-11-11 05:00:00 Europe/Paris", "2021-11-11 05:00:00 NZDT",
        "2021-11-11 05:00:00 local", "2021-11-11 05:00:00 CET/CEST", "CET 2021-11-11 05:00:00",
        "W. Europe Standard Time 2021-11-11 05:00:00", "2021-11-11T05:00:00,CET", "2021-11-11;05:00:00;MEZ",
        "20211111050000 CEST", "[2021-11-11 05:00:00] JST"}) {
    for (const auto& line : {text + " " + sentence, sentence + "," + text, text + "," + sentence}) {
      const auto taken = take(line);
      ASSERT_EQ(taken.out.size(), 1U) << line;
      EXPECT_EQ(taken.out[0].time, arrival) << line;
      EXPECT_EQ(taken.counts.unread_time, 1U) << line;
      EXPECT_NE(taken.remark.find("is not understood as a time"), std::string::npos) << line;
    }
  }
  // A word that stands elsewhere is a station's name.
  EXPECT_EQ(time_beside("WEST 7 2021-11-11 05:00:00").time, then);
  EXPECT_EQ(time_beside("2021-11-11 05:00:00 ch A WEST").time, then);
}

TEST(WrittenTime, an_offset_in_a_field_of_its_own_counts) {
  for (const auto* text :
       {"2021-11-11;06:00:00;+01:00;", "2021-11-11T06:00:00;+01:00", "2021-11-11 06:00:00,+0100,"})
    EXPECT_EQ(time_beside(text).time, then) << text;
  // A signal's strength is none.
  for (const auto* text : {"2021-11-11 05:00:00,-12,", "2021-11-11 05:00:00;-7;", "2021-11-11T05:00:00Z,-42"})
    EXPECT_EQ(time_beside(text).time, then) << text;
}

TEST(WrittenTime, what_is_no_time_is_passed_over_without_a_word) {
  for (const std::string text : {"r003669987", "003669987", "-42", "S1234", "nmea0183 n0183-AIVDM", "3.14",
                                 "d-089", "T42.86137673", "channel 1", ""}) {
    EXPECT_FALSE(time_beside(text).time) << text;
    EXPECT_EQ(time_beside(text).unread, "") << text;
    EXPECT_EQ(take(sentence + "," + text).counts.unread_time, 0U) << text;
  }
}

TEST(WrittenTime, a_date_and_its_time_of_day_may_be_fields_of_their_own) {
  for (const auto* text : {"2021-11-11,05:00:00,", "2021-11-11;05:00:00", "2021-11-11\t05:00:00\t",
                           "receiver 7 2021-11-11 05:00:00 -", "time=2021-11-11T05:00:00Z ",
                           "{\"rxtime\":\"20211111050000\",\"nmea\":\""})
    EXPECT_EQ(time_beside(text).time, then) << text;
}

RC_GTEST_PROP(WrittenTime, every_instant_is_read_back_from_each_form, ()) {
  const auto s = *rc::gen::inRange<std::int64_t>(978307200, 4102444800);
  const Time t = time_from_millis(s * 1000);
  const auto text = iso(t);
  const auto date = text.substr(0, 10);
  const auto clock = text.substr(11, 8);
  RC_ASSERT(written_time(text) == t);
  RC_ASSERT(written_time(date + " " + clock) == t);
  RC_ASSERT(written_time(std::to_string(s)) == t || s < 1000000000);
  RC_ASSERT(written_time(fmt::format("{}/{}/{} {}", date.substr(8), date.substr(5, 2), date.substr(0, 4),
                                     clock)) == t);
}

RC_GTEST_PROP(WrittenTime, any_text_gives_a_time_of_this_century_or_none, (const std::string& text)) {
  if (const auto time = time_beside(text).time) {
    RC_ASSERT(*time >= *parse_time("2000-12-31T00:00:00Z"));
    RC_ASSERT(*time <= *parse_time("2100-01-02T00:00:00Z"));
  }
}

}  // namespace
}  // namespace varne
