/// Radars that are late, slow or out of order; clocks that jump; many craft under one MMSI.
#include <gtest/gtest.h>

#include "picture_support.h"
#include "varne/core/philox.h"
#include "varne/feed/reader.h"

namespace varne {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using test::has;
using test::mid;
using test::scan;
using test::ship;
using test::start;
using test::unidentified;

/// A boat going north at 2 m/s, as a radar measures it.
Place boat_at(Time time) {
  return moved(mid, {0, 2 * varne::seconds(time - start)});
}
Place seen(Random& random, Time time) {
  return moved(boat_at(time), {30 * random.normal(), 30 * random.normal()});
}

TEST(LateRadar, confirms_a_boat_however_late_its_scans_come) {
  for (const Duration late :
       {Duration(0), Duration(2500), Duration(20000), Duration(minutes(3)), Duration(minutes(15))}) {
    Picture picture;
    Random random(1, 0, 0);
    Time t = start;
    for (std::uint32_t k = 0; k < 30; ++k, t += seconds(20)) {
      picture.advance(t + late);
      picture.apply(scan(k, {seen(random, t)}, t));
      // The clock ticks in between, as other feeds make it.
      for (int tick = 1; tick < 4; ++tick) picture.advance(t + late + seconds(5 * tick));
    }
    const auto tracks = unidentified(picture);
    ASSERT_EQ(tracks.size(), 1U) << late.count();
    EXPECT_EQ(tracks[0]->id, "R1");
    // Where it was, at the time of the scan; and by now a straight line on.
    EXPECT_EQ(tracks[0]->updated, t - seconds(20));
    EXPECT_LT(distance_m(tracks[0]->place, boat_at(tracks[0]->updated)), 100);
    EXPECT_EQ(tracks[0]->state, late > seconds(90) ? TrackState::coasting : TrackState::confirmed);
    EXPECT_LT(distance_m(tracks[0]->at(t + late).place, boat_at(t + late)), 120 + 0.5 * varne::seconds(late));
  }
}

/// From the lines of the feed, whose plots are spread over turns of 15 s while the clock ticks.
TEST(SlowAntenna, makes_one_track_of_one_boat) {
  const auto reader = *make_reader("plots", "radar");
  Picture picture;
  std::vector<Observation> out;
  Random random(2, 0, 0);
  ASSERT_TRUE(reader->take("time,radar,scan,plot,lon,lat,sigma_m", start, out));
  for (std::uint32_t k = 0; k < 40; ++k) {
    for (int sector = 0; sector < 5; ++sector) {
      const Time t = start + seconds(15) * k + seconds(3) * sector;
      // Each sector has something: two of clutter, one of a buoy ashore, the boat, clutter.
      const Place clutter = moved(mid, {20000 * (random.uniform() - 0.5), 20000 * (random.uniform() - 0.5)});
      const Place place = sector == 3 ? seen(random, t) : clutter;
      ASSERT_TRUE(reader->take(fmt::format("{},slow,{},{},{},{},30", iso(t), k, sector, place.lon, place.lat),
                               t, out));
      for (const auto& o : out) picture.apply(o);
      out.clear();
      picture.advance(t + seconds(2));
    }
  }
  const Time now = start + seconds(15) * 40;
  int near = 0;
  for (const Track* track : unidentified(picture))
    near += distance_m(track->at(now).place, boat_at(now)) < 200 ? 1 : 0;
  EXPECT_EQ(near, 1);
  EXPECT_LE(unidentified(picture).size(), 2U);
}

/// Each turn in as many pieces as it has plots: a craft that gives a plot in each turn misses none.
TEST(SlowAntenna, a_turn_in_pieces_is_worth_what_the_whole_turn_is) {
  Picture whole;
  Picture pieces;
  Random random(3, 0, 0);
  for (std::uint32_t k = 0; k < 20; ++k) {
    const Time t = start + seconds(20) * k;
    const std::vector<Place> places{seen(random, t), moved(mid, {5000, 30.0 * k}),
                                    moved(mid, {-4000, -20.0 * k})};
    whole.advance(t);
    pieces.advance(t);
    whole.apply(scan(k, places, t));
    for (const Place place : places) pieces.apply(scan(k, {place}, t));
  }
  ASSERT_EQ(unidentified(whole).size(), 3U);
  ASSERT_EQ(unidentified(pieces).size(), 3U);
  for (const Track* track : unidentified(whole)) {
    const Track* other = pieces.find(track->id);
    ASSERT_NE(other, nullptr);
    EXPECT_LT(distance_m(track->place, other->place), 1);
    EXPECT_EQ(track->radar.hits, other->radar.hits);
  }
}

TEST(TwoRadars, out_of_order_feed_one_track_that_keeps_its_state) {
  for (const int late_s : {1, 7, 25, 45, 200}) {
    Picture picture;
    Random random(4, 0, static_cast<std::uint64_t>(late_s));
    for (std::uint32_t k = 0; k < 60; ++k) {
      const Time now = start + seconds(20) * k;
      picture.advance(now);
      picture.apply(scan(k, {seen(random, now)}, now, 30, "dover"));
      const Time then = now - seconds(late_s);
      picture.apply(scan(k, {seen(random, then)}, then, 30, "gris-nez"));
      picture.advance(now + seconds(10));
    }
    const auto tracks = unidentified(picture);
    ASSERT_EQ(tracks.size(), 1U) << late_s;
    EXPECT_EQ(tracks[0]->updated, start + seconds(20 * 59));
    EXPECT_LT(distance_m(tracks[0]->place, boat_at(tracks[0]->updated)), 60) << late_s;
    EXPECT_NEAR(tracks[0]->velocity.north, 2, 1) << late_s;
  }
}

/// One radar falls silent, the other is later than a track may be silent: what was `end()` dereferenced.
TEST(TwoRadars, a_track_that_only_old_scans_feed_coasts_and_is_dropped_once) {
  Picture picture;
  Random random(5, 0, 0);
  for (std::uint32_t k = 0; k < 10; ++k) {
    const Time t = start + seconds(20) * k;
    picture.advance(t);
    picture.apply(scan(k, {seen(random, t)}, t, 30, "dover"));
  }
  ASSERT_EQ(unidentified(picture).size(), 1U);
  int dropped = 0;
  for (std::uint32_t k = 10; k < 200; ++k) {
    const Time now = start + seconds(20) * k;
    for (const auto& event : picture.advance(now)) dropped += event.change == TrackChange::dropped ? 1 : 0;
    const Time then = now - minutes(20);
    for (const auto& event : picture.apply(scan(k, {moved(mid, {9000, 9000})}, then, 30, "gris-nez")))
      dropped += event.change == TrackChange::dropped && event.track->id == "R1" ? 1 : 0;
    for (const auto& [id, track] : picture.tracks()) EXPECT_TRUE(valid(track.at(now).place));
  }
  EXPECT_EQ(dropped, 1);
  EXPECT_EQ(picture.find("R1"), nullptr);
}

TEST(Filter, scans_in_any_order_of_a_minute_give_nearly_the_same) {
  std::vector<Observation> scans;
  Random random(6, 0, 0);
  for (std::uint32_t k = 0; k < 90; ++k) {
    const Time t = start + seconds(10) * k;
    scans.push_back(scan(k, {seen(random, t)}, t, 30, k % 2 == 0 ? "dover" : "gris-nez"));
  }
  Picture in_order;
  for (const auto& o : scans) in_order.apply(o);
  // Each swapped with one up to half a minute away.
  for (std::size_t i = 0; i + 3 < scans.size(); i += 4) std::swap(scans[i], scans[i + 3]);
  Picture shuffled;
  for (const auto& o : scans) shuffled.apply(o);
  ASSERT_EQ(unidentified(in_order).size(), 1U);
  ASSERT_EQ(unidentified(shuffled).size(), 1U);
  const Track& a = *unidentified(in_order)[0];
  const Track& b = *unidentified(shuffled)[0];
  EXPECT_EQ(a.updated, b.updated);
  EXPECT_LT(distance_m(a.place, b.place), 40);
  EXPECT_LT(length(a.velocity - b.velocity), 1);
}

TEST(Clock, that_jumps_ahead_and_back_freezes_nothing) {
  Picture picture;
  picture.advance(start);
  picture.apply(ship(244123456, mid, start));
  picture.apply(ship(235000001, {1.4, 50.9}, start));
  const Time ahead = start + std::chrono::hours(24);
  picture.advance(ahead);
  picture.apply(ship(244123456, moved(mid, {100, 0}), ahead));
  ASSERT_NE(picture.find("M244123456"), nullptr);
  picture.advance(start + seconds(30));
  // She moves on, as her reports of now say.
  const Place on = moved(mid, {300, 0});
  picture.apply(ship(244123456, on, start + seconds(40)));
  EXPECT_EQ(picture.find("M244123456")->place, on);
  EXPECT_EQ(picture.find("M244123456")->updated, start + seconds(40));
  // And falls silent as any ship does.
  EXPECT_TRUE(has(picture.advance(start + minutes(7)), TrackChange::coasting, "M244123456"));
  EXPECT_TRUE(has(picture.advance(start + minutes(32)), TrackChange::dropped, "M244123456"));
}

TEST(Clock, that_a_sender_has_ahead_does_not_make_its_ship_newer_than_now) {
  Picture picture;
  picture.advance(start);
  picture.apply(ship(244123456, mid, start + std::chrono::hours(3)));
  EXPECT_EQ(picture.find("M244123456")->updated, start);
  const Place on = moved(mid, {200, 0});
  picture.advance(start + seconds(20));
  picture.apply(ship(244123456, on, start + seconds(20)));
  EXPECT_EQ(picture.find("M244123456")->place, on);
  EXPECT_TRUE(has(picture.advance(start + minutes(7)), TrackChange::coasting, "M244123456"));
}

TEST(LatePosition, is_shown_as_old_and_never_instead_of_a_newer_one) {
  Picture picture;
  const Time now = start + minutes(40);
  picture.advance(now);
  const auto events = picture.apply(ship(244123456, mid, start));
  EXPECT_TRUE(has(events, TrackChange::coasting, "M244123456"));
  EXPECT_EQ(picture.find("M244123456")->state, TrackState::coasting);
  EXPECT_EQ(picture.find("M244123456")->updated, start);
  // Live by a receiver, then late again.
  const Place on = moved(mid, {5000, 5000});
  EXPECT_TRUE(has(picture.apply(ship(244123456, on, now)), TrackChange::confirmed, "M244123456"));
  picture.apply(ship(244123456, moved(mid, {1000, 1000}), start + minutes(5)));
  EXPECT_EQ(picture.find("M244123456")->place, on);
  EXPECT_EQ(picture.find("M244123456")->state, TrackState::confirmed);
}

TEST(Coasting, of_a_ship_that_is_heard_again_and_falls_silent_again_is_told_each_time_in_time) {
  Picture picture;
  Time t = start;
  for (int round = 0; round < 5; ++round) {
    for (int i = 0; i < 10; ++i, t += seconds(10)) {
      picture.advance(t);
      picture.apply(ship(244123456, moved(mid, {10.0 * i, 0}), t));
    }
    const Time last = t - seconds(10);
    EXPECT_FALSE(has(picture.advance(last + minutes(6)), TrackChange::coasting, "M244123456"));
    EXPECT_TRUE(has(picture.advance(last + minutes(6) + Duration(1)), TrackChange::coasting, "M244123456"));
    t = last + minutes(7 + 2 * round);
  }
}

TEST(SharedMmsi, twenty_craft_are_twenty_tracks_and_more_are_passed_over) {
  Picture picture;
  const auto home = [](int craft) { return Place{1.0 + 0.2 * (craft % 6), 49.0 + 0.3 * (craft / 6)}; };
  const auto hear_all = [&](int craft_count, Time t) {
    for (int craft = 0; craft < craft_count; ++craft) picture.apply(ship(123456789, home(craft), t, 0));
  };
  for (int i = 0; i < 5; ++i) hear_all(24, start + seconds(30 * i));
  EXPECT_EQ(picture.tracks().size(), 20U);
  const auto before = picture.tracks();
  for (int i = 5; i < 10; ++i) hear_all(24, start + seconds(30 * i));
  // Each stays who she was.
  ASSERT_EQ(picture.tracks().size(), before.size());
  for (const auto& [id, track] : before) {
    ASSERT_NE(picture.find(id), nullptr);
    EXPECT_EQ(picture.find(id)->place, track.place) << id;
    EXPECT_EQ(picture.find(id)->state, TrackState::confirmed);
  }
}

TEST(SharedMmsi, the_nearest_craft_gets_the_report) {
  Picture picture;
  const Place there = moved(mid, {9000, 0});
  picture.apply(ship(123456789, mid, start, 0));
  picture.apply(ship(123456789, there, start, 0));
  // After ten minutes either could have come to either place.
  for (int i = 0; i < 4; ++i) {
    const Time t = start + minutes(10 + i);
    picture.apply(ship(123456789, there, t, 0));
    picture.apply(ship(123456789, mid, t, 0));
  }
  EXPECT_EQ(picture.find("M123456789")->place, mid);
  EXPECT_EQ(picture.find("M123456789-2")->place, there);
}

TEST(SharedMmsi, of_ten_digits_is_another_ships_and_never_mixed_up_with_the_nine_before) {
  Picture picture;
  picture.apply(ship(107374182, mid, start));
  picture.apply(ship(1073741823, mid, start));
  ASSERT_NE(picture.find("M107374182"), nullptr);
  ASSERT_NE(picture.find("M1073741823"), nullptr);
  AisIdentity who;
  who.mmsi = 107374182;
  who.name = "NINE";
  picture.apply({start, "ais", "raw", who});
  EXPECT_EQ(picture.find("M1073741823")->name, "");
  picture.apply(ship(7, mid, start));
  EXPECT_NE(picture.find("M000000007"), nullptr);
}

}  // namespace
}  // namespace varne
