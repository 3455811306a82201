#include "varne/record/ledger_file.h"

#include <fmt/format.h>

namespace varne {
namespace {

Result<std::int64_t> asked(sqlite3* db, const char* sql, const std::string& path) {
  auto statement = sqlite::Statement::prepare(db, sql, path);
  if (!statement) return std::unexpected(statement.error());
  const auto row = statement->step();
  if (!row) return std::unexpected(row.error());
  return *row ? statement->whole(0) : 0;
}

}  // namespace

Result<LedgerIdentity> ledger_identity(sqlite3* db, const std::string& path) {
  const auto tables = asked(db, "SELECT count(*) FROM sqlite_schema", path);
  if (!tables) return std::unexpected(tables.error());
  const auto application = asked(db, "PRAGMA application_id", path);
  if (!application) return std::unexpected(application.error());
  const auto version = asked(db, "PRAGMA user_version", path);
  if (!version) return std::unexpected(version.error());
  return LedgerIdentity{*tables == 0 && *application == 0, *application, *version};
}

Done check_identity(const LedgerIdentity& identity, const std::string& path) {
  if (identity.application != ledger_application) return fail(path, "is no Varne record");
  if (identity.version != ledger_version)
    return fail(path, fmt::format("is a record of format {}; this Varne reads format {}", identity.version,
                                  ledger_version));
  return {};
}

}  // namespace varne
