/// CISE: what goes out comes in again as what it was.
#include "varne/exchange/cise.h"

#include <pugixml.hpp>
#include <set>

#include "room/room_support.h"
#include "varne/feed/cise_feed.h"

namespace varne::test {
namespace {

class Cise : public ::testing::Test, public Desk {};

TEST_F(Cise, craft_come_back_as_they_went) {
  AisPosition fix;
  fix.mmsi = 244123456;
  fix.type = 1;
  fix.place = Place{1.25, 50.93};
  fix.speed_mps = mps_from_knots(12);
  fix.course_deg = 45;
  fix.heading_deg = 47;
  AisIdentity who;
  who.mmsi = 244123456;
  who.type = 5;
  who.name = std::string("ALPHA & SONS");
  who.callsign = std::string("PABC");
  who.ship_type = 70;
  now += std::chrono::minutes(1);
  apply({now, {SpeakerKind::feed, "nmea"}, Observation{now, "nmea", "!AIVDM", fix}});
  apply({now, {SpeakerKind::feed, "nmea"}, Observation{now, "nmea", "!AIVDM", who}});
  hear({{"kind", "unit_position"}, {"unit", "RNLI Dover"}, {"at", {1.35, 51.1}}});
  std::vector<Observation> out;
  const std::string xml = cise_vessels(room);
  const auto done = read_cise(xml, midnight, std::string("cise"), out);
  // The unit has no MMSI here, and is said so.
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().text().find("vessel 2 of the message: \"\" is no MMSI"), std::string::npos)
      << done.error().text() << "\n"
      << xml;
  ASSERT_EQ(out.size(), 2U) << xml;
  const auto& position = std::get<AisPosition>(out[0].what);
  EXPECT_EQ(position.mmsi, fix.mmsi);
  EXPECT_LT(distance_m(*position.place, *fix.place), 1);
  EXPECT_NEAR(*position.course_deg, 45, 0.1);
  EXPECT_NEAR(*position.speed_mps, *fix.speed_mps, 0.05);
  EXPECT_EQ(out[0].time, midnight + std::chrono::minutes(1));
  const auto& identity = std::get<AisIdentity>(out[1].what);
  EXPECT_EQ(identity.name, "ALPHA & SONS");
  EXPECT_EQ(identity.callsign, "PABC");
  EXPECT_EQ(identity.ship_type, 70);
}

TEST_F(Cise, an_incident_is_one_of_safety_with_a_name_that_stays_and_nobody_in_it) {
  hear({{"kind", "call"}, {"boat", "Charlie"}, {"at", {1.4, 51.0}}, {"persons", 30}, {"distress", true}});
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(cise_incidents(room).c_str()));
  const auto incident = document.child("Payload").child("MaritimeSafetyIncident");
  ASSERT_TRUE(incident);
  const std::string id = incident.child("Identifier").child_value("UUID");
  EXPECT_EQ(id.size(), 36U);
  EXPECT_EQ(id[14], '8');
  EXPECT_STREQ(incident.child("LocationRel").child("Location").child("Geometry").child_value("Latitude"),
               "51.000000");
  hear({{"kind", "sighting"}, {"boat", "Charlie"}, {"at", {1.41, 51.0}}});
  ASSERT_TRUE(document.load_string(cise_incidents(room).c_str()));
  EXPECT_EQ(document.child("Payload").child("MaritimeSafetyIncident").child("Identifier").child_value("UUID"),
            id);
  const std::string text = cise_incidents(room);
  for (const char* none : {"Person", "Migration", "Nationality"})
    EXPECT_EQ(text.find(std::string("<") + none), std::string::npos);
}

}  // namespace
}  // namespace varne::test
