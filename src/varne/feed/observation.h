#pragma once
/// What the feeds bring in. Every observation keeps where it came from and its raw text; nothing in it is a
/// decision. Start here: a new feed is one file in this folder that makes these.

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/maybe.h"
#include "varne/core/shared_text.h"
#include "varne/core/time.h"
#include "varne/feed/report_kinds.h"

namespace varne {

/// A position by AIS: ITU-R M.1371-5 types 1, 2, 3 (class A), 9 (search-and-rescue aircraft), 18 and 19
/// (class B). "Not available" is an empty optional, never a magic number.
struct AisPosition {
  std::uint32_t mmsi = 0;  ///< 30 bits as sent: a garbled one may have ten digits
  int type = 0;            ///< message type
  std::optional<Place> place;
  MaybeNumber speed_mps;      ///< over ground
  MaybeNumber course_deg;     ///< over ground, true
  MaybeNumber heading_deg;    ///< true
  MaybeNumber turn_deg_min;   ///< rate of turn, positive to starboard
  std::optional<int> status;  ///< navigational status 0–15, class A only
  MaybeNumber altitude_m;     ///< type 9 only
  bool accurate = false;      ///< position better than 10 m
  bool odd_length = false;    ///< not as long as its type says: read as far as the bits go
};

/// Who a ship says it is: types 5, 19, 24 (parts A and B). An empty text or optional means not said.
struct AisIdentity {
  std::uint32_t mmsi = 0;
  int type = 0;
  SharedText name;
  SharedText callsign;
  SharedText destination;
  std::optional<int>
      ship_type;  ///< table 53 of M.1371-5: 30 fishing, 51 search and rescue, 60–69 passenger …
  std::optional<std::uint32_t> imo;
  MaybeNumber length_m;
  MaybeNumber beam_m;
  MaybeNumber draught_m;
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

/// A safety text: types 12 (to one station) and 14 (to all). `beacon_text` says which are a beacon's alarm.
struct AisText {
  std::uint32_t mmsi = 0;  ///< who sends it
  int type = 0;
  std::optional<std::uint32_t> to;  ///< type 12: the MMSI it is meant for
  std::optional<int> sequence;      ///< type 12: 0–3, the same where it is sent again
  std::string text;                 ///< six-bit ASCII: capitals; "" where nothing was written
  bool odd_length = false;
};

/// One radar plot, already turned into a place by the radar's own site.
struct RadarPlot {
  std::uint32_t plot = 0;  ///< number within the scan
  Time time;               ///< when the beam met it
  Place place;
  double sigma_m = 0;  ///< standard deviation on each axis, > 0

  auto members() { return std::tie(plot, time, place, sigma_m); }
};

/// What one radar saw in one turn of its antenna. Where a turn came in pieces (a slow antenna, a late line)
/// each piece is one of these, under the same number.
struct RadarScan {
  std::string radar;             ///< "dungeness"
  std::uint32_t scan = 0;        ///< number of the turn, as the radar counts
  Time from;                     ///< its first plot …
  Time to;                       ///< … and its last; the observation's time
  std::vector<RadarPlot> plots;  ///< not empty; the observation's raw has a line for each, in this order

  auto members() { return std::tie(radar, scan, from, to, plots); }
};

/// A report is large and rare: it stands behind a pointer.
using Observed = std::variant<AisPosition, AisIdentity, AisMark, AisText, RadarScan, Boxed<Report>>;

/// One thing a feed said.
struct Observation {
  Time time;          ///< when it was so, as the sender or receiver wrote it; the arrival is the event's
  SharedText source;  ///< which feed: "ais", "radar:dungeness", "reports", "tcp:127.0.0.1:10110"
  SharedText raw;     ///< as received, without its line end (parts of a message, plots of a scan: joined by
                      ///< '\n')
  Observed what;
  bool time_given = true;  ///< false: nobody wrote a time, and the arrival stands for it
};

/// Each of a feed's thousands a second costs so much on its way to the picture, and its raw line once beside.
static_assert(sizeof(Observation) <= 128);

/// What was reported, or null where it is no report.
inline const Report* report_in(const Observation& observation) {
  const auto* report = std::get_if<Boxed<Report>>(&observation.what);
  return report == nullptr ? nullptr : &**report;
}

/// Moves an observation in time, the plots of a scan with it: what a clock that is off said, as it was. Not
/// for reports, whose times a person gave.
void move_time(Observation& observation, Duration by);

}  // namespace varne
