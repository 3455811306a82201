/// A journal in the database that holds the record: its segments frame by frame, so that a standby reads on
/// where it stood, and its checkpoints.

#include <fmt/format.h>

#include "varne/record/journal_place.h"
#include "varne/record/ledger.h"
#include "varne/record/postgres_session.h"

namespace varne {
namespace {

std::int64_t whole(std::uint64_t number) {
  return static_cast<std::int64_t>(number);
}

class PostgresJournalPlace : public JournalPlace {
 public:
  explicit PostgresJournalPlace(std::string url) : database_(std::move(url), false) {}

  std::string name() const override { return shown_record(database_.url()); }

  Result<std::vector<SegmentName>> segments(const SegmentName& from) const override {
    return database_.ask([&](auto& database) {
      std::vector<SegmentName> out;
      if (missing(database)) return out;
      for (const auto& row : database.exec_params(
               "SELECT hour, part FROM varne.journal WHERE at = 0 AND (hour, part) >= ($1, $2) "
               "ORDER BY hour, part",
               from.hour, from.part))
        out.push_back({row[0].template as<std::string>(), row[1].template as<unsigned>()});
      return out;
    });
  }

  Result<std::string> read(const SegmentName& segment, std::uint64_t at) const override {
    return database_.ask([&](auto& database) {
      std::string out;
      for (const auto& row :
           database.exec_params("SELECT frame FROM varne.journal WHERE hour = $1 AND part = $2 "
                                "AND at >= $3 ORDER BY at",
                                segment.hour, segment.part, whole(at)))
        out += bytes_of(row[0]);
      return out;
    });
  }

  std::vector<std::uint64_t> checkpoints() const override {
    const auto found = database_.ask([](auto& database) {
      std::vector<std::uint64_t> out;
      if (missing(database)) return out;
      for (const auto& row : database.exec("SELECT number FROM varne.checkpoint ORDER BY number DESC"))
        out.push_back(count_of(row[0]));
      return out;
    });
    return found ? *found : std::vector<std::uint64_t>{};
  }

  Result<std::string> checkpoint(std::uint64_t number) const override {
    return database_.ask([&](auto& database) {
      return bytes_of(
          database.exec_params1("SELECT bytes FROM varne.checkpoint WHERE number = $1", whole(number))[0]);
    });
  }

  using JournalPlace::name_of;
  std::string name_of(std::uint64_t checkpoint) const override {
    return fmt::format("{}: checkpoint {}", name(), checkpoint);
  }

  Done keep_checkpoint(std::uint64_t number, std::string_view bytes,
                       const std::vector<std::uint64_t>& let_go) override {
    const auto kept = database_.ask([&](auto& database) {
      database.exec_params0("INSERT INTO varne.checkpoint VALUES ($1, $2::bytea)", whole(number),
                            written_bytea(bytes));
      for (const auto old : let_go)
        database.exec_params0("DELETE FROM varne.checkpoint WHERE number = $1", whole(old));
      return true;
    });
    return kept ? Done{} : std::unexpected(kept.error());
  }

 private:
  /// A record of before has no journal of its own.
  static bool missing(pqxx::transaction_base& database) {
    return !database.exec1("SELECT to_regclass('varne.journal') IS NOT NULL")[0].as<bool>();
  }

  PostgresAsker database_;
};

class PostgresJournal : public JournalWriter {
 public:
  PostgresJournal(std::shared_ptr<PostgresTurn> turn, const std::string& url)
      : turn_(std::move(turn)), place_(url) {}

  const JournalPlace& place() const override { return place_; }

  Done add(const SegmentName& segment, std::uint64_t at, std::string_view bytes) override {
    return turn_->write([&](pqxx::work& database) {
      // A commit whose answer was lost may have happened: the same bytes at the same place are taken once.
      database.exec_params0("INSERT INTO varne.journal VALUES ($1, $2, $3, $4::bytea) ON CONFLICT DO NOTHING",
                            segment.hour, segment.part, whole(at), written_bytea(bytes));
    });
  }

  /// A frame is there whole or not at all: there is nothing to cut.
  Done cut(const SegmentName& segment, std::uint64_t /*size*/) override {
    return fail(place_.name_of(segment),
                "holds bytes that are no frame; what stands before them can be read");
  }

 private:
  std::shared_ptr<PostgresTurn> turn_;
  PostgresJournalPlace place_;
};

}  // namespace

std::unique_ptr<JournalPlace> postgres_journal_place(const std::string& url) {
  return std::make_unique<PostgresJournalPlace>(url);
}

std::unique_ptr<JournalWriter> postgres_journal(std::shared_ptr<PostgresTurn> turn, const std::string& url) {
  return std::make_unique<PostgresJournal>(std::move(turn), url);
}

}  // namespace varne
