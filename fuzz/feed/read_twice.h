#pragma once
/// What the fuzzers of feeds that remember lines share.

#include <cstdlib>
#include <string_view>
#include <vector>

#include "varne/core/lines.h"
#include "varne/feed/reader.h"

namespace varne::fuzz {

inline void must(bool holds) {
  if (!holds) std::abort();
}

/// Any bytes as the lines of a feed of this kind, a second apart: what a reader makes of them. Another that
/// starts again from its bytes before each line makes as much of them, and a refusal has words.
inline std::vector<Observation> read_twice(std::string_view kind, std::string_view bytes) {
  auto reader = *make_reader(kind, "fuzz");
  auto again = *make_reader(kind, "fuzz");
  std::vector<Observation> out, other;
  LineCutter cutter(4096);
  const auto take = [&](std::string_view line, std::uint64_t number, bool overlong) {
    if (overlong) return;
    const auto now = time_from_millis(static_cast<std::int64_t>(number) * 1000);
    const auto done = reader->take(line, now, out);
    must(done.has_value() || !done.error().what.empty());
    auto next = *make_reader(kind, "fuzz");
    must(next->restore(again->state()));
    again = std::move(next);
    (void)again->take(line, now, other);
  };
  cutter.take(bytes, take);
  cutter.finish(take);
  reader->finish(out);
  again->finish(other);
  must(out.size() == other.size());
  return out;
}

}  // namespace varne::fuzz
