#include <fmt/format.h>

#include "varne/core/lines.h"
#include "varne/record/ledger.h"

namespace varne {

Result<Verification> verify_record_lines(const std::string& path,
                                         const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  constexpr std::size_t longest_line = std::size_t{64} << 20;
  auto file = LineFile::open(path, longest_line);
  if (!file) return std::unexpected(file.error());
  Verification out;
  const auto report = [&](std::uint64_t line, std::string what) {
    out.problems.push_back({fmt::format("line {}", line), std::move(what)});
  };
  LineFile::Line line;
  while (out.problems.size() < most_verify_problems) {
    const auto more = file->next(line);
    if (!more) return std::unexpected(more.error());
    if (!*more) break;
    const auto entry = line.overlong ? fail("", "is too long for an entry") : parse_entry(line.text);
    const std::uint64_t expected = out.head.size + 1;
    if (!entry) {
      report(line.number, fmt::format("{} (entry {} should stand here)", entry.error().text(), expected));
    } else if (entry->number != expected) {
      report(line.number, fmt::format("is entry {}, where entry {} should stand", entry->number, expected));
    }
    out.head = {entry ? entry->number : expected, sha256(out.head.hash, line.text)};
    if (progress && line.number % 16384 == 0) progress(line.number, 0);
  }
  return out;
}

}  // namespace varne
