/// After a search: passes that are known in closed form, weights by Bayes, and what was covered.
#include "varne/search/after.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <numeric>

namespace varne {
namespace {

const Time start = *parse_time("2021-11-24T06:00Z");

/// Objects at these places, alike, that go with this velocity; four slices of fifteen minutes.
SearchCloud cloud_of(const std::vector<Vec>& at, Vec velocity = {}, double sum = 1) {
  SearchCloud out;
  out.plane = LocalPlane({1.5, 51.0});
  out.start = start;
  out.slice = std::chrono::minutes(15);
  out.particles = at.size();
  out.slices = 4;
  out.weight.assign(at.size(), static_cast<float>(sum / static_cast<double>(at.size())));
  for (std::size_t k = 0; k < 4; ++k)
    for (const Vec place : at) {
      const double t = (static_cast<double>(k) + 0.5) * 900;
      out.east.push_back(static_cast<float>(place.east + velocity.east * t));
      out.north.push_back(static_cast<float>(place.north + velocity.north * t));
    }
  return out;
}

/// Straight from a to b in the plane over the given seconds since the start, a fix a minute.
SearchTrack track(const SearchCloud& cloud, Vec a, Vec b, double from_s, double to_s, double width,
                  DetectionLaw law = DetectionLaw::inverse_cube) {
  SearchTrack out{"Lifeboat 1", width, law, {}};
  const int fixes = std::max(1, static_cast<int>((to_s - from_s) / 60));
  for (int i = 0; i <= fixes; ++i) {
    const double part = static_cast<double>(i) / fixes;
    out.fixes.push_back({cloud.plane.from(a + (b - a) * part),
                         start + Duration(std::llround(1000 * (from_s + part * (to_s - from_s))))});
  }
  return out;
}

TEST(AfterSearch, a_long_straight_pass_detects_as_the_lateral_range_curve_says) {
  const double width = 800;
  std::vector<Vec> at;
  for (int i = 0; i < 20; ++i) at.push_back({0, 50.0 + 100 * i});
  const auto cloud = cloud_of(at);
  const auto curve = LateralRange::of_width(DetectionLaw::inverse_cube, width);
  const auto after =
      after_search(cloud, std::vector{track(cloud, {-50'000, 0}, {50'000, 0}, 500, 3300, width)});
  ASSERT_TRUE(after) << after.error().what;
  for (std::size_t i = 0; i < at.size(); ++i)
    EXPECT_NEAR(1 - after->not_detected[i], curve.at(at[i].north), 2e-4) << at[i].north;
}

TEST(AfterSearch, a_pass_in_pieces_with_a_bend_far_off_is_the_same_pass) {
  const auto cloud = cloud_of({{0, 300}, {0, 1200}});
  const auto whole = track(cloud, {-20'000, 0}, {20'000, 0}, 0, 3600, 800);
  auto one = whole;
  auto other = whole;
  one.fixes.resize(31);
  other.fixes.erase(other.fixes.begin(), other.fixes.begin() + 30);
  const auto in_one = *after_search(cloud, std::vector{whole});
  const auto in_two = *after_search(cloud, std::vector{one, other});
  for (std::size_t i = 0; i < 2; ++i) EXPECT_NEAR(in_one.not_detected[i], in_two.not_detected[i], 1e-9);
}

TEST(AfterSearch, what_drifts_along_with_the_searcher_is_passed_more_slowly_but_no_closer) {
  // Seen from the object only the way past it counts, whatever both do over ground.
  const Vec stream{1.5, 0.4};
  const auto still = cloud_of({{0, 400}});
  const auto adrift = cloud_of({{0, 400}}, stream);
  const auto past = track(still, {-30'000, 0}, {30'000, 0}, 450, 3150, 800);
  const auto along =
      track(adrift, Vec{-30'000, 0} + stream * 450, Vec{30'000, 0} + stream * 3150, 450, 3150, 800);
  EXPECT_NEAR(after_search(still, std::vector{past})->not_detected[0],
              after_search(adrift, std::vector{along})->not_detected[0], 1e-3);
}

TEST(AfterSearch, the_definite_law_sees_within_half_a_width_and_nothing_beyond) {
  const auto cloud = cloud_of({{0, 390}, {0, 410}, {9000, 0}});
  const auto after = *after_search(
      cloud, std::vector{track(cloud, {-5000, 0}, {5000, 0}, 0, 1800, 800, DetectionLaw::definite_range)});
  EXPECT_EQ(after.not_detected, (std::vector<double>{0, 1, 1}));
}

TEST(AfterSearch, parallel_tracks_by_the_random_law_give_its_coverage) {
  // Tracks 500 m apart, sweep width 400 m: C = 0.8, everywhere well inside.
  std::vector<Vec> at;
  for (int i = 0; i < 50; ++i) at.push_back({10.0 * i, 7.0 * i});
  const auto cloud = cloud_of(at);
  std::vector<SearchTrack> tracks;
  for (int i = -8; i <= 8; ++i)
    tracks.push_back(track(cloud, {-8000, 500.0 * i}, {8000, 500.0 * i}, 0, 3600, 400, DetectionLaw::random));
  const auto after = *after_search(cloud, tracks);
  EXPECT_NEAR(after.pos, pod(DetectionLaw::random, 0.8), 0.02);
}

TEST(AfterSearch, weights_go_by_bayes_and_what_is_outside_grows) {
  const auto cloud = cloud_of({{0, 100}, {0, 20'000}}, {}, 0.8);  // a fifth is somewhere else altogether
  const auto after =
      *after_search(cloud, std::vector{track(cloud, {-50'000, 0}, {50'000, 0}, 0, 3600, 1000)});
  const double missed = 0.4 * after.not_detected[0] + 0.4 * after.not_detected[1] + 0.2;
  EXPECT_NEAR(after.pos, 1 - missed, 1e-7);
  EXPECT_NEAR(after.weight[0], 0.4 * after.not_detected[0] / missed, 1e-7);
  EXPECT_NEAR(after.outside, 0.2 / missed, 1e-7);
  EXPECT_NEAR(after.weight[0] + after.weight[1] + after.outside, 1, 1e-7);
  EXPECT_GT(after.outside, 0.3);
}

TEST(AfterSearch, two_searches_one_after_the_other_are_both_at_once) {
  const auto cloud = cloud_of({{0, 300}, {0, 900}, {0, 5000}}, {}, 0.9);
  const auto first = track(cloud, {-30'000, 0}, {30'000, 0}, 0, 1700, 800);
  const auto second = track(cloud, {30'000, 700}, {-30'000, 700}, 1800, 3500, 800);
  const auto both = *after_search(cloud, std::vector{first, second});
  const auto once = *after_search(cloud, std::vector{first});
  const auto twice = *after_search(reweighted(cloud, once), std::vector{second}, once.pos_to_date);
  EXPECT_NEAR(twice.pos_to_date, both.pos, 1e-6);
  EXPECT_NEAR(twice.outside, both.outside, 1e-6);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(twice.weight[i], both.weight[i], 1e-6);
}

TEST(AfterSearch, without_a_search_nothing_changes) {
  const auto cloud = cloud_of({{0, 0}, {100, 100}}, {}, 0.9);
  const auto after = *after_search(cloud, {}, 0.25);
  EXPECT_NEAR(after.pos, 0, 1e-7);
  EXPECT_NEAR(after.pos_to_date, 0.25, 1e-7);
  EXPECT_NEAR(after.weight[0], 0.45, 1e-7);
}

TEST(AfterSearch, silence_is_not_searched_and_is_said) {
  const auto cloud = cloud_of({{0, 0}});
  SearchTrack silent{"Lifeboat 1",
                     800,
                     DetectionLaw::definite_range,
                     {{cloud.plane.from({-5000, 0}), start},
                      {cloud.plane.from({5000, 0}), start + std::chrono::minutes(30)}}};
  const auto after = *after_search(cloud, std::vector{silent});
  EXPECT_EQ(after.not_detected[0], 1);
  ASSERT_EQ(after.notes.size(), 1U);
  EXPECT_EQ(after.notes[0],
            "Lifeboat 1 was silent from 2021-11-24T06:00:00Z to 2021-11-24T06:30:00Z; that time is not "
            "counted as searched");
}

TEST(AfterSearch, what_is_nowhere_is_found_by_no_search) {
  auto cloud = cloud_of({{0, 10}, {0, 10}});
  for (std::size_t k = 0; k < 4; ++k) cloud.east[2 * k] = cloud.north[2 * k] = std::nanf("");
  const auto after = *after_search(cloud, std::vector{track(cloud, {-5000, 0}, {5000, 0}, 0, 3600, 800)});
  EXPECT_EQ(after.not_detected[0], 1);
  EXPECT_LT(after.not_detected[1], 1e-6);
  EXPECT_NEAR(after.nowhere, 1, 1e-6);
}

TEST(AfterSearch, tracks_that_say_too_little_are_refused_in_words) {
  const auto cloud = cloud_of({{0, 0}});
  auto unknown = track(cloud, {-5000, 0}, {5000, 0}, 0, 3600, 800);
  unknown.sweep_width_m = 0;
  EXPECT_EQ(after_search(cloud, std::vector{unknown}).error().text(),
            "Lifeboat 1: its sweep width is not known; what it covered cannot be said without");
  auto backwards = track(cloud, {-5000, 0}, {5000, 0}, 0, 3600, 800);
  std::swap(backwards.fixes.front(), backwards.fixes.back());
  EXPECT_FALSE(after_search(cloud, std::vector{backwards}));
  EXPECT_FALSE(after_search(cloud, {}, 1.5));
}

TEST(TaskCoverage, is_swept_area_within_the_box_while_the_task_lasts) {
  const auto cloud = cloud_of({{0, 0}});
  SearchTask task;
  task.box = {{0, 0}, 8000, 2000, 90, {}};
  task.from = start;
  task.until = start + std::chrono::hours(1);
  task.swept_m2 = 16e6;
  // Two of the four tracks that would cover it, each from well outside.
  const std::vector tracks{track(cloud, {-8000, -750}, {8000, -750}, 0, 1700, 500),
                           track(cloud, {8000, -250}, {-8000, -250}, 1800, 3500, 500)};
  const auto got = coverage_of(cloud, task, tracks);
  EXPECT_DOUBLE_EQ(got.planned, 1);
  EXPECT_NEAR(got.achieved, 0.5, 0.01);
  EXPECT_NEAR(got.untouched, 0.5, 0.03);
  EXPECT_NEAR(got.pod, pod(DetectionLaw::inverse_cube, got.achieved), 1e-12);
  const auto none = coverage_of(cloud, task, {});
  EXPECT_EQ(none.achieved, 0);
  EXPECT_EQ(none.untouched, 1);
}

TEST(TaskCoverage, of_a_box_that_drifts_counts_as_seen_from_the_box) {
  const Vec stream{1, 0};
  const auto cloud = cloud_of({{0, 0}}, stream);
  SearchTask task;
  task.box = {{0, 0}, 4000, 1000, 90, {}};
  for (std::size_t k = 0; k < 4; ++k)
    task.box.drift.push_back(stream * ((static_cast<double>(k) + 0.5) * 900));
  task.from = start + std::chrono::minutes(10);
  task.until = start + std::chrono::minutes(50);
  task.swept_m2 = 4e6;
  // Goes once from end to end of the box in the drifting water, between these minutes.
  const auto one = track(cloud, Vec{-2000, 0} + stream * 600, Vec{2000, 0} + stream * 3000, 600, 3000, 1000);
  EXPECT_NEAR(coverage_of(cloud, task, std::vector{one}).achieved, 1, 0.02);
}

}  // namespace
}  // namespace varne
