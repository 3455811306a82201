/// What COSPAS-SARSAT alerts make of the room: incidents, and none that is not one.
#include "feed/sit185_messages.h"
#include "room/room_support.h"
#include "varne/core/text.h"
#include "varne/feed/reader.h"

namespace varne::test {
namespace {

class Sarsat : public ::testing::Test, public Desk {
 protected:
  void hear(const AlertWords& words) {
    now += std::chrono::minutes(20);
    const std::string text = alert_text(words);
    std::vector<Observation> out;
    for (const auto line : split(text, '\n')) {
      if (const auto done = reader->take(line, now, out); !done)
        apply({now, {}, line_refused("sarsat", done.error().text(), line)});
    }
    for (auto& one : out) apply({now, {SpeakerKind::feed, "sarsat"}, std::move(one)});
  }
  std::unique_ptr<FeedReader> reader = *make_reader("sarsat", "sarsat");
};

TEST_F(Sarsat, an_unresolved_alert_is_two_places_both_in_distress_and_perhaps_one) {
  hear({.doppler_a = "51 02.4 N 001 30.6 E PROB 60 PERCENT", .doppler_b = "50 10.0 N 000 40.0 W"});
  ASSERT_EQ(room.incidents().size(), 2U) << texts(all);
  for (const char* id : {"I1", "I2"}) {
    EXPECT_EQ(incident(id).phase, Phase::distress);
    EXPECT_TRUE(incident(id).place);
  }
  ASSERT_EQ(room.relations().size(), 1U);
  EXPECT_EQ(room.relations().begin()->second, Relation::possibly_same);
}

TEST_F(Sarsat, later_messages_of_the_beacon_join_its_incident) {
  hear({});
  ASSERT_EQ(room.incidents().size(), 1U);
  EXPECT_FALSE(incident("I1").place);
  EXPECT_EQ(incident("I1").phase, Phase::distress);
  hear({.number = "00043", .encoded = "51 02.40 N 001 30.60 E"});
  hear({.number = "00044", .detected = "11 NOV 2021 0530 UTC", .resolved = "51 03.0 N 001 31.0 E"});
  ASSERT_EQ(room.incidents().size(), 1U) << texts(all);
  ASSERT_TRUE(incident("I1").place);
  EXPECT_NEAR(incident("I1").place->lat, 51.05, 1e-9);
  hear({.number = "00044", .detected = "11 NOV 2021 0530 UTC", .resolved = "51 03.0 N 001 31.0 E"});
  EXPECT_NE(texts(all).find("a repetition is not counted twice"), std::string::npos);
}

TEST_F(Sarsat, what_is_no_call_is_said_and_opens_nothing) {
  hear({.user_class = "STANDARD LOCATION - TEST", .hex = "1D1C00000500000"});
  hear({.title = "DISTRESS COSPAS-SARSAT NOTIFICATION OF COUNTRY OF BEACON REGISTRATION ALERT",
        .resolved = "36 36.2 S 174 43.0 E"});
  EXPECT_TRUE(room.incidents().empty());
  EXPECT_NE(texts(all).find("beacon under test"), std::string::npos) << texts(all);
  EXPECT_NE(texts(all).find("beacon that another centre has"), std::string::npos) << texts(all);
  // And of one that is known it ends nothing.
  hear({.number = "00050", .resolved = "51 03.0 N 001 31.0 E"});
  hear({.title = "DISTRESS COSPAS-SARSAT USER CANCELLATION ALERT", .number = "00051"});
  ASSERT_EQ(room.incidents().size(), 1U);
  EXPECT_TRUE(incident("I1").open);
  EXPECT_EQ(incident("I1").phase, Phase::distress);
}

TEST_F(Sarsat, one_that_cannot_be_read_in_part_is_an_alarm_beside_its_incident) {
  hear({.resolved = "91 02.4 N 001 30.6 E"});
  EXPECT_EQ(room.incidents().size(), 1U);
  ASSERT_FALSE(room.alarms().standing().empty());
  bool raised = false;
  for (const auto& [entry, alarm] : room.alarms().standing())
    raised |= alarm.what == AlarmWhat::refused_distress;
  EXPECT_TRUE(raised);
}

}  // namespace
}  // namespace varne::test
