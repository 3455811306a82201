#include "varne/sea/coast.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "support.h"
#include "varne/core/json.h"
#include "varne/core/lines.h"
#include "varne/core/philox.h"

namespace varne {
namespace {

constexpr Box channel{-2, 49, 4, 52};

const Coast& coast() {
  static const auto loaded = Coast::load(gshhg_path(), channel);
  if (!loaded) throw std::runtime_error(loaded.error().text());
  return **loaded;
}

/// Twice the signed area: positive where the ring goes counter-clockwise, with the land on its left.
double turn(const std::vector<Place>& ring) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    sum += ring[i].lon * ring[i + 1].lat - ring[i + 1].lon * ring[i].lat;
  }
  return sum;
}

TEST(Coast, knows_towns_from_sandbanks_and_says_nothing_of_elsewhere) {
  EXPECT_EQ(coast().land({1.32, 51.14}), true) << "Dover";
  EXPECT_EQ(coast().land({1.86, 50.94}), true) << "Calais";
  EXPECT_EQ(coast().land({2.35, 48.99 + 0.02}), true) << "north of Paris";
  EXPECT_EQ(coast().land({1.55, 51.03}), false) << "the middle of the strait";
  EXPECT_EQ(coast().land({1.3, 50.94}), false) << "the Varne bank";
  EXPECT_EQ(coast().land({-1.3, 50.68}), true) << "the Isle of Wight";
  EXPECT_FALSE(coast().land({4.01, 51}));
  EXPECT_FALSE(coast().land({1, 48.9}));
  EXPECT_FALSE(coast().land({std::numeric_limits<double>::quiet_NaN(), 51}));
  EXPECT_FALSE(coast().current({1.5, 51}, *parse_time("2021-11-11")));
}

TEST(Coast, is_made_of_closed_rings_within_its_area) {
  ASSERT_GT(coast().rings().size(), 10U);
  for (const auto& ring : coast().rings()) {
    EXPECT_GE(ring.size(), 4U);
    EXPECT_EQ(ring.front(), ring.back());
    EXPECT_NE(turn(ring), 0);
    for (const Place place : ring) EXPECT_TRUE(channel.contains(place));
  }
}

/// Sea where a straight line from the middle of the Channel crosses the reference's coastlines an even number
/// of times. The lines are cut at the area's border and so make no polygons; the count needs none.
class Reference {
 public:
  explicit Reference(const std::string& path) {
    const Json file = *parse_json(*read_file(path));
    for (const Json& feature : file["features"]) {
      if (feature["properties"]["level"] != 1) continue;
      auto& line = lines_.emplace_back();
      for (const Json& point : feature["geometry"]["coordinates"]) line.push_back({point[0], point[1]});
    }
  }
  [[nodiscard]] bool land(Place place) const {
    bool land = false;
    for (const auto& line : lines_) {
      for (std::size_t i = 0; i + 1 < line.size(); ++i) land ^= cross(sea_, place, line[i], line[i + 1]);
    }
    return land;
  }

 private:
  static double side(Place a, Place b, Place p) {
    return (b.lon - a.lon) * (p.lat - a.lat) - (b.lat - a.lat) * (p.lon - a.lon);
  }
  static bool cross(Place a, Place b, Place c, Place d) {
    return (side(a, b, c) > 0) != (side(a, b, d) > 0) && (side(c, d, a) > 0) != (side(c, d, b) > 0);
  }
  Place sea_{0.0123, 50.3217};
  std::vector<std::vector<Place>> lines_;
};

TEST(Coast, divides_land_and_sea_as_the_reference_does) {
  VARNE_NEEDS_SHARED(path, "data/geo/gshhg_full_channel_2W4E_49N52N.geojson");
  const Reference reference(path);
  Random random(20211124, 0, 0);
  int land = 0;
  for (int i = 0; i < 10'000; ++i) {
    const Place place{-2 + 6 * random.uniform(), 49 + 3 * random.uniform()};
    ASSERT_EQ(coast().land(place), reference.land(place)) << place.lon << " " << place.lat;
    land += reference.land(place) ? 1 : 0;
  }
  EXPECT_GT(land, 3000);
  EXPECT_LT(land, 7000);
}

/// The plain even-odd rule over all rings.
bool land_plainly(Place place) {
  bool inside = false;
  for (const auto& ring : coast().rings()) {
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
      const Place a = ring[i].lat < ring[i + 1].lat ? ring[i] : ring[i + 1];
      const Place b = ring[i].lat < ring[i + 1].lat ? ring[i + 1] : ring[i];
      if (place.lat < a.lat || place.lat >= b.lat) continue;
      const double share = (place.lat - a.lat) / (b.lat - a.lat);
      if (a.lon + share * (b.lon - a.lon) < place.lon) inside = !inside;
    }
  }
  return inside;
}

TEST(Coast, answers_near_the_shore_as_without_an_index) {
  Random random(7, 0, 0);
  for (int i = 0; i < 3000; ++i) {
    const auto& rings = coast().rings();
    const auto& ring = rings[random.bits() % rings.size()];
    const Place corner = ring[random.bits() % ring.size()];
    const Place place{corner.lon + 0.002 * random.normal(), corner.lat + 0.002 * random.normal()};
    if (!channel.contains(place)) continue;
    ASSERT_EQ(coast().land(place), land_plainly(place)) << place.lon << " " << place.lat;
  }
}

TEST(Coast, agrees_on_a_common_border_whatever_the_area) {
  const auto narrow = Coast::load(gshhg_path(), {1.2, 50.7, 1.9, 51.2});
  ASSERT_TRUE(narrow) << narrow.error().text();
  EXPECT_EQ((*narrow)->area().west, 1);
  EXPECT_EQ((*narrow)->area().north, 52);
  Random random(8, 0, 0);
  for (int i = 0; i < 5000; ++i) {
    const Place place{1 + random.uniform(), 50 + 2 * random.uniform()};
    ASSERT_EQ(coast().land(place), (*narrow)->land(place)) << place.lon << " " << place.lat;
  }
}

TEST(Coast, of_an_area_without_shore_is_all_land_or_all_sea) {
  const auto inland = Coast::load(gshhg_path(), {2, 48, 3, 49});
  ASSERT_TRUE(inland) << inland.error().text();
  EXPECT_EQ((*inland)->land({2.35, 48.85}), true) << "Paris";
  const auto ocean = Coast::load(gshhg_path(), {-20, 45, -19, 46});
  ASSERT_TRUE(ocean) << ocean.error().text();
  EXPECT_EQ((*ocean)->land({-19.5, 45.5}), false);
}

TEST(Coast, refuses_a_file_that_is_none_and_an_area_that_is_none) {
  const test::Scratch scratch;
  EXPECT_NE(Coast::load(scratch.file("absent.nc"), channel).error().text().find("no such file"),
            std::string::npos);
  EXPECT_NE(Coast::load(scratch.write("text.nc", "not a coast"), channel).error().text().find("text.nc"),
            std::string::npos);
  for (const Box area : {Box{2, 49, -2, 52}, Box{-60, -60, 60, 60}, Box{0, 0, 0, 0},
                         Box{std::numeric_limits<double>::quiet_NaN(), 49, 2, 52}}) {
    EXPECT_FALSE(Coast::load(gshhg_path(), area));
  }
}

}  // namespace
}  // namespace varne
