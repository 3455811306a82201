#pragma once
/// Hands on a record.

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <string>
#include <vector>

namespace varne::test {

/// Somebody who knows SQLite: takes the triggers away, does it, and puts them back.
inline void tamper(const std::string& path, const std::string& sql) {
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
  std::vector<std::string> names;
  std::string back;
  sqlite3_stmt* triggers = nullptr;
  sqlite3_prepare_v2(db, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'", -1, &triggers,
                     nullptr);
  while (sqlite3_step(triggers) == SQLITE_ROW) {
    names.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(triggers, 0)));
    back += std::string(reinterpret_cast<const char*>(sqlite3_column_text(triggers, 1))) + ";";
  }
  sqlite3_finalize(triggers);
  std::string all = "PRAGMA synchronous = OFF;";
  for (const auto& name : names) all += "DROP TRIGGER " + name + ";";
  all += sql + ";" + back;
  ASSERT_EQ(sqlite3_exec(db, all.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
  sqlite3_close(db);
}

}  // namespace varne::test
