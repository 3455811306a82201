/// Questions and answers as JSON: the closed forms once more, through the door that others use.
#include "varne/search/problems.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "varne/drift/summary.h"

namespace varne {
namespace {

Json asked(const char* text) {
  const auto answer = solve_effort(*parse_json(text));
  EXPECT_TRUE(answer) << answer.error().text();
  return answer ? *answer : Json();
}

TEST(Problems, each_kind_of_effort_is_told_by_its_names) {
  EXPECT_NEAR(
      asked(R"({"cells":[{"probability":0.4,"width":1,"area":10},{"probability":0.35,"width":1,"area":20},
                        {"probability":0.25,"width":2,"area":5}],"effort":6})")["pos"]
          .get<double>(),
      0.27838207438, 5e-12);
  EXPECT_NEAR(
      asked(R"({"probability":[0.5,0.5],"effort":[16.1,13.9],"rates":[[0.1,0.05],[0.02,0.005]]})")["pos"]
          .get<double>(),
      0.46567587, 5e-9);
  const Json looks = asked(R"({"probability":[0.5,0.3,0.2],"glimpse":[0.4,0.7,0.9],"looks":8})");
  EXPECT_EQ(looks["order"], Json::parse("[2,1,3,1,1,2,1,1]"));
  EXPECT_NEAR(looks["pos"][7].get<double>(), .91412, 1e-12);
  const Json moving =
      asked(R"({"start":[0.6,0.4],"move":[[0.5,0.5],[0.1,0.9]],"rate":[1,1],"effort":[1,1]})");
  EXPECT_NEAR(moving["pos"].get<double>(), 0.677312593, 5e-10);
  EXPECT_NEAR(moving["myopic_pos"].get<double>(), 0.669645081, 5e-10);
  const Json normal = asked(R"({"sigma_m":[1,1],"effort":12.566370614359172})");
  EXPECT_NEAR(normal["pos"].get<double>(), 0.593994150, 5e-10);
  EXPECT_NEAR(normal["best_square"]["pos"].get<double>(), 0.564872104, 5e-10);
}

TEST(Problems, what_is_none_is_refused_by_its_field) {
  const auto refusal = [](const char* text) { return solve_effort(*parse_json(text)).error().text(); };
  EXPECT_EQ(refusal("{}"), "is no question of effort: it needs cells, rates, glimpse, move or sigma_m");
  EXPECT_EQ(refusal("[]"), "is no question of effort: it needs cells, rates, glimpse, move or sigma_m");
  EXPECT_EQ(refusal(R"({"cells":[{"probability":1}],"effort":1})"),
            "cells: [0]: needs a rate, or a width and an area above 0");
  EXPECT_EQ(refusal(R"({"cells":[{"probability":1,"rate":1}]})"), "effort: is missing");
  EXPECT_EQ(refusal(R"({"sigma_m":[1],"effort":1})"), "sigma_m: needs two numbers above 0");
  EXPECT_EQ(refusal(R"({"sigma_m":[1,2],"effort":"much"})").substr(0, 7), "effort:");
}

TEST(Problems, a_forecast_as_printed_is_read_back) {
  DriftRun run;
  run.options.particles = 2;
  const Time time = *parse_time("2021-11-24T06:00Z");
  for (int h = 0; h < 3; ++h)
    run.snapshots.push_back({time + std::chrono::hours(h),
                             {{1.5 + 0.01 * h, 51.0}, {1.6, 51.1}},
                             {ParticleState::adrift, h == 2 ? ParticleState::left : ParticleState::ashore}});
  const auto back = forecast_of(*parse_json(canonical(forecast_json(run))));
  ASSERT_TRUE(back) << back.error().text();
  ASSERT_EQ(back->snapshots.size(), 3U);
  EXPECT_EQ(back->snapshots[2].time, time + std::chrono::hours(2));
  EXPECT_EQ(back->snapshots[2].states[1], ParticleState::left);
  EXPECT_NEAR(back->snapshots[1].places[0].lon, 1.51, 1e-9);
  EXPECT_FALSE(forecast_of(*parse_json("{}")));
  EXPECT_FALSE(forecast_of(*parse_json(R"({"snapshots":[{"time":"2021-11-24T06:00Z","points":[[1,2]]}]})")));
}

}  // namespace
}  // namespace varne
