/// Kleene's tables as he gives them, by a doctrine's own rules: written out here, not computed as the program
/// does. And nothing is left out of an explanation because something else had already decided.
#include <nlohmann/json.hpp>

#include "small.h"
#include "varne/doctrine/reasons.h"

namespace varne {
namespace {

using test::noon;
using test::words;

const Doctrine& doctrine() {
  static const Doctrine d = *parse_doctrine(
      words(),
      test::small_head + test::small_rules +
          "[[rule]]\nid = \"either\"\nsays = \"one of both\"\nany = [\"calm\", "
          "\"nobody_in_water\"]\ncitation = \"t\"\n"
          "[[rule]]\nid = \"rough\"\nsays = \"it is rough\"\nnot = \"calm\"\ncitation = \"t\"\n"
          "[[response]]\nid = \"turn\"\ntitle = \"t\"\nkind = \"enforcement\"\nstance = \"permits\"\n"
          "needs = [\"no_distress\", \"sea_allows\", \"either\", \"rough\", \"long_enough\"]\n"
          "consents = [\"captain\", \"commander\"]\nrefused = \"x\"\ncitation = \"t\"\n",
      "d.toml");
  return d;
}

/// The two rules of which the others are made, said as 'n', '?' or 'y'.
Encounter said(char calm, char nobody_in_water) {
  Encounter e(words());
  e.now = noon;
  if (calm != '?') e.say(words(), *words().find("calm"), {calm == 'y' ? 1.0 : 0.0, "s", noon, "captain"});
  if (nobody_in_water != '?')
    e.say(words(), *words().find("in_water"), {nobody_in_water == 'y' ? 0.0 : 1.0, "s", noon, "captain"});
  return e;
}
char truth_in(const Judgement& judgement, const std::string& id) {
  const Truth t = judgement.findings[judgement.doctrine->by_id.find(id)->second.front()].truth;
  return t == Truth::yes ? 'y' : t == Truth::no ? 'n' : '?';
}

TEST(Truth, all_any_and_not_are_kleenes) {
  const struct {
    char a, b, all, any, not_a;
  } table[] = {{'n', 'n', 'n', 'n', 'y'}, {'n', '?', 'n', '?', 'y'}, {'n', 'y', 'n', 'y', 'y'},
               {'?', 'n', 'n', '?', '?'}, {'?', '?', '?', '?', '?'}, {'?', 'y', '?', 'y', '?'},
               {'y', 'n', 'n', 'y', 'n'}, {'y', '?', '?', 'y', 'n'}, {'y', 'y', 'y', 'y', 'n'}};
  for (const auto& row : table) {
    const Encounter e = said(row.a, row.b);
    const auto j = judge(words(), doctrine(), e);
    EXPECT_EQ(truth_in(j, "sea_allows"), row.all) << row.a << row.b;
    EXPECT_EQ(truth_in(j, "either"), row.any) << row.a << row.b;
    EXPECT_EQ(truth_in(j, "rough"), row.not_a) << row.a;
  }
}

TEST(Truth, a_comparison_with_an_unknown_is_unknown) {
  Encounter e = said('?', '?');
  EXPECT_EQ(truth_in(judge(words(), doctrine(), e), "long_enough"), '?');
  for (const auto& [metres, holds] : {std::pair{2896.0, 'n'}, {2897.0, 'y'}}) {
    e.say(words(), *words().find("length"), {metres, "s", noon});
    EXPECT_EQ(truth_in(judge(words(), doctrine(), e), "long_enough"), holds) << metres;
  }
}

TEST(Truth, what_is_already_decided_is_explained_to_the_end) {
  for (const char* ab : {"nn", "n?", "ny", "?n", "??", "?y", "yn", "y?", "yy"}) {
    const Encounter e = said(ab[0], ab[1]);
    const auto j = judge(words(), doctrine(), e);
    const auto json = reasons_json(words(), e, j, j.verdicts[0]);
    EXPECT_EQ(json["rules"].size(), 7U) << ab;
    const auto text = reasons_text(words(), e, j, j.verdicts[0]);
    for (const Rule& rule : doctrine().rules)
      EXPECT_NE(text.find(rule.says), std::string::npos) << ab << text;
  }
}

}  // namespace
}  // namespace varne
