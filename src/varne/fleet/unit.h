#pragma once
/// Rescue units of both sides: what they are, what they can do, and where they are. Start here; how soon one
/// could be somewhere is reach.h, who should go is tasking.h.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "varne/core/fields.h"
#include "varne/core/geo.h"
#include "varne/core/result.h"
#include "varne/core/time.h"

namespace varne {

enum class UnitKind { lifeboat, cutter, patrol, tug, helicopter, aeroplane };
const char* name_of(UnitKind kind);
/// Over land and shoals as well as over water.
inline bool flies(UnitKind kind) {
  return kind == UnitKind::helicopter || kind == UnitKind::aeroplane;
}

/// What a unit can look with besides eyes by daylight.
enum class UnitSensor : std::uint8_t {
  radar,
  infrared,
  night_vision,
  searchlight,
  direction_finder,  ///< of transmissions: VHF, beacons
};
template <>
struct EnumNames<UnitSensor> {
  static constexpr std::array values{
      std::pair{UnitSensor::radar, "radar"}, std::pair{UnitSensor::infrared, "infrared"},
      std::pair{UnitSensor::night_vision, "night_vision"}, std::pair{UnitSensor::searchlight, "searchlight"},
      std::pair{UnitSensor::direction_finder, "direction_finder"}};
};

/// What a unit is about.
enum class UnitStatus : std::uint8_t {
  available,
  tasked,    ///< on its way to an incident
  on_scene,  ///< at an incident's boat
  laden,     ///< has survivors aboard that are still to be landed
  off_duty,  ///< cannot be asked
};
template <>
struct EnumNames<UnitStatus> {
  static constexpr std::array values{
      std::pair{UnitStatus::available, "available"}, std::pair{UnitStatus::tasked, "tasked"},
      std::pair{UnitStatus::on_scene, "on_scene"}, std::pair{UnitStatus::laden, "laden"},
      std::pair{UnitStatus::off_duty, "off_duty"}};
};

/// What a unit makes through the water up to a sea state.
struct SpeedInSea {
  int sea_state = 0;     ///< WMO code 3700, 0 to 9
  double speed_mps = 0;  ///< 0: it does not go out in this
};

/// What a unit is; data/units/*.toml and a day's own units.toml. What is not published stays empty: nothing
/// here is a guess.
struct Unit {
  std::string name;  ///< "RNLI Dungeness"
  UnitKind kind = UnitKind::lifeboat;
  std::string state;   ///< "UK", "FR"
  std::string centre;  ///< who tasks it
  std::string base;
  Place home;
  std::optional<double> speed_mps;       ///< service speed in a calm, through water or air, > 0
  std::optional<std::int32_t> capacity;  ///< survivors at the very most; 0: can watch but not take aboard
  std::optional<std::uint32_t> mmsi;     ///< made-up ones in an exercise

  std::optional<std::int32_t> seated = {};     ///< of `capacity`, those with whom it is as safe as without
  std::vector<SpeedInSea> speeds_in_sea = {};  ///< in order of sea state
  std::optional<Duration> endurance = {};      ///< at service speed, from full tanks
  std::optional<Duration> launch_delay = {};   ///< from being asked to being under way, at its base
  std::optional<Duration> crew_hours = {};     ///< at sea before its crew has to be relieved
  std::optional<double> draught_m = {};
  std::optional<double> search_speed_mps = {};
  std::optional<double> eye_height_m = {};  ///< of a lookout, above the water
  std::optional<double> turn_s = {};        ///< lost at each turn of 90° while it searches
  std::vector<UnitSensor> sensors = {};     ///< each once
  UnitStatus status = UnitStatus::available;
};

/// The sea state of a significant wave height [m, >= 0]: WMO code 3700 (0: up to 0 m, 1: 0.1, 2: 0.5,
/// 3: 1.25, 4: 2.5, 5: 4, 6: 6, 7: 9, 8: 14, 9: above).
int sea_state_of(double wave_height_m);

/// What it makes in this sea [m/s]: by its table where it has one and the waves are known, else its service
/// speed. Nothing where that is not known, or where the sea is worse than its table goes.
std::optional<double> speed_in(const Unit& unit, std::optional<double> wave_height_m);

/// What is assumed of the speed that `speed_in` gives, without full stop; "" where nothing is: the sea is
/// known, and how it slows the unit.
std::string assumed_of_speed(const Unit& unit, std::optional<double> wave_height_m);

/// Refuses, with file, line and field: unknown fields, a name twice, numbers out of range, a seated capacity
/// above the whole, sea states out of order or faster than the one before.
Result<std::vector<Unit>> load_units(const std::string& path);

/// Where a unit is now.
struct UnitPosition {
  Place place;
  Vec velocity;
  Time time;
  auto members() { return std::tie(place, velocity, time); }
};

/// What so many metres take at service speed, which must be known.
Duration time_over(const Unit& unit, double metres);

}  // namespace varne
