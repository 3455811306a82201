#pragma once
/// What a live desk's journal holds. An item's feed is a feed's name, and its bytes one line of it; or one of
/// these names, which no feed can have.

#include <string>
#include <string_view>

#include "varne/record/journal.h"
#include "varne/room/event.h"
#include "varne/room/room.h"

namespace varne {

inline constexpr const char* typed_feed = "console";  ///< a report typed in, as it came

/// A report of somebody who is known by an account, a certificate or a token: the speaker as JSON, a line
/// break, and the report as it came.
inline constexpr const char* spoken_feed = "spoken";
JournalItem spoken_item(Time arrival, const Speaker& speaker, std::string_view typed);
struct Spoken {
  Speaker speaker;
  std::string_view typed;  ///< within the item's bytes
};
Result<Spoken> spoken_in(const JournalItem& item);

/// What a report says it came by: "console" for people, else who sent it ("program bridge").
std::string source_of(const Speaker& speaker);

/// The clock went on. Says how many entries there were by then, so that a version that gives others counts on
/// from the record's; a journal of before says nothing.
inline constexpr const char* clock_feed = "clock";

/// Slow work came back, as its bytes (answer_bytes.h).
inline constexpr const char* answer_feed = "answer";

/// A segment of the journal was closed: its hash, a space, its name.
inline constexpr const char* segment_feed = "segment";
std::string segment_bytes(const ClosedSegment& segment);
Result<SegmentClosed> segment_from(std::string_view bytes);

/// What the desk saw of its feeds and of itself, as the canonical JSON of the event.
inline constexpr const char* line_refused_feed = "line refused";
inline constexpr const char* feed_state_feed = "feed state";
inline constexpr const char* program_feed = "program";
/// The record was signed, for the centres that keep its heads: the letter that says so.
inline constexpr const char* head_feed = "head";

/// A feed that anybody on a network can send to has this in its name, so that the journal alone says that its
/// word is no order: "reports-observed".
inline constexpr std::string_view observed_only = "-observed";

/// A letter of another centre's desk as it came, checked then: "partner CROSS Gris-Nez".
inline constexpr std::string_view partner_feed = "partner ";

/// Who speaks in an item of this feed.
Speaker speaker_of(const std::string& feed);

}  // namespace varne
