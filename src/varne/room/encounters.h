#pragma once
/// What is known of a boat as the doctrines ask it: every word with who said it, when, and the entry that
/// holds it. What the room does not know it does not say; silence is unknown, never no.

#include <map>
#include <string>

#include "varne/doctrine/facts.h"
#include "varne/room/counts.h"
#include "varne/room/incidents.h"
#include "varne/room/world.h"

namespace varne {

/// Values of doctrine parameters that somebody set and signed, by "doctrine.parameter".
using Parameters = std::map<std::string, FactValue, std::less<>>;

/// @param world     with rules
/// @param incident  the one that keeps its boat's account
Encounter encounter_of(const World& world, const Incidents& incidents, const Counts& counts,
                       const Parameters& parameters, Time now, const Incident& incident);

}  // namespace varne
