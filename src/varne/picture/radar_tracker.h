#pragma once
/// Unidentified craft from radar plots, in flat metres: a Kalman filter with nearly constant velocity for
/// each, gated global nearest neighbour assignment a scan, tracks confirmed and given up by their
/// log-likelihood ratio against clutter (Blackman and Popoli 1999, ch. 6). A value; deterministic.

#include <Eigen/Core>
#include <cstdint>
#include <map>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/time.h"

namespace varne {

/// One plot in the tracker's plane.
struct FlatPlot {
  Vec at;              ///< [m]
  double sigma_m = 0;  ///< > 0, each axis
};

/// East, north [m], east, north [m/s] with their covariance.
struct FlatState {
  Eigen::Vector4d mean = Eigen::Vector4d::Zero();
  Eigen::Matrix4d covariance = Eigen::Matrix4d::Zero();
  Time time;

  /// Moved on (never back) under white-noise acceleration [m/s², 1 σ an axis].
  [[nodiscard]] FlatState predicted(Time to, double acceleration_mps2) const;
  /// With a plot taken in.
  [[nodiscard]] FlatState updated(const FlatPlot& plot) const;
};

class RadarTracker {
 public:
  struct Settings {
    double acceleration_mps2 = 0.25;  ///< white-noise acceleration, 1 σ
    double start_speed_mps = 6;       ///< 1 σ of a craft's velocity before its second plot
    double gate_sigma = 4;            ///< plots further than so many σ are no candidates
    double detection = 0.85;          ///< probability that a craft in sight gives a plot
    double confirm = 7;               ///< log-likelihood ratio at which a track is believed …
    int confirm_hits = 3;             ///< … and the plots it needs at least
    double give_up = 4;               ///< a tentative track this much below its best is forgotten
    Duration drop_after = std::chrono::minutes(10);
  };

  struct Flat {
    std::uint64_t number = 0;  ///< from 1, never used twice
    FlatState state;
    bool confirmed = false;
    int hits = 0;
    double score = 0;  ///< log-likelihood ratio
    double best = 0;
    Time updated;
  };

  /// What became of the plots and tracks of one scan.
  struct Outcome {
    std::vector<std::uint64_t> confirmed;  ///< newly believed
    std::vector<std::pair<std::uint64_t, std::size_t>>
        fed;                             ///< confirmed tracks (new ones too) and their plot
    std::vector<std::uint64_t> dropped;  ///< confirmed before, given up now
  };

  RadarTracker() = default;
  explicit RadarTracker(Settings settings) : settings_(settings) {}

  /// One scan's plots, all at one time.
  Outcome scan(Time time, const std::vector<FlatPlot>& plots);
  /// Gives up what has not been fed for `drop_after`.
  std::vector<std::uint64_t> expire(Time now);

  [[nodiscard]] const std::map<std::uint64_t, Flat>& tracks() const { return tracks_; }

 private:
  struct Hit {
    std::uint64_t number;
    std::size_t plot;
  };
  void feed(bool confirmed, Time time, const std::vector<FlatPlot>& plots, std::vector<bool>& taken,
            std::vector<Hit>& hits);
  void learn_clutter(const std::vector<FlatPlot>& plots, std::size_t unexplained);
  void start(Time time, const FlatPlot& plot);

  Settings settings_;
  std::map<std::uint64_t, Flat> tracks_;
  std::uint64_t last_ = 0;
  double clutter_per_m2_ = 1e-7;
};

}  // namespace varne
