#pragma once
/// The small named set of distributions that a scenario may use. All are drawn by their quantile function
/// from one uniform number: then the same draw under two policies, or with a changed mean, gives values that
/// differ by the change alone (common random numbers).

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "varne/core/fields.h"

namespace varne::days {

enum class Shape : std::uint8_t {
  fixed,        ///< value
  uniform,      ///< from, to
  triangular,   ///< from, mode, to
  normal,       ///< mean, sd
  lognormal,    ///< median, spread (standard deviation of the logarithm)
  exponential,  ///< mean
  weibull,      ///< scale, shape
};

/// The names of its parameters, in order.
std::span<const std::string_view> parameters_of(Shape shape);

/// Standard normal quantile: Wichura (1988), algorithm AS 241, Applied Statistics 37, 477-484; relative error
/// about 1e-16.
/// @param p  in (0, 1)
double normal_quantile(double p);
/// Standard normal probability of a value up to x.
double normal_probability(double x);

/// The value below which a draw lies with probability `p`.
/// @param parameters  as `parameters_of` has them; spreads and means >= 0
/// @param p           in (0, 1)
double quantile(Shape shape, std::span<const double> parameters, double p);

/// A count of at least 0 with this mean whose variance is mean + mean²/size (negative binomial; size above
/// 1e6 is taken as Poisson): the least n with P(N <= n) >= p.
/// @param mean  0 to 1e5, size > 0
std::int32_t count_quantile(double mean, double size, double p);

}  // namespace varne::days

namespace varne {
template <>
struct EnumNames<days::Shape> {
  using S = days::Shape;
  static constexpr std::array values{
      std::pair{S::fixed, "fixed"},           std::pair{S::uniform, "uniform"},
      std::pair{S::triangular, "triangular"}, std::pair{S::normal, "normal"},
      std::pair{S::lognormal, "lognormal"},   std::pair{S::exponential, "exponential"},
      std::pair{S::weibull, "weibull"}};
};
}  // namespace varne
