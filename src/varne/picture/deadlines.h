#pragma once
/// When each thing is to be looked at next: one entry a thing, so that the clock costs nothing while nothing
/// is due.

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "varne/core/time.h"

namespace varne {

/// A heap of names by the time after which they are due. A value; of equal times the same order always.
class Deadlines {
 public:
  /// @param name  has no entry here yet
  void put(Time after, std::string name) {
    heap_.emplace_back(after, std::move(name));
    std::push_heap(heap_.begin(), heap_.end(), later);
  }
  /// Takes out all that are due: `now` is later than theirs. Sorted by name.
  std::vector<std::string> due(Time now) {
    std::vector<std::string> out;
    while (!heap_.empty() && heap_.front().first < now) {
      std::pop_heap(heap_.begin(), heap_.end(), later);
      out.push_back(std::move(heap_.back().second));
      heap_.pop_back();
    }
    std::sort(out.begin(), out.end());
    return out;
  }
  void clear() { heap_.clear(); }

  auto members() { return std::tie(heap_); }

 private:
  using Entry = std::pair<Time, std::string>;
  static bool later(const Entry& a, const Entry& b) { return a > b; }
  std::vector<Entry> heap_;
};

}  // namespace varne
