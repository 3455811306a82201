/// Lines as they come off serial ports, merged feeds and odd senders.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "encode.h"
#include "varne/core/lines.h"
#include "varne/feed/nmea.h"
#include "varne/feed/reader.h"

namespace varne {
namespace {

using std::chrono::seconds;
using test::AisBits;
using test::sentences;
using test::with_checksum;

const Time start = *parse_time("2021-11-11T05:00:00Z");
const std::string one_sentence = "!AIVDM,1,1,,A,13`dU0@P1T06oM0M;c@3Q2mp0000,0*3C";
const std::string other_sentence = "!AIVDM,1,1,,A,13`dU:0P1T06oM0M;c@3Q2mp0000,0*46";

class Nmea : public ::testing::Test {
 protected:
  NmeaReader reader{"ais"};
  std::vector<Observation> out;
  std::vector<std::string> refused;
  Time now = start;

  void take(std::string_view line) {
    if (const auto done = reader.take(line, now, out); !done) refused.push_back(done.error().what);
  }
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& o : out) {
      const auto& who = std::get<AisIdentity>(o.what);
      all.push_back(fmt::format("{} {} {}", who.mmsi, who.name, who.destination));
    }
    return all;
  }
};
using Sequences = Nmea;
using Glued = Nmea;
using Odd = Nmea;

AisBits voyage(std::int64_t mmsi, const std::string& name, const std::string& to) {
  AisBits bits;
  bits.put(5, 6).put(0, 2).put(mmsi, 30).put(0, 32).text("", 7).text(name, 20).put(70, 8).put(0, 62);
  bits.text(to, 20).put(0, 2);
  return bits;
}
const AisBits alpha = voyage(244000001, "ALPHA ONE", "DOVER");
const AisBits bravo = voyage(244000002, "BRAVO TWO", "CALAIS");
const std::string whole_alpha = "244000001 ALPHA ONE DOVER";
const std::string whole_bravo = "244000002 BRAVO TWO CALAIS";

TEST_F(Sequences, numbers_above_nine_are_told_apart) {
  for (const auto* line : {"!AIVDM,2,1,12,A,53`dU0@2:N2U07340004i0P60tpD000000000016<PD:840Ht@A3mQDP,0*64",
                           "!AIVDM,2,1,11,A,53`dU0P2:N2a0;38000985Hv1ALt00000000000t6@D5540Ht;@hC0BD,0*5D",
                           "!AIVDM,2,2,12,A,000000000000000,2*17", "!AIVDM,2,2,11,A,h00000000000000,2*4C"})
    take(line);
  EXPECT_TRUE(refused.empty()) << refused.front();
  EXPECT_EQ(names(), (std::vector<std::string>{whole_alpha, whole_bravo}));
  out.clear();
  const auto a = sentences(alpha, 56, 127);
  const auto b = sentences(bravo, 56, 12);
  for (const auto& line : {a[0], b[0], a[1], b[1]}) take(line);
  EXPECT_EQ(names(), (std::vector<std::string>{whole_alpha, whole_bravo}));
}

/// Two receivers that use one number at once, in every order in which their lines can come: what is read is
/// what was sent.
TEST_F(Sequences, of_two_receivers_with_one_number_nothing_is_ever_mixed) {
  const auto a = sentences(alpha);
  const auto b = sentences(bravo);
  const std::vector<std::vector<std::string>> orders{
      {a[0], b[0], a[1], b[1]}, {a[0], b[0], b[1], a[1]}, {b[0], a[0], a[1], b[1]}, {b[0], a[0], b[1], a[1]},
      {a[0], a[1], b[0], b[1]}, {a[0], b[0], b[1]},       {a[0], b[0], a[1]}};
  for (const auto& order : orders) {
    NmeaReader fresh("ais");
    out.clear();
    for (const auto& line : order) (void)fresh.take(line, start, out);
    for (const auto& name : names()) EXPECT_TRUE(name == whole_alpha || name == whole_bravo) << name;
  }
  // They are told apart where anything tells them apart: a talker, a channel, a station.
  const auto with = [](std::vector<std::string> lines, auto change) {
    for (auto& line : lines) line = change(line);
    return lines;
  };
  const auto other_talker = with(
      b, [](const std::string& line) { return with_checksum("BSVDM" + line.substr(6, line.size() - 9)); });
  const auto other_station = with(b, [](const std::string& line) { return line + ",r2,1636606800"; });
  for (const auto& theirs : {other_talker, other_station, sentences(bravo, 56, 3, 'B')}) {
    NmeaReader fresh("ais");
    out.clear();
    const auto ours = theirs == other_station
                          ? with(a, [](const std::string& line) { return line + ",r1,1636606800"; })
                          : a;
    for (const auto& line : {ours[0], theirs[0], ours[1], theirs[1]})
      EXPECT_TRUE(fresh.take(line, start, out)) << line;
    EXPECT_EQ(names(), (std::vector<std::string>{whole_alpha, whole_bravo}));
  }
}

TEST_F(Sequences, one_message_heard_by_two_receivers_is_read_twice) {
  const auto a = sentences(alpha);
  for (const auto& line : {a[0], a[0], a[1], a[1]}) take(line);
  EXPECT_TRUE(refused.empty());
  EXPECT_EQ(names(), (std::vector<std::string>{whole_alpha, whole_alpha}));
}

TEST_F(Sequences, a_number_used_again_later_is_a_new_message) {
  const auto a = sentences(alpha);
  const auto b = sentences(bravo);
  take(a[0]);  // its second part is lost
  now += seconds(5);
  take(b[0]);
  take(b[1]);
  EXPECT_EQ(names(), std::vector<std::string>{whole_bravo});
  EXPECT_EQ(reader.counts().lost_part, 1U);
}

TEST_F(Sequences, a_disputed_number_is_good_again_when_both_are_through_or_time_has_passed) {
  const auto a = sentences(alpha);
  const auto b = sentences(bravo);
  for (const auto& line : {a[0], b[0], a[1], b[1]}) take(line);
  EXPECT_TRUE(out.empty());
  EXPECT_EQ(reader.counts().mixed_part, 3U);
  EXPECT_EQ(reader.counts().lost_part, 2U);
  take(a[0]);
  take(a[1]);
  EXPECT_EQ(names(), std::vector<std::string>{whole_alpha});
  out.clear();
  take(a[0]);
  take(b[0]);
  now += seconds(5);
  take(b[0]);
  take(b[1]);
  EXPECT_EQ(names(), std::vector<std::string>{whole_bravo});
}

TEST_F(Sequences, feeds_have_readers_of_their_own) {
  NmeaReader second("ais-2");
  const auto a = sentences(alpha);
  const auto b = sentences(bravo);
  take(a[0]);
  ASSERT_TRUE(second.take(b[0], start, out));
  take(a[1]);
  ASSERT_TRUE(second.take(b[1], start, out));
  EXPECT_EQ(names(), (std::vector<std::string>{whole_alpha, whole_bravo}));
}

TEST_F(Glued, sentences_on_one_line_are_each_read) {
  take(one_sentence + other_sentence);
  take(one_sentence + " " + other_sentence + one_sentence);
  EXPECT_TRUE(refused.empty());
  ASSERT_EQ(out.size(), 5U);
  EXPECT_EQ(out[0].raw, one_sentence);
  EXPECT_EQ(out[1].raw, other_sentence);
  EXPECT_NE(std::get<AisPosition>(out[0].what).mmsi, std::get<AisPosition>(out[1].what).mmsi);
}

TEST_F(Glued, a_sentence_cut_off_by_the_next_is_refused_and_the_next_is_read) {
  for (std::size_t cut = 7; cut < one_sentence.size() - 2; ++cut) {
    out.clear();
    refused.clear();
    take(one_sentence.substr(0, cut) + other_sentence);
    ASSERT_EQ(out.size(), 1U) << cut;
    EXPECT_EQ(out[0].raw, other_sentence);
    EXPECT_EQ(refused.size(), 1U) << cut;
  }
}

TEST_F(Glued, each_keeps_what_belongs_to_it) {
  take(R"(\s:r1,c:1636606800*75\)" + one_sentence + R"(\c:1636606800.123*4D\)" + other_sentence);
  take(one_sentence + ",r003669987,1636606800" + other_sentence + ",r003669988,1636606801");
  take("2021-11-11T05:00:00Z " + one_sentence + "2021-11-11T05:00:01Z " + other_sentence);
  ASSERT_EQ(out.size(), 6U);
  EXPECT_EQ(out[0].time, start);
  EXPECT_EQ(out[1].time, start + Duration(123));
  for (const std::size_t pair : {2U, 4U}) {
    EXPECT_EQ(out[pair].time, start);
    EXPECT_EQ(out[pair + 1].time, start + seconds(1));
  }
  EXPECT_EQ(station_in(out[0].raw), "r1");
  EXPECT_EQ(station_in(out[2].raw), "r003669987");
  EXPECT_EQ(station_in(out[3].raw), "r003669988");
}

TEST_F(Odd, an_empty_part_and_six_fill_bits_are_read) {
  const auto payload = alpha.armoured();
  // All of it in the first part, nothing in the second.
  take(with_checksum("AIVDM,2,1,3,A," + payload + ",0"));
  take(with_checksum(fmt::format("AIVDM,2,2,3,A,,{}", alpha.fill())));
  // And an empty first part.
  take(with_checksum("AIVDM,2,1,4,A,,0"));
  take(with_checksum(fmt::format("AIVDM,2,2,4,A,{},{}", payload, alpha.fill())));
  EXPECT_TRUE(refused.empty()) << refused.front();
  EXPECT_EQ(names(), (std::vector<std::string>{whole_alpha, whole_alpha}));
  out.clear();
  for (const auto* end : {",6", "0,6"}) {
    take(with_checksum(std::string("AIVDM,1,1,,A,13`dU0@P1T06oM0M;c@3Q2mp0000") + end));
  }
  ASSERT_EQ(out.size(), 2U);
  for (const auto& o : out) {
    EXPECT_EQ(std::get<AisPosition>(o.what).mmsi, 244000001U);
    EXPECT_FALSE(std::get<AisPosition>(o.what).odd_length);
  }
}

TEST_F(Odd, marks_and_zeros_at_the_ends_of_a_line_do_no_harm) {
  for (const std::string& line : {"\xEF\xBB\xBF" + one_sentence, one_sentence + std::string(3, '\0'),
                                  std::string(2, '\0') + one_sentence, one_sentence + "\r"})
    take(line);
  EXPECT_TRUE(refused.empty());
  EXPECT_EQ(out.size(), 4U);
  for (const auto& o : out) EXPECT_EQ(o.raw, one_sentence);
}

TEST_F(Odd, refusals_are_counted_by_their_kind) {
  auto wrong = one_sentence;
  wrong.back() = 'D';
  for (const auto& line :
       {wrong, std::string("!AIVDM,1,1,,A,15M"), with_checksum("AIVDM,1,1,,A,15M,0"), sentences(alpha)[1]})
    EXPECT_FALSE(reader.take(line, start, out)) << line;
  EXPECT_EQ(reader.counts().bad_checksum, 1U);
  EXPECT_EQ(reader.counts().bad_sentence, 1U);
  EXPECT_EQ(reader.counts().bad_message, 1U);
  EXPECT_EQ(reader.counts().lone_part, 1U);
}

TEST_F(Odd, a_tag_block_with_a_wrong_checksum_is_counted_and_remarked_on) {
  take(R"(\c:1636606800*00\)" + one_sentence);
  ASSERT_EQ(out.size(), 1U);
  EXPECT_FALSE(out[0].time_given);
  EXPECT_EQ(reader.counts().bad_tag_block, 1U);
  EXPECT_NE(reader.remark().find("tag block's checksum is wrong"), std::string::npos);
  take(one_sentence);
  EXPECT_EQ(reader.remark(), "");
}

TEST(FeedReader, says_of_a_line_that_was_taken_what_of_it_was_not_understood) {
  const auto reader = *make_reader("nmea", "ais");
  std::vector<Observation> out;
  const auto done = reader->take("05:00:00 " + one_sentence, start, out);
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().what.find("not understood as a time"), std::string::npos) << done.error().what;
  ASSERT_EQ(out.size(), 1U);
  EXPECT_FALSE(out[0].time_given);
}

/// A restart between the parts of a message, and between a header and its rows.
TEST(FeedReader, goes_on_alike_from_its_state) {
  const auto parts = sentences(alpha);
  const std::vector<std::pair<std::string, std::vector<std::string>>> feeds{
      {"nmea", {"\\c:1636606800*53\\", parts[0], parts[1], one_sentence}},
      {"plots",
       {"time;radar;scan;plot;lat;lon;sigma_m", "2021-11-11T05:00:00Z;dover;1;0;51;1,5;40",
        "2021-11-11T05:00:01Z;dover;1;1;51;1,5;40", "2021-11-11T05:00:03Z;dover;2;0;51;1,5;40"}},
      {"reports", {R"({"id":"1","time":"2021-11-11T05:00:00Z","kind":"call","from":"caller"})"}}};
  for (const auto& [kind, lines] : feeds) {
    std::vector<Observation> right;
    const auto whole = *make_reader(kind, "feed");
    for (const auto& line : lines) ASSERT_TRUE(whole->take(line, start, right)) << line;
    whole->finish(right);
    for (std::size_t cut = 0; cut <= lines.size(); ++cut) {
      std::vector<Observation> got;
      const auto before = *make_reader(kind, "feed");
      for (std::size_t i = 0; i < cut; ++i) ASSERT_TRUE(before->take(lines[i], start, got));
      const auto after = *make_reader(kind, "feed");
      ASSERT_TRUE(after->restore(before->state())) << kind;
      EXPECT_EQ(after->said(), before->said());
      for (std::size_t i = cut; i < lines.size(); ++i) ASSERT_TRUE(after->take(lines[i], start, got));
      after->finish(got);
      ASSERT_EQ(got.size(), right.size()) << kind << cut;
      for (std::size_t i = 0; i < got.size(); ++i) {
        EXPECT_EQ(got[i].time, right[i].time);
        EXPECT_EQ(got[i].raw, right[i].raw);
      }
    }
    EXPECT_FALSE(whole->restore("bytes that are none"));
  }
}

TEST(LineCutter, a_lone_cr_ends_a_line_and_cr_lf_is_one_end_wherever_the_bytes_are_cut) {
  const std::string bytes = "one\rtwo\r\nthree\nfour\r\r\nfive\rsix";
  const std::vector<std::string> right{"one", "two", "three", "four", "five", "six"};
  for (std::size_t a = 0; a <= bytes.size(); ++a) {
    for (std::size_t b = a; b <= bytes.size(); ++b) {
      LineCutter cutter;
      std::vector<std::string> lines;
      std::uint64_t last = 0;
      const auto keep = [&](std::string_view text, std::uint64_t number, bool) {
        lines.emplace_back(text);
        last = number;
      };
      cutter.take(std::string_view(bytes).substr(0, a), keep);
      cutter.take(std::string_view(bytes).substr(a, b - a), keep);
      cutter.take(std::string_view(bytes).substr(b), keep);
      cutter.finish(keep);
      ASSERT_EQ(lines, right) << a << ' ' << b;
      ASSERT_EQ(last, right.size());
    }
  }
}

}  // namespace
}  // namespace varne
