#include "varne/doctrine/conditions.h"

#include <gtest/gtest.h>
// rapidcheck wants gtest first
#include <rapidcheck/gtest.h>

#include "small.h"

namespace varne {
namespace {

using test::noon;
using test::words;

/// "turn" as the other tests know it; a rescue; a prohibition; something with an exception.
const Doctrine& doctrine() {
  static const Doctrine d = *parse_doctrine(
      words(),
      test::small_head + test::small_rules + test::small_response +
          "[[rule]]\nid = \"abroad\"\nsays = \"it is abroad\"\nfact = \"waters\"\nis = \"FR\"\ncitation = "
          "\"t\"\n"
          "[[response]]\nid = \"help\"\ntitle = \"h\"\nkind = \"rescue\"\nstance = \"requires\"\n"
          "needs = [\"calm\", \"nobody_in_water\"]\nrefused = \"x\"\ncitation = \"t\"\n"
          "[[response]]\nid = \"board\"\ntitle = \"b\"\nkind = \"enforcement\"\nstance = \"forbids\"\n"
          "needs = [\"abroad\", \"long_enough\"]\nrefused = \"x\"\ncitation = \"t\"\n"
          "[[response]]\nid = \"watch\"\ntitle = \"w\"\nkind = \"watch\"\nstance = \"permits\"\n"
          "needs = [\"no_distress\", \"calm\"]\nunless = [\"abroad\"]\nrefused = \"x\"\ncitation = \"t\"\n",
      "d.toml");
  return d;
}

FactId fact(const char* name) {
  return *words().find(name);
}

std::vector<std::string> ids_of(std::size_t response) {
  std::vector<std::string> out;
  for (const Condition& one : conditions_of(words(), doctrine(), doctrine().responses[response]))
    out.push_back(one.id);
  return out;
}

/// Everything holds of "turn", and of "watch".
Encounter calm_day() {
  Encounter e = test::calm_day();
  e.say(words(), fact("waters"), {0, "chart", noon});
  return e;
}

Shortfall shortfall(const Encounter& e, std::size_t response = 0) {
  const Judgement judgement = judge(words(), doctrine(), e);
  return shortfall_of(words(), judgement, judgement.verdicts[response]);
}

TEST(Conditions, danger_ruled_out_is_one_condition_and_what_it_includes_is_none_beside_it) {
  EXPECT_EQ(ids_of(0), (std::vector<std::string>{"distress_ruled_out", "sea_allows", "long_enough", "captain",
                                                 "commander"}));
  // Of what distress or doubt of it forbids nothing to, each is a condition of its own.
  EXPECT_EQ(ids_of(1), (std::vector<std::string>{"calm", "nobody_in_water"}));
  EXPECT_EQ(ids_of(2), (std::vector<std::string>{"abroad", "long_enough"}));
  EXPECT_EQ(ids_of(3), (std::vector<std::string>{"distress_ruled_out", "calm", "not abroad"}));
  const auto turn = conditions_of(words(), doctrine(), doctrine().responses[0]);
  EXPECT_EQ(turn[1].says, "the sea allows it");
  EXPECT_EQ(turn[4].says, "the commander agrees");
  EXPECT_EQ(conditions_of(words(), doctrine(), doctrine().responses[3])[2].says,
            "it is not so that it is abroad");
}

TEST(Conditions, what_alone_stands_in_the_way_is_named) {
  EXPECT_EQ(shortfall(calm_day()).missing, 0U);
  EXPECT_TRUE(shortfall(calm_day()).in_force);

  Encounter short_way = calm_day();
  short_way.forget(fact("length"));
  EXPECT_EQ(shortfall(short_way).missing, 1U);
  EXPECT_EQ(shortfall(short_way).last, 2U);
  EXPECT_TRUE(shortfall(short_way).unknown);
  short_way.say(words(), fact("length"), {2000, "chart", noon});
  EXPECT_EQ(shortfall(short_way).missing, 1U);
  EXPECT_FALSE(shortfall(short_way).unknown);

  // Doubt of distress is one thing, though a need asks for it as well.
  Encounter doubt = calm_day();
  doubt.forget(fact("distress"));
  EXPECT_EQ(shortfall(doubt).missing, 1U);
  EXPECT_EQ(shortfall(doubt).last, 0U);

  Encounter abroad = calm_day();
  abroad.forget(fact("waters"));
  abroad.say(words(), fact("waters"), {1, "chart", noon});
  EXPECT_EQ(shortfall(abroad).missing, 0U);
  EXPECT_EQ(shortfall(abroad, 2).missing, 0U);
  EXPECT_EQ(shortfall(abroad, 3).missing, 1U);
  EXPECT_EQ(shortfall(abroad, 3).last, 2U);

  Encounter silent = calm_day();
  silent.forget_consent("turn", "commander");
  EXPECT_EQ(shortfall(silent).last, 4U);
  EXPECT_TRUE(shortfall(silent).unknown);
  silent.hear({"turn", "commander", false, "commander", noon});
  EXPECT_EQ(shortfall(silent).missing, 1U);
  EXPECT_FALSE(shortfall(silent).unknown);

  // One person in both roles has agreed for neither.
  Encounter one_person = calm_day();
  one_person.forget_consent("turn", "commander");
  one_person.hear({"turn", "commander", true, "captain of a cutter", noon});
  EXPECT_EQ(shortfall(one_person).missing, 2U);
}

TEST(Conditions, a_doctrine_that_is_not_in_force_says_so) {
  static const Doctrine old = *parse_doctrine(
      words(), test::small_head + "until = \"2021-11-01\"\n" + test::small_rules + test::small_response,
      "d.toml");
  const Judgement judgement = judge(words(), old, calm_day());
  EXPECT_FALSE(shortfall_of(words(), judgement, judgement.verdicts[0]).in_force);
}

/// An encounter in which each fact is unknown or anything, and each consent absent, refused or given.
Encounter arbitrary() {
  Encounter e(words());
  e.now = noon;
  for (const char* name : {"distress", "in_water", "calm"})
    if (*rc::gen::inRange(0, 4) != 0)
      e.say(words(), fact(name),
            {static_cast<double>(*rc::gen::inRange(0, 2)), "s", noon,
             *rc::gen::element<std::string>("captain", "caller")});
  if (*rc::gen::inRange(0, 4) != 0)
    e.say(words(), fact("waters"), {static_cast<double>(*rc::gen::inRange(0, 3)), "s", noon});
  if (*rc::gen::inRange(0, 4) != 0)
    e.say(words(), fact("length"), {static_cast<double>(*rc::gen::inRange(0, 6000)), "s", noon});
  for (const char* role : {"captain", "commander"}) {
    const int t = *rc::gen::inRange(0, 4);
    if (t != 0) e.hear({"turn", role, t > 1, t > 2 ? "one person" : role, noon});
  }
  return e;
}

RC_GTEST_PROP(Conditions, nothing_is_missing_exactly_where_the_verdict_says_so, ()) {
  const Encounter e = arbitrary();
  const Judgement judgement = judge(words(), doctrine(), e);
  for (const Verdict& verdict : judgement.verdicts) {
    const bool all = verdict.permits() || verdict.ruling == Ruling::forbidden;
    const Shortfall one = shortfall_of(words(), judgement, verdict);
    RC_ASSERT((one.missing == 0) == all);
    const auto stand = stand_of(words(), judgement, verdict);
    RC_ASSERT(stand.size() ==
              conditions_of(words(), doctrine(), doctrine().responses[verdict.response]).size());
    RC_ASSERT(one.missing == 0 || stand[one.last] != Truth::yes);
  }
}

}  // namespace
}  // namespace varne
