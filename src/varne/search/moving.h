#pragma once
/// Searching for an object that moves between cells by chance, effort divided at will (Brown 1980; Washburn
/// 1983; Stone, Royset and Washburn 2016). First search, then move, in every period.

#include <vector>

#include "varne/core/result.h"

namespace varne {

/// A Markov chain and what a unit of effort does in each cell.
struct MovingObject {
  std::vector<double> start;              ///< probability of each cell at first, >= 0
  std::vector<std::vector<double>> move;  ///< [from][to], rows sum to 1
  std::vector<double> rate;               ///< of each cell: found with 1 - exp(-rate x)
};

struct MovingSearch {
  std::vector<std::vector<double>> effort;  ///< [period][cell]
  double pos = 0;
  double bound = 0;  ///< no allocation of the same effort finds more
  int sweeps = 0;
};

/// The best allocation: each period in turn is filled exactly for what comes before and after (forward and
/// backward), until `bound` is within 1e-12 of `pos` or 10,000 sweeps have been made.
/// @param effort  of each period, >= 0
/// Refuses shapes that do not fit, rows that do not sum to 1 (within 1e-9) and numbers that are below 0.
Result<MovingSearch> search_moving(const MovingObject& object, const std::vector<double>& effort);

/// Each period filled for what was before and nothing else, as someone does who looks only at now; its
/// `bound` holds too.
Result<MovingSearch> search_myopic(const MovingObject& object, const std::vector<double>& effort);

/// The POS of an allocation, [period][cell], and Washburn's bound from it.
Result<MovingSearch> evaluate_moving(const MovingObject& object, std::vector<std::vector<double>> allocation);

}  // namespace varne
