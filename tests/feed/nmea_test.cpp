/// Lines as receivers, aggregators and logs write them.
#include "varne/feed/nmea.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "encode.h"
#include "varne/core/units.h"

namespace varne {
namespace {

using test::AisBits;
using test::sentences;
using test::with_checksum;

const Time arrived = *parse_time("2021-11-11T05:00:00Z");

struct Read {
  std::vector<Observation> observations;
  std::vector<std::string> errors;
  NmeaCounts counts;
};

Read read(const std::vector<std::string>& lines, Duration between = Duration(0)) {
  NmeaReader reader("ais");
  Read out;
  Time now = arrived;
  for (const auto& line : lines) {
    if (const auto done = reader.take(line, now, out.observations); !done)
      out.errors.push_back(done.error().text());
    now += between;
  }
  reader.finish();
  out.counts = reader.counts();
  return out;
}

/// A class A position of MMSI 235001234 at 1.5° E 51° N making 10 knots.
AisBits position(std::int64_t mmsi = 235001234) {
  AisBits bits;
  bits.put(1, 6).put(0, 2).put(mmsi, 30).put(0, 4).put(0, 8).put(100, 10).put(1, 1);
  bits.put(900000, 28).put(30600000, 27).put(450, 12).put(45, 9).put(60, 6).put(0, 25);
  return bits;
}
/// Static and voyage data: two sentences.
AisBits voyage(std::int64_t mmsi, const std::string& name) {
  AisBits bits;
  bits.put(5, 6).put(0, 2).put(mmsi, 30).put(0, 32).text("", 7).text(name, 20).put(70, 8).put(0, 62);
  bits.text("DOVER", 20).put(0, 2);
  return bits;
}
std::string tag(const std::string& fields) {
  const auto sum = with_checksum(fields);
  return "\\" + fields + sum.substr(sum.size() - 3) + "\\";
}

TEST(Nmea, a_sentence_becomes_an_observation_with_its_source_and_raw_text) {
  const auto line = sentences(position()).front();
  const auto got = read({line});
  ASSERT_EQ(got.observations.size(), 1U);
  const auto& o = got.observations[0];
  EXPECT_EQ(o.source, "ais");
  EXPECT_EQ(o.raw, line);
  EXPECT_EQ(o.time, arrived);
  const auto& p = std::get<AisPosition>(o.what);
  EXPECT_EQ(p.mmsi, 235001234U);
  ASSERT_TRUE(p.place);
  EXPECT_DOUBLE_EQ(p.place->lon, 1.5);
  EXPECT_DOUBLE_EQ(p.place->lat, 51.0);
  EXPECT_NEAR(*p.speed_mps, mps_from_knots(10), 1e-12);
}

/// Every wire form of the same sentence, with the time that it says.
TEST(Nmea, every_wire_form_is_read_and_says_its_time) {
  const auto line = sentences(position()).front();
  const Time t = *parse_time("2016-04-10T00:00:01Z");
  const auto s = std::to_string(millis(t) / 1000);
  const auto ms = std::to_string(millis(t) + 250);
  const std::vector<std::pair<std::vector<std::string>, Time>> forms{
      {{tag("c:" + s) + line}, t},
      {{tag("s:r003669945,c:" + s) + line}, t},
      {{tag("c:" + ms) + line}, t + Duration(250)},
      {{tag("g:1-1-77,s:r1,c:" + s) + line}, t},
      {{tag("c:" + s), line}, t},
      {{tag("si:AISD"), "$PGHP,1,2016,4,10,0,0,1,11,219,,2190067,1,62*26", line}, t + Duration(11)},
      {{"$PGHP,1,2016,4,10,0,0,1,0,219,,2190067,1,62*26", tag("si:AISD"), line}, t},
      {{"2016-04-10 00:00:01, " + line}, t},
      {{"2016-04-10 00:00:01 " + line}, t},
      {{s + "," + line}, t},
      {{s + " " + line}, t},
      {{line + "," + s}, t},
      {{line + ",r003669987," + s}, t},
      {{line + ",d-123,S9999,t042842.00,T42.86137673,r07CSJU1," + s}, t},
      {{line + "\r"}, arrived},
      {{"  " + line}, arrived},
      {{"# a comment", "$GPGGA,114705.00,3351.0152,S,15117.2159,E,1,06,1.69,00093,M,021,M,,*78", "", line},
       arrived},
      // A damaged tag block does not vouch for its time, nor the damage for the sentence's.
      {{"\\c:" + s + "*00\\" + line}, arrived},
      {{"\\c:" + s + "\\" + line}, arrived},
  };
  for (const auto& [lines, time] : forms) {
    const auto got = read(lines);
    ASSERT_EQ(got.observations.size(), 1U) << lines.front();
    EXPECT_EQ(got.observations[0].time, time) << lines.front();
    EXPECT_EQ(got.observations[0].raw, lines.back().substr(0, lines.back().find('\r')));
    EXPECT_TRUE(got.errors.empty()) << got.errors.front();
  }
}

TEST(Nmea, a_time_on_a_line_of_its_own_holds_for_the_next_sentence_only) {
  const auto line = sentences(position()).front();
  const auto got = read({tag("c:1460246401"), line, line});
  ASSERT_EQ(got.observations.size(), 2U);
  EXPECT_EQ(got.observations[0].time, time_from_millis(1460246401000));
  EXPECT_EQ(got.observations[1].time, arrived);
}

TEST(Nmea, any_talker_and_channel_and_an_empty_field_too_many) {
  const auto payload = position().armoured();
  for (const auto* head :
       {"AIVDM", "ABVDM", "ADVDM", "AIVDO", "ANVDM", "ARVDM", "ASVDM", "ATVDM", "AXVDM", "BSVDM", "SAVDM"}) {
    EXPECT_EQ(read({with_checksum(fmt::format("{},1,1,,A,{},0", head, payload))}).observations.size(), 1U)
        << head;
  }
  for (const auto* channel : {"", "A", "B", "C", "1", "2", "0"}) {
    EXPECT_EQ(read({with_checksum(fmt::format("AIVDM,1,1,,{},{},0", channel, payload))}).observations.size(),
              1U);
    EXPECT_EQ(read({with_checksum(fmt::format("AIVDM,1,1,,{},{},0,", channel, payload))}).observations.size(),
              1U);
    EXPECT_EQ(read({with_checksum(fmt::format("AIVDM,1,1,,{},,{},0", channel, payload))}).observations.size(),
              1U);
  }
}

TEST(Nmea, a_wrong_checksum_refuses_the_sentence_and_says_both) {
  auto line = sentences(position()).front();
  const auto right = line.substr(line.size() - 2);
  const std::string wrong = right == "00" ? "01" : "00";
  line.replace(line.size() - 2, 2, wrong);
  const auto got = read({line});
  EXPECT_TRUE(got.observations.empty());
  EXPECT_EQ(got.counts.bad_checksum, 1U);
  ASSERT_EQ(got.errors.size(), 1U);
  EXPECT_NE(got.errors[0].find("checksum " + wrong + " written, " + right + " computed"), std::string::npos)
      << got.errors[0];
  // Lower case is as good.
  line = sentences(position()).front();
  for (std::size_t i = line.size() - 2; i < line.size(); ++i)
    line[i] = static_cast<char>(std::tolower(line[i]));
  EXPECT_EQ(read({line}).observations.size(), 1U);
}

TEST(Nmea, what_is_not_built_as_a_sentence_is_named) {
  for (const auto& [line, why] : std::vector<std::pair<std::string, std::string>>{
           {"!AIVDM,1,1,,A,15M", "no checksum"},
           {"!AIVDM,1,1,,A,15M*", "checksum not written"},
           {with_checksum("AIVDM,1,1,,A,15M"), "7 fields"},
           {with_checksum("AIVDM,1,2,,A,15M,0"), "makes no sense"},
           {with_checksum("AIVDM,0,0,,A,15M,0"), "makes no sense"},
           {with_checksum("AIVDM,1,1,,A,,0"), "no payload"},
           {with_checksum("AIVDM,1,1,,A,15M,7"), "fill bits"},
           {with_checksum("AIVDM,1,1,,A,15M,0"), "too short"},
           {with_checksum("AIVDM,2,2,3,A,15M,0"), "part 2 of 2"}}) {
    const auto got = read({line});
    EXPECT_TRUE(got.observations.empty()) << line;
    ASSERT_EQ(got.errors.size(), 1U) << line;
    EXPECT_NE(got.errors[0].find(why), std::string::npos) << line << ": " << got.errors[0];
  }
}

TEST(Nmea, parts_are_joined_and_kept_whole_in_the_raw_text) {
  const auto lines = sentences(voyage(235001234, "SPIRIT OF VARNE"));
  ASSERT_EQ(lines.size(), 2U);
  const auto got = read(lines);
  ASSERT_EQ(got.observations.size(), 1U);
  EXPECT_EQ(std::get<AisIdentity>(got.observations[0].what).name, "SPIRIT OF VARNE");
  EXPECT_EQ(std::get<AisIdentity>(got.observations[0].what).destination, "DOVER");
  EXPECT_EQ(got.observations[0].raw, lines[0] + "\n" + lines[1]);
}

TEST(Nmea, the_first_part_says_the_time_of_the_message) {
  const auto lines = sentences(voyage(235001234, "A"));
  const auto got = read({tag("g:1-2-5,c:1460246401") + lines[0], tag("g:2-2-5") + lines[1]});
  ASSERT_EQ(got.observations.size(), 1U);
  EXPECT_EQ(got.observations[0].time, time_from_millis(1460246401000));
}

std::vector<std::string> names(const Read& got) {
  std::vector<std::string> out;
  for (const auto& o : got.observations) out.push_back(std::get<AisIdentity>(o.what).name);
  return out;
}

TEST(Nmea, messages_whose_parts_alternate_are_told_apart_by_sequence_channel_group_and_station) {
  const auto alternate = [](const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return names(read({a[0], b[0], a[1], b[1]}));
  };
  const std::vector<std::string> both{"ONE", "TWO"};
  const auto one = voyage(235000001, "ONE");
  const auto two = voyage(235000002, "TWO");
  EXPECT_EQ(alternate(sentences(one, 56, 1), sentences(two, 56, 2)), both);
  EXPECT_EQ(alternate(sentences(one, 56, 1, 'A'), sentences(two, 56, 1, 'B')), both);
  auto a = sentences(one);
  auto b = sentences(two);
  for (std::size_t i : {0U, 1U}) {
    a[i] = tag(fmt::format("g:{}-2-11", i + 1)) + a[i];
    b[i] = tag(fmt::format("g:{}-2-12", i + 1)) + b[i];
  }
  EXPECT_EQ(alternate(a, b), both);
  a = sentences(one);
  b = sentences(two);
  for (auto& line : a) line += ",r003669987,1152921693";
  for (auto& line : b) line += ",r003669988,1152921693";
  EXPECT_EQ(alternate(a, b), both);
}

TEST(Nmea, a_lost_part_loses_its_message_and_no_other) {
  const auto one = sentences(voyage(235000001, "ONE"));
  const auto two = sentences(voyage(235000002, "TWO"));
  // Under the same number, some seconds later.
  const auto lost_second = read({one[0], two[0], two[1]}, std::chrono::seconds(3));
  EXPECT_EQ(names(lost_second), std::vector<std::string>{"TWO"});
  EXPECT_EQ(lost_second.counts.lost_part, 1U);
  const auto lost_first = read({one[1], two[0], two[1]});
  EXPECT_EQ(names(lost_first), std::vector<std::string>{"TWO"});
  EXPECT_EQ(lost_first.errors.size(), 1U);
  EXPECT_EQ(read({one[0]}).counts.lost_part, 1U);
}

TEST(Nmea, a_part_that_comes_too_late_is_not_joined_to_an_older_message) {
  const auto one = sentences(voyage(235000001, "ONE"));
  const auto two = sentences(voyage(235000002, "TWO"));
  EXPECT_TRUE(read({one[0], two[1]}, std::chrono::seconds(31)).observations.empty());
  EXPECT_TRUE(read({tag("c:1460246401") + one[0], tag("c:1460246461") + two[1]}).observations.empty());
  std::vector<std::string> apart{one[0]};
  apart.insert(apart.end(), 2001, "$GPZDA,other*00");
  apart.push_back(two[1]);
  EXPECT_TRUE(read(apart).observations.empty());
}

TEST(Nmea, first_parts_without_end_are_kept_in_bounded_number) {
  std::vector<std::string> lines;
  for (int i = 0; i < 1000; ++i)
    lines.push_back(tag(fmt::format("g:1-2-{}", i)) + sentences(voyage(1, "X"))[0]);
  EXPECT_EQ(read(lines).counts.lost_part, 1000U);
}

TEST(Nmea, types_read_no_further_are_counted_and_are_no_error) {
  AisBits bits;
  bits.put(8, 6).put(0, 2).put(235001234, 30).put(0, 130);
  const auto got = read(sentences(bits));
  EXPECT_TRUE(got.observations.empty());
  EXPECT_TRUE(got.errors.empty());
  EXPECT_EQ(got.counts.types[8], 1U);
}

/// Bytes that look like sentences often enough to reach every branch.
rc::Gen<std::string> soup() {
  const auto piece = rc::gen::oneOf(
      rc::gen::string<std::string>(),
      rc::gen::elementOf(std::vector<std::string>{
          "!AIVDM", "!BSVDO", ",", ",1,1,,A,", ",2,1,3,B,", ",2,2,3,B,", "*", "\\", "\\g:1-2-3,c:1*",
          "$PGHP,1,", "15M:@d001H@Hb4", "0", "53aDp", ",r1,1152921693", "\t", "\r"}));
  return rc::gen::map(
      rc::gen::container<std::vector<std::string>>(piece), [](const std::vector<std::string>& pieces) {
        std::string out;
        for (const auto& p : pieces) out += p;
        // Half of them get the checksum they need.
        const auto bang = out.find('!');
        if (out.size() % 2 == 0 && bang != std::string::npos)
          out = out.substr(0, bang) + with_checksum(out.substr(bang + 1, out.find('*', bang) - bang - 1));
        return out;
      });
}

RC_GTEST_PROP(Nmea, no_bytes_crash_it_or_make_a_place_off_the_globe, ()) {
  NmeaReader reader("ais");
  std::vector<Observation> out;
  const auto lines = *rc::gen::container<std::vector<std::string>>(soup());
  for (const auto& line : lines) (void)reader.take(line, arrived, out);
  for (const auto& o : out) {
    if (const auto* p = std::get_if<AisPosition>(&o.what)) RC_ASSERT(valid(p->place.value_or(Place{})));
    if (const auto* p = std::get_if<AisMark>(&o.what)) RC_ASSERT(valid(p->place.value_or(Place{})));
  }
  const auto& n = reader.counts();
  RC_ASSERT(n.lines == lines.size());
  // A line may hold several sentences.
  RC_ASSERT(n.sentences + n.other + n.bad_checksum + n.bad_sentence >= n.lines);
}

RC_GTEST_PROP(Nmea, any_payload_under_a_good_checksum_keeps_places_on_the_globe, ()) {
  AisBits bits;
  bits.put(*rc::gen::element(1, 2, 3, 4, 9, 18, 19, 21), 6);
  const auto bytes = *rc::gen::container<std::vector<std::uint8_t>>(52, rc::gen::arbitrary<std::uint8_t>());
  for (const auto byte : bytes) bits.put(byte, 8);
  bits.cut(*rc::gen::inRange<std::size_t>(0, bits.size() + 1));
  const auto got = read(sentences(bits, 80));
  for (const auto& o : got.observations) {
    if (const auto* p = std::get_if<AisPosition>(&o.what)) RC_ASSERT(valid(p->place.value_or(Place{})));
    if (const auto* p = std::get_if<AisMark>(&o.what)) RC_ASSERT(valid(p->place.value_or(Place{})));
  }
}

RC_GTEST_PROP(Nmea, a_bit_that_flipped_on_the_way_is_always_noticed, ()) {
  auto line = sentences(position(*rc::gen::inRange<std::int64_t>(200000000, 799999999))).front();
  // Between the '!' and the '*': what the checksum covers. A bit flip there changes exactly one sum bit; it
  // may make another '!' or '*' or break the head, and then this is no sentence at all.
  const auto at = *rc::gen::inRange<std::size_t>(1, line.size() - 3);
  line[at] = static_cast<char>(line[at] ^ (1 << *rc::gen::inRange(0, 7)));
  RC_ASSERT(read({line}).observations.empty());
}

}  // namespace
}  // namespace varne
