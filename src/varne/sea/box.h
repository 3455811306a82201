#pragma once

#include "varne/core/geo.h"

namespace varne {

/// An area between two parallels and two meridians [degrees]; does not cross the antimeridian.
struct Box {
  double west = 0;
  double south = 0;
  double east = 0;
  double north = 0;

  [[nodiscard]] bool contains(Place place) const {
    return place.lon >= west && place.lon <= east && place.lat >= south && place.lat <= north;
  }
};

}  // namespace varne
