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

/// The sum of one by the sum of the other, a pair a day; 0 where the second is 0.
/// @param influence  of each day: what it adds to the deviation of the ratio, times the days (linearisation);
///                   their variance by the number of days is that of the ratio
double ratio_of(const std::vector<double>& above, const std::vector<double>& below,
                std::vector<double>& influence);

/// Half of a 95 % interval, in standard deviations.
inline constexpr double of_95_percent = 1.959963984540054;

}  // namespace varne::days
