/// How far a source's clock is off, told from late reports.
#include "varne/feed/clock_offset.h"

#include <gtest/gtest.h>

#include "varne/core/fields_bytes.h"
#include "varne/core/philox.h"

namespace varne {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
const Time start = *parse_time("2021-11-11T05:00:00Z");

double off_s(const ClockOffset& clock) {
  return clock.offset() ? varne::seconds(*clock.offset()) : -1e9;
}

/// A source that hears something each second, up to 2 s on the way, its times written to the second.
class Source {
 public:
  explicit Source(std::uint64_t seed) : random_(seed, 0, 0) {}
  void live(ClockOffset& clock, Duration slow, int lines) {
    for (int i = 0; i < lines; ++i) {
      now += seconds(1);
      const Duration on_the_way(static_cast<std::int64_t>(2000 * random_.uniform()));
      clock.take(now, std::chrono::floor<std::chrono::seconds>(now - on_the_way - slow));
    }
  }
  /// Late by 5 to 50 minutes.
  void satellite(ClockOffset& clock, int lines) {
    for (int i = 0; i < lines; ++i) {
      now += seconds(1);
      clock.take(now, now - minutes(5) - Duration(static_cast<std::int64_t>(2700000 * random_.uniform())));
    }
  }
  Time now = start;

 private:
  Random random_;
};

TEST(ClockOffset, of_a_slow_receiver_is_found_whatever_it_is) {
  for (const int slow : {0, 10, 31, 40, 60, 24 * 60}) {
    ClockOffset clock;
    Source source(1);
    source.live(clock, minutes(slow), 20);
    EXPECT_NEAR(off_s(clock), slow * 60, 3) << slow;
    EXPECT_NEAR(varne::seconds(clock.corrected(source.now - minutes(slow), source.now) - source.now), 0, 3);
  }
}

TEST(ClockOffset, is_not_known_before_enough_was_heard) {
  ClockOffset clock;
  Source source(2);
  source.live(clock, minutes(10), 4);
  EXPECT_FALSE(clock.offset());
  EXPECT_EQ(clock.corrected(start, start + minutes(3)), start);
}

TEST(ClockOffset, follows_a_clock_that_is_set_back_and_one_that_is_set_right) {
  ClockOffset clock;
  Source source(3);
  source.live(clock, {}, 200);
  EXPECT_NEAR(off_s(clock), 0, 3);
  source.live(clock, minutes(20), 40);
  EXPECT_NEAR(off_s(clock), 20 * 60, 3);
  source.live(clock, {}, 12);
  EXPECT_NEAR(off_s(clock), 0, 3);
}

TEST(ClockOffset, late_satellite_reports_are_no_slow_clock) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    // Among live ones: a live one for every four that are late.
    ClockOffset mixed;
    Source source(seed);
    for (int i = 0; i < 100; ++i) {
      source.live(mixed, {}, 1);
      source.satellite(mixed, 4);
      if (i > 12) EXPECT_NEAR(off_s(mixed), 0, 3) << seed << ' ' << i;
    }
    // And alone: what they say is not moved to now.
    ClockOffset alone;
    Source sky(seed + 1000);
    sky.satellite(alone, 500);
    EXPECT_FALSE(alone.offset()) << seed << ' ' << off_s(alone);
  }
}

TEST(ClockOffset, a_clock_that_is_ahead_is_found_and_nothing_is_later_than_its_arrival) {
  ClockOffset clock;
  Source source(4);
  source.live(clock, -minutes(7), 20);
  EXPECT_NEAR(off_s(clock), -7 * 60, 3);
  EXPECT_LE(clock.corrected(source.now + minutes(9), source.now), source.now);
}

TEST(ClockOffset, a_flood_is_looked_at_four_times_a_second) {
  ClockOffset clock;
  Time now = start;
  for (int i = 0; i < 100000; ++i) {
    now += std::chrono::milliseconds(i % 20 == 0 ? 1 : 0);
    clock.take(now, now - minutes(3));
  }
  EXPECT_NEAR(off_s(clock), 180, 1);
}

TEST(ClockOffset, goes_on_alike_from_its_bytes) {
  ClockOffset clock;
  Source source(5);
  source.live(clock, minutes(40), 60);
  auto again = from_bytes<ClockOffset>(bytes_of(clock));
  ASSERT_TRUE(again);
  Source a = source;
  Source b = source;
  a.live(clock, {}, 10);
  b.live(*again, {}, 10);
  EXPECT_EQ(clock.offset(), again->offset());
}

}  // namespace
}  // namespace varne
