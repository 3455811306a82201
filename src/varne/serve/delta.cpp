#include "varne/serve/delta.h"

#include <chrono>
#include <nlohmann/json.hpp>

#include "varne/serve/api.h"

namespace varne {
namespace {

/// Adds to `out` where the text under this name is not what was told.
void if_new(std::map<std::string, std::string>& told, const std::string& name, Json value, Json& out) {
  std::string text = api::text(value);
  std::string& before = told[name];
  if (before == text) return;
  before = std::move(text);
  out.push_back(std::move(value));
}

/// A console's feed shows the newest; a day that races by must not bury it.
constexpr std::size_t most_entries = 400;

}  // namespace

void Delta::told_all(const Desk& desk) {
  tracks_.clear();
  entries_.clear();
  moved_ = false;
  incidents_.clear();
  units_.clear();
  const Room& room = desk.room();
  for (const auto& [id, incident] : room.incidents())
    incidents_[id] = api::text(api::incident(room, incident));
  for (const auto& unit : room.world().units) units_[unit.name] = api::text(api::unit(room, unit));
  people_ = api::text(api::people(room));
}

void Delta::add(const DeskChange& change) {
  tracks_.insert(change.tracks.begin(), change.tracks.end());
  entries_.insert(entries_.end(), change.entries.begin(), change.entries.end());
  moved_ = true;
}

std::string Delta::frame(const Desk& desk) {
  const Room& room = desk.room();
  Json out{{"type", "delta"},
           {"now", desk.header().at("now")},
           {"last_entry", desk.last_entry()},
           {"trouble", desk.trouble()}};
  out["tracks"] = Json::array();
  out["gone"] = Json::array();
  for (const auto& id : tracks_) {
    if (const Track* track = room.picture().find(id)) {
      out["tracks"].push_back(api::track(*track, room.now()));
    } else {
      out["gone"].push_back(id);
    }
  }
  out["incidents"] = Json::array();
  out["units"] = Json::array();
  out["entries"] = Json::array();
  const std::size_t skipped = entries_.size() > most_entries ? entries_.size() - most_entries : 0;
  for (std::size_t i = skipped; i < entries_.size(); ++i) out["entries"].push_back(api::entry(entries_[i]));
  if (!entries_.empty()) {
    for (const auto& [id, incident] : room.incidents())
      if_new(incidents_, id, api::incident(room, incident), out["incidents"]);
    Json people = api::people(room);
    if (std::string text = api::text(people); text != people_) {
      people_ = std::move(text);
      out["people"] = std::move(people);
    }
  }
  for (const auto& unit : room.world().units) if_new(units_, unit.name, api::unit(room, unit), out["units"]);
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  out["sent_ms"] = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  tracks_.clear();
  entries_.clear();
  moved_ = false;
  return api::text(out);
}

}  // namespace varne
