/// Other people's words over the wire: beacon alerts in, CAP and CISE out.
#include <fmt/format.h>

#include <array>
#include <pugixml.hpp>

#include "feed/sit185_messages.h"
#include "live_scene.h"
#include "varne/core/text.h"

namespace varne {
namespace {

using test::alert_text;
using test::get;

class Standards : public ::testing::Test {
 protected:
  void hear(const std::string& text, std::size_t feed = 0) {
    for (const auto line : split(text, '\n'))
      if (!line.empty()) scene.hear(std::string(line), feed);
  }
  /// A few minutes ago, as an alert has it: nobody forecasts from a place of years ago.
  std::string just_now() const {
    constexpr std::array months{"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
    const std::string time = iso(scene_now - std::chrono::minutes(5));  // 2021-11-11T05:12:00Z
    return fmt::format("{} {} {} {}{} UTC", time.substr(8, 2), months.at(std::stoul(time.substr(5, 2)) - 1),
                       time.substr(0, 4), time.substr(11, 2), time.substr(14, 2));
  }
  test::LiveScene scene{{"sarsat", "cise"}};
  Time scene_now = scene.now();
};

TEST_F(Standards, a_beacons_alert_is_an_incident_and_goes_out_as_cap_with_its_forecast) {
  hear(alert_text({.detected = just_now(),
                   .doppler_a = "51 00.0 N 001 25.0 E PROB 60 PERCENT",
                   .doppler_b = "50 10.0 N 000 40.0 W"}));
  ASSERT_TRUE(test::soon([&] { return scene.state()["incidents"].size() == 2; }));
  const Json incidents = scene.state()["incidents"];
  for (const Json& incident : incidents) {
    EXPECT_EQ(incident["phase"], "distress");
    EXPECT_EQ(incident["related"][0]["relation"], "possibly_same");
  }
  std::string body;
  ASSERT_TRUE(test::soon([&] {
    const auto answer = get(scene.port(), "/api/incidents/I1/cap.xml");
    body = answer.body;
    return answer.status == 200 && body.find("<polygon>") != std::string::npos;
  })) << body;
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(body.c_str()));
  EXPECT_STREQ(document.child("alert").child_value("msgType"), "Update");
  EXPECT_STREQ(document.child("alert").child_value("status"), "Exercise");
  const auto answer = get(scene.port(), "/api/incidents/I1/cap.xml");
  EXPECT_EQ(answer.fields.at("Content-Type"), "application/cap+xml");
  const auto list = get(scene.port(), "/api/cap.atom");
  EXPECT_NE(list.body.find("/api/incidents/I2/cap.xml"), std::string::npos) << list.body;
  EXPECT_EQ(get(scene.port(), "/api/incidents/I9/cap.xml").status, 404);
  EXPECT_NE(get(scene.port(), "/api/cise/incidents.xml").body.find("MaritimeSafetyIncident"),
            std::string::npos);
}

TEST_F(Standards, one_that_is_broken_is_an_alarm_and_an_incident) {
  hear(alert_text({.resolved = "91 02.4 N 001 30.6 E"}));
  ASSERT_TRUE(test::soon([&] { return scene.state()["incidents"].size() == 1; }));
  const Json refused = scene.said("line_refused")[0];
  EXPECT_EQ(refused["distress"], true);
  EXPECT_NE(refused["why"].get<std::string>().find("line 10 of the message, paragraph 8"), std::string::npos)
      << refused;
  EXPECT_TRUE(scene.troubled_by("speaks of distress"));
}

TEST_F(Standards, a_vessel_by_cise_is_a_craft_and_goes_out_as_one) {
  hear(
      "<Push><Payload><Vessel><Name>NORD</Name><LocationRel><Location><Geometry><Latitude>50.93</Latitude>"
      "<Longitude>1.25</Longitude></Geometry></Location><COG>107.0</COG><SOG>16.6</SOG></LocationRel>"
      "<MMSI>255806157</MMSI></Vessel></Payload></Push>",
      1);
  const Json track = scene.track_soon(255806157);
  ASSERT_FALSE(track.is_null());
  EXPECT_EQ(track["source"], "cise");
  EXPECT_NE(get(scene.port(), "/api/cise/vessels.xml").body.find("<MMSI>255806157</MMSI>"),
            std::string::npos);
}

}  // namespace
}  // namespace varne
