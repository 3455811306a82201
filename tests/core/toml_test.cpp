#include "varne/core/toml.h"

#include <gtest/gtest.h>

namespace varne {
namespace {

TomlFile parsed(std::string_view text) {
  auto file = TomlFile::parse(text, "units.toml");
  EXPECT_TRUE(file.has_value()) << file.error().text();
  return *file;
}

TEST(Toml, fields_are_read_by_kind) {
  const TomlFile file = parsed(
      "name = \"RNLI Dungeness\"\nspeed_kn = 25\nmade = true\nhome = [0.96, 50.91]\nsince = "
      "\"2021-11-11T05:00:00Z\"\n"
      "tags = [\"a\", \"b\"]\n[[crew]]\nn = 6\n[[crew]]\nn = 7\n[sea]\ntides = false\n");
  TomlTable root = file.root();
  EXPECT_EQ(root.text("name"), "RNLI Dungeness");
  EXPECT_EQ(root.number("speed_kn", 1, 80), 25);
  EXPECT_TRUE(root.truth("made"));
  EXPECT_EQ(root.place("home"), (Place{0.96, 50.91}));
  EXPECT_EQ(iso(root.time("since")), "2021-11-11T05:00:00Z");
  EXPECT_EQ(root.texts("tags"), (std::vector<std::string>{"a", "b"}));
  ASSERT_EQ(root.tables("crew").size(), 2U);
  EXPECT_EQ(root.tables("crew")[1].whole("n", 1, 10), 7);
  EXPECT_EQ(root.table("sea")->maybe_truth("tides"), false);
  EXPECT_FALSE(root.maybe_text("absent"));
  root.only_known();
  EXPECT_FALSE(file.wrong());
}

/// What a reader says of this text when it reads one unit from it.
std::string refusal(std::string_view text) {
  const TomlFile file = parsed(text);
  TomlTable root = file.root();
  root.text("name");
  root.number("speed_kn", 1, 80);
  root.maybe_time("since");
  root.only_known();
  return file.wrong() ? file.wrong()->text() : "";
}

TEST(Toml, a_refusal_names_file_line_and_field) {
  EXPECT_EQ(refusal("name = \"a\"\nspeed_kn = \"fast\"\n"),
            "units.toml:2: speed_kn: \"fast\" is not a number from 1 to 80");
  EXPECT_EQ(refusal("name = \"a\"\nspeed_kn = 900\n"),
            "units.toml:2: speed_kn: 900 is not a number from 1 to 80");
  EXPECT_EQ(refusal("name = \"a\"\nspeed_kn = nan\n"),
            "units.toml:2: speed_kn: nan is not a number from 1 to 80");
  EXPECT_EQ(refusal("name = \"a\"\nspeed_kn = 9\nsped = 1\n"),
            "units.toml:3: sped: is not a field here; known are name, since, speed_kn");
  EXPECT_EQ(refusal("speed_kn = 9\nname = 3\n"), "units.toml:2: name: 3 is not a text in quotes");
  EXPECT_NE(refusal("name = \"a\"\nspeed_kn = 9\nsince = 2021-11-11\n")
                .find("units.toml:3: since: a date is not a time"),
            std::string::npos);
}

TEST(Toml, the_first_error_stays) {
  EXPECT_EQ(refusal("name = 1\nspeed_kn = \"x\"\n"), "units.toml:1: name: 1 is not a text in quotes");
}

TEST(Toml, what_is_not_toml_is_refused_with_its_line) {
  const auto bad = TomlFile::parse("a = 1\nb = = 2\n", "x.toml");
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().where, "x.toml:2");
  EXPECT_FALSE(TomlFile::parse("a = \"\xff\"", "x.toml"));
  EXPECT_FALSE(TomlFile::open("/nowhere/x.toml"));
}

}  // namespace
}  // namespace varne
