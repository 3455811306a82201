#include "varne/picture/picture.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "picture_support.h"
#include "varne/core/fields_bytes.h"
#include "varne/core/philox.h"
#include "varne/core/units.h"

namespace varne {
namespace {

using test::has;
using test::mid;
using test::scan;
using test::ship;
using test::start;

TEST(Picture, a_ship_is_one_track_that_knows_its_name_and_its_evidence) {
  Picture picture;
  EXPECT_TRUE(has(picture.apply(ship(244123456, mid, start)), TrackChange::confirmed, "M244123456"));
  AisIdentity who;
  who.mmsi = 244123456;
  who.name = "EXERCISE ALPHA";
  EXPECT_TRUE(has(picture.apply({start, "ais", "raw", who}), TrackChange::identified, "M244123456"));
  for (int i = 1; i < 9; ++i)
    picture.apply(ship(244123456, moved(mid, {i * 100.0, 0}), start + std::chrono::seconds(20 * i)));
  const Track* track = picture.find("M244123456");
  ASSERT_NE(track, nullptr);
  EXPECT_EQ(track->name, "EXERCISE ALPHA");
  EXPECT_EQ(track->evidence.size(), 5U);
  EXPECT_EQ(picture.tracks().size(), 1U);
}

TEST(Picture, a_report_that_comes_late_does_not_move_a_track_back) {
  Picture picture;
  picture.apply(ship(244123456, mid, start));
  const Place on = moved(mid, {500, 0});
  picture.apply(ship(244123456, on, start + std::chrono::seconds(60)));
  picture.apply(ship(244123456, moved(mid, {200, 0}), start + std::chrono::seconds(30)));
  EXPECT_EQ(picture.find("M244123456")->place, on);
}

TEST(Picture, two_ships_under_one_mmsi_are_two_tracks) {
  Picture picture;
  const Place far{2.2, 51.3};
  for (int i = 0; i < 4; ++i) {
    picture.apply(ship(123456789, moved(mid, {i * 50.0, 0}), start + std::chrono::seconds(20 * i)));
    picture.apply(ship(123456789, moved(far, {i * 50.0, 0}), start + std::chrono::seconds(20 * i + 10)));
  }
  ASSERT_EQ(picture.tracks().size(), 2U);
  EXPECT_LT(distance_m(picture.find("M123456789")->place, mid), 1000);
  EXPECT_LT(distance_m(picture.find("M123456789-2")->place, far), 1000);
  EXPECT_EQ(picture.find("M123456789-2")->state, TrackState::confirmed);
}

TEST(Picture, one_garbled_place_starts_no_believed_track_and_is_forgotten) {
  Picture picture;
  picture.apply(ship(244123456, mid, start));
  picture.apply(ship(244123456, {10, 40}, start + std::chrono::seconds(10)));
  EXPECT_EQ(picture.find("M244123456-2")->state, TrackState::tentative);
  picture.apply(ship(244123456, moved(mid, {100, 0}), start + std::chrono::seconds(20)));
  picture.advance(start + std::chrono::minutes(7));
  EXPECT_EQ(picture.find("M244123456-2"), nullptr);
  EXPECT_NE(picture.find("M244123456"), nullptr);
}

TEST(Picture, a_ship_that_falls_silent_coasts_then_drops) {
  Picture picture;
  picture.apply(ship(244123456, mid, start, 5, 90));
  EXPECT_TRUE(has(picture.advance(start + std::chrono::minutes(7)), TrackChange::coasting, "M244123456"));
  const Track silent = *picture.find("M244123456");
  const Estimate now = silent.shown(start + std::chrono::minutes(7));
  EXPECT_NEAR(distance_m(mid, now.place), 5 * 420, 20);
  EXPECT_GT(now.var_east_m2, 200.0 * 200);
  EXPECT_EQ(silent.place, mid);  // asked, not stored
  EXPECT_TRUE(has(picture.advance(start + std::chrono::minutes(31)), TrackChange::dropped, "M244123456"));
  EXPECT_TRUE(picture.tracks().empty());
}

/// A small boat at 2 m/s among clutter, seen every 20 s.
TEST(Picture, a_boat_without_ais_becomes_one_track_from_radar) {
  Picture picture;
  Random random(7, 1, 0);
  for (std::uint32_t k = 0; k < 60; ++k) {
    const Time t = start + std::chrono::seconds(20 * k);
    const Place boat = moved(mid, {0, 40.0 * k});
    std::vector<Place> seen;
    if (random.uniform() < 0.85) seen.push_back(moved(boat, {40 * random.normal(), 40 * random.normal()}));
    for (int c = 0; c < 5; ++c)
      seen.push_back(moved(mid, {20000 * (random.uniform() - 0.5), 20000 * (random.uniform() - 0.5)}));
    picture.apply(scan(k, seen, t));
    picture.advance(t + std::chrono::seconds(10));
  }
  const Place now = moved(mid, {0, 40.0 * 59});
  int near = 0;
  for (const auto& [id, track] : picture.tracks()) {
    EXPECT_FALSE(track.mmsi);
    if (distance_m(track.place, now) < 200) {
      ++near;
      EXPECT_NEAR(length(track.velocity), 2, 1.2);
      EXPECT_GT(track.last().ellipse(2.45).major_m, 10);
      EXPECT_EQ(track.evidence.back().source, "radar:dungeness");
    }
  }
  EXPECT_EQ(near, 1);
  EXPECT_LE(picture.tracks().size(), 2U);
}

TEST(Picture, plots_of_a_ship_feed_no_second_track_but_a_boat_beside_her_does) {
  Picture picture;
  for (std::uint32_t k = 0; k < 30; ++k) {
    const Time t = start + std::chrono::seconds(20 * k);
    const Place hers = moved(mid, {100.0 * k, 0});
    picture.apply(ship(244123456, hers, t, 5, 90));
    picture.apply(scan(k, {moved(hers, {20, -15}), moved(hers, {0, 150})}, t));
    picture.advance(t + std::chrono::seconds(10));
  }
  int boats = 0;
  for (const auto& [id, track] : picture.tracks()) boats += track.mmsi ? 0 : 1;
  EXPECT_EQ(boats, 1);
}

/// All that happens in twenty minutes, told as text: ships that shift, a boat, a buoy, clutter.
std::string happenings(Picture& picture, std::uint32_t from, std::uint32_t to) {
  std::string out;
  const auto tell = [&](const std::vector<TrackEvent>& events) {
    for (const auto& event : events) out += fmt::format("{} {}\n", name_of(event.change), event.track->id);
  };
  for (std::uint32_t k = from; k < to; ++k) {
    Random random(3, 1, k);
    const Time t = start + std::chrono::seconds(20 * k);
    if (k % 40 < 20) tell(picture.apply(ship(244123456, moved(mid, {100.0 * k, random.normal()}), t)));
    tell(picture.apply(ship(244123456, {2.2, 51.3}, t, 0)));
    tell(
        picture.apply({t, "ais", "mark",
                       AisMark{.mmsi = 992351000, .type = 21, .name = "VARNE", .place = Place{1.4, 51.02}}}));
    std::vector<Place> seen{moved(mid, {30 * random.normal(), 30.0 * k}), {1.4, 51.02}};
    for (int c = 0; c < 4; ++c)
      seen.push_back(moved(mid, {20000 * (random.uniform() - 0.5), 20000 * (random.uniform() - 0.5)}));
    tell(picture.apply(scan(k, seen, t - std::chrono::seconds(random.uniform() < 0.3 ? 40 : 0))));
    tell(picture.advance(t + std::chrono::seconds(10)));
  }
  for (const auto& [id, track] : picture.tracks())
    out += fmt::format("{} {} {} {} {}\n", id, track.place.lon, track.place.lat, track.evidence.size(),
                       track.last().ellipse(2.45).major_m);
  return out;
}

TEST(Picture, a_copy_goes_on_alike) {
  Picture a;
  (void)happenings(a, 0, 60);
  Picture b = a;
  EXPECT_EQ(happenings(a, 60, 120), happenings(b, 60, 120));
}

TEST(Picture, goes_on_alike_from_its_bytes) {
  Picture a;
  (void)happenings(a, 0, 60);
  const auto bytes = bytes_of(a);
  Picture b;
  BytesIn in(bytes);
  ASSERT_TRUE(in(b));
  ASSERT_TRUE(in.at_end());
  EXPECT_EQ(bytes_of(b), bytes);
  EXPECT_EQ(happenings(a, 60, 120), happenings(b, 60, 120));
  EXPECT_EQ(bytes_of(a), bytes_of(b));
}

}  // namespace
}  // namespace varne
