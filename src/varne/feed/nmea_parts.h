#pragma once
/// The parts of long AIS messages, joined. What could be joined in two ways is not joined at all: half of one
/// ship and half of another is worse than neither.

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "varne/core/time.h"
#include "varne/feed/nmea_sentence.h"

namespace varne {

/// A part belongs to a message by talker, sequence number, channel and number of parts, and by tag block
/// group and receiving station where both it and the message name them. Not thread-safe.
class NmeaParts {
 public:
  enum class Fate {
    waits,  ///< for the parts after it
    whole,  ///< `message()` is whole with it
    alone,  ///< the parts before it never came
    mixed,  ///< two messages are under way that it could belong to: neither will be read
  };

  /// @param beside   what stands beside this part
  /// @param raw      its line
  Fate take(const NmeaSentence& part, const NmeaBeside& beside, std::string_view raw, Time arrival);

  /// A message whose parts have all come, until the next `take`.
  struct Message {
    std::string payload;
    std::string raw;  ///< the lines of its parts, joined by '\n'
    int fill = 0;
    std::optional<Time> time;  ///< the first that was written beside one of its parts
    auto members() { return std::tie(payload, raw, fill, time); }
  };
  [[nodiscard]] const Message& message() const { return whole_; }

  /// A line came by (they count towards the time-out of a feed that tells no time).
  void pass_line() { ++lines_; }
  /// What still waits is lost.
  void finish();
  /// Messages of which a part never came, or that were given up because they could be mixed.
  [[nodiscard]] std::uint64_t lost() const { return lost_; }

  auto members() { return std::tie(waiting_, disputed_, lines_, lost_); }

 private:
  /// What tells one message from another.
  struct Key {
    std::string talker;
    std::string sequence;
    std::string group;
    std::string station;
    int total = 0;
    char channel = 0;
    auto members() { return std::tie(talker, sequence, group, station, total, channel); }
  };
  struct Waiting {
    Key key;
    int next = 2;
    std::uint64_t line = 0;  ///< of its first part
    Time arrival;            ///< likewise
    Message so_far;
    auto members() { return std::tie(key, next, line, arrival, so_far); }
  };
  /// A key that two messages used at once.
  struct Disputed {
    Key key;
    std::uint64_t line = 0;  ///< of the last first part under it
    Time arrival;
    std::optional<Time> time;
    std::size_t open = 0;  ///< messages whose last part is still to come
    auto members() { return std::tie(key, line, arrival, time, open); }
  };

  static bool may_be(const Key& key, const NmeaSentence& part, const NmeaBeside& beside);
  [[nodiscard]] bool at_once(std::uint64_t line, Time arrival, std::optional<Time> said,
                             std::optional<Time> now_said, Time now) const;
  void forget_stale(const NmeaBeside& beside, Time arrival);
  bool dispute(const NmeaSentence& part, const NmeaBeside& beside, Time arrival);
  Fate begin(const NmeaSentence& part, const NmeaBeside& beside, std::string_view raw, Time arrival);
  Fate go_on(const NmeaSentence& part, const NmeaBeside& beside, std::string_view raw);

  std::deque<Waiting> waiting_;
  std::deque<Disputed> disputed_;
  Message whole_;
  std::uint64_t lines_ = 0;
  std::uint64_t lost_ = 0;
};

}  // namespace varne
