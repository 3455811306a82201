#pragma once
/// What is finished of a campaign, kept as files: a block is so many days, each under every policy, or so
/// many draws of a design. A block is written whole or not at all, so a campaign that was killed goes on
/// where it was, to the same bytes.

#include <functional>
#include <string>
#include <vector>

#include "varne/core/hash.h"
#include "varne/core/result.h"
#include "varne/days/machines.h"
#include "varne/days/outcomes.h"

namespace varne::days {

inline constexpr std::size_t days_of_block = 8;

struct DayResult {
  std::uint64_t seed = 0;             ///< of the day; of a draw, whose days together it is, its number
  std::string date;                   ///< of a draw ""
  std::vector<DayOutcome> by_policy;  ///< in the campaign's order
};

/// Makes block `number`, whatever else is finished.
using MakeBlock = std::function<Result<std::vector<DayResult>>(std::size_t number)>;

/// The blocks from `first` up to `last`, in order: those that the folder holds, and the others made and
/// written, by all machines and so many threads of each.
///
/// Refuses what `make` refuses, what cannot be written, a block of another campaign, and one that is not
/// whole.
/// @param campaign  hash of all that the blocks depend on
Result<std::vector<DayResult>> finished_blocks(const std::string& folder, std::size_t first, std::size_t last,
                                               const Hash& campaign, std::size_t threads, Machines& machines,
                                               const MakeBlock& make);

}  // namespace varne::days
