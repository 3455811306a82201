#pragma once
/// From boxes to tasks: when a unit is where, and how much it sweeps meanwhile.

#include <vector>

#include "varne/search/boxes.h"
#include "varne/search/search_unit.h"

namespace varne {

/// One unit's boxes in their order, each with its share of the time on scene.
struct UnitBoxes {
  std::vector<SearchBox> boxes;
  std::vector<double> share;  ///< as many, > 0; their sum does not matter
};

/// What a unit sweeps of a box in so long [m²]. Of a sweep wider than the box only what falls into it counts.
double swept(const ReadyUnit& unit, const SearchBox& box, Duration time);

/// Share of the time on a box in which a unit searches: each leg is as long as the box and ends in two turns.
double searching_share(const ReadyUnit& unit, const SearchBox& box);

/// The tasks of a unit; none where it has no time for them. It goes to each box's centre at its transit
/// speed, around land where its ways are known (`ReadyUnit::ways`).
std::vector<SearchTask> timed(const SearchCloud& cloud, const ReadyUnit& unit, const UnitBoxes& boxes);

}  // namespace varne
