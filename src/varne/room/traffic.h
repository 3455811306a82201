#pragma once
/// Who is out there: the picture of all craft and where the units are, and which of it becomes an entry.

#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "varne/fleet/unit.h"
#include "varne/picture/picture.h"
#include "varne/room/log.h"
#include "varne/room/world.h"

namespace varne {

/// A unit and how soon it could be there.
struct UnitReach {
  std::string unit;
  double distance_m = 0;
  std::optional<Duration> time = {};  ///< straight line at service speed; nothing where that is not known
};

class Traffic {
 public:
  explicit Traffic(std::shared_ptr<const World> world);

  /// The next event begins: tracks age.
  void begin(Log& log);
  /// AIS or radar.
  void take(Log& log, const Observation& observation);
  /// Where a unit says it is.
  void take_unit_position(Log& log, Time time, const reports::UnitPosition& report);

  [[nodiscard]] const Picture& picture() const { return picture_; }
  [[nodiscard]] const std::map<std::string, UnitPosition>& unit_positions() const { return unit_positions_; }
  /// Ids of tracks that changed since `begin`, each once.
  [[nodiscard]] const std::vector<std::string>& touched() const { return touched_; }
  /// Units that can take people aboard, soonest first, those whose speed is not known last. A unit that has
  /// not been heard of is taken to be at its base.
  [[nodiscard]] std::vector<UnitReach> nearest(Place there, std::size_t most) const;

  auto members() { return std::tie(picture_, unit_positions_, unit_said_, track_said_); }

 private:
  void tell(Log& log, const std::vector<TrackEvent>& events);
  void tell(Log& log, TrackChange change, const Track& track);
  void move_unit(Log& log, const Unit& unit, Place place, Vec velocity, Time time);

  std::shared_ptr<const World> world_;
  Picture picture_;
  std::map<std::string, UnitPosition> unit_positions_;
  std::map<std::string, Time> unit_said_;   ///< unit -> its last entry
  std::map<std::string, Time> track_said_;  ///< track in the record -> its last entry
  std::vector<std::string> touched_;        ///< by the event being applied
};

}  // namespace varne
