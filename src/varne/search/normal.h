#pragma once
/// The best search of a stationary normal cloud under the random law, in closed form (Koopman 1953; Stone
/// 1975): what a plan on particles is measured against, and what the manual plan's square is made from.
///
/// T is the effort as swept area, W v t [m²]; H = √(T / (π σx σy)) says how much it is.

#include "varne/search/detection.h"

namespace varne {

/// A normal distribution on its own axes.
struct NormalCloud {
  double sigma_x_m = 0;  ///< > 0
  double sigma_y_m = 0;
};

/// H above.
/// @param swept_m2  >= 0
double relative_effort(const NormalCloud& cloud, double swept_m2);

/// The best there is: swept area a unit of area H - (x²/σx² + y²/σy²)/2 where that is above 0, else none.
double best_density(const NormalCloud& cloud, double swept_m2, double x_m, double y_m);
/// 1 - (1 + H) exp(-H).
double best_pos(double h);
/// Swept area that is spent on average until the object is found, all the time in the best way: 6 π σx σy.
double mean_effort_to_find_m2(const NormalCloud& cloud);

/// The best of one shape with even coverage. Where σx and σy differ it is an ellipse, or a rectangle, of the
/// same shape as the cloud.
struct EvenSearch {
  double reach = 0;  ///< radius or half side, in σ
  double coverage = 0;
  double pos = 0;
};
/// R² = √2 H σ², in closed form; random law.
EvenSearch best_disc(double h);
/// By golden section.
/// @param h  > 0
EvenSearch best_square(double h, DetectionLaw law = DetectionLaw::random);

}  // namespace varne
