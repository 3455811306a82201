/// When a feed is called silent, and what is told of the lines that were refused.
#include "varne/desk/feed_watch.h"

#include <gtest/gtest.h>

#include <vector>

namespace varne {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

const Time noon = parse_time("2021-11-11T12:00:00Z").value();

/// A line that says something.
void hears(FeedWatch& watch, Time now) {
  watch.heard(now);
  watch.told(now);
}

/// A feed that says something every `gap` from noon on.
FeedWatch heard_every(Duration gap, Duration for_so_long, std::string_view kind = "nmea") {
  FeedWatch watch(kind, "nmea", "tcp://receiver:1");
  watch.stands(true, "connected", noon);
  for (Duration t{}; t <= for_so_long; t += gap) hears(watch, noon + t);
  return watch;
}

TEST(FeedWatch, calls_a_busy_feed_silent_within_tens_of_seconds_and_says_since_when) {
  auto watch = heard_every(milliseconds(100), minutes(5));
  const Time last = noon + minutes(5);
  watch.check(last + seconds(19));
  EXPECT_FALSE(watch.status().silent_since);
  EXPECT_EQ(watch.status().trouble, "");
  watch.check(last + seconds(21));
  ASSERT_TRUE(watch.status().silent_since);
  EXPECT_EQ(*watch.status().silent_since, last);
  EXPECT_EQ(watch.status().trouble, "nmea: silent since 2021-11-11T12:05:00Z");
  hears(watch, last + seconds(30));
  EXPECT_FALSE(watch.status().silent_since);
  EXPECT_EQ(watch.status().trouble, "");
}

/// A receiver whose aerial has come off goes on telling where it stands itself.
TEST(FeedWatch, calls_a_feed_silent_that_sends_only_lines_of_another_kind) {
  auto watch = heard_every(milliseconds(500), minutes(5));
  const Time last = noon + minutes(5);
  for (int i = 1; i <= 60; ++i) {
    watch.heard(last + seconds(i));
    watch.unused({static_cast<std::uint64_t>(i), 0});
    watch.check(last + seconds(i));
  }
  EXPECT_EQ(watch.status().last_heard, last + seconds(60));
  EXPECT_EQ(watch.status().last_told, last);
  EXPECT_EQ(watch.status().silent_since, last);
  EXPECT_EQ(watch.status().other, 60U);
  EXPECT_NE(watch.status().trouble.find("nmea: says nothing of use since 2021-11-11T12:05:00Z: of "),
            std::string::npos)
      << watch.status().trouble;
  EXPECT_NE(watch.status().trouble.find("0 cannot be read and 60 are of another kind"), std::string::npos)
      << watch.status().trouble;
  hears(watch, last + seconds(61));
  EXPECT_EQ(watch.status().trouble, "");
}

TEST(FeedWatch, gives_a_quiet_feed_the_time_that_it_always_takes) {
  auto watch = heard_every(minutes(3), minutes(60));
  watch.check(noon + minutes(60) + minutes(8));
  EXPECT_FALSE(watch.status().silent_since) << "three of its gaps";
  watch.check(noon + minutes(60) + minutes(10) + seconds(1));
  EXPECT_TRUE(watch.status().silent_since) << "ten minutes are too long for any feed";
}

TEST(FeedWatch, does_not_take_one_outage_for_the_way_a_feed_speaks) {
  auto watch = heard_every(seconds(1), minutes(5));
  const Time back = noon + minutes(35);
  hears(watch, back);
  for (int i = 1; i <= 60; ++i) hears(watch, back + seconds(i));
  watch.check(back + seconds(60) + seconds(45));
  EXPECT_TRUE(watch.status().silent_since);
}

TEST(FeedWatch, names_one_that_is_up_and_was_never_heard) {
  FeedWatch watch("nmea", "nmea", "udp://0.0.0.0:1");
  watch.stands(true, "listening at udp://0.0.0.0:1", noon);
  watch.check(noon + seconds(59));
  EXPECT_FALSE(watch.status().silent_since);
  watch.check(noon + seconds(61));
  ASSERT_TRUE(watch.status().silent_since);
  EXPECT_EQ(*watch.status().silent_since, noon);
}

TEST(FeedWatch, never_calls_people_silent) {
  auto watch = heard_every(seconds(1), seconds(10), "reports");
  watch.check(noon + std::chrono::hours(9));
  EXPECT_FALSE(watch.status().silent_since);
}

TEST(FeedWatch, that_is_down_is_down_and_not_silent) {
  auto watch = heard_every(seconds(1), minutes(1));
  watch.stands(false, "cannot connect: Connection refused; next try in 2 s", noon + minutes(1));
  watch.check(noon + minutes(9));
  EXPECT_FALSE(watch.status().silent_since);
  EXPECT_EQ(watch.status().trouble, "nmea: cannot connect: Connection refused; next try in 2 s");
  watch.stands(true, "connected", noon + minutes(10));
  watch.check(noon + minutes(10) + seconds(5));
  EXPECT_FALSE(watch.status().silent_since) << "it has only just come back";
}

TEST(FeedWatch, knows_how_much_comes) {
  auto watch = heard_every(milliseconds(10), minutes(0));
  for (int s = 0; s < 120; ++s) {
    for (int i = 0; i < 100; ++i) hears(watch, noon + seconds(s) + milliseconds(10 * i));
    watch.check(noon + seconds(s + 1));
  }
  EXPECT_NEAR(watch.status().lines_per_s, 100, 3);
  EXPECT_EQ(watch.status().taken, 12001U);
}

LineRefused garbage(std::string why, std::string raw = "!AIVDM") {
  return line_refused("nmea", std::move(why), raw);
}

TEST(FeedWatch, tells_a_few_refusals_in_full_and_sums_up_a_flood) {
  auto watch = heard_every(seconds(1), seconds(1));
  int in_full = 0;
  for (int i = 0; i < 1000; ++i)
    in_full += watch.refused(garbage("message type " + std::to_string(i) + "; there are 1 to 27"), noon);
  EXPECT_EQ(in_full, 5);
  EXPECT_EQ(watch.status().refused, 1000U);
  EXPECT_EQ(watch.status().reasons.at("message type #; there are # to #"), 1000U);
  EXPECT_FALSE(watch.untold(noon + seconds(59)));
  const auto summed = watch.untold(noon + seconds(60));
  ASSERT_TRUE(summed);
  EXPECT_EQ(summed->feed, "nmea");
  EXPECT_EQ(summed->why, "995 more lines within a minute (995: message type #; there are # to #)");
  EXPECT_FALSE(watch.untold(noon + seconds(121))) << "said once";
  EXPECT_TRUE(watch.refused(garbage("x"), noon + seconds(122))) << "a new minute";
}

TEST(FeedWatch, never_sums_up_a_line_that_speaks_of_distress_and_shows_it) {
  auto watch = heard_every(seconds(1), seconds(1), "reports");
  for (int i = 0; i < 50; ++i) (void)watch.refused(garbage("id: is missing", "{}"), noon);
  for (int i = 0; i < 50; ++i) {
    const auto line =
        garbage("persons: is no number", R"({"distress": true, "persons": "3)" + std::to_string(i) + "\"}");
    EXPECT_TRUE(watch.refused(line, noon));
    EXPECT_FALSE(watch.refused(line, noon)) << "the same line again";
  }
  EXPECT_NE(watch.status().trouble.find(
                "speaks of distress could not be read at 2021-11-11T12:00:00Z: persons: is no number"),
            std::string::npos)
      << watch.status().trouble;
  watch.check(noon + minutes(14));
  EXPECT_NE(watch.status().trouble, "");
  watch.check(noon + minutes(16));
  EXPECT_EQ(watch.status().trouble, "");
}

TEST(FeedWatch, keeps_no_more_kinds_of_refusal_than_somebody_reads) {
  auto watch = heard_every(seconds(1), seconds(1));
  for (char a = 'a'; a <= 'z'; ++a)
    for (char b = 'a'; b <= 'z'; ++b) (void)watch.refused(garbage({a, b}), noon);
  EXPECT_LE(watch.status().reasons.size(), 21U);
  std::uint64_t all = 0;
  for (const auto& [kind, n] : watch.status().reasons) all += n;
  EXPECT_EQ(all, 26U * 26U);
}

/// Checks it every second up to `until`; what the room was told on the way.
std::vector<FeedHealth> told(FeedWatch& watch, Time from, Time until) {
  std::vector<FeedHealth> out;
  for (Time now = from; now <= until; now += seconds(1)) {
    watch.check(now);
    if (const auto state = watch.changed(now)) out.push_back(state->health);
  }
  return out;
}

TEST(FeedWatch, tells_the_room_when_a_feed_is_heard_falls_silent_and_comes_back) {
  FeedWatch watch("nmea", "nmea", "tcp://receiver:1");
  EXPECT_EQ(told(watch, noon, noon + seconds(10)), (std::vector{FeedHealth::down}));
  watch.stands(true, "connected", noon + seconds(10));
  for (int i = 0; i < 600; ++i) hears(watch, noon + seconds(10) + milliseconds(100 * i));
  EXPECT_EQ(told(watch, noon + seconds(71), noon + minutes(3)),
            (std::vector{FeedHealth::heard, FeedHealth::silent}));
  hears(watch, noon + minutes(3));
  EXPECT_EQ(told(watch, noon + minutes(3), noon + minutes(3) + seconds(15)),
            (std::vector{FeedHealth::heard}));
  watch.stands(false, "the sender closed the connection; next try in 1 s", noon + minutes(4));
  watch.check(noon + minutes(4));
  EXPECT_FALSE(watch.changed(noon + minutes(4))) << "it may be back in a moment";
  watch.check(noon + minutes(4) + seconds(4));
  const auto state = watch.changed(noon + minutes(4) + seconds(4));
  ASSERT_TRUE(state);
  EXPECT_EQ(state->health, FeedHealth::down);
  EXPECT_EQ(state->text, "the sender closed the connection; next try in 1 s");
  EXPECT_EQ(state->since, noon + minutes(4));
  EXPECT_EQ(state->lines, 601U);
}

TEST(FeedWatch, names_a_feed_of_which_lines_are_lost_and_one_that_is_mostly_refused) {
  auto watch = heard_every(seconds(1), seconds(10));
  watch.check(noon + seconds(10));
  watch.dropped(17);
  watch.check(noon + seconds(11));
  EXPECT_NE(watch.status().trouble.find("17 lines were lost"), std::string::npos) << watch.status().trouble;
  EXPECT_EQ(watch.changed(noon + seconds(11))->health, FeedHealth::dropping);

  auto sick = heard_every(seconds(1), seconds(10));
  for (int i = 0; i < 11; ++i) (void)sick.refused(garbage("x"), noon + seconds(10));
  sick.check(noon + seconds(11));
  EXPECT_EQ(sick.changed(noon + seconds(11))->health, FeedHealth::refusing);
  for (int i = 11; i < 300; ++i) {
    hears(sick, noon + seconds(i));
    sick.check(noon + seconds(i));
  }
  EXPECT_EQ(sick.status().trouble, "") << "that was long ago";
}

}  // namespace
}  // namespace varne
