#include "varne/days/distribution.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "varne/core/philox.h"

namespace varne::days {
namespace {

TEST(Distribution, the_normal_quantile_is_that_of_the_tables) {
  EXPECT_NEAR(normal_quantile(0.5), 0, 1e-15);
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-13);
  EXPECT_NEAR(normal_quantile(1e-10), -6.361340902404056, 1e-11);
  for (double p = 0.01; p < 1; p += 0.01) EXPECT_NEAR(normal_probability(normal_quantile(p)), p, 1e-14);
}

TEST(Distribution, each_shape_has_the_mean_that_its_parameters_say) {
  const auto mean = [](Shape shape, std::array<double, 3> v) {
    constexpr int n = 200000;  // the midpoint rule over probability
    double sum = 0;
    for (int i = 0; i < n; ++i) sum += quantile(shape, v, (i + 0.5) / n);
    return sum / n;
  };
  EXPECT_NEAR(mean(Shape::fixed, {3, 0, 0}), 3, 1e-9);
  EXPECT_NEAR(mean(Shape::uniform, {2, 6, 0}), 4, 1e-6);
  EXPECT_NEAR(mean(Shape::triangular, {0, 1, 5}), 2, 1e-4);
  EXPECT_NEAR(mean(Shape::triangular, {2, 2, 2}), 2, 1e-9);
  EXPECT_NEAR(mean(Shape::normal, {7, 2, 0}), 7, 1e-6);
  EXPECT_NEAR(mean(Shape::lognormal, {10, 0.5, 0}), 10 * std::exp(0.125), 2e-3);
  EXPECT_NEAR(mean(Shape::exponential, {4, 0, 0}), 4, 1e-3);
  EXPECT_NEAR(mean(Shape::weibull, {8, 2, 0}), 8 * std::tgamma(1.5), 1e-3);
}

TEST(Distribution, a_count_has_its_mean_and_its_variance) {
  for (const auto& [mean, size] : {std::pair{5.0, 1.0}, {0.7, 0.4}, {30.0, 3.0}, {6.0, 1e7}}) {
    constexpr int n = 200000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; ++i) {
      const double k = count_quantile(mean, size, (i + 0.5) / n);
      sum += k;
      squares += k * k;
    }
    EXPECT_NEAR(sum / n, mean, 0.002 * mean);
    EXPECT_NEAR(squares / n - sum / n * sum / n, mean + mean * mean / size,
                0.01 * (mean + mean * mean / size));
  }
  EXPECT_EQ(count_quantile(0, 1, 0.99), 0);
}

TEST(Distribution, poisson_counts_are_those_of_the_formula) {
  // P(N <= 2) of mean 2 is 5 e^-2 = 0.67668.
  EXPECT_EQ(count_quantile(2, 1e9, 0.6766), 2);
  EXPECT_EQ(count_quantile(2, 1e9, 0.6768), 3);
}

}  // namespace
}  // namespace varne::days
