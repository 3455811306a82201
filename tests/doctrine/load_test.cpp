/// A doctrine written to break each promise is refused, with file, line and reason.
#include "small.h"

namespace varne {
namespace {

using test::refusal;
using test::small_head;
using test::small_response;
using test::small_rules;

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), with);
}

void expect_refused(const std::string& text, const std::string& because) {
  const auto said = refusal(text);
  EXPECT_EQ(said.rfind("d.toml:", 0), 0U) << said;
  EXPECT_NE(said.find(because), std::string::npos) << said;
}

const std::string whole = small_head + small_rules + small_response;

TEST(LoadDoctrine, a_fit_one_is_taken) {
  EXPECT_EQ(refusal(whole), "");
}

TEST(LoadDoctrine, life_first_cannot_be_left_out) {
  expect_refused(replaced(whole, "\"no_distress\", ", ""), "life comes first");
  // A choice between the guard and something else is no guard.
  expect_refused(
      replaced(
          whole, small_response,
          "[[rule]]\nid = \"either\"\nsays = \"x\"\nany = [\"no_distress\", \"calm\"]\ncitation = \"t\"\n" +
              replaced(small_response, "\"no_distress\"", "\"either\"")),
      "life comes first");
  // Nor is its opposite, nor the same rule in another version that asks for less.
  expect_refused(replaced(whole, "is = false\ncitation", "is = true\ncitation"), "life comes first");
  expect_refused(replaced(whole, "fact = \"distress\"\nis = false\n",
                          "fact = \"distress\"\nis = false\nuntil = \"2022-01-01\"\n") +
                     "[[rule]]\nid = \"no_distress\"\nsays = \"x\"\nfact = \"calm\"\nis = true\ncitation = "
                     "\"t\"\nfrom = "
                     "\"2022-01-01\"\n",
                 "life comes first");
}

TEST(LoadDoctrine, the_guard_may_stand_deeper_where_everything_needs_it) {
  EXPECT_EQ(refusal(replaced(whole, "\"no_distress\", \"sea_allows\"", "\"sea_allows\"") + "")
                    .find("life comes first") == std::string::npos,
            false);
  EXPECT_EQ(refusal(replaced(replaced(whole, "\"no_distress\", \"sea_allows\"", "\"sea_allows\""),
                             "all = [\"calm\", \"nobody_in_water\"]", "all = [\"calm\", \"no_distress\"]")),
            "");
}

TEST(LoadDoctrine, consents_cannot_be_given_by_somebody_else_or_left_out) {
  expect_refused(replaced(whole, "\"captain\", \"commander\"", "\"captain\", \"minister\""),
                 "nobody in their stead");
  expect_refused(replaced(whole, "\"captain\", \"commander\"", "\"captain\""),
                 "both \"captain\" and \"commander\"");
  expect_refused(replaced(whole, "consents = [\"captain\", \"commander\"]\n", ""),
                 "both \"captain\" and \"commander\"");
  expect_refused(replaced(whole, "consents = ", "consents_instead = [\"minister\"]\nconsents = "),
                 "is not a field here");
}

TEST(LoadDoctrine, nothing_but_rescue_can_be_required) {
  expect_refused(replaced(whole, "stance = \"permits\"", "stance = \"requires\""), "cannot be required");
}

TEST(LoadDoctrine, unknown_facts_rules_and_missing_citations_are_refused) {
  expect_refused(replaced(whole, "fact = \"calm\"", "fact = \"calmness\""), "not in the vocabulary");
  expect_refused(replaced(whole, "\"sea_allows\", ", "\"sea_alows\", "), "no rule of this file");
  expect_refused(replaced(whole, "at_least = 2897\ncitation = \"test\"", "at_least = 2897"),
                 "has no citation");
  expect_refused(replaced(whole, "at_least = 2897", "is = true"), "cannot be compared so");
}

TEST(LoadDoctrine, versions_may_not_overlap_and_rules_not_stand_in_a_circle) {
  expect_refused(
      whole + "[[rule]]\nid = \"calm\"\nsays = \"x\"\nfact = \"calm\"\nis = true\ncitation = \"t\"\n",
      "in force at the same time");
  expect_refused(whole +
                     "[[rule]]\nid = \"a\"\nsays = \"x\"\nnot = \"b\"\ncitation = \"t\"\n"
                     "[[rule]]\nid = \"b\"\nsays = \"x\"\nall = [\"calm\", \"a\"]\ncitation = \"t\"\n",
                 "in a circle: \"a\", \"b\"");
}

}  // namespace
}  // namespace varne
