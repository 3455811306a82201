#pragma once
/// One line of a feed cut into AIS sentences, and a sentence into its fields. Nothing is kept between lines.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "varne/core/result.h"
#include "varne/core/time.h"

namespace varne {

/// A sentence as it stands on its line, with what belongs to it around it. Views of the line.
struct NmeaPiece {
  std::string_view before;    ///< a tag block, a time
  std::string_view sentence;  ///< "!AIVDM,…*5C", as far as it goes
  std::string_view after;     ///< ",r003669987,1152921693"

  /// All of it: what is kept as raw.
  [[nodiscard]] std::string_view all() const {
    return {before.data(), static_cast<std::size_t>(after.data() + after.size() - before.data())};
  }
};

/// Appends the sentences ("!xxVDM,", "!xxVDO,") of a line to `out`: none, one, or several that were glued
/// together, the ones before the last perhaps cut off.
void cut_sentences(std::string_view line, std::vector<NmeaPiece>& out);

/// The fields of a sentence whose checksum holds.
struct NmeaSentence {
  std::string_view talker;  ///< "AIVDM"
  int total = 1;            ///< parts of its message, 1–9
  int number = 1;           ///< which of them this is
  std::string_view sequence;
  char channel = 0;  ///< 0: not said
  int fill = 0;      ///< 0–6
  std::string_view payload;
};

enum class NmeaFault { checksum, no_checksum, form };

struct NmeaRefusal {
  NmeaFault fault;
  Error error;
};

/// Refuses a checksum that is wrong or absent, and what is not built as IEC 61162-1 has it. An empty payload
/// is allowed to a part of several. Six fill bits, which some senders write, are let through.
std::expected<NmeaSentence, NmeaRefusal> read_sentence(std::string_view sentence);

/// What stands beside a sentence, or on a line of its own for the next.
struct NmeaBeside {
  std::optional<Time> time;
  std::string_view unread;   ///< what looks like a time and was not understood
  std::string_view group;    ///< number of the tag block group: \\g:1-2-6745
  std::string_view station;  ///< who received it: \\s:rORBCOMM, or ",r003669987" after the checksum
  bool bad_tag_block = false;
};

/// "s:r1,c:1490075703,g:1-2-6745*5C", without its backslashes; says nothing where its checksum is wrong.
NmeaBeside read_tag_block(std::string_view block);
/// "$PGHP,1,2013,11,12,12,0,0,432,…": the receiver's UTC.
std::optional<Time> gatehouse_time(std::string_view text);
/// Of a piece. A tag block goes before what is written beside it.
NmeaBeside read_beside(const NmeaPiece& piece);
/// The station of a raw line as it is kept in an observation, "" where it names none.
std::string_view station_in(std::string_view raw);

}  // namespace varne
