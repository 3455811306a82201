#include "varne/picture/picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "varne/core/text.h"
#include "varne/picture/explained.h"

namespace varne {
namespace {

constexpr std::size_t evidence_kept = 5;
/// A second craft under an MMSI that never speaks again is forgotten soon.
constexpr Duration doubtful_drop_after = std::chrono::minutes(6);
/// Clocks of feeds and of the desk differ by less; beyond it a time is a wrong one.
constexpr Duration clocks_differ = std::chrono::minutes(1);
constexpr double accurate_sigma_m = 10;
constexpr double inaccurate_sigma_m = 30;
/// A buoy swings about its sinker, and its place is given to a tenth of a minute by some.
constexpr double mark_sigma_m = 50;
/// Reports come late and places jitter.
constexpr double grace_m = 2000;
constexpr Duration sweep_marks_every = std::chrono::minutes(1);

void keep_evidence(Track& track, Time time, SharedText source, SharedText raw) {
  if (track.evidence.size() == evidence_kept) track.evidence.erase(track.evidence.begin());
  track.evidence.push_back({time, std::move(source), std::move(raw)});
}

/// "M244123456", and "M244123456-2" for the second craft under it; at least nine digits.
std::string id_of(std::uint32_t mmsi, int number) {
  char digits[16];
  const auto end = std::to_chars(digits, digits + sizeof digits, mmsi).ptr;
  const auto count = static_cast<std::size_t>(end - digits);
  std::string out = "M";
  if (count < 9) out.append(9 - count, '0');
  out.append(digits, count);
  if (number > 1) out += '-' + std::to_string(number);
  return out;
}

/// "R17" comes after every "M…".
bool of_radar(const std::string& id) {
  return id.starts_with('R');
}

/// Metres between two places, well enough to tell near from far, without a geodesic.
double about_m(Place a, Place b) {
  return length(LocalPlane(a).to(b));
}

}  // namespace

Picture::Picture() : Picture(Settings{}) {}
Picture::Picture(Settings settings) : settings_(std::move(settings)), radar_(settings_.radar) {}

const Track* Picture::find(const std::string& id) const {
  const auto at = tracks_.find(id);
  return at == tracks_.end() ? nullptr : &at->second;
}

/// When something of this time was heard: now, or where no clock was given its own time.
Time Picture::arrival(Time time) const {
  return std::max(now_, time);
}

std::vector<TrackEvent> Picture::apply(const Observation& o) {
  if (const auto* position = std::get_if<AisPosition>(&o.what)) return apply(*position, o);
  if (const auto* identity = std::get_if<AisIdentity>(&o.what)) return apply(*identity);
  if (const auto* scan = std::get_if<RadarScan>(&o.what)) return apply(*scan, o);
  if (const auto* mark = std::get_if<AisMark>(&o.what)) apply(*mark, o);
  return {};
}

Track& Picture::start(std::string id, Time time) {
  Track& track = tracks_[id];
  track.id = id;
  track.started = time;
  deadlines_.put(time, std::move(id));
  return track;
}

/// The track of this MMSI that can have come to where the report is, the nearest where several can; a new one
/// where none can.
Track* Picture::track_of(const AisPosition& p, Time time, std::vector<TrackEvent>& events) {
  const double fastest = p.type == 9 ? settings_.fastest_aircraft_mps : settings_.fastest_ship_mps;
  const auto crowd = crowded_.find(p.mmsi);
  const int highest = crowd == crowded_.end() ? 1 : crowd->second;
  Track* nearest = nullptr;
  double least = 0;
  int free = 0;
  for (int n = 1; n <= highest; ++n) {
    const auto at = tracks_.find(id_of(p.mmsi, n));
    if (at == tracks_.end()) {
      if (free == 0) free = n;
      continue;
    }
    Track& track = at->second;
    const double way = about_m(track.place, *p.place);
    if (way > grace_m + fastest * std::abs(seconds(time - track.updated))) continue;
    if (nearest == nullptr || way < least) {
      nearest = &track;
      least = way;
    }
  }
  if (nearest != nullptr) return nearest;
  if (free == 0) free = highest + 1;
  if (free > most_under_one_mmsi) return nullptr;
  if (free > 1) crowded_[p.mmsi] = std::max(highest, free);
  Track& track = start(id_of(p.mmsi, free), time);
  track.mmsi = p.mmsi;
  // The first craft under an MMSI is believed; a second at a place she cannot have come to needs a second
  // report before it is more than a garbled place.
  track.state = free == 1 ? TrackState::confirmed : TrackState::tentative;
  if (const auto known = identities_.find(p.mmsi); known != identities_.end()) identify(track, known->second);
  events.push_back({TrackChange::started, &track});
  if (track.state == TrackState::confirmed) events.push_back({TrackChange::confirmed, &track});
  return &track;
}

std::vector<TrackEvent> Picture::apply(const AisPosition& p, const Observation& o) {
  std::vector<TrackEvent> events;
  if (!p.place) return events;
  // What is dated ahead of the clock was not later than now.
  const bool ahead = now_ != Time{} && o.time > now_ + clocks_differ;
  const Time time = ahead ? now_ : o.time;
  Track* track = track_of(p, time, events);
  if (track == nullptr) return events;
  const bool first = track->evidence.empty();
  track->heard = arrival(time);
  if (!first && time < track->updated) return events;  // came late; the track knows better
  track->place = *p.place;
  track->velocity = p.speed_mps && p.course_deg ? towards(*p.course_deg, *p.speed_mps) : Vec{};
  track->heading_deg = p.heading_deg;
  track->status = p.status;
  const double sigma = p.accurate ? accurate_sigma_m : inaccurate_sigma_m;
  track->covariance = {};
  track->covariance[0] = track->covariance[5] = sigma * sigma;
  track->updated = time;
  keep_evidence(*track, o.time, o.source, o.raw);
  // An old place, however new to us, is shown as one.
  const bool old = now_ - time > coast_after(*track);
  if (!first && track->state != TrackState::confirmed && !old) {
    track->state = TrackState::confirmed;
    events.push_back({TrackChange::confirmed, track});
  }
  if (old && track->state == TrackState::confirmed) {
    track->state = TrackState::coasting;
    events.push_back({TrackChange::coasting, track});
  }
  if (!first) events.push_back({TrackChange::updated, track});
  return events;
}

void Picture::identify(Track& track, const Identity& identity) {
  if (!identity.name.empty()) track.name = identity.name;
  if (!identity.callsign.empty()) track.callsign = identity.callsign;
  if (identity.ship_type) track.ship_type = identity.ship_type;
  if (identity.length_m) track.length_m = identity.length_m;
}

std::vector<TrackEvent> Picture::apply(const AisIdentity& identity) {
  std::vector<TrackEvent> events;
  Identity& known = identities_[identity.mmsi];
  if (!identity.name.empty()) known.name = identity.name;
  if (!identity.callsign.empty()) known.callsign = identity.callsign;
  if (identity.ship_type) known.ship_type = identity.ship_type;
  if (identity.length_m) known.length_m = identity.length_m;
  const auto crowd = crowded_.find(identity.mmsi);
  const int highest = crowd == crowded_.end() ? 1 : crowd->second;
  for (int n = 1; n <= highest; ++n) {
    const auto at = tracks_.find(id_of(identity.mmsi, n));
    if (at == tracks_.end()) continue;
    Track& track = at->second;
    const bool new_name = !known.name.empty() && track.name != known.name;
    identify(track, known);
    if (new_name) events.push_back({TrackChange::identified, &track});
  }
  return events;
}

void Picture::apply(const AisMark& said, const Observation& o) {
  const Time time = now_ == Time{} ? o.time : std::min(o.time, now_ + clocks_differ);
  Mark& mark = marks_[said.mmsi];
  if (mark.mmsi != 0 && time < mark.updated) return;  // came late
  mark.mmsi = said.mmsi;
  mark.type = said.type;
  if (!said.name.empty()) mark.name = said.name;
  if (said.place) mark.place = said.place;
  mark.virtual_aid = said.virtual_aid;
  mark.off_position = said.off_position;
  mark.updated = time;
  mark.heard = arrival(time);
}

/// Numbers of the plots that are of no ship and no mark that says where it is.
std::vector<std::size_t> Picture::not_explained(const RadarScan& scan) const {
  thread_local std::vector<Known> known;  // filled anew each time, into the same memory
  known.clear();
  for (auto at = tracks_.begin(); at != tracks_.end() && !of_radar(at->first); ++at) {
    const Track& track = at->second;
    if (std::chrono::abs(scan.to - track.updated) > settings_.ais_coast_after) continue;
    known.push_back(
        {track.place, track.velocity, track.updated, inaccurate_sigma_m, track.length_m.value_or(0) / 2});
  }
  for (const auto& [mmsi, mark] : marks_) {
    if (mark.place && !mark.virtual_aid) known.push_back({*mark.place, {}, mark.updated, mark_sigma_m, 0});
  }
  return unexplained(scan.plots, known);
}

std::vector<TrackEvent> Picture::apply(const RadarScan& scan, const Observation& o) {
  std::vector<TrackEvent> events;
  thread_local std::vector<Track*> believed;  // filled anew each time, into the same memory
  believed.clear();
  for (auto at = tracks_.rbegin(); at != tracks_.rend() && of_radar(at->first); ++at)
    believed.push_back(&at->second);
  const auto found = settings_.sensors.find(scan.radar);
  const Sensor sensor = found == settings_.sensors.end() ? Sensor{} : found->second;
  auto outcome = radar_.scan(scan, not_explained(scan), believed, sensor, arrival(scan.to));

  const auto rows = o.raw.empty() ? std::vector<std::string_view>{} : split(o.raw, '\n');
  const auto keep = [&](Track& track, std::size_t plot) {
    keep_evidence(track, scan.plots[plot].time, o.source,
                  plot < rows.size() ? SharedText(rows[plot]) : o.raw);
    const bool old = now_ - track.updated > settings_.coast_after;
    const TrackState state = old ? TrackState::coasting : TrackState::confirmed;
    if (track.state == state) {
      events.push_back({TrackChange::updated, &track});
    } else {
      events.push_back({old ? TrackChange::coasting : TrackChange::confirmed, &track});
    }
    track.state = state;
  };
  events.reserve(outcome.fed.size() + 2 * outcome.confirmed.size());
  for (const auto& [track, plot] : outcome.fed) keep(*track, plot);
  for (auto& [fresh, plot] : outcome.confirmed) {
    auto id = fmt::format("R{}", fresh.radar.number);
    Track& track = start(id, fresh.updated);
    fresh.id = std::move(id);
    fresh.started = fresh.updated;
    track = std::move(fresh);
    events.push_back({TrackChange::started, &track});
    keep(track, plot);
  }
  return events;
}

Duration Picture::coast_after(const Track& track) const {
  return track.mmsi ? settings_.ais_coast_after : settings_.coast_after;
}

Duration Picture::drop_after(const Track& track) const {
  if (!track.mmsi) return settings_.radar.drop_after;
  return track.state == TrackState::tentative ? doubtful_drop_after : settings_.ais_drop_after;
}

/// Coasts or drops a track that is due to be looked at, and says when to look again.
void Picture::age(const std::string& id, Time now, std::vector<TrackEvent>& events) {
  const auto at = tracks_.find(id);
  if (at == tracks_.end()) return;
  Track& track = at->second;
  const Time drop = track.heard + drop_after(track);
  if (now > drop) {
    track.state = TrackState::dropped;
    events.push_back({TrackChange::dropped, &dropped_.emplace_back(std::move(track))});
    tracks_.erase(at);
    return;
  }
  const Time coast = track.updated + coast_after(track);
  if (track.state == TrackState::confirmed && now > coast) {
    track.state = TrackState::coasting;
    events.push_back({TrackChange::coasting, &track});
  }
  // One that coasts may be fed again, and is then to be looked at as soon as any other.
  const Time again = track.state == TrackState::confirmed ? coast : now + coast_after(track);
  deadlines_.put(std::min(again, drop), id);
}

/// Nothing is later than now, and all is looked at again.
void Picture::set_back(Time now) {
  deadlines_.clear();
  for (auto& [id, track] : tracks_) {
    track.updated = std::min(track.updated, now);
    track.heard = std::min(track.heard, now);
    deadlines_.put(now, id);
  }
  for (auto& [mmsi, mark] : marks_) {
    mark.updated = std::min(mark.updated, now);
    mark.heard = std::min(mark.heard, now);
  }
  marks_swept_ = now;
  radar_.set_back(now);
}

std::vector<TrackEvent> Picture::advance(Time now) {
  std::vector<TrackEvent> events;
  if (now_ != Time{} && now < now_ - clocks_differ) set_back(now);
  now_ = now;
  dropped_.clear();
  for (const std::string& id : deadlines_.due(now)) age(id, now, events);
  if (now - marks_swept_ > sweep_marks_every) {
    std::erase_if(marks_,
                  [&](const auto& item) { return now - item.second.heard > settings_.mark_drop_after; });
    radar_.expire(now);
    marks_swept_ = now;
  }
  return events;
}

}  // namespace varne
