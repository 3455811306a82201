#include "varne/record/sqlite_rows.h"

#include <functional>

#include "varne/record/sqlite_format.h"

namespace varne::sqlite_format {
namespace {

std::uint64_t count(const Statement& row, int column) {
  return static_cast<std::uint64_t>(row.whole(column));
}

/// All rows of a query, or why they cannot be read.
template <class T>
Result<std::vector<T>> all(const Sqlite& file, const char* sql,
                           const std::function<T(const Statement&)>& made) {
  auto rows = file.prepare(sql);
  if (!rows) return std::unexpected(rows.error());
  std::vector<T> out;
  int code = 0;
  while ((code = rows->step()) == SQLITE_ROW) out.push_back(made(*rows));
  if (code != SQLITE_DONE) return std::unexpected(file.error());
  return out;
}

}  // namespace

Entry entry_of(const Statement& row) {
  return {count(row, 0), time_from_millis(row.whole(1)), std::string(row.bytes(2)),
          std::string(row.bytes(3))};
}

Result<LedgerHead> read_head(const Sqlite& file) {
  const auto heads =
      all<LedgerHead>(file, "SELECT size, hash FROM head WHERE one = 1", [](const Statement& row) {
        LedgerHead head{count(row, 0), {}};
        take(head.hash, row.bytes(1));
        return head;
      });
  if (!heads) return std::unexpected(heads.error());
  if (heads->empty()) return fail("head", "is missing");
  return heads->front();
}

Result<std::vector<Label>> read_labels(const Sqlite& file) {
  return all<Label>(file, "SELECT number, name, value, hash FROM label ORDER BY number",
                    [](const Statement& row) {
                      Label label{count(row, 0), std::string(row.bytes(1)), std::string(row.bytes(2)), {}};
                      take(label.hash, row.bytes(3));
                      return label;
                    });
}

Result<std::vector<KeyChange>> read_keys(const Sqlite& file) {
  return all<KeyChange>(file, "SELECT number, heads, time, key, by, signature FROM key ORDER BY number",
                        [](const Statement& row) {
                          KeyChange change{
                              count(row, 0), count(row, 1), time_from_millis(row.whole(2)), {}, {}, {}};
                          take(change.key, row.bytes(3));
                          take(change.by, row.bytes(4));
                          take(change.signature, row.bytes(5));
                          return change;
                        });
}

Result<std::vector<SignedHead>> read_heads(const Sqlite& file, const char* sql) {
  return all<SignedHead>(file, sql, [](const Statement& row) {
    SignedHead head{
        count(row, 0), count(row, 1), {}, count(row, 3), {}, time_from_millis(row.whole(5)), {}, {}};
    take(head.root, row.bytes(2));
    take(head.labels_root, row.bytes(4));
    take(head.key, row.bytes(6));
    take(head.signature, row.bytes(7));
    return head;
  });
}

}  // namespace varne::sqlite_format
