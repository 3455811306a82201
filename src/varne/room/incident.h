#pragma once
/// An incident: one boat (or kayak, or person in the water) in some degree of danger, from the first word of
/// it until everybody is accounted for.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/head_count.h"
#include "varne/core/time.h"

namespace varne {

/// Emergency phases of the SAR Convention, annex, 1.3.11–13. Within one incident a phase only rises here:
/// lowering it needs a named officer and evidence (doctrine, later).
enum class Phase { uncertainty, alert, distress };
const char* name_of(Phase phase);

/// One line of an incident's history: a report that concerns it.
struct IncidentNote {
  Time time;
  std::string source;  ///< report id
  std::string what;    ///< one sentence a person reads
};

/// A head count somebody gave, kept beside the others.
struct PersonsClaim {
  Time time;
  std::string source;
  HeadCount persons;
};

struct Incident {
  std::string id;    ///< "I7", in order of opening
  std::string boat;  ///< label agreed by the centres, or ""
  std::string craft;
  Phase phase = Phase::uncertainty;
  std::string why;     ///< what raised it to this phase
  std::string centre;  ///< exactly one coordinating centre at every moment
  bool open = true;
  std::string close_reason;
  Time opened;
  Time changed;
  std::optional<Place> place;  ///< last known position
  double place_error_m = 0;
  Time place_time;
  std::vector<PersonsClaim> persons;
  std::vector<IncidentNote> notes;
  std::string forecast;  ///< id of the last answered forecast, or ""
};

}  // namespace varne
