#include "varne/days/sobol.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <set>

namespace varne::days {
namespace {

TEST(Sobol, a_latin_hypercube_has_one_point_in_every_slice_of_every_dimension) {
  const Design design = latin_hypercube(50, 3, 9);
  for (std::size_t d = 0; d < 3; ++d) {
    std::set<int> slices;
    for (const auto& row : design) slices.insert(static_cast<int>(row[d] * 50));
    EXPECT_EQ(slices.size(), 50u);
  }
  EXPECT_EQ(design, latin_hypercube(50, 3, 9));
  EXPECT_NE(design, latin_hypercube(50, 3, 10));
}

/// Ishigami and Homma (1990), a = 7, b = 0.1: variances are known in closed form.
TEST(Sobol, the_indices_of_the_ishigami_function_are_those_of_the_formula) {
  constexpr double a = 7;
  constexpr double b = 0.1;
  constexpr double pi = std::numbers::pi;
  const auto model = [](const Design& design) {
    std::vector<double> out;
    for (const auto& u : design) {
      const double x = pi * (2 * u[0] - 1);
      const double y = pi * (2 * u[1] - 1);
      const double z = pi * (2 * u[2] - 1);
      out.push_back(std::sin(x) + a * std::sin(y) * std::sin(y) + b * std::pow(z, 4) * std::sin(x));
    }
    return out;
  };
  const double v1 = 0.5 * std::pow(1 + b * std::pow(pi, 4) / 5, 2);
  const double v2 = a * a / 8;
  const double v13 = b * b * std::pow(pi, 8) * (1.0 / 18 - 1.0 / 50);
  const double v = v1 + v2 + v13;
  const auto indices = sobol_indices(20000, 3, 4, model);
  const double first[]{v1 / v, v2 / v, 0};
  const double total[]{(v1 + v13) / v, v2 / v, v13 / v};
  for (std::size_t d = 0; d < 3; ++d) {
    EXPECT_NEAR(indices[d].first, first[d], 0.03) << d;
    EXPECT_NEAR(indices[d].total, total[d], 0.02) << d;
    EXPECT_LE(indices[d].first_low - 0.01, first[d]);
    EXPECT_GE(indices[d].first_high + 0.01, first[d]);
    EXPECT_LE(indices[d].total_low - 0.01, total[d]);
    EXPECT_GE(indices[d].total_high + 0.01, total[d]);
  }
}

TEST(Sobol, what_does_not_matter_has_an_index_of_nought) {
  const auto indices = sobol_indices(500, 2, 4, [](const Design& design) {
    std::vector<double> out;
    for (const auto& u : design) out.push_back(3 * u[0]);
    return out;
  });
  EXPECT_NEAR(indices[0].total, 1, 0.05);
  EXPECT_DOUBLE_EQ(indices[1].total, 0);
}

}  // namespace
}  // namespace varne::days
