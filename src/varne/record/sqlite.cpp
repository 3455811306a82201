#include "varne/record/sqlite.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

namespace varne {

Statement& Statement::bind(int index, std::int64_t value) {
  sqlite3_bind_int64(handle_.get(), index, value);
  return *this;
}

Statement& Statement::bind(int index, std::string_view text) {
  sqlite3_bind_text64(handle_.get(), index, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind_blob(int index, std::string_view bytes) {
  sqlite3_bind_blob64(handle_.get(), index, bytes.data(), bytes.size(), SQLITE_STATIC);
  return *this;
}

int Statement::step() {
  const int code = sqlite3_step(handle_.get());
  if (code != SQLITE_ROW) reset();
  return code;
}

std::string_view Statement::bytes(int column) const {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(handle_.get(), column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

Result<Sqlite> Sqlite::open(const std::string& path, int flags) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  Sqlite out;
  out.path_ = path;
  out.handle_.reset(handle);
  if (code != SQLITE_OK) return std::unexpected(out.error());
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, 10'000);
  // The file may come from anywhere: nothing written in it is run, and it cannot be altered from below.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  // The log, emptied, and its index stay when a record is closed: the next start finds their room on the disk
  // also where all other room is gone by then.
  int keep = 1;
  sqlite3_file_control(handle, "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
  return out;
}

Result<Sqlite> Sqlite::open_damaged(const std::string& path) {
  auto file = open(path, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
  if (!file) return file;
  // With these two SQLite no longer refuses a whole file for what is wrong with a part of it.
  sqlite3_db_config(file->handle_.get(), SQLITE_DBCONFIG_DEFENSIVE, 0, nullptr);
  sqlite3_db_config(file->handle_.get(), SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, nullptr);
  return file;
}

Done Sqlite::run(const char* sql) {
  if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
    return std::unexpected(error());
  return {};
}

Result<Statement> Sqlite::prepare(const char* sql) const {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v3(handle_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
    return std::unexpected(error());
  return Statement(statement);
}

Result<std::int64_t> Sqlite::whole(const char* sql) const {
  auto statement = prepare(sql);
  if (!statement) return std::unexpected(statement.error());
  const int code = statement->step();
  if (code == SQLITE_DONE) return 0;
  if (code != SQLITE_ROW) return std::unexpected(error());
  return statement->whole(0);
}

Error Sqlite::error() const {
  const int left = errno;  // SQLite does not keep the system's reason on every path
  const int code = handle_ ? sqlite3_extended_errcode(handle_.get()) : SQLITE_NOMEM;
  const int said = handle_ ? sqlite3_system_errno(handle_.get()) : 0;
  const int system = said != 0 ? said : left;
  const bool io = (code & 0xff) == SQLITE_IOERR;
  if ((code & 0xff) == SQLITE_FULL || (io && (system == ENOSPC || system == EDQUOT || system == EFBIG)))
    return {path_, "the disk is full: nothing of this was taken, what was accepted before stays; make room"};
  if (io)
    return {path_, fmt::format("the disk refuses: {} ({})",
                               handle_ ? sqlite3_errmsg(handle_.get()) : "out of memory",
                               system != 0 ? std::strerror(system) : "no reason given")};
  switch (code & 0xff) {
    case SQLITE_NOTADB:
      return {path_, "is no record of Varne (not an SQLite file, or its first page is damaged)"};
    case SQLITE_CORRUPT:
      return {path_, "is damaged; `varne verify` says which entries can still be read"};
    case SQLITE_CANTOPEN:
      return {path_,
              fmt::format("cannot be opened: {}", system != 0 ? std::strerror(system) : "no such file")};
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return {path_, "may not be written; check who owns the file and its folder"};
    case SQLITE_BUSY:
      return {path_, "is kept busy by another program; close what else has it open"};
    default:
      return {path_, handle_ ? sqlite3_errmsg(handle_.get()) : "out of memory"};
  }
}

}  // namespace varne
