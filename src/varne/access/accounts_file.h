#pragma once
/// The file of accounts, as rows. Not for use outside this folder.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "varne/access/accounts.h"
#include "varne/record/sqlite.h"

namespace varne {

class Accounts::File {
 public:
  static Result<File> open(const std::string& path);

  /// Another number after another process wrote.
  [[nodiscard]] Result<std::int64_t> version() const { return file_.whole("PRAGMA data_version"); }
  /// One statement, durable when it returns.
  Done write(const char* sql, const std::vector<Value>& values);
  [[nodiscard]] Result<std::map<std::string, KeptAccount>> accounts() const;
  [[nodiscard]] Result<std::map<Hash, Program>> programs() const;
  [[nodiscard]] std::optional<KeptSession> session(const std::string& hash) const;

 private:
  explicit File(Sqlite file) : file_(std::move(file)) {}
  Sqlite file_;
};

}  // namespace varne
