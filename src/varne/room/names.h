#pragma once
/// What an order names: tasks there are and units there are. A word that is none of them is refused with the
/// one that was probably meant, and never taken for nothing.

#include <string>
#include <string_view>

#include "varne/picture/picture.h"
#include "varne/room/world.h"

namespace varne::names {

/// A task that makes a unit busy: one of `unit_tasks`, or a response that a doctrine here names.
bool is_unit_task(const World& world, std::string_view task);

/// A task that lends one of this centre's units to another centre, or takes that back.
bool is_offer(std::string_view task);

/// Why this is no task; "" where it is one: what changes an incident (docs/entries.md), a unit's task,
/// `stand_down`.
std::string fault_of_task(const World& world, std::string_view task);

/// The unit of the list with this name; null.
const Unit* unit_named(const World& world, std::string_view name);

/// Why no unit is called so; "" where one of the list is, or a ship that AIS hears now.
std::string fault_of_unit(const World& world, const Picture& picture, std::string_view unit);

/// The unit of the list whose name is closest; "" where none is near.
std::string nearest_unit(const World& world, std::string_view name);

}  // namespace varne::names
