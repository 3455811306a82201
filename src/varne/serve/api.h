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
Json track_detail(const Track& track, Time now);
Json incident(const Room& room, const Incident& incident);
Json incident_detail(const Room& room, const Incident& incident);
/// @param here    nothing: not heard of, taken to be at its base
Json unit(const Unit& unit, const std::optional<UnitPosition>& here, HeadCount aboard);
Json people(const Room& room);
std::string entry(const Entry& entry);
/// A pure function of what does not change, for any thread.
/// @param id  of the forecast
Json forecast(const World& world, const std::string& incident, const std::string& id, const DriftRun& run);
/// What is known of the sea here and now.
Json sea(const World& world, Place place, Time time);

/// As it goes out: one line, bytes that are not UTF-8 replaced.
std::string text(const Json& json);

}  // namespace varne::api
