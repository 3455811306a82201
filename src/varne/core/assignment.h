#pragma once
/// Who belongs to whom, who goes to whom: the assignment of least total cost, exact, by shortest augmenting
/// paths (Jonker and Volgenant 1987, Computing 38, 325–340; rectangular as Crouse 2016, IEEE Trans. Aerosp.
/// Electron. Syst. 52, 1679–1696).

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace varne {

/// A table of costs solved over and over; keeps its memory between calls.
class AssignmentSolver {
 public:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  /// Gives each row a column of its own, or none at the price of leaving it without, for the least total. Of
  /// equal optima the same one comes out for the same table. O(rows² columns).
  ///
  /// @param cost   row by row, rows × columns; infinity: this pair cannot be made. No NaN, no -infinity
  /// @param leave  cost of a row without column; infinity: every row must have one, which takes rows <=
  ///               columns and a cost for every pair
  /// @returns each row's column or `none`; valid until the next call
  std::span<const std::size_t> solve(std::span<const double> cost, std::size_t rows, std::size_t columns,
                                     double leave = std::numeric_limits<double>::infinity());

 private:
  std::vector<double> row_price_, column_price_, distance_;
  std::vector<std::size_t> column_of_, row_of_, before_, open_, closed_;
};

/// A pair that may be made.
struct Candidate {
  std::size_t row = 0;
  std::size_t column = 0;
  double cost = 0;  ///< finite; only pairs below 0 are made
};

/// For each row the column it gets, or nothing, where few of all pairs may be made: the candidates fall apart
/// into groups that share no row or column, and each is solved alone. Leaving a row without costs nothing.
std::vector<std::optional<std::size_t>> assign(std::size_t rows, std::size_t columns,
                                               const std::vector<Candidate>& candidates);

}  // namespace varne
