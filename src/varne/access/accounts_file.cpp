#include "varne/access/accounts_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "varne/core/enum_named.h"
#include "varne/core/text.h"

namespace varne {
namespace {

constexpr std::int64_t application = 0x56524E41;  // "VRNA"
/// Passwords as Argon2id has them, secrets of one-time codes as hexadecimal digits, tokens and sessions by
/// their SHA-256.
constexpr const char* make = R"(
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS account (name TEXT PRIMARY KEY, role TEXT NOT NULL, unit TEXT NOT NULL,
  password TEXT NOT NULL, made INTEGER NOT NULL, locked INTEGER NOT NULL DEFAULT 0,
  code TEXT NOT NULL DEFAULT '', code_used INTEGER NOT NULL DEFAULT 0, changes INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS program (name TEXT PRIMARY KEY, hash TEXT NOT NULL, scopes TEXT NOT NULL,
  made INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS session (hash TEXT PRIMARY KEY, account TEXT NOT NULL, changes INTEGER NOT NULL,
  begun INTEGER NOT NULL, seen INTEGER NOT NULL);
PRAGMA application_id = 1448234561;
COMMIT;
)";

/// Makes the file where there is none, for nobody but its owner.
Done make_private(const std::string& path) {
  const int made = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (made >= 0) {
    ::close(made);
    return {};
  }
  if (errno != EEXIST) return fail(path, fmt::format("cannot be made: {}", std::strerror(errno)));
  struct stat state {};
  if (::stat(path.c_str(), &state) != 0) return fail(path, std::strerror(errno));
  if ((state.st_mode & 077) != 0)
    return fail(path,
                fmt::format("may be read or written by others on this machine, so they may know what is "
                            "in it; give everybody a new password, or if you are sure: chmod 600 {}",
                            path));
  return {};
}

std::string text(const Statement& row, int column) {
  return std::string(row.bytes(column));
}

}  // namespace

Result<Accounts::File> Accounts::File::open(const std::string& path) {
  if (auto done = make_private(path); !done) return std::unexpected(done.error());
  auto file = Sqlite::open(path, SQLITE_OPEN_READWRITE);
  if (!file) return std::unexpected(file.error());
  const auto is = file->whole("PRAGMA application_id");
  const auto tables = file->whole("SELECT count(*) FROM sqlite_schema");
  if (!is || !tables || (*is != application && *tables != 0)) return fail(path, "is no file of accounts");
  if (*tables == 0)
    if (auto done = file->run(make); !done) return std::unexpected(done.error());
  return File(std::move(*file));
}

Done Accounts::File::write(const char* sql, const std::vector<Value>& values) {
  auto statement = file_.prepare(sql);
  if (!statement) return std::unexpected(statement.error());
  int index = 0;
  for (const Value& value : values) {
    ++index;
    if (const auto* words = std::get_if<std::string>(&value))
      statement->bind(index, std::string_view(*words));
    else
      statement->bind(index, std::get<std::int64_t>(value));
  }
  if (statement->step() != SQLITE_DONE) return std::unexpected(file_.error());
  return {};
}

Result<std::map<std::string, Accounts::KeptAccount>> Accounts::File::accounts() const {
  auto rows =
      file_.prepare("SELECT name, role, unit, password, made, locked, code, code_used, changes FROM account");
  if (!rows) return std::unexpected(rows.error());
  std::map<std::string, KeptAccount> out;
  int code = 0;
  while ((code = rows->step()) == SQLITE_ROW) {
    const auto role = enum_named<Role>(rows->bytes(1));
    const auto secret = from_hex(rows->bytes(6));
    if (!role || !secret) return fail("", "holds an account of no known role");
    out[text(*rows, 0)] = {.account = {.name = text(*rows, 0),
                                       .role = *role,
                                       .unit = text(*rows, 2),
                                       .locked = rows->whole(5) != 0,
                                       .with_code = !secret->empty(),
                                       .made = time_from_millis(rows->whole(4))},
                           .password = text(*rows, 3),
                           .code = *secret,
                           .code_used = rows->whole(7),
                           .changes = rows->whole(8)};
  }
  if (code != SQLITE_DONE) return std::unexpected(file_.error());
  return out;
}

Result<std::map<Hash, Program>> Accounts::File::programs() const {
  auto rows = file_.prepare("SELECT name, hash, scopes, made FROM program");
  if (!rows) return std::unexpected(rows.error());
  std::map<Hash, Program> out;
  int code = 0;
  while ((code = rows->step()) == SQLITE_ROW) {
    const auto hash = hash_from_hex(rows->bytes(1));
    if (!hash) continue;
    Program& program = out[*hash];
    program = {text(*rows, 0), {}, time_from_millis(rows->whole(3))};
    for (const auto scope : split(rows->bytes(2), ' ')) program.scopes.emplace_back(scope);
  }
  if (code != SQLITE_DONE) return std::unexpected(file_.error());
  return out;
}

std::optional<Accounts::KeptSession> Accounts::File::session(const std::string& hash) const {
  auto rows = file_.prepare("SELECT account, changes, begun, seen FROM session WHERE hash = ?");
  if (!rows) return std::nullopt;
  rows->bind(1, std::string_view(hash));
  if (rows->step() != SQLITE_ROW) return std::nullopt;
  const Time seen = time_from_millis(rows->whole(3));
  return KeptSession{text(*rows, 0), rows->whole(1), time_from_millis(rows->whole(2)), seen, seen};
}

}  // namespace varne
