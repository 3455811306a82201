#include "varne/search/effort.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace varne {
namespace {

Done check(double number, const char* what, std::size_t cell) {
  if (std::isfinite(number) && number >= 0) return {};
  return fail(fmt::format("cell {}", cell + 1),
              fmt::format("the {} {} is no number of 0 or more", what, number));
}

}  // namespace

double fill(std::span<const double> worth, std::span<const double> rate, double effort, std::span<double> x) {
  assert(worth.size() == rate.size() && worth.size() == x.size() && effort >= 0);
  // Where the water would stand if all cells got some; then without those that it does not reach, which makes
  // it rise, until it reaches all that are left (Michelot 1986). The logarithm of q r stands in x meanwhile.
  std::vector<std::uint32_t> wet;
  wet.reserve(worth.size());
  for (std::size_t i = 0; i < worth.size(); ++i) {
    const double first = worth[i] * rate[i];
    x[i] = 0;
    if (!(first > 0)) continue;
    x[i] = std::log(first);
    wet.push_back(static_cast<std::uint32_t>(i));
  }
  if (wet.empty()) return 0;
  double level = 0;
  for (;;) {
    double sum = 0;
    double width = 0;
    for (const auto i : wet) {
      sum += x[i] / rate[i];
      width += 1 / rate[i];
    }
    level = (sum - effort) / width;
    const auto dry = std::partition(wet.begin(), wet.end(), [&](std::uint32_t i) { return x[i] > level; });
    if (dry == wet.end()) break;
    for (auto i = dry; i != wet.end(); ++i) x[*i] = 0;
    if (dry == wet.begin()) {  // no effort at all: the level is that of the best
      wet.clear();
      break;
    }
    wet.erase(dry, wet.end());
  }
  for (const auto i : wet) x[i] = (x[i] - level) / rate[i];
  return std::exp(level);
}

Result<Allocation> allocate(std::span<const EffortCell> cells, double effort) {
  std::vector<double> worth;
  std::vector<double> rate;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (auto done = check(cells[i].probability, "probability", i); !done) return fail(done.error());
    if (auto done = check(cells[i].rate, "rate", i); !done) return fail(done.error());
    worth.push_back(cells[i].probability);
    rate.push_back(cells[i].rate);
  }
  if (!(std::isfinite(effort) && effort >= 0))
    return fail("effort", fmt::format("{} is no number of 0 or more", effort));
  Allocation out;
  out.effort.resize(cells.size());
  out.price = fill(worth, rate, effort, out.effort);
  if (out.price == 0)
    return fail("effort", "no cell can use it: each has no probability or no rate of detection");
  for (std::size_t i = 0; i < cells.size(); ++i) {
    out.posterior.push_back(worth[i] * std::exp(-rate[i] * out.effort[i]));
    out.pos += -worth[i] * std::expm1(-rate[i] * out.effort[i]);
  }
  const double missed = 1 - out.pos;
  if (missed <= 0)
    out.posterior.clear();
  else
    for (double& p : out.posterior) p /= missed;
  return out;
}

namespace {

/// One resource's share of the objective: what others leave of each cell, and its own rates.
class Sharing {
 public:
  Sharing(std::span<const double> probability, std::span<const double> effort,
          const std::vector<std::vector<double>>& rates)
      : probability_(probability), effort_(effort), rates_(rates), x_(effort.size()) {
    for (auto& of_resource : x_) of_resource.resize(probability.size());
  }

  /// Fills resource j anew for what the others leave.
  void refill(std::size_t j) {
    const auto [worth, rate] = left_by_others(j);
    fill(worth, rate, effort_[j], x_[j]);
  }

  [[nodiscard]] double pos() const {
    double found = 0;
    for (std::size_t i = 0; i < probability_.size(); ++i)
      found += -probability_[i] * std::expm1(-exponent(i));
    return found;
  }

  /// pos + Σ_j (T_j max_i D_ij - Σ_i D_ij x_ij), D the gradient: concave, so nothing lies above.
  [[nodiscard]] double bound() const {
    double out = pos();
    for (std::size_t j = 0; j < effort_.size(); ++j) {
      double steepest = 0;
      for (std::size_t i = 0; i < probability_.size(); ++i) steepest = std::max(steepest, slope(i, j));
      out += effort_[j] * steepest;
      for (std::size_t i = 0; i < probability_.size(); ++i) out -= slope(i, j) * x_[j][i];
    }
    return out;
  }

  [[nodiscard]] std::vector<std::vector<double>> by_cell() const {
    std::vector<std::vector<double>> out(probability_.size());
    for (std::size_t i = 0; i < out.size(); ++i)
      for (const auto& of_resource : x_) out[i].push_back(of_resource[i]);
    return out;
  }

 private:
  [[nodiscard]] double exponent(std::size_t i) const {
    double sum = 0;
    for (std::size_t j = 0; j < effort_.size(); ++j) sum += rates_[i][j] * x_[j][i];
    return sum;
  }
  [[nodiscard]] double slope(std::size_t i, std::size_t j) const {
    return probability_[i] * rates_[i][j] * std::exp(-exponent(i));
  }
  [[nodiscard]] std::pair<std::vector<double>, std::vector<double>> left_by_others(std::size_t j) const {
    std::vector<double> worth(probability_.size());
    std::vector<double> rate(probability_.size());
    for (std::size_t i = 0; i < worth.size(); ++i) {
      rate[i] = rates_[i][j];
      worth[i] = probability_[i] * std::exp(-exponent(i) + rate[i] * x_[j][i]);
    }
    return {std::move(worth), std::move(rate)};
  }

  std::span<const double> probability_;
  std::span<const double> effort_;
  const std::vector<std::vector<double>>& rates_;
  std::vector<std::vector<double>> x_;  // [resource][cell]
};

}  // namespace

Result<SharedAllocation> allocate(std::span<const double> probability, std::span<const double> effort,
                                  const std::vector<std::vector<double>>& rates) {
  if (rates.size() != probability.size())
    return fail("rates", fmt::format("{} rows for {} cells", rates.size(), probability.size()));
  for (std::size_t i = 0; i < rates.size(); ++i) {
    if (auto done = check(probability[i], "probability", i); !done) return fail(done.error());
    if (rates[i].size() != effort.size())
      return fail(fmt::format("cell {}", i + 1),
                  fmt::format("{} rates for {} resources", rates[i].size(), effort.size()));
    for (const double rate : rates[i])
      if (auto done = check(rate, "rate", i); !done) return fail(done.error());
  }
  for (std::size_t j = 0; j < effort.size(); ++j)
    if (!(std::isfinite(effort[j]) && effort[j] >= 0))
      return fail(fmt::format("resource {}", j + 1),
                  fmt::format("its effort {} is no number of 0 or more", effort[j]));
  constexpr int most_sweeps = 100'000;
  Sharing sharing(probability, effort, rates);
  SharedAllocation out;
  do {
    for (std::size_t j = 0; j < effort.size(); ++j) sharing.refill(j);
    ++out.sweeps;
    out.pos = sharing.pos();
    out.bound = std::max(out.pos, sharing.bound());
  } while (out.bound - out.pos > 1e-12 && out.sweeps < most_sweeps);
  out.effort = sharing.by_cell();
  return out;
}

Result<Looks> looks(std::span<const double> probability, std::span<const double> glimpse, std::size_t count) {
  if (probability.size() != glimpse.size() || probability.empty())
    return fail("looks", fmt::format("{} probabilities for {} cells", glimpse.size(), probability.size()));
  std::vector<double> left;
  for (std::size_t i = 0; i < probability.size(); ++i) {
    if (auto done = check(probability[i], "probability", i); !done) return fail(done.error());
    if (!(glimpse[i] >= 0 && glimpse[i] <= 1))
      return fail(fmt::format("cell {}", i + 1), fmt::format("{} is no probability from 0 to 1", glimpse[i]));
    left.push_back(probability[i] * glimpse[i]);
  }
  Looks out;
  double pos = 0;
  for (std::size_t n = 0; n < count; ++n) {
    const auto best = static_cast<std::size_t>(std::max_element(left.begin(), left.end()) - left.begin());
    pos += left[best];
    left[best] *= 1 - glimpse[best];
    out.order.push_back(best);
    out.pos.push_back(pos);
  }
  return out;
}

}  // namespace varne
