/// `varne why` as an inquiry runs it, on the night of 24 November and on records that are not as they should
/// be.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "ran.h"
#include "support.h"
#include "varne/core/json.h"

namespace varne {
namespace {

const test::Scratch& night() {
  static const test::Scratch scratch;
  static const int made =
      test::ran_varne(fmt::format("replay {}/data/days/2021-11-24 --report {} --record {} 2>&1", VARNE_ROOT,
                                  scratch.file("out"), scratch.file("night.db")))
          .status;
  EXPECT_EQ(made, 0);
  return scratch;
}

/// The entries of the night, as its record has them.
std::vector<Json> entries() {
  std::ifstream file(night().file("out") + "/record.jsonl");
  std::vector<Json> out;
  for (std::string line; std::getline(file, line);) out.push_back(parse_json(line).value());
  return out;
}

/// The number of the first verdict on a response.
std::uint64_t first_verdict(const std::string& response) {
  for (const Json& entry : entries()) {
    if (entry["kind"] == "verdict" && entry["body"]["response"] == response) return entry["number"];
  }
  ADD_FAILURE() << "no verdict on " << response;
  return 0;
}

TEST(WhyCommand, names_for_each_word_of_a_verdict_the_entry_that_holds_it) {
  const auto number = first_verdict("rescue");
  for (const char* record : {"out/record.jsonl", "night.db"}) {
    const auto said = test::ran_varne(fmt::format("why {} --record {} --json", number, night().file(record)));
    ASSERT_EQ(said.status, 0);
    const Json why = parse_json(said.out.substr(0, said.out.size() - 1)).value();
    EXPECT_EQ(why["entry"]["number"], number);
    EXPECT_EQ(why["derived_again"], "yes");
    ASSERT_FALSE(why["stood_on"].empty());
    for (const Json& entry : why["stood_on"]) {
      EXPECT_EQ(entry["kind"], "report");
      EXPECT_EQ(entry, entries().at(entry["number"].get<std::size_t>() - 1));
    }
    for (const Json& verdict : why["entry"]["body"]["verdicts"]) {
      for (const Json& rule : verdict["rules"]) {
        const Json& citation = why["citations"][verdict["doctrine"]["name"].get<std::string>()];
        EXPECT_FALSE(citation[rule["id"].get<std::string>()].get<std::string>().empty()) << rule["id"];
      }
    }
  }
  const auto text = test::ran_varne(fmt::format("why {} --record {}", number, night().file("night.db")));
  EXPECT_NE(text.out.find("It stood on:"), std::string::npos);
}

TEST(WhyCommand, leads_from_any_entry_to_the_report_it_followed_from) {
  for (const Json& entry : entries()) {
    if (entry["kind"] != "people") continue;
    const auto said = test::ran_varne(fmt::format(
        "why {} --record {} --json", entry["number"].get<std::uint64_t>(), night().file("night.db")));
    ASSERT_EQ(said.status, 0);
    const Json why = parse_json(said.out.substr(0, said.out.size() - 1)).value();
    ASSERT_EQ(why["stood_on"].size(), 1U);
    EXPECT_EQ(why["stood_on"][0]["body"]["report"]["id"], entry["body"]["source"]);
    return;
  }
}

TEST(WhyCommand, refuses_what_is_not_there) {
  const auto record = night().file("night.db");
  const auto beyond = test::ran_varne(fmt::format("why 999999 --record {} 2>&1", record));
  EXPECT_EQ(beyond.status, 1);
  EXPECT_NE(beyond.out.find("has no entry 999999"), std::string::npos);
  EXPECT_EQ(test::ran_varne(fmt::format("why 0 --record {} 2>&1", record)).status, 2);
  EXPECT_EQ(test::ran_varne("why 1 2>&1").status, 2);
  EXPECT_EQ(test::ran_varne("why 1 --record /nowhere/watch.db 2>&1").status, 1);
  std::ofstream(night().file("empty.db")).close();
  for (const char* command : {"why 1", "prove 1", "tally"}) {
    const auto empty = test::ran_varne(fmt::format("{} --record {} 2>&1", command, night().file("empty.db")));
    EXPECT_EQ(empty.status, 1) << command;
    EXPECT_NE(empty.out.find("empty.db: is no record of Varne"), std::string::npos) << empty.out;
  }
  const auto word = test::ran_varne(fmt::format("why x --record {} 2>&1", record));
  EXPECT_EQ(word.status, 2);
  EXPECT_NE(word.out.find("is no number of an entry"), std::string::npos) << word.out;
  // A verdict that leans on what was not yet said is no verdict of this program.
  const auto forged = night().file("forged.jsonl");
  std::ofstream(forged)
      << R"({"body":{"text":"x","verdict":2},"kind":"override","number":1,"time":"2021-11-24T00:00:00Z"})"
      << '\n';
  const auto said = test::ran_varne(fmt::format("why 1 --record {} 2>&1", forged));
  EXPECT_EQ(said.status, 1);
  EXPECT_NE(said.out.find("entry 2, which did not stand before it"), std::string::npos) << said.out;
}

}  // namespace
}  // namespace varne
