/// A line of a record from anywhere: what is taken must be written again byte for byte.

#include <cstdint>
#include <cstdlib>

#include "varne/record/entry.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  if (const auto entry = varne::parse_entry(line)) {
    if (varne::entry_line(*entry) != line || !varne::check_entry(*entry)) std::abort();
  }
  // The same bytes as the words of an entry: checked as entries are before they are taken.
  const varne::Entry words{1, varne::Time{}, "track", std::string(line)};
  if (varne::check_entry(words) && varne::parse_entry(varne::entry_line(words)) != words) std::abort();
  return 0;
}
