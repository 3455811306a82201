/// One doctrine written to break each promise, each a single change of one that is fit: refused with the line
/// and the reason. And every problem of a file is named, not only the first.
#include <fmt/format.h>

#include <algorithm>

#include "small.h"
#include "support.h"

namespace varne {
namespace {

const std::string fit = test::small_head + test::small_rules + test::small_response;

std::string changed(const std::string& from, const std::string& to) {
  const auto at = fit.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return std::string(fit).replace(at, from.size(), to);
}

/// The line on which a text begins, from 1.
long line_of(const std::string& text, const std::string& what) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return 1 + std::count(text.begin(), text.begin() + static_cast<long>(at), '\n');
}

struct Broken {
  const char* promise;
  const char* from;  ///< what is changed in the fit file, and to what
  const char* to;
  const char* at;  ///< stands on the line that is named
  const char* reason;
};

constexpr const char* turn = "[[response]]\nid = \"turn\"";

const Broken all_broken[] = {
    {"life first: no guard", "\"no_distress\", ", "", turn,
     "response \"turn\" is not rescue and does not need a rule that distress is ruled out (fact = "
     "\"distress\", "
     "is = false); life comes first"},
    {"life first: a guard that asks for distress", "fact = \"distress\"\nis = false",
     "fact = \"distress\"\nis = true", turn,
     "is not rescue and does not need a rule that distress is ruled out"},
    {"life first: a guard among others of which one is enough", "needs = [\"no_distress\", \"sea_allows\"",
     "needs = [\"sea_allows\"", turn, "is not rescue and does not need a rule that distress is ruled out"},
    {"life first: enforcement as a duty", "stance = \"permits\"", "stance = \"requires\"", turn,
     "response \"turn\" is not rescue and cannot be required; it can be permitted"},
    {"life first: rescue forbidden", "kind = \"enforcement\"\nstance = \"permits\"",
     "kind = \"rescue\"\nstance = \"forbids\"", turn,
     "response \"turn\" is rescue and cannot be forbidden; life comes first"},
    {"life first: rescue that waits for a consent", "kind = \"enforcement\"", "kind = \"rescue\"", turn,
     "response \"turn\" takes a consent; only what is permitted and is not rescue waits for one"},
    {"unknown never permits: what to assume", "fact = \"calm\"\n", "fact = \"calm\"\nif_unknown = true\n",
     "if_unknown", "if_unknown: is not a field here; known are "},
    {"unknown never permits: unknown as an answer", "fact = \"calm\"\nis = true",
     "fact = \"calm\"\nis = \"unknown\"", "is = \"unknown\"", "is: \"unknown\" is not true or false"},
    {"unknown never permits: a condition of nothing", "all = [\"calm\", \"nobody_in_water\"]", "all = []",
     "[[rule]]\nid = \"sea_allows\"", "rule \"sea_allows\" stands on nothing"},
    {"unknown never permits: a fact nobody can say", "fact = \"calm\"", "fact = \"calmness\"",
     "fact = \"calmness\"", "fact: \"calmness\" is not in the vocabulary (facts.toml)"},
    {"the captain's no: another in their stead", "[\"captain\", \"commander\"]",
     "[\"minister\", \"commander\"]", turn,
     "response \"turn\" takes the consent of \"minister\"; only the captain on scene and the commander can "
     "consent, "
     "and nobody in their stead"},
    {"the captain's no: the captain left out", "[\"captain\", \"commander\"]", "[\"commander\"]", turn,
     "response \"turn\" needs the consent of both \"captain\" and \"commander\", each for the encounter"},
    {"the captain's no: both left out", "consents = [\"captain\", \"commander\"]\n", "", turn,
     "response \"turn\" needs the consent of both"},
    {"the captain's no: overruled", "consents = ", "overruled_by = [\"minister\"]\nconsents = ",
     "overruled_by", "overruled_by: is not a field here"},
    {"reasons: a rule without a citation", "at_least = 2897\ncitation = \"test\"\n", "at_least = 2897\n",
     "[[rule]]\nid = \"long_enough\"",
     "rule \"long_enough\" has no citation; say where it is written, or leave it out"},
    {"reasons: a citation of blanks", "at_least = 2897\ncitation = \"test\"\n",
     "at_least = 2897\ncitation = \" \"\n", "[[rule]]\nid = \"long_enough\"",
     "rule \"long_enough\" has no citation"},
    {"reasons: a condition without words", "says = \"the sea is calm\"", "says = \"\"", "says = \"\"",
     "says: says nothing"},
    {"reasons: which of two versions was it", "id = \"long_enough\"", "id = \"calm\"",
     "[[rule]]\nid = \"calm\"\nsays = \"the way",
     "rule \"calm\" is in force at the same time as its version at d.toml:"},
    {"reasons: no end to them", "all = [\"calm\", \"nobody_in_water\"]", "all = [\"calm\", \"sea_allows\"]",
     "[[rule]]\nid = \"sea_allows\"", "rules stand on each other in a circle: \"sea_allows\""},
    {"reasons: a rule that is not there", "all = [\"calm\", \"nobody_in_water\"]",
     "all = [\"calm\", \"nobody\"]", "[[rule]]\nid = \"sea_allows\"",
     "rule \"sea_allows\" stands on \"nobody\", which is no rule of this file"},
};

TEST(Broken, a_doctrine_that_would_break_a_promise_is_refused_with_line_and_reason) {
  EXPECT_EQ(test::refusal(fit), "");
  for (const Broken& one : all_broken) {
    const auto text = changed(one.from, one.to);
    const auto said = test::refusal(text);
    const auto where = fmt::format("d.toml:{}: ", line_of(text, one.at));
    EXPECT_TRUE(said.starts_with(where)) << one.promise << "\n  " << where << "\n  " << said;
    EXPECT_NE(said.find(one.reason), std::string::npos) << one.promise << "\n  " << said;
  }
}

TEST(Broken, a_vocabulary_that_would_break_a_promise_is_refused) {
  const auto refused = [](const std::string& text) {
    const auto v = Vocabulary::parse(text, "facts.toml", {});
    return v ? "" : v.error().text();
  };
  const std::string distress =
      "[[fact]]\nname = \"distress\"\nkind = \"truth\"\nsays = \"danger\"\ngood_for_s = 600\n";
  EXPECT_EQ(refused(distress),
            "facts.toml: lacks the fact \"distress\" with danger = true, on which everything else stands");
  EXPECT_EQ(refused(distress +
                    "danger = true\n[[fact]]\nname = \"kind\"\nkind = \"choice\"\nsays = \"what it is\"\n"
                    "choices = [\"kayak\", \"unknown\"]\n"),
            "facts.toml:11: choices: \"unknown\" is no choice; who does not know says nothing");
}

TEST(Broken, what_is_rescue_in_one_file_is_nothing_else_in_another) {
  const test::Scratch folder;
  folder.write("a.toml", fit);
  folder.write("b.toml", changed("name = \"small\"", "name = \"other\""));
  EXPECT_EQ(load_doctrines(test::small_vocabulary(), folder.file(""))->size(), 2U);
  auto rescue = changed("kind = \"enforcement\"", "kind = \"rescue\"");
  rescue.replace(rescue.find("name = \"small\""), 14, "name = \"third\"");
  rescue.erase(rescue.find("consents = "), std::string("consents = [\"captain\", \"commander\"]\n").size());
  const auto file = folder.write("c.toml", rescue);
  const auto refused = load_doctrines(test::small_vocabulary(), folder.file(""));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().where, file);
  EXPECT_NE(refused.error().what.find("response \"turn\" is rescue here and enforcement in "),
            std::string::npos)
      << refused.error().what;
}

TEST(Broken, every_problem_of_a_file_is_named_by_line) {
  auto text = changed("\"no_distress\", ", "");
  text.replace(text.find("fact = \"calm\""), 13, "fact = \"calmness\"");
  text.replace(text.find("citation = \"test\"\n"), 18, "");
  text += "colour = \"red\"\n";
  const auto checked = check_doctrine_text(test::small_vocabulary(), text, "d.toml");
  ASSERT_FALSE(checked);
  std::string all;
  for (const Error& error : checked.error()) all += error.text() + "\n";
  EXPECT_EQ(checked.error().size(), 4U) << all;
  long before = 0;
  for (const Error& error : checked.error()) {
    const long line = std::strtol(error.where.c_str() + 7, nullptr, 10);
    EXPECT_GE(line, before) << all;
    before = line;
  }
  for (const char* reason : {"has no citation", "\"calmness\" is not in the vocabulary", "life comes first",
                             "colour: is not a field here"})
    EXPECT_NE(all.find(reason), std::string::npos) << all;
  // A text that is no TOML has one problem: nothing after it can be read.
  EXPECT_EQ(check_doctrine_text(test::small_vocabulary(), "name = \n", "d.toml").error().size(), 1U);
}

}  // namespace
}  // namespace varne
