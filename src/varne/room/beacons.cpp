#include "varne/room/beacons.h"

#include <fmt/format.h>

#include <algorithm>

#include "varne/core/text.h"
#include "varne/feed/nmea_sentence.h"
#include "varne/room/phrases.h"

namespace varne {
namespace {

constexpr int status_active = 14;                         // M.1371-5, annex 8, table 48
constexpr Duration again = std::chrono::minutes(10);      // the same is said so often
constexpr double moved_m = 500;                           // a new place is said at once beyond
constexpr Duration settles = std::chrono::minutes(1);     // but no more often than this
constexpr Duration forgotten = std::chrono::minutes(30);  // a safety text that is not heard any more

/// A person in the water wears a MOB beacon; of the others nothing is known but that they are in distress.
const char* craft_of(Station station) {
  return station == Station::mob ? "person" : "";
}

std::string quoted_words(const std::string& words) {
  return words.empty() ? "" : fmt::format(" \"{}\"", words);
}

/// The station that heard it, where its line names one: one feed may be of many along a coast.
std::string receiver_of(const Observation& observation) {
  const auto station = station_in(observation.raw);
  return station.empty() ? fmt::format("the receiver of {}", observation.source)
                         : fmt::format("the receiver {} of {}", shown(station), observation.source);
}

std::string named(std::uint32_t mmsi, const Picture& picture) {
  const Track* track = picture.find(fmt::format("M{:09}", mmsi));
  return track == nullptr ? "" : track->name;
}

}  // namespace

std::optional<Beacons::Alarm> Beacons::take(Log& log, const Observation& observation,
                                            const Picture& picture) {
  look_.reset();
  const auto* position = std::get_if<AisPosition>(&observation.what);
  const auto* text = std::get_if<AisText>(&observation.what);
  if (position == nullptr && text == nullptr) return std::nullopt;
  const std::uint32_t mmsi = position != nullptr ? position->mmsi : text->mmsi;
  if (is_beacon(station_of(mmsi))) return beacon(log, observation, mmsi, position, text);
  if (position != nullptr) claim(log, observation, *position, picture);
  if (text != nullptr) tell_text(log, observation, *text, picture);
  return std::nullopt;
}

std::optional<Beacons::Alarm> Beacons::beacon(Log& log, const Observation& observation, std::uint32_t mmsi,
                                              const AisPosition* position, const AisText* text) {
  const Station station = station_of(mmsi);
  Known& known = heard_[mmsi];
  if (position != nullptr) known.status = position->status;
  const bool new_words = text != nullptr && text->text != known.words;
  if (text != nullptr) known.words = text->text;
  const auto place = position != nullptr ? position->place : std::nullopt;
  const bool alarm = known.state == "alarm" || beacon_in_distress(known.status, beacon_text(known.words));
  const std::string state = alarm ? "alarm" : "test";
  const Time now = log.now();
  const bool first_place = place && !known.place;
  const bool moved = place && known.place && distance_m(*place, *known.place) > moved_m;
  const bool due = state != known.state || new_words || first_place || now - known.said >= again ||
                   (moved && now - known.said >= settles);
  if (!due) return std::nullopt;
  if (place) known.place = place;
  known.state = state;
  known.said = now;
  const std::string name = fmt::format("{} {:09}", name_of(station), mmsi);
  const std::string where =
      known.place ? spoken(*known.place)
                  : fmt::format("place unknown, somewhere within reach of {}", receiver_of(observation));
  const bool contradicts = alarm && beacon_text(known.words) == BeaconText::test;
  const std::uint64_t entry = log.say(entries::Beacon{
      .text = fmt::format(
          "{} {}{}{}, {}", name, alarm ? "in DISTRESS" : "under test, no alarm", quoted_words(known.words),
          contradicts ? ", which contradicts what else it says: taken for an alarm" : "", where),
      .mmsi = mmsi,
      .station = name_of(station),
      .state = state,
      .words = known.words,
      .status = known.status,
      .at = known.place,
      .source = observation.source,
      .incident = known.incident});
  if (!alarm) return std::nullopt;
  Alarm out{known.incident, {entry, now, std::min(observation.time, now), reports::Call{}, false}};
  auto& report = std::get<reports::Call>(out.heard.report);
  report.time = out.heard.time;
  report.id = fmt::format("{:09}-{}", mmsi, entry);
  report.from = name;
  report.craft = craft_of(station);
  report.place = place;
  report.distress = true;
  if (station == Station::mob) report.people_in_water = true;
  report.text = known.words;
  if (!known.place) report.text += (report.text.empty() ? "" : "; ") + where;
  return out;
}

/// In shared logs most ships with this status are no beacons: somebody has to look, and nobody is alarmed.
void Beacons::claim(Log& log, const Observation& observation, const AisPosition& position,
                    const Picture& picture) {
  const auto known = heard_.find(position.mmsi);
  if (position.status != status_active) {
    // One that says it in turn with another status has been looked at.
    if (known != heard_.end() && log.now() - known->second.said >= forgotten) heard_.erase(known);
    return;
  }
  if (known != heard_.end()) {
    known->second.said = log.now();
    return;
  }
  heard_[position.mmsi] = {.status = position.status,
                           .words = {},
                           .state = "claim",
                           .incident = {},
                           .place = position.place,
                           .said = log.now()};
  const std::string name = named(position.mmsi, picture);
  const Station station = station_of(position.mmsi);
  const entries::Beacon body{
      .text =
          fmt::format("Ship {:09}{} claims to be an active SART{}; acknowledge it: by its number it is no "
                      "beacon",
                      position.mmsi, name.empty() ? "" : " (" + name + ")",
                      position.place ? ", " + spoken(*position.place) : ""),
      .mmsi = position.mmsi,
      .station = name_of(station),
      .state = "claim",
      .status = position.status,
      .at = position.place,
      .source = observation.source};
  look_ = {true, position.mmsi, log.say(body), body.text};
}

void Beacons::tell_text(Log& log, const Observation& observation, const AisText& text,
                        const Picture& picture) {
  const Time now = log.now();
  std::erase_if(texts_, [&](const auto& one) { return now - one.second >= forgotten; });
  const auto [before, fresh] = texts_.try_emplace({text.mmsi, text.text}, now);
  if (!fresh && now - before->second < again) return;  // heard all the while it is an entry, and no new alarm
  before->second = now;
  const Track* track = picture.find(fmt::format("M{:09}", text.mmsi));
  const std::string name = track == nullptr ? "" : track->name;
  const Station station = station_of(text.mmsi);
  const entries::SafetyText body{
      .text = fmt::format(
          "Safety text of {} {:09}{}{}:{}", name_of(station)[0] == 0 ? "station" : name_of(station),
          text.mmsi, name.empty() ? "" : " (" + name + ")", text.to ? fmt::format(" to {:09}", *text.to) : "",
          text.text.empty() ? " nothing written" : quoted_words(text.text)),
      .words = text.text,
      .mmsi = text.mmsi,
      .station = name_of(station),
      .name = name,
      .to = text.to,
      .at = track == nullptr ? std::nullopt : std::optional<Place>(track->shown(now).place),
      .source = observation.source};
  const std::uint64_t entry = log.say(body);
  if (fresh) look_ = {false, text.mmsi, entry, body.text};
}

}  // namespace varne
