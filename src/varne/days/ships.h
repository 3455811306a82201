#pragma once
/// Merchant ships on the lanes: they send AIS, and now and then somebody on a bridge sees a boat and says so.
/// Whether a ship goes to a boat's help is not simulated: in the room they stand among those who could.

#include <functional>
#include <vector>

#include "varne/days/day_feeds.h"
#include "varne/days/truth.h"

namespace varne::days {

class Ships {
 public:
  /// The ships of a day, none where the scenario's traffic is off: of each lane a Poisson number, at times
  /// that are uniform, so that the lanes are as full at midnight as later.
  Ships(const Strait& strait, const Numbers& numbers, Time start, std::uint64_t seed);

  /// AIS and sightings of this minute, into the feeds.
  /// @param seen  called with each boat that somebody saw
  void look(Minute minute, const Boats& boats, const Weather& weather, DayFeeds& feeds,
            const std::function<void(std::size_t)>& seen);

  [[nodiscard]] std::size_t size() const { return all_.size(); }

 private:
  struct Ship {
    std::size_t lane = 0;
    double enters_min = 0;  ///< the lane; below 0 before the day
    double speed_mps = 0;
    std::uint32_t mmsi = 0;
    std::vector<std::uint8_t> passing;  ///< by boat: it is within sight, and was asked of once
  };
  struct Underway {
    Place place;
    double course_deg = 0;
  };
  /// Where a ship is; nothing before it enters its lane and after it has left it.
  [[nodiscard]] std::optional<Underway> at(const Ship& ship, Minute minute) const;

  const Strait& strait_;
  const Numbers& numbers_;
  Time start_;
  std::uint64_t seed_;
  std::vector<Ship> all_;
};

}  // namespace varne::days
