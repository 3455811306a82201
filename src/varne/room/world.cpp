#include "varne/room/world.h"

#include <algorithm>

namespace varne {

const std::string& own_centre(const World& world) {
  return world.own.empty() ? world.strait.centres.front().name : world.own;
}

bool is_joined(const World& world, const std::string& centre) {
  return std::find(world.partners.begin(), world.partners.end(), centre) != world.partners.end();
}

bool is_shared(const World& world, const std::string& centre, Sharable what) {
  const auto chosen = world.shares.find(centre);
  return chosen == world.shares.end() ? what != Sharable::tracks : chosen->second.contains(what);
}

}  // namespace varne
