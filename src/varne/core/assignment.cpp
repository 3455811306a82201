#include "varne/core/assignment.h"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <numeric>
#include <utility>

namespace varne {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr std::size_t none = AssignmentSolver::none;

/// Sets that share a member become one (union by the smaller root, so that the order is stable).
class Groups {
 public:
  void begin(std::size_t n) {
    root_.resize(n);
    std::iota(root_.begin(), root_.end(), std::size_t{0});
  }
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

/// Numbers from 0 for the rows, or the columns, of one group after another.
class Numbers {
 public:
  explicit Numbers(std::size_t n) : number_(n, none) {}
  void begin_group() { members_.clear(); }
  std::size_t of(std::size_t member) {
    if (number_[member] == none) {
      number_[member] = members_.size();
      members_.push_back(member);
    }
    return number_[member];
  }
  [[nodiscard]] std::size_t size() const { return members_.size(); }
  [[nodiscard]] std::size_t member(std::size_t number) const { return members_[number]; }

 private:
  std::vector<std::size_t> number_;   // no member is in two groups
  std::vector<std::size_t> members_;  // of the group
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
  if (candidates.empty()) return out;
  /// Filled anew each time, into the same memory.
  struct Scratch {
    std::vector<std::uint32_t> uses;  // of each row, then of each column
    Groups groups;
    std::vector<std::pair<std::size_t, std::size_t>> by_group;  // with the candidate's place in the list
  };
  thread_local Scratch scratch;
  auto& [uses, groups, by_group] = scratch;
  uses.assign(rows + columns, 0);
  bool shared = false;
  for (const auto& c : candidates) {
    const bool again = uses[c.row]++ > 0;
    shared = uses[rows + c.column]++ > 0 || again || shared;
  }
  if (!shared) {  // as mostly: nobody has a choice
    for (const auto& c : candidates)
      if (c.cost < 0) out[c.row] = c.column;
    return out;
  }
  groups.begin(rows + columns);
  for (const auto& c : candidates) groups.join(c.row, rows + c.column);
  by_group.clear();
  for (std::size_t i = 0; i < candidates.size(); ++i) by_group.emplace_back(groups.of(candidates[i].row), i);
  std::sort(by_group.begin(), by_group.end());

  /// What a group of several pairs takes; mostly there is none.
  struct Several {
    Several(std::size_t rows, std::size_t columns) : row_numbers(rows), column_numbers(columns) {}
    AssignmentSolver solver;
    Numbers row_numbers;
    Numbers column_numbers;
    std::vector<Candidate> pairs;
    std::vector<double> cost;
  };
  std::optional<Several> several;
  for (std::size_t from = 0, to = 0; from < by_group.size(); from = to) {
    while (to < by_group.size() && by_group[to].first == by_group[from].first) ++to;
    if (to == from + 1) {
      const Candidate& only = candidates[by_group[from].second];
      if (only.cost < 0) out[only.row] = only.column;
      continue;
    }
    if (!several) several.emplace(rows, columns);
    auto& [solver, row_numbers, column_numbers, pairs, cost] = *several;
    row_numbers.begin_group();
    column_numbers.begin_group();
    pairs.clear();
    for (std::size_t k = from; k < to; ++k) {
      const Candidate& c = candidates[by_group[k].second];
      pairs.push_back({row_numbers.of(c.row), column_numbers.of(c.column), c.cost});
    }
    const std::size_t m = column_numbers.size();
    cost.assign(row_numbers.size() * m, inf);
    for (const auto& p : pairs) cost[p.row * m + p.column] = std::min(cost[p.row * m + p.column], p.cost);
    const auto column_of = solver.solve(cost, row_numbers.size(), m, 0);
    for (std::size_t i = 0; i < row_numbers.size(); ++i)
      if (column_of[i] != none && cost[i * m + column_of[i]] < 0)
        out[row_numbers.member(i)] = column_numbers.member(column_of[i]);
  }
  return out;
}

}  // namespace varne
