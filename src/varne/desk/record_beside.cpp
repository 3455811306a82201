#include "varne/desk/record_beside.h"

namespace varne {
namespace {

constexpr std::size_t page_size = 2000;

}  // namespace

Done RecordBeside::begins_at(Time first_arrival) const {
  if (had_ == 0) return {};
  const auto first = read_(1, 1);
  if (!first) return std::unexpected(first.error());
  if (!first->empty() && first->front().time == first_arrival) return {};
  return fail("",
              "the record and the journal do not belong together: one began at another time than the other");
}

Done RecordBeside::compare(const std::vector<Entry>& given) {
  for (const Entry& entry : given) {
    if (entry.number > had_) {
      // Counted on from the record's number, this version may come by a number twice: the later holds.
      while (!fresh_.empty() && fresh_.back().number >= entry.number) fresh_.pop_back();
      fresh_.push_back(entry);
      continue;
    }
    if (page_.empty() || entry.number > page_.back().number || entry.number < page_.front().number) {
      auto next = read_(entry.number, page_size);
      if (!next) return std::unexpected(next.error());
      page_ = std::move(*next);
    }
    const auto at = static_cast<std::size_t>(entry.number - page_.front().number);
    if (at < page_.size() && page_[at] == entry) continue;
    if (++differing_ == 1) first_differing_ = entry.number;
    if (differs) differs(entry.number);
  }
  return {};
}

}  // namespace varne
