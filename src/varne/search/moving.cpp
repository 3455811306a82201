#include "varne/search/moving.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "varne/search/effort.h"

namespace varne {
namespace {

using Row = std::vector<double>;

Done check(const MovingObject& object, const std::vector<double>& effort) {
  const auto bad = [](double n) { return !(std::isfinite(n) && n >= 0); };
  const std::size_t n = object.start.size();
  if (n == 0) return fail("start", "names no cell");
  if (object.move.size() != n || object.rate.size() != n)
    return fail("move, rate", fmt::format("there are {} cells: as many rows and rates are needed", n));
  if (std::ranges::any_of(object.start, bad)) return fail("start", "a probability is no number of 0 or more");
  if (std::ranges::any_of(object.rate, bad)) return fail("rate", "a rate is no number of 0 or more");
  if (std::ranges::any_of(effort, bad)) return fail("effort", "a period's effort is no number of 0 or more");
  for (std::size_t i = 0; i < n; ++i) {
    const Row& row = object.move[i];
    const double sum = std::accumulate(row.begin(), row.end(), 0.0);
    if (row.size() != n || std::ranges::any_of(row, bad) || std::abs(sum - 1) > 1e-9)
      return fail(fmt::format("move: row {}", i + 1), fmt::format("needs {} probabilities that sum to 1", n));
  }
  return {};
}

/// An allocation with what reaches each period undetected from before (`reached`) and what would stay
/// undetected after it (`stays`).
class Periods {
 public:
  Periods(const MovingObject& object, std::vector<Row> x)
      : object_(object),
        x_(std::move(x)),
        reached_(x_.size() + 1, object.start),
        stays_(x_.size(), Row(cells(), 1)) {}

  [[nodiscard]] std::size_t count() const { return x_.size(); }
  [[nodiscard]] const std::vector<Row>& allocation() const { return x_; }

  /// Fills period t for what reaches it and stays after it.
  void refill(std::size_t t, double effort) { fill(worth(t), object_.rate, effort, x_[t]); }

  /// Carries what is missed in period t on to the next.
  void forward(std::size_t t) {
    Row& next = reached_[t + 1];
    std::ranges::fill(next, 0);
    for (std::size_t i = 0; i < cells(); ++i) {
      const double missed = reached_[t][i] * std::exp(-object_.rate[i] * x_[t][i]);
      for (std::size_t k = 0; k < cells(); ++k) next[k] += missed * object_.move[i][k];
    }
  }

  /// What stays undetected of an object in each cell after each period.
  void backward() {
    for (std::size_t t = count() - 1; t-- > 0;)
      for (std::size_t i = 0; i < cells(); ++i) {
        stays_[t][i] = 0;
        for (std::size_t k = 0; k < cells(); ++k)
          stays_[t][i] += object_.move[i][k] * stays_[t + 1][k] * std::exp(-object_.rate[k] * x_[t + 1][k]);
      }
  }

  /// After forward over all periods.
  [[nodiscard]] double pos() const {
    return std::accumulate(object_.start.begin(), object_.start.end(), 0.0) -
           std::accumulate(reached_.back().begin(), reached_.back().end(), 0.0);
  }

  /// Washburn's: pos + Σ_t (m_t max_c D_ct - Σ_c D_ct x_ct). After forward over all, and backward.
  [[nodiscard]] double bound(const std::vector<double>& effort) const {
    double out = pos();
    for (std::size_t t = 0; t < count(); ++t) {
      const Row left = worth(t);
      double steepest = 0;
      for (std::size_t i = 0; i < cells(); ++i) {
        const double slope = left[i] * object_.rate[i] * std::exp(-object_.rate[i] * x_[t][i]);
        steepest = std::max(steepest, slope);
        out -= slope * x_[t][i];
      }
      out += effort[t] * steepest;
    }
    return out;
  }

 private:
  [[nodiscard]] std::size_t cells() const { return object_.start.size(); }
  [[nodiscard]] Row worth(std::size_t t) const {
    Row out(cells());
    for (std::size_t i = 0; i < cells(); ++i) out[i] = reached_[t][i] * stays_[t][i];
    return out;
  }

  const MovingObject& object_;
  std::vector<Row> x_;
  std::vector<Row> reached_;  // [t][cell] before the search of period t; the last is what is missed by all
  std::vector<Row> stays_;
};

MovingSearch result(Periods& periods, const std::vector<double>& effort, int sweeps) {
  MovingSearch out;
  out.pos = periods.pos();
  periods.backward();
  out.bound = std::max(out.pos, periods.bound(effort));
  out.effort = periods.allocation();
  out.sweeps = sweeps;
  return out;
}

}  // namespace

Result<MovingSearch> search_moving(const MovingObject& object, const std::vector<double>& effort) {
  if (auto done = check(object, effort); !done) return fail(done.error());
  Periods periods(object, std::vector<Row>(effort.size(), Row(object.start.size(), 0)));
  if (effort.empty()) return MovingSearch{};
  constexpr int most_sweeps = 10'000;
  for (int sweep = 1;; ++sweep) {
    for (std::size_t t = 0; t < effort.size(); ++t) {
      periods.refill(t, effort[t]);
      periods.forward(t);
    }
    auto out = result(periods, effort, sweep);
    if (out.bound - out.pos <= 1e-12 || sweep == most_sweeps) return out;
  }
}

Result<MovingSearch> search_myopic(const MovingObject& object, const std::vector<double>& effort) {
  if (auto done = check(object, effort); !done) return fail(done.error());
  if (effort.empty()) return MovingSearch{};
  Periods periods(object, std::vector<Row>(effort.size(), Row(object.start.size(), 0)));
  for (std::size_t t = 0; t < effort.size(); ++t) {
    periods.refill(t, effort[t]);
    periods.forward(t);
  }
  return result(periods, effort, 1);
}

Result<MovingSearch> evaluate_moving(const MovingObject& object,
                                     std::vector<std::vector<double>> allocation) {
  std::vector<double> effort;
  for (std::size_t t = 0; t < allocation.size(); ++t) {
    const bool fits = allocation[t].size() == object.start.size() &&
                      std::ranges::all_of(allocation[t], [](double x) { return std::isfinite(x) && x >= 0; });
    if (!fits)
      return fail(fmt::format("period {}", t + 1),
                  fmt::format("needs {} efforts of 0 or more, one a cell", object.start.size()));
    effort.push_back(std::accumulate(allocation[t].begin(), allocation[t].end(), 0.0));
  }
  if (auto done = check(object, effort); !done) return fail(done.error());
  if (effort.empty()) return MovingSearch{};
  Periods periods(object, std::move(allocation));
  for (std::size_t t = 0; t < effort.size(); ++t) periods.forward(t);
  return result(periods, effort, 0);
}

}  // namespace varne
