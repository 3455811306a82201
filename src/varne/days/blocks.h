#pragma once
/// What is finished of a campaign, kept as files: a block is so many days, each under every policy. A block
/// is written whole or not at all, so a campaign that was killed goes on where it was, to the same bytes.

#include <string>
#include <vector>

#include "varne/core/hash.h"
#include "varne/core/result.h"
#include "varne/days/outcomes.h"

namespace varne::days {

inline constexpr std::size_t days_of_block = 8;

struct DayResult {
  std::uint64_t seed = 0;
  std::string date;
  std::vector<DayOutcome> by_policy;  ///< in the campaign's order
};

/// Writes a block; refuses what cannot be written, and then leaves none.
Done write_block(const std::string& folder, std::size_t number, const Hash& campaign,
                 const std::vector<DayResult>& days);

/// Whether this block is finished.
bool has_block(const std::string& folder, std::size_t number);

/// Reads one. Refuses a block of another campaign, and one that is not whole.
Result<std::vector<DayResult>> read_block(const std::string& folder, std::size_t number,
                                          const Hash& campaign);

}  // namespace varne::days
