#include "varne/record/read_record.h"

#include <fmt/format.h>

#include "varne/core/lines.h"
#include "varne/record/store.h"

namespace varne {
namespace {

constexpr std::size_t page = 2000;

Done read_lines(const std::string& path, const TakeEntry& take) {
  constexpr std::size_t longest_line = std::size_t{64} << 20;
  auto file = LineFile::open(path, longest_line);
  if (!file) return fail(file.error());
  LineFile::Line line;
  for (;;) {
    const auto more = file->next(line);
    if (!more) return fail(more.error());
    if (!*more) return {};
    const std::string where = fmt::format("{}:{}", path, line.number);
    const auto entry = line.overlong ? fail("", "is too long for an entry") : parse_entry(line.text);
    if (!entry) return fail(entry.error().in(where));
    const auto on = take(*entry);
    if (!on) return fail(on.error().in(where));
    if (!*on) return {};
  }
}

Done read_stored(const std::string& where, const TakeEntry& take) {
  const auto store = read_store(where);
  if (!store) return fail(store.error());
  for (std::uint64_t next = 1;;) {
    const auto entries = (*store)->read(next, page);
    if (!entries) return fail(entries.error());
    for (const Entry& entry : *entries) {
      const auto on = take(entry);
      if (!on) return fail(on.error().in((*store)->name()));
      if (!*on) return {};
    }
    if (entries->size() < page) return {};
    next = entries->back().number + 1;
  }
}

}  // namespace

Done each_entry(const std::string& where, const TakeEntry& take) {
  const bool lines = where.ends_with(".jsonl") || where.ends_with(".jsonl.gz");
  return lines ? read_lines(where, take) : read_stored(where, take);
}

}  // namespace varne
