#include "varne/core/assignment.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <numeric>

namespace varne {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr std::size_t none = AssignmentSolver::none;

/// Sets that share a member become one (union by the smaller root, so that the order is stable).
class Groups {
 public:
  explicit Groups(std::size_t n) : root_(n) { std::iota(root_.begin(), root_.end(), std::size_t{0}); }
  std::size_t of(std::size_t i) {
    while (root_[i] != i) i = root_[i] = root_[root_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) {
    a = of(a);
    b = of(b);
    root_[a < b ? b : a] = a < b ? a : b;
  }

 private:
  std::vector<std::size_t> root_;
};

/// One group with rows and columns of its own.
class Group {
 public:
  void add(const Candidate& c) {
    const auto row = row_.try_emplace(c.row, rows_.size()).first->second;
    if (row == rows_.size()) rows_.push_back(c.row);
    const auto column = column_.try_emplace(c.column, columns_.size()).first->second;
    if (column == columns_.size()) columns_.push_back(c.column);
    pairs_.push_back({row, column, c.cost});
  }

  void solve(AssignmentSolver& solver, std::vector<std::optional<std::size_t>>& out) const {
    if (pairs_.size() == 1) {
      if (pairs_[0].cost < 0) out[rows_[0]] = columns_[0];
      return;
    }
    const std::size_t m = columns_.size();
    std::vector<double> cost(rows_.size() * m, inf);
    for (const auto& p : pairs_) cost[p.row * m + p.column] = std::min(cost[p.row * m + p.column], p.cost);
    const auto column_of = solver.solve(cost, rows_.size(), m, 0);
    for (std::size_t i = 0; i < rows_.size(); ++i)
      if (column_of[i] != none && cost[i * m + column_of[i]] < 0) out[rows_[i]] = columns_[column_of[i]];
  }

 private:
  std::map<std::size_t, std::size_t> row_;
  std::map<std::size_t, std::size_t> column_;
  std::vector<std::size_t> rows_;
  std::vector<std::size_t> columns_;
  std::vector<Candidate> pairs_;
};

}  // namespace

std::span<const std::size_t> AssignmentSolver::solve(std::span<const double> cost, std::size_t rows,
                                                     std::size_t columns, double leave) {
  assert(cost.size() == rows * columns && (leave < inf || rows <= columns));
  row_price_.assign(rows, 0);
  column_price_.assign(columns, 0);
  column_of_.assign(rows, none);
  row_of_.assign(columns, none);
  distance_.resize(columns);
  before_.resize(columns);
  open_.resize(columns);
  for (std::size_t start = 0; start < rows; ++start) {
    std::fill(distance_.begin(), distance_.end(), inf);
    std::iota(open_.begin(), open_.end(), std::size_t{0});
    std::size_t open = columns;  // open_[0, open): not yet settled; kept in order, so that ties are stable
    closed_.clear();
    // The shortest way to end: at a free column, or at a row that is left without. Going on from a row costs
    // its distance; leaving it is an end of its own, which no other row can take.
    std::size_t row = start;
    std::size_t last = none;  // the column by which the search came to `row`
    double base = 0;
    double left_at = inf;
    std::size_t left_row = none;
    while (true) {
      if (const double d = base + leave - row_price_[row]; d < left_at) {
        left_at = d;
        left_row = row;
      }
      const double* costs = cost.data() + row * columns;
      const double shift = base - row_price_[row];
      double best = inf;
      std::size_t at = open;
      for (std::size_t k = 0; k < open; ++k) {
        const std::size_t j = open_[k];
        const double d = shift + costs[j] - column_price_[j];
        if (d < distance_[j]) {
          distance_[j] = d;
          before_[j] = last;
        }
        if (distance_[j] < best) {
          best = distance_[j];
          at = k;
        }
      }
      if (left_at < best || at == open) {
        last = none;
        base = left_at;
        break;
      }
      last = open_[at];
      base = best;
      std::copy(open_.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                open_.begin() + static_cast<std::ptrdiff_t>(open),
                open_.begin() + static_cast<std::ptrdiff_t>(at));
      --open;
      if (row_of_[last] == none) break;
      closed_.push_back(last);
      row = row_of_[last];
    }
    assert(base < inf);
    row_price_[start] += base;
    for (const std::size_t j : closed_) {
      row_price_[row_of_[j]] += base - distance_[j];
      column_price_[j] -= base - distance_[j];
    }
    // Back along the way: each column goes to the row before it.
    std::size_t column = last;
    if (column == none) {
      if (left_row == start) continue;
      column = column_of_[left_row];
      column_of_[left_row] = none;
    }
    while (column != none) {
      const std::size_t from = before_[column];
      const std::size_t taker = from == none ? start : row_of_[from];
      row_of_[column] = taker;
      column_of_[taker] = column;
      column = from;
    }
  }
  return column_of_;
}

std::vector<std::optional<std::size_t>> assign(std::size_t rows, std::size_t columns,
                                               const std::vector<Candidate>& candidates) {
  std::vector<std::optional<std::size_t>> out(rows);
  Groups groups(rows + columns);
  for (const auto& c : candidates) groups.join(c.row, rows + c.column);
  std::map<std::size_t, Group> parts;
  for (const auto& c : candidates) parts[groups.of(c.row)].add(c);
  AssignmentSolver solver;
  for (const auto& [root, group] : parts) group.solve(solver, out);
  return out;
}

}  // namespace varne
