#pragma once
/// The little of SQLite that the record uses, with its errors as values.

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "varne/core/result.h"

namespace varne::sqlite {

struct CloseDb {
  void operator()(sqlite3* db) const { sqlite3_close(db); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Db = std::unique_ptr<sqlite3, CloseDb>;

/// What the store says, in words a watch officer understands: a full disk is called one.
Error error_of(sqlite3* db, const std::string& file);

/// Opens or makes a file; with `read_only` the file must be there.
Result<Db> open(const std::string& file, bool read_only);

/// Runs statements that give no rows.
Done run(sqlite3* db, const char* sql, const std::string& file);

/// One prepared statement; bind, step, read, reset. Texts are bound without a copy: they must outlive the
/// step.
class Statement {
 public:
  static Result<Statement> prepare(sqlite3* db, const char* sql, const std::string& file);

  Statement& bind(int at, std::int64_t value);
  Statement& bind(int at, std::string_view text);
  Statement& bind(int at, std::span<const std::uint8_t> bytes);
  /// True with a row, false at the end.
  Result<bool> step();
  void reset();

  [[nodiscard]] std::int64_t whole(int column) const;
  [[nodiscard]] std::string_view text(int column) const;  ///< valid until the next step
  [[nodiscard]] std::span<const std::uint8_t> bytes(int column) const;
  [[nodiscard]] bool is(int column, int type) const;  ///< SQLITE_INTEGER, SQLITE_TEXT, SQLITE_BLOB

 private:
  Statement(sqlite3_stmt* statement, sqlite3* db, std::string file)
      : statement_(statement), db_(db), file_(std::move(file)) {}
  std::unique_ptr<sqlite3_stmt, FinalizeStatement> statement_;
  sqlite3* db_;
  std::string file_;
};

}  // namespace varne::sqlite
