#include "varne/desk/journal_items.h"

#include <fmt/format.h>

#include "varne/core/fields_json.h"
#include "varne/core/text.h"

namespace varne {

JournalItem spoken_item(Time arrival, const Speaker& speaker, std::string_view typed) {
  return {arrival, spoken_feed, canonical_of(speaker) + '\n' + std::string(typed)};
}

Result<Spoken> spoken_in(const JournalItem& item) {
  const std::string_view bytes = item.bytes;
  const auto end = bytes.find('\n');
  if (end == std::string_view::npos) return fail("", "holds a report without its speaker");
  const auto json = parse_json(bytes.substr(0, end));
  if (!json) return std::unexpected(json.error());
  Spoken out{{}, bytes.substr(end + 1)};
  if (auto read = read_json(*json, out.speaker); !read) return std::unexpected(read.error().in("speaker"));
  return out;
}

std::string source_of(const Speaker& speaker) {
  const bool person = speaker.kind == SpeakerKind::console || speaker.kind == SpeakerKind::account;
  return person ? typed_feed : fmt::format("{} {}", enum_name(speaker.kind), speaker.name);
}

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
  if (feed.starts_with(partner_feed)) return {SpeakerKind::partner, feed.substr(partner_feed.size()), true};
  return {SpeakerKind::feed, feed, feed.find(observed_only) == std::string::npos};
}

}  // namespace varne
