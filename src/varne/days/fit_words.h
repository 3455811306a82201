#pragma once
/// A fit as a person reads it.

#include <string>
#include <vector>

#include "varne/days/fit.h"

namespace varne::days {

/// To four figures: more would be noise.
std::string figure_text(double x);

/// Lines that a scenario file takes as they are: values, and ranges of two standard errors.
std::string fit_text(const Fit& fit);

/// A table: seen, what 9 in 10 simulated series give, and whether it fits.
/// @param fitted  these days were fitted; else they were left out
std::string compared_text(DateSpan span, bool fitted, const std::vector<Compared>& compared);

}  // namespace varne::days
