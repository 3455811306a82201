/// Observations as JSON, and the table of what came in.
#include "varne/feed/observation_json.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

#include "varne/core/json.h"
#include "varne/core/text.h"
#include "varne/feed/reader.h"
#include "varne/feed/tally.h"

namespace varne {
namespace {

const Time then = *parse_time("2021-11-11T05:00:00Z");

TEST(ObservationJson, a_position_says_what_is_known_and_leaves_out_the_rest) {
  AisPosition p;
  p.mmsi = 235001234;
  p.type = 18;
  p.place = Place{1.5, 51};
  p.speed_mps = 5.1444444444;
  EXPECT_EQ(observation_json({then, "ais", "!AIVDM", p}),
            R"({"accurate":false,"at":[1.5,51],"kind":"ais_position","mmsi":235001234,"raw":"!AIVDM",)"
            R"("source":"ais","speed_mps":5.144444,"time":"2021-11-11T05:00:00Z","type":18})");
}

TEST(ObservationJson, a_text_says_who_sends_it_and_to_whom) {
  EXPECT_EQ(
      observation_json({then, "ais", "!AIVDM", AisText{2320011, 12, 244000001, 2, "ALL WELL?", false}}),
      R"({"kind":"ais_text","mmsi":2320011,"raw":"!AIVDM","sequence":2,"source":"ais","text":"ALL WELL?",)"
      R"("time":"2021-11-11T05:00:00Z","to":244000001,"type":12})");
}

TEST(ObservationJson, a_scan_and_a_report_carry_their_own_fields) {
  const RadarScan scan{"langdon", 7, then, then, {{2, then, {1.5, 51}, 30}}};
  EXPECT_EQ(
      observation_json({then, "radar:langdon", "row", scan}),
      R"({"from":"2021-11-11T05:00:00Z","kind":"radar_scan","plots":[{"at":[1.5,51],"plot":2,"sigma_m":30,)"
      R"("time":"2021-11-11T05:00:00Z"}],"radar":"langdon","raw":"row","scan":7,)"
      R"("source":"radar:langdon","time":"2021-11-11T05:00:00Z"})");
  reports::Call r;
  r.time = then;
  r.id = "R1";
  r.from = "caller";
  EXPECT_EQ(observation_json({then, "reports", "{}", Report(r)}),
            R"({"kind":"report","raw":"{}","report":{"from":"caller","id":"R1","kind":"call",)"
            R"("time":"2021-11-11T05:00:00Z"},"source":"reports","time":"2021-11-11T05:00:00Z"})");
}

TEST(ObservationJson, bytes_that_are_no_text_are_shown_as_such) {
  const auto json = observation_json({then, "ais", "caf\xe9 \xc3\xa9", AisMark{}});
  ASSERT_TRUE(parse_json(json)) << json;
  EXPECT_NE(json.find("caf\xEF\xBF\xBD \xc3\xa9"), std::string::npos) << json;
}

RC_GTEST_PROP(ObservationJson, is_always_canonical, ()) {
  const auto number = [](int most) {
    return *rc::gen::arbitrary<bool>() ? std::optional(*rc::gen::inRange(0, most * 1000) / 1000.0)
                                       : std::nullopt;
  };
  Observed what;
  switch (*rc::gen::inRange(0, 3)) {
    case 0: {
      AisPosition p;
      p.speed_mps = number(50);
      p.course_deg = number(360);
      p.heading_deg = number(360);
      p.turn_deg_min = number(700);
      p.altitude_m = number(4000);
      p.odd_length = *rc::gen::arbitrary<bool>();
      if (const auto lon = number(180)) p.place = Place{*lon, -*lon / 2};
      if (const auto status = number(15)) p.status = static_cast<int>(*status);
      what = p;
      break;
    }
    case 1: {
      AisIdentity p;
      p.name = *rc::gen::container<std::string>(rc::gen::inRange<char>(' ', 127));
      p.destination = *rc::gen::container<std::string>(rc::gen::inRange<char>(' ', 127));
      p.length_m = number(500);
      p.beam_m = number(60);
      p.draught_m = number(25);
      p.imo = 9074729;
      p.callsign = "GABC";
      p.ship_type = 60;
      p.odd_length = *rc::gen::arbitrary<bool>();
      what = p;
      break;
    }
    default:
      what = AisMark{.mmsi = 1, .type = 21, .name = "N", .place = Place{1, 2}, .virtual_aid = true};
  }
  const auto json = observation_json({then, "ais", *rc::gen::arbitrary<std::string>(), what});
  const auto parsed = parse_json(json);
  RC_ASSERT(parsed.has_value());
  RC_ASSERT(canonical(*parsed) == json);
}

TEST(FeedTally, the_first_ten_bad_lines_are_kept_and_all_are_counted) {
  FeedTally tally;
  for (int i = 1; i <= 25; ++i) tally.refuse({"log:" + std::to_string(i), "is bad"});
  EXPECT_EQ(tally.refused(), 25U);
  ASSERT_EQ(tally.first_refused().size(), 10U);
  EXPECT_EQ(tally.first_refused().back().text(), "log:10: is bad");
}

TEST(FeedTally, counts_by_type_and_reason) {
  const auto reader = *make_reader("nmea", "ais");
  FeedTally tally;
  std::vector<Observation> out;
  for (const auto* line : {"!AIVDM,1,1,,A,13M@`lh02oo?dO>Dvilu=:bL0>`<,0*5C",
                           "!AIVDM,1,1,,A,13M@`lh02oo?dO>Dvilu=:bL0>`<,0*5D", "# comment"}) {
    if (const auto done = reader->take(line, then, out); !done) tally.refuse(done.error());
  }
  reader->finish(out);
  for (const auto& o : out) tally.add(o);
  tally.add(*reader->nmea());
  EXPECT_EQ(tally.json(), R"({"messages":{"1":1},"mmsi":1,"observations":1,"other_lines":1,"refused":1,)"
                          R"("refused_why":{"bad_checksum":1},"sentences":1})");
  EXPECT_NE(tally.table().find("position report, class A"), std::string::npos);
  EXPECT_NE(tally.table().find("checksum wrong"), std::string::npos);
}

TEST(Reader, the_kind_of_a_feed_is_told_by_its_name_or_first_line) {
  EXPECT_EQ(guess_kind("radar.csv.gz", ""), "plots");
  EXPECT_EQ(guess_kind("r.jsonl", ""), "reports");
  EXPECT_EQ(guess_kind("-", "time,radar,scan,plot,lon,lat,sigma_m"), "plots");
  EXPECT_EQ(guess_kind("-", R"({"id":"1"})"), "reports");
  EXPECT_EQ(guess_kind("log.txt", "!AIVDM,1"), "nmea");
  const auto wrong = make_reader("asterix", "x");
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().what.find("nmea, plots, reports, sarsat and cise"), std::string::npos);
}

}  // namespace
}  // namespace varne
