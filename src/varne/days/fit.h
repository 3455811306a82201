#pragma once
/// The model of departures fitted to a published series, and held against days that were left out of the fit.

#include <array>
#include <string>
#include <vector>

#include "varne/days/departures.h"
#include "varne/people/series.h"

namespace varne::days {

/// One number of the fit with its standard error.
struct Fitted {
  Q quantity{};
  std::size_t parameter = 0;
  double value = 0;
  double error = 0;
};

struct Fit {
  DateSpan span{};
  std::vector<Fitted> numbers;
  /// The scenario's numbers with those of the fit in their place.
  [[nodiscard]] Numbers over(Numbers numbers) const;
};

/// By steps that each match what they are named for: the yearly course of viable days (logistic regression),
/// the yearly course of boats on viable days (Poisson quasi-likelihood), their dispersion (Pearson), the
/// persons a boat, their growth (weighted least squares on the logarithm) and spread between and within days
/// (moments), and last the persistence, by which simulated years have the series' correlation of counts on
/// neighbouring days. Standard errors are a parametric bootstrap's.
///
/// Refuses a series by week, fewer than 200 days, or fewer than 20 with boats.
/// @param rows        days in order, without a gap
/// @param bootstraps  simulated series that are fitted again for the errors; 0: no errors
Result<Fit> fit_departures(const std::vector<DayCount>& rows, int bootstraps, std::uint64_t seed);

/// The days of a series that lie in the span. Refuses one that does not hold all of them, or is weekly.
Result<std::vector<DayCount>> days_of(const Series& series, DateSpan span);

/// A figure of a series beside the same of many simulated ones.
struct Compared {
  std::string what;
  double seen = 0;
  double low = 0;  ///< 5 % of the simulated series lie below,
  double middle = 0;
  double high = 0;     ///< and 5 % above
  bool share = false;  ///< of 1, told in percent
  [[nodiscard]] bool fits() const { return seen >= low && seen <= high; }
};

/// People, boats, share of days without arrivals, quantiles of boats and people a day, persons a boat, and
/// autocorrelation of boats at 1, 2 and 7 days, of this span and of simulated series over the same span.
std::vector<Compared> compare(const Numbers& numbers, const std::vector<DayCount>& seen, int year, int series,
                              std::uint64_t seed);

}  // namespace varne::days
