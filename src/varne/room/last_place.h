#pragma once
/// What a boat's last place is good for: forecasts (forecasts.h) begin from it and times of arrival
/// (reachers.h) aim by it, so both read it alike.

#include <chrono>

#include "varne/core/time.h"
#include "varne/room/incidents.h"

namespace varne::last_place {

inline constexpr Duration ahead = std::chrono::hours(6);  ///< the lost are followed so far beyond now
inline constexpr Duration oldest =
    std::chrono::hours(72);  ///< an older one says nothing of where they are now
/// Where more of a cloud has left the known sea than this, what is left of it says nothing of the whole.
inline constexpr double most_left = 0.5;

/// 1 σ on each axis [m]: an error radius is read as holding 95 % of a circular normal distribution (2.45 σ);
/// a place given over the telephone without one is taken to be good to a kilometre.
inline double sigma_m(const Incident& incident) {
  constexpr double sigmas_of_error = 2.45;
  constexpr double unsaid_error_m = 1000;
  return (incident.place_error_m > 0 ? incident.place_error_m : unsaid_error_m) / sigmas_of_error;
}

}  // namespace varne::last_place
