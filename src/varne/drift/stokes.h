#pragma once
/// The drift that waves carry an object along with (Stokes drift), as an option: the leeway that was measured
/// in the field holds what waves did then (Breivik and Allen 2008), so it is added only on request.

#include <memory>

#include "varne/sea/sea.h"

namespace varne {

/// Share of the wind at 10 m, downwind: what ECMWF's wave model takes where it has no spectrum (ecWAM,
/// STOKESDRIFT). A young sea's is less, the strait's short fetch among them.
inline constexpr double stokes_of_wind = 0.016;

/// The sea with the surface Stokes drift on every source's current. Where the waves or, without them, the
/// wind is not known, neither is the current then: never taken for zero.
/// @param waves  whose `current` is the Stokes drift [m/s]; null: `stokes_of_wind` of the wind
Sea with_stokes(const Sea& sea, const std::shared_ptr<const SeaSource>& waves);

}  // namespace varne
