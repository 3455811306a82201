/// A person may act against a verdict, and answers for it; never against life or a captain's no, and no
/// verdict changes by it.

#include "judged_desk.h"

namespace varne::test {
namespace {

TEST_F(Verdicts, an_override_is_refused_where_life_or_a_captain_forbids_it) {
  sight_boat();
  EXPECT_TRUE(bodies(override_by("commander"), "override").empty());
  meet_every_condition();
  EXPECT_TRUE(bodies(override_by("commander"), "override").empty()) << "nobody has consented";
  consent("commander", true);
  consent("captain", false);
  EXPECT_TRUE(bodies(override_by("commander"), "override").empty()) << "the captain's no is final";
  EXPECT_EQ(bodies(all, "override").size(), 0U);
}

TEST_F(Verdicts, what_is_only_forbidden_has_no_override_since_nobody_can_agree_to_it) {
  meet_every_condition_and_agree();
  fact("waters", "FR", "captain");
  fact("under_way", true, "captain");
  fact("master_judges_necessary", true, "captain");
  rule_out_danger();
  for (const char* response : {"stop_by_force", "overrule_master"}) {
    EXPECT_EQ(ruling(response), "forbidden");
    for (const char* role : {"captain", "commander"})
      hear({{"kind", "consent"},
            {"boat", "A"},
            {"from", role},
            {"role", role},
            {"response", response},
            {"given", true}});
    const auto said = override_by("commander", std::chrono::minutes(30), response);
    EXPECT_TRUE(bodies(said, "override").empty()) << response;
    ASSERT_EQ(bodies(said, "refused").size(), 1U) << texts(said);
    EXPECT_NE(bodies(said, "refused")[0]["why"].get<std::string>().find("only ever forbidden"),
              std::string::npos)
        << texts(said);
  }
}

TEST_F(Verdicts, an_override_stands_beside_the_verdict_until_it_ends) {
  meet_every_condition_and_agree();
  fact("asylum_asked", true, "captain");
  EXPECT_EQ(ruling(), "refused");
  const auto said = override_by("commander", std::chrono::minutes(4));
  ASSERT_EQ(bodies(said, "override").size(), 1U) << texts(said);
  EXPECT_EQ(bodies(said, "override")[0]["ruling"], "refused");
  EXPECT_TRUE(bodies(said, "verdict").empty());
  EXPECT_EQ(ruling(), "refused");
  for (const Json& verdict : room.verdicts("I1")) {
    EXPECT_EQ(verdict["overrides"].size(), verdict["response"] == "turn_round" ? 1U : 0U);
  }
  const auto ended = bodies(tick(std::chrono::minutes(5)), "override_ended");
  ASSERT_EQ(ended.size(), 1U);
  EXPECT_NE(ended[0]["text"].get<std::string>().find("its time is over"), std::string::npos);
}

TEST_F(Verdicts, an_override_ends_with_the_first_word_of_danger) {
  meet_every_condition_and_agree();
  ASSERT_EQ(bodies(override_by("commander"), "override").size(), 1U);
  const auto ended = bodies(fact("people_in_water", true), "override_ended");
  ASSERT_EQ(ended.size(), 1U);
  EXPECT_NE(ended[0]["why"].get<std::string>().find("distress is not ruled out"), std::string::npos);
}

}  // namespace
}  // namespace varne::test
