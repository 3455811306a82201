#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <limits>

#include "varne/core/text.h"
#include "varne/record/record_check.h"
#include "varne/record/sqlite.h"
#include "varne/record/sqlite_format.h"
#include "varne/record/sqlite_rows.h"

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
  Verifier(const Noted& noted, const VerifyProgress& progress) : check_(noted, progress) {}

  Result<Verification> run(const std::string& path);

 private:
  Done open(const std::string& path);
  void check_tables();
  void read_heads();
  Done check_entries();
  int check_rows(std::int64_t from);
  std::uint64_t readable_after(std::uint64_t unreadable);
  void check_pages();

  Sqlite file_;
  Statement rows_;
  std::uint64_t said_ = 0;  ///< so many entries the file says that it has
  bool damaged_ = false;    ///< SQLite takes the file for damaged as a whole
  RecordCheck check_;
};

Result<Verification> Verifier::run(const std::string& path) {
  if (const auto opened = open(path); !opened) return std::unexpected(opened.error());
  // One transaction: all that follows sees one moment of a record that may be growing.
  if (const auto begun = file_.run("BEGIN"); !begun) return std::unexpected(begun.error());
  check_tables();
  read_heads();
  if (const auto checked = check_entries(); !checked) return std::unexpected(checked.error());
  check_.end();
  check_pages();
  return std::move(check_).result();
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
    check_.report("file", "its tables or triggers are not those that a record is made with");
}

/// The small tables; of what cannot be read, what the entries come to is judged without it.
void Verifier::read_heads() {
  std::optional<LedgerHead> said;
  if (const auto head = format::read_head(file_)) {
    said = *head;
    said_ = head->size;
  } else {
    check_.report("head", "missing or damaged: whether the record was cut off at its end cannot be told");
  }
  const auto readable = [this]<class T>(const char* name, Result<std::vector<T>> rows) {
    if (rows) return std::move(*rows);
    check_.report(name, "cannot be read: the file is damaged there");
    return std::vector<T>();
  };
  const auto labels = readable("labels", format::read_labels(file_));
  const auto keys = readable("keys", format::read_keys(file_));
  const auto heads = readable("signed heads", format::read_heads(file_, format::select_heads));
  check_.begin(said, keys, heads, labels);
}

/// Goes through the rows; where pages are damaged, what lies beyond them is still judged.
Done Verifier::check_entries() {
  std::int64_t from = std::numeric_limits<std::int64_t>::min();
  for (;;) {
    const int code = check_rows(from);
    if (code == SQLITE_DONE || check_.enough()) return {};
    if (!is_damage(code)) return std::unexpected(file_.error());
    const std::uint64_t next = readable_after(check_.expected());
    check_.unreadable(next - 1);
    from = static_cast<std::int64_t>(next);
  }
}

/// SQLITE_DONE at the end (or once nothing more can be learnt), else the code of what stopped it.
int Verifier::check_rows(std::int64_t from) {
  rows_.bind(1, from).bind(2, everything);
  int code = SQLITE_DONE;
  while (!check_.enough() && (code = rows_.step()) == SQLITE_ROW) {
    const std::int64_t number = rows_.whole(0);
    if (number < static_cast<std::int64_t>(check_.expected())) {
      check_.report(fmt::format("entry {}", number), "stands where it cannot: the file is damaged");
      code = SQLITE_DONE;
      break;
    }
    Hash kept;
    format::take(kept, rows_.bytes(4));
    check_.take(format::entry_of(rows_), kept);
  }
  rows_.reset();
  return code;
}

/// The first entry beyond `unreadable` that can be read again, or one past the last there may be.
std::uint64_t Verifier::readable_after(std::uint64_t unreadable) {
  const auto greatest = file_.whole("SELECT max(number) FROM entry");
  const std::uint64_t last = std::max<std::uint64_t>(
      {unreadable, std::min(said_, unreadable + search_limit),
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

/// Every entry is sound, and still the file may not be: an index page that sends a look-up astray.
void Verifier::check_pages() {
  if (check_.has_problems()) return;
  auto check = file_.prepare("PRAGMA quick_check(1)");
  const bool checked = check && check->step() == SQLITE_ROW;
  if (damaged_ || !checked || check->bytes(0) != "ok")
    check_.report(
        "file", fmt::format("is damaged ({}), but every entry can be read and is as it was written; copy it "
                            "to a sound disk",
                            checked && !damaged_ ? shown(check->bytes(0)) : "its first page"));
}

}  // namespace

Result<Verification> verify_sqlite_store(const std::string& path, const Noted& noted,
                                         const VerifyProgress& progress) {
  return Verifier(noted, progress).run(path);
}

}  // namespace varne
