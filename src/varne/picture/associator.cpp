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

/// Where along an axis (0 east, 1 north) a track's detections may be: what a state moved on would say, and no
/// more of it than that, since most tracks meet no detection.
struct Within {
  Within(Eigen::Index axis, const GaussianState& state, Span span, double widest_m, const ScanModel& model,
         double gate_sigma) {
    const double ahead = std::max(0.0, seconds(span.to - state.time));
    const double back = std::max(0.0, seconds(state.time - span.from));
    const auto& p = state.covariance;
    const Eigen::Index speed = axis + 2;
    const double q = model.acceleration_mps2 * model.acceleration_mps2;
    const double variance = p(axis, axis) + ahead * (2 * p(axis, speed) + ahead * p(speed, speed)) +
                            q * (ahead * ahead * ahead + back * back * back) / 3 + widest_m * widest_m;
    const double moves = std::abs(state.mean[speed]) * (seconds(span.to - span.from) + back);
    // The doubt of the velocity goes back with it.
    const double doubt = back == 0 ? 0 : back * std::sqrt(p(speed, speed) + q * ahead);
    const double away = (gate_sigma * (std::sqrt(variance) + doubt) + moves) * (1 + 1e-9);
    least = state.mean[axis] + ahead * state.mean[speed] - away;
    most = least + 2 * away;
  }
  double least;
  double most;
};

/// A pair within the gate.
struct Pair {
  std::size_t track;
  std::size_t detection;
  double gain;
  Innovation innovation;
};

}  // namespace

std::vector<Association> GlobalNearestNeighbour::associate(std::span<const GaussianState> tracks,
                                                           std::span<const Detection> detections,
                                                           const ScanModel& model) const {
  if (tracks.empty() || detections.empty()) return {};
  // Detections by their easting, so that each track looks only at those within its gate.
  /// Filled anew each time, into the same memory.
  struct Scratch {
    std::vector<std::size_t> by_east;
    std::vector<Candidate> candidates;
    std::vector<Pair> pairs;
  };
  thread_local Scratch scratch;
  auto& [by_east, candidates, pairs] = scratch;
  by_east.resize(detections.size());
  candidates.clear();
  pairs.clear();
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
  for (std::size_t t = 0; t < tracks.size(); ++t) {
    const Within east(0, tracks[t], span, widest, model, gate_sigma_);
    auto at = std::lower_bound(by_east.begin(), by_east.end(), east.least,
                               [&](std::size_t i, double least) { return detections[i].at.east < least; });
    if (at == by_east.end() || detections[*at].at.east > east.most) continue;
    const Within north(1, tracks[t], span, widest, model, gate_sigma_);
    for (; at != by_east.end() && detections[*at].at.east <= east.most; ++at) {
      const Detection& detection = detections[*at];
      if (detection.at.north < north.least || detection.at.north > north.most) continue;
      const Innovation innovation(tracks[t], detection, model.acceleration_mps2);
      if (innovation.distance2() > gate2) continue;
      const double hit = std::log(model.detection / model.clutter_per_m2) + innovation.log_density();
      // What the pair is worth against a miss and the plot being clutter.
      candidates.push_back({t, *at, miss - hit});
      pairs.push_back({t, *at, hit, innovation});
    }
  }
  const auto assigned = assign(tracks.size(), detections.size(), candidates);
  std::vector<Association> out;
  out.reserve(static_cast<std::size_t>(
      std::count_if(assigned.begin(), assigned.end(), [](const auto& one) { return one.has_value(); })));
  for (const Pair& pair : pairs)
    if (assigned[pair.track] == pair.detection)
      out.push_back({pair.track, pair.detection, pair.gain, pair.innovation.updated()});
  return out;
}

}  // namespace varne
