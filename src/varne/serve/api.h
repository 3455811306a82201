#pragma once
/// The room as JSON, in the words of docs/api.md.

#include <memory>
#include <string>

#include "varne/core/json.h"
#include "varne/desk/desk.h"
#include "varne/room/room.h"

namespace varne::api {

/// Entries that a state carries for the feed.
inline constexpr std::size_t entries_shown = 200;

/// @param now  where a track that is not heard any more would be by then
Json track(const Track& track, Time now);
Json track_detail(const Track& track, Time now);
Json incident(const Room& room, const Incident& incident);
Json incident_detail(const Room& room, const Incident& incident);
Json unit(const Room& room, const Unit& unit);
Json people(const Room& room);
Json entry(const Entry& entry);
Json forecast(const Room& room, const Incident& incident, const DriftRun& run);
/// Everything a console needs to begin.
Json state(const Desk& desk);
/// What is known of the sea here and now.
Json sea(const World& world, Place place, Time time);

/// As it goes out: one line, bytes that are not UTF-8 replaced.
std::string text(const Json& json);

}  // namespace varne::api
