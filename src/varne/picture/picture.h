#pragma once
/// The picture: which craft and marks are out there, from everything the feeds have said. Ships that say who
/// they are make one track a ship (by MMSI); radar plots that fit neither those nor a mark make and feed
/// unidentified tracks (radar_tracker.h). A track is started, confirmed, coasts when it falls silent, is
/// dropped.
///
/// Deterministic: the same observations in the same order give the same tracks with the same names, bit for
/// bit.

#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/time.h"
#include "varne/feed/observation.h"
#include "varne/picture/deadlines.h"
#include "varne/picture/radar_tracker.h"
#include "varne/picture/sensor.h"
#include "varne/picture/track.h"

namespace varne {

/// A mark or shore station, as it says it is: AIS types 21 (aid to navigation) and 4 (base station).
struct Mark {
  std::uint32_t mmsi = 0;
  int type = 0;      ///< 4 or 21
  std::string name;  ///< "" not known
  std::optional<Place> place;
  bool virtual_aid = false;  ///< there is nothing in the water
  bool off_position = false;
  Time updated;
  Time heard;

  auto members() { return std::tie(mmsi, type, name, place, virtual_aid, off_position, updated, heard); }
};

/// A value: copying it copies the whole picture.
class Picture {
 public:
  struct Settings {
    RadarTracker::Settings radar;                        ///< of unidentified craft; `drop_after` too
    Sensors sensors;                                     ///< what is known of the radars
    Duration coast_after = std::chrono::seconds(90);     ///< unidentified: not fed for so long
    Duration ais_coast_after = std::chrono::minutes(6);  ///< class B at anchor reports every 3 minutes
    Duration ais_drop_after = std::chrono::minutes(30);
    Duration mark_drop_after = std::chrono::hours(1);  ///< marks report every 3 minutes or slower
    double fastest_ship_mps =
        45;  ///< a report that no ship could have come to is not hers (jump, shared MMSI)
    double fastest_aircraft_mps = 150;  ///< the same for search-and-rescue aircraft
  };
  /// Craft under one MMSI; what the next one says is passed over, since whose it is cannot be told.
  static constexpr int most_under_one_mmsi = 20;

  Picture();
  explicit Picture(Settings settings);

  /// Takes AIS and radar, however late and in whatever order of their times; a report is none of its
  /// business.
  std::vector<TrackEvent> apply(const Observation& observation);

  /// The clock: coasts and drops what was not fed. A clock that is set back takes the picture back with it:
  /// nothing in it is later than now.
  std::vector<TrackEvent> advance(Time now);

  [[nodiscard]] const std::map<std::string, Track>& tracks() const { return tracks_; }
  [[nodiscard]] const Track* find(const std::string& id) const;
  /// Marks and shore stations by MMSI.
  [[nodiscard]] const std::map<std::uint32_t, Mark>& marks() const { return marks_; }

  /// Everything but the settings, for a checkpoint (fields_bytes.h).
  auto members() {
    return std::tie(tracks_, identities_, crowded_, marks_, marks_swept_, deadlines_, radar_, now_);
  }

 private:
  /// What a ship has said of herself.
  struct Identity {
    std::string name;
    std::string callsign;
    std::optional<int> ship_type;
    std::optional<double> length_m;
    auto members() { return std::tie(name, callsign, ship_type, length_m); }
  };
  std::vector<TrackEvent> apply(const AisPosition& position, const Observation& observation);
  std::vector<TrackEvent> apply(const AisIdentity& identity);
  void apply(const AisMark& mark, const Observation& observation);
  std::vector<TrackEvent> apply(const RadarScan& scan, const Observation& observation);

  [[nodiscard]] Time arrival(Time time) const;
  Track* track_of(const AisPosition& position, Time time, std::vector<TrackEvent>& events);
  Track& start(std::string id, Time time);
  std::vector<std::size_t> not_explained(const RadarScan& scan) const;
  static void identify(Track& track, const Identity& identity);
  void age(const std::string& id, Time now, std::vector<TrackEvent>& events);
  [[nodiscard]] Duration coast_after(const Track& track) const;
  [[nodiscard]] Duration drop_after(const Track& track) const;
  void set_back(Time now);

  Settings settings_;
  std::map<std::string, Track> tracks_;
  std::map<std::uint32_t, Identity> identities_;
  std::map<std::uint32_t, int> crowded_;  ///< MMSI of several craft -> highest number among them
  std::map<std::uint32_t, Mark> marks_;
  Time marks_swept_;
  Deadlines deadlines_;
  RadarTracker radar_;
  Time now_;                  ///< as `advance` said last; the epoch before
  std::list<Track> dropped_;  ///< by the last `advance`: its events speak of them
};

}  // namespace varne
