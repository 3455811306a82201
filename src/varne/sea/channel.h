#pragma once
/// What is known of the strait itself on every day: its tides and its coast. Days, the live desk and `varne
/// drift --tides` share it.

#include <memory>
#include <vector>

#include "varne/core/result.h"
#include "varne/sea/coast.h"
#include "varne/sea/sea.h"

namespace varne {

/// Where the tides and the zones are known, in whole degrees: 49 to 52 N, 1 W to 4 E.
inline constexpr Box channel_area{-1, 49, 4, 52};

/// The Channel's coast, read once in the process and shared.
Result<std::shared_ptr<const Coast>> channel_coast();

/// The Channel's tidal streams, read once in the process and shared.
Result<std::shared_ptr<const SeaSource>> channel_tides();

/// Adds both, coast first. What a person stated or a file brings should have been added before.
Done add_channel(Sea& sea);

}  // namespace varne
