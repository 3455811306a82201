/// Entries by kind and word, over the wire.
#include <gtest/gtest.h>

#include <algorithm>

#include "running.h"

namespace varne {
namespace {

using test::get;

std::vector<std::string> texts(const Json& answer) {
  std::vector<std::string> out;
  for (const Json& entry : answer["entries"]) out.push_back(entry["kind"]);
  return out;
}

TEST(LookingBack, finds_by_kind_and_word_in_the_whole_record) {
  const test::Scratch folder;
  const test::RunningLive desk(test::live(test::desk_in(folder)));
  for (const char* boat : {"Charlie", "Delta", "Echo"})
    ASSERT_EQ(
        test::post(desk.port(), "/api/reports", test::call_for_help(std::string("r-") + boat, boat)).status,
        200);
  const Json reports = get(desk.port(), "/api/entries?kinds=report&limit=2").json();
  ASSERT_EQ(reports["entries"].size(), 2U);
  EXPECT_EQ(reports["all"], false);
  EXPECT_LT(reports["entries"][0]["number"], reports["entries"][1]["number"]);
  const auto before = std::to_string(reports["entries"][0]["number"].get<int>());
  const Json older = get(desk.port(), "/api/entries?kinds=report&limit=2&before=" + before).json();
  EXPECT_EQ(older["entries"].size(), 1U);
  EXPECT_EQ(older["all"], true);
  const Json charlie = get(desk.port(), "/api/entries?kinds=incident,report&words=CHARLIE+help").json();
  EXPECT_GE(charlie["entries"].size(), 1U);
  for (const Json& entry : charlie["entries"]) EXPECT_NE(entry.dump().find("Charlie"), std::string::npos);
  // A list as long as the console's: its first kind counts as the last does.
  const auto many = texts(
      get(desk.port(), "/api/entries?kinds=report,refused,people,task,alarm,alarm_seen,incident&limit=1000")
          .json());
  for (const char* kind : {"report", "incident"})
    EXPECT_EQ(std::count(many.begin(), many.end(), kind), 3) << kind;
  EXPECT_EQ(get(desk.port(), "/api/entries?words=nobody-said-this").json()["entries"].size(), 0U);
  EXPECT_EQ(get(desk.port(), "/api/entries?words=x&after=3").status, 400);
  EXPECT_EQ(get(desk.port(), "/api/entries?words=x&limit=1001").status, 400);
  EXPECT_TRUE(texts(get(desk.port(), "/api/entries?kinds=,,,").json()).size() > 3) << "no kind: any";
}

}  // namespace
}  // namespace varne
