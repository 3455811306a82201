#pragma once
/// How soon a unit is with a boat that moves and is not exactly where anybody says: as a distribution over
/// the target's particles, over the current and around land and shoals.
///
/// For each particle the unit steers straight through the water to where the particle will be: with mean
/// current c along the way and offset d, the time T solves |d - c T| = v T, again until both agree. In a
/// current that is the same everywhere this is the fastest way there is (Zermelo 1931); across a strait it is
/// within 1 % of it. Around land it goes from corner to corner of the shortest way (passages.h), within 3 %.
/// Both are tested against a brute-force chase. Aircraft go straight, through the wind as known at 10 m.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "varne/fleet/passages.h"
#include "varne/fleet/target.h"
#include "varne/fleet/unit.h"
#include "varne/sea/sea.h"

namespace varne {

/// A unit as it is when it is asked.
struct UnitNow {
  Unit unit;
  Place place;
  Time asked;
  bool at_base = true;               ///< the launch delay is still to come
  std::optional<Duration> at_sea{};  ///< since it left its base; counts against endurance and crew hours
};
/// As last heard of; at its base where it was not, or lies within a kilometre of it and does not move.
UnitNow unit_now(const Unit& unit, const std::optional<UnitPosition>& heard, Time asked);

struct ReachOptions {
  double contact_m =
      1000;           ///< a boat this near to the unit is seen, >= 0; what is right depends on light and sea
  double keel_m = 1;  ///< water a vessel wants under its keel, below mean sea level
  std::size_t most_particles = 400;  ///< of a larger cloud every nth is taken
};

struct Reach {
  std::string unit = {};
  /// From being asked until the unit could be with the boat, launch delay included: in half of all cases it
  /// is sooner than `median`, in 90 % than `ninety`. Nothing: not within what is known of the target.
  std::optional<Duration> median = {};
  std::optional<Duration> ninety = {};
  double reached = 0;  ///< share of all cases, 0 to 1, in which it gets there at all
  /// Each case's time with its share of the whole, soonest first; they add up to `reached`.
  std::vector<std::pair<Duration, double>> arrivals = {};
  /// Where to go first: the place at which a boat is likeliest to be in sight on arrival, and that chance.
  std::optional<Place> aim = {};
  std::optional<Duration> aim_after = {};
  double contact = 0;
  std::vector<Place> route = {};  ///< from the unit to `aim` with the corners between; empty without `aim`
  double distance_m = 0;          ///< along it
  std::optional<double> speed_mps = {};  ///< through water or air, in the sea there is
  std::string assumed = {};              ///< of that speed (`assumed_of_speed`); "" where nothing is
  /// With the boat before tanks or crew run out, by the median; nothing where neither is known.
  std::optional<bool> arrives = {};
  /// Back at base before they do, the median being spent each way.
  std::optional<bool> returns = {};
  /// What is not known or stands in the way, a sentence each without full stop.
  std::vector<std::string> missing = {};
};

/// What is assumed of units' speeds, each thing once: "A, B: the height of the waves is not known: …".
class SpeedsAssumed {
 public:
  void add(const Reach& reach);
  /// A sentence each without full stop.
  [[nodiscard]] std::vector<std::string> said() const;

 private:
  std::map<std::string, std::vector<std::string>> units_of_;  ///< by what is assumed, each unit once
};

/// @param grid   of the waters; null: nothing is known to stand in the way
/// @param begun  ways on this grid from where the unit is for `depth_needed_m`, kept by whoever asks again;
///               null: searched anew
Reach reach(const Sea& sea, const PassageGrid* grid, const UnitNow& now, const Target& target,
            const ReachOptions& options = {}, Passages* begun = nullptr);

/// The water below mean sea level that a unit floats in; 0: any.
double depth_needed_m(const Unit& unit, const ReachOptions& options = {});

/// Seconds for one particle, from leaving (after the launch delay): what `reach` is made of. Nothing where it
/// is not caught while the target is known.
///
/// @param speed_mps  through water or air, > 0
/// @param passages   null: straight
std::optional<double> seconds_to_meet(const Sea& sea, Passages* passages, bool by_air, double speed_mps,
                                      Place from, Time leaving, const Target& target, std::size_t particle);

}  // namespace varne
