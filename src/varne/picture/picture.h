#pragma once
/// The picture: which craft are out there, from everything the feeds have said. Ships that say who they are
/// make one track a ship (by MMSI); radar plots that fit none of those make and feed unidentified tracks (a
/// Kalman filter with nearly constant velocity; gated global nearest neighbour assignment a scan; start,
/// confirm, coast, drop).
///
/// Deterministic: the same observations in the same order give the same tracks with the same names, bit for
/// bit.

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/time.h"
#include "varne/feed/observation.h"
#include "varne/picture/radar_tracker.h"

namespace varne {

enum class TrackState {
  tentative,  ///< unidentified, too few plots to be believed
  confirmed,  ///< fed within the last minutes
  coasting,   ///< not fed: where it would be by now
  dropped,    ///< gone from the picture; kept for one change only
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
  std::string source;
  std::string raw;
};

struct Track {
  /// "M244123456" by MMSI ("M244123456-2" where a second craft uses it at another place), "R17" by radar;
  /// never used twice for different craft.
  std::string id;
  TrackState state = TrackState::tentative;
  std::optional<std::uint32_t> mmsi;  ///< empty: unidentified
  std::string name;                   ///< "" not known
  std::string callsign;
  std::optional<int> ship_type;
  std::optional<double> length_m;
  Place place;     ///< at `updated`, or predicted to the picture's time while coasting
  Place reported;  ///< at `updated`
  Vec velocity;    ///< [m/s] over ground
  std::optional<double> heading_deg;
  double var_east_m2 = 0;  ///< covariance of the place
  double var_north_m2 = 0;
  double cov_m2 = 0;
  Time started;
  Time updated;                   ///< last observation that fed it
  std::deque<Evidence> evidence;  ///< the last five, newest at the back

  /// The ellipse that holds the place with probability 1 - exp(-k²/2); k = 2.45 gives 95 %.
  [[nodiscard]] Ellipse ellipse(double k) const;
};

enum class TrackChange { started, confirmed, updated, identified, coasting, dropped };
const char* name_of(TrackState state);
const char* name_of(TrackChange change);

/// One thing that happened to one track.
struct TrackEvent {
  TrackChange change = TrackChange::updated;
  std::string id;
};

/// A value: copying it copies the whole picture.
class Picture {
 public:
  struct Settings {
    RadarTracker::Settings radar;                        ///< of unidentified craft; `drop_after` too
    Duration coast_after = std::chrono::seconds(90);     ///< unidentified: not fed for so long
    Duration ais_coast_after = std::chrono::minutes(6);  ///< class B at anchor reports every 3 minutes
    Duration ais_drop_after = std::chrono::minutes(30);
    double fastest_ship_mps =
        45;  ///< a report that no ship could have come to is not hers (jump, shared MMSI)
    double fastest_aircraft_mps = 150;  ///< the same for search-and-rescue aircraft
  };

  Picture();
  explicit Picture(Settings settings);

  /// Takes AIS and radar; a report is none of its business.
  std::vector<TrackEvent> apply(const Observation& observation);

  /// The clock: coasts and drops what was not fed.
  std::vector<TrackEvent> advance(Time now);

  [[nodiscard]] const std::map<std::string, Track>& tracks() const;
  [[nodiscard]] const Track* find(const std::string& id) const;

 private:
  std::vector<TrackEvent> apply(const AisPosition& position, const Observation& observation);
  std::vector<TrackEvent> apply(const AisIdentity& identity);
  std::vector<TrackEvent> apply(const RadarScan& scan, const Observation& observation);
  Track* track_of(const AisPosition& position, Time time, std::vector<TrackEvent>& events);
  std::vector<bool> taken_by_ships(const std::vector<RadarPlot>& plots, Time time) const;
  void show(const RadarTracker::Flat& flat, Track& track) const;
  void age(Track& track, Time now, std::vector<TrackEvent>& events);

  Settings settings_;
  std::map<std::string, Track> tracks_;
  std::map<std::uint32_t, AisIdentity> identities_;
  std::optional<LocalPlane> plane_;  ///< about the first plot
  RadarTracker radar_;
};

}  // namespace varne
