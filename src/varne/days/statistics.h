#pragma once
/// Small statistics that several files of this folder need.

#include <vector>

namespace varne::days {

double mean_of(const std::vector<double>& v);
/// Of a sample, with n - 1; 0 of fewer than two.
double variance_of(const std::vector<double>& v);
/// By linear interpolation between order statistics (Hyndman and Fan 1996, type 7); 0 of none.
/// @param p  0 to 1
double quantile_of(std::vector<double> v, double p);
/// Correlation of the series with itself so many steps later; 0 where it does not vary.
double autocorrelation(const std::vector<double>& v, std::size_t lag);

}  // namespace varne::days
