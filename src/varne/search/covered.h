#pragma once
/// After a search, box by box: what each unit was to cover and what tracks have covered of it.

#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "varne/core/fields.h"
#include "varne/core/result.h"
#include "varne/search/after.h"
#include "varne/search/cloud.h"

namespace varne {

/// A box that a unit was to search: a task as `varne search plan --json` prints it, or one drawn by hand.
struct BoxToSearch {
  std::string unit;
  Time from;
  Time until;                           ///< after `from`
  Place centre;                         ///< when it is begun
  double length_m = 0;                  ///< along its axis, > 0
  double width_m = 0;                   ///< across, > 0
  double axis_deg = 0;                  ///< degrees true
  std::optional<double> coverage = {};  ///< planned, >= 0
  std::vector<TrackFix> way = {};       ///< of the centre, in order of time; empty: the box stays
  static constexpr auto fields() {
    using B = BoxToSearch;
    return std::tuple{always("unit", &B::unit, "who was to search it"),
                      always("from", &B::from, "searched from"),
                      always("until", &B::until, "until"),
                      always("centre", &B::centre, "when it is begun"),
                      always("length_m", &B::length_m, "along its axis"),
                      always("width_m", &B::width_m, "across"),
                      always("axis_deg", &B::axis_deg, "direction of the axis, true"),
                      said("coverage", &B::coverage, "planned"),
                      said("way", &B::way, "of its centre, in order of time; it stays if left out")};
  }
};

/// What became of it.
struct BoxSearched {
  std::string unit;
  std::size_t box = 1;  ///< which of the unit's, from 1
  Time from;
  Time until;
  std::optional<double> planned = {};  ///< coverage
  double achieved = 0;                 ///< coverage by its own unit while the task lasted
  double by_others = 0;                ///< coverage by all others in that time
  double pod = 0;        ///< of both, as looks that know nothing of each other: 1 - Π (1 - POD)
  double untouched = 0;  ///< share of the box that no track passed within half a sweep width
  static constexpr auto fields() {
    using B = BoxSearched;
    return std::tuple{always("unit", &B::unit, "whose task it was"),
                      always("box", &B::box, "which of its boxes"),
                      always("from", &B::from, "it was to be searched from"),
                      always("until", &B::until, "until"),
                      always("planned", &B::planned, "coverage, if it was stated").decimals(4),
                      always("achieved", &B::achieved, "coverage by its own tracks").decimals(4),
                      always("by_others", &B::by_others, "coverage by the tracks of others").decimals(4),
                      always("pod", &B::pod, "probability of detection of both").decimals(4),
                      always("untouched", &B::untouched, "share that nobody passed near").decimals(4)};
  }
};

struct BoxesSearched {
  std::vector<BoxSearched> boxes;  ///< in the order asked
  std::vector<std::string> notes;  ///< boxes without a track, tracks without a box, time that is not known
};

/// Refuses, by place in the list and field, a box without area or time, a planned coverage below 0 and a way
/// that is not in order; and a track that is not `usable`.
Result<BoxesSearched> boxes_searched(const SearchCloud& cloud, std::span<const BoxToSearch> boxes,
                                     std::span<const SearchTrack> tracks);

}  // namespace varne
