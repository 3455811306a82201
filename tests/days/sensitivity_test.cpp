#include "varne/days/sensitivity.h"

#include <gtest/gtest.h>

#include "small_scenario.h"
#include "varne/days/campaign.h"

namespace varne::days {
namespace {

CampaignOptions options(const test::Scratch& scratch, std::vector<std::string> policies,
                        const std::string& figure) {
  CampaignOptions out;
  out.policies = std::move(policies);
  out.days = 8;
  out.seed = 3;
  out.threads = 2;
  out.folder = scratch.file("out");
  out.sensitivity = SensitivityOptions{.figure = figure, .days = 3, .draws = 10, .rows = 8, .of = 2};
  return out;
}

Result<Sensitivity> studied(const std::string& path, const CampaignOptions& asked) {
  const auto strait = open_strait(scenario(path));
  EXPECT_TRUE(strait);
  Machines alone;
  return run_sensitivity(**strait, asked, alone);
}

/// The unit's delay decides when the first one is there; the water's temperature decides nothing at all.
TEST(Sensitivity, what_decides_comes_first_and_what_does_not_has_no_width) {
  const test::Scratch scratch;
  const auto path = narrow(scratch, {"readiness_min", "water_c"});
  const auto s = studied(path, options(scratch, {"rescue"}, "first_unit"));
  ASSERT_TRUE(s) << s.error().text();
  ASSERT_EQ(s->knobs.size(), 4u);
  ASSERT_EQ(s->outputs.size(), 1u);
  const Sensitivity::Output& o = s->outputs[0];
  EXPECT_TRUE(s->knobs[o.tornado.front().knob].name().starts_with("units.readiness_min"));
  EXPECT_GT(o.tornado.front().at_high, o.tornado.front().at_low);  // a later start is a later arrival
  EXPECT_EQ(s->knobs[o.tornado.back().knob].name(), "weather.water_c");
  EXPECT_EQ(o.tornado.back().width(), 0);
  EXPECT_EQ(o.over_ranges.size(), 10u);
  EXPECT_TRUE(std::is_sorted(o.over_ranges.begin(), o.over_ranges.end()));
  ASSERT_EQ(o.of_sobol.size(), 2u);
  EXPECT_EQ(s->draws.size(), 1 + 2 * 4 + 10 + 8 * (2 + 2u));
  for (const SobolIndex& index : o.of_sobol) EXPECT_LE(index.total_low, index.total_high);
}

TEST(Sensitivity, a_policy_keeps_what_it_sets_whatever_is_drawn) {
  const test::Scratch scratch;
  auto asked = options(scratch, {"rescue", "quick-start"}, "first_unit");
  const auto s = studied(narrow(scratch, {"readiness_min"}), asked);
  ASSERT_TRUE(s) << s.error().text();
  ASSERT_EQ(s->outputs.size(), 2u);
  EXPECT_EQ(s->outputs[1].name, "quick-start less rescue");
  // quick-start sets all three numbers: its own time is the same in every draw.
  for (const Sensitivity::Draw& draw : s->draws)
    EXPECT_NEAR(draw.values[0] + draw.values[1], s->draws[0].values[0] + s->draws[0].values[1], 1e-9);
}

TEST(Sensitivity, a_line_of_the_file_of_draws_opens_its_numbers_again) {
  const test::Scratch scratch;
  const auto path = narrow(scratch, {"readiness_min"});
  const auto s = studied(path, options(scratch, {"rescue"}, "first_unit"));
  ASSERT_TRUE(s) << s.error().text();
  const auto csv = scratch.write("draws.csv", draws_csv(*s));
  const Scenario of = scenario(path);
  for (const std::size_t d : {std::size_t{0}, s->draws.size() - 1}) {
    const auto numbers = numbers_of_draw(csv, std::to_string(d + 1), of);
    ASSERT_TRUE(numbers) << numbers.error().text();
    for (std::size_t k = 0; k < s->knobs.size(); ++k)
      EXPECT_EQ(numbers->of(s->knobs[k].quantity).v[s->knobs[k].parameter], s->draws[d].numbers[k]);
  }
}

TEST(Sensitivity, a_file_of_draws_that_is_wrong_is_refused_with_line_and_column) {
  const test::Scratch scratch;
  const Scenario shipped_one = scenario(shipped);
  const auto refused = [&](const std::string& text, const std::string& draw) {
    const auto numbers = numbers_of_draw(scratch.write("draws.csv", text), draw, shipped_one);
    return numbers ? std::string() : numbers.error().text();
  };
  EXPECT_NE(refused("number,boats.sturdy\n1,0.5\n", "1").find("draw"), std::string::npos);
  EXPECT_NE(refused("draw,boats.sturdy\n1,0.5\n", "2").find("no draw \"2\""), std::string::npos);
  EXPECT_NE(refused("draw,boats.sturdy\n1,much\n", "1").find("draws.csv:2: boats.sturdy"), std::string::npos);
  EXPECT_NE(refused("draw,boats.sturdy\n1,1.5\n", "1").find("1.5 is outside"), std::string::npos);
  EXPECT_EQ(refused("draw,boats.sturdy,of mine\n1,0.5,x\n", "1"), "");
}

TEST(Sensitivity, a_share_of_nothing_is_refused_and_never_nought) {
  const test::Scratch scratch;
  const auto path = narrow(scratch, {"water_c"}, "");
  Scenario none = scenario(path);
  none.declared[static_cast<std::size_t>(Q::viable_share)].numbers[0].value = 0;
  const auto strait = open_strait(none);
  ASSERT_TRUE(strait);
  Machines alone;
  const auto s = run_sensitivity(**strait, options(scratch, {"rescue"}, "met_in_30"), alone);
  ASSERT_FALSE(s);
  EXPECT_NE(s.error().text().find("share of nothing"), std::string::npos) << s.error().text();
}

TEST(Sensitivity, a_scenario_without_ranges_or_a_figure_that_is_none_is_refused) {
  const test::Scratch scratch;
  const auto path = narrow(scratch, {});
  EXPECT_NE(studied(path, options(scratch, {"rescue"}, "met")).error().text().find("no number with a range"),
            std::string::npos);
  EXPECT_NE(studied(path, options(scratch, {"rescue"}, "mett")).error().text().find("met_in_30"),
            std::string::npos);
}

}  // namespace
}  // namespace varne::days
