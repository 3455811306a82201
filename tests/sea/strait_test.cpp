#include "varne/sea/strait.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <nlohmann/json.hpp>

#include "support.h"
#include "varne/core/json.h"
#include "varne/core/place_of_data.h"
#include "varne/core/text.h"
#include "varne/sea/map.h"

namespace varne {
namespace {

const Strait& home() {
  return *home_strait().value();
}

const Json& map() {
  static const Json parsed = parse_json(map_of(home()).value()).value();
  return parsed;
}

TEST(Strait, brings_its_tides_and_its_coast_after_what_was_added_before) {
  Sea sea;
  sea.add(stated_source("stated wind", {{.wind = Vec{7, 3}}}));
  const auto added = add_home_strait(sea);
  ASSERT_TRUE(added) << added.error().text();
  const Time night = *parse_time("2021-11-24T01:18Z");
  const Place strait{1.5, 51};
  EXPECT_EQ(sea.sources().size(), 3U);
  EXPECT_TRUE(sea.current(strait, night));
  EXPECT_TRUE(sea.wind(strait, night));
  EXPECT_EQ(sea.land(strait), false);
  EXPECT_EQ(sea.land({1.31, 51.13}), true);
  EXPECT_GT(*sea.depth_m(strait), 10);
}

TEST(Strait, knows_the_stream_off_every_beach_from_dungeness_to_the_belgian_border) {
  Sea sea;
  ASSERT_TRUE(add_home_strait(sea));
  const Time night = *parse_time("2021-11-24T01:18Z");
  int water = 0;
  int known = 0;
  for (int x = 0; x < 400; ++x) {
    for (int y = 0; y < 400; ++y) {
      const Place place{0.4 + x * 2.15 / 400, 50.2 + y * 1.1 / 400};
      if (*sea.land(place)) continue;
      ++water;
      known += sea.current(place, night) ? 1 : 0;
    }
  }
  RecordProperty("unknown_permille", 1000 * (water - known) / water);
  EXPECT_GT(known, 0.98 * water);
}

TEST(Map, has_the_layers_that_the_api_promises) {
  ASSERT_EQ(map()["type"], "FeatureCollection");
  std::map<std::string, int> layers;
  for (const Json& feature : map()["features"]) ++layers[feature["properties"]["layer"]];
  EXPECT_GT(layers["land"], 2);
  EXPECT_EQ(layers["line"], 5);
  EXPECT_EQ(layers["lane"], 2);
  EXPECT_GT(layers["place"], 40);
  EXPECT_EQ(layers.size(), 4U);
}

void each_point(const Json& coordinates, const std::function<void(double, double)>& visit) {
  if (coordinates[0].is_number()) return visit(coordinates[0], coordinates[1]);
  for (const Json& inner : coordinates) each_point(inner, visit);
}

TEST(Map, stays_in_its_box_with_five_decimals) {
  for (const Json& feature : map()["features"]) {
    each_point(feature["geometry"]["coordinates"], [](double lon, double lat) {
      ASSERT_TRUE(home().map.contains({lon, lat})) << lon << " " << lat;
      ASSERT_EQ(rounded(lon, 5), lon);
      ASSERT_EQ(rounded(lat, 5), lat);
    });
  }
}

double turn(const Json& ring) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    sum += ring[i][0].get<double>() * ring[i + 1][1].get<double>() -
           ring[i + 1][0].get<double>() * ring[i][1].get<double>();
  }
  return sum;
}

TEST(Map, draws_land_as_closed_rings_counter_clockwise_that_cover_what_is_land) {
  double square_degrees = 0;
  for (const Json& feature : map()["features"]) {
    if (feature["properties"]["layer"] != "land") continue;
    const Json& rings = feature["geometry"]["coordinates"];
    EXPECT_EQ(rings[0].front(), rings[0].back());
    EXPECT_GE(turn(rings[0]), 0);
    for (const Json& ring : rings) square_degrees += turn(ring) / 2;
  }
  int land = 0;
  constexpr int n = 400;
  for (int x = 0; x < n; ++x) {
    for (int y = 0; y < n; ++y) {
      const Place place{home().map.west + (x + 0.5) * (home().map.east - home().map.west) / n,
                        home().map.south + (y + 0.5) * (home().map.north - home().map.south) / n};
      land += *(*home_coast())->land(place) ? 1 : 0;
    }
  }
  const double all = (home().map.east - home().map.west) * (home().map.north - home().map.south);
  EXPECT_NEAR(square_degrees, all * land / (n * n), 0.005 * all);
}

TEST(Map, is_the_same_text_every_time) {
  EXPECT_EQ(map_of(home()).value(), map_of(home()).value());
  EXPECT_TRUE(is_utf8(map_of(home()).value()));
}

TEST(Towns, are_refused_with_line_and_column) {
  const test::Scratch scratch;
  const auto refusal = [&](const std::string& row) {
    const auto towns =
        load_towns(scratch.write("places.csv", "name,country,lat,lon,population\n" + row + "\n"));
    return towns ? std::string() : towns.error().text();
  };
  EXPECT_EQ(refusal("Dover,GB,51.1,1.3,41709"), "");
  EXPECT_NE(refusal(",GB,51.1,1.3,41709").find("places.csv:2: name"), std::string::npos);
  EXPECT_NE(refusal("Dover,GB,north,1.3,41709").find("places.csv:2: lat"), std::string::npos);
  EXPECT_NE(refusal("Dover,GB,91,1.3,41709").find("not a place"), std::string::npos);
  EXPECT_NE(refusal("Dover,GB,51.1,1.3,-1").find("population"), std::string::npos);
}

}  // namespace
}  // namespace varne
