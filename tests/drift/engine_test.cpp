/// The engine against the simple version, and against itself: other threads, other instruction sets.
#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <cmath>

#include "support.h"
#include "varne/core/fields_bytes.h"
#include "varne/core/place_of_data.h"
#include "varne/drift/kernel.h"
#include "varne/drift/runs.h"
#include "varne/sea/forcing.h"
#include "varne/sea/strait.h"

namespace varne {
namespace {

const LeewayClass& piw() {
  static const auto all = *load_leeway(data_path("leeway.toml"));
  return all[3];  // PIW-4: its sides differ
}

/// Everything that chance can do, and a release that lasts.
DriftOptions lively(DriftScheme scheme) {
  return {.particles = 700,
          .seed = 5,
          .length = std::chrono::hours(12),
          .jibe_per_hour = 0.3,
          .current_noise_mps = 0.1,
          .wind_noise_mps = 1.5,
          .current_noise_lasts = std::chrono::hours(6),
          .wind_noise_lasts = std::chrono::hours(3),
          .scheme = scheme};
}

Sea washington() {
  Sea sea;
  const auto done = add_forcing(sea, {test::shared_file("data/drift/wa_coast_hycom_current.nc"),
                                      test::shared_file("data/drift/wa_coast_gfs_wind.nc")});
  EXPECT_TRUE(done);
  return sea;
}

/// Tides, coast and a wind that turns; nothing shared is needed.
Sea dover() {
  Sea sea;
  EXPECT_TRUE(add_home_strait(sea));
  Stated first;
  first.from = *parse_time("2021-11-11T00:00Z");
  first.wind = Vec{6, -12};
  Stated later;
  later.from = *parse_time("2021-11-11T09:00Z");
  later.wind = Vec{9, -13};
  sea.add(stated_source("wind", {first, later}));
  return sea;
}

const Release at_dover{
    {1.75, 50.97}, 800, *parse_time("2021-11-11T05:00Z"), *parse_time("2021-11-11T05:47Z")};
const Release at_washington{
    {-125.3, 47.8}, 800, *parse_time("2023-03-02T12:00Z"), *parse_time("2023-03-02T12:47Z")};

struct Apart {
  double most_m = 0;
  int other_state = 0;
};

Apart apart(const DriftRun& a, const DriftRun& b) {
  Apart out;
  EXPECT_EQ(a.snapshots.size(), b.snapshots.size());
  for (std::size_t s = 0; s < a.snapshots.size(); ++s) {
    EXPECT_EQ(a.snapshots[s].time, b.snapshots[s].time);
    for (std::size_t i = 0; i < a.snapshots[s].places.size(); ++i) {
      if (a.snapshots[s].states[i] != b.snapshots[s].states[i]) {
        ++out.other_state;
        continue;
      }
      out.most_m = std::max(out.most_m, distance_m(a.snapshots[s].places[i], b.snapshots[s].places[i]));
    }
  }
  return out;
}

std::string bytes_of(const DriftRun& run) {
  BytesOut out;
  out(run);
  return out.take();
}

class EveryScheme : public testing::TestWithParam<DriftScheme> {};
INSTANTIATE_TEST_SUITE_P(DriftEngine, EveryScheme,
                         testing::Values(DriftScheme::euler, DriftScheme::rk2, DriftScheme::rk4));

/// Single precision of the velocities and of the draws adds up to centimetres in half a day.
TEST_P(EveryScheme, goes_where_the_simple_version_goes_on_the_washington_coast) {
  VARNE_NEEDS_SHARED(file, "data/drift/wa_coast_hycom_current.nc");
  const Sea sea = washington();
  for (const bool back : {false, true}) {
    auto options = lively(GetParam());
    Release release = at_washington;
    if (back) {
      options.length = -options.length;
      release.from += std::chrono::hours(24);
      release.to += std::chrono::hours(24);
    }
    const auto fast = drift(sea, piw(), release, options);
    const auto simple = drift_simply(sea, piw(), release, options);
    ASSERT_TRUE(fast && simple);
    const Apart a = apart(*fast, *simple);
    std::cout << (back ? "back" : "ahead") << ": at most " << a.most_m << " m apart\n";
    EXPECT_LT(a.most_m, 0.25);
    EXPECT_EQ(a.other_state, 0);
  }
}

TEST_P(EveryScheme, goes_where_the_simple_version_goes_among_tides_and_coasts) {
  if (!std::filesystem::exists(gshhg_path())) GTEST_SKIP() << "GSHHG absent";
  const Sea sea = dover();
  const auto fast = drift(sea, piw(), at_dover, lively(GetParam()));
  const auto simple = drift_simply(sea, piw(), at_dover, lively(GetParam()));
  ASSERT_TRUE(fast && simple);
  const Apart a = apart(*fast, *simple);
  std::size_t ashore = 0;
  for (const auto state : fast->snapshots.back().states) ashore += state == ParticleState::ashore ? 1 : 0;
  std::cout << ashore << " ashore; at most " << a.most_m << " m apart\n";
  EXPECT_GT(ashore, 10U);
  // A step that grazes a cape may miss it by a centimetre in one and not in the other.
  EXPECT_LE(a.other_state, 3);
  EXPECT_LT(a.most_m, 2);
  EXPECT_EQ(fast->snapshots.back().current_from, simple->snapshots.back().current_from);
}

TEST(DriftEngine, gives_the_same_bytes_on_one_thread_and_two_and_on_every_instruction_set) {
  if (!std::filesystem::exists(gshhg_path())) GTEST_SKIP() << "GSHHG absent";
  const Sea sea = dover();
  for (const auto scheme : {DriftScheme::euler, DriftScheme::rk4}) {
    const std::string best = bytes_of(*drift(sea, piw(), at_dover, lively(scheme)));
    {
      const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
      EXPECT_EQ(bytes_of(*drift(sea, piw(), at_dover, lively(scheme))), best);
    }
    const auto targets = kernel_targets();
    EXPECT_GE(targets.size(), 2U);
    for (const auto& target : targets) {
      ASSERT_TRUE(use_kernel_target(target));
      EXPECT_EQ(bytes_of(*drift(sea, piw(), at_dover, lively(scheme))), best) << target;
    }
    use_kernel_target("");
    std::string names;
    for (const auto& target : targets) names += target + " ";
    std::cout << "the same on " << names << '\n';
  }
}

/// An Ornstein–Uhlenbeck error of 0.3 m/s that lasts 6 h carries a particle σ √(2 τ² (t/τ - 1 + e^(-t/τ)))
/// in t, whatever the step: 13.2 km on each axis in 24 h.
TEST(DriftEngine, errors_that_last_spread_the_cloud_as_far_whatever_the_step) {
  Sea sea;
  Stated still;
  still.current = Vec{};
  still.wind = Vec{0, 5};
  sea.add(stated_source("stated", {still}));
  LeewayClass drogue;
  drogue.key = "none";
  const double tau = 6 * 3600;
  const double t = 24 * 3600;
  const double expected = 0.3 * std::sqrt(2 * tau * tau * (t / tau - 1 + std::exp(-t / tau)));
  for (const int minutes : {5, 10, 60}) {
    const auto run = drift(sea, drogue, {{1.5, 51}, 0, at_dover.from, at_dover.from},
                           {.particles = 20000,
                            .step = std::chrono::minutes(minutes),
                            .keep_every = std::chrono::hours(24),
                            .current_noise_mps = 0.3,
                            .current_noise_lasts = std::chrono::hours(6)});
    ASSERT_TRUE(run);
    const LocalPlane plane({1.5, 51});
    double square = 0;
    for (const Place& p : run->snapshots.back().places) square += std::pow(plane.to(p).north, 2) / 20000;
    EXPECT_NEAR(std::sqrt(square) / expected, 1, 0.02) << minutes;
  }
}

/// In a current of one knot: ten miles in ten hours, to 20 m, though half the cloud is miles away.
TEST(DriftEngine, errors_spread_the_cloud_and_leave_its_middle_where_it_is) {
  Sea sea;
  Stated knot;
  knot.current = Vec{1852.0 / 3600, 0};
  knot.wind = Vec{0, 5};
  sea.add(stated_source("a knot", {knot}));
  LeewayClass drogue;
  drogue.key = "none";
  DriftOptions options{.particles = 1000, .length = std::chrono::hours(10)};
  add_usual_errors(options);
  const auto run = drift(sea, drogue, {{1.5, 51}, 0, at_dover.from, at_dover.from}, options);
  ASSERT_TRUE(run);
  Vec mean;
  for (const Place& p : run->snapshots.back().places)
    mean = mean + towards(bearing_deg({1.5, 51}, p), distance_m({1.5, 51}, p)) * 0.001;
  EXPECT_NEAR(mean.east, 18520, 20);
  EXPECT_GT(distance_m(run->snapshots.back().places[0], run->snapshots.back().places[1]), 1000);
}

TEST(DriftEngine, says_which_source_answered_for_whom_and_when_the_forcing_ended) {
  Sea sea;
  Stated early;
  early.from = at_dover.from - std::chrono::hours(1);
  early.current = Vec{0.5, 0};
  Stated silent;
  silent.from = at_dover.from + std::chrono::hours(2);
  sea.add(stated_source("until seven", {early, silent}));
  Stated late;
  late.from = at_dover.from + std::chrono::hours(1);
  late.current = Vec{0, 0.5};
  Stated over;
  over.from = at_dover.from + std::chrono::hours(4);
  sea.add(stated_source("until nine", {late, over}));
  Stated wind;
  wind.wind = Vec{5, 0};
  sea.add(stated_source("wind", {wind}));
  const auto run = drift(sea, piw(), {{1.5, 51}, 0, at_dover.from, at_dover.from}, {.particles = 600});
  ASSERT_TRUE(run);
  EXPECT_EQ(run->snapshots[1].current_from, (std::vector<double>{1, 0, 0}));
  EXPECT_EQ(run->snapshots[2].current_from, (std::vector<double>{0, 1, 0}));
  EXPECT_EQ(run->snapshots[2].wind_from, (std::vector<double>{0, 0, 1}));
  EXPECT_TRUE(run->snapshots[5].current_from.empty());  // all have left
  ASSERT_EQ(run->departures.size(), 1U);
  EXPECT_EQ(run->departures[0].time, *over.from);
  EXPECT_EQ(run->departures[0].missing, SeaPart::current);
  EXPECT_EQ(run->departures[0].particles, 600U);
}

TEST(DriftEngine, keeps_hourly_moments_with_steps_that_do_not_divide_the_hour) {
  const auto run =
      drift(dover(), piw(), at_dover,
            {.particles = 10, .length = std::chrono::hours(3), .step = std::chrono::minutes(25)});
  ASSERT_TRUE(run);
  ASSERT_EQ(run->snapshots.size(), 5U);  // at the start, three hours, and the end 47 min later
  for (std::size_t i = 0; i < 4; ++i)
    EXPECT_EQ(run->snapshots[i].time, at_dover.from + std::chrono::hours(i));
}

/// A tidal stream turns through a radian in two hours: against RK4 at ten seconds, in mid-strait.
TEST(DriftEngine, runge_and_kuttas_ten_minutes_are_nearer_the_truth_than_eulers_one_on_the_straits_tide) {
  const auto tides = home_tides();
  ASSERT_TRUE(tides) << tides.error().text();
  Sea sea;
  Stated wind;
  wind.wind = Vec{5, 3};
  sea.add(stated_source("wind", {wind}));
  sea.add(*tides);
  const auto end = [&](DriftScheme scheme, int step_s) {
    const auto run = drift(sea, piw(), {{1.45, 51.0}, 300, at_dover.from, at_dover.from},
                           {.particles = 200,
                            .step = std::chrono::seconds(step_s),
                            .jibe_per_hour = 0,
                            .scheme = scheme,
                            .stop_on_land = false});
    EXPECT_TRUE(run);
    for (const auto state : run->snapshots.back().states) EXPECT_EQ(state, ParticleState::adrift);
    return run->snapshots.back().places;
  };
  const auto truth = end(DriftScheme::rk4, 10);
  const auto off = [&](const std::vector<Place>& places) {
    double sum = 0;
    for (std::size_t i = 0; i < places.size(); ++i)
      sum += distance_m(places[i], truth[i]) / static_cast<double>(places.size());
    return sum;
  };
  const double rk4 = off(end(DriftScheme::rk4, 600));
  const double euler = off(end(DriftScheme::euler, 60));
  std::cout << "RK4 at 600 s " << rk4 << " m, Euler at 60 s " << euler << " m from the 10 s solution\n";
  EXPECT_LT(rk4, euler);
}

/// Across 180° and along the parallel, as the geodesics of the simple version go.
TEST(DriftEngine, crosses_the_antimeridian) {
  Sea sea;
  Stated stated;
  stated.current = Vec{1.5, 0};
  stated.wind = Vec{5, 5};
  sea.add(stated_source("stated", {stated}));
  const Release release{{179.9, -17}, 500, at_dover.from, at_dover.from};
  const DriftOptions options{.particles = 100, .length = std::chrono::hours(12)};
  const auto fast = drift(sea, piw(), release, options);
  const auto simple = drift_simply(sea, piw(), release, options);
  EXPECT_LT(fast->snapshots.back().places[0].lon, -179);
  EXPECT_LT(apart(*fast, *simple).most_m, 0.05);
}

}  // namespace
}  // namespace varne
