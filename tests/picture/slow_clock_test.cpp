/// Receivers with wrong clocks, and satellites: what the picture shows of a ship they hear.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "../feed/encode.h"
#include "picture_support.h"
#include "varne/core/fields_bytes.h"
#include "varne/feed/nmea.h"
#include "varne/feed/source_clocks.h"

namespace varne {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using test::mid;
using test::start;

/// A live feed from its lines to the picture.
class LiveFeed {
 public:
  /// A ship's position of `then`, written by a clock that is slow, arriving now.
  void hear(std::uint32_t mmsi, Place place, Time written, Time now, const std::string& station = "r1") {
    test::AisBits bits;
    bits.put(1, 6).put(0, 2).put(mmsi, 30).put(0, 4).put(-128, 8).put(0, 10).put(1, 1);
    bits.put(static_cast<std::int64_t>(place.lon * 600000), 28);
    bits.put(static_cast<std::int64_t>(place.lat * 600000), 27)
        .put(3600, 12)
        .put(511, 9)
        .put(60, 6)
        .put(0, 25);
    const auto body = fmt::format("s:{},c:{}", station, millis(written) / 1000);
    const auto sum = test::with_checksum(body);
    const auto line = "\\" + body + sum.substr(sum.size() - 3) + "\\" + test::sentences(bits).front();
    std::vector<Observation> out;
    ASSERT_TRUE(reader_.take(line, now, out)) << line;
    clocks.put_right(out, now);
    picture.advance(now);
    for (const auto& o : out) picture.apply(o);
  }
  SourceClocks clocks;
  Picture picture;

 private:
  NmeaReader reader_{"ais"};
};

TEST(SlowClock, leaves_the_ship_in_the_picture_where_she_is) {
  for (const int slow : {0, 10, 31, 40, 60, 600}) {
    LiveFeed feed;
    Time now = start;
    Place at = mid;
    for (int i = 0; i < 60; ++i, now += seconds(2)) {
      at = moved(mid, {10.0 * i, 0});
      feed.hear(244000010, at, now - minutes(slow), now);
    }
    const Track* ship = feed.picture.find("M244000010");
    ASSERT_NE(ship, nullptr) << slow;
    EXPECT_EQ(ship->state, TrackState::confirmed) << slow;
    EXPECT_LT(distance_m(ship->place, at), 5) << slow;
    EXPECT_LT(now - ship->updated, seconds(10)) << slow;
    const auto wrong = feed.clocks.wrong();
    ASSERT_EQ(wrong.size(), slow == 0 ? 0U : 1U) << slow;
    if (slow != 0) {
      EXPECT_EQ(wrong.begin()->first, "ais r1");
      EXPECT_NEAR(varne::seconds(wrong.begin()->second), slow * 60, 3);
    }
  }
}

TEST(SlowClock, that_is_set_back_while_running_loses_the_ship_for_no_more_than_a_minute) {
  LiveFeed feed;
  Time now = start;
  const auto sail = [&](int reports, Duration slow) {
    for (int i = 0; i < reports; ++i, now += seconds(2))
      feed.hear(244000010, moved(mid, {5 * varne::seconds(now - start), 0}), now - slow, now);
  };
  sail(100, {});
  sail(35, minutes(20));
  const Track* ship = feed.picture.find("M244000010");
  ASSERT_NE(ship, nullptr);
  EXPECT_EQ(ship->state, TrackState::confirmed);
  EXPECT_LT(now - ship->updated, seconds(10));
  EXPECT_LT(distance_m(ship->place, moved(mid, {5 * varne::seconds(now - start), 0})), 30);
  EXPECT_EQ(feed.picture.tracks().size(), 1U);
}

TEST(SlowClock, of_one_station_is_not_held_against_the_others) {
  LiveFeed feed;
  Time now = start;
  for (int i = 0; i < 60; ++i, now += seconds(1)) {
    feed.hear(244000010, mid, now - minutes(40), now, "slow");
    feed.hear(244000011, {1.4, 50.9}, now, now, "right");
  }
  EXPECT_EQ(feed.clocks.wrong().size(), 1U);
  for (const char* id : {"M244000010", "M244000011"})
    EXPECT_LT(now - feed.picture.find(id)->updated, seconds(10)) << id;
}

TEST(Satellite, reports_among_live_ones_stay_as_old_as_they_are) {
  LiveFeed feed;
  Time now = start;
  for (int i = 0; i < 200; ++i, now += seconds(1)) {
    feed.hear(244000010, mid, now, now);
    // Another ship, far out, by satellite: between 20 and 50 minutes ago.
    feed.hear(244000012, {0.9, 50.3}, now - minutes(20) - seconds(i * 37 % 1800), now);
  }
  EXPECT_TRUE(feed.clocks.wrong().empty());
  const Track* far_out = feed.picture.find("M244000012");
  ASSERT_NE(far_out, nullptr);
  EXPECT_EQ(far_out->state, TrackState::coasting);
  EXPECT_GE(now - far_out->updated, minutes(20));
  EXPECT_LT(now - feed.picture.find("M244000010")->updated, seconds(10));
}

TEST(SourceClocks, makes_no_more_sources_than_it_may_and_goes_on_alike_from_its_bytes) {
  LiveFeed feed;
  Time now = start;
  for (int i = 0; i < 1500; ++i, now += Duration(300))
    feed.hear(244000010, mid, now - minutes(10), now, fmt::format("r{}", i));
  // All that came after the thousandth station share the feed's own clock.
  EXPECT_EQ(feed.clocks.wrong().count("ais"), 1U);
  auto again = from_bytes<SourceClocks>(bytes_of(feed.clocks));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->wrong(), feed.clocks.wrong());
}

}  // namespace
}  // namespace varne
