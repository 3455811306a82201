/// The worksheets' plan beside the optimiser's.
#include "varne/search/worksheet.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "varne/core/place_of_data.h"
#include "varne/core/units.h"
#include "varne/search/cloud.h"

namespace varne {
namespace {

const Time lost = *parse_time("2021-11-11T05:00Z");

const std::vector<LeewayClass>& leeway() {
  static const auto classes = load_leeway(data_path("leeway.toml")).value();
  return classes;
}

Sea stated(Vec current, Vec wind) {
  Sea sea;
  sea.add(stated_source("stated", {{.current = current, .wind = wind}}));
  return sea;
}

struct Case {
  Sea sea = stated(towards(45, mps_from_knots(1)), towards(70, mps_from_knots(10)));
  DriftRun run;
  SearchCloud cloud;
  std::vector<SearchUnit> units;

  Case() {
    const auto of = find_class(leeway(), "LIFE-RAFT-NB-1").value();
    DriftOptions options{.particles = 5000, .length = std::chrono::hours(10)};
    options.keep_every = std::chrono::minutes(15);
    add_usual_errors(options);
    run = *drift(sea, of, {{1.5, 51.0}, 1000, lost, lost}, options);
    cloud =
        cloud_of(run, lost + std::chrono::hours(2), lost + std::chrono::hours(8), std::chrono::minutes(15))
            ->cloud;
    SearchUnit unit;
    unit.name = "Boat";
    unit.at = {1.4, 51.0};
    unit.free_from = cloud.start;
    unit.search_mps = mps_from_knots(15);
    unit.sweep_width_m = 900;
    units = {unit};
  }
  [[nodiscard]] WorksheetPlan made(double swept_m2 = 60e6) const {
    return worksheet_of(run, &sea, leeway(), cloud, units, cloud.start + std::chrono::hours(1), swept_m2);
  }
};

TEST(Worksheet, is_what_the_worksheets_say_of_the_same_case) {
  const Case c;
  const WorksheetPlan sheet = c.made();
  ASSERT_EQ(sheet.missing, "");
  // Three hours of one current and one wind, by hand.
  const auto of = find_class(leeway(), "LIFE-RAFT-NB-1").value();
  const double wind = mps_from_knots(10);
  const double slope = of.downwind.slope_pct / 100;
  const double offset = of.downwind.offset_cm_s / 100;
  const Vec gone = (towards(45, mps_from_knots(1)) + towards(70, slope * wind + offset)) * (3.0 * 3600);
  EXPECT_NEAR(sheet.datum.drifted_m, length(gone), 1);
  EXPECT_NEAR(sheet.datum.direction_deg, direction_deg(gone), 1e-3);
  EXPECT_NEAR(distance_m(sheet.datum.place, moved({1.5, 51.0}, gone)), 0, 1);
  const double error = std::hypot(0.3 * length(gone), 1000 * std::sqrt(2 * std::log(2.0)));
  EXPECT_NEAR(sheet.datum.total_probable_error_m, error, 1);
  const ManualSquare square = manual_square(error, 60e6, DetectionLaw::random);
  EXPECT_NEAR(sheet.square.side_m, square.side_m, 1);
  EXPECT_NEAR(sheet.square.pos, square.pos, 1e-6);
}

TEST(Worksheet, is_scored_on_the_forecast_and_finds_no_more_than_the_plan) {
  const Case c;
  const SearchPlan plan = *plan_search(c.cloud, c.units);
  double swept = 0;
  for (const SearchTask& task : plan.tasks) swept += task.swept_m2;
  const WorksheetPlan sheet = c.made(swept);
  ASSERT_EQ(sheet.plan.tasks.size(), 1U);
  EXPECT_NEAR(sheet.plan.tasks[0].box.length_m, sheet.square.side_m, 1);
  EXPECT_NEAR(sheet.plan.pos, pos_by_hand(c.cloud, sheet.plan.tasks), 1e-5);
  EXPECT_GT(sheet.plan.pos, 0.05);
  EXPECT_LE(sheet.plan.pos, plan.pos);
  // Its middle is the datum when the search begins.
  const double begins = 4;  // slices: an hour after the cloud's start
  EXPECT_LT(distance_m(c.cloud.plane.from(sheet.plan.tasks[0].box.centre_at(begins)), sheet.datum.place),
            300);
  const Json json = worksheet_json(sheet);
  EXPECT_NEAR(json["pos"].get<double>(), sheet.plan.pos, 1e-6);
  EXPECT_NE(worksheet_text(sheet).find("on this forecast it finds"), std::string::npos);
}

TEST(Worksheet, that_cannot_be_says_why) {
  Case c;
  const auto why = [&](double swept = 60e6) { return c.made(swept).missing; };
  EXPECT_EQ(why(0), "nobody searches: there is no effort to divide");
  c.sea = {};
  EXPECT_TRUE(why().starts_with("the current at ")) << why();
  EXPECT_TRUE(why().ends_with(" is not known")) << why();
  c = Case();
  c.run.scenarios = {"one", "other"};
  EXPECT_NE(why().find("several ways it may have happened"), std::string::npos);
  c = Case();
  c.run.leeway_key = "NO-SUCH";
  EXPECT_EQ(why(), "the leeway or the sea of the forecast is not known");
  EXPECT_EQ(worksheet_json(c.made())["missing"], why());
}

}  // namespace
}  // namespace varne
