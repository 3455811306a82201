#include "varne/picture/picture.h"

#include <fmt/format.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "varne/core/text.h"

namespace varne {

const char* name_of(TrackState state) {
  switch (state) {
    case TrackState::tentative:
      return "tentative";
    case TrackState::confirmed:
      return "confirmed";
    case TrackState::coasting:
      return "coasting";
    case TrackState::dropped:
      return "dropped";
  }
  return "";
}

const char* name_of(TrackChange change) {
  switch (change) {
    case TrackChange::started:
      return "started";
    case TrackChange::confirmed:
      return "confirmed";
    case TrackChange::updated:
      return "updated";
    case TrackChange::identified:
      return "identified";
    case TrackChange::coasting:
      return "coasting";
    case TrackChange::dropped:
      return "dropped";
  }
  return "";
}

Ellipse Track::ellipse(double k) const {
  Eigen::Matrix2d covariance;
  covariance << var_east_m2, cov_m2, cov_m2, var_north_m2;
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix2d> axes(covariance);
  const Eigen::Vector2d along = axes.eigenvectors().col(1);
  const double direction = direction_deg({along[0], along[1]});
  return {k * std::sqrt(std::max(0.0, axes.eigenvalues()[1])),
          k * std::sqrt(std::max(0.0, axes.eigenvalues()[0])),
          direction >= 180 ? direction - 180 : direction};
}

namespace {

constexpr std::size_t evidence_kept = 5;
/// A second craft under an MMSI that never speaks again is forgotten soon.
constexpr Duration doubtful_drop_after = std::chrono::minutes(6);
constexpr int most_under_one_mmsi = 9;
constexpr double accurate_sigma_m = 10;
constexpr double inaccurate_sigma_m = 30;

void keep_evidence(Track& track, const Observation& o, std::string_view raw) {
  track.evidence.push_back({o.time, o.source, std::string(raw)});
  if (track.evidence.size() > evidence_kept) track.evidence.pop_front();
}

/// Straight on from the last report.
Place ahead(const Track& track, Time now) {
  const double dt = seconds(now - track.updated);
  return dt > 0 && length(track.velocity) > 0 ? moved(track.reported, track.velocity * dt) : track.reported;
}

void identify(Track& track, const AisIdentity& identity) {
  if (!identity.name.empty()) track.name = identity.name;
  if (!identity.callsign.empty()) track.callsign = identity.callsign;
  if (identity.ship_type) track.ship_type = identity.ship_type;
  if (identity.length_m) track.length_m = identity.length_m;
}

std::string base_id(std::uint32_t mmsi) {
  return fmt::format("M{:09}", mmsi);
}

}  // namespace

Picture::Picture() : Picture(Settings{}) {}
Picture::Picture(Settings settings) : settings_(settings), radar_(settings.radar) {}

const std::map<std::string, Track>& Picture::tracks() const {
  return tracks_;
}

const Track* Picture::find(const std::string& id) const {
  const auto at = tracks_.find(id);
  return at == tracks_.end() ? nullptr : &at->second;
}

std::vector<TrackEvent> Picture::apply(const Observation& o) {
  if (const auto* position = std::get_if<AisPosition>(&o.what)) return apply(*position, o);
  if (const auto* identity = std::get_if<AisIdentity>(&o.what)) return apply(*identity);
  if (const auto* scan = std::get_if<RadarScan>(&o.what)) return apply(*scan, o);
  return {};
}

/// The track of this MMSI that can have come to where the report is; a new one where none can.
Track* Picture::track_of(const AisPosition& p, Time time, std::vector<TrackEvent>& events) {
  const double fastest = p.type == 9 ? settings_.fastest_aircraft_mps : settings_.fastest_ship_mps;
  const auto can_be = [&](const Track& track) {
    // Two kilometres of grace: reports come late and places jitter.
    return distance_m(track.reported, *p.place) <= 2000 + fastest * std::abs(seconds(time - track.updated));
  };
  std::string free;
  for (int n = 1; n <= most_under_one_mmsi; ++n) {
    const auto id = n == 1 ? base_id(p.mmsi) : fmt::format("{}-{}", base_id(p.mmsi), n);
    const auto at = tracks_.find(id);
    if (at != tracks_.end() && can_be(at->second)) return &at->second;
    if (at == tracks_.end() && free.empty()) free = id;
  }
  if (free.empty()) return nullptr;
  Track& track = tracks_[free];
  track.id = free;
  track.mmsi = p.mmsi;
  track.started = time;
  // The first craft under an MMSI is believed; a second at a place she cannot have come to needs a second
  // report.
  track.state = free == base_id(p.mmsi) ? TrackState::confirmed : TrackState::tentative;
  if (const auto known = identities_.find(p.mmsi); known != identities_.end()) identify(track, known->second);
  events.push_back({TrackChange::started, free});
  if (track.state == TrackState::confirmed) events.push_back({TrackChange::confirmed, free});
  return &track;
}

std::vector<TrackEvent> Picture::apply(const AisPosition& p, const Observation& o) {
  std::vector<TrackEvent> events;
  if (!p.place) return events;
  Track* track = track_of(p, o.time, events);
  if (track == nullptr) return events;  // nine craft under one MMSI: whose it is cannot be told
  const bool first = track->evidence.empty();
  if (!first && o.time < track->updated) return events;  // came late; the track knows better
  if (!first && track->state != TrackState::confirmed) {
    track->state = TrackState::confirmed;
    events.push_back({TrackChange::confirmed, track->id});
  }
  track->place = track->reported = *p.place;
  track->velocity = p.speed_mps && p.course_deg ? towards(*p.course_deg, *p.speed_mps) : Vec{};
  track->heading_deg = p.heading_deg;
  const double sigma = p.accurate ? accurate_sigma_m : inaccurate_sigma_m;
  track->var_east_m2 = track->var_north_m2 = sigma * sigma;
  track->cov_m2 = 0;
  track->updated = o.time;
  keep_evidence(*track, o, o.raw);
  if (!first) events.push_back({TrackChange::updated, track->id});
  return events;
}

std::vector<TrackEvent> Picture::apply(const AisIdentity& identity) {
  std::vector<TrackEvent> events;
  AisIdentity& known = identities_[identity.mmsi];
  known.mmsi = identity.mmsi;
  if (!identity.name.empty()) known.name = identity.name;
  if (!identity.callsign.empty()) known.callsign = identity.callsign;
  if (identity.ship_type) known.ship_type = identity.ship_type;
  if (identity.length_m) known.length_m = identity.length_m;
  const auto base = base_id(identity.mmsi);
  for (auto at = tracks_.lower_bound(base); at != tracks_.end() && at->first.starts_with(base); ++at) {
    Track& track = at->second;
    if (track.mmsi != identity.mmsi) continue;  // a garbled MMSI of ten digits
    const bool new_name = !known.name.empty() && track.name != known.name;
    identify(track, known);
    if (new_name) events.push_back({TrackChange::identified, track.id});
  }
  return events;
}

/// A plot that a ship with AIS explains is hers, one plot a ship and scan: the nearest, so that a boat beside
/// a ship keeps a plot of its own.
std::vector<bool> Picture::taken_by_ships(const std::vector<RadarPlot>& plots, Time time) const {
  struct Pair {
    double distance;
    const Track* ship;
    std::size_t plot;
  };
  std::vector<Pair> pairs;
  for (const auto& [id, track] : tracks_) {
    if (!track.mmsi || track.state == TrackState::dropped) continue;
    const double age = std::abs(seconds(time - track.updated));
    if (age > seconds(settings_.ais_coast_after)) continue;
    std::optional<Place> place;
    for (std::size_t i = 0; i < plots.size(); ++i) {
      const auto& plot = plots[i];
      // A cheap look first: most ships are nowhere near.
      const double dlat = std::abs(plot.place.lat - track.reported.lat) * 111000;
      const double far = 2000 + age * length(track.velocity);
      if (dlat > far) continue;
      if (!place) place = ahead(track, time);
      const double sigma = std::hypot(plot.sigma_m, 30.0, 0.1 * age * length(track.velocity));
      const Vec offset = plane_->to(plot.place) - plane_->to(*place);
      const double metres = std::max(0.0, length(offset) - track.length_m.value_or(0) / 2);
      if (metres < 3 * sigma) pairs.push_back({metres / sigma, &track, i});
    }
  }
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const Pair& a, const Pair& b) { return a.distance < b.distance; });
  std::vector<bool> taken(plots.size(), false);
  std::vector<const Track*> served;
  for (const auto& pair : pairs) {
    if (taken[pair.plot] || std::find(served.begin(), served.end(), pair.ship) != served.end()) continue;
    taken[pair.plot] = true;
    served.push_back(pair.ship);
  }
  return taken;
}

void Picture::show(const RadarTracker::Flat& flat, Track& track) const {
  const auto& mean = flat.state.mean;
  const auto& covariance = flat.state.covariance;
  track.place = plane_->from({mean[0], mean[1]});
  track.velocity = {mean[2], mean[3]};
  track.var_east_m2 = covariance(0, 0);
  track.var_north_m2 = covariance(1, 1);
  track.cov_m2 = covariance(0, 1);
}

std::vector<TrackEvent> Picture::apply(const RadarScan& scan, const Observation& o) {
  std::vector<TrackEvent> events;
  const std::vector<RadarPlot>& plots = scan.plots;
  if (!plane_) plane_.emplace(plots.front().place);
  const Time time = scan.to;
  const auto taken = taken_by_ships(plots, time);
  std::vector<FlatPlot> left;
  std::vector<std::size_t> which;
  for (std::size_t i = 0; i < plots.size(); ++i) {
    if (taken[i]) continue;
    left.push_back({plane_->to(plots[i].place), plots[i].sigma_m});
    which.push_back(i);
  }
  const auto rows = split(o.raw, '\n');
  const auto outcome = radar_.scan(time, left);
  for (const auto number : outcome.dropped) {
    const auto id = fmt::format("R{}", number);
    tracks_.erase(id);
    events.push_back({TrackChange::dropped, id});
  }
  for (const auto& [number, plot] : outcome.fed) {
    const auto id = fmt::format("R{}", number);
    Track& track = tracks_[id];
    const bool started = track.id.empty();
    const bool back = track.state != TrackState::confirmed;
    track.id = id;
    track.state = TrackState::confirmed;
    const auto& flat = radar_.tracks().at(number);
    show(flat, track);
    track.reported = track.place;
    if (started) track.started = time;
    track.updated = std::max(track.updated, time);
    keep_evidence(track, o, rows[which[plot]]);
    if (started) events.push_back({TrackChange::started, id});
    events.push_back({back ? TrackChange::confirmed : TrackChange::updated, id});
  }
  return events;
}

/// Coasts and drops one track that has not been fed.
void Picture::age(Track& track, Time now, std::vector<TrackEvent>& events) {
  const Duration silent = now - track.updated;
  const bool doubtful = track.state == TrackState::tentative;
  const auto drop_after = !track.mmsi ? settings_.radar.drop_after
                          : doubtful  ? doubtful_drop_after
                                      : settings_.ais_drop_after;
  if (silent > drop_after) {
    track.state = TrackState::dropped;
    events.push_back({TrackChange::dropped, track.id});
    return;
  }
  if (doubtful || silent <= (track.mmsi ? settings_.ais_coast_after : settings_.coast_after)) return;
  if (track.state != TrackState::coasting) {
    track.state = TrackState::coasting;
    events.push_back({TrackChange::coasting, track.id});
  }
  if (track.mmsi) {
    track.place = ahead(track, now);
    // How far a ship may be from straight on: a tenth of the way she made.
    const double sigma = inaccurate_sigma_m + 0.1 * length(track.velocity) * seconds(silent);
    track.var_east_m2 = track.var_north_m2 = sigma * sigma;
  } else {
    const auto flat = radar_.tracks().find(std::stoull(track.id.substr(1)));
    RadarTracker::Flat moved_on = flat->second;
    moved_on.state = moved_on.state.predicted(now, settings_.radar.acceleration_mps2);
    show(moved_on, track);
  }
}

std::vector<TrackEvent> Picture::advance(Time now) {
  std::vector<TrackEvent> events;
  for (auto& [id, track] : tracks_) age(track, now, events);
  std::erase_if(tracks_, [](const auto& item) { return item.second.state == TrackState::dropped; });
  radar_.expire(now);
  return events;
}

}  // namespace varne
