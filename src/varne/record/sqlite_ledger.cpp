#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "varne/record/ledger.h"
#include "varne/record/ledger_file.h"

namespace varne {
namespace {

/// Held for as long as the ledger is open; the kernel lets go of it when the process ends, however it ends.
class WriterLock {
 public:
  static Result<WriterLock> take(const std::string& path) {
    WriterLock lock;
    lock.file_ = ::open((path + "-writer").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (lock.file_ < 0)
      return fail(path, "cannot be opened for writing; does its folder exist, and may you write there?");
    if (flock(lock.file_, LOCK_EX | LOCK_NB) != 0)
      return fail(path, "is in use by another Varne; close that one first, or choose another record");
    return lock;
  }
  WriterLock(WriterLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  WriterLock& operator=(WriterLock&&) = delete;
  ~WriterLock() {
    if (file_ >= 0) ::close(file_);
  }

 private:
  WriterLock() = default;
  int file_ = -1;
};

constexpr const char* schema = R"(
CREATE TABLE entry (number INTEGER PRIMARY KEY, time INTEGER NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL,
                    hash BLOB NOT NULL) STRICT;
CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
CREATE TABLE label (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO head VALUES (1, 0, zeroblob(32));
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;
CREATE TRIGGER entry_is_kept BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END;
)";

/// Makes an empty file a ledger, or checks that it is one.
Done prepare(sqlite3* db, const std::string& path) {
  const auto wal =
      sqlite::run(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA trusted_schema=OFF;", path);
  if (!wal) return wal;
  const auto identity = ledger_identity(db, path);
  if (!identity) return std::unexpected(identity.error());
  if (identity->empty) {
    const auto sql =
        fmt::format("BEGIN IMMEDIATE; {} PRAGMA application_id={}; PRAGMA user_version={}; COMMIT;", schema,
                    ledger_application, ledger_version);
    return sqlite::run(db, sql.c_str(), path);
  }
  return check_identity(*identity, path);
}

class SqliteLedger final : public Ledger {
 public:
  SqliteLedger(std::string path, WriterLock lock, sqlite::Db db)
      : path_(std::move(path)), lock_(std::move(lock)), db_(std::move(db)) {}

  Done start() {
    if (auto done = prepare(db_.get(), path_); !done) return done;
    auto head = sqlite::Statement::prepare(db_.get(), "SELECT size, hash FROM head", path_);
    if (!head) return std::unexpected(head.error());
    const auto row = head->step();
    if (!row) return std::unexpected(row.error());
    const auto hash = *row ? head->bytes(1) : std::span<const std::uint8_t>{};
    if (hash.size() != 32) return fail(path_, "its head is damaged; see what `varne verify` says");
    head_.size = static_cast<std::uint64_t>(head->whole(0));
    std::copy(hash.begin(), hash.end(), head_.hash.begin());
    auto insert =
        sqlite::Statement::prepare(db_.get(), "INSERT INTO entry VALUES (?1, ?2, ?3, ?4, ?5)", path_);
    if (!insert) return std::unexpected(insert.error());
    insert_.emplace(std::move(*insert));
    auto move = sqlite::Statement::prepare(db_.get(), "UPDATE head SET size = ?1, hash = ?2", path_);
    if (!move) return std::unexpected(move.error());
    move_head_.emplace(std::move(*move));
    return {};
  }

  Done append(std::span<const Entry> entries) override {
    if (entries.empty()) return {};
    if (auto begun = sqlite::run(db_.get(), "BEGIN IMMEDIATE", path_); !begun) return begun;
    LedgerHead next = head_;
    auto done = insert(entries, next);
    if (done) done = sqlite::run(db_.get(), "COMMIT", path_);
    if (!done) {
      sqlite3_exec(db_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
      return done;
    }
    head_ = next;
    return {};
  }

  [[nodiscard]] LedgerHead head() const override { return head_; }

  [[nodiscard]] Result<std::vector<Entry>> read(std::uint64_t first, std::size_t most) const override {
    auto rows = sqlite::Statement::prepare(
        db_.get(), "SELECT number, time, kind, body FROM entry WHERE number >= ?1 ORDER BY number LIMIT ?2",
        path_);
    if (!rows) return std::unexpected(rows.error());
    rows->bind(1, static_cast<std::int64_t>(first)).bind(2, static_cast<std::int64_t>(most));
    std::vector<Entry> out;
    while (true) {
      const auto row = rows->step();
      if (!row) return std::unexpected(row.error());
      if (!*row) return out;
      out.push_back({static_cast<std::uint64_t>(rows->whole(0)), time_from_millis(rows->whole(1)),
                     std::string(rows->text(2)), std::string(rows->text(3))});
    }
  }

  [[nodiscard]] Result<Hash> hash_at(std::uint64_t number) const override {
    Hash hash{};
    if (number == 0) return hash;
    auto row = sqlite::Statement::prepare(db_.get(), "SELECT hash FROM entry WHERE number = ?1", path_);
    if (!row) return std::unexpected(row.error());
    row->bind(1, static_cast<std::int64_t>(number));
    const auto there = row->step();
    if (!there) return std::unexpected(there.error());
    if (!*there || row->bytes(0).size() != 32) return fail(path_, fmt::format("has no entry {}", number));
    std::copy_n(row->bytes(0).begin(), 32, hash.begin());
    return hash;
  }

  Done label(const std::string& name, const std::string& value) override {
    const auto before = label(name);
    if (!before) return std::unexpected(before.error());
    if (*before == value) return {};
    if (!before->empty())
      return fail(path_, fmt::format("belongs to {} \"{}\", not \"{}\"; give it a record of its own", name,
                                     *before, value));
    auto set = sqlite::Statement::prepare(db_.get(), "INSERT INTO label VALUES (?1, ?2)", path_);
    if (!set) return std::unexpected(set.error());
    set->bind(1, name).bind(2, value);
    const auto done = set->step();
    return done ? Done{} : std::unexpected(done.error());
  }

  [[nodiscard]] Result<std::string> label(const std::string& name) const override {
    auto row = sqlite::Statement::prepare(db_.get(), "SELECT value FROM label WHERE name = ?1", path_);
    if (!row) return std::unexpected(row.error());
    row->bind(1, name);
    const auto there = row->step();
    if (!there) return std::unexpected(there.error());
    return *there ? std::string(row->text(0)) : std::string();
  }

 private:
  Done insert(std::span<const Entry> entries, LedgerHead& next) {
    for (const Entry& entry : entries) {
      if (entry.number != next.size + 1)
        return fail(path_, fmt::format("entry {} does not follow on entry {}", entry.number, next.size));
      next.hash = sha256(next.hash, entry_line(entry));
      next.size = entry.number;
      insert_->bind(1, static_cast<std::int64_t>(entry.number)).bind(2, millis(entry.time));
      insert_->bind(3, entry.kind).bind(4, entry.body).bind(5, next.hash);
      const auto done = insert_->step();
      if (!done) return std::unexpected(done.error());
      insert_->reset();
    }
    move_head_->bind(1, static_cast<std::int64_t>(next.size)).bind(2, next.hash);
    const auto done = move_head_->step();
    if (!done) return std::unexpected(done.error());
    move_head_->reset();
    return {};
  }

  std::string path_;
  WriterLock lock_;
  sqlite::Db db_;  // closed before the lock goes
  std::optional<sqlite::Statement> insert_;
  std::optional<sqlite::Statement> move_head_;
  LedgerHead head_;
};

}  // namespace

Result<std::unique_ptr<Ledger>> open_sqlite_ledger(const std::string& path) {
  auto lock = WriterLock::take(path);
  if (!lock) return std::unexpected(lock.error());
  auto db = sqlite::open(path, false);
  if (!db) return std::unexpected(db.error());
  auto ledger = std::make_unique<SqliteLedger>(path, std::move(*lock), std::move(*db));
  if (auto done = ledger->start(); !done) return std::unexpected(done.error());
  return ledger;
}

}  // namespace varne
