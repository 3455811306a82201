#pragma once
/// TOML files (settings, units, days, doctrine) read field by field, with errors that name file, line and
/// field.
///
/// The first error sticks and later reads give empty values, so that a reader is a list of fields without a
/// branch at each; who reads asks once, at the end:
///
///     auto file = TomlFile::open(path);
///     if (!file) return std::unexpected(file.error());
///     for (TomlTable unit : file->root().tables("unit")) {
///       units.push_back({.name = unit.text("name"), .speed_mps = knots(unit.number("speed_kn", 1, 80))});
///       unit.only_known();
///     }
///     file->root().only_known();
///     if (file->wrong()) return std::unexpected(*file->wrong());

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/result.h"
#include "varne/core/time.h"

namespace toml {
inline namespace v3 {
class table;
class node;
}  // namespace v3
}  // namespace toml

namespace varne {

class TomlFile;

/// One table of a file. Cheap to copy; valid while its `TomlFile` lives.
class TomlTable {
 public:
  [[nodiscard]] bool has(std::string_view field) const;

  // Required fields: absent or of another kind is an error.
  std::string text(std::string_view field);
  std::string plain_name(std::string_view field);  ///< a text that is_plain_name (core/letters.h)
  double number(std::string_view field, double least, double most);  ///< whole or decimal, finite, within
  std::int64_t whole(std::string_view field, std::int64_t least, std::int64_t most);
  bool truth(std::string_view field);
  Time time(std::string_view field);    ///< ISO 8601 text, as `parse_time` reads it
  Place place(std::string_view field);  ///< [lon, lat]
  /// A list of exactly so many numbers, each within; zeros where it was refused.
  std::vector<double> numbers(std::string_view field, std::size_t count, double least, double most);

  // Fields that may be left out.
  std::optional<std::string> maybe_text(std::string_view field);
  std::optional<double> maybe_number(std::string_view field, double least, double most);
  std::optional<std::int64_t> maybe_whole(std::string_view field, std::int64_t least, std::int64_t most);
  std::optional<bool> maybe_truth(std::string_view field);
  std::optional<Time> maybe_time(std::string_view field);
  std::vector<std::string> texts(std::string_view field);  ///< a list of texts; empty where left out
  std::optional<TomlTable> table(std::string_view field);  ///< [field]
  std::vector<TomlTable> tables(std::string_view field);   ///< [[field]]; empty where left out
  std::vector<std::string> names() const;                  ///< every field there is, sorted

  /// Any field that was not asked for is an error that names it and lists the known ones.
  void only_known();

  /// An error of the reader's own about a field of this table ("" : the table): sticks like the others.
  void refuse(std::string_view field, std::string what);

  /// "file:line" of a field, or of the table where it has no such field.
  [[nodiscard]] std::string where(std::string_view field = {}) const;

 private:
  friend class TomlFile;
  struct Shared;
  TomlTable(const toml::v3::table* table, std::shared_ptr<Shared> shared);
  const toml::v3::node* find(std::string_view field, bool required);
  template <class T, class Take>
  std::optional<T> take(std::string_view field, bool required, const char* kind, Take&& take);

  const toml::v3::table* table_;
  std::shared_ptr<Shared> shared_;
  std::shared_ptr<std::set<std::string, std::less<>>> asked_;
};

/// A whole file, parsed.
class TomlFile {
 public:
  /// Reads a file of at most 4 MiB.
  static Result<TomlFile> open(const std::string& path);
  /// Reads text; `name` stands for the file in errors.
  static Result<TomlFile> parse(std::string_view text, const std::string& name);

  [[nodiscard]] TomlTable root() const;
  /// The first error of any table of this file.
  [[nodiscard]] const std::optional<Error>& wrong() const;
  /// Every error, in the order in which the fields were read.
  [[nodiscard]] const std::vector<Error>& all_wrong() const;

 private:
  TomlFile() = default;
  std::shared_ptr<TomlTable::Shared> shared_;
};

}  // namespace varne
