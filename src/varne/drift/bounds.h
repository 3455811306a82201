#pragma once
/// What the engine asks of all particles between two windows: on all cores, because else it would be a
/// twentieth of a run that no other core shares. Least and most are the same in any order.

#include <cstddef>
#include <optional>

#include "varne/drift/particles.h"
#include "varne/sea/box.h"

namespace varne {

/// Errors of current, wind and leeway hardly ever go beyond; whoever goes further than the window is stepped
/// plainly.
inline constexpr double most_sigmas = 6;

/// Leeway is at most slope × wind speed + offset [m/s].
struct LeewayBound {
  double slope = 0;
  double offset = 0;
};

/// An upper bound of everybody's leeway, whatever happens to it. @param count  of particles
LeewayBound most_leeway(const Particles& particles, std::size_t count);

/// The particles that may still move, or float again, in one stretch of longitude; nothing: there are none.
std::optional<Box> where_adrift(const Particles& particles, std::size_t count, bool refloat);

}  // namespace varne
