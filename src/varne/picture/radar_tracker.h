#pragma once
/// Unidentified craft from radar scans: a Kalman filter for each, detections associated scan by scan, tracks
/// believed and given up by their log-likelihood ratio against clutter (Blackman and Popoli 1999, ch. 6).
/// A value; deterministic.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/time.h"
#include "varne/feed/observation.h"
#include "varne/picture/associator.h"
#include "varne/picture/sensor.h"
#include "varne/picture/track.h"

namespace varne {

/// Holds the tracks that are not believed yet; those that are belong to the picture, which lends them for a
/// scan. Scans may come in any order of their times: a detection feeds a track that is younger than it all
/// the same, and a track is charged with a miss once a turn, in how many pieces the turn may come.
class RadarTracker {
 public:
  struct Settings {
    double acceleration_mps2 = 0.25;  ///< white-noise acceleration, 1 σ
    double start_speed_mps = 6;       ///< 1 σ of a craft's velocity before its second plot
    double gate_sigma = 4;            ///< plots further than so many σ are no candidates
    double confirm = 7;               ///< log-likelihood ratio at which a track is believed …
    int confirm_hits = 3;             ///< … and the plots it needs at least
    double give_up = 4;               ///< a tentative track this much below its best is forgotten
    Duration drop_after = std::chrono::minutes(10);
  };

  /// What a scan did.
  struct Outcome {
    std::vector<std::pair<Track*, std::size_t>> fed;       ///< lent tracks and their plot
    std::vector<std::pair<Track, std::size_t>> confirmed;  ///< newly believed, the picture's from now on
  };

  RadarTracker() : RadarTracker(Settings{}) {}
  explicit RadarTracker(Settings settings);
  RadarTracker(Settings settings, std::shared_ptr<const DataAssociator> associator);

  /// @param scan    not empty; `left` are the numbers of its plots that no ship or mark explains
  /// @param lent    the tracks that are believed; they are put into the order in which they choose
  /// @param sensor  the radar, as far as it is known
  /// @param now     the picture's clock, from which silence is counted
  Outcome scan(const RadarScan& scan, const std::vector<std::size_t>& left, std::span<Track*> lent,
               const Sensor& sensor, Time now);
  /// Forgets what has not been fed for `drop_after`.
  void expire(Time now);
  /// The clock was set back: nothing is later than now.
  void set_back(Time now);

  auto members() { return std::tie(tentative_, turns_, plane_origin_, last_, clutter_per_m2_); }

 private:
  /// The last turn of a radar, which may still go on.
  struct Turn {
    std::uint32_t number = 0;
    Time from;
    std::vector<std::uint64_t> fed;  ///< numbers of the tracks it has fed
    auto members() { return std::tie(number, from, fed); }
  };
  struct Work;
  void feed(Work& work, std::span<Track* const> tracks);
  void learn_clutter(const std::vector<Detection>& detections, std::size_t unexplained);
  void start(const Detection& detection, const LocalPlane& plane, Time now);

  Settings settings_;
  std::shared_ptr<const DataAssociator> associator_;
  std::map<std::uint64_t, Track> tentative_;
  std::map<std::string, Turn> turns_;
  std::optional<Place> plane_origin_;  ///< the first plot's place
  std::uint64_t last_ = 0;
  double clutter_per_m2_ = 1e-7;
};

}  // namespace varne
