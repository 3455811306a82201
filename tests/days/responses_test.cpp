#include "varne/days/responses.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace varne::days {
namespace {

/// Two responses of one doctrine, of three conditions and of one.
std::vector<ResponseRow> rows() {
  std::vector<ResponseRow> out{{.doctrine = "d",
                                .response = "turn",
                                .title = "Turn <it> round",
                                .conditions = {{"a", "it is A"}, {"b", "it is B"}, {"c", "it is C"}},
                                .at = 0},
                               {.doctrine = "d",
                                .response = "help",
                                .title = "Help",
                                .stance = Stance::requires_it,
                                .conditions = {{"a", "it is A"}}}};
  out[1].at = out[0].end();
  return out;
}

Shortfall lacks(std::size_t missing, std::size_t last = 0, bool unknown = false) {
  return {.in_force = true, .missing = missing, .last = last, .unknown = unknown};
}

TEST(ResponseWatch, counts_boats_once_and_minutes_each) {
  ResponseWatch watch(rows(), 2);
  const std::vector<Shortfall> all{lacks(0), lacks(0)};
  const std::vector<Shortfall> b_unknown{lacks(1, 1, true), lacks(1)};
  const std::vector<Shortfall> b_not{lacks(1, 1), lacks(1)};
  const std::vector<Shortfall> two{lacks(2, 2), {.in_force = false}};
  watch.minute(0, all);
  watch.minute(0, all);
  watch.minute(1, all);
  watch.minute(1, b_unknown);
  watch.minute(1, b_not);
  watch.minute(0, two);
  watch.minute(0, {});  // not judged yet
  const auto table = rows();
  const auto& sums = watch.sums();
  EXPECT_EQ(sums[table[0].boats()], 2U);
  EXPECT_EQ(sums[table[0].minutes()], 3U);
  EXPECT_EQ(sums[table[0].alone_boats(1)], 1U);
  EXPECT_EQ(sums[table[0].alone_minutes(1)], 2U);
  EXPECT_EQ(sums[table[0].unknown_minutes(1)], 1U);
  for (const std::size_t c : {0U, 2U}) EXPECT_EQ(sums[table[0].alone_boats(c)], 0U);
  EXPECT_EQ(sums[table[1].boats()], 2U);
  EXPECT_EQ(sums[table[1].alone_boats(0)], 0U) << "one condition is always the only one";
  EXPECT_EQ(sums.size(), table[1].end());

  EXPECT_EQ(responses_text(table, sums),
            "  Turn <it> round (d permits it): every condition ever held: boats 2, minutes together 3\n"
            "    only this did not: it is B: boats 1, minutes 2, of which nobody knew for 1\n"
            "  Help (d requires it): every condition ever held: boats 2, minutes together 3\n");
}

TEST(ResponseWatch, the_page_and_the_json_say_the_same) {
  const auto table = rows();
  std::vector<ResponseResult> results{
      {.row = table[0], .sums = std::vector<double>(table[0].end()), .share = {0.25, 0.1}, .boats = 8},
      {.row = table[1], .sums = std::vector<double>(table[1].end() - table[1].at), .share = {}, .boats = 8}};
  results[0].sums[table[0].boats()] = 2;
  results[0].sums[table[0].minutes()] = 30;
  results[0].sums[table[0].alone_boats(2)] = 4;
  results[0].sums[table[0].alone_minutes(2)] = 100;
  results[0].sums[table[0].unknown_minutes(2)] = 25;
  const std::string page = responses_html(results);
  EXPECT_NE(page.find("Turn &lt;it&gt; round"), std::string::npos) << page;
  EXPECT_NE(page.find("25 ± 10 %"), std::string::npos) << page;
  EXPECT_NE(page.find("it is C: 50 % of the boats, 25 min each; for 25 % of that nobody knew"),
            std::string::npos)
      << page;
  EXPECT_NE(page.find("want of one of several conditions: Help (d requires it)."), std::string::npos) << page;
  const Json json = responses_json(results);
  EXPECT_EQ(json[0]["boats"], 2);
  EXPECT_EQ(json[0]["alone_in_the_way"][0]["condition"], "c");
  EXPECT_EQ(json[0]["alone_in_the_way"][0]["unknown_minutes"], 25);
  EXPECT_TRUE(json[1]["alone_in_the_way"].empty());
}

}  // namespace
}  // namespace varne::days
