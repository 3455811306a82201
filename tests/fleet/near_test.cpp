/// Quick ways against geodesics.
#include "varne/fleet/near.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace varne {
namespace {

double between(double a, double b) {
  return a + (b - a) * *rc::gen::inRange(0, 1'000'001) / 1e6;
}

RC_GTEST_PROP(Near, an_offset_is_as_long_as_the_geodesic_and_goes_as_it_does_halfway, ()) {
  const Place from{between(-180, 180), between(-60, 60)};
  const double bearing = between(0, 360);
  const double far = between(1, 100e3);
  const Place to = destination(from, bearing, far);
  const Vec got = offset_m(from, to);
  RC_ASSERT(std::abs(length(got) / far - 1) < 1e-4);
  const Place halfway = destination(from, bearing, far / 2);
  const double apart = direction_deg(got) - bearing_deg(halfway, to);
  RC_ASSERT(std::abs(std::remainder(apart, 360)) < 0.02);
}

RC_GTEST_PROP(Near, what_is_carried_ends_where_the_geodesic_does, ()) {
  const Place from{between(-180, 180), between(-60, 60)};
  const Vec offset = towards(between(0, 360), between(0, 5000));
  RC_ASSERT(distance_m(carried(from, offset), moved(from, offset)) < 0.1);
}

TEST(Near, farther_than_four_degrees_it_is_the_geodesic) {
  const Vec got = offset_m({-4, 50}, {4, 50});
  EXPECT_NEAR(length(got), distance_m({-4, 50}, {4, 50}), 1e-6);
  EXPECT_NEAR(direction_deg(got), bearing_deg({-4, 50}, {4, 50}), 1e-9);
  const Vec across = offset_m({179.9, 50}, {-179.9, 50});
  EXPECT_GT(across.east, 0) << "across the antimeridian by the short way";
  EXPECT_LT(across.east, 15e3);
}

}  // namespace
}  // namespace varne
