#include <fmt/format.h>

#include "varne/record/postgres_session.h"
#include "varne/record/record_check.h"
#include "varne/record/sqlite_rows.h"
#include "varne/record/store.h"

namespace varne {
namespace {

using sqlite_format::take;
using sqlite_format::view;

template <std::size_t N>
std::array<std::uint8_t, N> array_of(const pqxx::field& field) {
  std::array<std::uint8_t, N> out;
  take(out, bytes_of(field));
  return out;
}

Hash hash_of(const pqxx::field& field) {
  return array_of<std::tuple_size_v<Hash>>(field);
}

template <std::size_t N>
std::string written(const std::array<std::uint8_t, N>& bytes) {
  return written_bytea(view(bytes));
}

constexpr const char* select_heads =
    "SELECT number, size, root, labels, labels_root, time, key, signature FROM varne.signed ORDER BY number";

std::vector<SignedHead> heads_of(const pqxx::result& rows) {
  std::vector<SignedHead> out;
  for (const auto& row : rows)
    out.push_back({count_of(row[0]), count_of(row[1]), hash_of(row[2]), count_of(row[3]), hash_of(row[4]),
                   time_from_millis(row[5].as<std::int64_t>()), array_of<32>(row[6]), array_of<64>(row[7])});
  return out;
}

class PostgresReader : public StoreReader, private PostgresAsker {
 public:
  using PostgresAsker::PostgresAsker;

  std::string name() const override { return shown_record(url()); }
  Result<LedgerHead> head() const override;
  Result<std::uint64_t> last_entry() const override {
    return ask([](auto& database) {
      return count_of(database.exec1("SELECT coalesce(max(number), 0) FROM varne.entry")[0]);
    });
  }
  Result<std::uint64_t> strays() const {
    return ask([](auto& database) {
      return count_of(database.exec1("SELECT count(*) FROM varne.entry WHERE number < 1")[0]);
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
};

Result<LedgerHead> PostgresReader::head() const {
  const auto rows =
      ask([](auto& database) { return database.exec("SELECT size, hash FROM varne.head WHERE one = 1"); });
  if (!rows) return std::unexpected(rows.error());
  if (rows->empty()) return fail("head", "is missing");
  return LedgerHead{count_of((*rows)[0][0]), hash_of((*rows)[0][1])};
}

Result<std::vector<Entry>> PostgresReader::read(std::uint64_t first, std::size_t most,
                                                std::vector<Hash>* kept) const {
  return ask([&](auto& database) {
    const auto rows = database.exec_params(
        "SELECT number, time, kind, body, hash FROM varne.entry WHERE number >= $1 ORDER BY number LIMIT $2",
        static_cast<std::int64_t>(first), static_cast<std::int64_t>(most));
    std::vector<Entry> out;
    for (const auto& row : rows) {
      out.push_back({count_of(row[0]), time_from_millis(row[1].template as<std::int64_t>()),
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
      out.push_back({count_of(row[0]), row[1].template as<std::string>(), row[2].template as<std::string>(),
                     hash_of(row[3])});
    return out;
  });
}

Result<std::vector<KeyChange>> PostgresReader::keys() const {
  return ask([](auto& database) {
    std::vector<KeyChange> out;
    for (const auto& row :
         database.exec("SELECT number, heads, time, key, by, signature FROM varne.key ORDER BY number"))
      out.push_back({count_of(row[0]), count_of(row[1]), time_from_millis(row[2].template as<std::int64_t>()),
                     array_of<32>(row[3]), array_of<32>(row[4]), array_of<64>(row[5])});
    return out;
  });
}

class PostgresWriter : public StoreWriter {
 public:
  explicit PostgresWriter(std::shared_ptr<PostgresTurn> turn) : turn_(std::move(turn)) {}

  Done add(const Batch& batch) override;
  Done alive() override {
    return turn_->write([](pqxx::work&) {});
  }
  [[nodiscard]] bool taken_over() const override { return turn_->lost(); }

 private:
  std::shared_ptr<PostgresTurn> turn_;
};

Done PostgresWriter::add(const Batch& batch) {
  const auto whole = [](std::uint64_t number) { return static_cast<std::int64_t>(number); };
  return turn_->write([&](pqxx::work& database) {
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
  });
}

}  // namespace

Result<Store> open_postgres_store(const std::string& url) {
  auto turn = std::make_shared<PostgresTurn>(url);
  if (auto good = turn->ready(); !good) return std::unexpected(good.error());
  return Store{follow_postgres_store(url), std::make_unique<PostgresWriter>(turn),
               postgres_journal(turn, url)};
}

Result<std::unique_ptr<StoreReader>> read_postgres_store(const std::string& url) {
  return std::make_unique<PostgresReader>(url, true);
}

std::unique_ptr<StoreReader> follow_postgres_store(const std::string& url) {
  return std::make_unique<PostgresReader>(url, false);
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
