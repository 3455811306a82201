#pragma once
/// A journal read whole, for the record's tests.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "varne/record/journal.h"

namespace varne::test {

/// All items in order. @param where  folder or address of a database
inline std::vector<JournalItem> journal_of(const std::string& where) {
  std::vector<JournalItem> items;
  const auto done = read_journal(where, [&](const JournalItem& item) -> Done {
    items.push_back(item);
    return {};
  });
  EXPECT_TRUE(done) << done.error().text();
  return items;
}

}  // namespace varne::test
