#pragma once
/// From the fleet's list to what a search plan needs of a unit.

#include <string>
#include <vector>

#include "varne/fleet/unit.h"
#include "varne/search/search_unit.h"
#include "varne/search/sweep_width.h"

namespace varne {

/// The unit as a searcher for `conditions.object`. Who looks (boat, helicopter, aeroplane) and from what
/// height is the unit's; the rest of the conditions is taken as it stands. What the list or the tables do not
/// know stays unknown, and is said in `notes`, one sentence each. Refuses an object that no table knows.
/// @param at         where it leaves from
/// @param free_from  when it may be asked
Result<SearchUnit> search_unit_of(const Unit& unit, Place at, Time free_from, const SweepWidths& widths,
                                  SweepQuery conditions, std::vector<std::string>& notes);

}  // namespace varne
