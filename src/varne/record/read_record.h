#pragma once
/// A record read from its first entry on, wherever it lies and without any check of its tree.

#include <functional>
#include <string>

#include "varne/core/result.h"
#include "varne/record/entry.h"

namespace varne {

/// An entry, and whether to go on.
using TakeEntry = std::function<Result<bool>(const Entry&)>;

/// Reads `record.jsonl` (or .gz), an SQLite file or a PostgreSQL address. Read-only, also while somebody
/// writes it; what it says is taken as it stands, `varne verify` checks it. Errors name the file and the line
/// or entry.
Done each_entry(const std::string& where, const TakeEntry& take);

}  // namespace varne
