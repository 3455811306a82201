/// COSPAS-SARSAT alerts (SIT 185): what is read in them, and what becomes of it.
#include <gtest/gtest.h>

#include "feed/sit185_messages.h"
#include "varne/core/fields_bytes.h"
#include "varne/core/text.h"
#include "varne/feed/reader.h"
#include "varne/feed/report_reader.h"
#include "varne/feed/sit185_feed.h"

namespace varne {
namespace {

using test::alert_text;
using test::AlertWords;

constexpr const char* epirb = "9D0D00499C00000";
const Time noon = time_from_millis(1636632000000);

/// What a feed of these messages brings, and what it refused.
struct Heard {
  std::vector<Observation> all;
  std::vector<std::string> refused;
  [[nodiscard]] std::vector<reports::Call> calls() const {
    std::vector<reports::Call> out;
    for (const auto& o : all)
      if (const auto* call = std::get_if<reports::Call>(report_in(o))) out.push_back(*call);
    return out;
  }
  [[nodiscard]] std::vector<reports::Claim> claims() const {
    std::vector<reports::Claim> out;
    for (const auto& o : all)
      if (const auto* claim = std::get_if<reports::Claim>(report_in(o))) out.push_back(*claim);
    return out;
  }
};

Heard hear(const std::string& text) {
  Heard out;
  const auto reader = *make_reader("sarsat", "sarsat");
  for (const auto line : split(text, '\n'))
    if (const auto done = reader->take(line, noon, out.all); !done)
      out.refused.push_back(done.error().text());
  reader->finish(out.all);
  for (const auto& o : out.all) {
    // What the record keeps of it is a report like any other.
    const auto again = parse_report(report_json(*report_in(o)));
    EXPECT_TRUE(again) << again.error().text() << " in " << report_json(*report_in(o));
  }
  return out;
}

TEST(BeaconId, says_its_country_what_it_is_and_whether_it_is_a_test) {
  struct Case {
    const char* hex;
    int country;
    const char* kind;
    bool test, security;
  };
  // The first two are those of public sample messages, whose text says the same: 512 New Zealand, a PLB by
  // the standard location protocol; 525 Indonesia, an ELT by the serial user protocol.
  for (const auto& [hex, country, kind, test, security] :
       std::vector<Case>{{"400E77A1FCFFBFF", 512, "PLB", false, false},
                         {"C1ADE28809C0185", 525, "ELT", false, false},
                         {epirb, 232, "EPIRB", false, false},
                         {"1D1C00000500000", 232, "", true, false},
                         {"9D1C00000000000", 232, "", true, false},
                         {"1D1800000500000", 232, "", false, true},
                         {"9c6400000003039", 227, "ELT", false, false},
                         {"9934039823D000000000000", 201, "", false, false},
                         {"9C74039823D800000000000", 227, "", true, false}}) {
    const auto id = read_beacon_id(hex);
    ASSERT_TRUE(id) << hex << ": " << id.error().text();
    EXPECT_EQ(id->country, country) << hex;
    EXPECT_EQ(id->kind, kind) << hex;
    EXPECT_EQ(id->test, test) << hex;
    EXPECT_EQ(id->ship_security, security) << hex;
  }
  for (const char* bad :
       {"", "400E77A1FCFFBF", "400E77A1FCFFBFFF", "400E77A1FCFFBFG", "1934039823D000000000000"})
    EXPECT_FALSE(read_beacon_id(bad)) << bad;
}

TEST(Sit185, a_resolved_position_is_one_call_for_help_there) {
  const auto heard = hear(alert_text({.resolved = "51 02.40 N  001 30.60 E"}));
  EXPECT_TRUE(heard.refused.empty()) << heard.refused[0];
  const auto calls = heard.calls();
  ASSERT_EQ(calls.size(), 1U);
  const reports::Call& call = calls[0];
  EXPECT_EQ(call.boat, std::string("beacon ") + epirb);
  EXPECT_EQ(call.from, "COSPAS-SARSAT (UKMCC)");
  EXPECT_EQ(iso(call.time), "2021-11-11T05:12:00Z");
  EXPECT_EQ(call.distress, true);
  ASSERT_TRUE(call.place);
  EXPECT_NEAR(call.place->lat, 51.04, 1e-9);
  EXPECT_NEAR(call.place->lon, 1.51, 1e-9);
  EXPECT_EQ(call.place_error_m, 5000);
  EXPECT_EQ(call.craft, "");
  EXPECT_NE(call.text.find("EPIRB"), std::string::npos) << call.text;
  EXPECT_NE(call.text.find("homing 121.5"), std::string::npos) << call.text;
  EXPECT_EQ(call.text.find("A NAME"), std::string::npos) << "remarks are not for the record: " << call.text;
}

TEST(Sit185, without_a_position_it_is_a_call_for_help_all_the_same) {
  const auto calls = hear(alert_text({})).calls();
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_FALSE(calls[0].place);
  EXPECT_EQ(calls[0].distress, true);
  EXPECT_NE(calls[0].text.find("no position"), std::string::npos);
}

TEST(Sit185, two_doppler_positions_are_two_places_of_which_one_may_be_the_other) {
  const auto heard = hear(alert_text({.doppler_a = "51 02.4 N  001 30.6 E PROB 62 PERCENT",
                                      .doppler_b = "52 40.0 N  014 10.0 W PROB 38 PERCENT"}));
  const auto calls = heard.calls();
  ASSERT_EQ(calls.size(), 2U);
  EXPECT_EQ(calls[1].boat, calls[0].boat + " B");
  EXPECT_EQ(calls[1].may_be, std::vector<std::string>{calls[0].boat});
  EXPECT_NE(calls[0].id, calls[1].id);
  EXPECT_NEAR(calls[1].place->lon, -(14 + 10.0 / 60), 1e-9);
  EXPECT_NE(calls[0].text.find("(62 %)"), std::string::npos) << calls[0].text;
  EXPECT_NE(calls[0].text.find("Doppler position B"), std::string::npos) << calls[0].text;
}

TEST(Sit185, an_encoded_position_far_from_the_others_is_a_place_of_its_own) {
  const auto calls = hear(alert_text({.title = "DISTRESS COSPAS-SARSAT POSITION CONFLICT ALERT",
                                      .doa = "51 02.4 N 001 30.6 E EXPECTED ACCURACY 03 NMS",
                                      .encoded = "50 30.00 N 000 10.00 W"}))
                         .calls();
  ASSERT_EQ(calls.size(), 2U);
  EXPECT_NEAR(calls[0].place->lat, 50.5, 1e-9) << "encoded and satellite positions are told apart";
  EXPECT_EQ(calls[1].boat, calls[0].boat + " DOA");
  EXPECT_NEAR(calls[1].place_error_m, 3 * 1852.0, 1e-6);
}

TEST(Sit185, what_agrees_with_one_side_of_a_pass_rules_the_other_out) {
  const auto calls =
      hear(alert_text({.doppler_a = "51 02.4 N 001 30.6 E",
                       .doppler_b = "52 40.0 N 014 10.0 W",
                       .encoded = "51 02.40 N 001 30.80 E",
                       .other = "ENCODED POSITION UNCERTAINTY PLUS-MINUS 2 SECONDS OF\n        "
                                "LATITUDE AND LONGITUDE"}))
          .calls();
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_NEAR(calls[0].place->lon, 1 + 30.8 / 60, 1e-9);
  EXPECT_NEAR(calls[0].place_error_m, 87.3, 0.1);
}

TEST(Sit185, a_resolved_position_later_places_every_incident_of_the_beacon) {
  const auto heard =
      hear(alert_text({.doppler_a = "51 02.4 N 001 30.6 E", .doppler_b = "52 40.0 N 014 10.0 W"}) +
           alert_text({.title = "DISTRESS COSPAS-SARSAT POSITION CONFIRMATION ALERT",
                       .number = "00043",
                       .detected = "11 NOV 21 0640 UTC",
                       .resolved = "51 03.0 N 001 31.0 E"}));
  const auto calls = heard.calls();
  ASSERT_EQ(calls.size(), 4U);
  EXPECT_EQ(calls[2].boat, calls[0].boat);
  EXPECT_EQ(calls[3].boat, calls[1].boat);
  EXPECT_EQ(calls[2].place, calls[3].place);
  EXPECT_NE(calls[3].text.find("settled"), std::string::npos);
}

TEST(Sit185, tests_other_centres_cancellations_and_security_alerts_are_said_and_no_call) {
  for (const auto& [words, subject] : std::vector<std::pair<AlertWords, std::string>>{
           {{.user_class = "STANDARD LOCATION - TEST", .hex = "1D1C00000500000"}, "beacon under test"},
           {{.title = "DISTRESS COSPAS-SARSAT NOTIFICATION OF COUNTRY OF BEACON REGISTRATION ALERT"},
            "beacon that another centre has"},
           {{.title = "DISTRESS COSPAS-SARSAT USER CANCELLATION ALERT"},
            "beacon alert cancelled by its sender"},
           {{.title = "SHIP SECURITY COSPAS-SARSAT ALERT"}, "ship security alert"},
           {{.hex = "1D1800000500000"}, "ship security alert"}}) {
    const auto heard = hear(alert_text(words));
    EXPECT_TRUE(heard.calls().empty()) << subject;
    ASSERT_EQ(heard.claims().size(), 1U) << subject;
    EXPECT_EQ(heard.claims()[0].subject, subject);
  }
  // Its text says test, its id does not: taken for an alarm.
  EXPECT_EQ(hear(alert_text({.user_class = "STANDARD LOCATION - TEST"})).calls().size(), 1U);
  // No id can be read: the text decides.
  EXPECT_TRUE(hear(alert_text({.user_class = "USER TEST", .hex = "UNRELIABLE"})).calls().empty());
}

TEST(Sit185, what_cannot_be_read_is_named_by_line_and_paragraph_and_the_distress_stands) {
  struct Case {
    AlertWords words;
    const char* said;
  };
  for (const auto& [words, said] : std::vector<Case>{
           {{.resolved = "91 02.4 N 001 30.6 E"},
            "line 10 of the message, paragraph 8: the resolved position \"91 02.4 N 001 30.6 E\" is no "
            "place"},
           {{.encoded = "51 60.0 N 001 30.6 E"}, "line 14 of the message, paragraph 8: the encoded position"},
           {{.doppler_a = "51 02.4 N"}, "the Doppler position A"},
           {{.number = "X"}, "line 2 of the message, paragraph 2: no number"},
           {{.detected = "31 FEB 2021 0512 UTC"},
            "line 3 of the message, paragraph 3: \"31 FEB 2021 0512 UTC"},
           {{.hex = "123"}, "paragraph 11: \"123\" is no hex id"}}) {
    const auto heard = hear(alert_text(words));
    ASSERT_EQ(heard.refused.size(), 1U) << said;
    EXPECT_NE(heard.refused[0].find(said), std::string::npos) << heard.refused[0];
    EXPECT_NE(heard.refused[0].find("DISTRESS"), std::string::npos) << "the officer has to look at it";
    EXPECT_EQ(heard.calls().size(), 1U) << said;
  }
}

TEST(Sit185, one_that_is_cut_off_is_heard_as_far_as_it_came) {
  const std::string whole = alert_text({.resolved = "51 02.4 N 001 30.6 E"});
  const auto cut = hear(whole.substr(0, whole.find("9.  ENCODED")));
  ASSERT_EQ(cut.calls().size(), 1U);
  EXPECT_TRUE(cut.calls()[0].place);
  EXPECT_NE(cut.calls()[0].text.find("CUT OFF"), std::string::npos);

  const auto next = hear(whole.substr(0, whole.find("9.  ENCODED")) + whole);
  EXPECT_EQ(next.calls().size(), 2U);
  EXPECT_FALSE(next.refused.empty());

  std::vector<Observation> out;
  Sit185Reader reader("sarsat");
  const std::string begun = whole.substr(0, whole.find("9.  ENCODED"));
  for (const auto line : split(begun, '\n')) (void)reader.take(line, noon, out);
  reader.advance(noon + Sit185Reader::patience, out);
  EXPECT_TRUE(out.empty());
  reader.advance(noon + Sit185Reader::patience + std::chrono::seconds(1), out);
  EXPECT_EQ(out.size(), 1U);
}

TEST(Sit185, one_that_lost_its_beginning_is_refused_as_distress) {
  const std::string whole = alert_text({});
  const auto heard = hear(whole.substr(whole.find("2.  MSG")));
  EXPECT_TRUE(heard.all.empty());
  ASSERT_FALSE(heard.refused.empty());
  EXPECT_NE(heard.refused[0].find("of a DISTRESS alert whose beginning did not come"), std::string::npos)
      << heard.refused[0];
  EXPECT_TRUE(hear("HELLO\n\nTO: RCC\nNNNN\n").refused.empty());
}

TEST(Sit185, one_without_end_is_not_kept_for_ever) {
  std::string endless = "1. DISTRESS COSPAS-SARSAT INITIAL ALERT\n";
  for (int i = 0; i < 1000; ++i) endless += "16. REMARKS AND MORE OF THEM\n";
  const auto heard = hear(endless);
  EXPECT_FALSE(heard.refused.empty());
  EXPECT_EQ(heard.calls().size(), 1U);
}

TEST(Sit185, one_sent_twice_has_one_id) {
  const auto calls = hear(alert_text({}) + alert_text({})).calls();
  ASSERT_EQ(calls.size(), 2U);
  EXPECT_EQ(calls[0].id, calls[1].id);
}

TEST(Sit185, other_wordings_are_read_too) {
  // Positions over two lines, colons, an encoded one's age on a line of its own, as the Russian centre has
  // it.
  const auto heard = hear(
      "1.  DISTRESS COSPAS-SARSAT INITIAL (ENCODED) ALERT\n2.  MSG NO: 51479  CMC REF: 222E60801EFFBFF\n"
      "3.  DETECTED AT: 02 JUL 15  1104 UTC  BY MSG-3\n6.  USER CLASS: STANDARD LOCATION    PLB\n"
      "8.  POSITIONS: \n   RESOLVED  -     NIL \n   DOPPLER A -  NIL\n   ENCODED   - 55 45.00 N \n"
      "             - 037 45.00 E \n   ENCODED   - UPDATE TIME UNKNOWN \n10. NEXT PASS TIMES (UTC): \n"
      "   ENCODED   -  NIL\n11. HEX ID: 222E60801EFFBFF\nEND OF MESSAGE\n");
  EXPECT_TRUE(heard.refused.empty()) << heard.refused[0];
  ASSERT_EQ(heard.calls().size(), 1U);
  const auto call = heard.calls()[0];
  ASSERT_TRUE(call.place);
  EXPECT_NEAR(call.place->lat, 55.75, 1e-9);
  EXPECT_NEAR(call.place->lon, 37.75, 1e-9);
  EXPECT_EQ(call.from, "COSPAS-SARSAT (CMC)");
  EXPECT_EQ(iso(call.time), "2015-07-02T11:04:00Z");
}

TEST(Sit185, the_reader_goes_on_from_its_bytes) {
  const std::string text =
      alert_text({.doppler_a = "51 02.4 N 001 30.6 E", .doppler_b = "52 40.0 N 014 10.0 W"}) +
      alert_text({.number = "00043", .resolved = "51 03.0 N 001 31.0 E"});
  const auto lines = split(text, '\n');
  const auto whole = hear(text);
  for (std::size_t cut = 0; cut < lines.size(); ++cut) {
    std::vector<Observation> out;
    const auto first = *make_reader("sarsat", "sarsat");
    for (std::size_t i = 0; i < cut; ++i) (void)first->take(lines[i], noon, out);
    const auto second = *make_reader("sarsat", "sarsat");
    ASSERT_TRUE(second->restore(first->state()));
    for (std::size_t i = cut; i < lines.size(); ++i) (void)second->take(lines[i], noon, out);
    ASSERT_EQ(out.size(), whole.all.size()) << cut;
    for (std::size_t i = 0; i < out.size(); ++i)
      EXPECT_EQ(report_json(*report_in(out[i])), report_json(*report_in(whole.all[i])));
  }
}

TEST(Sit185, a_file_is_known_by_its_name_or_its_first_line) {
  EXPECT_EQ(guess_kind("alerts.sit185", ""), "sarsat");
  EXPECT_EQ(guess_kind("alerts.txt", "1. DISTRESS COSPAS-SARSAT ALERT"), "sarsat");
}

}  // namespace
}  // namespace varne
