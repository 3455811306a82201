#pragma once
/// All rows of a record, to be altered by somebody who knows every table, and put back.

#include <pqxx/pqxx>
#include <string>
#include <vector>

#include "tamper.h"
#include "varne/record/record_check.h"
#include "varne/record/store.h"

namespace varne::test {

struct Rows {
  std::vector<Entry> entries;
  std::vector<Hash> kept;
  LedgerHead head;
  std::vector<SignedHead> heads;
  std::vector<KeyChange> keys;
  std::vector<Label> labels;
};

inline Rows rows_of(const std::string& where) {
  const auto store = *read_store(where);
  Rows rows;
  rows.entries = *store->read(1, 1'000'000, &rows.kept);
  rows.head = *store->head();
  rows.heads = *store->heads();
  rows.keys = *store->keys();
  rows.labels = *store->labels();
  return rows;
}

/// What verify says of such rows, wherever they lie.
inline std::vector<Error> problems_of(const Rows& rows, const Noted& noted = {}) {
  const VerifyProgress silent;
  RecordCheck check(noted, silent);
  check.begin(rows.head, rows.keys, rows.heads, rows.labels);
  for (std::size_t i = 0; i < rows.entries.size(); ++i) check.take(rows.entries[i], rows.kept[i]);
  check.end();
  return std::move(check).result().problems;
}

/// SQL that puts the rows in the place of those that are there, in the words of either store.
inline std::string sql_of(const Rows& rows, const std::string& schema, const char* before_blob,
                          const char* after_blob) {
  const auto blob = [&](const auto& bytes) {
    return before_blob + hex(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size())) +
           after_blob;
  };
  const auto text = [](std::string words) {
    for (std::size_t at = 0; (at = words.find('\'', at)) != std::string::npos; at += 2) words.insert(at, "'");
    return "'" + words + "'";
  };
  std::string sql;
  for (const char* table : {"entry", "head", "signed", "key", "label"})
    sql += fmt::format("DELETE FROM {}{};", schema, table);
  for (std::size_t i = 0; i < rows.entries.size(); ++i) {
    const Entry& entry = rows.entries[i];
    sql += fmt::format("INSERT INTO {}entry VALUES ({}, {}, {}, {}, {});", schema, entry.number,
                       millis(entry.time), text(entry.kind), text(entry.body), blob(rows.kept[i]));
  }
  sql += fmt::format("INSERT INTO {}head VALUES (1, {}, {});", schema, rows.head.size, blob(rows.head.hash));
  for (const SignedHead& head : rows.heads)
    sql += fmt::format("INSERT INTO {}signed VALUES ({}, {}, {}, {}, {}, {}, {}, {});", schema, head.number,
                       head.size, blob(head.root), head.labels, blob(head.labels_root), millis(head.time),
                       blob(head.key), blob(head.signature));
  for (const KeyChange& key : rows.keys)
    sql += fmt::format("INSERT INTO {}key VALUES ({}, {}, {}, {}, {}, {});", schema, key.number, key.heads,
                       millis(key.time), blob(key.key), blob(key.by), blob(key.signature));
  for (const Label& label : rows.labels)
    sql += fmt::format("INSERT INTO {}label VALUES ({}, {}, {}, {});", schema, label.number, text(label.name),
                       text(label.value), blob(label.hash));
  return sql;
}

/// Somebody with every right on the store puts the rows there.
inline void put(const std::string& where, const Rows& rows) {
  if (!is_database(where)) return tamper(where, sql_of(rows, "", "x'", "'"));
  pqxx::connection connection(where);
  pqxx::work work(connection);
  work.exec0("SET LOCAL session_replication_role = replica");  // no trigger fires
  work.exec(sql_of(rows, "varne.", "'\\x", "'"));
  work.commit();
}

}  // namespace varne::test
