#include "varne/doctrine/judge.h"

#include <gtest/gtest.h>
// rapidcheck wants gtest first
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

#include "small.h"
#include "varne/doctrine/reasons.h"

namespace varne {
namespace {

using test::calm_day;
using test::noon;
using test::words;

const Doctrine& doctrine() {
  static const Doctrine d =
      *parse_doctrine(words(), test::small_head + test::small_rules + test::small_response, "d.toml");
  return d;
}

FactId fact(const char* name) {
  return *words().find(name);
}

Ruling ruling(const Encounter& e) {
  return judge(words(), doctrine(), e).verdicts[0].ruling;
}

TEST(Judge, everything_known_and_agreed_permits) {
  EXPECT_EQ(ruling(calm_day()), Ruling::permitted);
}

TEST(Judge, one_source_of_danger_outweighs_all_others_and_does_not_age) {
  Encounter e = calm_day();
  e.say(words(), fact("distress"), {1, "caller", noon - std::chrono::hours(5)});
  EXPECT_EQ(ruling(e), Ruling::refused);
  // The same source cannot take a danger back by a later word.
  e.say(words(), fact("distress"), {0, "caller", noon});
  EXPECT_EQ(ruling(e), Ruling::refused);
}

TEST(Judge, an_old_word_is_unknown) {
  Encounter e = calm_day();
  e.now = noon + std::chrono::minutes(11);
  const auto j = judge(words(), doctrine(), e);
  EXPECT_EQ(j.verdicts[0].ruling, Ruling::unknown);
  EXPECT_EQ(open_facts(j, j.verdicts[0]), std::vector<FactId>{fact("distress")});
}

TEST(Judge, sources_that_disagree_are_unknown) {
  Encounter e = calm_day();
  e.say(words(), fact("calm"), {0, "lifeboat", noon});
  EXPECT_EQ(ruling(e), Ruling::unknown);
  // Two lengths on the same side of the limit do not disagree about it.
  Encounter other = calm_day();
  other.say(words(), fact("length"), {3500, "radar", noon});
  EXPECT_EQ(ruling(other), Ruling::permitted);
}

TEST(Judge, a_captains_no_is_final_whatever_is_ordered) {
  Encounter e = calm_day();
  e.hear({"turn", "captain", false, "captain of a cutter", noon});
  e.hear({"turn", "captain", true, "captain of another cutter", noon});
  e.hear({"turn", "minister", true, "minister", noon});
  e.orders = {"minister: turn it round", "director: turn it round"};
  EXPECT_EQ(ruling(e), Ruling::refused);
  e.forget_consent("turn", "captain");
  EXPECT_EQ(ruling(e), Ruling::unknown);
}

TEST(Judge, a_single_fact_that_would_change_it_is_named) {
  Encounter e = calm_day();
  e.say(words(), fact("calm"), {0, "captain", noon});
  const auto j = judge(words(), doctrine(), e);
  const auto p = pivots(words(), e, j, j.verdicts[0]);
  ASSERT_EQ(p.size(), 1U);
  EXPECT_EQ(p[0].fact, fact("calm"));
  EXPECT_EQ(p[0].becomes, "yes");
  EXPECT_EQ(p[0].ruling, Ruling::permitted);
}

TEST(Judge, the_same_source_cannot_hide_a_danger_by_the_order_of_its_words) {
  Encounter e = calm_day();
  e.say(words(), fact("distress"), {1, "captain", noon - std::chrono::minutes(1), "captain"});
  EXPECT_EQ(ruling(e), Ruling::refused);
}

/// A rule whose last version has ended, wherever it stands: under needs, unless, not, all, any.
TEST(Judge, a_rule_that_has_lapsed_permits_nothing) {
  const std::string lapsed =
      "[[rule]]\nid = \"old\"\nsays = \"somebody objects\"\nfact = \"calm\"\nis = false\n"
      "until = \"2021-11-11\"\ncitation = \"t\"\n"
      "[[rule]]\nid = \"nobody_objects\"\nsays = \"nobody objects\"\nnot = \"old\"\ncitation = \"t\"\n"
      "[[rule]]\nid = \"either\"\nsays = \"one of the two\"\nany = [\"old\", \"nobody_objects\"]\n"
      "citation = \"t\"\n";
  const auto with = [&](const std::string& needs, const std::string& unless) {
    const std::string text =
        test::small_head + test::small_rules + lapsed +
        "[[response]]\nid = \"turn\"\ntitle = \"t\"\nkind = \"enforcement\"\nstance = \"permits\"\n"
        "needs = [\"no_distress\"" +
        needs + "]\nunless = [" + unless +
        "]\nconsents = [\"captain\", \"commander\"]\nrefused = \"x\"\ncitation = \"t\"\n";
    const auto loaded = parse_doctrine(words(), text, "d.toml");
    EXPECT_TRUE(loaded) << loaded.error().text();
    const Encounter e = calm_day();
    const auto j = judge(words(), *loaded, e);
    const auto why = summary(j, j.verdicts[0]);
    if (!needs.empty() || !unless.empty())
      EXPECT_NE(why.find("no rule is in force today on whether somebody objects"), std::string::npos) << why;
    return j.verdicts[0].ruling;
  };
  EXPECT_EQ(with("", ""), Ruling::permitted);
  EXPECT_EQ(with(", \"old\"", ""), Ruling::unknown);
  EXPECT_EQ(with(", \"nobody_objects\"", ""), Ruling::unknown);
  EXPECT_EQ(with(", \"either\"", ""), Ruling::unknown);
  EXPECT_EQ(with("", "\"old\""), Ruling::unknown);
  EXPECT_EQ(with("", "\"nobody_objects\""), Ruling::unknown);
}

TEST(Judge, doctrines_that_disagree_permit_nothing) {
  const auto forbids =
      *parse_doctrine(words(),
                      test::small_head + test::small_rules +
                          "[[response]]\nid = \"turn\"\ntitle = \"t\"\nkind = \"enforcement\"\nstance = "
                          "\"forbids\"\nneeds = [\"calm\"]\nrefused = \"x\"\ncitation = \"t\"\n",
                      "f.toml");
  const Encounter e = calm_day();
  const std::vector<Judgement> judgements{judge(words(), doctrine(), e), judge(words(), forbids, e)};
  const auto joint = join(judgements);
  ASSERT_EQ(joint.size(), 1U);
  EXPECT_EQ(joint[0].ruling, Ruling::conflict);
  EXPECT_EQ(joint[0].verdicts.size(), 2U);
  // Both are named, with the rules of each, in words and as JSON.
  EXPECT_EQ(conflict_summary(joint[0]),
            "conflict: permitted by small; forbidden by small; neither wins, and it is not permitted");
  const auto text = conflict_text(joint[0]);
  EXPECT_NE(text.find("CONFLICT\n  Doctrines disagree. Neither wins, and it is not permitted.\n"),
            std::string::npos)
      << text;
  EXPECT_NE(
      text.find("  forbidden by \"A doctrine for tests\", since it holds that:\n    - the sea is calm\n"),
      std::string::npos)
      << text;
  const auto json = reasons_json(words(), e, judgements, joint[0]);
  ASSERT_EQ(json["disagree"].size(), 2U);
  EXPECT_EQ(json["disagree"][0]["ruling"], "permitted");
  EXPECT_EQ(json["disagree"][1]["ruling"], "forbidden");
  EXPECT_EQ(json["disagree"][1]["rules"], Json::array({"calm"}));
  EXPECT_FALSE(reasons_json(words(), e, {judgements[0]}, join({judgements[0]})[0]).contains("disagree"));
}

/// An encounter in which each fact is unknown, no or yes, and each consent absent, refused or given.
Encounter arbitrary() {
  Encounter e(words());
  e.now = noon;
  for (const char* name : {"distress", "in_water", "calm"}) {
    const int t = *rc::gen::inRange(0, 3);
    if (t != 0)
      e.say(words(), fact(name),
            {static_cast<double>(t - 1), "s", noon, *rc::gen::element<std::string>("captain", "caller", "")});
  }
  if (*rc::gen::arbitrary<bool>())
    e.say(words(), fact("waters"), {static_cast<double>(*rc::gen::inRange(0, 3)), "s", noon});
  if (*rc::gen::arbitrary<bool>())
    e.say(words(), fact("length"), {static_cast<double>(*rc::gen::inRange(0, 6000)), "s", noon});
  for (const char* role : {"captain", "commander", "minister"}) {
    const int t = *rc::gen::inRange(0, 3);
    if (t != 0) e.hear({"turn", role, t == 2, role, noon});
  }
  return e;
}

RC_GTEST_PROP(Verdict, forgetting_a_fact_or_a_consent_never_permits, ()) {
  Encounter e = arbitrary();
  const bool before = judge(words(), doctrine(), e).verdicts[0].permits();
  const int which = *rc::gen::inRange(0, 7);
  const char* names[] = {"distress", "in_water", "calm", "length"};
  const char* roles[] = {"captain", "commander", "minister"};
  if (which < 4) {
    e.forget(fact(names[which]));
  } else {
    e.forget_consent("turn", roles[which - 4]);
  }
  RC_ASSERT(before || !judge(words(), doctrine(), e).verdicts[0].permits());
}

RC_GTEST_PROP(Verdict, forgetting_a_fact_never_lifts_what_another_doctrine_forbids, ()) {
  static const Doctrine forbids = *parse_doctrine(
      words(),
      test::small_head +
          "[[rule]]\nid = \"abroad\"\nsays = \"x\"\nfact = \"waters\"\nis = \"FR\"\ncitation = \"t\"\n"
          "[[response]]\nid = \"turn\"\ntitle = \"t\"\nkind = \"enforcement\"\nstance = \"forbids\"\n"
          "needs = [\"abroad\"]\nrefused = \"x\"\ncitation = \"t\"\n",
      "f.toml");
  const auto permits = [](const Encounter& e) {
    return join({judge(words(), doctrine(), e), judge(words(), forbids, e)}).front().ruling ==
           Ruling::permitted;
  };
  Encounter e = arbitrary();
  const bool before = permits(e);
  e.forget(fact(*rc::gen::element("distress", "in_water", "calm", "length", "waters")));
  RC_ASSERT(before || !permits(e));
}

RC_GTEST_PROP(Verdict, distress_or_doubt_of_it_permits_no_more_than_rescue, ()) {
  const Encounter e = arbitrary();
  const auto calm = e.ask(words(), words().distress(), [](double v) { return v == 0; }).truth;
  if (judge(words(), doctrine(), e).verdicts[0].permits()) RC_ASSERT(calm == Truth::yes);
}

}  // namespace
}  // namespace varne
