/// Marks, shore stations and what is known of the radars.
#include <gtest/gtest.h>

#include "picture_support.h"
#include "support.h"
#include "varne/feed/nmea.h"
#include "varne/picture/sensor.h"

namespace varne {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using test::mid;
using test::scan;
using test::ship;
using test::start;
using test::unidentified;

Observation buoy(Place place, Time time, bool virtual_aid = false) {
  return {
      time, "ais", "raw",
      AisMark{.mmsi = 992351000, .type = 21, .name = "VARNE", .place = place, .virtual_aid = virtual_aid}};
}

/// Twenty turns in which something stands where the mark is, and a boat goes by 600 m off.
std::size_t craft_beside(bool virtual_aid) {
  Picture picture;
  for (std::uint32_t k = 0; k < 20; ++k) {
    const Time t = start + seconds(20) * k;
    picture.advance(t);
    picture.apply(buoy(mid, t, virtual_aid));
    const double jitter = k % 2 == 0 ? 20 : -20;
    picture.apply(scan(k, {moved(mid, {jitter, -jitter}), moved(mid, {600, 40.0 * k})}, t));
  }
  return unidentified(picture).size();
}

TEST(Marks, a_plot_on_a_real_mark_is_hers_and_on_a_virtual_one_it_is_a_craft) {
  EXPECT_EQ(craft_beside(false), 1U);
  EXPECT_EQ(craft_beside(true), 2U);
}

TEST(Marks, are_in_the_picture_as_what_they_are_and_no_tracks) {
  Picture picture;
  NmeaReader reader("ais");
  std::vector<Observation> out;
  ASSERT_TRUE(reader.take("!AIVDM,1,1,,A,E>jHC606QHh1:WdP0000000000002gj0>Um`000000RP00,4*7A", start, out));
  out.push_back(
      {start, "ais", "raw", AisMark{.mmsi = 2320011, .type = 4, .name = "", .place = Place{1.3, 51.1}}});
  for (const auto& o : out) picture.apply(o);
  EXPECT_TRUE(picture.tracks().empty());
  ASSERT_EQ(picture.marks().size(), 2U);
  const Mark& aid = picture.marks().rbegin()->second;
  EXPECT_EQ(aid.type, 21);
  EXPECT_TRUE(aid.place);
  EXPECT_FALSE(aid.name.empty());
  EXPECT_EQ(picture.marks().begin()->second.type, 4);
}

TEST(Marks, keep_the_newest_place_and_go_when_they_are_silent_for_long) {
  Picture picture;
  picture.advance(start);
  picture.apply(buoy(mid, start));
  picture.advance(start + minutes(3));
  picture.apply(buoy({1.51, 51}, start + minutes(3)));
  picture.apply(buoy({1.6, 51}, start + minutes(1)));
  EXPECT_EQ(picture.marks().at(992351000).place, (Place{1.51, 51}));
  picture.advance(start + minutes(50));
  EXPECT_EQ(picture.marks().size(), 1U);
  picture.advance(start + minutes(65));
  EXPECT_TRUE(picture.marks().empty());
}

TEST(Sensors, a_craft_out_of_a_radars_sight_is_not_charged_with_a_miss) {
  // One radar sees the boat each turn; another, which is far away, turns in between and sees none.
  const auto believed_after = [](bool coverage_known) {
    Picture::Settings settings;
    if (coverage_known) {
      Sensor far;
      far.site = Place{3, 52};
      far.range_m = 20000;
      settings.sensors["far"] = far;
    }
    Picture picture(settings);
    for (std::uint32_t k = 0; k < 40; ++k) {
      const Time t = start + seconds(20) * k;
      picture.apply(scan(k, {moved(mid, {0, 30.0 * k})}, t, 40, "near"));
      for (int turn = 0; turn < 3; ++turn)
        picture.apply(
            scan(3 * k + static_cast<std::uint32_t>(turn), {{3, 52}}, t + seconds(5 * turn + 2), 40, "far"));
      for (const Track* track : unidentified(picture))
        if (distance_m(track->place, mid) < 5000) return k;
    }
    return 99U;
  };
  EXPECT_LT(believed_after(true), 6U);
  EXPECT_LT(believed_after(true), believed_after(false));
}

TEST(Sensors, are_read_from_their_file_and_what_is_wrong_is_named) {
  const test::Scratch scratch;
  const auto sensors =
      load_sensors(scratch.write("sensors.toml",
                                 "[[sensor]]\nname = \"dover\"\nat = [1.34, 51.13]\nrange_nm = 12\n"
                                 "period_s = 3\ndetection = 0.8\nclutter_per_km2 = 0.01\n"
                                 "[[sensor]]\nname = \"gris-nez\"\n"));
  ASSERT_TRUE(sensors) << sensors.error().text();
  ASSERT_EQ(sensors->size(), 2U);
  const Sensor& dover = sensors->at("dover");
  EXPECT_NEAR(*dover.range_m, 22224, 1);
  EXPECT_TRUE(dover.covers({1.4, 51.1}));
  EXPECT_FALSE(dover.covers({2.5, 51.1}));
  EXPECT_TRUE(sensors->at("gris-nez").covers({-4, 50}));
  for (const auto& [text, why] : std::vector<std::pair<std::string, std::string>>{
           {"[[sensor]]\nname = \"a\"\nrange_nm = 12\n", "both"},
           {"[[sensor]]\nname = \"a\"\n[[sensor]]\nname = \"a\"\n", "above already"},
           {"[[sensor]]\nname = \"a\"\ndetection = 1.5\n", "detection"},
           {"[[sensor]]\nname = \"a\"\ncolour = \"red\"\n", "colour"}}) {
    const auto refused = load_sensors(scratch.write("wrong.toml", text));
    ASSERT_FALSE(refused) << text;
    EXPECT_NE(refused.error().text().find(why), std::string::npos) << refused.error().text();
  }
}

}  // namespace
}  // namespace varne
