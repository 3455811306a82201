#pragma once
/// NMEA 0183 (IEC 61162-1) lines with AIS sentences, as receivers, aggregators and log files write them: with
/// tag blocks before the sentence or on a line of their own, proprietary time sentences, times before and
/// stations after it, several parts, odd channels, any talker. docs/feeds.md lists the forms.

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/feed/ais.h"
#include "varne/feed/observation.h"

namespace varne {

/// What has come by so far.
struct NmeaCounts {
  std::uint64_t lines = 0;
  std::uint64_t sentences = 0;            ///< AIS sentences with a good checksum
  std::array<std::uint64_t, 28> types{};  ///< whole messages by type; [0] unused
  std::uint64_t other = 0;  ///< lines that are no AIS sentence: other NMEA, comments, tag blocks
  std::uint64_t bad_checksum = 0;
  std::uint64_t bad_sentence = 0;  ///< not built as a sentence is
  std::uint64_t bad_message = 0;   ///< the payload cannot be read
  std::uint64_t lost_part = 0;     ///< messages dropped because a part never came
};

/// Reads lines in order of arrival; keeps the parts of messages that are not whole yet. Not thread-safe.
class NmeaReader {
 public:
  /// @param source  of the observations ("ais")
  explicit NmeaReader(std::string source) : source_(std::move(source)) {}

  /// Takes one line without its end. Observations that it completes are appended to `out`; their time is the
  /// tag block's, else one written beside the sentence, else `arrival`. An error says what was wrong with
  /// this line; the reader goes on with the next.
  Done take(std::string_view line, Time arrival, std::vector<Observation>& out);

  /// Messages whose parts are still missing are lost.
  void finish();

  [[nodiscard]] const NmeaCounts& counts() const { return counts_; }
  /// The time the last line said of itself, if any: what paces a recorded feed.
  [[nodiscard]] std::optional<Time> said() const { return said_; }

 private:
  /// What a line says beside its sentence; empty where it does not.
  struct Said {
    std::optional<Time> time;
    std::string_view group;    ///< number of the tag block group: \\g:1-2-6745
    std::string_view station;  ///< who received it: \\s:rORBCOMM, or ",r003669987" after the checksum
  };
  struct Sentence {
    int total = 1;
    int number = 1;
    char sequence = 0;
    char channel = 0;
    int fill = 0;
    std::string_view payload;
    Said said;
  };
  /// A message some of whose parts have come.
  struct Partial {
    int total = 0;
    int next = 2;
    char sequence = 0;
    char channel = 0;
    std::string group;
    std::string station;
    std::uint64_t line = 0;  ///< of its first part
    Time arrival;            ///< likewise
    std::optional<Time> time;
    std::string payload;
    std::string raw;
  };

  static Said tag_block(std::string_view block);
  static Said around(std::string_view before, std::string_view after);
  Result<std::optional<Sentence>> sentence_of(std::string_view line);
  static Result<Sentence> split_sentence(std::string_view text);
  [[nodiscard]] bool one_message(const Partial& partial, const Sentence& sentence) const;
  [[nodiscard]] bool stale(const Partial& partial, const Sentence& sentence, Time arrival) const;
  Done join(const Sentence& sentence, std::string_view line, Time arrival, std::vector<Observation>& out);
  Done emit(std::string_view payload, int fill, std::string_view raw, Time time,
            std::vector<Observation>& out);

  std::string source_;
  std::deque<Partial> partials_;
  std::optional<Time> pending_;  ///< said on a line of its own, for the sentence that follows
  std::optional<Time> said_;
  NmeaCounts counts_;
};

}  // namespace varne
