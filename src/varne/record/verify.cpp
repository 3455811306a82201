#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <limits>

#include "varne/core/text.h"
#include "varne/record/chain_check.h"
#include "varne/record/ledger.h"
#include "varne/record/sqlite.h"
#include "varne/record/sqlite_format.h"

namespace varne {
namespace {

namespace format = sqlite_format;
constexpr std::int64_t everything = -1;
/// How far behind damage the next readable entry is looked for, where the file claims that there are more.
constexpr std::uint64_t search_limit = 10'000'000;

bool is_damage(int code) {
  const int kind = code & 0xff;
  return kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB || kind == SQLITE_TOOBIG || kind == SQLITE_IOERR;
}

/// The path as an SQLite URI that reads a file which nobody can be writing: on a medium where nothing can be
/// written, SQLite could not keep its notes beside the file.
std::string untouched(const std::string& path) {
  std::string uri = "file:";
  for (const char c : path) {
    if (c == '%' || c == '?' || c == '#') {
      uri += fmt::format("%{:02x}", static_cast<unsigned>(c));
    } else {
      uri += c;
    }
  }
  return uri + "?immutable=1";
}

class Verifier {
 public:
  using Progress = std::function<void(std::uint64_t, std::uint64_t)>;
  explicit Verifier(const Progress& progress) : progress_(progress) {}

  Result<Verification> run(const std::string& path);

 private:
  Done open(const std::string& path);
  void check_tables();
  void read_head();
  Done check_entries();
  int check_rows(std::int64_t from);
  std::uint64_t readable_after(std::uint64_t unreadable);
  void check_labels();
  void check_pages();

  const Progress& progress_;
  Sqlite file_;
  Statement rows_;
  LedgerHead said_;  ///< what the file says of its end
  bool has_head_ = false;
  bool damaged_ = false;  ///< SQLite takes the file for damaged as a whole
  ChainCheck chain_;
  std::map<std::string, std::string> labels_;
};

Result<Verification> Verifier::run(const std::string& path) {
  if (const auto opened = open(path); !opened) return std::unexpected(opened.error());
  // One transaction: all that follows sees one moment of a record that may be growing.
  if (const auto begun = file_.run("BEGIN"); !begun) return std::unexpected(begun.error());
  check_tables();
  read_head();
  if (const auto checked = check_entries(); !checked) return std::unexpected(checked.error());
  if (has_head_) chain_.finish(said_);
  check_labels();
  check_pages();
  Verification out;
  out.head = chain_.head();
  out.problems = std::move(chain_).problems();
  out.labels = std::move(labels_);
  return out;
}

Done Verifier::open(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return fail(path, "there is no such file");
  auto file = Sqlite::open(path, SQLITE_OPEN_READONLY);
  if (!file) return fail(path, file.error().what);
  file_ = std::move(*file);
  if (!file_.whole("SELECT count(*) FROM sqlite_schema")) {
    damaged_ = is_damage(file_.code());
    auto again = Sqlite::open_damaged(damaged_ ? path : untouched(path));
    if (again) file_ = std::move(*again);
  }
  const auto id = file_.whole("PRAGMA application_id");
  if (!id) return fail(path, id.error().what);
  if (*id != format::application_id)
    return fail(path, "is no record of Varne, or its first page was changed");
  const auto version = file_.whole("PRAGMA user_version");
  if (!version) return fail(path, version.error().what);
  if (*version != format::version)
    return fail(
        path, fmt::format("is a record of format {}; this Varne reads format {}", *version, format::version));
  auto rows = file_.prepare(format::select_entries);
  if (!rows) return fail(path, fmt::format("holds no entries that could be read ({})", rows.error().what));
  rows_ = std::move(*rows);
  return {};
}

/// The tables and triggers are those that a record is made with, to the letter.
void Verifier::check_tables() {
  auto select =
      file_.prepare("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name");
  std::size_t found = 0;
  bool same = select.has_value();
  while (same && select->step() == SQLITE_ROW) {
    same = found < format::parts.size() && select->bytes(0) == format::parts[found].name &&
           select->bytes(1) == format::parts[found].sql;
    ++found;
  }
  if (!same || found != format::parts.size())
    chain_.report("file", "its tables or triggers are not those that a record is made with");
}

void Verifier::read_head() {
  auto select = file_.prepare("SELECT size, hash FROM head WHERE one = 1");
  if (select && select->step() == SQLITE_ROW && select->bytes(1).size() == said_.hash.size()) {
    has_head_ = true;
    said_.size = static_cast<std::uint64_t>(select->whole(0));
    std::memcpy(said_.hash.data(), select->bytes(1).data(), said_.hash.size());
  } else {
    chain_.report("head", "missing or damaged: whether the record was cut off at its end cannot be told");
  }
}

/// Goes through the rows; where pages are damaged, what lies beyond them is still judged.
Done Verifier::check_entries() {
  std::int64_t from = std::numeric_limits<std::int64_t>::min();
  for (;;) {
    const int code = check_rows(from);
    if (code == SQLITE_DONE || chain_.enough()) return {};
    if (!is_damage(code)) return std::unexpected(file_.error());
    const std::uint64_t next = readable_after(chain_.expected());
    chain_.unreadable(next - 1);
    from = static_cast<std::int64_t>(next);
  }
}

/// SQLITE_DONE at the end (or once nothing more can be learnt), else the code of what stopped it.
int Verifier::check_rows(std::int64_t from) {
  rows_.bind(1, from).bind(2, everything);
  int code = SQLITE_DONE;
  while (!chain_.enough() && (code = rows_.step()) == SQLITE_ROW) {
    const std::int64_t number = rows_.whole(0);
    if (number < static_cast<std::int64_t>(chain_.expected())) {
      chain_.report(fmt::format("entry {}", number), "stands where it cannot: the file is damaged");
      code = SQLITE_DONE;
      break;
    }
    Hash kept{};
    if (rows_.bytes(4).size() == kept.size()) std::memcpy(kept.data(), rows_.bytes(4).data(), kept.size());
    chain_.take({static_cast<std::uint64_t>(number), time_from_millis(rows_.whole(1)),
                 std::string(rows_.bytes(2)), std::string(rows_.bytes(3))},
                kept);
    if (progress_ && chain_.head().size % 16384 == 0) progress_(chain_.head().size, said_.size);
  }
  rows_.reset();
  return code;
}

/// The first entry beyond `unreadable` that can be read again, or one past the last there may be.
std::uint64_t Verifier::readable_after(std::uint64_t unreadable) {
  const auto greatest = file_.whole("SELECT max(number) FROM entry");
  const std::uint64_t last = std::max<std::uint64_t>(
      {unreadable, std::min(said_.size, unreadable + search_limit),
       greatest && *greatest > 0 ? std::min(static_cast<std::uint64_t>(*greatest), unreadable + search_limit)
                                 : 0});
  for (std::uint64_t number = unreadable + 1; number <= last; ++number) {
    const int code = rows_.bind(1, static_cast<std::int64_t>(number)).bind(2, std::int64_t{1}).step();
    const std::int64_t found = code == SQLITE_ROW ? rows_.whole(0) : 0;
    rows_.reset();
    if (code == SQLITE_DONE) break;
    if (code == SQLITE_ROW && found >= static_cast<std::int64_t>(number))
      return static_cast<std::uint64_t>(found);
  }
  return last + 1;
}

void Verifier::check_labels() {
  auto select = file_.prepare("SELECT name, value, hash FROM label");
  int code = SQLITE_CORRUPT;
  while (select && (code = select->step()) == SQLITE_ROW) {
    const Hash hash = format::label_hash(select->bytes(0), select->bytes(1));
    labels_.emplace(select->bytes(0), select->bytes(1));
    if (select->bytes(2) != std::string_view(reinterpret_cast<const char*>(hash.data()), hash.size()))
      chain_.report(fmt::format("label {}", shown(select->bytes(0))), "was changed since it was set");
  }
  if (code != SQLITE_DONE) chain_.report("labels", "cannot be read: the file is damaged there");
}

/// Every entry is sound, and still the file may not be: an index page that sends a look-up astray.
void Verifier::check_pages() {
  if (chain_.has_problems()) return;
  auto check = file_.prepare("PRAGMA quick_check(1)");
  const bool checked = check && check->step() == SQLITE_ROW;
  if (damaged_ || !checked || check->bytes(0) != "ok")
    chain_.report(
        "file", fmt::format("is damaged ({}), but every entry can be read and is as it was written; copy it "
                            "to a sound disk",
                            checked && !damaged_ ? shown(check->bytes(0)) : "its first page"));
}

}  // namespace

Result<Verification> verify_sqlite_ledger(const std::string& path,
                                          const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  return Verifier(progress).run(path);
}

}  // namespace varne
