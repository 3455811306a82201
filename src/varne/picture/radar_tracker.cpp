#include "varne/picture/radar_tracker.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "varne/feed/scan_gatherer.h"

namespace varne {
namespace {

GaussianState state_of(const Track& track, const LocalPlane& plane) {
  const Vec at = plane.to(track.place);
  GaussianState state;
  state.mean << at.east, at.north, track.velocity.east, track.velocity.north;
  state.covariance = Eigen::Map<const Eigen::Matrix4d>(track.covariance.data());
  state.time = track.updated;
  return state;
}

void put(const GaussianState& state, const LocalPlane& plane, Track& track) {
  track.place = plane.from({state.mean[0], state.mean[1]});
  track.velocity = {state.mean[2], state.mean[3]};
  Eigen::Map<Eigen::Matrix4d>(track.covariance.data()) = state.covariance;
  track.updated = state.time;
}

}  // namespace

/// One scan under way. Each thread has one and fills it anew for each scan, into the same memory.
struct RadarTracker::Work {
  std::optional<LocalPlane> plane;
  std::vector<Detection> detections;
  std::vector<bool> taken;
  ScanModel model;
  const Sensor* sensor = nullptr;
  Time now;
  Turn* turn = nullptr;
  bool goes_on = false;  ///< a piece of a turn of which another piece was taken before
  std::vector<Track*> tentative;
  std::vector<std::pair<Track*, std::size_t>> hits;  ///< tracks fed, and by which detection

  // Of `feed`: those that it looks at.
  std::vector<Track*> rows;
  std::vector<GaussianState> states;
  std::vector<Detection> open;
  std::vector<std::size_t> which;  ///< number of each that is open
};

RadarTracker::RadarTracker(Settings settings)
    : RadarTracker(settings, std::make_shared<GlobalNearestNeighbour>(settings.gate_sigma)) {}
RadarTracker::RadarTracker(Settings settings, std::shared_ptr<const DataAssociator> associator)
    : settings_(settings), associator_(std::move(associator)) {
  assert(associator_);
}

/// Gives detections that are not taken yet to these tracks, and charges those that got none with a miss.
void RadarTracker::feed(Work& work, std::span<Track* const> tracks) {
  auto& rows = work.rows;
  auto& states = work.states;
  auto& open = work.open;
  auto& which = work.which;
  rows.clear();
  work.hits.clear();
  for (Track* track : tracks) {
    const auto& fed = work.turn->fed;
    if (!work.goes_on || std::find(fed.begin(), fed.end(), track->radar.number) == fed.end())
      rows.push_back(track);
  }
  if (rows.empty()) return;
  states.clear();
  for (const Track* row : rows) states.push_back(state_of(*row, *work.plane));
  open.clear();
  which.clear();
  for (std::size_t d = 0; d < work.detections.size(); ++d) {
    if (work.taken[d]) continue;
    open.push_back(work.detections[d]);
    which.push_back(d);
  }
  const double miss = std::log(1 - work.model.detection);
  if (!work.goes_on) {
    for (Track* row : rows)
      if (work.sensor->covers(row->place)) row->radar.score += miss;
  }
  for (const Association& made : associator_->associate(states, open, work.model)) {
    Track& track = *rows[made.track];
    // The miss that it was charged with in this turn is none.
    const bool charged = work.sensor->covers(track.place);
    put(made.state, *work.plane, track);
    track.heard = work.now;
    track.radar.score += made.gain - (charged ? miss : 0);
    track.radar.best = std::max(track.radar.best, track.radar.score);
    ++track.radar.hits;
    work.taken[which[made.detection]] = true;
    work.turn->fed.push_back(track.radar.number);
    work.hits.emplace_back(&track, which[made.detection]);
  }
}

void RadarTracker::learn_clutter(const std::vector<Detection>& detections, std::size_t unexplained) {
  if (detections.size() < 2) return;
  double east[2] = {1e12, -1e12};
  double north[2] = {1e12, -1e12};
  for (const auto& detection : detections) {
    east[0] = std::min(east[0], detection.at.east);
    east[1] = std::max(east[1], detection.at.east);
    north[0] = std::min(north[0], detection.at.north);
    north[1] = std::max(north[1], detection.at.north);
  }
  const double area = std::max(1e6, (east[1] - east[0]) * (north[1] - north[0]));
  const double now = (static_cast<double>(unexplained) + 0.5) / area;
  clutter_per_m2_ += 0.1 * (now - clutter_per_m2_);
}

void RadarTracker::start(const Detection& detection, const LocalPlane& plane, Time now) {
  Track track;
  track.radar.number = ++last_;
  track.radar.hits = 1;
  GaussianState state;
  state.mean << detection.at.east, detection.at.north, 0, 0;
  const double place = detection.sigma_m * detection.sigma_m;
  const double speed = settings_.start_speed_mps * settings_.start_speed_mps;
  state.covariance.diagonal() << place, place, speed, speed;
  state.time = detection.time;
  put(state, plane, track);
  track.acceleration_mps2 = settings_.acceleration_mps2;
  track.heard = now;
  tentative_.emplace(track.radar.number, std::move(track));
}

RadarTracker::Outcome RadarTracker::scan(const RadarScan& scan, const std::vector<std::size_t>& left,
                                         std::span<Track*> lent, const Sensor& sensor, Time now) {
  if (!plane_origin_) plane_origin_ = scan.plots.front().place;
  Turn& turn = turns_[scan.radar];
  const Duration longest = sensor.period ? *sensor.period * 5 / 4 : ScanGatherer::slowest_turn;
  const bool goes_on = turn.number == scan.scan && std::chrono::abs(scan.to - turn.from) <= longest;
  if (!goes_on) {
    turn.number = scan.scan;
    turn.from = scan.from;
    turn.fed.clear();
  }

  thread_local Work work;
  const LocalPlane& plane = work.plane.emplace(*plane_origin_);
  work.model = {sensor.detection, sensor.clutter_per_km2 ? *sensor.clutter_per_km2 / 1e6 : clutter_per_m2_,
                settings_.acceleration_mps2};
  work.sensor = &sensor;
  work.now = now;
  work.turn = &turn;
  work.goes_on = goes_on;
  work.taken.assign(left.size(), false);
  work.detections.clear();
  for (const std::size_t i : left) {
    const RadarPlot& plot = scan.plots[i];
    work.detections.push_back({plane.to(plot.place), plot.sigma_m, plot.time});
  }

  // Older tracks choose first; believed ones before those that are not.
  std::sort(lent.begin(), lent.end(),
            [](const Track* a, const Track* b) { return a->radar.number < b->radar.number; });
  feed(work, lent);
  Outcome out;
  out.fed.reserve(work.hits.size());
  for (const auto& [track, d] : work.hits) out.fed.emplace_back(track, left[d]);
  const auto explained = work.hits.size();

  work.tentative.clear();
  for (auto& [number, track] : tentative_) work.tentative.push_back(&track);
  feed(work, work.tentative);
  for (const auto& [track, d] : work.hits) {
    if (track->radar.score < settings_.confirm || track->radar.hits < settings_.confirm_hits) continue;
    const auto number = track->radar.number;
    out.confirmed.emplace_back(std::move(*track), left[d]);
    tentative_.erase(number);
  }
  std::erase_if(tentative_, [&](const auto& item) {
    const RadarScore& radar = item.second.radar;
    return radar.score < radar.best - settings_.give_up;
  });
  expire(now);
  if (!goes_on && !sensor.clutter_per_km2) learn_clutter(work.detections, work.detections.size() - explained);
  for (std::size_t d = 0; d < work.detections.size(); ++d)
    if (!work.taken[d]) start(work.detections[d], plane, now);
  return out;
}

void RadarTracker::expire(Time now) {
  std::erase_if(tentative_, [&](const auto& item) { return now - item.second.heard > settings_.drop_after; });
}

void RadarTracker::set_back(Time now) {
  for (auto& [number, track] : tentative_) {
    track.updated = std::min(track.updated, now);
    track.heard = std::min(track.heard, now);
  }
  for (auto& [radar, turn] : turns_) turn.from = std::min(turn.from, now);
}

}  // namespace varne
