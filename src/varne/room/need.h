#pragma once
/// How badly a boat needs somebody: what an officer goes by who asks which of thirty is worst off.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "varne/room/counts.h"
#include "varne/room/incidents.h"

namespace varne {

struct Need {
  /// A sign of danger that stands: said, and answered neither by a lowered phase nor by an officer who ruled
  /// it out since.
  struct Danger {
    std::string_view sign;  ///< "people_in_water", by the name of its fact
    std::uint64_t entry;    ///< of the last word of it
  };
  /// Gravest first; none once nobody can be in the water or aboard any more.
  std::vector<Danger> dangers;
  std::optional<HeadCount> still_out;  ///< at sea or missing; nothing while nobody said how many there are
  bool all_aboard = false;             ///< everybody is aboard a unit, and still to be landed
  bool unassigned = false;             ///< in alert or distress, somebody may be out there, and nobody goes
  /// The last report of the boat itself, by the time it bears: a forecast, an order or a verdict is none.
  std::optional<Time> heard;
};

/// Of a sign in `Need::dangers`: the graver the more, from 1; 0 of what is none.
std::size_t gravity(std::string_view sign);

/// `Need::still_out` alone.
std::optional<HeadCount> still_out(const Counts& counts, const Incident& head);

/// All but `unassigned` (tasking.h).
/// @param head  the incident that keeps its boat's account
Need need_of(const Incidents& incidents, const Counts& counts, const Incident& head);

}  // namespace varne
