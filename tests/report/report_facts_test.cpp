/// What the report counts of the verdicts in a record.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "room/judged_desk.h"
#include "varne/report/report_parts.h"

namespace varne::test {
namespace {

TEST_F(Verdicts, the_report_counts_what_failed_what_was_unknown_and_what_alone_stood_in_the_way) {
  meet_every_condition_and_agree();
  fact("asylum_asked", true, "captain");
  ReportFacts facts;
  for (const Entry& entry : all) facts.take(entry);
  const auto turned = std::find_if(facts.ruled.begin(), facts.ruled.end(),
                                   [](const auto& r) { return r.doctrine == "uk-turnaround-2021"; });
  ASSERT_NE(turned, facts.ruled.end());
  using Boats = std::set<std::uint32_t>;
  EXPECT_EQ(turned->boats, Boats{1});
  EXPECT_EQ(turned->permitted, Boats{1});  // before they asked for asylum
  for (const auto& condition : turned->conditions) {
    const bool asylum = condition.says == "not: somebody aboard asks for asylum";
    const bool last_to_agree = condition.says == "the captain agrees";
    EXPECT_EQ(condition.failed, asylum ? Boats{1} : Boats{}) << condition.says;
    EXPECT_EQ(condition.unknown, Boats{1}) << condition.says;
    EXPECT_EQ(condition.alone, asylum || last_to_agree ? Boats{1} : Boats{}) << condition.says;
  }
}

constexpr std::string_view none = "<b>permitted at any time for none</b>. None means";

TEST_F(Verdicts, the_report_says_what_permitted_for_none_means) {
  sight_boat();
  meet_every_condition();  // and nobody has agreed
  ReportFacts facts;
  for (const Entry& entry : all) facts.take(entry);
  EXPECT_NE(page::ruled(facts).find(none), std::string::npos);
}

TEST_F(Verdicts, of_what_was_permitted_for_a_boat_the_report_says_no_such_thing) {
  meet_every_condition_and_agree();
  ReportFacts facts;
  for (const Entry& entry : all) facts.take(entry);
  std::erase_if(facts.ruled, [](const auto& one) { return one.permitted.empty(); });
  ASSERT_FALSE(facts.ruled.empty());
  EXPECT_EQ(page::ruled(facts).find(none), std::string::npos);
}

}  // namespace
}  // namespace varne::test
