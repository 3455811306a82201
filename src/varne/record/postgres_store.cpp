#include <fmt/format.h>

#include <mutex>
#include <pqxx/pqxx>

#include "varne/record/record_check.h"
#include "varne/record/sqlite_rows.h"
#include "varne/record/store.h"

namespace varne {
namespace {

using sqlite_format::take;
using sqlite_format::view;

constexpr int format_version = 2;  // as the SQLite format's: the same fields, the same hashes
/// Advisory lock of the one writer, within its database: "VARN".
constexpr int writer_lock = 0x5641524E;

/// Everything in a schema of its own. The triggers keep a slip with a database tool from altering the record;
/// what a person with the rights to drop them does, the tree and the signatures show.
constexpr const char* make_schema = R"(
CREATE SCHEMA varne;
CREATE TABLE varne.format (version integer NOT NULL);
CREATE TABLE varne.entry (number bigint PRIMARY KEY, time bigint NOT NULL, kind text NOT NULL,
  body text NOT NULL, hash bytea NOT NULL);
CREATE TABLE varne.head (one integer PRIMARY KEY CHECK (one = 1), size bigint NOT NULL, hash bytea NOT NULL);
CREATE TABLE varne.signed (number bigint PRIMARY KEY, size bigint NOT NULL, root bytea NOT NULL,
  labels bigint NOT NULL, labels_root bytea NOT NULL, time bigint NOT NULL, key bytea NOT NULL,
  signature bytea NOT NULL);
CREATE TABLE varne.key (number bigint PRIMARY KEY, heads bigint NOT NULL, time bigint NOT NULL,
  key bytea NOT NULL, by bytea NOT NULL, signature bytea NOT NULL);
CREATE TABLE varne.label (number bigint PRIMARY KEY, name text UNIQUE NOT NULL, value text NOT NULL,
  hash bytea NOT NULL);
CREATE FUNCTION varne.stays() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'what the record holds is never changed or removed'; END $$;
CREATE FUNCTION varne.grows() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN IF NEW.size <= OLD.size THEN RAISE EXCEPTION 'the head only ever grows'; END IF;
     RETURN NEW; END $$;
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON varne.entry FOR EACH ROW EXECUTE FUNCTION varne.stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON varne.signed FOR EACH ROW EXECUTE FUNCTION varne.stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON varne.key FOR EACH ROW EXECUTE FUNCTION varne.stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON varne.label FOR EACH ROW EXECUTE FUNCTION varne.stays();
CREATE TRIGGER stays BEFORE DELETE ON varne.head FOR EACH ROW EXECUTE FUNCTION varne.stays();
CREATE TRIGGER grows BEFORE UPDATE ON varne.head FOR EACH ROW EXECUTE FUNCTION varne.grows();
)";

Error error_of(const std::exception& wrong, const std::string& url) {
  const std::string name = shown_record(url);
  if (const auto* refused = dynamic_cast<const pqxx::sql_error*>(&wrong)) {
    if (refused->sqlstate() == "53100")
      return {name, "the disk is full: nothing of this was taken, what was accepted before stays; make room"};
    if (refused->sqlstate() == "42P01" || refused->sqlstate() == "3F000")
      return {name, "holds no record of Varne; give another database"};
  }
  std::string what = without_secrets(wrong.what(), url);
  what = what.substr(0, what.find('\n'));
  return {name, fmt::format("the database refuses: {}", what)};
}

Hash hash_of(const pqxx::field& field) {
  const pqxx::binarystring bytes(field);
  Hash hash;
  take(hash, bytes.str());
  return hash;
}

template <std::size_t N>
std::array<std::uint8_t, N> bytes_of(const pqxx::field& field) {
  const pqxx::binarystring bytes(field);
  std::array<std::uint8_t, N> out;
  take(out, bytes.str());
  return out;
}

template <std::size_t N>
std::string written(const std::array<std::uint8_t, N>& bytes) {
  return "\\x" + hex(view(bytes));  // how PostgreSQL reads a bytea
}

std::uint64_t count(const pqxx::field& field) {
  return static_cast<std::uint64_t>(field.as<std::int64_t>());
}

constexpr const char* select_heads =
    "SELECT number, size, root, labels, labels_root, time, key, signature FROM varne.signed ORDER BY number";

std::vector<SignedHead> heads_of(const pqxx::result& rows) {
  std::vector<SignedHead> out;
  for (const auto& row : rows)
    out.push_back({count(row[0]), count(row[1]), hash_of(row[2]), count(row[3]), hash_of(row[4]),
                   time_from_millis(row[5].as<std::int64_t>()), bytes_of<32>(row[6]), bytes_of<64>(row[7])});
  return out;
}

/// A connection of its own, so that a console reads on while the writer waits for the disk.
class PostgresReader : public StoreReader {
 public:
  /// @param one_moment  all that is read is of one moment
  PostgresReader(std::string url, bool one_moment) : url_(std::move(url)), one_moment_(one_moment) {}

  std::string name() const override { return shown_record(url_); }
  Result<LedgerHead> head() const override;
  Result<std::uint64_t> last_entry() const override {
    return ask([](auto& database) {
      return count(database.exec1("SELECT coalesce(max(number), 0) FROM varne.entry")[0]);
    });
  }
  Result<std::uint64_t> strays() const {
    return ask([](auto& database) {
      return count(database.exec1("SELECT count(*) FROM varne.entry WHERE number < 1")[0]);
    });
  }
  Result<std::vector<Entry>> read(std::uint64_t first, std::size_t most,
                                  std::vector<Hash>* kept) const override;
  Result<Hash> kept(std::uint64_t number) const override;
  Result<std::optional<std::string>> label(const std::string& name) const override;
  Result<std::vector<Label>> labels() const override;
  Result<std::vector<KeyChange>> keys() const override;
  Result<std::vector<SignedHead>> heads() const override {
    return ask([](auto& database) { return heads_of(database.exec(select_heads)); });
  }
  Result<std::optional<SignedHead>> last_head() const override {
    return ask([](auto& database) {
      const auto heads = heads_of(database.exec(std::string(select_heads) + " DESC LIMIT 1"));
      return heads.empty() ? std::nullopt : std::optional(heads.front());
    });
  }

 private:
  using OneMoment = pqxx::transaction<pqxx::repeatable_read, pqxx::read_only>;

  /// Asks the database; a connection that broke is made anew with the next question.
  template <class Question>
  auto ask(const Question& question) const
      -> Result<std::invoke_result_t<Question, pqxx::transaction_base&>> {
    const std::lock_guard guard(mutex_);
    try {
      if (!connection_) {
        connection_ = std::make_unique<pqxx::connection>(url_);
        if (one_moment_) {
          asking_ = std::make_unique<OneMoment>(*connection_);
        } else {
          asking_ = std::make_unique<pqxx::nontransaction>(*connection_);
        }
      }
      return question(*asking_);
    } catch (const std::exception& wrong) {
      asking_.reset();
      connection_.reset();
      return std::unexpected(error_of(wrong, url_));
    }
  }

  std::string url_;
  bool one_moment_;
  mutable std::mutex mutex_;
  mutable std::unique_ptr<pqxx::connection> connection_;
  mutable std::unique_ptr<pqxx::transaction_base> asking_;
};

Result<LedgerHead> PostgresReader::head() const {
  const auto rows =
      ask([](auto& database) { return database.exec("SELECT size, hash FROM varne.head WHERE one = 1"); });
  if (!rows) return std::unexpected(rows.error());
  if (rows->empty()) return fail("head", "is missing");
  return LedgerHead{count((*rows)[0][0]), hash_of((*rows)[0][1])};
}

Result<std::vector<Entry>> PostgresReader::read(std::uint64_t first, std::size_t most,
                                                std::vector<Hash>* kept) const {
  return ask([&](auto& database) {
    const auto rows = database.exec_params(
        "SELECT number, time, kind, body, hash FROM varne.entry WHERE number >= $1 ORDER BY number LIMIT $2",
        static_cast<std::int64_t>(first), static_cast<std::int64_t>(most));
    std::vector<Entry> out;
    for (const auto& row : rows) {
      out.push_back({count(row[0]), time_from_millis(row[1].template as<std::int64_t>()),
                     std::string(row[2].c_str(), row[2].size()), std::string(row[3].c_str(), row[3].size())});
      if (kept != nullptr) kept->push_back(hash_of(row[4]));
    }
    return out;
  });
}

Result<Hash> PostgresReader::kept(std::uint64_t number) const {
  const auto rows = ask([&](auto& database) {
    return database.exec_params("SELECT hash FROM varne.entry WHERE number = $1",
                                static_cast<std::int64_t>(number));
  });
  if (!rows) return std::unexpected(rows.error());
  if (rows->empty())
    return fail(fmt::format("entry {}", number), fmt::format("is not in the record {}", name()));
  return hash_of((*rows)[0][0]);
}

Result<std::optional<std::string>> PostgresReader::label(const std::string& name) const {
  return ask([&](auto& database) {
    const auto rows = database.exec_params("SELECT value FROM varne.label WHERE name = $1", name);
    return rows.empty() ? std::nullopt : std::optional(rows[0][0].template as<std::string>());
  });
}

Result<std::vector<Label>> PostgresReader::labels() const {
  return ask([](auto& database) {
    std::vector<Label> out;
    for (const auto& row : database.exec("SELECT number, name, value, hash FROM varne.label ORDER BY number"))
      out.push_back({count(row[0]), row[1].template as<std::string>(), row[2].template as<std::string>(),
                     hash_of(row[3])});
    return out;
  });
}

Result<std::vector<KeyChange>> PostgresReader::keys() const {
  return ask([](auto& database) {
    std::vector<KeyChange> out;
    for (const auto& row :
         database.exec("SELECT number, heads, time, key, by, signature FROM varne.key ORDER BY number"))
      out.push_back({count(row[0]), count(row[1]), time_from_millis(row[2].template as<std::int64_t>()),
                     bytes_of<32>(row[3]), bytes_of<32>(row[4]), bytes_of<64>(row[5])});
    return out;
  });
}

class PostgresWriter : public StoreWriter {
 public:
  explicit PostgresWriter(std::string url) : url_(std::move(url)) {}

  /// Connects where that is not done, and takes the lock, which the server lets go of when the connection
  /// ends.
  Done ready();
  Done add(const Batch& batch) override;

 private:
  Done take_lock();
  Done make_or_check();

  std::string url_;
  std::unique_ptr<pqxx::connection> connection_;
  int holder_ = 0;  ///< the server's process that has the lock
};

Done PostgresWriter::ready() {
  if (connection_) return {};
  const auto name = shown_record(url_);
  try {
    connection_ = std::make_unique<pqxx::connection>(url_);
    auto good = take_lock();
    holder_ = connection_->backendpid();
    if (good) good = make_or_check();
    if (!good) connection_.reset();
    return good;
  } catch (const std::exception& wrong) {
    connection_.reset();
    return std::unexpected(error_of(wrong, url_));
  }
}

Done PostgresWriter::take_lock() {
  const auto name = shown_record(url_);
  pqxx::nontransaction database(*connection_);
  if (database.exec1("SHOW fsync")[0].as<std::string>() != "on")
    return fail(name, "its server runs with fsync off, so nothing in it is durable; set fsync = on");
  try {
    // A desk that was killed a moment ago may still hold it, until the server has seen that it is gone.
    database.exec0("SET lock_timeout = '2s'");
    database.exec1(fmt::format("SELECT pg_advisory_lock({})", writer_lock));
    database.exec0("SET lock_timeout = 0");
    return {};
  } catch (const pqxx::sql_error& refused) {
    if (refused.sqlstate() != "55P03") throw;  // lock_not_available
  }
  const auto holder =
      database.exec(fmt::format("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND "
                                "objid = {} AND database = (SELECT oid FROM pg_database WHERE datname = "
                                "current_database())",
                                writer_lock));
  return fail(name, fmt::format("is in use by another Varne (the server's process {}); stop that one first, "
                                "or give another database",
                                holder.empty() ? "unknown" : holder[0][0].as<std::string>()));
}

Done PostgresWriter::make_or_check() {
  const auto name = shown_record(url_);
  pqxx::work database(*connection_);
  if (!database.exec1("SELECT to_regclass('varne.format') IS NOT NULL")[0].as<bool>()) {
    database.exec0(make_schema);
    database.exec_params0("INSERT INTO varne.format VALUES ($1)", format_version);
    database.exec_params0("INSERT INTO varne.head VALUES (1, 0, $1::bytea)", written(MerkleTree().root()));
    database.commit();
    return {};
  }
  const int version = database.exec1("SELECT version FROM varne.format")[0].as<int>();
  if (version != format_version)
    return fail(name, fmt::format("is a record of format {}, this Varne writes format {}; use the Varne that "
                                  "wrote it, or give another database",
                                  version, format_version));
  return {};
}

Done PostgresWriter::add(const Batch& batch) {
  if (auto good = ready(); !good) return good;
  const auto whole = [](std::uint64_t number) { return static_cast<std::int64_t>(number); };
  try {
    pqxx::work database(*connection_);
    database.exec0("SET LOCAL synchronous_commit = on");
    // libpqxx makes a broken connection anew in silence, and the new one would not have the lock.
    if (connection_->backendpid() != holder_) throw pqxx::broken_connection("the connection was lost");
    if (!batch.entries.empty()) {
      pqxx::stream_to rows(database, "varne.entry",
                           std::vector<std::string>{"number", "time", "kind", "body", "hash"});
      for (std::size_t i = 0; i < batch.entries.size(); ++i) {
        const Entry& entry = batch.entries[i];
        rows << std::make_tuple(whole(entry.number), millis(entry.time), entry.kind, entry.body,
                                written(batch.kept[i]));
      }
      rows.complete();
      database.exec_params0("UPDATE varne.head SET size = $1, hash = $2::bytea WHERE one = 1",
                            whole(batch.after.size), written(batch.after.hash));
    }
    if (const Label* label = batch.label)
      database.exec_params0("INSERT INTO varne.label VALUES ($1, $2, $3, $4::bytea)", whole(label->number),
                            label->name, label->value, written(label->hash));
    if (const SignedHead* head = batch.head)
      database.exec_params0(
          "INSERT INTO varne.signed VALUES ($1, $2, $3::bytea, $4, $5::bytea, $6, $7::bytea, $8::bytea)",
          whole(head->number), whole(head->size), written(head->root), whole(head->labels),
          written(head->labels_root), millis(head->time), written(head->key), written(head->signature));
    if (const KeyChange* key = batch.key)
      database.exec_params0("INSERT INTO varne.key VALUES ($1, $2, $3, $4::bytea, $5::bytea, $6::bytea)",
                            whole(key->number), whole(key->heads), millis(key->time), written(key->key),
                            written(key->by), written(key->signature));
    database.commit();
    return {};
  } catch (const std::exception& wrong) {
    if (dynamic_cast<const pqxx::broken_connection*>(&wrong) != nullptr || !connection_->is_open())
      connection_.reset();
    return std::unexpected(error_of(wrong, url_));
  }
}

}  // namespace

Result<Store> open_postgres_store(const std::string& url) {
  auto writer = std::make_unique<PostgresWriter>(url);
  if (auto good = writer->ready(); !good) return std::unexpected(good.error());
  return Store{std::make_unique<PostgresReader>(url, false), std::move(writer)};
}

Result<std::unique_ptr<StoreReader>> read_postgres_store(const std::string& url) {
  return std::make_unique<PostgresReader>(url, true);
}

Result<Verification> verify_postgres_store(const std::string& url, const Noted& noted,
                                           const VerifyProgress& progress) {
  constexpr std::size_t page = 8192;
  const PostgresReader store(url, true);
  const auto head = store.head();
  if (!head && head.error().where != "head") return std::unexpected(head.error());
  const auto keys = store.keys();
  if (!keys) return std::unexpected(keys.error());
  const auto heads = store.heads();
  if (!heads) return std::unexpected(heads.error());
  const auto labels = store.labels();
  if (!labels) return std::unexpected(labels.error());
  const auto strays = store.strays();
  if (!strays) return std::unexpected(strays.error());

  RecordCheck check(noted, progress);
  if (!head) check.report("head", "is missing: whether the record was cut off at its end cannot be told");
  if (*strays > 0)
    check.report("entries", "some stand before the first one: something that is not Varne put them there");
  check.begin(head ? std::optional(*head) : std::nullopt, *keys, *heads, *labels);
  while (!check.enough()) {
    std::vector<Hash> kept;
    auto entries = store.read(check.expected(), page, &kept);
    if (!entries) return std::unexpected(entries.error());
    for (std::size_t i = 0; i < entries->size(); ++i) check.take(std::move((*entries)[i]), kept[i]);
    if (entries->size() < page) break;
  }
  check.end();
  return std::move(check).result();
}

}  // namespace varne
