#pragma once
/// What the feeds bring in. Every observation keeps where it came from and its raw text; nothing in it is a
/// decision. Start here: a new feed is one file in this folder that makes these.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "varne/core/geo.h"
#include "varne/core/time.h"
#include "varne/feed/report.h"

namespace varne {

/// A position by AIS: ITU-R M.1371-5 types 1, 2, 3 (class A), 9 (search-and-rescue aircraft), 18 and 19
/// (class B). "Not available" is an empty optional, never a magic number.
struct AisPosition {
  std::uint32_t mmsi = 0;  ///< 30 bits as sent: a garbled one may have ten digits
  int type = 0;            ///< message type
  std::optional<Place> place;
  std::optional<double> speed_mps;     ///< over ground
  std::optional<double> course_deg;    ///< over ground, true
  std::optional<double> heading_deg;   ///< true
  std::optional<double> turn_deg_min;  ///< rate of turn, positive to starboard
  std::optional<int> status;           ///< navigational status 0–15, class A only
  std::optional<double> altitude_m;    ///< type 9 only
  bool accurate = false;               ///< position better than 10 m
  bool odd_length = false;             ///< not as long as its type says: read as far as the bits go
};

/// Who a ship says it is: types 5, 19, 24 (parts A and B). An empty text or optional means not said.
struct AisIdentity {
  std::uint32_t mmsi = 0;
  int type = 0;
  std::string name;
  std::string callsign;
  std::string destination;
  std::optional<int>
      ship_type;  ///< table 53 of M.1371-5: 30 fishing, 51 search and rescue, 60–69 passenger …
  std::optional<std::uint32_t> imo;
  std::optional<double> length_m;
  std::optional<double> beam_m;
  std::optional<double> draught_m;
  bool odd_length = false;
};

/// A fixed or floating mark or shore station: types 4 (base station) and 21 (aid to navigation).
struct AisMark {
  std::uint32_t mmsi = 0;
  int type = 0;
  std::string name;
  std::optional<Place> place;
  bool virtual_aid = false;  ///< type 21: there is no buoy in the water
  bool off_position = false;
  bool odd_length = false;
};

/// One radar plot, already turned into a place by the radar's own site.
struct RadarPlot {
  std::string radar;       ///< "dungeness"
  std::uint32_t scan = 0;  ///< antenna turn it belongs to; plots of one scan come together
  std::uint32_t plot = 0;  ///< number within the scan
  Place place;
  double sigma_m = 0;  ///< standard deviation on each axis, > 0
};

using Observed = std::variant<AisPosition, AisIdentity, AisMark, RadarPlot, Report>;

/// One thing a feed said.
struct Observation {
  Time time;           ///< when it was so (the sender's or receiver's time); the arrival is the event's
  std::string source;  ///< which feed: "ais", "radar:dungeness", "reports", "tcp:127.0.0.1:10110"
  std::string raw;     ///< as received, without its line end (AIS: all parts, joined by '\n')
  Observed what;
};

}  // namespace varne
