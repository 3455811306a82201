#pragma once
/// Whoever types in a report and gets no answer sends it again. A desk knows by what it has taken, also
/// before it was started anew, that the second is the first: no second incident, and the answer that was
/// owed.

#include <cstdint>
#include <string_view>
#include <tuple>
#include <vector>

#include "varne/core/hash.h"
#include "varne/feed/report_kinds.h"
#include "varne/room/event.h"

namespace varne {

struct TakenReport {
  Hash said{};              ///< `hash_of_report`
  std::uint64_t first = 0;  ///< its entries, from this number …
  std::uint64_t last = 0;   ///< … to this one; below `first` where it made none
  auto members() { return std::tie(said, first, last); }
  [[nodiscard]] std::vector<std::uint64_t> entries() const;
};

/// By what two reports are the same one: who says it, and every byte of it.
Hash hash_of_report(const Speaker& speaker, std::string_view typed);

}  // namespace varne
