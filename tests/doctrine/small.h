#pragma once
/// A small vocabulary and doctrine for tests of the logic itself.

#include <gtest/gtest.h>

#include <string>

#include "varne/doctrine/judge.h"

namespace varne::test {

inline Vocabulary small_vocabulary() {
  auto v = Vocabulary::parse(R"(
[[fact]]
name = "distress"
kind = "truth"
says = "somebody is in danger"
danger = true
good_for_s = 600
[[fact]]
name = "in_water"
kind = "truth"
says = "somebody is in the water"
danger = true
good_for_s = 3600
[[fact]]
name = "calm"
kind = "truth"
says = "the sea is calm"
good_for_s = 3600
[[fact]]
name = "length"
kind = "number"
unit = "m"
least = 0
most = 100000
says = "the way back through UK waters"
[[fact]]
name = "waters"
kind = "choice"
choices = ["UK", "FR", "none"]
says = "whose waters"
)",
                             "facts.toml", {});
  EXPECT_TRUE(v) << v.error().text();
  return *v;
}

/// The same, made once.
inline const Vocabulary& words() {
  static const Vocabulary v = small_vocabulary();
  return v;
}
inline const Time noon = *parse_time("2021-11-11T12:00:00Z");

inline const std::string small_head = R"(
name = "small"
title = "A doctrine for tests"
authority = "nobody"
territory = "nowhere"
about = "made up"
)";

inline const std::string small_rules = R"(
[[rule]]
id = "no_distress"
says = "distress is ruled out"
fact = "distress"
is = false
citation = "test"
[[rule]]
id = "nobody_in_water"
says = "nobody is in the water"
fact = "in_water"
is = false
citation = "test"
[[rule]]
id = "calm"
says = "the sea is calm"
fact = "calm"
is = true
citation = "test"
[[rule]]
id = "long_enough"
says = "the way is long enough"
fact = "length"
at_least = 2897
citation = "test"
[[rule]]
id = "sea_allows"
says = "the sea allows it"
all = ["calm", "nobody_in_water"]
citation = "test"
)";

inline const std::string small_response = R"(
[[response]]
id = "turn"
title = "Turn the boat round"
kind = "enforcement"
stance = "permits"
needs = ["no_distress", "sea_allows", "long_enough"]
consents = ["captain", "commander"]
refused = "watch, and be ready to rescue"
citation = "test"
)";

/// All that "turn" needs is known, and both have agreed, by the minute of `at`.
inline Encounter calm_day(Time at = noon) {
  const auto fact = [](const char* name) { return *words().find(name); };
  Encounter e(words());
  e.now = noon;
  e.say(words(), fact("distress"), {0, "captain", at, "captain"});
  e.say(words(), fact("in_water"), {0, "captain", at, "captain"});
  e.say(words(), fact("calm"), {1, "captain", at});
  e.say(words(), fact("length"), {3000, "chart", at});
  e.hear({"turn", "captain", true, "captain of a cutter", at});
  e.hear({"turn", "commander", true, "commander of the day", at});
  return e;
}

inline std::string refusal(const std::string& text) {
  const auto d = parse_doctrine(small_vocabulary(), text, "d.toml");
  return d ? "" : d.error().text();
}

}  // namespace varne::test
