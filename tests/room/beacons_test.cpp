/// Distress by AIS: SART, MOB, EPIRB; ships that claim to be one; safety texts.
#include "room/room_support.h"

namespace varne::test {
namespace {

class Beacons : public ::testing::Test, public Desk {
 protected:
  static constexpr std::uint32_t sart = 970123456, mob = 972123456, epirb = 974123456, ship = 235012345;

  std::vector<Entry> position(std::uint32_t mmsi, std::optional<int> status, std::optional<Place> at) {
    AisPosition fix;
    fix.mmsi = mmsi;
    fix.type = 1;
    fix.status = status;
    fix.place = at;
    now += std::chrono::seconds(10);
    return apply({now, {SpeakerKind::feed, "nmea"}, Observation{now, "nmea", "!AIVDM", fix}});
  }
  std::vector<Entry> text(std::uint32_t mmsi, const char* words, std::optional<std::uint32_t> to = {}) {
    AisText said;
    said.mmsi = mmsi;
    said.type = to ? 12 : 14;
    said.to = to;
    said.text = words;
    now += std::chrono::seconds(10);
    return apply({now, {SpeakerKind::feed, "nmea"}, Observation{now, "nmea", "!AIVDM", said}});
  }
  const Place here{1.40, 51.00};
};

TEST_F(Beacons, each_opens_one_incident_in_distress_named_as_what_it_is_with_its_text) {
  for (const auto& [mmsi, words, name] : {std::tuple{sart, "SART ACTIVE", "AIS-SART 970123456"},
                                          {mob, "MOB ACTIVE", "MOB beacon 972123456"},
                                          {epirb, "EPIRB ACTIVE", "EPIRB-AIS 974123456"}}) {
    const auto before = room.incidents().size();
    position(mmsi, 14, here);
    text(mmsi, words);
    for (int burst = 0; burst < 8; ++burst) position(mmsi, 14, here);
    ASSERT_EQ(room.incidents().size(), before + 1) << texts(all);
    const Incident& it = room.incidents().at("I" + std::to_string(before + 1));
    EXPECT_EQ(it.phase, Phase::distress);
    ASSERT_TRUE(it.place);
    EXPECT_LT(distance_m(*it.place, here), 1);
    EXPECT_NE(texts(all).find(std::string(name) + " in DISTRESS"), std::string::npos) << texts(all);
    EXPECT_NE(texts(all).find(words), std::string::npos) << texts(all);
  }
}

TEST_F(Beacons, one_without_a_fix_is_somewhere_within_reach_of_who_heard_it) {
  text(epirb, "EPIRB ACTIVE");
  position(epirb, 14, std::nullopt);
  ASSERT_EQ(room.incidents().size(), 1U);
  EXPECT_EQ(incident("I1").phase, Phase::distress);
  EXPECT_FALSE(incident("I1").place);
  EXPECT_NE(texts(all).find("somewhere within reach of the receiver of nmea"), std::string::npos);
  position(epirb, 14, here);
  EXPECT_TRUE(incident("I1").place);
  EXPECT_EQ(room.incidents().size(), 1U);
}

/// One feed may bring what many stations along a coast hear.
TEST_F(Beacons, one_without_a_fix_is_within_reach_of_the_station_that_its_line_names) {
  AisPosition burst;
  burst.mmsi = epirb;
  burst.status = 14;
  apply({now,
         {SpeakerKind::feed, "nmea"},
         Observation{now, "nmea", R"(\s:r003669945*09\!AIVDM,1,1,,A,1>O5`4P000,2*00)", burst}});
  EXPECT_NE(texts(all).find("within reach of the receiver r003669945 of nmea"), std::string::npos)
      << texts(all);
}

TEST_F(Beacons, silence_never_closes_one) {
  position(sart, 14, here);
  for (int hour = 0; hour < 96; ++hour) tick(std::chrono::hours(1));
  EXPECT_TRUE(incident("I1").open);
  EXPECT_EQ(incident("I1").phase, Phase::distress);
}

TEST_F(Beacons, a_test_is_told_from_an_alarm_and_a_contradiction_is_an_alarm) {
  position(sart, 15, here);
  text(sart, "SART TEST");
  EXPECT_TRUE(room.incidents().empty()) << texts(all);
  EXPECT_NE(texts(all).find("under test, no alarm"), std::string::npos);
  position(mob, 14, here);
  text(mob, "MOB TEST");
  ASSERT_EQ(room.incidents().size(), 1U) << texts(all);
  EXPECT_EQ(incident("I1").phase, Phase::distress);
  EXPECT_NE(texts(all).find("contradicts"), std::string::npos) << texts(all);
}

TEST_F(Beacons, one_that_was_in_distress_stays_so_whatever_it_says_later) {
  position(sart, 14, here);
  text(sart, "SART TEST");
  position(sart, 15, here);
  EXPECT_EQ(incident("I1").phase, Phase::distress);
  EXPECT_TRUE(incident("I1").open);
}

TEST_F(Beacons, an_ordinary_ship_with_status_14_claims_and_opens_nothing) {
  position(ship, 14, here);
  position(ship, 14, here);
  EXPECT_TRUE(room.incidents().empty());
  const auto claims = bodies(all, "beacon");
  ASSERT_EQ(claims.size(), 1U) << texts(all);
  EXPECT_EQ(claims[0]["state"], "claim");
  EXPECT_NE(claims[0]["text"].get<std::string>().find("claims to be an active SART"), std::string::npos);
}

TEST_F(Beacons, a_ship_that_says_it_in_turn_with_another_status_is_looked_at_once) {
  for (int i = 0; i < 20; ++i) position(ship, i % 2 == 0 ? 14 : 0, here);
  EXPECT_EQ(bodies(all, "beacon").size(), 1U) << texts(all);
  EXPECT_EQ(room.alarms().standing().size(), 1U);
  tick(std::chrono::minutes(31));
  position(ship, 0, here);
  position(ship, 14, here);
  EXPECT_EQ(bodies(all, "beacon").size(), 2U) << "half an hour later it is another time";
}

TEST_F(Beacons, a_text_that_is_repeated_is_an_entry_and_no_new_alarm) {
  text(2320001, "MAYDAY RELAY");
  ASSERT_EQ(bodies(all, "alarm").size(), 1U) << texts(all);
  hear({{"kind", "acknowledge"},
        {"from", "watch officer"},
        {"alarm", room.alarms().standing().begin()->first}});
  for (int i = 0; i < 5; ++i) {
    tick(std::chrono::minutes(11));
    text(2320001, "MAYDAY RELAY");
  }
  EXPECT_EQ(bodies(all, "safety_text").size(), 6U);
  EXPECT_EQ(bodies(all, "alarm").size(), 1U);
  text(2320001, "MAYDAY RELAY MAYDAY");
  EXPECT_EQ(bodies(all, "alarm").size(), 2U) << "other words";
}

TEST_F(Beacons, a_safety_text_stands_in_the_record_with_sender_and_addressee_once_in_ten_minutes) {
  text(2320001, "MAYDAY RELAY");
  text(2320001, "MAYDAY RELAY");
  text(2320001, "ALL CLEAR", ship);
  auto said = bodies(all, "safety_text");
  ASSERT_EQ(said.size(), 2U) << texts(all);
  EXPECT_EQ(said[0]["words"], "MAYDAY RELAY");
  EXPECT_EQ(said[0]["mmsi"], 2320001);
  EXPECT_EQ(said[0]["source"], "nmea");
  EXPECT_EQ(said[1]["to"], ship);
  tick(std::chrono::minutes(11));
  text(2320001, "MAYDAY RELAY");
  EXPECT_EQ(bodies(all, "safety_text").size(), 3U);
  EXPECT_TRUE(room.incidents().empty());
}

}  // namespace
}  // namespace varne::test
