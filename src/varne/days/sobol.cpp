#include "varne/days/sobol.h"

#include <algorithm>
#include <numeric>

#include "varne/core/philox.h"
#include "varne/days/statistics.h"

namespace varne::days {
namespace {

constexpr int resamples = 400;

/// One index of both sorts over some of the rows.
struct Pair {
  double first = 0;
  double total = 0;
};

Pair indices_over(const std::vector<double>& a, const std::vector<double>& b,
                  const std::vector<double>& mixed, const std::vector<std::uint32_t>& rows) {
  double sum = 0;
  double squares = 0;
  double first = 0;
  double total = 0;
  for (const std::uint32_t r : rows) {
    sum += a[r] + b[r];
    squares += a[r] * a[r] + b[r] * b[r];
    first += b[r] * (mixed[r] - a[r]);
    total += (a[r] - mixed[r]) * (a[r] - mixed[r]);
  }
  const auto n = static_cast<double>(rows.size());
  const double mean = sum / (2 * n);
  const double variance = squares / (2 * n) - mean * mean;
  if (variance <= 0) return {};
  return {first / n / variance, total / (2 * n) / variance};
}

}  // namespace

Design latin_hypercube(std::size_t rows, std::size_t dimensions, std::uint64_t seed) {
  Design out(rows, std::vector<double>(dimensions));
  for (std::size_t d = 0; d < dimensions; ++d) {
    Random random(seed, static_cast<std::uint32_t>(d), 0);
    std::vector<std::size_t> slices(rows);
    std::iota(slices.begin(), slices.end(), std::size_t{0});
    for (std::size_t i = rows; i > 1; --i)  // Fisher and Yates
      std::swap(slices[i - 1], slices[static_cast<std::size_t>(random.uniform() * static_cast<double>(i))]);
    for (std::size_t r = 0; r < rows; ++r)
      out[r][d] = (static_cast<double>(slices[r]) + random.uniform()) / static_cast<double>(rows);
  }
  return out;
}

Design sobol_design(std::size_t rows, std::size_t dimensions, std::uint64_t seed) {
  const Design a = latin_hypercube(rows, dimensions, seed);
  const Design b = latin_hypercube(rows, dimensions, seed + 1);
  Design all = a;
  all.insert(all.end(), b.begin(), b.end());
  for (std::size_t d = 0; d < dimensions; ++d) {
    for (std::size_t r = 0; r < rows; ++r) {
      all.push_back(a[r]);
      all.back()[d] = b[r][d];
    }
  }
  return all;
}

std::vector<SobolIndex> sobol_indices(std::size_t rows, std::size_t dimensions, std::uint64_t seed,
                                      const std::function<std::vector<double>(const Design&)>& model) {
  return sobol_indices_of(rows, dimensions, seed, model(sobol_design(rows, dimensions, seed)));
}

std::vector<SobolIndex> sobol_indices_of(std::size_t rows, std::size_t dimensions, std::uint64_t seed,
                                         std::vector<double> y) {
  // About their mean: the estimators are exact for any, and this one has the least error.
  const double mean = mean_of({y.begin(), y.begin() + static_cast<std::ptrdiff_t>(2 * rows)});
  for (double& value : y) value -= mean;
  const auto part = [&](std::size_t k) {
    const auto from = y.begin() + static_cast<std::ptrdiff_t>(k * rows);
    return std::vector<double>(from, from + static_cast<std::ptrdiff_t>(rows));
  };
  const auto of_a = part(0);
  const auto of_b = part(1);
  std::vector<SobolIndex> out;
  for (std::size_t d = 0; d < dimensions; ++d) {
    const auto mixed = part(2 + d);
    std::vector<std::uint32_t> which(rows);
    std::iota(which.begin(), which.end(), 0U);
    const Pair whole = indices_over(of_a, of_b, mixed, which);
    std::vector<double> first;
    std::vector<double> total;
    for (int s = 0; s < resamples; ++s) {
      Random random(seed, static_cast<std::uint32_t>(s), 2);
      for (std::uint32_t& r : which)
        r = static_cast<std::uint32_t>(random.uniform() * static_cast<double>(rows));
      const Pair one = indices_over(of_a, of_b, mixed, which);
      first.push_back(one.first);
      total.push_back(one.total);
    }
    out.push_back({whole.first, quantile_of(first, 0.025), quantile_of(first, 0.975), whole.total,
                   quantile_of(total, 0.025), quantile_of(total, 0.975)});
  }
  return out;
}

}  // namespace varne::days
