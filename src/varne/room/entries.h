#pragma once
/// What the room says: one struct for each kind of entry. Its list of fields is the JSON body of the record,
/// its reading, and its row in docs/entries.md (tests/room/entries_test.cpp keeps the two alike).
///
/// Every body has `text`, one plain English sentence. Places are [lon, lat], head counts [low, high],
/// everything SI, degrees true and UTC.

#include <string>
#include <variant>

#include "varne/core/result.h"
#include "varne/record/entry.h"
#include "varne/room/entries_desk.h"
#include "varne/room/entries_incident.h"
#include "varne/room/entries_partner.h"
#include "varne/room/entries_said.h"
#include "varne/room/entries_tasking.h"

namespace varne::entries {

using Body =
    std::variant<Day, Rules, Program, TrackSaid, UnitMoved, Reported, Refused, IncidentSaid, PeoplePosted,
                 Related, ForecastRequested, Forecast, Order, TaskSaid, ProposalSaid, ConsentSaid,
                 VerdictGiven, ParameterSet, Overridden, OverrideEnded, SegmentTold, RefusedLine, FeedSaid,
                 Beacon, SafetyText, AlarmRaised, AlarmSeen, ClaimSaid, LetterSaid, LetterRefused>;

/// The body of an entry of the record. Refuses, naming kind and field: a kind that is none of these, and a
/// body that is not one of its kind.
Result<Body> read_body(const Entry& entry);

/// The table of docs/entries.md, from the lists above.
std::string table();

}  // namespace varne::entries
