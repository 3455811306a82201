#pragma once
/// An incident: one boat (or kayak, or person in the water) in some degree of danger, from the first word of
/// it until everybody is accounted for.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/time.h"
#include "varne/feed/report_kinds.h"
#include "varne/room/coordination.h"

namespace varne {

/// Emergency phases of the SAR Convention, annex, 1.3.11–13. By itself a phase only rises; lowering it takes
/// a named officer of the coordinating centre and positive evidence about that very boat.
enum class Phase { uncertainty, alert, distress };
const char* name_of(Phase phase);
std::optional<Phase> phase_named(std::string_view name);

/// The phase that one report speaks for, and why, in words.
struct PhaseReading {
  Phase phase = Phase::uncertainty;
  std::string why;
};

/// What a report alone says about danger. The rules, first that holds:
///   distress     help asked for at once; people in the water; taking water; engine stopped (a boat adrift in
///                the strait); somebody injured or found dead; nobody aboard but children; a person in the
///                water as the craft; a craft found empty; people taken off
///   alert        a call for help that does not rule distress out; a small craft seen with people aboard
///   uncertainty  anything else that is said about a boat
PhaseReading phase_of(const Report& report);
/// Whether that is distress.
bool speaks_of_distress(const Report& report);

/// Nobody aboard but children, as far as the report says.
bool only_children(const Report& report);

/// One line of an incident's history: a report that concerns it.
struct IncidentNote {
  Time time;
  std::string source;  ///< report id
  std::string what;    ///< one sentence a person reads
  auto members() { return std::tie(time, source, what); }
};

/// A report as it was heard of one incident. Kept, so that the people can be counted again when two incidents
/// turn out to be one boat, or not to be.
struct Heard {
  std::uint64_t entry = 0;  ///< number of its entry: the order in which things were heard
  Time at;                  ///< when the room took it
  Time time;                ///< the time it bears
  Report report;
  bool share = false;  ///< of a landing that named a unit and no boat: this boat's part of it
  /// An officer took it back: it places and counts nobody and reassures nobody. The danger it spoke of
  /// stands.
  bool withdrawn = false;
  auto members() { return std::tie(entry, at, time, report, share, withdrawn); }
};

/// How a search ended whose people are not all accounted for: a named officer's decision, with what it
/// stood on.
struct SearchEnd {
  std::string officer;
  std::string reason;
  std::string forecast;  ///< id of the forecast that was searched by
  double coverage = 0;   ///< IAMSAR coverage factor: area swept effectively / area searched
  std::string coverage_source;
  auto members() { return std::tie(officer, reason, forecast, coverage, coverage_source); }
};

/// A named officer's decision that danger is over, on what somebody saw of that very boat. What was said of
/// danger before it is answered by it.
struct Lowered {
  std::uint64_t entry = 0;  ///< number of the order's entry
  Time at;
  std::string officer;  ///< "J. Smith, MRCC Dover"
  auto members() { return std::tie(entry, at, officer); }
};

/// How two incidents are to each other. Only the last makes their accounts one.
enum class Relation {
  linked,          ///< they belong together (left together, one caller told of both) and are not one boat
  possibly_same,   ///< they may be one boat; both are looked for, both are counted
  confirmed_same,  ///< one boat, by a named officer's word and its evidence
};
const char* name_of(Relation relation);

/// And who coordinates it.
struct Incident : Coordination {
  /// "I7", in order of opening; of one that another centre's desk opened, "I7@CROSS-Gris-Nez".
  std::string id;
  std::string opened_by;  ///< that centre; "" this desk
  std::string boat;       ///< label agreed by the centres, or ""
  std::string craft;
  Phase phase = Phase::uncertainty;
  std::string why;  ///< what raised it to this phase
  /// Confirmed to be the same boat as this incident, the one of them that opened first; "" where it is that
  /// one or stands alone. People, place and forecasts are then kept there; phase, centre and state are alike.
  std::string same_as;
  bool open = true;
  std::string close_reason;
  Time opened;
  Time changed;
  std::optional<Place> place;  ///< last known position
  double place_error_m = 0;    ///< radius, 0 not said
  Time place_time;
  std::uint64_t place_entry = 0;  ///< of the report that said so
  std::vector<IncidentNote> notes;
  std::vector<Heard> history;        ///< what was heard of this incident by its own label or number
  std::vector<Heard> said;           ///< facts, consents, orders and requests about it, in order
  std::optional<Lowered> lowered;    ///< the last lowering of its phase
  std::uint64_t encounter_from = 0;  ///< consents up to this entry were for an encounter that is over
  std::optional<SearchEnd> ended;    ///< closed by this, not by the account

  auto members() {
    return std::tie(static_cast<Coordination&>(*this), id, opened_by, boat, craft, phase, why, same_as, open,
                    close_reason, opened, changed, place, place_error_m, place_time, place_entry, notes,
                    history, said, lowered, encounter_from, ended);
  }
};

/// "I7 (Charlie)", or "I7" where no label is agreed.
std::string spoken(const Incident& incident);

/// The leeway class (data/leeway.toml) that comes closest to what is adrift: PIW-1 for a person and where the
/// craft was left by its people, the sea kayak for a kayak, a skiff for a rigid boat, and for an inflatable
/// or an unknown craft the mean of all life rafts without ballast, whose wide spread covers the doubt.
///
/// @param cleared  its people have left the craft
std::string leeway_class_of(const Incident& incident, bool cleared);

}  // namespace varne
