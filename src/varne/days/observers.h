#pragma once
/// Who sees the boats and units of a day, and says so: radars with ranges, misses and clutter; aircraft on
/// patrol; merchant ships; the units' own AIS; those who call.

#include <string>
#include <string_view>
#include <vector>

#include "varne/days/crews.h"
#include "varne/days/day_feeds.h"
#include "varne/days/motion.h"
#include "varne/days/ships.h"

namespace varne::days {

/// What somebody who passes a boat says of it.
/// @param error_m  how well they place it
reports::Sighting seen_by(std::string from, const Boats& boats, std::size_t boat, Place place,
                          double error_m);

class Observers {
 public:
  Observers(const Strait& strait, const Numbers& numbers, std::size_t boats, Time start, std::uint64_t seed);

  /// All that is seen and said in this minute, into the feeds.
  void look(Minute minute, const Boats& boats, const Crews& crews, const Motion& motion,
            const Weather& weather, DayFeeds& feeds);

  /// When anybody first saw or heard of each boat; `never`.
  [[nodiscard]] const std::vector<Minute>& seen() const { return seen_; }

 private:
  /// Where a radar looks over the sea: clockwise from one bearing to another, all round where the two are
  /// one.
  class Sector {
   public:
    explicit Sector(const RadarSite& site);
    [[nodiscard]] bool holds(Vec at) const;

   private:
    Vec from_, to_;
    bool wide_;
  };
  void radar(std::size_t site, Minute minute, const Boats& boats, const Crews& crews, DayFeeds& feeds);
  void patrol(std::size_t flight, Minute minute, const Boats& boats, const Weather& weather, DayFeeds& feeds);
  void calls(Minute minute, const Boats& boats, const Motion& motion, DayFeeds& feeds);
  void call(std::size_t boat, Minute minute, bool trouble, const Boats& boats, DayFeeds& feeds);
  void see(std::size_t boat, Minute minute) { seen_[boat] = std::min(seen_[boat], minute); }

  const Strait& strait_;
  const Numbers& numbers_;
  Time start_;
  std::uint64_t seed_;
  std::vector<Minute> seen_;
  Ships ships_;
  std::vector<LocalPlane> planes_;                 ///< about each radar
  std::vector<Sector> sectors_;                    ///< of each radar
  std::vector<RadarPlot> plots_;                   ///< of one turn, filled again into the same memory
  std::vector<std::vector<std::uint8_t>> passed_;  ///< by flight and boat: it has passed it already
};

}  // namespace varne::days
