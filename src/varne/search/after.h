#pragma once
/// After a search that found nothing: what the tracks that were really sailed and flown have covered, how
/// likely each particle is now, and how likely it is that the object was never in the area.

#include <span>
#include <string>
#include <vector>

#include "varne/core/fields.h"
#include "varne/core/result.h"
#include "varne/search/boxes.h"
#include "varne/search/cloud.h"
#include "varne/search/detection.h"

namespace varne {

struct TrackFix {
  Place at;
  Time time;
  static constexpr auto fields() {
    return std::tuple{always("at", &TrackFix::at, "where"), always("time", &TrackFix::time, "when")};
  }
};

/// Where a unit was while it searched, as its AIS or its log has it.
struct SearchTrack {
  std::string unit;
  double sweep_width_m = 0;  ///< > 0
  DetectionLaw law = DetectionLaw::inverse_cube;
  std::vector<TrackFix> fixes;  ///< in order of time, two or more
  static constexpr auto fields() {
    return std::tuple{
        always("unit", &SearchTrack::unit, "whose"),
        always("sweep_width_m", &SearchTrack::sweep_width_m, "for this object on that day"),
        said("law", &SearchTrack::law, "inverse_cube, definite_range or random; inverse_cube if left out"),
        always("fixes", &SearchTrack::fixes, "in order of time")};
  }
};

struct AfterSearch {
  std::vector<double> not_detected;  ///< of each particle: how likely the search was to miss it there, 0 to 1
  std::vector<double> weight;        ///< of each particle now; with `outside` they sum to 1
  double pos = 0;                    ///< of this search
  double pos_to_date = 0;            ///< of all so far
  double outside = 0;                ///< that the object is in none of the particles
  double nowhere = 0;                ///< of the weights: those that are not known to be anywhere
  std::vector<std::string> notes;    ///< what of the tracks did not count
};

/// Longer silence in a track than this is not searched: nobody knows where the unit went.
inline constexpr Duration longest_silence = std::chrono::minutes(10);

/// Refuses fewer than two fixes, fixes out of order or at no place, and no sweep width.
Done usable(const SearchTrack& track);

/// What tracks have done to a cloud, each particle seen from each track as it moved past:
///   `inverse_cube`    Koopman's (1946) observer, who sees with a rate of the inverse cube of the range: the
///                     exponent is k/2 ∫ ds / r³ along the way past the particle, k = W² / (4 π); a straight
///                     pass at x gives 1 - exp(-k / x²), and pieces and turns add up exactly
///   `definite_range`  seen for certain within W/2
///   `random`          coverage W L / A of a disc of two sweep widths about the particle
/// The cloud's own weights are those before the search; what they lack to 1 is outside.
/// @param pos_before  of all earlier searches, 0 to 1
/// Refuses a track that is not `usable`, and numbers out of range.
Result<AfterSearch> after_search(const SearchCloud& cloud, std::span<const SearchTrack> tracks,
                                 double pos_before = 0);

/// What a task was to cover, and what tracks have covered of its box.
struct TaskCoverage {
  double planned = 0;    ///< coverage
  double achieved = 0;   ///< sweep width × track within the box while the task lasted, over its area
  double pod = 0;        ///< of the achieved coverage, by the tracks' law
  double untouched = 0;  ///< share of the box that no track passed within half a sweep width
};
/// Of one law: the first track's. With no track in it nothing is achieved.
TaskCoverage coverage_of(const SearchCloud& cloud, const SearchTask& task,
                         std::span<const SearchTrack> tracks);

/// The cloud with new weights, for the next plan.
SearchCloud reweighted(SearchCloud cloud, const AfterSearch& after);

}  // namespace varne
