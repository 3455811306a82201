#pragma once
/// Which box each unit searches, and when, so that the chance of finding is highest. Start here. What is
/// maximised is `pos_of` (boxes.h) on the weighted, moving cloud; how far a plan is from the best possible
/// one says bound.h, what its boxes look like at sea pattern.h.

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "varne/core/result.h"
#include "varne/search/boxes.h"
#include "varne/search/cloud.h"
#include "varne/search/search_unit.h"

namespace varne {

struct PlanOptions {
  bool drifting = true;          ///< boxes go with the part of the cloud they are on; else they stay
  std::size_t boxes_a_unit = 3;  ///< one after the other, at most; 1 to 4
  /// Whether a place is land: no boat gets a box there. Empty: no land is known of.
  std::function<bool(Place)> land = {};
  /// Through which boats go to their boxes, between them and back. Null: straight, over land too.
  const PassageGrid* waters = nullptr;
  /// How long to look for something better, in units of the usual (0.25 s on one core for 24 slices).
  double work = 1;
};

struct SearchPlan {
  std::vector<SearchTask> tasks;  ///< by unit, then time; boxes of boats share no water while both are
                                  ///< searched, nor those of aircraft
  std::vector<LeftOut> left_out;
  double pos = 0;  ///< under the random law
  std::vector<std::string> notes;
};

inline constexpr std::size_t most_units = 8;

/// The best plan found. Depends on its arguments only: no clock, no thread, no chance.
/// Refuses more than eight units and options out of range. With no unit that can go the plan is empty and
/// `left_out` says why, unit by unit.
Result<SearchPlan> plan_search(const SearchCloud& cloud, const std::vector<SearchUnit>& units,
                               const PlanOptions& options = {});

/// What `plan_square` notes last of a square of which a part is no sea.
inline constexpr const char* on_land_in_part = "lies on land in part";

/// What a manual plan does: one square on the datum (the cloud's mean), its side chosen for the highest POS,
/// cut into strips, a unit each, by what they can sweep. `plan_search` is never below it.
Result<SearchPlan> plan_square(const SearchCloud& cloud, const std::vector<SearchUnit>& units,
                               const PlanOptions& options = {});

/// The POS of tasks as somebody drew them, with the swept area filled in where it is 0 from the unit's speed,
/// width and turns. Refuses a task of a unit that is none or cannot go, without time or without area, and a
/// unit in two boxes at once; says in `notes` where boxes overlap or lie on land, and where a unit cannot be
/// in time, stay as long, or reach its box and be back at all.
/// @param options  of these, what lies in the way
Result<SearchPlan> score_plan(const SearchCloud& cloud, const std::vector<SearchUnit>& units,
                              std::vector<SearchTask> tasks, const PlanOptions& options = {});

}  // namespace varne
