#include <fmt/format.h>

#include <algorithm>

#include "varne/core/text.h"
#include "varne/record/ledger.h"
#include "varne/record/ledger_file.h"

namespace varne {
namespace {

constexpr std::size_t most_problems = 20;

/// An entry as it was written reads back as itself; what somebody changed mostly does not.
bool reads_back(const Entry& entry) {
  constexpr Time first = std::chrono::sys_days(std::chrono::year(1) / 1 / 1);
  constexpr Time last = std::chrono::sys_days(std::chrono::year(9999) / 12 / 31);
  if (entry.time < first || entry.time > last || !is_utf8(entry.kind)) return false;
  const auto read = parse_entry(entry_line(entry));
  return read && *read == entry;
}

/// The walk along the chain: what should come next, and what has been found wrong.
class Walk {
 public:
  explicit Walk(Verification& out) : out_(out) {}

  /// False once so much is wrong that naming more helps nobody.
  bool take(const sqlite::Statement& row) {
    const auto number = static_cast<std::uint64_t>(row.whole(0));
    if (number > next_) missing(next_, number - 1);
    next_ = number + 1;
    const auto stored = row.bytes(4);
    if (!row.is(1, SQLITE_INTEGER) || !row.is(2, SQLITE_TEXT) || !row.is(3, SQLITE_TEXT) ||
        stored.size() != 32) {
      problem(number, "is damaged: a field is of the wrong kind");
      return going();
    }
    const Entry entry{number, time_from_millis(row.whole(1)), std::string(row.text(2)),
                      std::string(row.text(3))};
    if (!reads_back(entry)) {
      problem(number, "was changed: it no longer reads as an entry");
    } else if (const Hash hash = sha256(before_, entry_line(entry));
               !std::equal(stored.begin(), stored.end(), hash.begin())) {
      problem(
          number,
          "does not agree with the chain: it, its hash or the entry before it was changed, dropped or moved");
    }
    // Going on from what is stored, so that one changed entry does not put all later ones in doubt.
    std::copy(stored.begin(), stored.end(), before_.begin());
    return going();
  }

  void end(std::uint64_t head_size, std::span<const std::uint8_t> head_hash) {
    if (next_ <= head_size) missing(next_, head_size);
    if (next_ == head_size + 1 &&
        !std::equal(head_hash.begin(), head_hash.end(), before_.begin(), before_.end()))
      problem(head_size, "does not agree with the head of the record: one of the two was changed");
    if (next_ > head_size + 1)
      problem(next_ - 1, fmt::format("stands after the head of the record, which is at {}", head_size));
    out_.head = {next_ - 1, before_};
  }

  [[nodiscard]] std::uint64_t last() const { return next_ - 1; }
  [[nodiscard]] bool going() const { return out_.problems.size() < most_problems; }

 private:
  void problem(std::uint64_t number, std::string what) {
    out_.problems.push_back({fmt::format("entry {}", number), std::move(what)});
  }
  void missing(std::uint64_t from, std::uint64_t to) {
    out_.problems.push_back(
        {from == to ? fmt::format("entry {}", from) : fmt::format("entries {} to {}", from, to),
         from == to ? "is missing" : "are missing"});
  }

  Verification& out_;
  std::uint64_t next_ = 1;
  Hash before_{};
};

/// SQLite's own check of its pages, in the record's words; what the chain found says more, so it comes
/// second.
void check_pages(sqlite3* db, const std::string& path, Verification& out) {
  auto check = sqlite::Statement::prepare(db, "PRAGMA integrity_check(1)", path);
  if (!check) {
    out.problems.push_back(check.error());
    return;
  }
  const auto row = check->step();
  if (!row) {
    out.problems.push_back(row.error());
  } else if (*row && check->text(0) != "ok") {
    out.problems.push_back({path, fmt::format("the file itself is damaged: {}", check->text(0))});
  }
}

}  // namespace

Result<Verification> verify_sqlite_ledger(const std::string& path,
                                          const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  auto db = sqlite::open(path, true);
  if (!db) return std::unexpected(db.error());
  if (auto done =
          sqlite::run(db->get(), "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; BEGIN;", path);
      !done)
    return std::unexpected(done.error());
  const auto identity = ledger_identity(db->get(), path);
  if (!identity) return std::unexpected(identity.error());
  if (auto done = check_identity(*identity, path); !done) return std::unexpected(done.error());

  Verification out;
  Walk walk(out);
  auto head = sqlite::Statement::prepare(db->get(), "SELECT size, hash FROM head", path);
  if (!head) return std::unexpected(head.error());
  const auto there = head->step();
  if (!there) return std::unexpected(there.error());
  const auto size = *there ? static_cast<std::uint64_t>(head->whole(0)) : 0;
  if (!*there || head->bytes(1).size() != 32) out.problems.push_back({path, "has no readable head"});

  // By the table itself: an index could have been tampered with on its own.
  auto rows = sqlite::Statement::prepare(
      db->get(), "SELECT number, time, kind, body, hash FROM entry NOT INDEXED ORDER BY number", path);
  if (!rows) return std::unexpected(rows.error());
  while (walk.going()) {
    const auto row = rows->step();
    if (!row) {
      out.problems.push_back({fmt::format("entry {}", walk.last() + 1),
                              fmt::format("cannot be read, nor what follows it: {}", row.error().what)});
      break;
    }
    if (!*row) {
      walk.end(size, head->bytes(1));
      break;
    }
    if (!walk.take(*rows)) break;
    if (progress && walk.last() % 4096 == 0) progress(walk.last(), size);
  }
  check_pages(db->get(), path, out);
  return out;
}

}  // namespace varne
