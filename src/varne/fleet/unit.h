#pragma once
/// Rescue units of both sides: what they are, where they are, and how soon they could be somewhere.
/// (Reach is straight-line for now and says so; the fleet gets an issue of its own.)

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/result.h"
#include "varne/core/time.h"

namespace varne {

enum class UnitKind { lifeboat, cutter, patrol, tug, helicopter, aeroplane };
const char* name_of(UnitKind kind);

/// What a unit is; data/units/*.toml and a day's own units.toml.
struct Unit {
  std::string name;  ///< "RNLI Dungeness"
  UnitKind kind = UnitKind::lifeboat;
  std::string state;   ///< "UK", "FR"
  std::string centre;  ///< who tasks it
  std::string base;
  Place home;
  double speed_mps = 0;               ///< service speed, > 0
  std::int32_t capacity = 0;          ///< survivors, 0: can watch but not take aboard
  std::optional<std::uint32_t> mmsi;  ///< made-up ones in an exercise
};

/// Refuses, with file, line and field: unknown fields, a name twice, a speed or capacity out of range.
Result<std::vector<Unit>> load_units(const std::string& path);

/// Where a unit is now.
struct UnitPosition {
  Place place;
  Vec velocity;
  Time time;
  auto members() { return std::tie(place, velocity, time); }
};

/// Straight-line time at service speed, which must be known (above 0).
Duration time_to_reach(const Unit& unit, Place from, Place to);

}  // namespace varne
