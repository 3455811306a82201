#pragma once
/// What a live desk's journal holds besides the lines of its feeds: names that no feed can have.

#include <string>

#include "varne/room/event.h"

namespace varne {

inline constexpr const char* clock_feed = "clock";      ///< the clock went on
inline constexpr const char* answer_feed = "answer";    ///< slow work came back
inline constexpr const char* typed_feed = "console";    ///< a report typed in
inline constexpr const char* segment_feed = "segment";  ///< a segment of the journal was closed

/// Who brings what has this source.
inline Speaker speaker_of(const std::string& source) {
  return {source == typed_feed ? SpeakerKind::console : SpeakerKind::feed, source};
}

}  // namespace varne
