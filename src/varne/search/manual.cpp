#include "varne/search/manual.h"

#include <fmt/format.h>

#include <cassert>
#include <cmath>
#include <numbers>

#include "varne/search/normal.h"

namespace varne {
namespace {

/// Of a circular normal error: the radius that holds one half, in standard deviations.
const double half_within = std::sqrt(2 * std::numbers::ln2);

Done check(const ManualCase& asked) {
  const auto fits = [](double n, double most) { return n >= 0 && n <= most; };  // a NaN does not
  if (!valid(asked.last_known)) return fail("last_known", "is no place");
  if (asked.legs.empty())
    return fail("legs", "there is none: give the current and the wind of the time adrift");
  if (!fits(asked.leeway.divergence_deg, 90)) return fail("leeway: divergence_deg", "must be 0 to 90");
  if (!fits(asked.leeway.slope, 1)) return fail("leeway: slope", "must be 0 to 1 of the wind speed");
  if (!(std::abs(asked.leeway.offset_mps) <= 5))
    return fail("leeway: offset_mps", "must be between -5 and 5 m/s");
  if (!fits(asked.position_error_m, 1e6)) return fail("position_error_m", "must be 0 m to 1,000 km");
  if (!fits(asked.craft_error_m, 1e6)) return fail("craft_error_m", "must be 0 m to 1,000 km");
  if (!fits(asked.drift_error, 10)) return fail("drift_error", "must be 0 to 10 of the distance drifted");
  for (std::size_t i = 0; i < asked.legs.size(); ++i) {
    const ManualLeg& leg = asked.legs[i];
    if (leg.lasts <= Duration::zero()) return fail(fmt::format("leg {}", i + 1), "must last some time");
    if (!(length(leg.current) <= 20 && length(leg.wind) <= 120))
      return fail(fmt::format("leg {}", i + 1),
                  "its current must be below 20 m/s and its wind below 120 m/s");
  }
  return {};
}

double total_error(const ManualCase& asked, double drifted_m) {
  const double d = asked.drift_error * drifted_m;
  if (asked.rule == ErrorRule::sum) return d + asked.position_error_m + asked.craft_error_m;
  return std::hypot(d, asked.position_error_m, asked.craft_error_m);
}

/// @param side_deg  what the leeway is turned by from downwind, clockwise
Datum datum(const ManualCase& asked, double side_deg) {
  Vec gone;
  for (const ManualLeg& leg : asked.legs) {
    const double wind = length(leg.wind);
    const double speed = wind > 0 ? std::max(0.0, asked.leeway.slope * wind + asked.leeway.offset_mps) : 0;
    gone = gone + (leg.current + towards(direction_deg(leg.wind) + side_deg, speed)) * seconds(leg.lasts);
  }
  return {moved(asked.last_known, gone), length(gone), direction_deg(gone), total_error(asked, length(gone))};
}

}  // namespace

Result<ManualDatums> manual_datums(const ManualCase& asked) {
  if (auto done = check(asked); !done) return fail(done.error());
  ManualDatums out{datum(asked, 0), datum(asked, -asked.leeway.divergence_deg),
                   datum(asked, asked.leeway.divergence_deg)};
  out.divergence_m = distance_m(out.left.place, out.right.place);
  const double error = (out.left.total_probable_error_m + out.right.total_probable_error_m) / 2;
  out.separation = error > 0 ? out.divergence_m / error : 0;
  return out;
}

ManualSquare manual_square(double total_probable_error_m, double swept_m2, DetectionLaw law,
                           double sweep_width_m) {
  assert(total_probable_error_m > 0 && swept_m2 > 0 && sweep_width_m >= 0);
  const double sigma = total_probable_error_m / half_within;
  const EvenSearch best = best_square(relative_effort({sigma, sigma}, swept_m2), law);
  ManualSquare out;
  out.relative_effort = swept_m2 / (total_probable_error_m * total_probable_error_m);
  out.search_factor = best.reach / half_within;
  out.side_m = 2 * best.reach * sigma;
  out.coverage = best.coverage;
  out.spacing_m = sweep_width_m / best.coverage;
  out.pod = pod(law, best.coverage);
  out.pos = best.pos;
  out.poc = out.pos / out.pod;
  return out;
}

}  // namespace varne
