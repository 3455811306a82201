/// A desk's time goes on, whatever is done to the clock of its machine.
#include "varne/desk/desk_clock.h"

#include <gtest/gtest.h>

namespace varne {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

const Time noon = parse_time("2021-11-11T12:00:00Z").value();

/// So long after the desk began, with a wall clock that is off by so much.
DeskClock::Reading after(Duration passed, Duration off = {}) {
  return {noon + passed + off, hours(100) + passed};
}

TEST(DeskClock, tells_the_wall_clocks_time) {
  DeskClock clock(after({}), {});
  EXPECT_EQ(clock.now(after(minutes(1))), noon + minutes(1));
  EXPECT_EQ(clock.trouble(), "");
}

TEST(DeskClock, goes_on_evenly_through_a_jump_ahead_and_back) {
  DeskClock clock(after({}), {});
  EXPECT_EQ(clock.now(after(minutes(1), hours(2))), noon + minutes(1));
  EXPECT_EQ(clock.jumped(), hours(2));
  EXPECT_NE(clock.trouble().find("7200 s ahead of"), std::string::npos) << clock.trouble();
  EXPECT_EQ(clock.now(after(minutes(2), hours(2))), noon + minutes(2));
  EXPECT_EQ(clock.now(after(minutes(3))), noon + minutes(3));
  EXPECT_EQ(clock.trouble(), "");
  EXPECT_EQ(clock.now(after(minutes(4), -hours(1))), noon + minutes(4));
  EXPECT_NE(clock.trouble().find("3600 s behind"), std::string::npos) << clock.trouble();
}

TEST(DeskClock, follows_a_clock_that_is_being_corrected) {
  DeskClock clock(after({}), {});
  EXPECT_EQ(clock.now(after(minutes(1), seconds(3))), noon + minutes(1) + seconds(3));
  EXPECT_EQ(clock.now(after(minutes(2), seconds(6))), noon + minutes(2) + seconds(6)) << "from where it is";
  const Time before = clock.now(after(minutes(3), seconds(6)));
  EXPECT_EQ(clock.now(after(minutes(3) + seconds(1), seconds(3))), before) << "never back";
  EXPECT_EQ(clock.now(after(minutes(3) + seconds(10), seconds(3))), noon + minutes(3) + seconds(13));
  EXPECT_EQ(clock.trouble(), "");
}

TEST(DeskClock, goes_on_from_the_last_it_knows_where_the_machine_is_behind) {
  DeskClock clock(after({}), noon + hours(1));
  EXPECT_EQ(clock.now(after(minutes(1))), noon + hours(1) + minutes(1));
  EXPECT_NE(clock.trouble().find("behind"), std::string::npos);
  DeskClock later(after({}), noon - hours(1));
  EXPECT_EQ(later.now(after(minutes(1))), noon + minutes(1));
}

TEST(DeskClock, tells_the_room_once_of_each_jump_and_when_it_is_right_again) {
  DeskClock clock(after({}), {});
  const auto told = [&](Duration passed, Duration ahead) {
    clock.now(after(passed, ahead));
    return clock.changed();
  };
  EXPECT_FALSE(told(seconds(1), {}));
  const auto jump = told(seconds(20), hours(2));
  ASSERT_TRUE(jump);
  EXPECT_EQ(jump->feed, machine_clock);
  EXPECT_EQ(jump->health, FeedHealth::clock_off);
  EXPECT_EQ(jump->clock_offset_s, 7200);
  EXPECT_NE(jump->text.find("7200 s ahead of the desk's time"), std::string::npos) << jump->text;
  EXPECT_FALSE(told(seconds(40), hours(2) + seconds(1))) << "as it was";
  const auto further = told(seconds(60), -hours(1));
  ASSERT_TRUE(further) << "another jump";
  EXPECT_EQ(further->clock_offset_s, -3600);
  EXPECT_FALSE(told(seconds(65), hours(3))) << "at most every ten seconds";
  ASSERT_TRUE(told(seconds(71), hours(3)));
  const auto right = told(seconds(90), {});
  ASSERT_TRUE(right);
  EXPECT_EQ(right->health, FeedHealth::heard);
  EXPECT_FALSE(told(seconds(120), {}));
}

TEST(DeskClock, of_this_machine_goes_on) {
  const auto first = DeskClock::of_machine();
  EXPECT_GT(millis(first.wall), 1'600'000'000'000);
  EXPECT_GE(DeskClock::of_machine().since_boot, first.since_boot);
}

}  // namespace
}  // namespace varne
