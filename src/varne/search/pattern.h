#pragma once
/// The way a unit takes through its box: parallel sweep, creeping line, expanding square or sector (IAMSAR
/// Manual vol. II, 5.5). Distances are over the water that drifts with the box, which is what a searcher's
/// speed is made through; places are those over ground at their times.

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "varne/core/fields.h"
#include "varne/search/boxes.h"
#include "varne/search/search_unit.h"

namespace varne {

enum class PatternKind {
  parallel_sweep,    ///< legs along the longer side
  creeping_line,     ///< legs along the shorter side
  expanding_square,  ///< from the datum outwards, each two legs a spacing longer
  sector,            ///< nine legs through the datum, turns of 120°
};
template <>
struct EnumNames<PatternKind> {
  static constexpr std::array values{std::pair{PatternKind::parallel_sweep, "parallel_sweep"},
                                     std::pair{PatternKind::creeping_line, "creeping_line"},
                                     std::pair{PatternKind::expanding_square, "expanding_square"},
                                     std::pair{PatternKind::sector, "sector"}};
};

/// Whether it is sailed about the datum, from its middle, instead of through a box.
constexpr bool about_datum(PatternKind kind) {
  return kind == PatternKind::expanding_square || kind == PatternKind::sector;
}

struct PatternPoint {
  Place at;
  Time time;
};

struct SearchPattern {
  PatternKind kind = PatternKind::parallel_sweep;
  std::size_t unit = 0;
  std::vector<PatternPoint> way;  ///< the first is the commence search point, two at least
  double spacing_m = 0;           ///< between neighbouring tracks; of a sector, the leg
  double track_m = 0;             ///< through the water, all legs
  double first_leg_deg = 0;       ///< course, degrees true
  double creep_deg = 0;           ///< direction of advance; of no meaning for square and sector
  double speed_mps = 0;
  Duration spare{};  ///< of the task's time, what the pattern leaves
};

/// The pattern of a task. A sweep or creeping line has as many legs as fit into the time, evenly over the
/// box, the outermost half a spacing from its sides, and begins at the corner nearest to where the unit comes
/// from. An expanding square and a sector are about the box's centre, the datum, and stay within the box.
/// @param spacing_m  of an expanding square, > 0; else not looked at
/// Refuses a unit of unknown search speed, a task without time or area, and one too short for a single leg of
/// 100 m.
Result<SearchPattern> pattern_of(const SearchCloud& cloud, const SearchTask& task, const SearchUnit& unit,
                                 PatternKind kind, std::optional<double> spacing_m = {});

}  // namespace varne
