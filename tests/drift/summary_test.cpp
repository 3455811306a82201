/// A forecast as people and programs read it.
#include "varne/drift/summary.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

#include "varne/core/philox.h"

namespace varne {
namespace {

const Place mid{1.5, 51.0};
const Time start = *parse_time("2021-11-11T05:00Z");

DriftSnapshot snapshot(std::vector<Place> places) {
  DriftSnapshot s{start, std::move(places), {}};
  s.states.assign(s.places.size(), ParticleState::adrift);
  return s;
}

std::vector<Place> cloud(Place centre, std::uint64_t seed, std::uint32_t count, double sigma_m) {
  std::vector<Place> out;
  for (std::uint32_t i = 0; i < count; ++i) {
    Random random(seed, i, 0);
    const double east = random.normal();
    out.push_back(moved(centre, Vec{east, random.normal()} * sigma_m));
  }
  return out;
}

DriftRun run_of(std::vector<DriftSnapshot> snapshots) {
  return {"PIW-1", {mid, 100, start, start}, {}, {"stated"}, std::move(snapshots)};
}

TEST(DriftSummary, counts_every_particle_once_and_takes_the_mean_of_those_whose_place_is_known) {
  auto s = snapshot({mid, moved(mid, {2000, 0}), {50, 0}});
  s.states[1] = ParticleState::ashore;
  s.states[2] = ParticleState::left;
  const auto out = summary(s);
  EXPECT_EQ(out.adrift, 1U);
  EXPECT_EQ(out.ashore, 1U);
  EXPECT_EQ(out.left, 1U);
  EXPECT_LT(distance_m(*out.mean, moved(mid, {1000, 0})), 1);
  EXPECT_NEAR(out.half_within_m, 1000, 1);
  EXPECT_NEAR(out.most_within_m, 1000, 1);
}

TEST(DriftSummary, has_no_mean_where_all_have_left) {
  auto s = snapshot({mid, mid});
  s.states.assign(2, ParticleState::left);
  const auto out = summary(s);
  EXPECT_FALSE(out.mean);
  EXPECT_EQ(out.left, 2U);
  EXPECT_FALSE(summary({}).mean);
}

TEST(DriftSummary, of_one_place_is_that_place_and_no_extent) {
  const auto out = summary(snapshot(std::vector<Place>(50, mid)));
  EXPECT_LT(distance_m(*out.mean, mid), 0.001);
  EXPECT_LT(out.most_within_m, 0.001);
}

/// Of a round normal cloud half lie within 1.1774 σ and 90 % within 2.1460 σ of the middle (Rayleigh).
RC_GTEST_PROP(DriftSummary, extents_are_those_of_the_cloud_wherever_it_lies, ()) {
  const Place centre{*rc::gen::inRange(-180, 180) + 0.0, *rc::gen::inRange(-89, 90) + 0.0};
  const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1000);
  const auto out = summary(snapshot(cloud(centre, seed, 4000, 1000)));
  RC_ASSERT(distance_m(*out.mean, centre) < 80);  // five standard errors
  RC_ASSERT(std::abs(out.half_within_m / 1177.4 - 1) < 0.08);
  RC_ASSERT(std::abs(out.most_within_m / 2146.0 - 1) < 0.08);
}

TEST(ForecastJson, holds_every_point_with_its_state_and_is_canonical_each_time_the_same) {
  auto s = snapshot(cloud(mid, 1, 40, 500));
  s.states[3] = ParticleState::ashore;
  const Json json = forecast_json(run_of({s}));
  EXPECT_EQ(json["snapshots"][0]["points"].size(), 40U);
  EXPECT_EQ(json["snapshots"][0]["points"][3][2], 1);
  EXPECT_EQ(json["snapshots"][0]["time"], "2021-11-11T05:00:00Z");
  EXPECT_EQ(json["seed"], "0");
  EXPECT_EQ(canonical(json), canonical(forecast_json(run_of({s}))));
}

/// Twice the area; above 0 counter-clockwise.
double turn(const Json& ring) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i)
    sum += ring[i][0].get<double>() * ring[i + 1][1].get<double>() -
           ring[i + 1][0].get<double>() * ring[i][1].get<double>();
  return sum;
}

TEST(ForecastGeojson, areas_are_polygons_with_their_holes_as_the_format_has_them) {
  // A ring of particles about a heap: an island in a hole.
  std::vector<Place> places = cloud(mid, 6, 1000, 300);
  for (std::uint32_t i = 0; i < 3000; ++i) {
    Random random(5, i, 0);
    places.push_back(moved(mid, towards(i * 0.12, 12000 + 2000 * random.normal())));
  }
  const Json json = forecast_geojson(run_of({snapshot(places)}));
  EXPECT_EQ(json["type"], "FeatureCollection");
  int polygons = 0, holes = 0;
  for (const Json& feature : json["features"]) {
    EXPECT_EQ(feature["properties"]["forecast"], true);
    if (feature["properties"]["layer"] != "contour" || feature["properties"]["share"] != 0.9) continue;
    for (const Json& polygon : feature["geometry"]["coordinates"]) {
      ++polygons;
      holes += static_cast<int>(polygon.size()) - 1;
      for (std::size_t i = 0; i < polygon.size(); ++i) {
        EXPECT_EQ(polygon[i].front(), polygon[i].back());
        EXPECT_EQ(turn(polygon[i]) > 0, i == 0);  // RFC 7946, 3.1.6
      }
    }
  }
  EXPECT_EQ(polygons, 2);
  EXPECT_EQ(holes, 1);
}

TEST(ForecastGeojson, names_the_release_the_mean_and_the_particles_by_state) {
  auto late = snapshot(cloud(moved(mid, {3000, 0}), 2, 30, 300));
  late.time += std::chrono::hours(1);
  late.states[0] = ParticleState::ashore;
  const Json json = forecast_geojson(run_of({snapshot(std::vector<Place>(30, mid)), late}));
  std::map<std::string, int> layers;
  for (const Json& feature : json["features"]) ++layers[feature["properties"]["layer"].get<std::string>()];
  EXPECT_EQ(layers["release"], 1);
  EXPECT_EQ(layers["mean"], 1);
  EXPECT_EQ(layers["most_probable"], 1);
  EXPECT_EQ(layers["contour"], 6);
  EXPECT_EQ(layers["particles"], 3);  // adrift, then adrift and ashore
}

}  // namespace
}  // namespace varne
