/// docs/doctrine.md says what the program does: its file loads, its refusals are the refusals, its verdict
/// the verdict. VARNE_GOLDEN=write puts what the program says into the page after a change that was meant.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "support.h"
#include "varne/doctrine/encounter_file.h"
#include "varne/doctrine/explain.h"
#include "varne/doctrine/reasons.h"

namespace varne {
namespace {

const std::string page = VARNE_ROOT "/docs/doctrine.md";

const Vocabulary& words() {
  static const Vocabulary v = *Vocabulary::load(VARNE_ROOT "/data/doctrine/facts.toml");
  return v;
}

/// Everything that stands in fenced blocks of this language, one after the other.
std::string blocks(const std::string& language) {
  std::istringstream in(test::read_all(page));
  std::string out;
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("```")) {
      inside = line == "```" + language;
    } else if (inside) {
      out += line + "\n";
    }
  }
  return out;
}

/// What a block of the page says is what the program says.
void expect_says(const std::string& language, const std::string& said) {
  if (std::getenv("VARNE_GOLDEN") != nullptr) {
    auto text = test::read_all(page);
    const auto from = text.find("```" + language + "\n") + language.size() + 4;
    text.replace(from, text.find("```", from) - from, said);
    std::ofstream(page, std::ios::binary) << text;
  }
  EXPECT_EQ(blocks(language), said);
}

Doctrine example() {
  auto doctrine = parse_doctrine(words(), blocks("toml"), "example.toml");
  EXPECT_TRUE(doctrine) << doctrine.error().text();
  return std::move(*doctrine);
}

TEST(DoctrineDocs, the_facts_shown_are_those_that_ship) {
  const auto shown = Vocabulary::parse(blocks("toml facts"), "facts.toml", {});
  ASSERT_TRUE(shown) << shown.error().text();
  EXPECT_EQ(shown->size(), 4U);
  for (FactId f = 0; f < shown->size(); ++f) {
    const auto shipped = words().find((*shown)[f].name);
    ASSERT_TRUE(shipped) << (*shown)[f].name;
    EXPECT_EQ(words()[*shipped].says, (*shown)[f].says);
    EXPECT_EQ(words()[*shipped].good_for, (*shown)[f].good_for);
    EXPECT_EQ(words()[*shipped].kind, (*shown)[f].kind);
    EXPECT_EQ(words()[*shipped].least, (*shown)[f].least);
    EXPECT_EQ(words()[*shipped].most, (*shown)[f].most);
  }
}

TEST(DoctrineDocs, every_refusal_is_the_one_shown) {
  const std::string whole = blocks("toml");
  std::istringstream in(blocks("refused"));
  std::string from;
  std::string to;
  std::string said;
  int count = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("- ")) {
      from = line.substr(2) + "\n";
    } else if (line.starts_with("+ ")) {
      to = line.substr(2) + "\n";
      const auto at = whole.find("\n" + from);
      ASSERT_NE(at, std::string::npos) << from;
      const auto refused =
          check_doctrine_text(words(), std::string(whole).replace(at + 1, from.size(), to), "example.toml");
      ASSERT_FALSE(refused) << to;
      said += (count == 0 ? "- " : "\n- ") + from + "+ " + to;
      for (const Error& error : refused.error()) said += error.text() + "\n";
      ++count;
    }
  }
  EXPECT_GE(count, 15);
  expect_says("refused", said);
}

TEST(DoctrineDocs, the_example_reads_as_shown) {
  const auto text = explain(words(), example());
  expect_says("explained", text.substr(0, text.find("\nWhat this is")));
}

TEST(DoctrineDocs, the_verdict_is_the_one_shown) {
  const auto encounter = parse_encounter(words(), blocks("json"), "encounter.json");
  ASSERT_TRUE(encounter) << encounter.error().text();
  const Doctrine doctrine = example();
  const auto judgement = judge(words(), doctrine, *encounter);
  EXPECT_EQ(judgement.verdicts[2].ruling, Ruling::refused);
  expect_says("judged", reasons_text(words(), *encounter, judgement, judgement.verdicts[2]));
}

}  // namespace
}  // namespace varne
