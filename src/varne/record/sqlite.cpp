#include "varne/record/sqlite.h"

#include <fmt/format.h>

namespace varne::sqlite {

Error error_of(sqlite3* db, const std::string& file) {
  switch (sqlite3_errcode(db)) {
    case SQLITE_FULL:
      return {file, "the disk is full; what was accepted before is safe. Make room and go on"};
    case SQLITE_NOTADB:
      return {file, "is no Varne record"};
    case SQLITE_CORRUPT:
      return {file, "is damaged"};
    case SQLITE_CANTOPEN:
      return {file, "cannot be opened; does its folder exist, and may you write there?"};
    case SQLITE_READONLY:
      return {file, "may not be written"};
    default:
      return {file, fmt::format("the store failed: {}", sqlite3_errmsg(db))};
  }
}

Result<Db> open(const std::string& file, bool read_only) {
  sqlite3* raw = nullptr;
  const int flags = read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  const int status = sqlite3_open_v2(file.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  Db db(raw);
  if (status != SQLITE_OK) return std::unexpected(error_of(raw, file));
  sqlite3_busy_timeout(raw, 5000);
  return db;
}

Done run(sqlite3* db, const char* sql, const std::string& file) {
  if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
    return std::unexpected(error_of(db, file));
  return {};
}

Result<Statement> Statement::prepare(sqlite3* db, const char* sql, const std::string& file) {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &raw, nullptr) != SQLITE_OK)
    return std::unexpected(error_of(db, file));
  return Statement(raw, db, file);
}

Statement& Statement::bind(int at, std::int64_t value) {
  sqlite3_bind_int64(statement_.get(), at, value);
  return *this;
}

Statement& Statement::bind(int at, std::string_view text) {
  sqlite3_bind_text64(statement_.get(), at, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind(int at, std::span<const std::uint8_t> bytes) {
  sqlite3_bind_blob64(statement_.get(), at, bytes.data(), bytes.size(), SQLITE_STATIC);
  return *this;
}

Result<bool> Statement::step() {
  const int status = sqlite3_step(statement_.get());
  if (status == SQLITE_ROW) return true;
  if (status == SQLITE_DONE) return false;
  Error error = error_of(db_, file_);
  reset();
  return std::unexpected(std::move(error));
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
}

std::int64_t Statement::whole(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string_view Statement::text(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  return bytes == nullptr
             ? std::string_view{}
             : std::string_view(bytes,
                                static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column)));
}

std::span<const std::uint8_t> Statement::bytes(int column) const {
  const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

bool Statement::is(int column, int type) const {
  return sqlite3_column_type(statement_.get(), column) == type;
}

}  // namespace varne::sqlite
