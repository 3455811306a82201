#include "varne/feed/clock_offset.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace varne {

void ClockOffset::take(Time arrival, Time written) {
  if (last_ && arrival - *last_ < every && arrival >= *last_) return;
  last_ = arrival;
  delays_.push_back(arrival - written);
  if (delays_.size() > kept) delays_.pop_front();
  if (const auto lowest = lowest_crowd()) offset_ = lowest;
}

/// The median of the lowest window that holds enough delays, one of them among the last.
std::optional<Duration> ClockOffset::lowest_crowd() const {
  std::vector<std::pair<Duration, std::size_t>> sorted;  // with how long ago
  for (std::size_t i = 0; i < delays_.size(); ++i) sorted.emplace_back(delays_[i], delays_.size() - 1 - i);
  std::sort(sorted.begin(), sorted.end());
  const std::size_t enough = std::max(least, delays_.size() / 6);
  for (std::size_t begin = 0; begin + enough <= sorted.size(); ++begin) {
    std::size_t end = begin;
    bool is_fed = false;
    for (; end < sorted.size() && sorted[end].first - sorted[begin].first <= crowd; ++end)
      is_fed = is_fed || sorted[end].second < fed;
    if (end - begin >= enough && is_fed) return sorted[begin + (end - begin) / 2].first;
  }
  return std::nullopt;
}

Time ClockOffset::corrected(Time written, Time arrival) const {
  return std::min(arrival, written + offset_.value_or(Duration{0}));
}

}  // namespace varne
