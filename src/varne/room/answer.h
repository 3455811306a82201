#pragma once
/// The slow work that a room asks for, done by whoever drives it.

#include "varne/room/event.h"
#include "varne/room/forecasts.h"
#include "varne/room/world.h"

namespace varne {

/// Runs the forecast that a room asked for. A pure function of the request and the sea.
ForecastAnswer answer(const ForecastRequest& request, const World& world);

}  // namespace varne
