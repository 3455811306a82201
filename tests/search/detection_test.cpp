/// The laws of detection, lateral range curves and their sweep widths, against closed forms.
#include "varne/search/detection.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cmath>
#include <numbers>

#include "support.h"
#include "varne/core/csv.h"

namespace varne {
namespace {

TEST(Detection, random_and_inverse_cube_give_the_published_probabilities) {
  const struct {
    double coverage, random, inverse_cube;
  } rows[] = {{0.5, 0.393469340, 0.469115949},
              {1, 0.632120559, 0.789908595},
              {1.5, 0.776869840, 0.939887998},
              {2, 0.864664717, 0.987811118}};
  for (const auto& row : rows) {
    EXPECT_NEAR(pod(DetectionLaw::random, row.coverage), row.random, 5e-10);
    EXPECT_NEAR(pod(DetectionLaw::inverse_cube, row.coverage), row.inverse_cube, 5e-10);
    EXPECT_EQ(pod(DetectionLaw::definite_range, row.coverage), std::min(row.coverage, 1.0));
  }
}

TEST(Detection, agrees_with_the_shared_vectors) {
  VARNE_NEEDS_SHARED(path, "data/sar/pod_test_vectors.csv");
  auto file = *CsvFile::open(path, {"coverage"});
  int rows = 0;
  while (*file.next()) {
    const double c = *file.number("coverage");
    EXPECT_NEAR(pod(DetectionLaw::random, c), *file.number("pod_random_exponential_1-exp(-C)"), 1e-6);
    EXPECT_NEAR(pod(DetectionLaw::inverse_cube, c), *file.number("pod_inverse_cube_erf(sqrt(pi)/2*C)"), 1e-6);
    ++rows;
  }
  EXPECT_EQ(rows, 7);
}

TEST(Detection, coverage_is_swept_area_over_area) {
  EXPECT_DOUBLE_EQ(coverage(1000, 20'000, 40e6), 0.5);
}

RC_GTEST_PROP(Detection, the_coverage_for_a_pod_gives_that_pod, (std::uint32_t a)) {
  const double wanted = (a % 9999) / 10000.0;
  for (const auto law : {DetectionLaw::random, DetectionLaw::inverse_cube, DetectionLaw::definite_range})
    RC_ASSERT(std::abs(pod(law, coverage_for(law, wanted)) - wanted) < 1e-12);
}

TEST(Detection, certainty_needs_endless_coverage_but_under_the_definite_law) {
  EXPECT_TRUE(std::isinf(coverage_for(DetectionLaw::random, 1)));
  EXPECT_TRUE(std::isinf(coverage_for(DetectionLaw::inverse_cube, 1)));
  EXPECT_EQ(coverage_for(DetectionLaw::definite_range, 1), 1);
  EXPECT_EQ(spacing_for(DetectionLaw::definite_range, 900, 0.5), 1800);
}

TEST(Detection, searches_of_one_area_add_up_as_independent_chances) {
  EXPECT_EQ(cumulative_pod({}), 0);
  EXPECT_NEAR(cumulative_pod(std::array{0.5, 0.4}), 0.7, 1e-15);
  // Under the random law, two searches are one of both coverages.
  EXPECT_NEAR(cumulative_pod(std::array{pod(DetectionLaw::random, 0.7), pod(DetectionLaw::random, 1.1)}),
              pod(DetectionLaw::random, 1.8), 1e-15);
}

TEST(LateralRange, sweep_widths_are_the_closed_forms) {
  EXPECT_DOUBLE_EQ(LateralRange::exponential(3.7).sweep_width_m(), 7.4);
  EXPECT_NEAR(LateralRange::inverse_cube(1).sweep_width_m(), 3.5449077018, 1e-10);
  EXPECT_DOUBLE_EQ(LateralRange::definite_range(250).sweep_width_m(), 500);
}

/// By the midpoint rule, which knows nothing of the formulas.
double integrated(const LateralRange& curve, double to, int steps) {
  double sum = 0;
  for (int i = 0; i < steps; ++i) sum += curve.at((i + 0.5) * to / steps);
  return 2 * sum * to / steps;
}

TEST(LateralRange, the_sweep_width_is_the_integral_of_the_curve) {
  EXPECT_NEAR(integrated(LateralRange::exponential(1), 40, 400'000), 2, 1e-8);
  EXPECT_NEAR(integrated(LateralRange::definite_range(1), 2, 400'000), 2, 1e-5);
  // Beyond x the inverse cube curve holds 2 k / x still.
  EXPECT_NEAR(integrated(LateralRange::inverse_cube(1), 1000, 4'000'000) + 2.0 / 1000, 3.5449077018, 1e-6);
}

TEST(LateralRange, a_curve_made_for_a_width_has_it) {
  for (const auto law : {DetectionLaw::random, DetectionLaw::inverse_cube, DetectionLaw::definite_range}) {
    const auto curve = LateralRange::of_width(law, 1234);
    EXPECT_NEAR(curve.sweep_width_m(), 1234, 1e-9);
    EXPECT_LE(curve.at(1.001 * curve.faded_m(0.01)), 0.01 + 1e-12);
  }
}

/// Parallel passes of an inverse-cube searcher, spaced S: what the law says of C = W / S, from the curve.
TEST(LateralRange, parallel_passes_of_inverse_cube_give_its_law) {
  const double width = 1000;
  const auto curve = LateralRange::of_width(DetectionLaw::inverse_cube, width);
  for (const double c : {0.5, 1.0, 2.0}) {
    const double spacing = width / c;
    double seen = 0;
    const int places = 2000;
    for (int i = 0; i < places; ++i) {
      double missed = 1;
      for (int track = -300; track <= 300; ++track)
        missed *= 1 - curve.at((i + 0.5) / places * spacing - track * spacing);
      seen += 1 - missed;
    }
    EXPECT_NEAR(seen / places, pod(DetectionLaw::inverse_cube, c), 1e-3);
  }
}

TEST(LateralRange, a_measured_curve_is_straight_between_its_points) {
  const auto curve = LateralRange::measured({0, 100, 300}, {0.9, 0.5, 0});
  ASSERT_TRUE(curve);
  EXPECT_DOUBLE_EQ(curve->at(-50), 0.7);
  EXPECT_EQ(curve->at(301), 0);
  EXPECT_DOUBLE_EQ(curve->sweep_width_m(), 2 * (70 + 50));
}

TEST(LateralRange, a_measured_curve_that_is_none_is_refused) {
  EXPECT_FALSE(LateralRange::measured({0, 100}, {0.5}));
  EXPECT_FALSE(LateralRange::measured({10, 100}, {0.5, 0}));
  EXPECT_FALSE(LateralRange::measured({0, 100, 100}, {0.5, 0.2, 0}));
  EXPECT_FALSE(LateralRange::measured({0, 100}, {1.5, 0}));
}

}  // namespace
}  // namespace varne
