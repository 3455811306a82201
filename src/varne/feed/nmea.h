#pragma once
/// NMEA 0183 (IEC 61162-1) lines with AIS sentences, as receivers, aggregators and log files write them: with
/// tag blocks before the sentence or on a line of their own, proprietary time sentences, times before and
/// stations after it, several sentences on a line, several parts, odd channels, any talker. docs/feeds.md
/// lists the forms.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/feed/ais.h"
#include "varne/feed/nmea_parts.h"
#include "varne/feed/nmea_sentence.h"
#include "varne/feed/observation.h"

namespace varne {

/// What has come by so far.
struct NmeaCounts {
  std::uint64_t lines = 0;
  std::uint64_t sentences = 0;            ///< AIS sentences with a good checksum
  std::array<std::uint64_t, 28> types{};  ///< whole messages by type; [0] unused
  std::uint64_t other = 0;  ///< lines that are no AIS sentence: other NMEA, comments, tag blocks
  std::uint64_t bad_checksum = 0;
  std::uint64_t bad_sentence = 0;   ///< no checksum, or not built as a sentence is
  std::uint64_t bad_message = 0;    ///< the payload cannot be read
  std::uint64_t lone_part = 0;      ///< parts whose first never came
  std::uint64_t mixed_part = 0;     ///< parts that could belong to two messages
  std::uint64_t lost_part = 0;      ///< messages dropped because a part never came, or was mixed
  std::uint64_t bad_tag_block = 0;  ///< tag blocks whose checksum is wrong: what they say is passed over
  std::uint64_t unread_time = 0;    ///< times beside a sentence that were not understood

  auto members() {
    return std::tie(lines, sentences, types, other, bad_checksum, bad_sentence, bad_message, lone_part,
                    mixed_part, lost_part, bad_tag_block, unread_time);
  }
};

/// Reads lines in order of arrival; keeps the parts of messages that are not whole yet. Not thread-safe.
class NmeaReader {
 public:
  NmeaReader() = default;
  /// @param source  of the observations ("ais")
  explicit NmeaReader(std::string source) : source_(std::move(source)) {}

  /// Takes one line without its end. Observations that it completes are appended to `out`; their time is the
  /// tag block's, else one written beside the sentence, else one on the line before, else `arrival`. An error
  /// says what was wrong with this line, its first sentence that was refused; the reader goes on with the
  /// next.
  Done take(std::string_view line, Time arrival, std::vector<Observation>& out);

  /// Messages whose parts are still missing are lost.
  void finish();

  [[nodiscard]] const NmeaCounts& counts() const { return counts_; }
  /// The time the last line said of itself, if any: what paces a recorded feed.
  [[nodiscard]] std::optional<Time> said() const { return said_; }
  /// Of the last line, where it was taken and something beside its sentence was not understood: what; else
  /// "".
  [[nodiscard]] const std::string& remark() const { return remark_; }

  auto members() { return std::tie(parts_, pending_, said_, counts_); }

 private:
  static Done refused(std::uint64_t& count, Error error);
  Done take_sentence(const NmeaPiece& piece, Time arrival, std::vector<Observation>& out);
  Done take_part(const NmeaSentence& sentence, const NmeaBeside& beside, std::string_view raw, Time arrival,
                 std::vector<Observation>& out);
  void take_other(std::string_view line);
  void note(const NmeaBeside& beside);
  Done emit(std::string_view payload, int fill, std::string_view raw, std::optional<Time> time, Time arrival,
            std::vector<Observation>& out);

  SharedText source_;
  NmeaParts parts_;
  std::optional<Time> pending_;  ///< said on a line of its own, for the sentence that follows
  std::optional<Time> said_;
  NmeaCounts counts_;
  std::string remark_;
  std::vector<NmeaPiece> pieces_;  ///< of the line in hand
};

}  // namespace varne
