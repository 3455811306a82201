/// The stationary normal cloud, against the closed forms of Koopman and Stone.
#include "varne/search/normal.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace varne {
namespace {

const struct {
  double h, swept, best, disc, half_side, square;
} rows[] = {{0.5, 0.785398, 0.090204010, 0.088691689, 0.738856, 0.088093272},
            {1, 3.141593, 0.264241118, 0.256979352, 1.047836, 0.254169207},
            {2, 12.566371, 0.593994150, 0.572872278, 1.489561, 0.564872104},
            {3, 28.274334, 0.800851727, 0.774623096, 1.832772, 0.764621389},
            {4, 50.265482, 0.908421806, 0.885281996, 2.124960, 0.876179382}};

TEST(NormalCloud, the_best_search_disc_and_square_are_the_closed_forms) {
  for (const auto& row : rows) {
    EXPECT_NEAR(best_pos(row.h), row.best, 5e-10);
    EXPECT_NEAR(best_disc(row.h).pos, row.disc, 5e-10);
    EXPECT_NEAR(best_disc(row.h).reach, std::sqrt(std::numbers::sqrt2 * row.h), 1e-14);
    EXPECT_NEAR(best_square(row.h).pos, row.square, 5e-10);
    EXPECT_NEAR(best_square(row.h).reach, row.half_side, 6e-7);
  }
}

TEST(NormalCloud, relative_effort_counts_swept_area_in_sigmas) {
  for (const auto& row : rows) EXPECT_NEAR(relative_effort({300, 700}, row.swept * 300 * 700), row.h, 1e-6);
}

TEST(NormalCloud, the_best_density_spends_all_of_the_effort) {
  const NormalCloud cloud{500, 200};
  const double swept = 12.566371 * 500 * 200;
  double spent = 0;
  const double step = 5;
  for (double x = -1500; x < 1500; x += step)
    for (double y = -600; y < 600; y += step) spent += step * step * best_density(cloud, swept, x, y);
  EXPECT_NEAR(spent / swept, 1, 1e-4);
  EXPECT_EQ(best_density(cloud, swept, 5000, 0), 0);
}

TEST(NormalCloud, the_best_density_finds_the_best_pos) {
  const NormalCloud cloud{1, 1};
  const double h = 2;
  double found = 0;
  const double step = 0.005;
  for (double r = step / 2; r < 6; r += step)
    found += step * r * std::exp(-r * r / 2) *
             pod(DetectionLaw::random, best_density(cloud, std::numbers::pi * h * h, r, 0));
  EXPECT_NEAR(found, best_pos(h), 1e-5);
}

TEST(NormalCloud, mean_effort_until_found_is_the_integral_of_what_is_missed) {
  double mean = 0;
  const double step = 0.001;
  for (double h = step / 2; h < 60; h += step) mean += (1 - best_pos(h)) * 2 * std::numbers::pi * h * step;
  EXPECT_NEAR(mean, mean_effort_to_find_m2({1, 1}), 1e-5);
  EXPECT_NEAR(mean_effort_to_find_m2({2, 3}), 36 * std::numbers::pi, 1e-12);
}

TEST(NormalCloud, under_a_better_law_a_square_finds_more) {
  for (const auto& row : rows)
    EXPECT_GT(best_square(row.h, DetectionLaw::inverse_cube).pos, best_square(row.h).pos);
}

}  // namespace
}  // namespace varne
