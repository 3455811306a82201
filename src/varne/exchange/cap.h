#pragma once
/// Incidents as alerts of the Common Alerting Protocol, version 1.2 (OASIS Standard, 1 July 2010), for
/// whoever takes alerts in and knows no other of Varne's words. Each names in its identifier the last entry
/// of the record that changed what it says, and says what is known now.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "varne/room/room.h"

namespace varne {

/// Entries that change what an alert says.
inline constexpr std::string_view cap_kinds[] = {"incident", "forecast", "verdict"};

/// One message of an incident's: the number and time of its entry.
struct CapMessage {
  std::uint64_t entry = 0;
  Time sent;
};

/// Which entry an alert stands for, and those before it that it takes the place of, in order.
struct CapThread {
  CapMessage now;
  std::vector<CapMessage> before;
};
/// @param entries   entries of `cap_kinds` in order of their numbers, of whatever incident
/// @param incident  whose are taken
CapThread cap_thread(const std::vector<Entry>& entries, const std::string& incident);

/// One `alert`: `Alert` first, then `Update`, and `Cancel` once the incident is closed or was found to be
/// another's boat. Scope `Restricted`; status `Exercise` or `Actual`.
///
/// Urgency follows the phase (distress Immediate, alert Expected, else Unknown; Past of a cancelled one),
/// severity the phase and the gravest sign of danger (people in the water or a boat that takes water Extreme,
/// distress Severe, alert Moderate), certainty what the phase stands on (seen by a unit or others Observed,
/// distress Likely, alert Possible). The area is the forecast's an hour after the entry, and a circle about
/// the last place.
///
/// @param thread    with `now.entry` > 0
/// @param exercise  of a day that is no real one: the world's word, or a replay
std::string cap_alert(const Room& room, const Incident& incident, const CapThread& thread, bool exercise);

/// Open incidents as an Atom feed (RFC 4287) whose entries lead to their alerts.
std::string cap_feed(const Room& room, bool exercise);

}  // namespace varne
