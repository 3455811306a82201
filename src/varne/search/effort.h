#pragma once
/// Where to spend search effort that may be divided at will (Koopman 1953; Charnes and Cooper 1958; de Guenin
/// 1961; Stone, Royset and Washburn, Optimal Search for Moving Targets, 2016).
///
/// A cell holds the object with probability p; effort x spent in it finds it there with 1 - exp(-r x). With
/// sweep width W, area A and effort in track length the rate r is W / A; with effort as swept area it is
/// 1 / A. The best allocation fills up, like water, the cells where the next piece of effort finds most.

#include <cstddef>
#include <span>
#include <vector>

#include "varne/core/result.h"

namespace varne {

/// A part of the area.
struct EffortCell {
  double probability = 0;  ///< that the object is in it, >= 0; the cells' sum may be less than 1
  double rate = 0;         ///< r above, >= 0
};

struct Allocation {
  std::vector<double> effort;     ///< of each cell, same unit as what was given
  double pos = 0;                 ///< probability of success
  double price = 0;               ///< what one more piece of effort would find, a unit of it
  std::vector<double> posterior;  ///< probability of each cell where all of it found nothing; of a certain
                                  ///< success, empty. Sums to 1 where the cells' did
};

/// The best way to spend `effort` (>= 0), exact. Refuses a cell whose numbers are not finite or below 0, and
/// effort that no cell can use.
Result<Allocation> allocate(std::span<const EffortCell> cells, double effort);

/// Several resources, each with its own effort and its own rates, all of which must be spent.
struct SharedAllocation {
  std::vector<std::vector<double>> effort;  ///< [cell][resource]
  double pos = 0;
  double bound = 0;  ///< no allocation finds more (Washburn): pos <= best <= bound
  int sweeps = 0;    ///< over the resources until the two met
};

/// Maximises Σ p_i (1 - exp(-Σ_j w_ij x_ij)), Σ_i x_ij = T_j. Each resource in turn is filled exactly for
/// what the others leave (Brown 1980: optimal if and only if each is optimal for the rest), until `bound` is
/// within 1e-12 of `pos`, or 100,000 sweeps have been made.
/// @param rates  [cell][resource], >= 0
/// Refuses shapes that do not fit and numbers as above.
Result<SharedAllocation> allocate(std::span<const double> probability, std::span<const double> effort,
                                  const std::vector<std::vector<double>>& rates);

/// One look after the other.
struct Looks {
  std::vector<std::size_t> order;  ///< cell of each look
  std::vector<double> pos;         ///< after each look, cumulative
};

/// Looks that cost alike and find what is there with probability a_i, independently: the best sequence takes
/// the cell that is most likely to show it each time (Chew 1967; Kadane 1968), optimal at every length.
/// Equals are taken in their order.
/// @param probability  of each cell
/// @param glimpse      probability that one look sees what is there, 0 to 1
Result<Looks> looks(std::span<const double> probability, std::span<const double> glimpse, std::size_t count);

/// The inner step of all of these: x_i >= 0 with Σ x_i = effort that maximises Σ q_i (1 - exp(-r_i x_i)).
/// Exact; cells with q r = 0 get nothing.
/// @param worth  q_i >= 0
/// @param rate   r_i >= 0
/// @param x      as many places, overwritten
/// @return the price, q_i r_i exp(-r_i x_i) of every cell that gets some; 0 where no cell can use any
double fill(std::span<const double> worth, std::span<const double> rate, double effort, std::span<double> x);

}  // namespace varne
