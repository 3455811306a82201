/// What became of each box: swept area counted by hand, whose track it was, and what nobody can know.
#include "varne/search/covered.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "varne/core/fields_json.h"
#include "varne/search/asked.h"

namespace varne {
namespace {

const Time start = *parse_time("2021-11-24T06:00Z");

Time after_s(double s) {
  return start + Duration(std::llround(s * 1000));
}

/// An hour in quarters, with one particle that does not matter here.
SearchCloud an_hour() {
  SearchCloud out;
  out.plane = LocalPlane({1.5, 51.0});
  out.start = start;
  out.slice = std::chrono::minutes(15);
  out.particles = 1;
  out.slices = 4;
  out.weight = {1};
  out.east.assign(4, 0);
  out.north.assign(4, 0);
  return out;
}

/// Eight kilometres from west to east by two; C = 1 was planned.
BoxToSearch box_of(const SearchCloud& cloud, const std::string& unit) {
  return {.unit = unit,
          .from = start,
          .until = after_s(3600),
          .centre = cloud.plane.from({0, 0}),
          .length_m = 8000,
          .width_m = 2000,
          .axis_deg = 90,
          .coverage = 1};
}

/// Straight from a to b, a fix a minute.
SearchTrack track(const SearchCloud& cloud, const std::string& unit, Vec a, Vec b, double from_s, double to_s,
                  double width = 500) {
  SearchTrack out{unit, width, DetectionLaw::inverse_cube, {}};
  const int fixes = static_cast<int>((to_s - from_s) / 60);
  for (int i = 0; i <= fixes; ++i) {
    const double part = static_cast<double>(i) / fixes;
    out.fixes.push_back({cloud.plane.from(a + (b - a) * part), after_s(from_s + part * (to_s - from_s))});
  }
  return out;
}

TEST(BoxesSearched, each_box_has_its_own_units_coverage_apart_from_that_of_others) {
  const auto cloud = an_hour();
  const std::vector boxes{box_of(cloud, "Lifeboat 1"), box_of(cloud, "Lifeboat 2")};
  // Of four tracks that would cover it the first boat sails two, in two pieces, and the second one.
  const std::vector tracks{track(cloud, "Lifeboat 1", {-8000, -750}, {8000, -750}, 0, 1700),
                           track(cloud, "Lifeboat 1", {8000, -250}, {-8000, -250}, 1800, 3500),
                           track(cloud, "Lifeboat 2", {-8000, 250}, {8000, 250}, 0, 3500)};
  const auto got = boxes_searched(cloud, boxes, tracks);
  ASSERT_TRUE(got) << got.error().text();
  ASSERT_EQ(got->boxes.size(), 2U);
  const BoxSearched& first = got->boxes[0];
  EXPECT_EQ(first.planned, 1);
  EXPECT_NEAR(first.achieved, 0.5, 0.01);
  EXPECT_NEAR(first.by_others, 0.25, 0.01);
  EXPECT_NEAR(first.untouched, 0.25, 0.03);
  const auto pod_of = [](double c) { return pod(DetectionLaw::inverse_cube, c); };
  EXPECT_NEAR(first.pod, 1 - (1 - pod_of(first.achieved)) * (1 - pod_of(first.by_others)), 1e-12);
  EXPECT_GT(first.pod, pod_of(first.achieved) + 0.1);
  EXPECT_NEAR(got->boxes[1].achieved, first.by_others, 1e-12);
  EXPECT_NEAR(got->boxes[1].by_others, first.achieved, 1e-12);
  EXPECT_TRUE(got->notes.empty()) << got->notes.front();
}

TEST(BoxesSearched, a_unit_has_several_boxes_and_each_only_what_was_sailed_in_its_time) {
  const auto cloud = an_hour();
  BoxToSearch first = box_of(cloud, "Lifeboat 1");
  BoxToSearch second = first;
  first.until = second.from = after_s(1800);
  const auto got = *boxes_searched(cloud, std::vector{first, second},
                                   std::vector{track(cloud, "Lifeboat 1", {-8000, 0}, {8000, 0}, 0, 1740)});
  EXPECT_EQ(got.boxes[0].box, 1U);
  EXPECT_EQ(got.boxes[1].box, 2U);
  EXPECT_NEAR(got.boxes[0].achieved, 0.25, 0.01);
  EXPECT_EQ(got.boxes[1].achieved, 0);
  EXPECT_EQ(got.boxes[1].untouched, 1);
}

TEST(BoxesSearched, a_box_that_drifts_goes_by_its_way_whatever_the_clouds_slices_are) {
  const auto cloud = an_hour();
  const Vec stream{1, 0.5};
  BoxToSearch box = box_of(cloud, "Lifeboat 1");
  box.length_m = 4000;
  box.width_m = 1000;
  // Not at the middles of slices, and only within the task.
  box.from = after_s(600);
  box.until = after_s(3000);
  box.centre = cloud.plane.from(stream * 600);
  for (const double s : {600.0, 1300.0, 3000.0})
    box.way.push_back({cloud.plane.from(stream * s), after_s(s)});
  const auto along =
      track(cloud, "Lifeboat 1", Vec{-2000, 0} + stream * 600, Vec{2000, 0} + stream * 3000, 600, 3000, 1000);
  EXPECT_NEAR(boxes_searched(cloud, std::vector{box}, std::vector{along})->boxes[0].achieved, 1, 0.02);
  BoxToSearch still = box;
  still.way.clear();
  EXPECT_LT(boxes_searched(cloud, std::vector{still}, std::vector{along})->boxes[0].achieved, 0.8);
}

TEST(BoxesSearched, what_is_not_known_is_said) {
  const auto cloud = an_hour();
  BoxToSearch late = box_of(cloud, "Lifeboat 2");
  late.until = after_s(7200);
  const auto got = *boxes_searched(cloud, std::vector{late},
                                   std::vector{track(cloud, "Lifeboat 1", {-8000, 0}, {8000, 0}, 0, 1740)});
  ASSERT_EQ(got.notes.size(), 3U);
  EXPECT_EQ(got.notes[0],
            "no track of Lifeboat 2 is given: its part of box 1 is not known and counts as not searched");
  EXPECT_EQ(got.notes[1],
            "Lifeboat 2, box 1: what was searched before 2021-11-24T06:00:00Z or after 2021-11-24T07:00:00Z "
            "is not counted; the forecast does not reach there");
  EXPECT_EQ(got.notes[2], "Lifeboat 1 had no box; its track counts for the others' and for the cloud");
  EXPECT_EQ(got.boxes[0].achieved, 0);
  EXPECT_NEAR(got.boxes[0].by_others, 0.25, 0.01);
}

TEST(BoxesSearched, a_box_that_is_none_is_refused_by_its_field) {
  const auto cloud = an_hour();
  const auto refusal = [&](auto&& change) {
    std::vector boxes{box_of(cloud, "Lifeboat 1"), box_of(cloud, "Lifeboat 1")};
    change(boxes[1]);
    const auto got = boxes_searched(cloud, boxes, {});
    return got ? "" : got.error().text();
  };
  EXPECT_EQ(refusal([](BoxToSearch&) {}), "");
  EXPECT_EQ(refusal([](BoxToSearch& b) { b.width_m = 0; }), "tasks[1]: width_m: must be above 0");
  EXPECT_EQ(refusal([](BoxToSearch& b) { b.length_m = NAN; }), "tasks[1]: length_m: must be above 0");
  EXPECT_EQ(refusal([](BoxToSearch& b) { b.until = b.from; }), "tasks[1]: until: must be after \"from\"");
  EXPECT_EQ(refusal([](BoxToSearch& b) { b.coverage = -1; }), "tasks[1]: coverage: must be 0 or more");
  EXPECT_EQ(refusal([](BoxToSearch& b) {
              b.way = {{b.centre, b.from}, {b.centre, b.from}};
            }),
            "tasks[1]: way[1]: is not after the one before");
  SearchTrack unknown = track(cloud, "Lifeboat 1", {0, 0}, {1000, 0}, 0, 600);
  unknown.sweep_width_m = 0;
  EXPECT_FALSE(boxes_searched(cloud, {}, std::vector{unknown}));
}

TEST(BoxesSearched, of_a_plan_as_it_is_printed_drift_as_the_plan_had_them) {
  SearchAnswer plan;
  plan.cloud = an_hour();
  SearchTask task;
  task.box = {{100, 200}, 8000, 2000, 90, {}};
  for (std::size_t k = 0; k < 4; ++k)
    task.box.drift.push_back({static_cast<double>(k * k) * 300, static_cast<double>(k) * 200});
  task.from = after_s(600);
  task.until = after_s(3300);
  task.swept_m2 = 8e6;
  plan.units.push_back({.name = "Lifeboat 1", .at = {1.5, 51.0}, .free_from = start});
  plan.plan.tasks = {task};
  std::vector<BoxToSearch> back;
  const auto read = read_json(search_json(plan)["tasks"], back);
  ASSERT_TRUE(read) << read.error().text();
  ASSERT_EQ(back.size(), 1U);
  EXPECT_EQ(back[0].coverage, 0.5);
  // A track along the box as it drifts covers as much of it read back as of the task itself.
  SearchTrack along{"Lifeboat 1", 400, DetectionLaw::inverse_cube, {}};
  for (double s = 600; s <= 3300; s += 60)
    along.fixes.push_back(
        {plan.cloud.plane.from(task.box.centre_at(s / 900) + Vec{(s - 1950) * 2.8, 300}), after_s(s)});
  const auto got = *boxes_searched(plan.cloud, back, std::vector{along});
  EXPECT_NEAR(got.boxes[0].achieved, coverage_of(plan.cloud, task, std::vector{along}).achieved, 1e-3);
  EXPECT_GT(got.boxes[0].achieved, 0.15);
  // One that stays has no way.
  plan.plan.tasks[0].box.drift.clear();
  EXPECT_FALSE(search_json(plan)["tasks"][0].contains("way"));
}

}  // namespace
}  // namespace varne
