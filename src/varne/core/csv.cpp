#include "varne/core/csv.h"

#include <fmt/format.h>

#include <utility>

#include "varne/core/text.h"

namespace varne {

Result<std::vector<std::string>> csv_fields(std::string_view line, char delimiter) {
  std::vector<std::string> fields(1);
  bool inside = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (inside) {
      if (c != '"') {
        fields.back() += c;
      } else if (i + 1 < line.size() && line[i + 1] == '"') {
        fields.back() += '"';
        ++i;
      } else {
        inside = false;
      }
    } else if (c == '"' && fields.back().empty()) {
      inside = true;
    } else if (c == delimiter) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  if (inside) return fail("", "a quoted field does not end on its line");
  return fields;
}

Result<CsvFile> CsvFile::open(const std::string& path, const std::vector<std::string>& required) {
  auto lines = LineFile::open(path);
  if (!lines) return fail(lines.error());
  CsvFile file(path, std::move(*lines));
  auto header = file.next();
  if (!header) return fail(header.error());
  if (!*header)
    return fail(path,
                fmt::format("is empty; its first line must name the columns {}", fmt::join(required, ",")));
  file.width_ = file.row_.size();
  for (std::size_t i = 0; i < file.width_; ++i) {
    const bool added = file.columns_.emplace(trim(file.row_[i]), i).second;
    if (!added && !trim(file.row_[i]).empty())
      return fail(file.where(), fmt::format("the header names the column \"{}\" twice; which one is meant?",
                                            shown(trim(file.row_[i]))));
  }
  for (const auto& name : required) {
    if (!file.has(name)) {
      return fail(file.where(),
                  fmt::format("no column \"{}\"; the header reads \"{}\"", name, shown(file.line_.text)));
    }
  }
  return file;
}

Result<bool> CsvFile::next() {
  for (;;) {
    const auto more = file_.next(line_);
    if (!more || !*more) return more;
    if (line_.overlong) return fail(where(), "the line is too long to be a row");
    if (line_.number == 1 && line_.text.starts_with("\xEF\xBB\xBF")) line_.text.erase(0, 3);
    const auto text = trim(line_.text);
    if (text.empty() || text.front() == '#') continue;
    auto fields = csv_fields(line_.text);
    if (!fields) return fail(fields.error().in(where()));
    row_ = std::move(*fields);
    if (width_ > 0 && row_.size() != width_) {
      return fail(where(), fmt::format("{} fields where the header has {}", row_.size(), width_));
    }
    return true;
  }
}

std::string_view CsvFile::operator[](std::string_view column) const {
  const auto at = columns_.find(column);
  return at == columns_.end() ? std::string_view() : trim(row_[at->second]);
}

Result<double> CsvFile::number(std::string_view column) const {
  const auto text = (*this)[column];
  if (const auto value = parse_number(text)) return *value;
  return fail(where(column), fmt::format("\"{}\" is not a number", shown(text)));
}

Result<Time> CsvFile::time(std::string_view column) const {
  const auto text = trim((*this)[column]);
  auto time = parse_time(text);
  if (!time && column.ends_with("utc"))
    if (const auto utc = parse_time(std::string(text) + 'Z')) return *utc;
  if (!time) return fail(time.error().in(where(column)));
  return *time;
}

std::string CsvFile::where() const {
  return fmt::format("{}:{}", path_, line_.number);
}
std::string CsvFile::where(std::string_view column) const {
  return fmt::format("{}: {}", where(), column);
}

}  // namespace varne
