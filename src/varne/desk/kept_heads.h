#pragma once
/// A record held against the heads of it that another centre's record keeps: what `varne verify --kept-by`
/// asks for.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "varne/core/result.h"
#include "varne/record/keys.h"

namespace varne {

struct KeptHeads {
  std::size_t heads = 0;        ///< told by this record's desk, sizes each once
  std::uint64_t last = 0;       ///< entries that the last of them stands for
  std::vector<Error> problems;  ///< "entry 1042: …"; the first that does not fit, and how many do not
};

/// Reads both, neither is written; of `kept_by` what it says is taken as it stands.
/// @param keys     that signed `record`: of the heads kept, those signed by one of them are its own
/// @param kept_by  the other centre's record
Result<KeptHeads> held_against(const std::string& record, std::span<const PublicKey> keys,
                               const std::string& kept_by);

}  // namespace varne
