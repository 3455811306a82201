#pragma once
/// Where a boat may be soon, as one area that others can draw.

#include <optional>
#include <string>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/time.h"
#include "varne/room/room.h"

namespace varne {

/// Of one incident's latest forecast: the smallest area that holds 90 % of its particles at one moment.
struct SearchArea {
  std::string forecast;  ///< "F3"
  Time time;             ///< the moment
  /// Closed rings (the first corner again at the end), none within another; what is cut out of them is left
  /// in: whoever draws them may search too much and never too little. At most `most_corners` corners each.
  std::vector<std::vector<Place>> rings;
};

/// @param near  the moment of the forecast nearest to this is taken
/// @returns nothing where there is no forecast, or most of it has left the known sea
std::optional<SearchArea> search_area(const Room& room, const Incident& incident, Time near,
                                      std::size_t most_corners = 60);

}  // namespace varne
