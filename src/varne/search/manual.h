#pragma once
/// The plan of the worksheets (IAMSAR Manual vol. II, chapter 4 and appendix K): drift by vectors, three
/// datums, total probable error, and the square with the best search factor. It stands beside the optimised
/// plan, so that an officer sees what that gained.

#include <vector>

#include "varne/core/fields.h"
#include "varne/core/geo.h"
#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/search/detection.h"

namespace varne {

/// Leeway of the worksheets: slope × wind speed + offset, to either side of downwind by the divergence.
struct ManualLeeway {
  double slope = 0;  ///< of the wind speed, dimensionless
  double offset_mps = 0;
  double divergence_deg = 0;  ///< 0 to 90
};

/// A stretch of time with one current and one wind.
struct ManualLeg {
  Duration lasts{};  ///< > 0
  Vec current;       ///< [m/s], towards
  Vec wind;          ///< [m/s], towards
};

/// How the parts of the error make the total probable error.
enum class ErrorRule {
  root_of_squares,  ///< √(D² + X² + Y²): IAMSAR
  sum,              ///< D + X + Y: older practice, still in use on some worksheets
};

struct ManualCase {
  Place last_known;
  ManualLeeway leeway;
  std::vector<ManualLeg> legs;  ///< in order of time, one or more
  double position_error_m = 0;  ///< X, of the last known position
  double craft_error_m = 0;     ///< Y, of the searchers' navigation
  double drift_error = 0.3;     ///< D as a part of the distance drifted
  ErrorRule rule = ErrorRule::root_of_squares;
};

/// Where it should be by one way of the leeway.
struct Datum {
  Place place;
  double drifted_m = 0;               ///< in a straight line, on the plane
  double direction_deg = 0;           ///< of that, degrees true
  double total_probable_error_m = 0;  ///< E: it is within with one half, the errors being circular normal
};

struct ManualDatums {
  Datum downwind;
  Datum left;  ///< leeway to the left of downwind by the divergence
  Datum right;
  double divergence_m = 0;  ///< from left to right
  /// The divergence in total probable errors. Up to 4 one area about the middle serves, beyond two (IAMSAR
  /// vol. II, 4.4).
  double separation = 0;
};

/// Refuses a case without a leg, with numbers out of range, or no place.
Result<ManualDatums> manual_datums(const ManualCase& asked);

/// One square about a datum.
struct ManualSquare {
  double relative_effort = 0;  ///< swept area over E²
  double search_factor = 0;    ///< half side over E
  double side_m = 0;
  double coverage = 0;
  double spacing_m = 0;  ///< between tracks, where a sweep width was given
  double poc = 0;        ///< probability that the square holds it
  double pod = 0;
  double pos = 0;  ///< poc × pod
};

/// The square whose search factor gives the highest POS. IAMSAR's curves of optimal search factors (figures
/// N-5 and N-6) are not public; this is what they are drawn from, a circular normal error of which E holds
/// one half (σ = E / 1.1774), with the law of random search for poor conditions and of the inverse cube for
/// ideal ones.
/// @param total_probable_error_m  > 0
/// @param swept_m2                > 0: sweep width × speed × time, all searchers together
/// @param sweep_width_m           >= 0
ManualSquare manual_square(double total_probable_error_m, double swept_m2, DetectionLaw law,
                           double sweep_width_m = 0);

}  // namespace varne
