#include "varne/picture/associator.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "varne/core/assignment.h"

namespace varne {
namespace {

/// The times of a scan's detections.
struct Span {
  Time from;
  Time to;
};

Span span_of(std::span<const Detection> detections) {
  const auto [first, last] =
      std::minmax_element(detections.begin(), detections.end(),
                          [](const Detection& a, const Detection& b) { return a.time < b.time; });
  return {first->time, last->time};
}

/// How far east or west of its prediction a track's detection may be.
double reach_m(const GaussianState& state, const GaussianState& predicted, Span span, double widest_m,
               const ScanModel& model, double gate_sigma) {
  const double back = std::max(0.0, seconds(state.time - span.from));
  const double a = model.acceleration_mps2;
  const double variance = predicted.covariance(0, 0) + a * a * back * back * back / 3 + widest_m * widest_m;
  const double moves = std::abs(predicted.mean[2]) * (seconds(span.to - span.from) + back);
  // The doubt of the velocity goes back with it.
  const double doubt = back * std::sqrt(predicted.covariance(2, 2));
  return gate_sigma * (std::sqrt(variance) + doubt) + moves;
}

}  // namespace

std::vector<Association> GlobalNearestNeighbour::associate(std::span<const GaussianState> tracks,
                                                           std::span<const Detection> detections,
                                                           const ScanModel& model) const {
  if (tracks.empty() || detections.empty()) return {};
  // Detections by their easting, so that each track looks only at those within its gate.
  std::vector<std::size_t> by_east(detections.size());
  std::iota(by_east.begin(), by_east.end(), std::size_t{0});
  std::sort(by_east.begin(), by_east.end(), [&](std::size_t a, std::size_t b) {
    const double east_a = detections[a].at.east;
    const double east_b = detections[b].at.east;
    return east_a < east_b || (east_a == east_b && a < b);
  });
  double widest = 0;
  for (const auto& detection : detections) widest = std::max(widest, detection.sigma_m);
  const Span span = span_of(detections);

  const double gate2 = gate_sigma_ * gate_sigma_;
  const double miss = std::log(1 - model.detection);
  std::vector<Candidate> candidates;
  std::vector<Association> pairs;
  for (std::size_t t = 0; t < tracks.size(); ++t) {
    const GaussianState predicted = tracks[t].predicted(span.to, model.acceleration_mps2);
    const double reach = reach_m(tracks[t], predicted, span, widest, model, gate_sigma_);
    auto at = std::lower_bound(by_east.begin(), by_east.end(), predicted.mean[0] - reach,
                               [&](std::size_t i, double east) { return detections[i].at.east < east; });
    for (; at != by_east.end() && detections[*at].at.east <= predicted.mean[0] + reach; ++at) {
      const Detection& detection = detections[*at];
      const Innovation innovation(detection.time == span.to ? predicted : tracks[t], detection,
                                  model.acceleration_mps2);
      if (innovation.distance2() > gate2) continue;
      const double hit = std::log(model.detection / model.clutter_per_m2) + innovation.log_density();
      // What the pair is worth against a miss and the plot being clutter.
      candidates.push_back({t, *at, miss - hit});
      pairs.push_back({t, *at, hit, innovation.updated()});
    }
  }
  const auto assigned = assign(tracks.size(), detections.size(), candidates);
  std::vector<Association> out;
  for (auto& pair : pairs)
    if (assigned[pair.track] == pair.detection) out.push_back(std::move(pair));
  return out;
}

}  // namespace varne
