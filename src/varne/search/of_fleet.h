#pragma once
/// From the fleet's list to what a search plan needs of a unit.

#include <string>
#include <vector>

#include "varne/fleet/unit.h"
#include "varne/search/search_unit.h"
#include "varne/search/sweep_width.h"

namespace varne {

/// A unit as it is when somebody thinks of sending it to search.
struct SearcherNow {
  Unit unit;
  Place at;                          ///< where it leaves from
  bool at_base = true;               ///< its launch delay is still to come
  Time free_from;                    ///< when it may be asked
  std::string not_free = {};         ///< why it cannot be: "is off duty"; "" where it can
  std::optional<double> sea_m = {};  ///< height of the waves on its way, the higher; nothing: not known
};

/// The unit as a searcher for `conditions.object`. Who looks (boat, helicopter, aeroplane) and from what
/// height is the unit's; the rest of the conditions is taken as it stands. It goes, and searches no faster
/// than it can, in this sea. What the list or the tables do not know stays unknown, and is said in `notes`,
/// one sentence each. Refuses an object that no table knows.
Result<SearchUnit> search_unit_of(const SearcherNow& now, const SweepWidths& widths, SweepQuery conditions,
                                  std::vector<std::string>& notes);

}  // namespace varne
