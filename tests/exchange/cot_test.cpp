/// Cursor-on-Target: the events, how often they go, and where they may go to.
#include "varne/exchange/cot.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <pugixml.hpp>
#include <thread>

#include "room/room_support.h"
#include "varne/exchange/cot_line.h"

namespace varne::test {
namespace {

class Cot : public ::testing::Test, public Desk {
 protected:
  std::map<std::string, pugi::xml_node> events(bool exercise = true) {
    std::map<std::string, pugi::xml_node> out;
    for (const CotEvent& one : picture.events(room, exercise)) {
      documents.emplace_back();
      EXPECT_TRUE(documents.back().load_string(one.xml.c_str())) << one.xml;
      const auto event = documents.back().child("event");
      EXPECT_EQ(event.attribute("uid").value(), one.uid);
      for (const char* needed : {"version", "uid", "type", "time", "start", "stale", "how"})
        EXPECT_STRNE(event.attribute(needed).value(), "") << needed << " in " << one.xml;
      for (const char* needed : {"lat", "lon", "hae", "ce", "le"})
        EXPECT_STRNE(event.child("point").attribute(needed).value(), "") << needed << " in " << one.xml;
      const auto at = [&](const char* name) { return parse_time(event.attribute(name).value()).value(); };
      EXPECT_LE(at("start"), at("time"));
      EXPECT_GT(at("stale"), at("time"));
      EXPECT_TRUE(out.emplace(one.uid, event).second) << one.uid << " is there twice";
    }
    return out;
  }
  void ship(std::uint32_t mmsi, Place place, int type) {
    AisIdentity who;
    who.mmsi = mmsi;
    who.type = 5;
    who.name = std::string("A <SHIP>");
    who.ship_type = type;
    AisPosition fix;
    fix.mmsi = mmsi;
    fix.type = 1;
    fix.place = place;
    fix.speed_mps = 5;
    fix.course_deg = 90;
    now += std::chrono::seconds(10);
    apply({now, {SpeakerKind::feed, "nmea"}, Observation{now, "nmea", "!AIVDM", fix}});
    apply({now, {SpeakerKind::feed, "nmea"}, Observation{now, "nmea", "!AIVDM", who}});
  }
  CotPicture picture;
  std::deque<pugi::xml_document> documents;
};

TEST_F(Cot, boats_units_and_craft_are_there_as_what_they_are) {
  hear({{"kind", "call"}, {"boat", "Charlie"}, {"at", {1.4, 51.0}}, {"error_m", 500}, {"distress", true}});
  hear({{"kind", "call"}, {"boat", "Delta"}, {"distress", true}});
  hear({{"kind", "unit_position"},
        {"unit", "RNLI Dover"},
        {"at", {1.35, 51.1}},
        {"course_deg", 90},
        {"speed_kn", 20}});
  ship(244123456, {1.2, 50.9}, 70);
  ship(227123456, {1.25, 50.92}, 30);
  ship(235000001, {0.98, 50.91}, 51);  // a unit's own
  const auto sent = events();
  ASSERT_TRUE(sent.contains("varne.MRCC-Dover.I1"));
  const auto boat = sent.at("varne.MRCC-Dover.I1");
  EXPECT_STREQ(boat.attribute("type").value(), "a-n-S-X");
  EXPECT_STREQ(boat.attribute("opex").value(), "e");
  EXPECT_STREQ(boat.child("point").attribute("ce").value(), "500.0");
  EXPECT_STREQ(boat.child("point").attribute("le").value(), "9999999.0");
  EXPECT_STREQ(boat.child("detail").child("contact").attribute("callsign").value(), "EXERCISE I1 (Charlie)");
  EXPECT_STREQ(sent.at("varne.MRCC-Dover.I1.distress").attribute("type").value(), "b-a-o-tbl");
  EXPECT_FALSE(sent.contains("varne.MRCC-Dover.I2")) << "no place: nowhere to draw it";
  const auto unit = sent.at("varne.MRCC-Dover.unit.RNLI-Dover");
  EXPECT_STREQ(unit.attribute("type").value(), "a-f-S-X");
  EXPECT_STREQ(unit.child("detail").child("track").attribute("course").value(), "90.0");
  EXPECT_STREQ(sent.at("MMSI-244123456").attribute("type").value(), "a-n-S-X-M");
  EXPECT_STREQ(sent.at("MMSI-227123456").attribute("type").value(), "a-n-S-X-F");
  EXPECT_FALSE(sent.contains("MMSI-235000001")) << "the unit is there already";
  EXPECT_TRUE(sent.contains("varne.MRCC-Dover.unit.RNLI-Dungeness"));
  EXPECT_FALSE(sent.contains("varne.MRCC-Dover.unit.Abeille-Normandie")) << "nobody heard of it";
}

TEST_F(Cot, an_emergency_that_is_over_is_taken_back_for_as_long_as_it_would_be_shown) {
  hear({{"kind", "call"}, {"boat", "Charlie"}, {"at", {1.4, 51.0}}, {"persons", 5}, {"distress", true}});
  EXPECT_TRUE(events().contains("varne.MRCC-Dover.I1.distress"));
  hear({{"kind", "landing"}, {"boat", "Charlie"}, {"port", "Dover"}, {"country", "UK"}, {"persons", 5}});
  ASSERT_FALSE(incident("I1").open);
  const auto over = events();
  EXPECT_FALSE(over.contains("varne.MRCC-Dover.I1"));
  EXPECT_STREQ(over.at("varne.MRCC-Dover.I1.distress").attribute("type").value(), "b-a-o-can");
  tick(std::chrono::minutes(6));
  (void)events();
  EXPECT_TRUE(events().empty());
}

TEST(CotPaceTest, what_is_new_goes_first_and_nothing_goes_too_often) {
  std::vector<CotEvent> events;
  for (int i = 0; i < 200; ++i) events.push_back({3, "craft" + std::to_string(i), "a", "<event/>"});
  events.push_back({0, "incident", "a", "<event/>"});
  CotPace pace;
  Time now = midnight;
  const auto first = pace.due(events, now);
  ASSERT_EQ(first.size(), CotPace::most);
  EXPECT_EQ(first[0]->uid, "incident");
  std::map<std::string, int> sent;
  for (const auto* one : first) ++sent[one->uid];
  for (int second = 1; second < 60; ++second)
    for (const auto* one : pace.due(events, now + std::chrono::seconds(second))) ++sent[one->uid];
  EXPECT_EQ(sent.size(), 201U) << "everybody's turn comes";
  EXPECT_EQ(sent["incident"], 1) << "the same again is no news";
  events.back().essence = "b";
  now += std::chrono::seconds(70);
  EXPECT_EQ(pace.due(events, now)[0]->uid, "incident");
  events.back().essence = "c";
  for (const auto* one : pace.due(events, now + std::chrono::seconds(1))) EXPECT_NE(one->uid, "incident");
  EXPECT_EQ(pace.due(events, now + CotPace::soonest)[0]->uid, "incident");
}

TEST(CotAddressTest, what_leaves_this_machine_needs_a_word) {
  for (const char* good : {"udp://127.0.0.1:4242", "tcp://localhost:8087", "tcp://[::1]:8087",
                           "udp://239.2.3.1:6969,in-the-clear", "tcp://tak.example:8087,in-the-clear"})
    EXPECT_TRUE(parse_cot_address(good)) << good;
  EXPECT_TRUE(parse_cot_address("udp://239.2.3.1:6969,in-the-clear")->multicast);
  for (const auto& [bad, why] : std::vector<std::pair<const char*, const char*>>{
           {"udp://239.2.3.1:6969", "everybody on that network can read"},
           {"udp://10.0.0.7:4242", "in-the-clear"},
           {"tcp://tak.example:8087", "in-the-clear"},
           {"udp://tak.example:4242,in-the-clear", "no address in digits"},
           {"tcp://239.2.3.1:6969,in-the-clear", "multicast"},
           {"events.xml", "udp://address:port"},
           {"udp://127.0.0.1:x", "--cot"}}) {
    const auto address = parse_cot_address(bad);
    ASSERT_FALSE(address) << bad;
    EXPECT_NE(address.error().text().find(why), std::string::npos) << address.error().text();
  }
}

namespace asio = boost::asio;

TEST_F(Cot, datagrams_are_an_event_each) {
  hear({{"kind", "call"}, {"boat", "Charlie"}, {"at", {1.4, 51.0}}, {"distress", true}});
  asio::io_context io;
  asio::ip::udp::socket ear(io, {asio::ip::make_address("127.0.0.1"), 0});
  const auto address = parse_cot_address("udp://127.0.0.1:" + std::to_string(ear.local_endpoint().port()));
  ASSERT_TRUE(address);
  CotLine line(
      io, *address, [this]() -> const Room& { return room; }, true, nullptr);
  std::string got(65536, 0);
  std::size_t size = 0;
  ear.async_receive(asio::buffer(got), [&](boost::system::error_code wrong, std::size_t n) {
    if (!wrong) size = n;
    io.stop();
  });
  io.run_for(std::chrono::seconds(20));
  ASSERT_GT(size, 0U);
  got.resize(size);
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(got.c_str())) << got;
  EXPECT_STREQ(document.child("event").attribute("uid").value(), "varne.MRCC-Dover.I1");
}

TEST_F(Cot, a_server_that_comes_late_or_goes_is_found_again_and_told_everything) {
  hear({{"kind", "call"}, {"boat", "Charlie"}, {"at", {1.4, 51.0}}, {"distress", true}});
  asio::io_context io;
  asio::ip::tcp::acceptor door(io, {asio::ip::make_address("127.0.0.1"), 0});
  const auto address = parse_cot_address("tcp://127.0.0.1:" + std::to_string(door.local_endpoint().port()));
  std::vector<std::string> states;
  CotLine line(
      io, *address, [this]() -> const Room& { return room; }, true,
      [&](const std::string& state) { states.push_back(state); });
  int told = 0;
  std::string got(65536, 0);
  asio::ip::tcp::socket client(io);
  std::function<void()> accept = [&] {
    door.async_accept([&](boost::system::error_code wrong, asio::ip::tcp::socket socket) {
      if (wrong) return;
      client = std::move(socket);
      client.async_read_some(asio::buffer(got), [&](boost::system::error_code bad, std::size_t n) {
        if (bad) return;
        EXPECT_NE(got.substr(0, n).find("varne.MRCC-Dover.I1"), std::string::npos);
        client.close();
        if (++told == 2) return io.stop();
        accept();
      });
    });
  };
  accept();
  io.run_for(std::chrono::seconds(30));
  EXPECT_EQ(told, 2);
  EXPECT_GT(line.counts().sent, 0U);
  EXPECT_GE(states.size(), 3U);
}

}  // namespace
}  // namespace varne::test
