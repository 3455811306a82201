#include "varne/record/postgres_session.h"

#include <fmt/format.h>

#include "varne/record/ledger.h"
#include "varne/record/merkle.h"
#include "varne/record/sqlite_rows.h"
#include "varne/record/store.h"

namespace varne {
namespace {

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

/// Whose turn it is, and the journal and checkpoints of a desk that keeps them here. A record of before has
/// none of these.
constexpr const char* make_desk_tables = R"(
CREATE TABLE varne.writer (one integer PRIMARY KEY CHECK (one = 1), turn bigint NOT NULL,
  alive timestamptz NOT NULL);
CREATE TABLE varne.journal (hour text COLLATE "C" NOT NULL, part integer NOT NULL, at bigint NOT NULL, frame bytea NOT NULL,
  PRIMARY KEY (hour, part, at));
CREATE INDEX segment ON varne.journal (hour, part) WHERE at = 0;
CREATE TABLE varne.checkpoint (number bigint PRIMARY KEY, bytes bytea NOT NULL);
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON varne.journal FOR EACH ROW EXECUTE FUNCTION varne.stays();
)";

}  // namespace

Error postgres_error(const std::exception& wrong, const std::string& url) {
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

Done PostgresTurn::taken_over() {
  lost_ = true;
  return fail(shown_record(url_),
              "another desk has taken over this record, so nothing more is written here; look there");
}

Done PostgresTurn::connect() {
  if (lost_) return taken_over();
  if (connection_) return {};
  try {
    connection_ = std::make_unique<pqxx::connection>(url_);
    holder_ = connection_->backendpid();
    auto good = take_lock();
    if (good) good = make_or_check();
    if (good) good = take_turn();
    if (!good) connection_.reset();
    return good;
  } catch (const std::exception& wrong) {
    connection_.reset();
    return std::unexpected(postgres_error(wrong, url_));
  }
}

Done PostgresTurn::take_lock() {
  const auto name = shown_record(url_);
  pqxx::nontransaction database(*connection_);
  if (database.exec1("SHOW fsync")[0].as<std::string>() != "on")
    return fail(name, "its server runs with fsync off, so nothing in it is durable; set fsync = on");
  // A writer that was cut off learns first whether another went on; waiting for that one's lock is no use.
  if (turn_ > 0 && !is_mine(database)) return taken_over();
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

Done PostgresTurn::make_or_check() {
  const auto name = shown_record(url_);
  pqxx::work database(*connection_);
  const auto lacks = [&](const char* table) {
    return !database.exec1(fmt::format("SELECT to_regclass('{}') IS NOT NULL", table))[0].as<bool>();
  };
  if (lacks("varne.format")) {
    database.exec0(make_schema);
    database.exec_params0("INSERT INTO varne.format VALUES ($1)", format_version);
    database.exec_params0("INSERT INTO varne.head VALUES (1, 0, $1::bytea)",
                          written_bytea(view(MerkleTree().root())));
  }
  const int version = database.exec1("SELECT version FROM varne.format")[0].as<int>();
  if (version != format_version)
    return fail(name, fmt::format("is a record of format {}, this Varne writes format {}; use the Varne that "
                                  "wrote it, or give another database",
                                  version, format_version));
  if (lacks("varne.writer")) {
    database.exec0(make_desk_tables);
    database.exec0("INSERT INTO varne.writer VALUES (1, 0, clock_timestamp())");
  }
  database.commit();
  return {};
}

bool PostgresTurn::is_mine(pqxx::transaction_base& database) const {
  return database.exec1("SELECT turn FROM varne.writer")[0].as<std::int64_t>() == turn_;
}

Done PostgresTurn::take_turn() {
  pqxx::work database(*connection_);
  if (turn_ == 0)
    turn_ = database
                .exec1(
                    "UPDATE varne.writer SET turn = turn + 1, alive = clock_timestamp() "
                    "WHERE one = 1 RETURNING turn")[0]
                .as<std::int64_t>();
  else if (!is_mine(database))
    return taken_over();
  database.commit();
  return {};
}

/// Holds the row of the turn until the commit: whoever wants the next one waits for it.
Done PostgresTurn::begin(pqxx::work& transaction) {
  // libpqxx makes a broken connection anew in silence, and the new one would not have the lock.
  if (connection_->backendpid() != holder_) throw pqxx::broken_connection("the connection was lost");
  const auto mine = transaction.exec(
      fmt::format("SET LOCAL synchronous_commit = on; "
                  "UPDATE varne.writer SET alive = clock_timestamp() WHERE one = 1 AND turn = {}",
                  turn_));
  return mine.affected_rows() == 1 ? Done{} : taken_over();
}

std::string written_bytea(std::string_view bytes) {
  return "\\x" + hex(bytes);
}

std::string bytes_of(const pqxx::field& field) {
  return pqxx::binarystring(field).str();
}

std::uint64_t count_of(const pqxx::field& field) {
  return static_cast<std::uint64_t>(field.as<std::int64_t>());
}

Result<bool> turn_is_free(const std::string& url, std::chrono::milliseconds silent) {
  const PostgresAsker asker(url, false);
  return asker.ask([&](auto& database) {
    const auto found = database.exec_params(
        "SELECT holder.pid, holder.pid IS NULL OR clock_timestamp() - writer.alive > $1 * interval '1 ms' "
        "FROM varne.writer LEFT JOIN pg_locks AS holder ON holder.locktype = 'advisory' AND holder.granted "
        "AND holder.objid = $2 AND holder.database = (SELECT oid FROM pg_database WHERE datname = "
        "current_database())",
        silent.count(), writer_lock);
    if (found.empty() || !found[0][1].template as<bool>()) return false;
    // Its connection is ended for it, which gives the lock back; should it wake up, its turn is over.
    if (!found[0][0].is_null())
      database.exec_params("SELECT pg_terminate_backend($1)", found[0][0].template as<int>());
    return true;
  });
}

}  // namespace varne
