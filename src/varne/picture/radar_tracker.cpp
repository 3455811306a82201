#include "varne/picture/radar_tracker.h"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "varne/picture/assignment.h"

namespace varne {
namespace {

Eigen::Matrix2d innovation(const FlatState& state, double sigma_m) {
  return state.covariance.topLeftCorner<2, 2>() + Eigen::Matrix2d::Identity() * (sigma_m * sigma_m);
}

/// ln of the plot's density under the track's prediction, and its distance in σ squared.
struct Likelihood {
  double log_density;
  double distance2;
};
Likelihood likelihood(const FlatState& state, const FlatPlot& plot) {
  const Eigen::Matrix2d s = innovation(state, plot.sigma_m);
  const Eigen::Vector2d d(plot.at.east - state.mean[0], plot.at.north - state.mean[1]);
  const double determinant = s.determinant();
  const double distance2 = d.dot(s.inverse() * d);
  return {-0.5 * (distance2 + std::log(determinant)) - std::log(2 * std::numbers::pi), distance2};
}

}  // namespace

FlatState FlatState::predicted(Time to, double acceleration_mps2) const {
  const double dt = std::max(0.0, seconds(to - time));
  if (dt == 0) return *this;
  Eigen::Matrix4d f = Eigen::Matrix4d::Identity();
  f(0, 2) = f(1, 3) = dt;
  // Continuous white noise of acceleration: the spread of the velocity after a second is the given σ.
  const double q = acceleration_mps2 * acceleration_mps2;
  Eigen::Matrix4d noise = Eigen::Matrix4d::Zero();
  for (int axis = 0; axis < 2; ++axis) {
    noise(axis, axis) = q * dt * dt * dt / 3;
    noise(axis, axis + 2) = noise(axis + 2, axis) = q * dt * dt / 2;
    noise(axis + 2, axis + 2) = q * dt;
  }
  return {f * mean, f * covariance * f.transpose() + noise, to};
}

FlatState FlatState::updated(const FlatPlot& plot) const {
  const Eigen::Matrix2d s = innovation(*this, plot.sigma_m);
  const Eigen::Matrix<double, 4, 2> gain = covariance.leftCols<2>() * s.inverse();
  const Eigen::Vector2d d(plot.at.east - mean[0], plot.at.north - mean[1]);
  FlatState out{mean + gain * d, covariance - gain * s * gain.transpose(), time};
  out.covariance = 0.5 * (out.covariance + out.covariance.transpose()).eval();
  return out;
}

void RadarTracker::feed(bool confirmed, Time time, const std::vector<FlatPlot>& plots,
                        std::vector<bool>& taken, std::vector<Hit>& hits) {
  std::vector<Flat*> rows;
  for (auto& [number, track] : tracks_) {
    if (track.confirmed == confirmed) rows.push_back(&track);
  }
  // Plots by their easting, so that each track looks only at those within its gate.
  std::vector<std::size_t> by_east;
  for (std::size_t p = 0; p < plots.size(); ++p) {
    if (!taken[p]) by_east.push_back(p);
  }
  std::sort(by_east.begin(), by_east.end(), [&](std::size_t a, std::size_t b) {
    return plots[a].at.east < plots[b].at.east || (plots[a].at.east == plots[b].at.east && a < b);
  });
  double widest = 0;
  for (const auto& plot : plots) widest = std::max(widest, plot.sigma_m);

  const double gate2 = settings_.gate_sigma * settings_.gate_sigma;
  const double miss = std::log(1 - settings_.detection);
  std::vector<Candidate> candidates;
  std::vector<double> gain;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    FlatState& state = rows[r]->state;
    state = state.predicted(time, settings_.acceleration_mps2);
    const double reach = settings_.gate_sigma * std::sqrt(state.covariance(0, 0) + widest * widest);
    auto p = std::lower_bound(by_east.begin(), by_east.end(), state.mean[0] - reach,
                              [&](std::size_t i, double east) { return plots[i].at.east < east; });
    for (; p != by_east.end() && plots[*p].at.east <= state.mean[0] + reach; ++p) {
      const auto l = likelihood(state, plots[*p]);
      if (l.distance2 > gate2) continue;
      const double hit = std::log(settings_.detection / clutter_per_m2_) + l.log_density;
      // What the pair is worth against a miss and the plot being clutter.
      candidates.push_back({r, *p, miss - hit});
      gain.push_back(hit);
    }
  }
  const auto assigned = assign(rows.size(), plots.size(), candidates);
  for (auto& row : rows) row->score += miss;
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    const auto& [r, plot, worth] = candidates[c];
    if (assigned[r] != plot) continue;
    Flat& track = *rows[r];
    track.state = track.state.updated(plots[plot]);
    track.updated = time;
    track.score += gain[c] - miss;
    track.best = std::max(track.best, track.score);
    ++track.hits;
    taken[plot] = true;
    hits.push_back({track.number, plot});
  }
}

void RadarTracker::learn_clutter(const std::vector<FlatPlot>& plots, std::size_t unexplained) {
  if (plots.size() < 2) return;
  double east[2] = {1e12, -1e12};
  double north[2] = {1e12, -1e12};
  for (const auto& plot : plots) {
    east[0] = std::min(east[0], plot.at.east);
    east[1] = std::max(east[1], plot.at.east);
    north[0] = std::min(north[0], plot.at.north);
    north[1] = std::max(north[1], plot.at.north);
  }
  const double area = std::max(1e6, (east[1] - east[0]) * (north[1] - north[0]));
  const double now = (static_cast<double>(unexplained) + 0.5) / area;
  clutter_per_m2_ += 0.1 * (now - clutter_per_m2_);
}

void RadarTracker::start(Time time, const FlatPlot& plot) {
  Flat track;
  track.number = ++last_;
  track.state.mean << plot.at.east, plot.at.north, 0, 0;
  const double place = plot.sigma_m * plot.sigma_m;
  const double speed = settings_.start_speed_mps * settings_.start_speed_mps;
  track.state.covariance.diagonal() << place, place, speed, speed;
  track.state.time = time;
  track.updated = time;
  track.hits = 1;
  tracks_.emplace(track.number, track);
}

RadarTracker::Outcome RadarTracker::scan(Time time, const std::vector<FlatPlot>& plots) {
  std::vector<bool> taken(plots.size(), false);
  std::vector<Hit> hits;
  feed(true, time, plots, taken, hits);
  const auto explained = hits.size();
  feed(false, time, plots, taken, hits);

  Outcome out;
  for (const auto& hit : hits) {
    Flat& track = tracks_.at(hit.number);
    if (!track.confirmed && track.score >= settings_.confirm && track.hits >= settings_.confirm_hits) {
      track.confirmed = true;
      out.confirmed.push_back(track.number);
    }
    if (track.confirmed) out.fed.emplace_back(hit.number, hit.plot);
  }
  std::erase_if(tracks_, [&](const auto& item) {
    const Flat& track = item.second;
    return !track.confirmed &&
           (track.score < track.best - settings_.give_up || time - track.updated > settings_.drop_after);
  });
  learn_clutter(plots, plots.size() - explained);
  for (std::size_t p = 0; p < plots.size(); ++p) {
    if (!taken[p]) start(time, plots[p]);
  }
  out.dropped = expire(time);
  return out;
}

std::vector<std::uint64_t> RadarTracker::expire(Time now) {
  std::vector<std::uint64_t> dropped;
  std::erase_if(tracks_, [&](const auto& item) {
    const Flat& track = item.second;
    const bool old = now - track.updated > settings_.drop_after;
    if (old && track.confirmed) dropped.push_back(track.number);
    return old;
  });
  return dropped;
}

}  // namespace varne
