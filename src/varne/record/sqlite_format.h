#pragma once
/// What a record's SQLite file holds; docs/record.md explains it. Not for use outside this folder.

#include <array>
#include <cstdint>

namespace varne::sqlite_format {

inline constexpr std::int64_t application_id = 0x5641524E;  // "VARN", in the file's header
inline constexpr std::int64_t version = 2;                  // user_version

/// With any limit SQLite empties the log when the last connection closes, where it is told to keep the file:
/// what stays beside the record then is of no moment before.
inline constexpr const char* log_limit = "PRAGMA journal_size_limit = 4194304";

/// Tables and triggers, by name, exactly as they stand in the file. The triggers are no defence against a
/// person who means to alter the record (the tree shows that); they keep a slip with a database tool from
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
    Part{"key",
         "CREATE TABLE key (number INTEGER PRIMARY KEY, heads INTEGER NOT NULL, time INTEGER NOT NULL, "
         "key BLOB NOT NULL, by BLOB NOT NULL, signature BLOB NOT NULL) STRICT"},
    Part{"key_follows",
         "CREATE TRIGGER key_follows BEFORE INSERT ON key "
         "WHEN NEW.number <= (SELECT max(number) FROM key) "
         "BEGIN SELECT RAISE(ABORT, 'keys are only ever added at the end'); END"},
    Part{"key_stays",
         "CREATE TRIGGER key_stays BEFORE DELETE ON key "
         "BEGIN SELECT RAISE(ABORT, 'keys are never removed'); END"},
    Part{"key_unchanged",
         "CREATE TRIGGER key_unchanged BEFORE UPDATE ON key "
         "BEGIN SELECT RAISE(ABORT, 'keys are never changed'); END"},
    Part{"label",
         "CREATE TABLE label (number INTEGER PRIMARY KEY, name TEXT NOT NULL, value TEXT NOT NULL, "
         "hash BLOB NOT NULL) STRICT"},
    Part{"label_new",
         "CREATE TRIGGER label_new BEFORE INSERT ON label "
         "WHEN EXISTS (SELECT 1 FROM label WHERE name = NEW.name OR number >= NEW.number) "
         "BEGIN SELECT RAISE(ABORT, 'a label is set once'); END"},
    Part{"label_stays",
         "CREATE TRIGGER label_stays BEFORE DELETE ON label "
         "BEGIN SELECT RAISE(ABORT, 'labels are never removed'); END"},
    Part{"label_unchanged",
         "CREATE TRIGGER label_unchanged BEFORE UPDATE ON label "
         "BEGIN SELECT RAISE(ABORT, 'labels are never changed'); END"},
    Part{"signed",
         "CREATE TABLE signed (number INTEGER PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL, "
         "labels INTEGER NOT NULL, labels_root BLOB NOT NULL, time INTEGER NOT NULL, key BLOB NOT NULL, "
         "signature BLOB NOT NULL) STRICT"},
    Part{"signed_follows",
         "CREATE TRIGGER signed_follows BEFORE INSERT ON signed "
         "WHEN NEW.number <= (SELECT max(number) FROM signed) "
         "BEGIN SELECT RAISE(ABORT, 'signed heads are only ever added at the end'); END"},
    Part{"signed_stays",
         "CREATE TRIGGER signed_stays BEFORE DELETE ON signed "
         "BEGIN SELECT RAISE(ABORT, 'signed heads are never removed'); END"},
    Part{"signed_unchanged",
         "CREATE TRIGGER signed_unchanged BEFORE UPDATE ON signed "
         "BEGIN SELECT RAISE(ABORT, 'signed heads are never changed'); END"},
};

/// Entries from number ?1, at most ?2 of them (-1: all).
inline constexpr const char* select_entries =
    "SELECT number, time, kind, body, hash FROM entry WHERE number >= ?1 ORDER BY number LIMIT ?2";

inline constexpr const char* select_heads =
    "SELECT number, size, root, labels, labels_root, time, key, signature FROM signed ORDER BY number";
inline constexpr const char* select_last_head =
    "SELECT number, size, root, labels, labels_root, time, key, signature FROM signed "
    "ORDER BY number DESC LIMIT 1";

}  // namespace varne::sqlite_format
