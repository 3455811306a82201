#include "varne/feed/source_clocks.h"

#include <algorithm>

#include "varne/feed/nmea_sentence.h"

namespace varne {

ClockOffset& SourceClocks::clock_of(const Observation& observation) {
  std::string name = observation.source;
  if (const auto station = station_in(observation.raw); !station.empty()) (name += ' ') += station;
  const auto at = clocks_.find(name);
  if (at != clocks_.end()) return at->second;
  // A feed that makes up stations is one source.
  return clocks_[clocks_.size() < most_sources ? name : observation.source.str()];
}

void SourceClocks::put_right(std::vector<Observation>& observations, Time arrival) {
  for (Observation& observation : observations) {
    if (report_in(observation) != nullptr || !observation.time_given) continue;
    ClockOffset& clock = clock_of(observation);
    clock.take(arrival, observation.time);
    Time time = observation.time;
    if (const auto off = clock.offset()) {
      if (std::chrono::abs(*off) > right_within) time += *off;
    } else if (time < arrival - oldest_believed) {
      time = arrival;
    }
    move_time(observation, std::min(time, arrival) - observation.time);
  }
}

std::map<std::string, Duration> SourceClocks::wrong() const {
  std::map<std::string, Duration> out;
  for (const auto& [source, clock] : clocks_) {
    if (const auto off = clock.offset(); off && std::chrono::abs(*off) > right_within) out[source] = *off;
  }
  return out;
}

}  // namespace varne
