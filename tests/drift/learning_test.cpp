/// What a forecast learns: against Bayes' rule and Gaussian closed forms.
#include "varne/drift/learning.h"

#include <gtest/gtest.h>
// rapidcheck wants gtest first
#include <rapidcheck/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "varne/core/philox.h"
#include "varne/drift/notes.h"
#include "varne/drift/outputs.h"
#include "varne/drift/ring.h"
#include "varne/drift/summary.h"

namespace varne {
namespace {

const Time start = *parse_time("2021-11-11T05:00:00Z");
constexpr Place mid{1.5, 51.0};
constexpr std::uint32_t many = 20000;

/// A drogue: no leeway of its own.
LeewayClass drogue() {
  LeewayClass out;
  out.key = "drogue";
  return out;
}

Sea stream(Vec current) {
  Stated stated;
  stated.current = current;
  stated.wind = Vec{0, 5};
  Sea sea;
  sea.add(stated_source("stated", {stated}));
  return sea;
}

/// Normal about `mid` with 1000 m on each axis, in still water.
DriftRun cloud(Vec current = {},
               DriftOptions options = {.particles = many, .length = std::chrono::hours(2)}) {
  auto run = drift(stream(current), drogue(), {mid, 1000, start, start}, options);
  EXPECT_TRUE(run) << run.error().text();
  return *run;
}

Vec mean_of(const DriftRun& run) {
  return LocalPlane(mid).to(*summary(run.snapshots.back(), run.weights).mean);
}

TEST(Learning, weights_follow_bayes_rule_and_say_how_probable_what_was_found_was) {
  std::vector<double> weights{0.5, 0.5};
  EXPECT_NEAR(*learn(weights, std::vector{0.2, 0.8}), 0.5, 1e-15);
  EXPECT_NEAR(weights[1], 0.8, 1e-15);
  EXPECT_NEAR(*learn(weights, std::vector{0.4, 0.1}), 0.2 * 0.4 + 0.8 * 0.1, 1e-15);
  EXPECT_NEAR(weights[0], 0.5, 1e-15);
  std::vector<double> fresh;
  ASSERT_TRUE(learn(fresh, std::vector{1.0, 1.0, 2.0}));
  EXPECT_NEAR(fresh[2], 0.5, 1e-15);
}

TEST(Learning, what_no_particle_makes_possible_is_refused_and_changes_nothing) {
  std::vector<double> weights{0.25, 0.75};
  const auto before = weights;
  EXPECT_NE(learn(weights, std::vector{0.0, 0.0}).error().text().find("no particle"), std::string::npos);
  EXPECT_FALSE(learn(weights, std::vector{1.0, -0.1}));
  EXPECT_FALSE(learn(weights, std::vector{1.0, std::nan("")}));
  EXPECT_FALSE(learn(weights, std::vector{1.0}));
  EXPECT_EQ(weights, before);
}

/// Learning one thing after the other is learning both at once, in any order.
RC_GTEST_PROP(Learning, the_order_of_what_is_learned_does_not_matter, ()) {
  const auto draw = [&] {
    std::vector<double> out;
    for (int i = 0; i < 20; ++i) out.push_back(*rc::gen::inRange(1, 1000) / 1000.0);
    return out;
  };
  const auto a = draw();
  const auto b = draw();
  std::vector<double> one, other;
  const double first = *learn(one, a) * *learn(one, b);
  const double second = *learn(other, b) * *learn(other, a);
  RC_ASSERT(std::abs(first - second) < 1e-12);
  for (std::size_t i = 0; i < 20; ++i) RC_ASSERT(std::abs(one[i] - other[i]) < 1e-12);
}

TEST(Learning, the_effective_sample_size_is_that_of_as_many_alike) {
  EXPECT_NEAR(effective_sample_size(std::vector(50, 0.02)), 50, 1e-9);
  EXPECT_NEAR(effective_sample_size(std::vector{1.0, 0.0, 0.0}), 1, 1e-12);
  EXPECT_NEAR(effective_sample_size(std::vector{0.5, 0.5, 0.0}), 2, 1e-12);
}

RC_GTEST_PROP(Learning, systematic_resampling_takes_each_as_often_as_its_weight_rounded_up_or_down, ()) {
  std::vector<double> weights;
  for (int i = 0; i < 40; ++i) weights.push_back(*rc::gen::inRange(0, 1000) + (i == 0 ? 1 : 0));
  const double all = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (double& w : weights) w /= all;
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const auto chosen = resampled(weights, 1000, seed);
  RC_ASSERT(chosen.size() == 1000U);
  RC_ASSERT(chosen == resampled(weights, 1000, seed));
  std::vector<int> times(40, 0);
  for (const auto i : chosen) ++times[i];
  for (std::size_t i = 0; i < 40; ++i) RC_ASSERT(std::abs(times[i] - 1000 * weights[i]) < 1 + 1e-6);
}

/// A metre a second to the east through an area of 1800 m: half of an hour within it.
TEST(Learning, the_time_spent_within_an_area_is_what_the_way_through_it_takes) {
  const auto run = *drift(stream({1, 0}), drogue(), {mid, 0, start, start},
                          {.particles = 2, .length = std::chrono::hours(2), .jibe_per_hour = 0});
  const LocalPlane plane(mid);
  const std::vector<Place> area{plane.from({900, -500}), plane.from({2700, -500}), plane.from({2700, 500}),
                                plane.from({900, 500})};
  EXPECT_NEAR((*share_inside(run, area, start, start + std::chrono::hours(1)))[0], 0.5, 0.05);
  EXPECT_NEAR((*share_inside(run, area, start + std::chrono::hours(1), run.snapshots.back().time))[0], 0,
              1e-9);
  EXPECT_NE(share_inside(run, area, start, start + std::chrono::hours(3)).error().text().find("not within"),
            std::string::npos);
  EXPECT_FALSE(share_inside(run, area, start, start));
}

/// Half of the cloud is searched and missed with e^-2: it keeps e^-2 / (1 + e^-2) = 0.119 of the weight.
TEST(Learning, an_unsuccessful_search_takes_weight_from_where_it_looked) {
  DriftRun run = cloud();
  std::vector<double> missed;
  double east_share = 0;
  for (const Place& p : run.snapshots.back().places) {
    missed.push_back(p.lon > mid.lon ? std::exp(-2) : 1);
    east_share += p.lon > mid.lon ? 1.0 / many : 0;
  }
  EXPECT_NEAR(east_share, 0.5, 0.01);
  ASSERT_TRUE(learn(run, missed, "a search"));
  double east = 0;
  for (std::size_t i = 0; i < many; ++i)
    east += run.snapshots.back().places[i].lon > mid.lon ? run.weights[i] : 0;
  EXPECT_NEAR(east, 0.119, 0.005);
  // The mean of a half normal is 0.798 σ from its middle.
  EXPECT_NEAR(mean_of(run).east, -(0.881 - 0.119) * 798, 20);
  EXPECT_EQ(run.evidence.size(), 1U);
}

/// A normal cloud and a normal sighting, both of 1000 m: halfway, and 1 / √2 as wide (R50 = 1.177 σ).
TEST(Learning, a_sighting_moves_the_cloud_as_gausses_formula_has_it) {
  DriftRun run = cloud();
  const LocalPlane plane(mid);
  const Sighting seen{plane.from({1000, 0}), 1000, start + std::chrono::minutes(90), 1};
  const auto likelihood = sighting_likelihood(run, seen, run.weights);
  ASSERT_TRUE(likelihood);
  ASSERT_TRUE(learn(run, *likelihood, "a sighting"));
  EXPECT_NEAR(mean_of(run).east, 500, 20);
  EXPECT_NEAR(summary(run.snapshots.back(), run.weights).half_within_m, 1177 / std::sqrt(2), 20);
}

/// Believed with 0.6, it moves the mean 0.6 of that way.
TEST(Learning, a_sighting_that_is_half_believed_leaves_the_rest_of_the_weight_where_it_was) {
  DriftRun run = cloud();
  const LocalPlane plane(mid);
  const auto likelihood = sighting_likelihood(run, {plane.from({1000, 0}), 1000, start, 0.6}, run.weights);
  ASSERT_TRUE(learn(run, *likelihood, "a sighting"));
  EXPECT_NEAR(mean_of(run).east, 300, 20);
  const auto far = sighting_likelihood(run, {plane.from({30000, 0}), 500, start, 1}, run.weights);
  EXPECT_NE(far.error().text().find("km from the nearest particle"), std::string::npos);
  EXPECT_FALSE(sighting_likelihood(run, {mid, 500, start - std::chrono::hours(1), 1}, {}));
  EXPECT_FALSE(sighting_likelihood(run, {mid, 0, start, 1}, {}));
}

/// Piece and boat of one number began together and meet the same errors of the current. Both spread by the
/// same process in this sea, so debris found e east of its mean says that the boat is there, too.
TEST(Learning, debris_found_far_from_where_it_was_expected_moves_the_boat_with_it) {
  DriftOptions options{.particles = many, .length = std::chrono::hours(12)};
  options.current_noise_mps = 0.3;
  options.current_noise_lasts = std::chrono::hours(12);
  options.jibe_per_hour = 0;
  DriftRun boat = cloud({}, options);
  LeewayClass piece = drogue();
  piece.downwind.slope_pct = 2;
  const auto pieces = drift(stream({}), piece, {mid, 1000, start, start}, options);
  const double spread = summary(pieces->snapshots.back()).half_within_m / 1.177;
  const LocalPlane plane(*summary(pieces->snapshots.back()).mean);
  const auto likelihood = sighting_likelihood(
      *pieces, {plane.from({spread, 0}), 500, start + std::chrono::hours(12), 1}, boat.weights);
  ASSERT_TRUE(likelihood);
  ASSERT_TRUE(learn(boat, *likelihood, "debris"));
  EXPECT_NEAR(mean_of(boat).east / spread, 1, 0.05);
  EXPECT_NEAR(mean_of(boat).north / spread, 0, 0.05);
}

TEST(Learning, areas_hold_their_share_of_the_weight_and_outputs_carry_it) {
  DriftRun run = cloud({}, {.particles = 2000, .length = std::chrono::hours(2)});
  const LocalPlane plane(mid);
  const auto likelihood = sighting_likelihood(run, {plane.from({800, 0}), 500, start, 0.9}, run.weights);
  ASSERT_TRUE(learn(run, *likelihood, "a sighting"));
  const auto& last = run.snapshots.back();
  for (const double share : {0.5, 0.9, 0.95}) {
    double held = 0;
    for (std::size_t i = 0; i < 2000; ++i) {
      bool in = false;
      for (const auto& ring : contour(last, share, run.weights)) in ^= inside_ring(ring, last.places[i]);
      held += in ? run.weights[i] : 0;
    }
    EXPECT_NEAR(held, share, 0.02);
  }
  const Json json = forecast_json(run);
  EXPECT_EQ(json["weights"].size(), 2000U);
  EXPECT_NEAR(json["effective_sample_size"].get<double>(), effective_sample_size(run.weights), 0.1);
  EXPECT_NE(json["evidence"][0].get<std::string>().find("a sighting"), std::string::npos);
  const auto grid = probability(run);
  EXPECT_NEAR(std::accumulate(grid.shares.end() - static_cast<std::ptrdiff_t>(grid.columns * grid.rows),
                              grid.shares.end(), 0.0),
              1, 1e-4);
  EXPECT_NE(forecast_kml(run).find("Learned from a sighting"), std::string::npos);
  EXPECT_GT(plane.to(*most_probable(last, run.weights)).east, 300);
  EXPECT_NE(brief_text(run), brief_text(cloud({}, run.options)));
}

TEST(Learning, a_resampled_run_says_the_same_with_particles_that_are_all_alike) {
  DriftRun run = cloud();
  const auto likelihood =
      sighting_likelihood(run, {LocalPlane(mid).from({1000, 0}), 1000, start, 1}, run.weights);
  ASSERT_TRUE(learn(run, *likelihood, "a sighting"));
  const auto drawn = resampled(run);
  ASSERT_TRUE(drawn);
  EXPECT_TRUE(drawn->weights.empty());
  EXPECT_NEAR(length(mean_of(*drawn) - mean_of(run)), 0, 15);
  EXPECT_EQ(drawn->snapshots.back().places, resampled(run)->snapshots.back().places);
  EXPECT_FALSE(resampled(cloud()));
}

TEST(Learning, few_that_are_left_and_runs_back_are_said) {
  DriftRun run = cloud({}, {.particles = 500, .length = std::chrono::hours(2)});
  EXPECT_TRUE(notes(run).empty());
  const auto likelihood =
      sighting_likelihood(run, {LocalPlane(mid).from({2000, 0}), 100, start, 1}, run.weights);
  ASSERT_TRUE(learn(run, *likelihood, "a sighting"));
  ASSERT_EQ(notes(run).size(), 1U);
  EXPECT_NE(notes(run)[0].find("drawn from too few"), std::string::npos);
  const auto back = cloud({}, {.particles = 10, .length = -std::chrono::hours(2)});
  ASSERT_EQ(notes(back).size(), 1U);
  EXPECT_NE(notes(back)[0].find("not a run ahead turned round"), std::string::npos);
}

}  // namespace
}  // namespace varne
