#include <fcntl.h>
#include <fmt/format.h>

#include <filesystem>
#include <limits>
#include <mutex>

#include "varne/record/disk.h"
#include "varne/record/sqlite.h"
#include "varne/record/sqlite_format.h"
#include "varne/record/sqlite_rows.h"
#include "varne/record/store.h"

namespace varne {
namespace {

namespace format = sqlite_format;
using format::view;

/// A connection of its own, so that a console reads on while the writer waits for the disk.
class SqliteReader : public StoreReader {
 public:
  static Result<std::unique_ptr<StoreReader>> open(const std::string& path, int flags, bool one_moment);

  std::string name() const override { return path_; }
  Result<LedgerHead> head() const override {
    const std::lock_guard guard(mutex_);
    return format::read_head(file_);
  }
  Result<std::uint64_t> last_entry() const override;
  Result<std::vector<Entry>> read(std::uint64_t first, std::size_t most,
                                  std::vector<Hash>* kept) const override;
  Result<Hash> kept(std::uint64_t number) const override;
  Result<std::optional<std::string>> label(const std::string& name) const override;
  Result<std::vector<Label>> labels() const override {
    const std::lock_guard guard(mutex_);
    return format::read_labels(file_);
  }
  Result<std::vector<KeyChange>> keys() const override {
    const std::lock_guard guard(mutex_);
    return format::read_keys(file_);
  }
  Result<std::vector<SignedHead>> heads() const override {
    const std::lock_guard guard(mutex_);
    return format::read_heads(file_, format::select_heads);
  }
  Result<std::optional<SignedHead>> last_head() const override {
    const std::lock_guard guard(mutex_);
    const auto heads = format::read_heads(file_, format::select_last_head);
    if (!heads) return std::unexpected(heads.error());
    return heads->empty() ? std::nullopt : std::optional(heads->front());
  }

 private:
  explicit SqliteReader(std::string path) : path_(std::move(path)) {}

  std::string path_;
  mutable std::mutex mutex_;
  Sqlite file_;
  mutable Statement range_;
  mutable Statement kept_;
  mutable Statement label_;
};

Result<std::unique_ptr<StoreReader>> SqliteReader::open(const std::string& path, int flags, bool one_moment) {
  auto file = Sqlite::open(path, flags);
  if (!file) return std::unexpected(file.error());
  const auto id = file->whole("PRAGMA application_id");
  if (!id) return fail(path, id.error().what);
  if (*id != format::application_id) return fail(path, "is no record of Varne");
  auto reader = std::unique_ptr<SqliteReader>(new SqliteReader(path));
  reader->file_ = std::move(*file);
  struct {
    Statement& statement;
    const char* sql;
  } const statements[] = {
      {reader->range_, format::select_entries},
      {reader->kept_, "SELECT hash FROM entry WHERE number = ?"},
      {reader->label_, "SELECT value FROM label WHERE name = ?"},
  };
  for (const auto& [statement, sql] : statements) {
    auto prepared = reader->file_.prepare(sql);
    if (!prepared) return std::unexpected(prepared.error());
    statement = std::move(*prepared);
  }
  if ((flags & SQLITE_OPEN_READWRITE) != 0) {
    if (const auto set = reader->file_.run(format::log_limit); !set) return std::unexpected(set.error());
  }
  if (one_moment) {
    if (const auto begun = reader->file_.run("BEGIN"); !begun) return std::unexpected(begun.error());
  }
  return reader;
}

Result<std::uint64_t> SqliteReader::last_entry() const {
  const std::lock_guard guard(mutex_);
  const auto last = file_.whole("SELECT max(number) FROM entry");
  if (!last) return std::unexpected(last.error());
  return static_cast<std::uint64_t>(*last);
}

Result<std::vector<Entry>> SqliteReader::read(std::uint64_t first, std::size_t most,
                                              std::vector<Hash>* kept) const {
  const std::lock_guard guard(mutex_);
  constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  range_.bind(1, static_cast<std::int64_t>(std::min(first, largest)));
  range_.bind(2, static_cast<std::int64_t>(std::min<std::uint64_t>(most, largest)));
  std::vector<Entry> entries;
  int code = 0;
  while ((code = range_.step()) == SQLITE_ROW) {
    entries.push_back(format::entry_of(range_));
    if (kept != nullptr) format::take(kept->emplace_back(), range_.bytes(4));
  }
  if (code != SQLITE_DONE) return std::unexpected(file_.error());
  return entries;
}

Result<Hash> SqliteReader::kept(std::uint64_t number) const {
  const std::lock_guard guard(mutex_);
  const int code = kept_.bind(1, static_cast<std::int64_t>(number)).step();
  if (code == SQLITE_DONE)
    return fail(fmt::format("entry {}", number), fmt::format("is not in the record {}", path_));
  if (code != SQLITE_ROW) return std::unexpected(file_.error());
  Hash hash;
  const bool good = format::take(hash, kept_.bytes(0));
  kept_.reset();
  if (!good) return fail(path_, "is damaged; `varne verify` says where");
  return hash;
}

Result<std::optional<std::string>> SqliteReader::label(const std::string& name) const {
  const std::lock_guard guard(mutex_);
  const int code = label_.bind(1, name).step();
  if (code == SQLITE_DONE) return std::nullopt;
  if (code != SQLITE_ROW) return std::unexpected(file_.error());
  std::string value(label_.bytes(0));
  label_.reset();
  return value;
}

class SqliteWriter : public StoreWriter {
 public:
  static Result<std::unique_ptr<StoreWriter>> open(const std::string& path);
  Done add(const Batch& batch) override;

 private:
  SqliteWriter(std::string path, FileLock lock) : path_(std::move(path)), lock_(std::move(lock)) {}
  Done start();
  Done make();
  Done check_kind_of_file();
  Done add_rows(const Batch& batch);
  Done step(Statement& statement);
  Error undone(Error why);

  std::string path_;
  FileLock lock_;
  Sqlite file_;
  Statement insert_;
  Statement set_head_;
  Statement insert_label_;
  Statement insert_signed_;
  Statement insert_key_;
};

Result<std::unique_ptr<StoreWriter>> SqliteWriter::open(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return fail(path, "is a folder, not a file");
  auto lock = FileLock::take(path + ".lock", path);
  if (!lock) return std::unexpected(lock.error());
  auto writer = std::unique_ptr<SqliteWriter>(new SqliteWriter(path, std::move(*lock)));
  if (const auto started = writer->start(); !started) return std::unexpected(started.error());
  return writer;
}

Done SqliteWriter::start() {
  // Made by us, for SQLite makes files that all may read; those beside it get the modes of this one.
  if (const auto made = File::open(path_, O_RDWR | O_CREAT); !made) return std::unexpected(made.error());
  auto file = Sqlite::open(path_, SQLITE_OPEN_READWRITE);
  if (!file) return std::unexpected(file.error());
  file_ = std::move(*file);
  const auto pages = file_.whole("PRAGMA page_count");
  if (!pages) return std::unexpected(pages.error());
  if (const auto ready = *pages == 0 ? make() : check_kind_of_file(); !ready) return ready;
  // FULL in WAL mode: the log is synced at every commit, which is what makes an append durable.
  if (const auto set = file_.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"); !set) return set;
  if (const auto set = file_.run(format::log_limit); !set) return set;
  struct {
    Statement& statement;
    const char* sql;
  } const statements[] = {
      {insert_, "INSERT INTO entry (number, time, kind, body, hash) VALUES (?, ?, ?, ?, ?)"},
      {set_head_, "UPDATE head SET size = ?, hash = ? WHERE one = 1"},
      {insert_label_, "INSERT INTO label (number, name, value, hash) VALUES (?, ?, ?, ?)"},
      {insert_signed_,
       "INSERT INTO signed (number, size, root, labels, labels_root, time, key, signature) "
       "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"},
      {insert_key_, "INSERT INTO key (number, heads, time, key, by, signature) VALUES (?, ?, ?, ?, ?, ?)"},
  };
  for (const auto& [statement, sql] : statements) {
    auto prepared = file_.prepare(sql);
    if (!prepared) return std::unexpected(prepared.error());
    statement = std::move(*prepared);
  }
  return {};
}

/// The tables of a new file, all or none: a process killed here leaves an empty file, which is made again.
Done SqliteWriter::make() {
  std::string sql = "BEGIN IMMEDIATE;";
  for (const auto& part : format::parts) sql += fmt::format("{};", part.sql);
  sql += fmt::format("INSERT INTO head (one, size, hash) VALUES (1, 0, x'{}');", hex(MerkleTree().root()));
  sql += fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}; COMMIT", format::application_id,
                     format::version);
  if (const auto made = file_.run(sql.c_str()); !made) return std::unexpected(undone(made.error()));
  return sync_folder(std::filesystem::path(path_).parent_path().string());
}

Done SqliteWriter::check_kind_of_file() {
  const auto id = file_.whole("PRAGMA application_id");
  if (!id) return std::unexpected(id.error());
  if (*id != format::application_id)
    return fail(path_, "is a database, but no record of Varne; give another file");
  const auto version = file_.whole("PRAGMA user_version");
  if (!version) return std::unexpected(version.error());
  if (*version != format::version)
    return fail(path_,
                fmt::format("is a record of format {}, this Varne writes format {}; use {} Varne, or "
                            "give another file",
                            *version, format::version, *version > format::version ? "a newer" : "the older"));
  return {};
}

Done SqliteWriter::add(const Batch& batch) {
  if (const auto begun = file_.run("BEGIN IMMEDIATE"); !begun) return std::unexpected(undone(begun.error()));
  if (const auto added = add_rows(batch); !added) return std::unexpected(undone(added.error()));
  if (const auto done = file_.run("COMMIT"); !done) return std::unexpected(undone(done.error()));
  return {};
}

Done SqliteWriter::step(Statement& statement) {
  if (statement.step() != SQLITE_DONE) return std::unexpected(file_.error());
  return {};
}

Done SqliteWriter::add_rows(const Batch& batch) {
  const auto whole = [](std::uint64_t number) { return static_cast<std::int64_t>(number); };
  for (std::size_t i = 0; i < batch.entries.size(); ++i) {
    const Entry& entry = batch.entries[i];
    insert_.bind(1, whole(entry.number)).bind(2, millis(entry.time));
    insert_.bind(3, entry.kind).bind(4, entry.body).bind_blob(5, view(batch.kept[i]));
    if (auto done = step(insert_); !done) return done;
  }
  if (!batch.entries.empty()) {
    set_head_.bind(1, whole(batch.after.size)).bind_blob(2, view(batch.after.hash));
    if (auto done = step(set_head_); !done) return done;
  }
  if (const Label* label = batch.label) {
    insert_label_.bind(1, whole(label->number)).bind(2, label->name).bind(3, label->value);
    if (auto done = step(insert_label_.bind_blob(4, view(label->hash))); !done) return done;
  }
  if (const SignedHead* head = batch.head) {
    insert_signed_.bind(1, whole(head->number)).bind(2, whole(head->size)).bind_blob(3, view(head->root));
    insert_signed_.bind(4, whole(head->labels)).bind_blob(5, view(head->labels_root));
    insert_signed_.bind(6, millis(head->time)).bind_blob(7, view(head->key));
    if (auto done = step(insert_signed_.bind_blob(8, view(head->signature))); !done) return done;
  }
  if (const KeyChange* key = batch.key) {
    insert_key_.bind(1, whole(key->number)).bind(2, whole(key->heads)).bind(3, millis(key->time));
    insert_key_.bind_blob(4, view(key->key)).bind_blob(5, view(key->by));
    if (auto done = step(insert_key_.bind_blob(6, view(key->signature))); !done) return done;
  }
  return {};
}

Error SqliteWriter::undone(Error why) {
  // SQLite rolls back by itself after some errors, and says so by leaving the transaction.
  if (file_.in_transaction()) static_cast<void>(file_.run("ROLLBACK"));
  return why;
}

}  // namespace

Result<Store> open_sqlite_store(const std::string& path) {
  auto writer = SqliteWriter::open(path);
  if (!writer) return std::unexpected(writer.error());
  auto reader = SqliteReader::open(path, SQLITE_OPEN_READWRITE, false);
  if (!reader) return std::unexpected(reader.error());
  return Store{std::move(*reader), std::move(*writer)};
}

Result<std::unique_ptr<StoreReader>> read_sqlite_store(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return fail(path, "there is no such file");
  return SqliteReader::open(path, SQLITE_OPEN_READONLY, true);
}

}  // namespace varne
