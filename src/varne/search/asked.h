#pragma once
/// A search as somebody asks for it, and the whole answer: one interface for the command line, the desk and
/// the console. Boxes are planned, or scored as somebody drew them.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "varne/core/fields.h"
#include "varne/core/json.h"
#include "varne/core/result.h"
#include "varne/drift/leeway.h"
#include "varne/fleet/unit.h"
#include "varne/search/bound.h"
#include "varne/search/pattern.h"
#include "varne/search/plan.h"
#include "varne/search/routes.h"
#include "varne/search/sweep_width.h"
#include "varne/search/worksheet.h"

namespace varne {

/// A unit that may search, and what somebody says of it that its list does not know.
struct AskedSearcher {
  std::string unit;
  std::optional<double> search_mps = {};
  std::optional<double> sweep_width_m = {};  ///< for this object in these conditions, > 0
  std::string source = {};                   ///< of that width; needed with it
  std::optional<double> turn_s = {};         ///< lost at each turn of 90°, 0 to 3600
  std::optional<Time> free_from = {};        ///< of one that is busy or off duty now: it counts from then
  static constexpr auto fields() {
    using A = AskedSearcher;
    return std::tuple{
        always("unit", &A::unit, "as the list of units has its name"),
        said("search_mps", &A::search_mps, "speed while searching, where the list knows none"),
        said("sweep_width_m", &A::sweep_width_m, "where no table covers it"),
        said("source", &A::source, "whose width that is; needed with it"),
        said("turn_s", &A::turn_s, "seconds lost at each turn of 90°, where the list knows none"),
        said("free_from", &A::free_from,
             "when one that is busy, off duty or has declined can be had; without it it is left out")};
  }
};

/// A box as somebody drew it.
struct DrawnBox {
  std::string unit;
  Time from;
  Time until;
  Place centre;         ///< when it is begun
  double length_m = 0;  ///< along its axis, > 0
  double width_m = 0;   ///< across, > 0
  double axis_deg = 0;  ///< degrees true
  static constexpr auto fields() {
    using B = DrawnBox;
    return std::tuple{always("unit", &B::unit, "who searches it"),
                      always("from", &B::from, "searched from"),
                      always("until", &B::until, "until"),
                      always("centre", &B::centre, "when it is begun"),
                      always("length_m", &B::length_m, "along its axis"),
                      always("width_m", &B::width_m, "across"),
                      always("axis_deg", &B::axis_deg, "direction of the axis, true")};
  }
};

struct SearchAsked {
  std::string object;                ///< as the sweep width tables name it: "raft 10 person"
  Time from;                         ///< when units are asked
  Duration length{};                 ///< > 0
  std::vector<AskedSearcher> units;  ///< 1 to `most_units`, each once
  PatternKind pattern = PatternKind::parallel_sweep;
  std::optional<double> spacing_m = {};  ///< of a square or sector about the datum, > 0
  bool fixed = false;                    ///< boxes stay; else they drift with the datum
  std::optional<double> height_m = {};   ///< of eye, of units of which the list knows none
  std::optional<double> visibility_m = {};
  std::optional<double> wind_mps = {};
  std::optional<double> sea_m = {};
  bool night = false;
  std::string smc = {};  ///< for the message
  std::string osc = {};
  std::vector<DrawnBox> boxes = {};  ///< to be scored as they are; none: planned
  static constexpr auto fields() {
    using A = SearchAsked;
    return std::tuple{
        always("object", &A::object, "what is looked for, as the tables of sweep widths name it"),
        always("from", &A::from, "when units are asked"),
        always("length", &A::length, "how long is searched, seconds"),
        always("units", &A::units, "who may search, up to 8"),
        said("pattern", &A::pattern,
             "`parallel_sweep` (if left out), `creeping_line`; `expanding_square` or `sector`, about the "
             "datum"),
        said("spacing_m", &A::spacing_m,
             "between the tracks of an expanding square, or a sector's leg; chosen if left out"),
        said("fixed", &A::fixed, "boxes that stay, instead of drifting with the datum"),
        said("height_m", &A::height_m, "height of eye, of units of which the list knows none"),
        said("visibility_m", &A::visibility_m, "meteorological"),
        said("wind_mps", &A::wind_mps, "for the lookout"),
        said("sea_m", &A::sea_m, "significant height of waves"),
        said("night", &A::night, "in the dark: only widths that somebody states are known"),
        said("smc", &A::smc, "search mission coordinator, for the message"),
        said("osc", &A::osc, "on-scene coordinator, for the message"),
        said("boxes", &A::boxes, "boxes as drawn, to be scored; planned if left out")};
  }
};

/// A unit with where it is now, and what it is about.
struct UnitAt {
  Unit unit;
  Place at;
  bool at_base = true;        ///< it lies there: its launch delay is still to come
  std::string not_free = {};  ///< why it cannot be asked: "is off duty"; "" where it can
};
/// Every unit of a list at its base, off duty where the list says so.
std::vector<UnitAt> all_at_base(const std::vector<Unit>& units);
/// Why a unit cannot be asked to search: "is laden: …"; "" where it is available.
std::string not_free(UnitStatus status);

/// What lies about the units and the object.
struct SearchScene {
  std::function<bool(Place)> land = {};      ///< where boats get no box; empty: no land is known of
  const PassageGrid* waters = nullptr;       ///< that boats go through; null: straight, over land too
  const Sea* sea = nullptr;                  ///< that the forecast was made on; null: not known
  std::span<const LeewayClass> leeway = {};  ///< for the worksheets' plan: classes, among them the forecast's
};

struct SearchAnswer {
  SearchCloud cloud;
  std::vector<SearchUnit> units;
  SearchPlan plan;
  SearchPlan square;        ///< what a manual square on the datum finds with the same units
  WorksheetPlan worksheet;  ///< what the worksheets make of the same effort
  SearchBound bound;        ///< for the effort of `plan`
  std::vector<NamedPattern> patterns;
  /// Share of the best possible plan of this effort that is proved, 0 to 1.
  [[nodiscard]] double at_least() const { return bound.bound > 0 ? plan.pos / bound.bound : 0; }
};

/// By name. Refuses a name that is not on the list, with the one that was probably meant.
Result<const UnitAt*> unit_named(const std::vector<UnitAt>& fleet, const std::string& name);

/// Slices of time that a plan is made on.
inline constexpr Duration search_slice = std::chrono::minutes(15);

/// @param fleet  all units that there are; those asked for are looked up by name
/// Refuses, by field: a window that the forecast does not reach, a unit that is not on the list (with the
/// nearest name) or is named twice, an object that no table knows, a width without source, a box without area
/// or time. Where nobody can search the plan is empty and says why, unit by unit.
Result<SearchAnswer> answer_search(const DriftRun& run, const SearchAsked& asked,
                                   const std::vector<UnitAt>& fleet, const SweepWidths& widths,
                                   const SearchScene& scene = {});

/// {"pos", "bound", "square_pos", "worksheet", "tasks": […], "left_out": […], "notes": […]}; docs/search.md.
Json search_json(const SearchAnswer& answer);

}  // namespace varne
