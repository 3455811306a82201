#pragma once
/// What does not change while a room lives.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "varne/core/hash.h"
#include "varne/doctrine/rulebook.h"
#include "varne/drift/leeway.h"
#include "varne/fleet/unit.h"
#include "varne/picture/sensor.h"
#include "varne/sea/sea.h"
#include "varne/sea/zones.h"

namespace varne {

/// Shared by all copies of a room.
struct World {
  Sea sea;
  Zones zones;
  std::vector<Unit> units;
  std::vector<LeewayClass> leeway;
  /// What verdicts are given by. Null: none are, and nothing is permitted.
  std::shared_ptr<const Rulebook> rules = {};
  std::string title;      ///< of the day or desk
  bool exercise = false;  ///< marked on every page
  std::uint64_t seed = 0;
  std::string notice = {};  ///< what every page says of the day or desk
  Hash inputs{};            ///< of the day's files; zero for a live desk
  /// Centres that may coordinate. The first is whose desk this is: it coordinates where a first report names
  /// neither a place nor a centre.
  std::vector<std::string> centres = {"MRCC Dover", "CROSS Gris-Nez", "CROSS Jobourg", "MRCC Oostende"};
  Sensors sensors = {};  ///< the radars, as far as they are described
};

}  // namespace varne
