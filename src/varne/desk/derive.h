#pragma once
/// Everything that a record holds, made again from its journal: what `varne verify --derive` asks for.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/room/room.h"

namespace varne {

struct Derivation {
  std::uint64_t items = 0;    ///< of the journal
  std::uint64_t entries = 0;  ///< in the record
  std::uint64_t differing = 0;
  /// The first of them in words, at most `most_differences`: entries that come out otherwise, answers to
  /// forecasts that do, and where the journal counts otherwise.
  std::vector<std::string> differences;
};
inline constexpr std::size_t most_differences = 20;

/// Runs the whole journal, makes every answer again, and holds all of it beside the record; nothing is
/// written. A record that is being written is read as it stands. Refuses two that do not belong together.
/// @param world  what the desk was given: other units, rules or seas give other entries
Result<Derivation> derive(std::shared_ptr<const World> world, const std::string& record,
                          const std::string& journal, const std::function<void(Time)>& progress = {});

}  // namespace varne
