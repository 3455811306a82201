#pragma once
/// What marks an SQLite file as a Varne ledger; shared by who writes it and who verifies it.

#include <cstdint>
#include <string>

#include "varne/core/result.h"
#include "varne/record/sqlite.h"

namespace varne {

inline constexpr std::int64_t ledger_application = 0x5661726e;  // "Varn"
inline constexpr std::int64_t ledger_version = 1;

struct LedgerIdentity {
  bool empty = false;  ///< nothing in the file yet
  std::int64_t application = 0;
  std::int64_t version = 0;
};

Result<LedgerIdentity> ledger_identity(sqlite3* db, const std::string& path);

/// Refuses what is no ledger, or one of a later Varne.
Done check_identity(const LedgerIdentity& identity, const std::string& path);

}  // namespace varne
