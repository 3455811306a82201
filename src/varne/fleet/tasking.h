#pragma once
/// Who should go: all open incidents against all units at once. It proposes; people accept, or decline with a
/// reason, and a unit that declined is not asked again for that incident.
///
/// One unit an incident, or several where one cannot take all its people, is an exact assignment
/// (core/assignment.h) of least price; where there are more calls than units, rounds of several stops
/// (rounds.h). The price is what the officer chose to go by.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "varne/fleet/reach.h"
#include "varne/fleet/survival.h"
#include "varne/fleet/unit.h"

namespace varne {

/// What a plan is good by. Each is a price, and lower is better.
enum class Objective : std::uint8_t {
  first_unit,  ///< seconds until a unit is there, summed over the calls
  within_30,   ///< calls, by their chance of not being reached within 30 minutes
  lives,       ///< lives expected to be lost before a unit is there, by a survival table
};
template <>
struct EnumNames<Objective> {
  static constexpr std::array values{std::pair{Objective::first_unit, "first_unit"},
                                     std::pair{Objective::within_30, "within_30"},
                                     std::pair{Objective::lives, "lives"}};
};

/// An incident that units are wanted for.
struct OpenIncident {
  std::string id;
  Place place;  ///< last known
  bool distress = true;
  std::optional<double> persons = {};  ///< the most there may be, less those whom units on their way can take
  SurvivalCase who = {};
  std::set<std::string> declined = {};  ///< units that declined it
};

struct FleetUnit {
  UnitNow now;
  UnitStatus status = UnitStatus::available;
  std::optional<double> room = {};  ///< places left aboard; nothing where its capacity is not known
};

/// Of the available units that match, so many stay. Gives way where a boat in distress would have nobody.
struct ReserveRule {
  std::string state = {};  ///< "UK"; "" any
  std::optional<UnitKind> kind = {};
  std::size_t keep = 1;
};

struct TaskOptions {
  Objective objective = Objective::first_unit;
  const SurvivalTable* survival = nullptr;  ///< null: how long people live is not known
  std::vector<ReserveRule> reserve = {};
  /// A new plan has to be better than the standing one by this share of the standing one's price, 0 to 1.
  double margin = 0.1;
};

struct Proposal {
  std::string incident;
  std::string unit;
  std::size_t stop = 1;                ///< 1: goes there now; 2 and on: after the stops before
  std::optional<Duration> after = {};  ///< the median; of later stops by straight lines
  std::optional<double> persons = {};  ///< whom it is to take aboard; nothing where it is not known how many
  std::string text;                    ///< for the officer: why, and what the nearest idle unit would do
};

/// An incident that nobody can be proposed for.
struct Unserved {
  std::string incident;
  std::string why;  ///< without full stop
};

struct TaskPlan {
  Objective objective = Objective::first_unit;  ///< what it goes by: not what was asked where that is unknown
  double price = 0;
  double nearest_price = 0;  ///< of sending to each incident in turn the nearest unit that is idle
  std::vector<Proposal> proposals;
  bool kept = false;           ///< the standing plan, no other being better by the margin
  std::vector<Unserved> left;  ///< in `missing` too
  /// Incidents to which everybody proposed would run out of fuel or crew on the way, by id; in `missing` too.
  std::vector<std::string> run_dry;
  std::vector<std::string> missing;  ///< a sentence each, without full stop
};

/// @param reaches   incident by incident, unit by unit: `reach` of each
/// @param standing  what is proposed now and neither accepted nor declined; its first stops are kept as far
/// as
///                  they still can be, and other boats answered beside them, where no plan is better by the
///                  margin
TaskPlan propose(const std::vector<OpenIncident>& incidents, const std::vector<FleetUnit>& units,
                 const std::vector<std::vector<Reach>>& reaches, const TaskOptions& options = {},
                 const std::vector<Proposal>& standing = {});

}  // namespace varne
