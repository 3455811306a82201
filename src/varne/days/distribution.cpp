#include "varne/days/distribution.h"

#include <cassert>
#include <cmath>
#include <numbers>

namespace varne::days {
namespace {

using Names = std::string_view;
constexpr std::array fixed{Names("value")};
constexpr std::array uniform{Names("from"), Names("to")};
constexpr std::array triangular{Names("from"), Names("mode"), Names("to")};
constexpr std::array normal{Names("mean"), Names("sd")};
constexpr std::array lognormal{Names("median"), Names("spread")};
constexpr std::array exponential{Names("mean")};
constexpr std::array weibull{Names("scale"), Names("shape")};

template <std::size_t N>
double polynomial(const std::array<double, N>& c, double x) {
  double y = 0;
  for (std::size_t i = N; i-- > 0;) y = y * x + c[i];
  return y;
}

}  // namespace

std::span<const std::string_view> parameters_of(Shape shape) {
  switch (shape) {
    case Shape::fixed:
      return fixed;
    case Shape::uniform:
      return uniform;
    case Shape::triangular:
      return triangular;
    case Shape::normal:
      return normal;
    case Shape::lognormal:
      return lognormal;
    case Shape::exponential:
      return exponential;
    case Shape::weibull:
      return weibull;
  }
  return {};
}

double normal_quantile(double p) {
  assert(p > 0 && p < 1);
  constexpr std::array a{3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3,
                         1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                         3.3430575583588128105e+4, 2.5090809287301226727e+3};
  constexpr std::array b{1.0,
                         4.2313330701600911252e+1,
                         6.8718700749205790830e+2,
                         5.3941960214247511077e+3,
                         2.1213794301586595867e+4,
                         3.9307895800092710610e+4,
                         2.8729085735721942674e+4,
                         5.2264952788528545610e+3};
  constexpr std::array c{1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                         3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                         2.27238449892691845833e-2, 7.74545014278341407640e-4};
  constexpr std::array d{1.0,
                         2.05319162663775882187e0,
                         1.67638483018380384940e0,
                         6.89767334985100004550e-1,
                         1.48103976427480074590e-1,
                         1.51986665636164571966e-2,
                         5.47593808499534494600e-4,
                         1.05075007164441684324e-9};
  constexpr std::array e{6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                         2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                         2.71155556874348757815e-5, 2.01033439929228813265e-7};
  constexpr std::array f{1.0,
                         5.99832206555887937690e-1,
                         1.36929880922735805310e-1,
                         1.48753612908506148525e-2,
                         7.86869131145613259100e-4,
                         1.84631831751005468180e-5,
                         1.42151175831644588870e-7,
                         2.04426310338993978564e-15};
  const double q = p - 0.5;
  if (std::abs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * polynomial(a, r) / polynomial(b, r);
  }
  double r = std::sqrt(-std::log(q < 0 ? p : 1 - p));
  double x = 0;
  if (r <= 5) {
    r -= 1.6;
    x = polynomial(c, r) / polynomial(d, r);
  } else {
    r -= 5;
    x = polynomial(e, r) / polynomial(f, r);
  }
  return q < 0 ? -x : x;
}

double normal_probability(double x) {
  return 0.5 * std::erfc(-x / std::numbers::sqrt2);
}

double quantile(Shape shape, std::span<const double> v, double p) {
  switch (shape) {
    case Shape::fixed:
      return v[0];
    case Shape::uniform:
      return v[0] + (v[1] - v[0]) * p;
    case Shape::triangular: {
      const double width = v[2] - v[0];
      if (width <= 0) return v[0];
      const double at_mode = (v[1] - v[0]) / width;
      return p < at_mode ? v[0] + std::sqrt(p * width * (v[1] - v[0]))
                         : v[2] - std::sqrt((1 - p) * width * (v[2] - v[1]));
    }
    case Shape::normal:
      return v[0] + v[1] * normal_quantile(p);
    case Shape::lognormal:
      return v[0] * std::exp(v[1] * normal_quantile(p));
    case Shape::exponential:
      return -v[0] * std::log1p(-p);
    case Shape::weibull:
      return v[0] * std::pow(-std::log1p(-p), 1 / v[1]);
  }
  return 0;
}

std::int32_t count_quantile(double mean, double size, double p) {
  if (mean <= 0) return 0;
  const bool poisson = size > 1e6;
  // P(0), and P(n + 1) / P(n) = (n + size) / (n + 1) · mean / (mean + size); their limit where size is great.
  double term = poisson ? std::exp(-mean) : std::exp(size * std::log(size / (size + mean)));
  double sum = term;
  std::int32_t n = 0;
  constexpr std::int32_t most = 1'000'000;
  while (sum < p && n < most) {
    term *= poisson ? mean / (n + 1) : (n + size) / (n + 1) * mean / (mean + size);
    if (term < 1e-300 && n > mean) break;
    sum += term;
    ++n;
  }
  return n;
}

}  // namespace varne::days
