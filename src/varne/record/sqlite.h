#pragma once
/// SQLite with errors as values, for a folder that keeps a file of its own.

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "varne/core/result.h"

namespace varne {

/// A prepared statement. Bound texts must live until it is stepped to its end or reset.
class Statement {
 public:
  Statement() = default;
  explicit Statement(sqlite3_stmt* handle) : handle_(handle) {}

  Statement& bind(int index, std::int64_t value);
  Statement& bind(int index, std::string_view text);
  Statement& bind_blob(int index, std::string_view bytes);

  /// SQLITE_ROW, SQLITE_DONE or an error's code; at anything but a row the statement is ready to run again.
  int step();
  void reset() { sqlite3_reset(handle_.get()); }

  [[nodiscard]] int type(int column) const { return sqlite3_column_type(handle_.get(), column); }
  [[nodiscard]] std::int64_t whole(int column) const { return sqlite3_column_int64(handle_.get(), column); }
  /// Text or blob, valid until the next step.
  [[nodiscard]] std::string_view bytes(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

/// A connection.
class Sqlite {
 public:
  /// @param flags  of sqlite3_open_v2; one connection is used by one thread at a time
  static Result<Sqlite> open(const std::string& path, int flags);

  /// A file that may be damaged, to read from and nothing else: what can still be read is given, even where
  /// pages are missing at the end.
  static Result<Sqlite> open_damaged(const std::string& path);

  /// Runs statements that give no rows.
  Done run(const char* sql);
  Result<Statement> prepare(const char* sql) const;
  /// The first column of the first row, or nothing of it: 0.
  [[nodiscard]] Result<std::int64_t> whole(const char* sql) const;

  /// What went wrong last, in words a watch officer can act on.
  [[nodiscard]] Error error() const;
  [[nodiscard]] int code() const { return sqlite3_extended_errcode(handle_.get()); }
  [[nodiscard]] bool in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  std::string path_;
  std::unique_ptr<sqlite3, Close> handle_;
};

}  // namespace varne
