#pragma once
/// The room as JSON, in the words of docs/api.md.

#include <optional>
#include <string>

#include "varne/core/json.h"
#include "varne/room/room.h"

namespace varne::api {

/// Entries that a state carries for the feed of a console.
inline constexpr std::size_t entries_shown = 200;

/// Text: there may be a hundred thousand, and each is told whenever it moves.
/// @param now  where a track that is not heard any more would be by then
std::string track(const Track& track, Time now);
/// @param unheard  why nothing is heard of it, where that is its receiver's doing; "" otherwise
Json track_detail(const Track& track, Time now, const std::string& unheard);
std::string mark(const Mark& mark);
Json incident(const Room& room, const Incident& incident);
Json incident_detail(const Room& room, const Incident& incident);
/// What consoles are told of a unit beside what the list says of it.
struct UnitShown {
  std::optional<UnitPosition> here = {};  ///< nothing: not heard of, taken to be at its base
  HeadCount aboard = {};
  UnitStatus status = UnitStatus::available;
  std::optional<UnitTask> task = {};
};
Json unit(const Unit& unit, const UnitShown& now);
Json people(const Room& room);
/// Those that stand, the oldest first.
Json alarms(const Room& room);
/// What the desks of joined centres have told beside the incidents: theirs, and none of this desk's own.
Json partners(const Room& room);
std::string entry(const Entry& entry);
/// A pure function of what does not change, for any thread.
/// @param id  of the forecast
Json forecast(const World& world, const std::string& incident, const std::string& id, const DriftRun& run);
/// What is known of the sea here and now.
Json sea(const World& world, Place place, Time time);

/// As it goes out: one line, bytes that are not UTF-8 replaced.
std::string text(const Json& json);

}  // namespace varne::api
