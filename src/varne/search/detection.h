#pragma once
/// How likely a search is to see what it looks for: lateral range curves, sweep widths, coverage and the
/// probability of detection (Koopman 1946, 1980; IAMSAR Manual vol. II, 4.6).
///
/// A searcher who passes straight by at a distance x sees the object with probability p(x): the lateral range
/// curve. Its integral is the sweep width W; a track of length L over an area A then has coverage
/// C = W L / A, and the law of detection says how C becomes a probability.

#include <span>
#include <string_view>
#include <vector>

#include "varne/core/fields.h"
#include "varne/core/result.h"

namespace varne {

/// How coverage becomes a probability of detection.
enum class DetectionLaw {
  /// Tracks fall at random over the area: 1 - exp(-C). The pessimist's law, and the one of which a plan's
  /// distance from the best can be proved (bound.h).
  random,
  /// Parallel tracks kept well, an object that fades with the inverse cube of range: erf(√π C / 2).
  inverse_cube,
  /// Parallel tracks kept exactly, everything within W/2 seen and nothing beyond: min(C, 1).
  definite_range,
};
template <>
struct EnumNames<DetectionLaw> {
  static constexpr std::array values{std::pair{DetectionLaw::random, "random"},
                                     std::pair{DetectionLaw::inverse_cube, "inverse_cube"},
                                     std::pair{DetectionLaw::definite_range, "definite_range"}};
};

/// Coverage of an area by a track, dimensionless.
/// @param sweep_width_m  >= 0
/// @param track_m        >= 0
/// @param area_m2        > 0
double coverage(double sweep_width_m, double track_m, double area_m2);

/// Probability that an object somewhere in an area covered so is detected, 0 to 1.
/// @param coverage  >= 0
double pod(DetectionLaw law, double coverage);

/// The least coverage that gives this probability: the inverse of `pod`. Infinite for 1 where the law never
/// reaches it.
/// @param pod  0 to 1
double coverage_for(DetectionLaw law, double pod);

/// Spacing between parallel tracks [m] that gives this probability: W / C. Infinite for 0.
double spacing_for(DetectionLaw law, double sweep_width_m, double pod);

/// Of several searches of one area for one object that are independent of each other:
/// 1 - (1 - p1)(1 - p2)…; 0 of none.
double cumulative_pod(std::span<const double> pods);

/// The probability of seeing an object passed at a distance.
class LateralRange {
 public:
  /// exp(-|x| / b), W = 2 b.
  static LateralRange exponential(double b_m);
  /// 1 - exp(-k / x²), W = 2 √(π k): an observer whose glimpses fade with the inverse cube of range.
  static LateralRange inverse_cube(double k_m2);
  /// 1 within r, 0 beyond, W = 2 r.
  static LateralRange definite_range(double r_m);
  /// The curve of a kind that has this sweep width. For `random` it is the exponential one: some law has to
  /// stand for passes of which only the width is known.
  static LateralRange of_width(DetectionLaw law, double sweep_width_m);
  /// Straight lines between measured points, 0 beyond the last; the same on both sides. Refuses distances
  /// that do not begin at 0 or do not rise, and probabilities outside 0 to 1.
  static Result<LateralRange> measured(std::vector<double> distance_m, std::vector<double> probability);

  /// @param x_m  distance at which it is passed, to either side
  [[nodiscard]] double at(double x_m) const;
  /// The integral over both sides [m].
  [[nodiscard]] double sweep_width_m() const;
  /// Where it has faded to less than this [m]; no pass farther off can matter more.
  [[nodiscard]] double faded_m(double less_than) const;

 private:
  enum class Kind { exponential, inverse_cube, definite_range, measured };
  LateralRange(Kind kind, double scale) : kind_(kind), scale_(scale) {}

  Kind kind_;
  double scale_;                ///< b, k or r; of no meaning for a measured one
  std::vector<double> points_;  ///< distances, then as many probabilities
};

}  // namespace varne
