#pragma once
/// A segment of the journal as it lies on the disk or in a database: zstd frames end to end, one for each
/// sync, each with its checksum. Inside a frame stand whole items one after another: arrival (8 bytes,
/// milliseconds since 1970, little-endian), length of the feed's name (1), length of the bytes (4,
/// little-endian), then both.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "varne/record/journal.h"

namespace varne {

inline constexpr std::size_t most_feed_name = 255;
inline constexpr std::size_t most_item_bytes = std::size_t{16} << 20;
inline constexpr std::size_t most_waiting_bytes = std::size_t{64} << 20;

void pack_item(const JournalItem& item, std::string& out);

/// One frame of packed items.
Result<std::string> pack_frame(std::string_view items);

/// Gives the items of all whole frames and the number of bytes that those frames take. A frame that begins at
/// the end and is cut off is passed over; anything else that is no frame is an error.
Result<std::size_t> unpack_segment(std::string_view bytes,
                                   const std::function<Done(const JournalItem&)>& item);

}  // namespace varne
