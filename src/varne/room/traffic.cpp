#include "varne/room/traffic.h"

#include <fmt/format.h>

#include <algorithm>

#include "varne/room/names.h"
#include "varne/room/phrases.h"

namespace varne {
namespace {

// How often a moving craft is said again. A ship that says who she is is in the raw journal anyway; a craft
// that does not is what the officer looks for.
constexpr Duration every_unidentified = std::chrono::minutes(1);
constexpr Duration every_ship = std::chrono::minutes(10);
constexpr Duration every_unit = std::chrono::minutes(10);
constexpr double moving_mps = 0.5;

std::string name_of(const Track& track) {
  if (!track.mmsi) return fmt::format("Unidentified craft {}", track.id);
  if (track.name.empty()) return fmt::format("Ship {:09}", *track.mmsi);
  return fmt::format("{} ({:09})", track.name, *track.mmsi);
}

std::string sentence(TrackChange change, const Track& track, Place place) {
  const std::string where = spoken(place);
  switch (change) {
    case TrackChange::started:
    case TrackChange::confirmed:
      return fmt::format("{} appears, {}, {}", name_of(track), where, phrases::motion(track.velocity));
    case TrackChange::identified:
      return fmt::format("{} is now known as {}", track.id, name_of(track));
    case TrackChange::updated:
      return fmt::format("{}, {}, {}", name_of(track), where, phrases::motion(track.velocity));
    case TrackChange::coasting:
      return fmt::format("{} is not heard any more since {}; by now about {}", name_of(track),
                         iso(track.updated).substr(11, 8), where);
    case TrackChange::dropped:
      return fmt::format("{} is lost, last heard {}", name_of(track), iso(track.updated).substr(11, 8));
  }
  return "";
}

/// Course and speed as an entry says them.
template <class Body>
void set_motion(Body& body, Vec velocity) {
  body.speed_mps = length(velocity);
  body.course_deg = wrap360(rounded(direction_deg(velocity), 0));
}

Picture picture_of(const World& world) {
  Picture::Settings settings;
  settings.sensors = world.sensors;
  return Picture(std::move(settings));
}

}  // namespace

Traffic::Traffic(std::shared_ptr<const World> world)
    : world_(std::move(world)), picture_(picture_of(*world_)) {}

void Traffic::begin(Log& log) {
  touched_.clear();
  tell(log, picture_.advance(log.now()));
}

void Traffic::take(Log& log, const Observation& observation) {
  tell(log, picture_.apply(observation));
  const auto* ais = std::get_if<AisPosition>(&observation.what);
  if (ais == nullptr || !ais->place) return;
  for (const Unit& unit : world_->units) {
    if (unit.mmsi != ais->mmsi) continue;
    const bool moves = ais->speed_mps && ais->course_deg;
    move_unit(log, unit, *ais->place, moves ? towards(*ais->course_deg, *ais->speed_mps) : Vec{},
              std::min(observation.time, log.now()));
  }
}

void Traffic::take_unit_position(Log& log, Time time, const reports::UnitPosition& report) {
  const Unit* unit = names::unit_named(*world_, report.unit);
  if (unit == nullptr)
    return log.refuse(report,
                      fmt::format("no unit is called \"{}\"; add it to the list of units", report.unit));
  const bool moves = report.course_deg && report.speed_mps;
  unit_said_[unit->name] = log.now();  // the report itself is in the record already
  move_unit(log, *unit, report.place, moves ? towards(*report.course_deg, *report.speed_mps) : Vec{}, time);
}

void Traffic::tell(Log& log, const std::vector<TrackEvent>& events) {
  for (const TrackEvent& event : events) {
    const std::string& id = event.track->id;
    if (std::find(touched_.begin(), touched_.end(), id) == touched_.end()) touched_.push_back(id);
    tell(log, event.change, *event.track);
  }
}

void Traffic::tell(Log& log, TrackChange change, const Track& track) {
  const Time now = log.now();
  const auto before = track_said_.find(track.id);
  const bool known = before != track_said_.end();
  if (!known && track.state == TrackState::tentative) return;  // a few plots are no craft yet
  if (known && (change == TrackChange::started || change == TrackChange::confirmed)) return;
  if (known && change == TrackChange::updated) {
    const Duration every = track.mmsi ? every_ship : every_unidentified;
    if (now - before->second < every || length(track.velocity) < moving_mps) return;
  }
  if (change == TrackChange::dropped) {
    track_said_.erase(track.id);
  } else if (known) {
    before->second = now;
  } else {
    track_said_.emplace(track.id, now);
  }
  if (!known && change == TrackChange::updated) change = TrackChange::confirmed;

  log.say([&] {
    const Estimate here = track.shown(now);
    entries::TrackSaid body{.text = sentence(change, track, here.place),
                            .track = track.id,
                            .change = name_of(change),
                            .at = here.place};
    set_motion(body, track.velocity);
    if (track.mmsi) {
      body.mmsi = track.mmsi;
      body.name = track.name;
    } else {
      body.ellipse_m = here.ellipse(2.45).major_m;
    }
    return body;
  });
}

void Traffic::move_unit(Log& log, const Unit& unit, Place place, Vec velocity, Time time) {
  UnitPosition& known = unit_positions_[unit.name];
  if (time < known.time) return;
  known = {place, velocity, time};
  const Time now = log.now();
  const auto before = unit_said_.find(unit.name);
  if (before != unit_said_.end() && (now - before->second < every_unit || length(velocity) < moving_mps))
    return;
  unit_said_.insert_or_assign(before, unit.name, now);
  log.say([&] {
    entries::UnitMoved body{
        .text = fmt::format("{}, {}, {}", unit.name, spoken(place), phrases::motion(velocity)),
        .unit = unit.name,
        .at = place};
    set_motion(body, velocity);
    return body;
  });
}

std::vector<UnitReach> Traffic::nearest(Place there, std::size_t most) const {
  std::vector<UnitReach> reach;
  for (const Unit& unit : world_->units) {
    if (unit.capacity == 0) continue;
    const auto heard = unit_positions_.find(unit.name);
    const Place from = heard == unit_positions_.end() ? unit.home : heard->second.place;
    UnitReach one{unit.name, distance_m(from, there)};
    if (unit.speed_mps) one.time = time_over(unit, one.distance_m);
    reach.push_back(std::move(one));
  }
  std::sort(reach.begin(), reach.end(), [](const UnitReach& a, const UnitReach& b) {
    const Duration never = Duration::max();
    const Duration first = a.time.value_or(never);
    const Duration second = b.time.value_or(never);
    return first != second ? first < second : a.unit < b.unit;
  });
  if (reach.size() > most) reach.resize(most);
  return reach;
}

}  // namespace varne
