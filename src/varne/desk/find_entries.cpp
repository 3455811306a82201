#include <algorithm>
#include <cctype>

#include "varne/desk/desk.h"

namespace varne {
namespace {

constexpr std::size_t page = 2000;

bool holds(std::string_view text, std::string_view word) {
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
  };
  return std::search(text.begin(), text.end(), word.begin(), word.end(), same) != text.end();
}

}  // namespace

bool EntryQuery::fits(const Entry& entry) const {
  if (!kinds.empty() && !kinds.contains(entry.kind)) return false;
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
    return holds(entry.body, word) || holds(entry.kind, word);
  });
}

Result<FoundEntries> find_entries(const ReadEntries& read, std::uint64_t last, const EntryQuery& query) {
  FoundEntries out;
  std::uint64_t end = query.before > 0 ? std::min(query.before, last + 1) : last + 1;  // below this
  while (end > 1 && out.entries.size() < query.most) {
    const std::uint64_t first = end > page ? end - page : 1;
    auto some = read(first, static_cast<std::size_t>(end - first));
    if (!some) return fail(some.error());
    auto at = some->rbegin();
    for (; at != some->rend() && out.entries.size() < query.most; ++at)
      if (query.fits(*at)) out.entries.push_back(std::move(*at));
    end = first + static_cast<std::uint64_t>(some->rend() - at);
  }
  out.all = end <= 1;
  std::reverse(out.entries.begin(), out.entries.end());
  return out;
}

void Desk::find(EntryQuery query, std::function<void(Result<FoundEntries>)> done) {
  done(find_entries([this](std::uint64_t first, std::size_t most) { return entries(first, most); },
                    last_entry(), query));
}

}  // namespace varne
