/// What speaks of distress on a live feed is before the officer at once: beacons, safety texts, and lines
/// that cannot be read.
#include <gtest/gtest.h>

#include "ais_lines.h"
#include "live_scene.h"

namespace varne {
namespace {

using test::LiveScene;
using test::position_line;
using test::text_line;

constexpr std::uint32_t sart = 970123456, mob = 972234567, epirb = 974345678, ship = 244010203;

std::string of_beacon(std::uint32_t mmsi, std::optional<Place> place, int status = 14) {
  return position_line({.mmsi = mmsi, .place = place, .status = status, .speed_kn = 0, .course_deg = 0});
}

TEST(DistressLive, each_beacon_is_an_incident_where_it_is_named_as_what_it_is_and_silence_closes_none) {
  LiveScene scene({"nmea"});
  const std::vector<std::tuple<std::uint32_t, std::string, std::string, Place>> beacons{
      {sart, "AIS-SART", "SART ACTIVE", {1.40, 51.00}},
      {mob, "MOB beacon", "MOB ACTIVE", {1.45, 51.02}},
      {epirb, "EPIRB-AIS", "EPIRB ACTIVE", {1.50, 51.04}}};
  for (int burst = 0; burst < 3; ++burst) {
    for (const auto& [mmsi, name, words, place] : beacons) {
      for (int i = 0; i < 8; ++i) scene.hear(of_beacon(mmsi, place));
      scene.hear(text_line(mmsi, words));
    }
    scene.pass(std::chrono::minutes(1));
  }
  const auto incidents = [&] {
    EXPECT_TRUE(test::soon([&] { return scene.state()["incidents"].size() == beacons.size(); }));
    Json all = scene.state()["incidents"];
    EXPECT_EQ(all.size(), beacons.size()) << all;
    for (const auto& incident : all) {
      EXPECT_EQ(incident["phase"], "distress");
      EXPECT_EQ(incident["open"], true);
    }
    return all;
  };
  const Json all = incidents();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Place place = std::get<Place>(beacons[i]);
    EXPECT_NEAR(all[i]["at"][0], place.lon, 1e-4);
    EXPECT_NEAR(all[i]["at"][1], place.lat, 1e-4);
  }
  const auto said = scene.said("beacon", 6);  // each as it is heard, and again with its words
  for (const auto& [mmsi, name, words, place] : beacons) {
    EXPECT_TRUE(std::ranges::any_of(said, [&](const Json& body) {
      return body["mmsi"] == mmsi && body["station"] == name && body["state"] == "alarm" &&
             body.value("words", "") == words &&
             body["text"].get<std::string>().find(words) != std::string::npos;
    })) << name;
  }
  scene.pass(std::chrono::hours(24));
  scene.hear(position_line({.mmsi = ship, .place = Place{1.3, 51.0}}));
  incidents();
}

TEST(DistressLive, a_beacon_without_a_fix_is_somewhere_within_reach_of_the_receiver_that_heard_it) {
  for (const bool text_first : {true, false}) {
    LiveScene scene({"nmea", "nmea"});
    const std::vector<std::string> lines{text_line(epirb, "EPIRB ACTIVE"), of_beacon(epirb, std::nullopt)};
    for (std::size_t i = 0; i < 2; ++i) scene.hear(lines[text_first ? i : 1 - i], 1);
    ASSERT_TRUE(test::soon([&] { return scene.state()["incidents"].size() == 1; }));
    const Json all = scene.state()["incidents"];
    EXPECT_EQ(all[0]["phase"], "distress");
    EXPECT_TRUE(all[0]["at"].is_null());
    const auto said = scene.said("beacon");
    EXPECT_NE(said[0]["text"].get<std::string>().find("within reach of the receiver of nmea-2"),
              std::string::npos)
        << said[0];
  }
}

TEST(DistressLive, a_beacon_under_test_opens_nothing_and_one_that_contradicts_itself_is_an_alarm) {
  LiveScene scene({"nmea"});
  scene.hear(of_beacon(sart, Place{1.4, 51.0}, 15));
  scene.hear(text_line(sart, "SART TEST"));
  scene.hear(text_line(mob, "MOB TEST"));
  EXPECT_EQ(scene.said("beacon", 2)[0]["state"], "test");
  EXPECT_TRUE(scene.state()["incidents"].empty());
  scene.hear(of_beacon(mob, Place{1.5, 51.0}, 14));
  EXPECT_TRUE(test::soon([&] { return scene.state()["incidents"].size() == 1; }));
}

TEST(DistressLive, an_ordinary_ship_that_says_she_is_a_sart_has_to_be_acknowledged_and_alarms_nobody) {
  LiveScene scene({"nmea"});
  for (int i = 0; i < 5; ++i)
    scene.hear(position_line({.mmsi = ship, .place = Place{1.4, 51.0}, .status = 14}));
  const auto said = scene.said("beacon");
  EXPECT_EQ(said.size(), 1U);
  EXPECT_EQ(said[0]["state"], "claim");
  EXPECT_NE(said[0]["text"].get<std::string>().find("claims to be an active SART"), std::string::npos);
  EXPECT_TRUE(scene.state()["incidents"].empty());
}

TEST(DistressLive, a_safety_text_stands_in_the_record_with_sender_addressee_and_time) {
  LiveScene scene({"nmea"});
  const Time before = scene.now();
  scene.hear(text_line(2320001, "MAYDAY RELAY 12 PERSONS IN WATER 5100N 00130E"));
  scene.hear(text_line(ship, "PLEASE KEEP CLEAR", 2320001));
  const auto said = scene.said("safety_text", 2);
  EXPECT_EQ(said[0]["mmsi"], 2320001);
  EXPECT_EQ(said[0]["station"], "coast station");
  EXPECT_EQ(said[0]["words"], "MAYDAY RELAY 12 PERSONS IN WATER 5100N 00130E");
  EXPECT_EQ(said[1]["mmsi"], ship);
  EXPECT_EQ(said[1]["to"], 2320001);
  const Json entries = test::get(scene.port(), "/api/entries?limit=1000").json()["entries"];
  for (const auto& entry : entries) {
    if (entry["kind"] == "safety_text")
      EXPECT_LE(test::time_of(entry["time"]) - before, std::chrono::seconds(20));
  }
}

/// Whatever is wrong with it: the words of the refusal, the raw line, a count, the banner.
TEST(DistressLive, a_call_for_help_that_cannot_be_read_is_shown_with_its_line_at_once) {
  const std::string begun = R"({"id":"Z1","time":"2021-11-11T05:00:00Z","kind":"call","from":"caller",)"
                            R"("boat":"Zulu","at":[1.5,51.0],)";
  const std::vector<std::pair<std::string, std::string>> refused{
      {begun + R"("persons":"30","distress":true})", "persons"},
      {begun + R"("persons":30,"distress":true,"name":"X"})", "name"},
      {begun + R"("persons":30,"DISTRESS":true})", "DISTRESS"},
      {begun + R"("persons":30,"distress":true)", "reports"},
      {"MAYDAY MAYDAY this is Zulu", "reports"}};
  for (const auto& [line, field] : refused) {
    LiveScene scene({"reports", "nmea"});
    test::Console console(scene.port());
    ASSERT_TRUE(console.next());
    scene.hear(line);
    const auto said = scene.said("line_refused");
    ASSERT_EQ(said.size(), 1U);
    EXPECT_EQ(said[0]["raw"], line);
    EXPECT_EQ(said[0]["feed"], "reports");
    EXPECT_EQ(said[0]["distress"], true);
    EXPECT_FALSE(said[0]["why"].get<std::string>().empty());
    if (field != "reports")
      EXPECT_NE(said[0]["why"].get<std::string>().find(field), std::string::npos) << said[0];
    EXPECT_TRUE(scene.troubled_by("reports: a line that speaks of distress could not be read")) << line;
    EXPECT_EQ(scene.feeds()[0].refused, 1U);
    EXPECT_EQ(scene.feeds()[0].reasons.size(), 1U);
    EXPECT_TRUE(scene.metric("varne_feed_refused_total{feed=\"reports\"} 1"));
    EXPECT_TRUE(scene.metric("varne_feed_refused_total{feed=\"nmea\"} 0"));
    EXPECT_TRUE(console.until([](const Json& frame) {
      return frame["type"] == "delta" &&
             frame["trouble"].get<std::string>().find("speaks of distress") != std::string::npos;
    })) << "the banner";
    EXPECT_TRUE(scene.state()["incidents"].empty());
  }
}

TEST(DistressLive, the_same_call_said_properly_afterwards_opens_its_incident) {
  LiveScene scene({"reports"});
  Json call = test::call_for_help("Z1", "Zulu");
  call["persons"] = "30";
  scene.hear(call.dump());
  call["persons"] = 30;
  scene.hear(call.dump());
  ASSERT_TRUE(test::soon([&] { return scene.state()["incidents"].size() == 1; }));
  EXPECT_EQ(scene.state()["incidents"][0]["persons"], Json({30, 30}));
  EXPECT_NE(scene.trouble().find("speaks of distress"), std::string::npos) << "it is still to be looked at";
}

}  // namespace
}  // namespace varne
