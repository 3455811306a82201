#include "varne/days/scenario.h"

#include <gtest/gtest.h>

#include <fstream>

#include "small_scenario.h"

namespace varne::days {
namespace {

/// What a file that extends the shipped one by these lines is refused for.
std::string refused(const std::string& lines) {
  const test::Scratch scratch;
  const auto loaded = load_scenario(extension(scratch, lines));
  return loaded ? "" : loaded.error().text();
}

TEST(Scenario, the_shipped_one_loads_and_every_assumed_number_has_a_range) {
  const Scenario s = scenario(shipped);
  EXPECT_EQ(s.year, 2021);
  for (const QuantityWords& words : quantity_table()) {
    const Declared& d = s[words.quantity];
    ASSERT_FALSE(d.numbers.empty()) << words.name;
    EXPECT_NE(d.source.empty(), d.assumed.empty()) << words.name;
    for (const Number& n : d.numbers) EXPECT_TRUE(!d.assumed.empty() <= n.range.has_value()) << words.name;
  }
  EXPECT_GT(s.knobs().size(), 50u);
}

TEST(Scenario, one_that_extends_another_changes_only_what_it_says) {
  const test::Scratch scratch;
  const Scenario base = scenario(shipped);
  const Scenario s = scenario(extension(
      scratch, "[boats]\nspeed_kn = { value = 9, value_range = [8, 10], assumed = \"a fast one\" }\n"));
  EXPECT_EQ(s.name, "small");
  EXPECT_EQ(s.numbers()[Q::speed], 9);
  EXPECT_EQ(s.numbers().of(Q::speed).shape, Shape::fixed);
  EXPECT_EQ(s.numbers()[Q::boats_a_day], base.numbers()[Q::boats_a_day]);
  EXPECT_EQ(s.beaches.size(), base.beaches.size());
}

TEST(Scenario, bad_input_is_refused_with_file_line_and_field) {
  struct Case {
    const char* lines;
    const char* says;
  };
  for (const Case& c : {
           Case{"[calls]\nin_trouble = { value = 1.2, value_range = [0, 1], assumed = \"x\" }",
                "scenario.toml:5"},
           Case{"[calls]\nin_trouble = { value = 1.2, value_range = [0, 1], assumed = \"x\" }", "1.2"},
           Case{"[calls]\nin_trouble = { value = 0.5, value_range = [0.9, 0.1], assumed = \"x\" }",
                "upside down"},
           Case{"[calls]\nin_trouble = { value = 0.5, value_range = [0.6, 0.9], assumed = \"x\" }",
                "does not hold its value"},
           Case{"[calls]\nin_trouble = { value = 0.5, value_range = [0.4, 1.5], assumed = \"x\" }",
                "value_range"},
           Case{"[calls]\nin_trouble = { value = 0.5, assumed = \"x\" }", "has no range"},
           Case{"[calls]\nin_trouble = { value = 0.5 }", "source"},
           Case{
               "[calls]\nin_trouble = { value = 0.5, value_range = [0, 1], source = \"a\", assumed = \"b\" }",
               "one or the other"},
           Case{"[calls]\nin_trouble = { is = \"normal\", mean = 0.5, sd = 0.1, source = \"a\" }",
                "one number"},
           Case{"[boats]\nspeed_kn = { is = \"gaussian\", value = 4, source = \"a\" }", "gaussian"},
           Case{"[boats]\nspeed_kn = { is = \"uniform\", from = 9, to = 3, source = \"a\" }", "above"},
           Case{"[boats]\nsped_kn = { value = 4, source = \"a\" }", "sped_kn"},
           Case{"[[policy]]\nname = \"p\"\nsays = \"x\"\ndoctrines = [\"rescue\", \"no-such\"]", "no-such"},
           Case{"[[policy]]\nname = \"p\"\nsays = \"x\"\ndoctrines = [\"fr-assist\"]", "lacks \"rescue\""},
           Case{"[[policy]]\nname = \"p\"\nsays = \"x\"\ndoctrines = [\"rescue\"]\nwithout_units = "
                "[\"Nobody\"]",
                "Nobody"},
           Case{"[[policy]]\nname = \"p\"\nsays = \"x\"\ndoctrines = [\"rescue\"]\nset = { \"boats.sped\" = "
                "4 }",
                "boats.sped"},
           Case{"[[policy]]\nname = \"p\"\nsays = \"x\"\ndoctrines = [\"rescue\"]\nset = { "
                "\"calls.in_trouble\" = 4 }",
                "calls.in_trouble"},
           Case{"[units]\nreadiness_min = { is = \"triangular\", from = 5, from_range = [3, 12], mode = 12, "
                "mode_range = [10, 16], to = 25, to_range = [16, 45], assumed = \"x\" }",
                "from_range"},
           Case{"[[policy]]\nname = \"p\"\nsays = \"x\"\ndoctrines = [\"rescue\"]\nset = { "
                "\"units.readiness_min.mode\" = 4 }",
                "set both"},
           Case{"traffic = 3", "traffic"},
           Case{"[[lane]]\nname = \"l\"\npoints = [{ at = [1.7, 50.97] }]", "two or more"},
           Case{"[ships]\nreports = { value = 2, value_range = [0, 1], assumed = \"x\" }", "value"},
           Case{"[[beach]]\nname = \"b\"\nat = [1.7, 50.97]\nmakes_for = [1.3, 51.1]\nshare = 0.5",
                "must be 1"},
       }) {
    const std::string said = refused(c.lines);
    EXPECT_NE(said.find("scenario.toml"), std::string::npos) << c.lines << "\n" << said;
    EXPECT_NE(said.find(c.says), std::string::npos) << c.lines << "\n" << said;
  }
}

TEST(Scenario, one_that_extends_itself_is_refused) {
  const test::Scratch scratch;
  const auto path = scratch.write("a.toml", "extends = \"b.toml\"\nname = \"a\"\ntitle = \"a\"\n");
  scratch.write("b.toml", "extends = \"a.toml\"\nname = \"b\"\ntitle = \"b\"\n");
  const auto loaded = load_scenario(path);
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().text().find("extends itself"), std::string::npos);
}

TEST(Scenario, a_policy_that_is_not_there_is_refused_with_those_that_are) {
  const auto policy = scenario(shipped).policy("rescu");
  ASSERT_FALSE(policy);
  EXPECT_NE(policy.error().text().find("rescue, turnaround-2021"), std::string::npos)
      << policy.error().text();
}

TEST(Scenario, the_table_of_quantities_is_in_their_order) {
  for (std::size_t i = 0; i < quantities; ++i) EXPECT_EQ(quantity_table()[i].quantity, static_cast<Q>(i));
}

TEST(Scenario, the_manual_names_every_quantity_and_what_it_is) {
  const std::string manual = test::read_all(std::string(VARNE_ROOT) + "/docs/scenarios.md");
  for (const QuantityWords& words : quantity_table())
    EXPECT_NE(manual.find("| `" + std::string(words.name) + "` | " + std::string(words.says)),
              std::string::npos)
        << "| `" << words.name << "` | " << words.says << " |";
}

}  // namespace
}  // namespace varne::days
