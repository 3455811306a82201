#pragma once
/// The strait with two lifeboats and the shipped rules, for fuzzers that need a room.

#include <memory>

#include "varne/core/place_of_data.h"
#include "varne/room/room.h"

namespace varne::fuzz {

inline std::shared_ptr<const World> small_world() {
  static const std::shared_ptr<const World> made = [] {
    auto out = std::make_shared<World>();
    out->strait = *home_strait().value();
    for (const char* name : {"RNLI Dungeness", "RNLI Dover"}) {
      Unit unit;
      unit.name = name;
      unit.state = "UK";
      unit.centre = "MRCC Dover";
      unit.home = {1.32, 51.12};
      unit.speed_mps = 12;
      unit.capacity = 80;
      out->units.push_back(unit);
    }
    out->rules = std::make_shared<const Rulebook>(load_rulebook(data_path("doctrine")).value());
    out->title = "Fuzz";
    out->seed = 7;
    return out;
  }();
  return made;
}

}  // namespace varne::fuzz
