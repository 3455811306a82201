#pragma once
/// How many boats set out on a day, and how many people are aboard them.
///
/// A hurdle model with memory. Each day has conditions z, standard normal, which follow an autoregression of
/// first order with correlation ρ from day to day. The day is viable where Φ(z) > 1 - p, with
///
///     logit p = logit(viable_share) + viable_swing · cos(2π (day - viable_peak_day) / 365.25)
///
/// and then 1 + N boats set out, N negative binomial with
///
///     log(1 + E N) = log(boats_a_day) + boats_swing · cos(2π (day - boats_peak_day) / 365.25)
///
/// taken at the probability that z leaves within the viable part: a better day has more boats, and counts of
/// neighbouring days are alike. The persons aboard are drawn boat by boat about a median that differs from
/// day to day and grows. Hurdle models: Mullahy (1986), J. Econometrics 33, 341-365; Gaussian copula for
/// counts: Masarotto and Varin (2012), Electron. J. Statist. 6, 1517-1549.

#include <cstdint>
#include <vector>

#include "varne/core/date.h"
#include "varne/days/scenario.h"

namespace varne::days {

/// Share of days like this one that are viable, 0 to 1.
double viable_chance(const Numbers& numbers, Date day);

/// Mean number of boats on such a day where it is viable, >= 1.
double boats_expected(const Numbers& numbers, Date day);

/// How many boats set out, by the day's conditions.
/// @param conditions  standard normal
std::int32_t boats_of(const Numbers& numbers, Date day, double conditions);

/// Persons aboard one boat, at least 1 and no more than the table of quantities lets a boat hold.
/// @param of_day   standard normal: the day's
/// @param of_boat  in (0, 1): the boat's
/// @param year     of which the numbers speak: growth counts from its middle
std::int32_t persons_of(const Numbers& numbers, Date day, int year, double of_day, double of_boat);

/// One simulated day of a series.
struct DayCount {
  Date day;
  std::int32_t people = 0;
  std::int32_t boats = 0;
};

/// A series of days, one after another.
/// @param year  of which the numbers speak
std::vector<DayCount> simulate_series(const Numbers& numbers, DateSpan span, int year, std::uint64_t seed);

}  // namespace varne::days
