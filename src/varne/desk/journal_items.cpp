#include "varne/desk/journal_items.h"

#include <fmt/format.h>

#include "varne/core/text.h"

namespace varne {

std::string segment_bytes(const ClosedSegment& segment) {
  return hex(segment.hash) + ' ' + segment.file;
}

Result<SegmentClosed> segment_from(std::string_view bytes) {
  const auto space = bytes.find(' ');
  const auto hash = hash_from_hex(bytes.substr(0, space));
  if (!hash || space == std::string_view::npos)
    return fail("", fmt::format("holds a closed segment \"{}\" that is not its hash and name", shown(bytes)));
  return SegmentClosed{std::string(bytes.substr(space + 1)), *hash};
}

Speaker speaker_of(const std::string& feed) {
  if (feed == typed_feed) return {SpeakerKind::console, feed, true};
  return {SpeakerKind::feed, feed, feed.find(observed_only) == std::string::npos};
}

}  // namespace varne
