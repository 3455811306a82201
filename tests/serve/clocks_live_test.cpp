/// Clocks that are wrong, reports that are late and senders that say nothing, on a live desk.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ais_lines.h"
#include "live_scene.h"

namespace varne {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using test::LiveScene;
using test::position_line;
using test::tagged;
using test::time_of;

constexpr std::uint32_t ship = 244000010, other = 244000020;

/// She is shown where she was said to be last, as of about now.
void expect_here_now(const LiveScene& scene, std::uint32_t mmsi, Place place) {
  EXPECT_TRUE(test::soon([&] {
    const Json track = scene.track(mmsi);
    return !track.is_null() && track["state"] == "confirmed" &&
           std::abs(track["at"][0].get<double>() - place.lon) < 1e-4 &&
           std::abs(track["at"][1].get<double>() - place.lat) < 1e-4 &&
           std::chrono::abs(scene.now() - time_of(track["updated"])) <= seconds(30);
  })) << scene.track(mmsi)
      << " at " << iso(scene.now());
}

TEST(ClocksLive, a_ship_heard_by_a_receiver_whose_clock_is_slow_stays_where_she_is_and_the_clock_is_named) {
  for (const auto slow : {minutes(10), minutes(31), minutes(40), minutes(60)}) {
    LiveScene scene({"nmea"});
    Place place{1.4, 51.0};
    for (int i = 0; i < 12; ++i) {
      scene.pass(seconds(4));
      place.lat += 0.0003;
      scene.hear(tagged("r1", scene.now() - slow, position_line({.mmsi = ship, .place = place})));
      if (i >= 6) expect_here_now(scene, ship, place);  // by then the clock is known
    }
    const double s = -60.0 * static_cast<double>(slow.count());
    EXPECT_TRUE(scene.troubled_by(fmt::format("nmea: its clock is {} s behind", 60 * slow.count())))
        << scene.trouble();
    ASSERT_TRUE(scene.feeds()[0].clock_offset);
    EXPECT_NEAR(static_cast<double>(scene.feeds()[0].clock_offset->count()) / 1000, s, 5);
    EXPECT_NE(
        test::get(scene.port(), "/metrics").body.find("varne_feed_clock_offset_seconds{feed=\"nmea\"} -"),
        std::string::npos);
    scene.pass(seconds(15));  // it is told of at most every ten seconds
    EXPECT_TRUE(test::soon([&] {
      const auto feed = scene.said("feed");
      return feed.back()["health"] == "clock_off" &&
             std::abs(feed.back()["clock_offset_s"].get<double>() - s) < 5;
    }));
  }
}

TEST(ClocksLive, a_receiver_whose_clock_is_set_back_while_it_runs_loses_no_ship) {
  LiveScene scene({"nmea"});
  Place place{1.4, 51.0};
  const auto hear = [&](int times, minutes slow) {
    for (int i = 0; i < times; ++i) {
      scene.pass(seconds(2));
      place.lat += 0.0001;
      scene.hear(tagged("r1", scene.now() - slow, position_line({.mmsi = ship, .place = place})));
    }
  };
  hear(40, minutes(0));
  expect_here_now(scene, ship, place);
  EXPECT_EQ(scene.trouble(), "");
  hear(60, minutes(20));
  expect_here_now(scene, ship, place);
  EXPECT_TRUE(scene.troubled_by("nmea: its clock is 1200 s behind")) << scene.trouble();
  hear(60, minutes(0));
  expect_here_now(scene, ship, place);
  EXPECT_TRUE(test::soon([&] { return scene.trouble().empty(); })) << "and set right again";
}

/// Satellites report what they heard many minutes ago, one report this late and the next that.
TEST(ClocksLive, late_satellite_reports_stay_as_old_as_they_are_beside_a_slow_clock_and_a_right_one) {
  LiveScene scene({"nmea"});
  const Place far{1.9, 50.6};
  Place live{1.4, 51.0};
  Time seen;
  for (int i = 0; i < 80; ++i) {
    scene.pass(seconds(4));
    live.lat += 0.0001;
    const Time now = scene.now();
    const auto late = minutes(31) + seconds(i * 617 % 840);
    seen = std::max(seen, now - late);
    scene.hear(tagged("r1", now, position_line({.mmsi = ship, .place = live})));
    scene.hear(tagged("r2", now - minutes(40), position_line({.mmsi = 244000030, .place = live})));
    // One ship that only they hear, and the one that is heard here: an old place of hers.
    scene.hear(tagged("s1", now - late, position_line({.mmsi = other, .place = far})));
    scene.hear(
        tagged("s1", now - late, position_line({.mmsi = ship, .place = Place{live.lon, live.lat - 0.02}})));
  }
  expect_here_now(scene, ship, live);
  expect_here_now(scene, 244000030, live);
  const Json old = scene.track_soon(other);
  EXPECT_EQ(old["state"], "coasting") << "an old place is shown as one: " << old;
  EXPECT_LE(std::chrono::abs(time_of(old["updated"]) - seen), seconds(2)) << old;
  EXPECT_TRUE(scene.troubled_by("its clock is 2400 s behind")) << "of r2, and of nobody else";
}

TEST(ClocksLive, satellites_alone_are_no_slow_clock) {
  LiveScene scene({"nmea"});
  Time seen;
  for (int i = 0; i < 130; ++i) {
    scene.pass(seconds(4));
    const auto late = minutes(31) + seconds(i * 617 % 840);
    seen = std::max(seen, scene.now() - late);
    scene.hear(tagged("s1", scene.now() - late, position_line({.mmsi = other, .place = Place{1.9, 50.6}})));
  }
  EXPECT_EQ(scene.track(other)["state"], "coasting");
  EXPECT_LE(std::chrono::abs(time_of(scene.track(other)["updated"]) - seen), seconds(2));
  EXPECT_FALSE(scene.feeds()[0].clock_offset);
  EXPECT_EQ(scene.trouble().find("clock"), std::string::npos) << scene.trouble();
}

TEST(ClocksLive, times_as_loggers_write_them_are_read_and_one_that_is_not_understood_is_counted) {
  LiveScene scene({"nmea"});
  std::uint32_t mmsi = 244000100;
  const Time then = std::chrono::floor<seconds>(scene.now()) - seconds(8) + Duration(123);
  const auto compact = [&] {
    std::string digits;
    for (const char c : iso(then).substr(0, 19))
      if (c >= '0' && c <= '9') digits += c;
    return digits;
  };
  const std::string date = iso(then).substr(0, 10), clock = iso(then).substr(11, 8);
  const std::vector<std::pair<std::string, std::string>> around{
      {compact() + " ", ""},
      {date + "T" + clock + "Z ", ""},
      {date + " " + clock + ".123 ", ""},
      {fmt::format("{:.3f} ", static_cast<double>(millis(then)) / 1000), ""},
      {"", "," + date + "T" + clock + "Z"},
      {"[" + date.substr(8, 2) + "/" + date.substr(5, 2) + "/" + date.substr(0, 4) + " " + clock + "] ", ""}};
  const auto updated = [&] { return time_of(scene.track_soon(mmsi)["updated"]); };
  for (const auto& [before, behind] : around) {
    ++mmsi;
    scene.hear(before + position_line({.mmsi = mmsi, .place = Place{1.4, 51.0}}) + behind);
    EXPECT_LT(std::chrono::abs(updated() - then), seconds(1))
        << before << " " << behind << " " << iso(updated());
  }
  ++mmsi;
  scene.hear(tagged("r1", then, position_line({.mmsi = mmsi, .place = Place{1.4, 51.0}})));
  EXPECT_EQ(updated(), then);
  EXPECT_EQ(scene.feeds()[0].refused, 0U);
  for (const char* wrong : {"05:00:00 ", "2021-13-11T05:00:00Z ", "2021-11-11T05:00:00 CET "}) {
    ++mmsi;
    const auto refused = scene.feeds()[0].refused;
    scene.hear(wrong + position_line({.mmsi = mmsi, .place = Place{1.4, 51.0}}));
    EXPECT_EQ(scene.feeds()[0].refused, refused + 1) << wrong;
    EXPECT_LT(scene.now() - updated(), seconds(5)) << "the arrival stands";
  }
  EXPECT_EQ(scene.said("line_refused", 3).size(), 3U);
}

/// A sender that stays connected and says nothing, and a port that nobody sends to.
TEST(ClocksLive, a_silent_sender_and_a_silent_port_are_named_since_when_and_so_is_why_a_ship_is_not_heard) {
  LiveScene scene({"nmea", "nmea"}, {"nmea=udp://127.0.0.1:0"});
  for (int i = 0; i < 10; ++i) {
    scene.pass(seconds(3));
    scene.hear(position_line({.mmsi = ship, .place = Place{1.4, 51.0}}), 0);
    scene.hear(position_line({.mmsi = other, .place = Place{1.5, 51.0}}), 1);
  }
  const Time last = *scene.feeds()[0].last_heard;
  for (int i = 0; i < 20; ++i) {
    scene.pass(seconds(3));
    scene.hear(position_line({.mmsi = other, .place = Place{1.5, 51.0}}), 1);
  }
  const std::string since = "silent since " + iso(last);
  EXPECT_TRUE(scene.troubled_by("nmea: " + since)) << scene.trouble();
  EXPECT_TRUE(scene.troubled_by("nmea-3: silent since ")) << scene.trouble();
  EXPECT_EQ(scene.trouble().find("nmea-2"), std::string::npos) << scene.trouble();
  const auto unheard = [&](std::uint32_t mmsi) {
    const auto id = scene.track_soon(mmsi)["id"].get<std::string>();
    return test::get(scene.port(), "/api/tracks/" + id).json().value("not_heard_because", "");
  };
  EXPECT_EQ(unheard(ship), "the receiver nmea is " + since);
  EXPECT_EQ(unheard(other), "");
  EXPECT_TRUE(scene.metric("varne_feed_silent{feed=\"nmea\"} 1"));
  EXPECT_TRUE(scene.metric("varne_feed_silent{feed=\"nmea-2\"} 0"));
  EXPECT_TRUE(scene.metric("varne_feed_silent{feed=\"nmea-3\"} 1"));
  EXPECT_TRUE(test::soon([&] {
    const auto said = scene.said("feed", 2);
    const auto silent = [&](const char* feed) {
      return std::ranges::any_of(said, [&](const Json& body) {
        return body["feed"] == feed && body["health"] == "silent" && body.contains("since");
      });
    };
    return silent("nmea") && silent("nmea-3");
  }));
}

}  // namespace
}  // namespace varne
