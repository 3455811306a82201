/// What is asked of all particles in chunks, against one after the other.
#include "varne/drift/bounds.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "varne/core/philox.h"

namespace varne {
namespace {

/// More than two chunks of them, the outermost in the last.
constexpr std::size_t count = 20'000;

Particles scattered() {
  Particles p;
  for (std::uint32_t i = 0; i < count; ++i) {
    Random random(5, i, 0);
    const auto between = [&](double a, double b) { return a + (b - a) * random.uniform(); };
    const bool last = i == count - 1;
    p.lon.push_back(last ? 2.5 : between(1, 2));
    p.lat.push_back(last ? 49.5 : between(50, 51));
    p.state.push_back(i % 3 == 0 ? ParticleState::ashore : ParticleState::adrift);
    for (auto* of : {&p.down_slope, &p.side_slope, &p.other_slope})
      of->push_back(static_cast<float>(between(-0.05, 0.05)));
    for (auto* of : {&p.down_offset, &p.side_offset, &p.other_offset})
      of->push_back(static_cast<float>(between(-0.1, 0.1)));
  }
  p.other_slope.back() = -0.2F;
  p.state.back() = ParticleState::adrift;
  return p;
}

TEST(DriftBounds, those_adrift_lie_in_the_least_box_whatever_chunk_they_are_in) {
  Particles p = scattered();
  const auto box = where_adrift(p, count, false);
  ASSERT_TRUE(box);
  double west = 9, south = 90, north = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (p.state[i] != ParticleState::adrift) continue;
    west = std::min(west, p.lon[i]);
    south = std::min(south, p.lat[i]);
    north = std::max(north, p.lat[i]);
  }
  EXPECT_EQ(box->west, west);
  EXPECT_EQ(box->south, south);
  EXPECT_EQ(box->north, north);
  EXPECT_EQ(box->east, 2.5) << "the very last";
  p.lon[0] = 0.5;  // ashore
  EXPECT_EQ(where_adrift(p, count, false)->west, west);
  EXPECT_EQ(where_adrift(p, count, true)->west, 0.5) << "it may float again";
}

TEST(DriftBounds, where_nobody_is_adrift_there_is_no_box) {
  Particles p = scattered();
  std::ranges::fill(p.state, ParticleState::left);
  EXPECT_FALSE(where_adrift(p, count, false));
  std::ranges::fill(p.state, ParticleState::ashore);
  EXPECT_FALSE(where_adrift(p, count, false));
  EXPECT_TRUE(where_adrift(p, count, true));
  EXPECT_FALSE(where_adrift({}, 0, false));
}

TEST(DriftBounds, nobodys_leeway_is_beyond_the_bound_and_the_most_reaches_it) {
  const Particles p = scattered();
  const LeewayBound most = most_leeway(p, count);
  for (std::size_t i = 0; i < count; ++i) {
    const double across = std::max(std::abs(p.side_slope[i]), std::abs(p.other_slope[i]));
    ASSERT_LE(std::hypot(p.down_slope[i], across), most.slope * (1 + 1e-12)) << i;
  }
  EXPECT_NEAR(most.slope, std::hypot(p.down_slope.back(), 0.2F), 1e-6) << "the very last";
}

}  // namespace
}  // namespace varne
