#pragma once
/// When each thing is to be looked at next: one entry a thing, so that the clock costs nothing while nothing
/// is due.

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "varne/core/time.h"

namespace varne {

/// A heap of names by the time after which they are due. A value.
class Deadlines {
 public:
  /// @param name  has no entry here yet
  void put(Time after, std::string name) {
    if (free_.empty()) {
      free_.push_back(static_cast<std::uint32_t>(names_.size()));
      names_.emplace_back();
    }
    const std::uint32_t slot = free_.back();
    free_.pop_back();
    names_[slot] = std::move(name);
    heap_.emplace_back(after, slot);
    std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
  }
  /// Takes out all that are due: `now` is later than theirs. Sorted by name; good until the next call.
  const std::vector<std::string>& due(Time now) {
    due_.clear();
    while (!heap_.empty() && heap_.front().first < now) {
      std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
      const std::uint32_t slot = heap_.back().second;
      heap_.pop_back();
      due_.push_back(std::move(names_[slot]));
      free_.push_back(slot);
    }
    std::sort(due_.begin(), due_.end());
    return due_;
  }
  void clear() { *this = {}; }

  auto members() { return std::tie(heap_, names_, free_); }

 private:
  // Names are long to move about: the heap holds where they stand.
  std::vector<std::pair<Time, std::uint32_t>> heap_;
  std::vector<std::string> names_;
  std::vector<std::uint32_t> free_;  ///< of `names_`
  std::vector<std::string> due_;     ///< of the last call, filled again into the same memory
};

}  // namespace varne
