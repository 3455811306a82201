#pragma once
/// How a feed of a live desk stands: what the console, /api/health and /metrics show of it.

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "varne/core/fields.h"
#include "varne/core/time.h"

namespace varne {

struct FeedStatus {
  std::string feed;
  std::string address;
  bool up = false;
  std::string state;
  std::optional<Time> last_heard;
  std::optional<Time> last_told;
  std::optional<Time> silent_since;
  double lines_per_s = 0;
  std::uint64_t taken = 0;
  std::uint64_t refused = 0;
  std::map<std::string, std::uint64_t> reasons;
  std::uint64_t other = 0;
  std::uint64_t lost_parts = 0;
  std::uint64_t dropped = 0;
  std::optional<Duration> clock_offset;
  std::string trouble;

  static constexpr auto fields() {
    return std::tuple{
        always("feed", &FeedStatus::feed, "source of its observations: \"nmea\", \"nmea-2\""),
        always("address", &FeedStatus::address, "as it was given"),
        always("up", &FeedStatus::up, "connected, or listening"),
        always("state", &FeedStatus::state, "in words: \"connected to tcp://…\""),
        said("last_heard", &FeedStatus::last_heard, "arrival of its last line; left out where none came yet"),
        said("last_told", &FeedStatus::last_told,
             "arrival of the last line that said something; the others could not be read, or are of another "
             "kind"),
        said("silent_since", &FeedStatus::silent_since,
             "it is up and says nothing of use for longer than it ever does; left out where that is not so"),
        always("lines_per_s", &FeedStatus::lines_per_s, "over about the last half minute").decimals(1),
        always("taken", &FeedStatus::taken, "lines since the desk was started"),
        always("refused", &FeedStatus::refused, "of them, lines that could not be read"),
        said("reasons", &FeedStatus::reasons, "how many were refused for what"),
        always("other", &FeedStatus::other, "of them, lines of another kind: no AIS sentences"),
        always("lost_parts", &FeedStatus::lost_parts,
               "messages left out because a part of them never came, or could not be told from another's"),
        always("dropped", &FeedStatus::dropped,
               "datagrams or lines that were lost here: the desk did not keep up, or could not record"),
        said("clock_offset_s", &FeedStatus::clock_offset,
             "how far its clock is ahead of the desk's, below 0 behind; left out where it says no times"),
        said("trouble", &FeedStatus::trouble,
             "what is wrong with it, for the banner; left out where all is well")};
  }
};

}  // namespace varne
