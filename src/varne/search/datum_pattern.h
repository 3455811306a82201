#pragma once
/// Expanding squares and sectors about the datum (IAMSAR Manual vol. II, 5.5), and what such a way finds: leg
/// by leg, as strips of water that are searched while the leg is sailed, not as a box that is swept evenly.

#include <optional>
#include <span>
#include <vector>

#include "varne/search/pattern.h"
#include "varne/search/plan.h"

namespace varne {

/// A plan with the patterns that its probability is that of.
struct LaidPlan {
  SearchPlan plan;
  std::vector<SearchPattern> patterns;  ///< one a task that has room and time for one, in their order
  std::vector<Stroke> strokes;          ///< what they search, for the bound
};

/// The legs of a pattern as strokes, slice by slice, where they are in the middle of it: of an expanding
/// square as wide as its spacing, of a sector as its sweep.
/// @param task  that the pattern is of
void add_pattern_strokes(const SearchCloud& cloud, const SearchTask& task, const SearchPattern& pattern,
                         double sweep_width_m, double turn_s, std::vector<Stroke>& out);

/// A square a unit about the datum, drifting with it or not: of one boat, and of one aircraft above it, about
/// the mean of the cloud; several boats, or several aircraft, share the cloud and each has the mean of its
/// part. The pattern is as large as its time allows, with the spacing (of a sector the leg) that finds most;
/// smaller where land or another's square is in the way.
/// @param kind       expanding_square or sector
/// @param spacing_m  > 0; nothing: chosen
/// Refuses what `plan_search` refuses, and a spacing that is none.
Result<LaidPlan> plan_about_datum(const SearchCloud& cloud, const std::vector<SearchUnit>& units,
                                  PatternKind kind, std::optional<double> spacing_m,
                                  const PlanOptions& options = {});

/// Lays such patterns about the middles of the boxes of a plan that was drawn.
LaidPlan lay_about_middles(const SearchCloud& cloud, const std::vector<SearchUnit>& units, SearchPlan drawn,
                           PatternKind kind, std::optional<double> spacing_m);

}  // namespace varne
