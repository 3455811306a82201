#pragma once
/// What a record's SQLite file holds; docs/record.md explains it. Not for use outside this folder.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "varne/core/hash.h"

namespace varne::sqlite_format {

inline constexpr std::int64_t application_id = 0x5641524E;  // "VARN", in the file's header
inline constexpr std::int64_t version = 1;                  // user_version

/// Tables and triggers, by name, exactly as they stand in the file. The triggers are no defence against a
/// person who means to alter the record (the chain shows that); they keep a slip with a database tool from
/// altering it. A replacing insert fires no delete trigger, so inserts are checked as well.
struct Part {
  const char* name;
  const char* sql;
};
inline constexpr std::array parts{
    Part{"entry",
         "CREATE TABLE entry (number INTEGER PRIMARY KEY, time INTEGER NOT NULL, kind TEXT NOT NULL, "
         "body TEXT NOT NULL, hash BLOB NOT NULL) STRICT"},
    Part{"entry_follows",
         "CREATE TRIGGER entry_follows BEFORE INSERT ON entry "
         "WHEN NEW.number <= (SELECT max(number) FROM entry) "
         "BEGIN SELECT RAISE(ABORT, 'entries are only ever added at the end'); END"},
    Part{"entry_stays",
         "CREATE TRIGGER entry_stays BEFORE DELETE ON entry "
         "BEGIN SELECT RAISE(ABORT, 'entries are never removed'); END"},
    Part{"entry_unchanged",
         "CREATE TRIGGER entry_unchanged BEFORE UPDATE ON entry "
         "BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END"},
    Part{"head",
         "CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL, "
         "hash BLOB NOT NULL) STRICT"},
    Part{"head_grows",
         "CREATE TRIGGER head_grows BEFORE UPDATE ON head WHEN NEW.size <= OLD.size "
         "BEGIN SELECT RAISE(ABORT, 'the head only ever grows'); END"},
    Part{"head_stays",
         "CREATE TRIGGER head_stays BEFORE DELETE ON head "
         "BEGIN SELECT RAISE(ABORT, 'the head is never removed'); END"},
    Part{"label",
         "CREATE TABLE label (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL, hash BLOB NOT NULL) "
         "STRICT, WITHOUT ROWID"},
    Part{"label_new",
         "CREATE TRIGGER label_new BEFORE INSERT ON label "
         "WHEN EXISTS (SELECT 1 FROM label WHERE name = NEW.name) "
         "BEGIN SELECT RAISE(ABORT, 'a label is set once'); END"},
    Part{"label_stays",
         "CREATE TRIGGER label_stays BEFORE DELETE ON label "
         "BEGIN SELECT RAISE(ABORT, 'labels are never removed'); END"},
    Part{"label_unchanged",
         "CREATE TRIGGER label_unchanged BEFORE UPDATE ON label "
         "BEGIN SELECT RAISE(ABORT, 'labels are never changed'); END"},
};

/// Entries from number ?1, at most ?2 of them (-1: all).
inline constexpr const char* select_entries =
    "SELECT number, time, kind, body, hash FROM entry WHERE number >= ?1 ORDER BY number LIMIT ?2";

/// Labels are no entries and in no chain; each carries a hash of its own.
inline Hash label_hash(std::string_view name, std::string_view value) {
  std::string bytes(name);
  bytes += '\0';
  bytes += value;
  return sha256(bytes);
}

}  // namespace varne::sqlite_format
