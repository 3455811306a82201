#include "varne/sea/sea.h"

#include <gtest/gtest.h>

#include <limits>

namespace varne {
namespace {

constexpr Place somewhere{1.5, 51};

Time at(const char* text) {
  return *parse_time(text);
}

std::shared_ptr<const SeaSource> always(const char* name, Stated what) {
  return stated_source(name, {what});
}

TEST(Sea, without_sources_knows_nothing) {
  const Sea sea;
  const Time now = at("2021-11-11T05:00Z");
  EXPECT_FALSE(sea.current(somewhere, now));
  EXPECT_FALSE(sea.wind(somewhere, now));
  EXPECT_FALSE(sea.wave_height_m(somewhere, now));
  EXPECT_FALSE(sea.water_temperature_c(somewhere, now));
  EXPECT_FALSE(sea.depth_m(somewhere));
  EXPECT_FALSE(sea.level_m(somewhere, now));
  EXPECT_FALSE(sea.land(somewhere));
}

TEST(Sea, hash_follows_the_content_of_the_sources_and_their_order_and_not_their_names) {
  const auto hash = [](std::initializer_list<std::shared_ptr<const SeaSource>> sources) {
    Sea sea;
    for (const auto& source : sources) sea.add(source);
    return sea.hash();
  };
  const auto wind = always("wind", {.wind = Vec{7, 3}});
  const auto other = always("wind", {.wind = Vec{7, 3.0000000001}});
  const auto current = always("wind", {.current = Vec{7, 3}});
  EXPECT_EQ(hash({wind}), hash({always("the same by another name", {.wind = Vec{7, 3}})}));
  EXPECT_NE(hash({wind}), hash({other}));
  EXPECT_NE(hash({wind}), hash({current}));
  EXPECT_NE(hash({wind, current}), hash({current, wind}));
  EXPECT_NE(hash({wind}), hash({wind, wind}));
  EXPECT_NE(always("", {.from = at("2021-11-11T05:00Z"), .wave_height_m = 1})->hash(),
            always("", {.from = at("2021-11-11T06:00Z"), .wave_height_m = 1})->hash());
}

TEST(Sea, takes_each_answer_from_the_first_source_that_knows_it) {
  Sea sea;
  sea.add(always("wind only", {.wind = Vec{7, 3}}));
  sea.add(always(
      "all", {.current = Vec{0.3, 0.1}, .wind = Vec{1, 1}, .wave_height_m = 0.5, .water_temperature_c = 12}));
  const Time now = at("2021-11-11T05:00Z");
  EXPECT_EQ(sea.wind(somewhere, now), (Vec{7, 3}));
  EXPECT_EQ(sea.current(somewhere, now), (Vec{0.3, 0.1}));
  EXPECT_EQ(sea.wave_height_m(somewhere, now), 0.5);
  EXPECT_EQ(sea.water_temperature_c(somewhere, now), 12);
}

TEST(Sea, knows_nothing_of_a_place_that_is_none) {
  Sea sea;
  sea.add(always("all", {.current = Vec{0.3, 0.1}, .wind = Vec{1, 1}}));
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  for (const Place nowhere : {Place{nan, 51}, Place{1.5, nan}, Place{1.5, 91}, Place{181, 51}}) {
    EXPECT_FALSE(sea.current(nowhere, at("2021-11-11")));
    EXPECT_FALSE(sea.wind(nowhere, at("2021-11-11")));
  }
}

TEST(Stated, holds_each_step_until_the_next_and_nothing_before_the_first) {
  const auto source = stated_source("stated wind", {{.from = at("2021-11-11T06:00Z"), .wind = Vec{1, 0}},
                                                    {.from = at("2021-11-11T12:00Z"), .wave_height_m = 0.4}});
  EXPECT_EQ(source->name(), "stated wind");
  EXPECT_FALSE(source->wind(somewhere, at("2021-11-11T05:59:59Z")));
  EXPECT_EQ(source->wind(somewhere, at("2021-11-11T06:00Z")), (Vec{1, 0}));
  EXPECT_EQ(source->wind(somewhere, at("2021-11-11T11:59:59Z")), (Vec{1, 0}));
  EXPECT_FALSE(source->wind(somewhere, at("2021-11-11T12:00Z"))) << "a step that is silent leaves it unknown";
  EXPECT_EQ(source->wave_height_m(somewhere, at("2022-01-01")), 0.4);
}

TEST(Stated, without_a_date_holds_from_ever) {
  const auto source = always("constant", {.current = Vec{0.3, 0.1}});
  EXPECT_EQ(source->current(somewhere, at("0001-01-01")), (Vec{0.3, 0.1}));
  EXPECT_EQ(source->current({-150, -60}, at("2100-01-01")), (Vec{0.3, 0.1}));
}

}  // namespace
}  // namespace varne
