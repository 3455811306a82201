#pragma once
/// Which assumptions decide a result: designs over a box of ranges, and variance-based indices.

#include <cstdint>
#include <functional>
#include <vector>

namespace varne::days {

/// Points of the unit cube, one a row.
using Design = std::vector<std::vector<double>>;

/// Latin hypercube (McKay, Beckman and Conover 1979, Technometrics 21, 239-245): of each dimension every one
/// of `rows` equal slices holds one point, at random within it.
Design latin_hypercube(std::size_t rows, std::size_t dimensions, std::uint64_t seed);

struct SobolIndex {
  double first = 0;                      ///< share of the variance that this one alone explains
  double first_low = 0, first_high = 0;  ///< 95 % by bootstrap over the rows
  double total = 0;                      ///< and with all that it works together with
  double total_low = 0, total_high = 0;
};

/// The points that the indices below ask for: A, B, and of each dimension A with that column of B, A and B
/// two independent Latin hypercubes. rows · (dimensions + 2) of them.
Design sobol_design(std::size_t rows, std::size_t dimensions, std::uint64_t seed);

/// First-order indices by Saltelli et al. (2010), Computer Physics Communications 181, 259-270, table 2 (b);
/// total indices by Jansen (1999), same table (f). All nought where the values do not vary.
/// @param seed  of the bootstrap
/// @param y     of each point of the design, in its order
std::vector<SobolIndex> sobol_indices_of(std::size_t rows, std::size_t dimensions, std::uint64_t seed,
                                         std::vector<double> y);

/// The same of a model that is asked for all points at once and gives a value for each.
std::vector<SobolIndex> sobol_indices(std::size_t rows, std::size_t dimensions, std::uint64_t seed,
                                      const std::function<std::vector<double>(const Design&)>& model);

}  // namespace varne::days
