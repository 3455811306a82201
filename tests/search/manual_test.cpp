/// The worksheets' plan: published examples, and the square against the closed forms.
#include "varne/search/manual.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "varne/core/units.h"

namespace varne {
namespace {

Vec knots_to(double deg, double kn) {
  return towards(deg, mps_from_knots(kn));
}
Vec wind_from(double deg, double kn) {
  return knots_to(reversed_deg(deg), kn);
}

/// A person in the water, by the worksheet's table (SAR Danmark), 61 N 51 W.
ManualCase example() {
  ManualCase out;
  out.last_known = {-51, 61};
  out.leeway = {0.011, mps_from_knots(0.068), 30};
  out.legs = {{std::chrono::hours(1), knots_to(45, 5), wind_from(30, 15)}};
  out.position_error_m = metres_from_nm(1);
  out.craft_error_m = metres_from_nm(0.1);
  out.rule = ErrorRule::sum;
  return out;
}

TEST(ManualPlan, one_hour_with_current_and_wind_is_the_worked_example) {
  const auto d = manual_datums(example());
  ASSERT_TRUE(d) << d.error().what;
  // Re-computed on a plane; the program that published it sails the rhumb line (4.77545 nm, 045.780).
  EXPECT_NEAR(nm_from_metres(d->downwind.drifted_m), 4.77532, 5e-6);
  EXPECT_NEAR(d->downwind.direction_deg, 45.724, 5e-4);
  EXPECT_NEAR(nm_from_metres(d->downwind.total_probable_error_m), 2.53260, 5e-6);
  EXPECT_NEAR(nm_from_metres(d->right.drifted_m), 4.77521, 3e-4);
  EXPECT_NEAR(nm_from_metres(d->left.drifted_m), 4.83837, 4e-4);
  EXPECT_NEAR(nm_from_metres(d->right.total_probable_error_m), 2.53256, 1e-4);
  EXPECT_NEAR(nm_from_metres(d->left.total_probable_error_m), 2.55151, 1e-4);
  // 61-03.328 N 050-52.939 W, to the difference between the rhumb line and the geodesic.
  EXPECT_LT(distance_m(d->downwind.place, {-(50 + 52.939 / 60), 61 + 3.328 / 60}), 40);
}

TEST(ManualPlan, legs_add_up_and_each_is_the_worked_example) {
  auto asked = example();
  asked.position_error_m = metres_from_nm(0.1);
  asked.leeway.divergence_deg = 0;
  const ManualLeg first{std::chrono::minutes(30), knots_to(45, 5), wind_from(30, 15)};
  const ManualLeg second{std::chrono::minutes(30), knots_to(35, 8), wind_from(20, 10)};
  const auto of = [&](std::vector<ManualLeg> legs) {
    asked.legs = std::move(legs);
    return manual_datums(asked)->downwind;
  };
  // The published 3.91413 nm towards 035.373 with 1.37424 nm of error are the second leg's.
  EXPECT_NEAR(nm_from_metres(of({second}).drifted_m), 3.91413, 3e-4);
  EXPECT_NEAR(of({second}).direction_deg, 35.373, 0.05);
  EXPECT_NEAR(nm_from_metres(of({second}).total_probable_error_m), 1.37424, 1e-4);
  const Vec one = towards(of({first}).direction_deg, of({first}).drifted_m);
  const Vec other = towards(of({second}).direction_deg, of({second}).drifted_m);
  EXPECT_NEAR(of({first, second}).drifted_m, length(one + other), 1e-6);
}

TEST(ManualPlan, iamsars_error_is_the_root_of_the_squares) {
  auto asked = example();
  asked.rule = ErrorRule::root_of_squares;
  const auto d = *manual_datums(asked);
  EXPECT_NEAR(nm_from_metres(d.downwind.total_probable_error_m),
              std::sqrt(std::pow(0.3 * 4.77532, 2) + 1 + 0.01), 1e-5);
  EXPECT_NEAR(d.separation,
              d.divergence_m / ((d.left.total_probable_error_m + d.right.total_probable_error_m) / 2), 1e-12);
  EXPECT_LT(d.separation, 4);  // one area serves
}

TEST(ManualPlan, in_a_calm_there_is_no_leeway) {
  auto asked = example();
  asked.legs = {{std::chrono::hours(2), knots_to(90, 1), {}}};
  const auto d = *manual_datums(asked);
  EXPECT_NEAR(d.downwind.drifted_m, metres_from_nm(2), 1e-6);
  EXPECT_NEAR(d.divergence_m, 0, 1e-6);
}

TEST(ManualPlan, the_square_is_the_closed_forms_best) {
  // H = 2: T = 4 π σ²; the best square has a half side of 1.489561 σ and finds 0.564872104.
  const double sigma = 1000;
  const double error = sigma * std::sqrt(2 * std::numbers::ln2);
  const auto square = manual_square(error, 4 * std::numbers::pi * sigma * sigma, DetectionLaw::random, 500);
  EXPECT_NEAR(square.pos, 0.564872104, 5e-10);
  EXPECT_NEAR(square.side_m, 2 * 1489.561, 2e-3);
  EXPECT_NEAR(square.search_factor, 1.489561 / 1.1774100, 1e-6);
  EXPECT_NEAR(square.relative_effort, 12.566371 / (2 * std::numbers::ln2), 1e-6);
  EXPECT_NEAR(square.poc * square.pod, square.pos, 1e-15);
  EXPECT_NEAR(square.poc, std::pow(std::erf(1.489561 / std::numbers::sqrt2), 2), 1e-6);
  EXPECT_NEAR(square.coverage, 4 * std::numbers::pi * sigma * sigma / (square.side_m * square.side_m), 1e-9);
  EXPECT_NEAR(square.spacing_m, 500 / square.coverage, 1e-9);
}

TEST(ManualPlan, more_effort_makes_the_square_larger_and_better) {
  double side = 0;
  double pos = 0;
  for (const double swept : {1e6, 1e7, 1e8, 1e9}) {
    for (const auto law : {DetectionLaw::random, DetectionLaw::inverse_cube}) {
      const auto square = manual_square(3000, swept, law);
      EXPECT_LE(square.pos, 1);
      if (law == DetectionLaw::random) {
        EXPECT_GT(square.side_m, side);
        EXPECT_GT(square.pos, pos);
        side = square.side_m;
        pos = square.pos;
      } else {
        EXPECT_GT(square.pos, pos);
      }
    }
  }
}

TEST(ManualPlan, what_is_no_case_is_refused) {
  auto none = example();
  none.legs.clear();
  EXPECT_EQ(manual_datums(none).error().text(),
            "legs: there is none: give the current and the wind of the time adrift");
  auto odd = example();
  odd.leeway.divergence_deg = 120;
  EXPECT_FALSE(manual_datums(odd));
  odd = example();
  odd.legs[0].lasts = Duration(0);
  EXPECT_FALSE(manual_datums(odd));
  odd = example();
  odd.position_error_m = std::nan("");
  EXPECT_FALSE(manual_datums(odd));
}

}  // namespace
}  // namespace varne
