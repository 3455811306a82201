#pragma once
/// Which detection of a scan belongs to which track: one interface for whoever decides it.

#include <cstddef>
#include <span>
#include <vector>

#include "varne/picture/gaussian_state.h"

namespace varne {

/// What is taken for granted while a scan is associated.
struct ScanModel {
  double detection = 0.85;          ///< probability that a craft in sight gives a plot
  double clutter_per_m2 = 1e-7;     ///< density of false plots
  double acceleration_mps2 = 0.25;  ///< white noise, 1 σ
};

/// A track and the detection that is taken for its.
struct Association {
  std::size_t track = 0;
  std::size_t detection = 0;
  double gain = 0;      ///< log-likelihood ratio of this detection being the track's against being clutter
  GaussianState state;  ///< the track's, with the detection taken in
};

class DataAssociator {
 public:
  virtual ~DataAssociator() = default;
  /// @param detections  of one scan; their times may differ, and be before those of the tracks
  /// @returns at most one for a track and one for a detection, in the order of the tracks. Deterministic.
  [[nodiscard]] virtual std::vector<Association> associate(std::span<const GaussianState> tracks,
                                                           std::span<const Detection> detections,
                                                           const ScanModel& model) const = 0;
};

/// Global nearest neighbour: of all ways to pair tracks with detections within their gates, the likeliest.
class GlobalNearestNeighbour final : public DataAssociator {
 public:
  /// @param gate_sigma  detections further than so many σ are no candidates
  explicit GlobalNearestNeighbour(double gate_sigma) : gate_sigma_(gate_sigma) {}
  [[nodiscard]] std::vector<Association> associate(std::span<const GaussianState> tracks,
                                                   std::span<const Detection> detections,
                                                   const ScanModel& model) const override;

 private:
  double gate_sigma_;
};

}  // namespace varne
