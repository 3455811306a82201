#pragma once
/// Who belongs to whom: the assignment of least total cost between tracks and plots, where leaving a track
/// without a plot costs nothing and only pairs of negative cost are worth making.

#include <cstddef>
#include <optional>
#include <vector>

namespace varne {

/// A pair that may be made.
struct Candidate {
  std::size_t track = 0;
  std::size_t plot = 0;
  double cost = 0;  ///< finite; only pairs below 0 are made
};

/// For each track the plot it gets, or nothing; no plot goes to two tracks. Exact: the candidates fall apart
/// into groups that share no track or plot, and each group is solved by shortest augmenting paths (Jonker and
/// Volgenant 1987). Of equal optima the same one comes out for the same candidates in the same order.
std::vector<std::optional<std::size_t>> assign(std::size_t tracks, std::size_t plots,
                                               const std::vector<Candidate>& candidates);

}  // namespace varne
