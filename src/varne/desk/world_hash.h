#pragma once
#include "varne/core/hash.h"
#include "varne/room/room.h"

namespace varne {

/// Of all that a desk is given and that its state depends on: units, rules, chart, leeway classes, sea. A
/// state that was made in a world of another hash is not gone on with.
Hash hash_of(const World& world);

}  // namespace varne
