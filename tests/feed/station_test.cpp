/// Whose an MMSI is, and what a beacon says of itself.
#include "varne/feed/station.h"

#include <gtest/gtest.h>

#include "encode.h"
#include "varne/feed/nmea.h"

namespace varne {
namespace {

TEST(Station, the_form_of_an_mmsi_tells_what_it_is_given_to) {
  EXPECT_EQ(station_of(970123456), Station::sart);
  EXPECT_EQ(station_of(972123456), Station::mob);
  EXPECT_EQ(station_of(974123456), Station::epirb);
  EXPECT_EQ(station_of(979123456), Station::autonomous_device);
  EXPECT_EQ(station_of(111232506), Station::sar_aircraft);
  EXPECT_EQ(station_of(992351000), Station::aid_to_navigation);
  EXPECT_EQ(station_of(982351000), Station::craft_of_ship);
  EXPECT_EQ(station_of(2320011), Station::coast_station);
  EXPECT_EQ(station_of(23200110), Station::group_of_ships);
  EXPECT_EQ(station_of(823500123), Station::handheld);
  EXPECT_EQ(station_of(244000001), Station::ship);
  for (const std::uint32_t none :
       {0U, 1U, 111000000U, 971000000U, 973000000U, 990000000U, 123456789U, (1U << 30) - 1})
    EXPECT_EQ(station_of(none), Station::none) << none;
}

TEST(Station, only_beacons_of_distress_are_beacons) {
  EXPECT_TRUE(is_beacon(station_of(970000000)) && is_beacon(station_of(972999999)) &&
              is_beacon(station_of(974000001)));
  for (const std::uint32_t other : {979000001U, 992351000U, 235000001U, 111232506U})
    EXPECT_FALSE(is_beacon(station_of(other))) << other;
}

TEST(Beacon, its_texts_are_told_apart_word_by_word) {
  for (const auto* text :
       {"SART ACTIVE", "MOB ACTIVE", "EPIRB ACTIVE", "  SART   ACTIVE  ", "AIS-SART ACTIVE", "MOB ACTIVE 2",
        "EPIRB,ACTIVE", "SART TEST ACTIVE", "SART ACTIVE TEST"})
    EXPECT_EQ(beacon_text(text), BeaconText::active) << text;
  for (const auto* text : {"SART TEST", "MOB TEST", "EPIRB TEST", "TEST MOB", "EPIRB TEST 1"})
    EXPECT_EQ(beacon_text(text), BeaconText::test) << text;
  for (const auto* text : {"", "ACTIVE", "TEST", "SART", "SART INACTIVE", "MOBILE ACTIVE", "MAYDAY RELAY"})
    EXPECT_EQ(beacon_text(text), BeaconText::nothing) << text;
}

TEST(Beacon, is_in_distress_unless_all_it_says_is_that_it_is_a_test) {
  EXPECT_TRUE(beacon_in_distress(14, BeaconText::nothing));
  EXPECT_TRUE(beacon_in_distress({}, BeaconText::active));
  EXPECT_FALSE(beacon_in_distress(15, BeaconText::nothing));
  EXPECT_FALSE(beacon_in_distress(15, BeaconText::test));
  EXPECT_FALSE(beacon_in_distress({}, BeaconText::test));
  // Contradictions, and what says nothing of a test.
  EXPECT_TRUE(beacon_in_distress(14, BeaconText::test));
  EXPECT_TRUE(beacon_in_distress(15, BeaconText::active));
  EXPECT_TRUE(beacon_in_distress(0, BeaconText::test));
  EXPECT_TRUE(beacon_in_distress(0, BeaconText::nothing));
  EXPECT_TRUE(beacon_in_distress({}, BeaconText::nothing));
}

template <class What>
What only(const std::string& line) {
  NmeaReader reader("ais");
  std::vector<Observation> out;
  EXPECT_TRUE(reader.take(line, {}, out)) << line;
  EXPECT_EQ(out.size(), 1U) << line;
  return std::get<What>(out.at(0).what);
}

/// The sentences of beacons in distress: status 14, then type 14.
TEST(Beacon, what_it_sends_is_read_with_its_status_and_its_text) {
  const struct {
    const char* position;
    const char* text;
    Station station;
    const char* says;
    Place at;
  } beacons[] = {{"!AIVDM,1,1,,A,1>M4nfNP0006oM0M;c@>4?wp0000,0*35",
                  "!AIVDM,1,1,,A,>>M4nfA<59B04=@UHD,2*46",
                  Station::sart,
                  "SART ACTIVE",
                  {1.5, 50.9}},
                 {"!AIVDM,1,1,,A,1>Nvs>NP0<06uD0M;c@7l?wp0000,0*7F",
                  "!AIVDM,1,1,,A,>>Nvs>@lt:04=@UHD,2*13",
                  Station::mob,
                  "MOB ACTIVE",
                  {1.5, 50.9}},
                 {"!AIVDM,1,1,,A,1>PpwfvP0<0766PM<J87l?wp0000,0*05",
                  "!AIVDM,1,1,,A,>>PpwfhE0U8:04=@UHD,2*7F",
                  Station::epirb,
                  "EPIRB ACTIVE",
                  {1.5, 50.9}}};
  for (const auto& beacon : beacons) {
    const auto position = only<AisPosition>(beacon.position);
    const auto text = only<AisText>(beacon.text);
    EXPECT_EQ(station_of(position.mmsi), beacon.station);
    EXPECT_EQ(position.status, 14);
    ASSERT_TRUE(position.place);
    EXPECT_LT(distance_m(*position.place, beacon.at), 60000);
    EXPECT_EQ(text.mmsi, position.mmsi);
    EXPECT_EQ(text.text, beacon.says);
    EXPECT_TRUE(beacon_in_distress(position.status, beacon_text(text.text)));
  }
}

TEST(Beacon, without_a_fix_it_has_no_place_and_no_speed_and_is_heard_all_the_same) {
  const auto position = only<AisPosition>("!AIVDM,1,1,,A,1>PpwffP?w<tSF0l4Q@>4?wp0000,0*70");
  EXPECT_EQ(station_of(position.mmsi), Station::epirb);
  EXPECT_EQ(position.status, 14);
  EXPECT_FALSE(position.place);
  EXPECT_FALSE(position.speed_mps);
  EXPECT_FALSE(position.course_deg);
  EXPECT_FALSE(position.heading_deg);
}

TEST(SafetyText, of_a_coast_station_to_all_and_to_one_ship) {
  const auto all = only<AisText>("!AIVDM,1,1,,A,>02=aC@l5T@5V18Dh5V3G3GTr3337?0F1<TpdTpN3?210t8,2*10");
  EXPECT_EQ(station_of(all.mmsi), Station::coast_station);
  EXPECT_EQ(all.type, 14);
  EXPECT_FALSE(all.to);
  EXPECT_TRUE(all.text.starts_with("MAYDAY RELAY")) << all.text;
  const auto one = only<AisText>("!AIVDM,1,1,,A,<3`dU0@0SJDlD1;9>7PG1D5B,0*62");
  EXPECT_EQ(one.type, 12);
  EXPECT_EQ(station_of(one.mmsi), Station::ship);
  ASSERT_TRUE(one.to);
  EXPECT_FALSE(one.text.empty());
}

/// Any text of the six-bit table comes through as it was sent, whatever its length and the fill bits.
TEST(SafetyText, comes_through_at_every_length) {
  std::string text;
  for (std::size_t length = 0; length <= 161; ++length) {
    test::AisBits bits;
    bits.put(14, 6).put(0, 2).put(2320011, 30).put(0, 2);
    bits.text(text, length);
    NmeaReader reader("ais");
    std::vector<Observation> out;
    for (const auto& line : test::sentences(bits)) ASSERT_TRUE(reader.take(line, {}, out)) << length;
    ASSERT_EQ(out.size(), 1U) << length;
    EXPECT_EQ(std::get<AisText>(out[0].what).text, text);
    text += static_cast<char>('A' + length % 26);
  }
}

}  // namespace
}  // namespace varne
