/// What feeds bring in odd shapes, on a live desk: long messages that interleave, marks, CSV dialects,
/// floods.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ais_lines.h"
#include "live_scene.h"

namespace varne {
namespace {

using std::chrono::seconds;
using test::LiveScene;
using test::position_line;

constexpr std::uint32_t alpha = 244000001, bravo = 244000002;

std::string name_of(const LiveScene& scene, std::uint32_t mmsi) {
  return scene.track_soon(mmsi).value("name", "");
}

void expect_never_mixed(const LiveScene& scene) {
  EXPECT_TRUE(test::soon([&] { return name_of(scene, alpha) == "ALPHA ONE"; })) << name_of(scene, alpha);
  EXPECT_TRUE(test::soon([&] { return name_of(scene, bravo) == "BRAVO TWO"; })) << name_of(scene, bravo);
}

TEST(FeedsLive, long_messages_with_sequence_numbers_above_nine_are_never_mixed) {
  LiveScene scene({"nmea"});
  const auto a = test::voyage_lines(alpha, "ALPHA ONE", "DOVER", 12);
  const auto b = test::voyage_lines(bravo, "BRAVO TWO", "CALAIS", 11);
  scene.hear(position_line({.mmsi = alpha, .place = Place{1.4, 51.0}}));
  scene.hear(position_line({.mmsi = bravo, .place = Place{1.5, 51.0}}));
  for (const auto& line : {a[0], b[0], a[1], b[1]}) scene.hear(line);
  expect_never_mixed(scene);
  EXPECT_EQ(scene.feeds()[0].refused, 0U);
}

TEST(FeedsLive, two_receivers_that_use_one_sequence_number_are_never_mixed) {
  LiveScene scene({"nmea", "nmea"});
  const auto a = test::voyage_lines(alpha, "ALPHA ONE", "DOVER", 3);
  const auto b = test::voyage_lines(bravo, "BRAVO TWO", "CALAIS", 3);
  scene.hear(position_line({.mmsi = alpha, .place = Place{1.4, 51.0}}));
  scene.hear(position_line({.mmsi = bravo, .place = Place{1.5, 51.0}}));
  scene.hear(a[0], 0);
  scene.hear(b[0], 1);
  scene.hear(a[1], 0);
  scene.hear(b[1], 1);
  expect_never_mixed(scene);

  // Through one multiplexer nobody can tell whose part it is: refused, and counted.
  LiveScene one({"nmea"});
  one.hear(position_line({.mmsi = alpha, .place = Place{1.4, 51.0}}));
  one.hear(position_line({.mmsi = bravo, .place = Place{1.5, 51.0}}));
  for (const auto& line : {a[0], b[0], a[1], b[1]}) one.hear(line);
  EXPECT_NE(name_of(one, alpha), "BRAVO TWO");
  EXPECT_NE(name_of(one, bravo), "ALPHA ONE");
  EXPECT_GT(one.feeds()[0].refused, 0U);
}

/// Three turns of a radar with one plot, and the header before them.
std::vector<std::string> turns(Time from, Place at) {
  std::vector<std::string> out{"time,radar,scan,plot,lon,lat,sigma_m"};
  for (int i = 0; i < 5; ++i)
    out.push_back(
        fmt::format("{},dover,{},1,{:.5f},{:.5f},45", iso(from + seconds(3 * i)), i + 1, at.lon, at.lat));
  return out;
}

TEST(FeedsLive, marks_are_in_the_picture_as_what_they_are_and_a_plot_on_a_real_one_is_no_craft) {
  for (const bool is_virtual : {false, true}) {
    LiveScene scene({"nmea", "plots"});
    test::Console console(scene.port());
    ASSERT_TRUE(console.next());
    const Place buoy{1.45, 51.02};
    scene.hear(test::mark_line(992351001, "VARNE", buoy, is_virtual));
    scene.hear(test::base_station_line(2320001, {1.3, 51.1}));
    const auto told =
        console.until([](const Json& frame) { return frame["type"] == "delta" && !frame["marks"].empty(); });
    ASSERT_TRUE(told);
    const Json marks = scene.state()["marks"];
    ASSERT_EQ(marks.size(), 2U) << marks;
    const auto& station = marks[0]["kind"] == "base_station" ? marks[0] : marks[1];
    const auto& aid = marks[0]["kind"] == "base_station" ? marks[1] : marks[0];
    EXPECT_EQ(station["mmsi"], 2320001);
    EXPECT_EQ(station["kind"], "base_station");
    EXPECT_EQ(aid["mmsi"], 992351001);
    EXPECT_EQ(aid["kind"], "aid_to_navigation");
    EXPECT_EQ(aid["name"], "VARNE");
    EXPECT_EQ(aid["virtual"], is_virtual);
    EXPECT_NEAR(aid["at"][0], buoy.lon, 1e-5);
    EXPECT_TRUE(scene.state()["tracks"].empty()) << "a mark is no craft";

    const Time begun = scene.now();
    for (const auto& line : turns(begun, buoy)) {
      scene.pass(seconds(3));
      scene.hear(line, 1);
    }
    // A craft elsewhere, from the same radar, says when the turns have been taken.
    for (auto line : turns(scene.now(), {1.7, 50.9})) {
      scene.pass(seconds(3));
      scene.hear(line, 1);
    }
    ASSERT_TRUE(test::soon([&] {
      const Json tracks = scene.state()["tracks"];
      return std::ranges::any_of(
          tracks, [](const Json& t) { return std::abs(t["at"][0].get<double>() - 1.7) < 0.01; });
    }));
    EXPECT_EQ(scene.state()["tracks"].size(), is_virtual ? 2U : 1U) << scene.state()["tracks"];

    scene.pass(std::chrono::hours(2));
    scene.hear(position_line({.mmsi = alpha, .place = Place{1.4, 51.0}}));
    const auto gone = console.until(
        [](const Json& frame) { return frame["type"] == "delta" && !frame["marks_gone"].empty(); });
    ASSERT_TRUE(gone) << "a mark that is not heard for hours leaves";
    EXPECT_TRUE(scene.state()["marks"].empty());
  }
}

TEST(FeedsLive, plots_behind_a_byte_order_mark_and_in_another_order_of_columns_are_where_they_were_meant) {
  const std::vector<std::pair<std::string, std::string>> dialects{
      {"\xEF\xBB\xBFtime,radar,scan,plot,lat,lon,sigma_m", "{},d,{},1,50.98,1.2,45"},
      {"\xEF\xBB\xBFTime;Radar;Scan;Plot;LAT;LON;Sigma_m", "{};d;{};1;50,98;1,2;45"},
      {"\"time\",\"radar\",\"scan\",\"plot\",\"lat\",\"lon\",\"sigma_m\"",
       "\"{}\",\"d\",\"{}\",\"1\",\"50.98\",\"1.2\",\"45\""}};
  for (const auto& [header, row] : dialects) {
    LiveScene scene({"plots"});
    scene.hear(header);
    for (int i = 0; i < 6; ++i) {
      scene.pass(seconds(3));
      scene.hear(fmt::format(fmt::runtime(row), iso(scene.now()), i + 1));
    }
    ASSERT_TRUE(test::soon([&] { return !scene.track(std::nullopt).is_null(); })) << header;
    const Json craft = scene.track(std::nullopt);
    EXPECT_NEAR(craft["at"][0], 1.2, 1e-3) << header;
    EXPECT_NEAR(craft["at"][1], 50.98, 1e-3) << header;
    EXPECT_EQ(scene.feeds()[0].refused, 0U);
  }
  LiveScene headless({"plots"});
  for (int i = 0; i < 12; ++i)
    headless.hear(fmt::format("{},d,{},1,50.98,1.2,45", iso(headless.now()), i + 1));
  EXPECT_EQ(headless.feeds()[0].refused, 12U) << "every row, rather than longitude for latitude";
  EXPECT_TRUE(headless.troubled_by("plots: 12 of 12 lines")) << headless.trouble();
  EXPECT_TRUE(headless.state()["tracks"].empty());
}

/// More datagrams than a desk that is kept from reading can take.
TEST(FeedsLive, what_a_flood_loses_is_counted_and_shown) {
  LiveScene scene({}, {"nmea=udp://127.0.0.1:0"});
  const std::string state = scene.feeds()[0].state;  // "listening at udp://127.0.0.1:0, port 45123"
  const auto port = static_cast<std::uint16_t>(std::stoi(state.substr(state.rfind(' ') + 1)));
  test::Datagrams sender(port);
  const std::string line = position_line({.mmsi = alpha, .place = Place{1.4, 51.0}}) + "\r\n";
  std::uint64_t sent = 0;
  scene.desk().with_desk([&](LiveDesk&) {
    std::string many;
    while (many.size() + line.size() < 1400) many += line;
    for (int i = 0; i < 60000; ++i, ++sent) sender.send(many);
  });
  ASSERT_TRUE(test::soon([&] { return scene.feeds()[0].dropped > 0; }));
  const std::uint64_t lines = 1400 / line.size();
  ASSERT_TRUE(test::soon([&] {
    const auto feed = scene.feeds()[0];
    return feed.taken == (sent - feed.dropped) * lines;
  })) << "every datagram was taken or counted as lost: "
      << scene.feeds()[0].taken << " " << scene.feeds()[0].dropped;
  EXPECT_TRUE(scene.troubled_by("lines were lost")) << scene.trouble();
  EXPECT_TRUE(
      scene.metric(fmt::format("varne_feed_dropped_total{{feed=\"nmea\"}} {}", scene.feeds()[0].dropped)));
  EXPECT_TRUE(
      std::ranges::any_of(scene.said("feed"), [](const Json& body) { return body["health"] == "dropping"; }));
}

/// Anybody on a network can send a datagram: only one from this machine is believed.
TEST(FeedsLive, reports_by_datagram_from_beyond_this_machine_give_no_orders) {
  for (const char* open : {"reports=udp://0.0.0.0:0", "reports=udp://192.0.2.1:0", "reports=udp://[::]:0",
                           "reports=tcp://192.0.2.1:10110"}) {
    const auto refused = parse_live_feed(open);
    ASSERT_FALSE(refused) << open;
    EXPECT_NE(refused.error().text().find("anybody on that network could give orders"), std::string::npos)
        << refused.error().text();
  }
  EXPECT_TRUE(parse_live_feed("reports=udp://127.0.0.1:0"));

  for (const bool observed : {true, false}) {
    LiveScene scene({}, {std::string("reports=udp://127.0.0.1:0") + (observed ? ",observed" : "")});
    const std::string state = scene.feeds()[0].state;
    test::Datagrams sender(static_cast<std::uint16_t>(std::stoi(state.substr(state.rfind(' ') + 1))));
    const auto send = [&](const Json& report) {
      const auto before = scene.feeds()[0].taken;
      sender.send(report.dump());
      ASSERT_TRUE(test::soon([&] { return scene.feeds()[0].taken > before; }));
    };
    send(test::call_for_help("r1"));
    send({{"id", "r2"},
          {"time", iso(scene.now())},
          {"kind", "order"},
          {"from", "MRCC Dover"},
          {"unit", "RNLI Dover"},
          {"task", "rescue"},
          {"boat", "Charlie"}});
    EXPECT_EQ(scene.said("order")[0]["standing"], observed ? "request" : "order");
    EXPECT_EQ(scene.state()["incidents"].size(), 1U) << "what it reports is taken either way";
  }
}

}  // namespace
}  // namespace varne
