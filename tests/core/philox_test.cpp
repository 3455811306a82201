#include "varne/core/philox.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace varne {
namespace {

// Random123 1.14, tests/kat_vectors, the three lines of "philox4x32 10".
TEST(Philox, gives_the_published_vectors_of_random123) {
  using Counter = std::array<std::uint32_t, 4>;
  EXPECT_EQ(philox4x32_10({0, 0, 0, 0}, {0, 0}), (Counter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox4x32_10({~0U, ~0U, ~0U, ~0U}, {~0U, ~0U}),
            (Counter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox4x32_10({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Counter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

RC_GTEST_PROP(Random, depends_only_on_seed_entity_and_step,
              (std::uint64_t seed, std::uint32_t entity, std::uint32_t step)) {
  Random a(seed, entity, step);
  Random b(seed, entity, step);
  for (int i = 0; i < 9; ++i) RC_ASSERT(a.normal() == b.normal());
}

RC_GTEST_PROP(Random, neighbours_do_not_share_a_stream,
              (std::uint64_t seed, std::uint32_t entity, std::uint32_t step)) {
  const auto first = Random(seed, entity, step).bits();
  const auto differs = [&](Random other) { return other.bits() != first; };
  RC_ASSERT(differs(Random(seed + 1, entity, step)) || differs(Random(seed, entity + 1, step)));
  RC_ASSERT(differs(Random(seed, entity, step + 1)) || differs(Random(seed, entity + 2, step)));
}

TEST(Random, uniform_stays_inside_the_open_interval_and_normal_has_its_moments) {
  Random draw(7, 1, 2);
  double sum = 0;
  double squares = 0;
  constexpr int n = 200'000;
  for (int i = 0; i < n; ++i) {
    const double u = draw.uniform();
    ASSERT_GT(u, 0);
    ASSERT_LT(u, 1);
    const double x = draw.normal();
    sum += x;
    squares += x * x;
  }
  EXPECT_NEAR(sum / n, 0, 5 / std::sqrt(n));
  EXPECT_NEAR(squares / n, 1, 5 * std::sqrt(2.0 / n));
}

}  // namespace
}  // namespace varne
