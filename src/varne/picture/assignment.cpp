#include "varne/picture/assignment.h"

#include <limits>
#include <map>
#include <numeric>

namespace varne {
namespace {

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

/// One group: rows are tracks, columns its plots and, after them, one "no plot" of cost 0 for each row.
class Group {
 public:
  void add(const Candidate& c) {
    const auto row = rows_.try_emplace(c.track, tracks_.size()).first->second;
    if (row == tracks_.size()) tracks_.push_back(c.track);
    const auto column = columns_.try_emplace(c.plot, plots_.size()).first->second;
    if (column == plots_.size()) plots_.push_back(c.plot);
    pairs_.push_back({row, column, c.cost});
  }

  void solve(std::vector<std::optional<std::size_t>>& out) const {
    if (pairs_.size() == 1) {
      if (pairs_[0].cost < 0) out[tracks_[0]] = plots_[0];
      return;
    }
    const std::size_t n = tracks_.size();
    const std::size_t m = plots_.size() + n;
    std::vector<double> cost(n * m, std::numeric_limits<double>::infinity());
    for (const auto& p : pairs_) cost[p.track * m + p.plot] = std::min(cost[p.track * m + p.plot], p.cost);
    for (std::size_t i = 0; i < n; ++i) cost[i * m + plots_.size() + i] = 0;
    const auto row_of = shortest_paths(cost, n, m);
    for (std::size_t j = 0; j < plots_.size(); ++j) {
      if (row_of[j] < n && cost[row_of[j] * m + j] < 0) out[tracks_[row_of[j]]] = plots_[j];
    }
  }

 private:
  /// The row of each column in the cheapest assignment of all rows; n where a column has none.
  static std::vector<std::size_t> shortest_paths(const std::vector<double>& cost, std::size_t n,
                                                 std::size_t m) {
    constexpr double inf = std::numeric_limits<double>::infinity();
    std::vector<double> u(n, 0);
    std::vector<double> v(m, 0);
    std::vector<std::size_t> row_of(m, n);
    for (std::size_t start = 0; start < n; ++start) {
      std::vector<double> distance(m, inf);
      std::vector<std::size_t> before(m, m);
      std::vector<bool> done(m, false);
      std::size_t row = start;
      std::size_t column = m;
      while (true) {
        double best = inf;
        std::size_t next = m;
        const double base = column == m ? 0 : distance[column];
        for (std::size_t j = 0; j < m; ++j) {
          if (done[j]) continue;
          const double d = base + cost[row * m + j] - u[row] - v[j];
          if (d < distance[j]) {
            distance[j] = d;
            before[j] = column;
          }
          if (distance[j] < best) {
            best = distance[j];
            next = j;
          }
        }
        column = next;  // there always is one: every row has its own "no plot"
        done[column] = true;
        if (row_of[column] == n) break;
        row = row_of[column];
      }
      const double shortest = distance[column];
      u[start] += shortest;
      for (std::size_t j = 0; j < m; ++j) {
        if (!done[j] || row_of[j] == n) continue;
        u[row_of[j]] += shortest - distance[j];
      }
      for (std::size_t j = 0; j < m; ++j) {
        if (done[j]) v[j] -= shortest - distance[j];
      }
      while (column != m) {
        const std::size_t from = before[column];
        row_of[column] = from == m ? start : row_of[from];
        column = from;
      }
    }
    return row_of;
  }

  std::map<std::size_t, std::size_t> rows_;
  std::map<std::size_t, std::size_t> columns_;
  std::vector<std::size_t> tracks_;
  std::vector<std::size_t> plots_;
  std::vector<Candidate> pairs_;
};

}  // namespace

std::vector<std::optional<std::size_t>> assign(std::size_t tracks, std::size_t plots,
                                               const std::vector<Candidate>& candidates) {
  std::vector<std::optional<std::size_t>> out(tracks);
  Groups groups(tracks + plots);
  for (const auto& c : candidates) groups.join(c.track, tracks + c.plot);
  std::map<std::size_t, Group> parts;
  for (const auto& c : candidates) parts[groups.of(c.track)].add(c);
  for (const auto& [root, group] : parts) group.solve(out);
  return out;
}

}  // namespace varne
