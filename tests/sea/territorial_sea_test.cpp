/// The layer against plain sampling, which asks 264 places about a place.
#include "varne/sea/territorial_sea.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

#include "varne/sea/strait.h"

namespace varne {
namespace {

const Zones& zones() {
  return home_strait().value()->zones;
}

const Coast& coast() {
  return *home_coast().value();
}

const TerritorialSea& layer() {
  static const TerritorialSea made(zones(), home_coast().value());
  return made;
}

/// How far [m] the nearest land of this State lies on any of `rays` evenly spread rays, in steps of `step_m`
/// from half a step on; nothing where none within `within_m` meets it.
std::optional<double> sampled_m(Place place, const std::string& state, int rays, double step_m,
                                double within_m) {
  const LocalPlane plane(place);
  for (double away = step_m / 2; away < within_m; away += step_m) {
    for (int ray = 0; ray < rays; ++ray) {
      const Place there = plane.from(towards(360.0 * ray / rays, away));
      if (coast().land(there) == true && zones().at(there).state == state) return away;
    }
  }
  return std::nullopt;
}

/// 264 places: a kilometre and fifteen degrees apart.
std::string sampled(Place place) {
  const std::string state = zones().at(place).state;
  if (state.empty() || coast().land(place) != false) return "";
  return sampled_m(place, state, 24, 1000, territorial_sea_m * 0.99) ? state : "";
}

Place anywhere() {
  return {-0.6 + *rc::gen::inRange(0, 3300) / 1000.0, 49.6 + *rc::gen::inRange(0, 2100) / 1000.0};
}

RC_GTEST_PROP(TerritorialSea, is_a_states_where_sampling_finds_its_land_and_nowhere_else, ()) {
  const Place place = anywhere();
  RC_ASSERT(layer().at(place) == sampled(place));
}

TEST(TerritorialSea, is_what_sampling_finds_all_over_the_strait) {
  int of_somebody = 0;
  for (double lat = 50.2; lat < 51.5; lat += 0.026) {
    for (double lon = 0.3; lon < 2.6; lon += 0.042) {
      const std::string said = layer().at({lon, lat});
      ASSERT_EQ(said, sampled({lon, lat})) << lon << " " << lat;
      of_somebody += said.empty() ? 0 : 1;
    }
  }
  EXPECT_GT(of_somebody, 250);
}

RC_GTEST_PROP(TerritorialSea, has_the_distance_that_dense_sampling_has, ()) {
  const Place place = anywhere();
  const std::string state = zones().at(place).state;
  if (state.empty() || coast().land(place) != false) return;
  const auto said = layer().land_m(place, state, 15'000);
  const auto found = sampled_m(place, state, 720, 100, 15'000);
  RC_CLASSIFY(found.has_value());
  if (found) {
    RC_ASSERT(said.has_value());
    RC_ASSERT(*said <= *found + 130);
  }
  // Between two of 720 rays lie 130 m at 15 km: a cape as narrow as that may be missed, and no more.
  if (said) RC_ASSERT(sampled_m(place, state, 720, 100, *said + 1000).has_value());
}

TEST(TerritorialSea, is_known_off_the_harbours_and_nobodys_in_the_middle) {
  EXPECT_EQ(layer().at({1.30, 51.00}), "UK");
  EXPECT_EQ(layer().at({1.60, 50.95}), "FR");
  EXPECT_EQ(layer().at({0.5, 50.35}), "");   // 24 miles from either side
  EXPECT_EQ(layer().at({1.31, 51.13}), "");  // on land
}

TEST(TerritorialSea, is_unknown_outside_the_chart_and_at_no_place) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  for (const Place place : {Place{1.5, 53}, Place{-3, 50}, Place{nan, 51}, Place{1.5, nan}}) {
    EXPECT_EQ(layer().at(place), "");
    EXPECT_FALSE(layer().land_m(place, "UK", territorial_sea_m));
  }
  EXPECT_FALSE(layer().land_m({1.3, 51}, "NL", territorial_sea_m));
  EXPECT_FALSE(layer().land_m({1.3, 51}, "UK", 1000));
}

RC_GTEST_PROP(TerritorialSea, of_a_rough_place_is_what_it_and_eight_about_it_answer, ()) {
  const Place place = anywhere();
  const double error_m = *rc::gen::inRange(1, 6000);
  std::optional<std::string> alike = sampled(place);
  for (int bearing = 0; bearing < 360; bearing += 45)
    if (alike && sampled(destination(place, bearing, error_m)) != *alike) alike.reset();
  RC_CLASSIFY(alike.has_value());
  RC_ASSERT(layer().at(place, error_m) == alike);
}

TEST(TerritorialSea, is_certain_only_where_all_about_a_rough_place_answer_alike) {
  const Place near_line{1.425, 51.0};  // on the UK side, some hundred metres from the line
  ASSERT_EQ(layer().at(near_line), "UK");
  EXPECT_EQ(layer().at(near_line, 0), "UK");
  const double to_line = *zones().distance_to_line_m(near_line, "France / United Kingdom");
  EXPECT_EQ(layer().at(near_line, to_line / 2), "UK") << to_line;
  EXPECT_EQ(layer().at(near_line, to_line * 2), std::nullopt) << to_line;
  EXPECT_EQ(layer().at({0.5, 50.35}, 500), "");  // nobody's, and certainly so
}

}  // namespace
}  // namespace varne
