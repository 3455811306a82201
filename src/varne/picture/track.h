#pragma once
/// A craft in the picture, and what happens to it.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/shared_text.h"
#include "varne/core/time.h"

namespace varne {

enum class TrackState {
  tentative,  ///< too little heard to be believed
  confirmed,  ///< fed within the last minutes
  coasting,   ///< not fed: `at` says where it would be by now
  dropped,    ///< gone from the picture
};

/// Half axes and direction of an ellipse in metres.
struct Ellipse {
  double major_m = 0;
  double minor_m = 0;
  double direction_deg = 0;  ///< of the major axis, degrees true
};

/// What a track stood on: kept for the console's "raw report behind it".
struct Evidence {
  Time time;
  SharedText source;
  SharedText raw;

  auto members() { return std::tie(time, source, raw); }
};

/// Where something is and how it moves, at one time, and how well that is known.
struct Estimate {
  Place place;
  Vec velocity;  ///< [m/s] over ground
  double var_east_m2 = 0;
  double var_north_m2 = 0;
  double cov_m2 = 0;

  /// The ellipse that holds the place with probability 1 - exp(-k²/2); k = 2.45 gives 95 %.
  [[nodiscard]] Ellipse ellipse(double k) const;
};

/// What a radar track has to show for itself.
struct RadarScore {
  std::uint64_t number = 0;  ///< from 1, never used twice; its id is "R" and this
  int hits = 0;
  double score = 0;  ///< log-likelihood ratio against clutter (Blackman and Popoli 1999, ch. 6)
  double best = 0;   ///< the highest it was

  auto members() { return std::tie(number, hits, score, best); }
};

struct Track {
  /// "M244123456" by MMSI ("M244123456-2" where a second craft uses it at another place), "R17" by radar.
  std::string id;
  TrackState state = TrackState::tentative;
  std::optional<std::uint32_t> mmsi;  ///< empty: unidentified
  std::string name;                   ///< "" not known
  std::string callsign;
  std::optional<int> ship_type;
  std::optional<double> length_m;
  std::optional<double> heading_deg;
  std::optional<int> status;  ///< navigational, as last sent: M.1371-5, table 48
  RadarScore radar;           ///< of an unidentified craft

  // The kinematics, at `updated`.
  Place place;
  Vec velocity;  ///< [m/s] over ground
  /// Of east, north [m], east, north [m/s]: row by row. Of a ship's velocity nothing is known: zeros.
  std::array<double, 16> covariance{};
  double acceleration_mps2 = 0;  ///< white noise by which the covariance grows; 0 for ships

  Time started;
  Time updated;                    ///< when it was where `place` says: never the arrival of a late report
  Time heard;                      ///< when that came in: what silence is counted from
  std::vector<Evidence> evidence;  ///< the last five, newest at the back

  /// Where it would be now: a straight line from `updated`; before that, as it was then. A confirmed track
  /// too may be asked. Changes nothing.
  [[nodiscard]] Estimate at(Time now) const;
  /// As it was last fed.
  [[nodiscard]] Estimate last() const { return at(updated); }
  /// What a map shows: as it was last fed while it is fed, where it would be by now while it is not.
  [[nodiscard]] Estimate shown(Time now) const { return state == TrackState::coasting ? at(now) : last(); }

  auto members() {
    return std::tie(id, state, mmsi, name, callsign, ship_type, length_m, heading_deg, status, radar, place,
                    velocity, covariance, acceleration_mps2, started, updated, heard, evidence);
  }
};

enum class TrackChange { started, confirmed, updated, identified, coasting, dropped };
const char* name_of(TrackState state);
const char* name_of(TrackChange change);

/// One thing that happened to one track.
struct TrackEvent {
  TrackChange change = TrackChange::updated;
  const Track* track =
      nullptr;  ///< one that was dropped as it was last; good until the picture changes again
};

}  // namespace varne
