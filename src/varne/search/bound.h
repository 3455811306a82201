#pragma once
/// The certificate of a plan: no plan whatever finds more with the same effort.
///
/// The effort that a plan spends in each slice of time (swept area) is allowed to be divided at will over the
/// cells of a grid, to jump from place to place without loss, and to know where every particle will go: that
/// relaxation is concave, and Washburn's bound on it (1983) holds for every plan of that effort under the
/// random law, boxes or not. It holds for the cloud as even within each cell: a box that covers a part of a
/// cell finds no more there than the same effort spread over the cell does (Jensen). What a plan gains from
/// the scatter of particles within a cell is noise, and is less than 0.1 % at 100,000 particles.

#include <span>
#include <vector>

#include "varne/search/boxes.h"
#include "varne/search/cloud.h"

namespace varne {

struct SearchBound {
  double bound = 0;    ///< no plan of this effort finds more
  double relaxed = 0;  ///< the POS of the best divided effort found; relaxed <= bound
  int sweeps = 0;
  std::size_t cells = 0;  ///< along each side of the grid
};

struct BoundOptions {
  std::size_t cells = 0;  ///< along each side; 0: a hundred particles a cell, 24 to 64
  int most_sweeps = 60;
  double close_enough = 5e-4;  ///< stops where bound - relaxed is less
};

/// @param swept_m2  swept area in each of the cloud's slices, >= 0
SearchBound bound_of(const SearchCloud& cloud, std::span<const double> swept_m2,
                     const BoundOptions& options = {});

/// What tasks sweep in each slice.
std::vector<double> effort_of(const SearchCloud& cloud, std::span<const SearchTask> tasks);
/// What strokes do.
std::vector<double> effort_of(const SearchCloud& cloud, std::span<const Stroke> strokes);

}  // namespace varne
