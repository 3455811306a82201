/// Single objects against OpenDrift 1.14.10's Leeway, from the tables in tests/drift/reference: no forcing
/// file is needed. reference_test.cpp does the same with the files that moved them.
#include <gtest/gtest.h>

#include <tuple>

#include "varne/core/csv.h"
#include "varne/core/place_of_data.h"
#include "varne/drift/leeway.h"

namespace varne {
namespace {

struct Row {
  std::tuple<int, bool, double> object;
  double at_s = 0;
  Place place;
  Vec current;
  Vec wind;
};

std::vector<Row> table(const std::string& name) {
  auto file = CsvFile::open(
      VARNE_ROOT "/tests/drift/reference/" + name,
      {"object", "right", "sigmas", "t_s", "lon", "lat", "current_e", "current_n", "wind_e", "wind_n"});
  EXPECT_TRUE(file) << file.error().text();
  std::vector<Row> out;
  while (file->next().value_or(false)) {
    // Where an object ends nothing moves it any more.
    const auto moved = [&](const char* field) { return (*file)[field].empty() ? 0.0 : *file->number(field); };
    out.push_back(
        {{static_cast<int>(*file->number("object")), (*file)["right"] == "1", *file->number("sigmas")},
         *file->number("t_s"),
         {*file->number("lon"), *file->number("lat")},
         {moved("current_e"), moved("current_n")},
         {moved("wind_e"), moved("wind_n")}});
  }
  return out;
}

/// Each object from its first row in steps of so many seconds: how far ours is from theirs at the most.
double worst_m(const std::string& name, double step_s) {
  static const auto classes = *load_leeway(data_path("leeway.toml"));
  const auto rows = table(name);
  double worst = 0;
  std::size_t compared = 0;
  Place place;
  for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
    const Row& row = rows[i];
    if (i == 0 || rows[i - 1].object != row.object) place = row.place;
    if (rows[i + 1].object != row.object) continue;
    const auto [number, right, sigmas] = row.object;
    const auto object = leeway_object(classes[static_cast<std::size_t>(number - 1)], sigmas, sigmas, right);
    for (double t = row.at_s; t < rows[i + 1].at_s; t += step_s)
      place = drifted(place, leeway_of(object, row.wind, true), row.current, step_s);
    worst = std::max(worst, distance_m(place, rows[i + 1].place));
    ++compared;
  }
  EXPECT_GE(compared, 72U) << name;
  return worst;
}

TEST(DriftTable, in_steady_wind_and_current_a_day_agrees_within_5_cm) {
  EXPECT_LT(worst_m("steady_10min.csv", 600), 0.05);
}

TEST(DriftTable, in_changing_wind_and_current_a_day_of_hourly_steps_agrees_within_5_cm) {
  EXPECT_LT(worst_m("washington_1h.csv", 3600), 0.05);
}

TEST(DriftTable, far_north_two_hours_agree_within_5_cm) {
  EXPECT_LT(worst_m("norway_10min.csv", 600), 0.05);
}

/// The tables can tell: an object whose crosswind goes to the other side is far from theirs.
TEST(DriftTable, the_other_side_of_downwind_is_another_place) {
  const auto rows = table("steady_10min.csv");
  const auto end_of = [&](int object, bool right, double sigmas) {
    Place end;
    for (const Row& row : rows) {
      if (row.object == std::tuple(object, right, sigmas)) end = row.place;
    }
    return end;
  };
  EXPECT_GT(distance_m(end_of(26, true, 0), end_of(26, false, 0)), 1000);
}

}  // namespace
}  // namespace varne
