#include <fmt/format.h>

#include <cstring>
#include <filesystem>
#include <limits>
#include <mutex>

#include "varne/core/text.h"
#include "varne/record/disk.h"
#include "varne/record/ledger.h"
#include "varne/record/sqlite.h"
#include "varne/record/sqlite_format.h"

namespace varne {
namespace {

namespace format = sqlite_format;

std::string_view view(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

Result<Hash> hash_from(std::string_view bytes, const std::string& path) {
  Hash hash;
  if (bytes.size() != hash.size()) return fail(path, "is damaged; `varne verify` says where");
  std::memcpy(hash.data(), bytes.data(), hash.size());
  return hash;
}

/// Two connections, so that a console reads on while the writer waits for the disk.
class SqliteLedger : public Ledger {
 public:
  static Result<std::unique_ptr<Ledger>> open(const std::string& path);

  Done append(std::span<const Entry> entries) override;
  LedgerHead head() const override {
    const std::lock_guard guard(head_mutex_);
    return head_;
  }
  Result<std::vector<Entry>> read(std::uint64_t first, std::size_t most) const override;
  Result<Hash> hash_at(std::uint64_t number) const override;
  Done label(const std::string& name, const std::string& value) override;
  Result<std::string> label(const std::string& name) const override;

 private:
  SqliteLedger(std::string path, FileLock lock) : path_(std::move(path)), lock_(std::move(lock)) {}
  Done start();
  Done make();
  Done check_kind_of_file();
  Done load_head();
  Done add(std::span<const Entry> entries, LedgerHead& head);
  Error undone(Error why);
  void set_head(const LedgerHead& head) {
    const std::lock_guard guard(head_mutex_);
    head_ = head;
  }

  std::string path_;
  FileLock lock_;

  std::mutex write_mutex_;
  Sqlite writer_;
  Statement insert_;
  Statement set_head_;
  Statement insert_label_;

  mutable std::mutex read_mutex_;
  Sqlite reader_;
  mutable Statement range_;
  mutable Statement hash_;
  mutable Statement label_;

  mutable std::mutex head_mutex_;
  LedgerHead head_;
};

Result<std::unique_ptr<Ledger>> SqliteLedger::open(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return fail(path, "is a folder, not a file");
  auto lock = FileLock::take(path + ".lock", path);
  if (!lock) return std::unexpected(lock.error());
  auto ledger = std::unique_ptr<SqliteLedger>(new SqliteLedger(path, std::move(*lock)));
  if (const auto started = ledger->start(); !started) return std::unexpected(started.error());
  return ledger;
}

Done SqliteLedger::start() {
  auto writer = Sqlite::open(path_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  if (!writer) return std::unexpected(writer.error());
  writer_ = std::move(*writer);
  const auto pages = writer_.whole("PRAGMA page_count");
  if (!pages) return std::unexpected(pages.error());
  if (const auto ready = *pages == 0 ? make() : check_kind_of_file(); !ready) return ready;
  // FULL in WAL mode: the log is synced at every commit, which is what makes an append durable.
  if (const auto set = writer_.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"); !set) return set;

  auto reader = Sqlite::open(path_, SQLITE_OPEN_READWRITE);
  if (!reader) return std::unexpected(reader.error());
  reader_ = std::move(*reader);
  struct {
    Sqlite& connection;
    Statement& statement;
    const char* sql;
  } const statements[] = {
      {writer_, insert_, "INSERT INTO entry (number, time, kind, body, hash) VALUES (?, ?, ?, ?, ?)"},
      {writer_, set_head_, "UPDATE head SET size = ?, hash = ? WHERE one = 1"},
      {writer_, insert_label_, "INSERT INTO label (name, value, hash) VALUES (?, ?, ?)"},
      {reader_, range_, format::select_entries},
      {reader_, hash_, "SELECT hash FROM entry WHERE number = ?"},
      {reader_, label_, "SELECT value FROM label WHERE name = ?"},
  };
  for (const auto& [connection, statement, sql] : statements) {
    auto prepared = connection.prepare(sql);
    if (!prepared) return std::unexpected(prepared.error());
    statement = std::move(*prepared);
  }
  return load_head();
}

/// The tables of a new file, all or none: a process killed here leaves an empty file, which is made again.
Done SqliteLedger::make() {
  std::string sql = "BEGIN IMMEDIATE;";
  for (const auto& part : format::parts) sql += fmt::format("{};", part.sql);
  sql += fmt::format("INSERT INTO head (one, size, hash) VALUES (1, 0, zeroblob({}));", Hash{}.size());
  sql += fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}; COMMIT", format::application_id,
                     format::version);
  if (const auto made = writer_.run(sql.c_str()); !made) return std::unexpected(undone(made.error()));
  return sync_folder(std::filesystem::path(path_).parent_path().string());
}

Done SqliteLedger::check_kind_of_file() {
  const auto id = writer_.whole("PRAGMA application_id");
  if (!id) return std::unexpected(id.error());
  if (*id != format::application_id)
    return fail(path_, "is a database, but no record of Varne; give another file");
  const auto version = writer_.whole("PRAGMA user_version");
  if (!version) return std::unexpected(version.error());
  if (*version != format::version)
    return fail(path_, fmt::format("is a record of format {}, this Varne knows format {}; use a newer Varne",
                                   *version, format::version));
  return {};
}

/// Where the file says that it stands, checked against its last entry.
Done SqliteLedger::load_head() {
  auto select = writer_.prepare(
      "SELECT size, head.hash, ifnull(number, 0), ifnull(entry.hash, zeroblob(32)) "
      "FROM head LEFT JOIN entry ON number = (SELECT max(number) FROM entry)");
  if (!select) return std::unexpected(select.error());
  const int code = select->step();
  if (code != SQLITE_ROW && code != SQLITE_DONE) return std::unexpected(writer_.error());
  if (code == SQLITE_DONE || select->whole(0) != select->whole(2) || select->bytes(1) != select->bytes(3))
    return fail(path_, "its end is not where it was left; `varne verify` says what is missing");
  const auto hash = hash_from(select->bytes(1), path_);
  if (!hash) return std::unexpected(hash.error());
  set_head({static_cast<std::uint64_t>(select->whole(0)), *hash});
  return {};
}

Done SqliteLedger::append(std::span<const Entry> entries) {
  const std::lock_guard guard(write_mutex_);
  LedgerHead after = head();
  for (std::uint64_t expected = after.size + 1; const Entry& entry : entries) {
    const auto where = fmt::format("entry {}", entry.number);
    if (entry.number != expected)
      return fail(where, fmt::format("does not follow on the record, whose next is {}", expected));
    if (const auto fit = check_entry(entry); !fit) return fail(fit.error().in(where));
    ++expected;
  }
  if (entries.empty()) return {};
  if (const auto added = add(entries, after); !added) {
    Error why = undone(added.error());
    // Whether a commit that failed has happened after all, only the file can say.
    if (const auto loaded = load_head(); !loaded) return loaded;
    if (head().size != after.size) return fail(std::move(why));
  }
  set_head(after);
  return {};
}

/// One transaction; `head` moves along.
Done SqliteLedger::add(std::span<const Entry> entries, LedgerHead& head) {
  if (const auto begun = writer_.run("BEGIN IMMEDIATE"); !begun) return begun;
  for (const Entry& entry : entries) {
    head = {entry.number, sha256(head.hash, entry_line(entry))};
    insert_.bind(1, static_cast<std::int64_t>(entry.number)).bind(2, millis(entry.time));
    insert_.bind(3, entry.kind).bind(4, entry.body).bind_blob(5, view(head.hash));
    if (insert_.step() != SQLITE_DONE) return std::unexpected(writer_.error());
  }
  set_head_.bind(1, static_cast<std::int64_t>(head.size)).bind_blob(2, view(head.hash));
  if (set_head_.step() != SQLITE_DONE) return std::unexpected(writer_.error());
  return writer_.run("COMMIT");
}

Error SqliteLedger::undone(Error why) {
  // SQLite rolls back by itself after some errors, and says so by leaving the transaction.
  if (writer_.in_transaction()) static_cast<void>(writer_.run("ROLLBACK"));
  return why;
}

Result<std::vector<Entry>> SqliteLedger::read(std::uint64_t first, std::size_t most) const {
  const std::lock_guard guard(read_mutex_);
  constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  range_.bind(1, static_cast<std::int64_t>(std::min(first, largest)));
  range_.bind(2, static_cast<std::int64_t>(std::min<std::uint64_t>(most, largest)));
  std::vector<Entry> entries;
  int code = 0;
  while ((code = range_.step()) == SQLITE_ROW) {
    entries.push_back({static_cast<std::uint64_t>(range_.whole(0)), time_from_millis(range_.whole(1)),
                       std::string(range_.bytes(2)), std::string(range_.bytes(3))});
  }
  if (code != SQLITE_DONE) return std::unexpected(reader_.error());
  return entries;
}

Result<Hash> SqliteLedger::hash_at(std::uint64_t number) const {
  if (number == 0) return Hash{};
  const std::lock_guard guard(read_mutex_);
  const int code = hash_.bind(1, static_cast<std::int64_t>(number)).step();
  if (code == SQLITE_DONE)
    return fail(fmt::format("entry {}", number), fmt::format("is not in the record {}", path_));
  if (code != SQLITE_ROW) return std::unexpected(reader_.error());
  auto hash = hash_from(hash_.bytes(0), path_);
  hash_.reset();
  return hash;
}

Done SqliteLedger::label(const std::string& name, const std::string& value) {
  const auto before = label(name);
  if (!before) return std::unexpected(before.error());
  if (*before == value && !value.empty()) return {};
  if (name.empty() || value.empty()) return fail(path_, "a label needs a name and a value");
  if (!is_utf8(name) || !is_utf8(value)) return fail(path_, "a label must be UTF-8 text");
  if (!before->empty())
    return fail(path_, fmt::format("says {} \"{}\", which is not \"{}\"; give another file", name,
                                   shown(*before), shown(value)));
  const std::lock_guard guard(write_mutex_);
  const Hash hash = format::label_hash(name, value);
  insert_label_.bind(1, name).bind(2, value).bind_blob(3, view(hash));
  if (insert_label_.step() != SQLITE_DONE) return std::unexpected(writer_.error());
  return {};
}

Result<std::string> SqliteLedger::label(const std::string& name) const {
  const std::lock_guard guard(read_mutex_);
  const int code = label_.bind(1, name).step();
  if (code == SQLITE_DONE) return std::string();
  if (code != SQLITE_ROW) return std::unexpected(reader_.error());
  std::string value(label_.bytes(0));
  label_.reset();
  return value;
}

}  // namespace

Result<std::unique_ptr<Ledger>> open_sqlite_ledger(const std::string& path) {
  return SqliteLedger::open(path);
}

}  // namespace varne
