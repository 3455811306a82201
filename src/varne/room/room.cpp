#include "varne/room/room.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <nlohmann/json.hpp>

#include "varne/core/place_of_data.h"
#include "varne/core/units.h"
#include "varne/record/journal.h"
#include "varne/room/words.h"

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
      return fmt::format("{} appears, {}, {}", name_of(track), where, words::motion(track.velocity));
    case TrackChange::identified:
      return fmt::format("{} is now known as {}", track.id, name_of(track));
    case TrackChange::updated:
      return fmt::format("{}, {}, {}", name_of(track), where, words::motion(track.velocity));
    case TrackChange::coasting:
      return fmt::format("{} is not heard any more since {}; by now about {}", name_of(track),
                         iso(track.updated).substr(11, 8), where);
    case TrackChange::dropped:
      return fmt::format("{} is lost, last heard {}", name_of(track), iso(track.updated).substr(11, 8));
  }
  return "";
}

}  // namespace

Room::Room(std::shared_ptr<const World> world) : world_(std::move(world)) {
  assert(world_ && !world_->centres.empty());
  Picture::Settings settings;
  settings.sensors = world_->sensors;
  picture_ = Picture(std::move(settings));
}

std::vector<Entry> Room::apply(const Event& event) {
  now_ = last_ == 0 ? event.at : std::max(now_, event.at);
  touched_.clear();
  if (last_ == 0) open_day();
  tell_tracks(picture_.advance(now_));
  speaker_ = event.speaker;
  std::visit([this](const auto& what) { take(what); }, event.what);
  judge_due();
  ask_forecasts();
  return std::exchange(said_, {});
}

void Room::say(const char* kind, const Json& body) {
  assert(body.contains("text"));
  said_.push_back({.number = ++last_, .time = now_, .kind = kind, .body = canonical(body)});
}

void Room::refuse(const Report& report, const std::string& why) {
  say("refused", {{"text", fmt::format("Report {} of {} changes nothing: {}", report.id, report.from, why)},
                  {"source", report.id},
                  {"why", why}});
}

void Room::open_day() {
  std::vector<std::string> sources;
  for (const auto& source : world_->sea.sources()) sources.push_back(source->name());
  Json body{{"text", fmt::format("{}{}", world_->exercise ? "EXERCISE. " : "", world_->title)},
            {"title", world_->title},
            {"exercise", world_->exercise},
            {"notice", world_->notice},
            {"seed", fmt::format("{}", world_->seed)},  // a text: 64 bits do not fit a JSON number
            {"sea", sources},
            {"version", std::string(version())}};
  if (world_->inputs != Hash{}) body["inputs"] = hex(world_->inputs);
  say("day", body);
  say_doctrines();
}

void Room::take(const Observation& observation) {
  if (const auto* report = report_in(observation)) return take_report(observation, *report);
  tell_tracks(picture_.apply(observation));
  if (const auto* ais = std::get_if<AisPosition>(&observation.what); ais != nullptr && ais->place) {
    for (const Unit& unit : world_->units) {
      if (unit.mmsi != ais->mmsi) continue;
      const bool moves = ais->speed_mps && ais->course_deg;
      move_unit(unit, *ais->place, moves ? towards(*ais->course_deg, *ais->speed_mps) : Vec{},
                observation.time);
    }
  }
}

void Room::take(const SegmentClosed& segment) {
  say(segment_kind,
      {{"text", fmt::format("What the feeds sent until now is closed: journal segment {}", segment.file)},
       {"file", segment.file},
       {"hash", hex(segment.hash)}});
}

void Room::take(const LineRefused& line) {
  Json body{
      {"text", fmt::format("{}{} sent a line that cannot be read: {}",
                           line.distress ? "LOOK AT IT, it speaks of distress: " : "", line.feed, line.why)},
      {"feed", line.feed},
      {"why", line.why},
      {"raw", line.raw}};
  if (line.distress) body["distress"] = true;
  say("line_refused", body);
}

void Room::take(const FeedState& state) {
  Json body{{"text", fmt::format("Feed {}: {}", state.feed, state.text)},
            {"feed", state.feed},
            {"health", std::string(enum_name(state.health))},
            {"since", iso(state.since)},
            {"lines", state.lines},
            {"refused", state.refused},
            {"dropped", state.dropped}};
  if (state.clock_offset_s) body["clock_offset_s"] = rounded(*state.clock_offset_s, 1);
  say("feed", body);
}

void Room::take(const ProgramStarted& program) {
  say("program", {{"text", fmt::format("Varne {} goes on with this record", program.version)},
                  {"version", program.version}});
}

void Room::tell_tracks(const std::vector<TrackEvent>& events) {
  for (const TrackEvent& event : events) {
    if (std::find(touched_.begin(), touched_.end(), event.id) == touched_.end()) touched_.push_back(event.id);
    if (const Track* track = picture_.find(event.id)) tell_track(event.change, *track);
  }
}

void Room::tell_track(TrackChange change, const Track& track) {
  const auto said = track_said_.find(track.id);
  const bool known = said != track_said_.end();
  if (!known && track.state == TrackState::tentative) return;  // a few plots are no craft yet
  if (known && (change == TrackChange::started || change == TrackChange::confirmed)) return;
  if (known && change == TrackChange::updated) {
    const Duration every = track.mmsi ? every_ship : every_unidentified;
    if (now_ - said->second < every || length(track.velocity) < moving_mps) return;
  }
  if (change == TrackChange::dropped) {
    track_said_.erase(track.id);
  } else {
    track_said_[track.id] = now_;
  }
  if (!known && change == TrackChange::updated) change = TrackChange::confirmed;

  const Estimate here = track.shown(now_);
  Json body{{"text", sentence(change, track, here.place)},
            {"track", track.id},
            {"change", name_of(change)},
            {"at", words::at(here.place)},
            {"speed_mps", rounded(length(track.velocity), 1)},
            {"course_deg", wrap360(rounded(direction_deg(track.velocity), 0))}};
  if (track.mmsi) {
    body["mmsi"] = *track.mmsi;
    if (!track.name.empty()) body["name"] = track.name;
  } else {
    body["ellipse_m"] = rounded(here.ellipse(2.45).major_m, 0);
  }
  say("track", body);
}

void Room::move_unit(const Unit& unit, Place place, Vec velocity, Time time) {
  UnitPosition& known = unit_positions_[unit.name];
  if (time < known.time) return;
  known = {place, velocity, time};
  const auto said = unit_said_.find(unit.name);
  if (said != unit_said_.end() && (now_ - said->second < every_unit || length(velocity) < moving_mps)) return;
  unit_said_[unit.name] = now_;
  say("unit", {{"text", fmt::format("{}, {}, {}", unit.name, spoken(place), words::motion(velocity))},
               {"unit", unit.name},
               {"at", words::at(place)},
               {"speed_mps", rounded(length(velocity), 1)},
               {"course_deg", wrap360(rounded(direction_deg(velocity), 0))}});
}

std::shared_ptr<const DriftRun> Room::forecast(const std::string& incident) const {
  const auto found = forecasts_.find(incident);
  return found == forecasts_.end() ? nullptr : found->second;
}

std::vector<UnitReach> Room::nearest_units(const std::string& incident, std::size_t most) const {
  const auto found = incidents_.find(incident);
  if (found == incidents_.end() || !found->second.place) return {};
  const Place there = *found->second.place;
  std::vector<UnitReach> reach;
  for (const Unit& unit : world_->units) {
    if (unit.capacity == 0) continue;
    const auto heard = unit_positions_.find(unit.name);
    const Place from = heard == unit_positions_.end() ? unit.home : heard->second.place;
    reach.push_back({unit.name, distance_m(from, there), time_to_reach(unit, from, there)});
  }
  std::sort(reach.begin(), reach.end(), [](const UnitReach& a, const UnitReach& b) {
    return a.time != b.time ? a.time < b.time : a.unit < b.unit;
  });
  if (reach.size() > most) reach.resize(most);
  return reach;
}

}  // namespace varne
