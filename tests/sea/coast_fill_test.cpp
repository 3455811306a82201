// Between a model's last sea cells and the beach.
#include <gtest/gtest.h>

#include <cmath>

#include "netcdf_support.h"
#include "support.h"
#include "varne/sea/field.h"

namespace varne {
namespace {

using test::Scratch;
using test::SmallSea;

const Time then = *parse_time("2021-11-11T00:30Z");

/// Tenths of a degree on 0.9 to 1.6 E, 50 to 50.4 N. Sea are the columns from 1.4 E on, and its current is
/// `flow(row, column)`. A tenth is 7.1 km of longitude there and 11.1 km of latitude: the limit, three steps
/// of the longer, is 33.4 km, so that 1.0 E (28.5 km from 1.4) is filled and 0.9 E (35.6 km) is not.
Result<std::shared_ptr<const SeaSource>> coast(std::function<double(std::size_t y, std::size_t x)> flow,
                                               const ForcingOptions& options = {}) {
  const Scratch scratch;
  SmallSea sea{.given = {{"uo", {{"units", "m/s"}}, 0}, {"vo", {{"units", "m/s"}}, 0}},
               .lons = {0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6},
               .lats = {50, 50.1, 50.2, 50.3, 50.4}};
  for (auto& each : sea.given) each.value = [=](auto, std::size_t y, std::size_t x) { return flow(y, x); };
  sea.write(scratch.file("sea.nc"));
  return test::open_one(scratch.file("sea.nc"), options);
}

constexpr double land = std::numeric_limits<double>::quiet_NaN();

TEST(CoastFill, a_filled_place_has_the_nearest_sea_cells_current_to_the_limit_and_nothing_beyond) {
  // Rows flow at 0.1, 0.2 … 0.5 m/s on the first sea column, and at 2 m/s on the next.
  const auto source = coast([](std::size_t y, std::size_t x) {
    return x < 5 ? land : x == 5 ? 0.1 * static_cast<double>(y + 1) : 2.0;
  });
  ASSERT_TRUE(source) << source.error().text();
  const auto east = [&](Place place) { return (*source)->current(place, then).value_or(Vec{-99, 0}).east; };
  EXPECT_NEAR(east({1.2, 50.2}), 0.3, 1e-6) << "that of 1.4 E in its own row, not 2";
  EXPECT_NEAR(east({1.1, 50.1}), 0.2, 1e-6);
  // Bilinear between filled cells: three quarters of 0.3 and a quarter of 0.4.
  EXPECT_NEAR(east({1.25, 50.225}), 0.325, 1e-6);
  EXPECT_NEAR(east({1.0, 50.1}), 0.2, 1e-6);
  EXPECT_FALSE((*source)->current({0.95, 50.2}, then)) << "leans on 0.9 E, 35.6 km from the sea";
  EXPECT_TRUE((*source)->current_extended({1.2, 50.2}, then));
  EXPECT_TRUE((*source)->current_extended({1.35, 50.2}, then)) << "half of it is filled";
  EXPECT_FALSE((*source)->current_extended({1.45, 50.2}, then));
  EXPECT_FALSE((*source)->current_extended({0.95, 50.2}, then)) << "nothing is known there";
}

TEST(CoastFill, cells_that_are_equally_near_share_and_the_largest_neighbour_has_no_say) {
  // Land in the middle row alone: 0.4 m/s one row to the south, 0.8 one to the north, and 5 diagonally.
  const auto strait = [](std::size_t y, std::size_t x) {
    if (y == 2 && x > 2 && x < 6) return land;
    return x == 4 && y == 1 ? 0.4 : x == 4 && y == 3 ? 0.8 : x == 5 && y == 3 ? 5.0 : 1.0;
  };
  const auto source = coast(strait);
  ASSERT_TRUE(source) << source.error().text();
  // 1.3 E 50.2 N: 11.1 km to the rows, 14.3 km to the sea along its row.
  EXPECT_NEAR((*source)->current({1.3, 50.2}, then)->east, 0.6, 1e-6);
  // OpenDrift's rule, for comparison with it only, takes the largest.
  const auto theirs = coast(strait, {.coast = CoastRule::largest});
  EXPECT_NEAR((*theirs)->current({1.3, 50.2}, then)->east, 5, 1e-6);
}

TEST(CoastFill, the_limit_is_three_steps_of_the_grid_within_ten_and_fifty_kilometres) {
  const auto limit = [](double step) {
    const auto axis = [&](double from) { return *Axis::of({from, from + step, from + 2 * step}, false); };
    return CoastFill::limit_m(PlainGrid(axis(1), axis(50), nullptr));
  };
  EXPECT_EQ(limit(0.01), 10'000);
  EXPECT_NEAR(limit(0.1), 33'360, 40) << "three times a tenth of a degree of latitude";
  EXPECT_EQ(limit(1), 50'000);
}

}  // namespace
}  // namespace varne
