/// A segment of the journal from anywhere: whole items or an error, never more bytes than there are.

#include <cstdint>
#include <cstdlib>

#include "varne/record/segment.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::string packed;
  const auto end = varne::unpack_segment(bytes, [&](const varne::JournalItem& item) -> varne::Done {
    if (item.feed.size() > varne::most_feed_name) std::abort();
    packed.clear();
    varne::pack_item(item, packed);
    return {};
  });
  if (end && *end > size) std::abort();
  return 0;
}
