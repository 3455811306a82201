/// `varne doctrine` and `varne judge` as a person runs them. What they print of the shipped doctrines stands
/// in golden/ to be read; VARNE_GOLDEN=write writes it anew after a change that was meant.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "ran.h"
#include "support.h"
#include "varne/core/json.h"

namespace varne {
namespace {

const std::string root = VARNE_ROOT;
const std::string doctrines = root + "/data/doctrine/";
const std::string golden = root + "/tests/apps/golden/";
/// A boat as many were met on 11 November 2021, before dawn.
const std::string that_day = golden + "2021-11-11.json";

void expect_golden(const std::string& name, const std::string& text) {
  if (std::getenv("VARNE_GOLDEN") != nullptr) std::ofstream(golden + name, std::ios::binary) << text;
  EXPECT_EQ(text, test::read_all(golden + name)) << name;
}

void expect_short_lines(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 78U) << line;
}

/// The part of `varne judge` that speaks of one response.
std::string about(const std::string& text, const std::string& title) {
  const auto at = text.find("\n" + title + ": ");
  if (at == std::string::npos) return "";
  return text.substr(at + 1, text.find("\n\n", at) + 1 - at);
}

TEST(DoctrineCommand, explains_every_shipped_doctrine_in_short_lines) {
  for (const char* name : {"rescue", "uk-turnaround-2021", "fr-assist"}) {
    const auto said = test::ran_varne("doctrine explain " + doctrines + name + ".toml");
    EXPECT_EQ(said.status, 0);
    expect_short_lines(said.out);
    expect_golden(fmt::format("explain-{}.txt", name), said.out);
  }
}

TEST(DoctrineCommand, check_says_what_is_fit) {
  const auto said =
      test::ran_varne(fmt::format("doctrine check {0}rescue.toml {0}fr-assist.toml", doctrines));
  EXPECT_EQ(said.status, 0);
  EXPECT_NE(said.out.find("rescue.toml: fit: 25 rules, 8 responses\n"), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("fr-assist.toml: fit: 16 rules, 5 responses\n"), std::string::npos) << said.out;
}

TEST(DoctrineCommand, check_names_every_problem_by_file_and_line_and_fails) {
  const test::Scratch scratch;
  auto text = test::read_all(doctrines + "uk-turnaround-2021.toml");
  const auto change = [&](const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
  };
  change("needs = [\"no_distress\", ", "needs = [");
  change("consents = [\"captain\", \"commander\"]", "consents = [\"minister\"]");
  change("fact = \"boat_sturdy\"", "fact = \"boat_strong\"");
  const auto file = scratch.write("broken.toml", text);
  const auto said = test::ran_varne(fmt::format("doctrine check {} {}rescue.toml", file, doctrines));
  EXPECT_EQ(said.status, 1);
  for (const char* reason : {": fact: \"boat_strong\" is not in the vocabulary", "life comes first",
                             "takes the consent of \"minister\"", "both \"captain\" and \"commander\""}) {
    const auto at = said.out.find(reason);
    ASSERT_NE(at, std::string::npos) << reason << "\n" << said.out;
    EXPECT_EQ(said.out.find(file + ":", said.out.rfind('\n', at) + 1), said.out.rfind('\n', at) + 1);
  }
  EXPECT_NE(said.out.find(file + ": not fit: 4 problems\n"), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("rescue.toml: fit: "), std::string::npos) << "the others are looked at too";
}

TEST(DoctrineCommand, a_missing_file_fails_and_a_wrong_command_is_a_2) {
  const auto missing = test::ran_varne("doctrine check nowhere.toml");
  EXPECT_EQ(missing.status, 1);
  EXPECT_NE(missing.out.find("nowhere.toml"), std::string::npos);
  EXPECT_EQ(test::ran_varne("doctrine explain nowhere.toml 2>&1").status, 1);
  for (const char* wrong :
       {"doctrine", "doctrine check", "doctrine explain a b", "judge", "judge a --colour"})
    EXPECT_EQ(test::ran_varne(std::string(wrong) + " 2>&1").status, 2) << wrong;
}

TEST(JudgeCommand, the_turnaround_of_that_day_is_refused_and_the_refusal_can_be_read) {
  const auto said = test::ran_varne("judge " + that_day);
  EXPECT_EQ(said.status, 0);
  expect_short_lines(said.out);
  // What must be done stands first.
  EXPECT_TRUE(said.out.starts_with("REQUIRED        Rescue those aboard\n")) << said.out.substr(0, 200);
  expect_golden("judge-turn-round.txt", about(said.out, "Turn the boat round"));
  expect_golden("judge-rescue.txt", about(said.out, "Rescue those aboard"));
  expect_golden("judge-stop-by-force.txt", about(said.out, "Stop the boat at sea by force"));
}

TEST(JudgeCommand, gives_the_same_as_json_with_every_rule) {
  const auto said = test::ran_varne("judge --json " + that_day);
  EXPECT_EQ(said.status, 0);
  const auto json = parse_json(said.out);
  ASSERT_TRUE(json) << json.error().text();
  bool met = false;
  for (const Json& joint : *json) {
    for (const Json& one : joint["verdicts"])
      if (one["kind"] == "rescue") EXPECT_NE(joint["ruling"], "refused");
    if (joint["response"] != "turn_round") continue;
    met = true;
    EXPECT_EQ(joint["ruling"], "refused");
    const Json& verdict = joint["verdicts"][0];
    EXPECT_EQ(verdict["permits"], false);
    EXPECT_EQ(verdict["distress_ruled_out"], "no");
    EXPECT_EQ(verdict["consents"][0]["given"], false);
    EXPECT_EQ(verdict["orders"].size(), 1U);
    EXPECT_EQ(verdict["rules"].size(), 18U);
  }
  EXPECT_TRUE(met);
}

TEST(JudgeCommand, one_response_of_several_encounters) {
  const test::Scratch scratch;
  const auto bare = scratch.write("bare.json", R"({"now": "2026-11-23T12:00:00Z"})");
  const auto said = test::ran_varne(fmt::format("judge --response turn_round {} {}", that_day, bare));
  EXPECT_EQ(said.status, 0);
  const auto refused = said.out.find("Turn the boat round: REFUSED\n");
  const auto today = said.out.find(bare + "\nTurn the boat round: NOT IN FORCE\n");
  EXPECT_LT(refused, today) << said.out;
  EXPECT_NE(today, std::string::npos) << said.out;
  EXPECT_EQ(said.out.find("Rescue those aboard"), std::string::npos);
  const auto unknown = test::ran_varne("judge --response turn_around " + bare + " 2>&1");
  EXPECT_EQ(unknown.status, 2);
  EXPECT_NE(unknown.out.find("--response: \"turn_around\" is none of "), std::string::npos) << unknown.out;
}

TEST(JudgeCommand, doctrines_that_disagree_are_named_before_either_is_read) {
  const test::Scratch scratch;
  for (const char* file : {"facts.toml", "fr-assist.toml"})
    scratch.write(file, test::read_all(doctrines + file));
  scratch.write("other.toml",
                "name = \"other\"\ntitle = \"Another\"\nauthority = \"x\"\nterritory = \"x\"\nabout = \"x\"\n"
                "missing = \"x\"\n[[rule]]\nid = \"calm\"\nsays = \"an officer rules out distress\"\n"
                "fact = \"distress\"\nis = false\ncitation = \"reported: test\"\n"
                "[[response]]\nid = \"stop_by_force\"\ntitle = \"Stop the boat at sea by force\"\n"
                "kind = \"enforcement\"\nstance = \"permits\"\nneeds = [\"calm\"]\n"
                "consents = [\"captain\", \"commander\"]\nrefused = \"x\"\ncitation = \"reported: test\"\n");
  Json encounter{{"now", "2021-11-11T06:00:00Z"}};
  const auto say = [&](const std::string& fact, const Json& value) {
    encounter["facts"][fact] = {
        {{"value", value}, {"source", "a cutter"}, {"role", "captain"}, {"at", "2021-11-11T06:00:00Z"}}};
  };
  for (const char* danger : {"distress", "people_in_water", "engine_stopped", "taking_water", "call_for_help",
                             "medical_case", "child_alone", "overloaded", "wide_inquiry_failed"})
    say(danger, false);
  say("under_way", true);
  say("waters", "FR");
  for (const char* role : {"captain", "commander"})
    encounter["consents"].push_back({{"response", "stop_by_force"},
                                     {"role", role},
                                     {"given", true},
                                     {"by", role},
                                     {"at", "2021-11-11T06:00:00Z"}});
  const auto file = scratch.write("e.json", encounter.dump());
  const auto said =
      test::ran_varne(fmt::format("judge --response stop_by_force --doctrine {} {}", scratch.file(""), file));
  EXPECT_EQ(said.status, 0);
  EXPECT_TRUE(said.out.starts_with("Stop the boat at sea by force: CONFLICT\n")) << said.out;
  EXPECT_NE(
      said.out.find("permitted by \"Another\", since it holds that:\n    - an officer rules out distress"),
      std::string::npos)
      << said.out;
  EXPECT_NE(said.out.find("    - the boat is under way in French waters\n"), std::string::npos) << said.out;
}

TEST(JudgeCommand, a_bad_encounter_is_refused_by_file_and_field) {
  const test::Scratch scratch;
  const auto refused = [&](const std::string& text) {
    const auto said = test::ran_varne("judge " + scratch.write("e.json", text) + " 2>&1");
    EXPECT_EQ(said.status, 1) << text;
    return said.out.substr(0, said.out.find('\n')).erase(0, said.out.find("e.json"));
  };
  EXPECT_EQ(refused("{}"), "e.json: now: must be a text");
  EXPECT_EQ(refused(R"({"now": "2021-11-11T06:00:00Z", "colour": 1})"),
            "e.json: \"colour\" is not a member here");
  EXPECT_EQ(refused(R"({"now": "2021-11-11T06:00:00Z", "facts": {"distres": []}})"),
            "e.json: facts: \"distres\" is not in the vocabulary (facts.toml)");
  EXPECT_EQ(refused(R"({"now": "2021-11-11T06:00:00Z", "facts": {"distress": [{"value": "no", "source": "s",
                        "at": "2021-11-11T05:00:00Z"}]}})"),
            "e.json: distress: value: is a truth; give true or false, or leave it out if it is not known");
  EXPECT_EQ(refused(R"({"now": "2021-11-11T06:00:00Z", "facts": {"distress": [{"value": false, "source": "s",
                        "at": "2021-11-11T07:00:00Z"}]}})"),
            "e.json: distress: at: is after \"now\"; nobody knew it yet");
  EXPECT_NE(refused("{\"now\": ").find("e.json"), std::string::npos);
}

}  // namespace
}  // namespace varne
