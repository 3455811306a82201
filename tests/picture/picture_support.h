#pragma once
/// Observations for the picture's tests.

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "varne/feed/observation.h"
#include "varne/picture/picture.h"

namespace varne::test {

inline const Time start = *parse_time("2021-11-11T05:00:00Z");
inline constexpr Place mid{1.5, 51.0};

inline Observation ship(std::uint32_t mmsi, Place place, Time time, double speed_mps = 5,
                        double course_deg = 40) {
  AisPosition p;
  p.mmsi = mmsi;
  p.type = 1;
  p.place = place;
  p.speed_mps = speed_mps;
  p.course_deg = course_deg;
  return {time, "ais", "raw " + iso(time), p};
}

/// One turn of a radar that saw something at these places, all at one time.
inline Observation scan(std::uint32_t number, const std::vector<Place>& places, Time time,
                        double sigma_m = 40, const std::string& radar = "dungeness") {
  RadarScan out{radar, number, time, time, {}};
  std::string raw;
  for (const Place place : places) {
    raw += fmt::format("{}plot {}", raw.empty() ? "" : "\n", out.plots.size());
    out.plots.push_back({static_cast<std::uint32_t>(out.plots.size()), time, place, sigma_m});
  }
  return {time, "radar:" + radar, raw, out};
}

inline bool has(const std::vector<TrackEvent>& events, TrackChange change, const std::string& id) {
  return std::any_of(events.begin(), events.end(),
                     [&](const TrackEvent& e) { return e.change == change && e.track->id == id; });
}

inline std::vector<const Track*> unidentified(const Picture& picture) {
  std::vector<const Track*> out;
  for (const auto& [id, track] : picture.tracks())
    if (!track.mmsi) out.push_back(&track);
  return out;
}

}  // namespace varne::test
