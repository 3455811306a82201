#pragma once
/// Comma-separated values with a header line (RFC 4180: quotes, doubled quotes; a field does not span lines).

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "varne/core/lines.h"
#include "varne/core/result.h"
#include "varne/core/time.h"

namespace varne {

/// The fields of one line; refuses a quote that does not close.
/// @param delimiter  what parts the fields; some write ';' or a tab
Result<std::vector<std::string>> csv_fields(std::string_view line, char delimiter = ',');

/// A CSV file read row by row, its columns asked for by name. Blank lines and lines that start with '#' are
/// passed over.
class CsvFile {
 public:
  /// Reads the header. Refuses a file that lacks one of `required`, naming it and what the header has, or
  /// that names a column twice.
  static Result<CsvFile> open(const std::string& path, const std::vector<std::string>& required);

  /// True with the next row in place, false at the end.
  Result<bool> next();

  /// The field in this column of the current row, "" where the file has no such column.
  [[nodiscard]] std::string_view operator[](std::string_view column) const;
  [[nodiscard]] bool has(std::string_view column) const { return columns_.find(column) != columns_.end(); }

  /// A finite number, or an error that names file, line and column.
  [[nodiscard]] Result<double> number(std::string_view column) const;

  /// As `parse_time` reads it, or an error that names file, line and column. Where the column's name ends in
  /// "utc" the "Z" may be left out.
  [[nodiscard]] Result<Time> time(std::string_view column) const;

  /// "file:line", for errors.
  [[nodiscard]] std::string where() const;
  /// "file:line: column".
  [[nodiscard]] std::string where(std::string_view column) const;
  /// The line as it was read.
  [[nodiscard]] const std::string& raw() const { return line_.text; }

 private:
  explicit CsvFile(std::string path, LineFile file) : path_(std::move(path)), file_(std::move(file)) {}
  std::string path_;
  LineFile file_;
  LineFile::Line line_;
  std::map<std::string, std::size_t, std::less<>> columns_;
  std::size_t width_ = 0;  ///< fields of the header, those without a name too
  std::vector<std::string> row_;
};

}  // namespace varne
