/// What was tried against doctrines, vocabularies and verdicts, and must not give way: dangers left out,
/// names that look alike, numbers that cannot be, words of a time to come, one person in two roles.
#include <fmt/format.h>
#include <gtest/gtest.h>
// rapidcheck wants gtest first
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

#include "small.h"
#include "support.h"
#include "varne/doctrine/encounter_file.h"
#include "varne/doctrine/reasons.h"
#include "varne/doctrine/rulebook.h"

namespace varne {
namespace {

using test::noon;
using test::words;

const std::string folder = VARNE_ROOT "/data/doctrine";

FactId fact(const char* name) {
  return *words().find(name);
}

std::string refused_vocabulary(const std::string& text) {
  const auto v = Vocabulary::parse(text, "facts.toml");
  return v ? "" : v.error().text();
}

/// A text with one place of it changed.
std::string changed(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

const std::string fit = test::small_head + test::small_rules + test::small_response;

TEST(Hardened, no_vocabulary_leaves_a_danger_out) {
  const std::string shipped = test::read_all(folder + "/facts.toml");
  ASSERT_EQ(refused_vocabulary(shipped), "");
  for (const std::string danger : least_dangers) {
    const std::string named = "name = \"" + danger + "\"\n";
    // Left out, called something else, or no sign of danger any more.
    for (const auto& text : {changed(shipped, named, "name = \"another\"\n"),
                             changed(shipped, named + "kind = \"truth\"\ndanger = true\n",
                                     named + "kind = \"truth\"\ndanger = false\n")}) {
      EXPECT_NE(refused_vocabulary(text).find("lacks the fact \"" + danger + "\" with danger = true"),
                std::string::npos)
          << danger << ": " << refused_vocabulary(text);
    }
  }
}

TEST(Hardened, no_word_that_there_is_no_danger_lasts_for_days) {
  const std::string shipped = test::read_all(folder + "/facts.toml");
  EXPECT_NE(refused_vocabulary(changed(shipped, "good_for_s = 600", "good_for_s = 1e7"))
                .find("good_for_s: a sign of danger needs good_for_s of at most 21600 s"),
            std::string::npos);
  EXPECT_NE(refused_vocabulary(changed(shipped, "good_for_s = 600\n", ""))
                .find("a sign of danger needs good_for_s"),
            std::string::npos);
}

TEST(Hardened, names_that_look_alike_are_refused_at_their_line) {
  const std::string shipped = test::read_all(folder + "/facts.toml");
  for (const char* name : {"dіstress", "ｄistress", "distress\u200B", "calm sea", "δ"}) {
    const auto said =
        refused_vocabulary(changed(shipped, "name = \"distress\"", fmt::format("name = \"{}\"", name)));
    EXPECT_TRUE(said.starts_with("facts.toml:10: name: \"")) << said;
    EXPECT_NE(said.find("names are of ASCII letters, digits, '_', '-' and '.'"), std::string::npos) << said;
  }
  EXPECT_NE(
      refused_vocabulary(changed(shipped, "\"FR\"", "\"FR\", \"UК\"")).find("choices: \"U??\" is written"),
      std::string::npos);
  for (const auto& [from, to] : {std::pair{"id = \"turn\"", "id = \"tυrn\""},
                                 {"id = \"turn\"", "id = \"turn\u200B\""},
                                 {"id = \"calm\"", "id = \"са\u200Dlm\""},
                                 {"name = \"small\"", "name = \"ѕmall\""}}) {
    const auto text = changed(fit, from, to);
    const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<long>(text.find(to)), '\n');
    const auto said = test::refusal(text);
    EXPECT_TRUE(said.starts_with(fmt::format("d.toml:{}: ", line))) << said;
    EXPECT_NE(said.find("so that no two look the same"), std::string::npos) << said;
  }
  const auto said = test::refusal(
      changed(fit, "[[rule]]",
              "[[parameter]]\nname = \"lіmit\"\nunit = \"m\"\nsays = \"x\"\ncitation = \"t\"\n[[rule]]"));
  EXPECT_NE(said.find("name: \"l??mit\" is no name"), std::string::npos) << said;
}

TEST(Hardened, a_text_without_letters_cites_and_says_nothing) {
  for (const char* nothing : {"\u200B", "\u3164", "...", "\u00A0"}) {
    EXPECT_NE(test::refusal(changed(fit, "at_least = 2897\ncitation = \"test\"",
                                    fmt::format("at_least = 2897\ncitation = \"{}\"", nothing)))
                  .find("rule \"long_enough\" has no citation"),
              std::string::npos);
    EXPECT_NE(test::refusal(changed(fit, "says = \"the sea is calm\"", fmt::format("says = \"{}\"", nothing)))
                  .find("says: says nothing"),
              std::string::npos);
  }
}

const std::string with_parameter = changed(
    changed(fit, "at_least = 2897", "at_least_parameter = \"least\""), "[[rule]]",
    "[[parameter]]\nname = \"least\"\nunit = \"m\"\nsays = \"the least way\"\ncitation = \"t\"\n[[rule]]");

TEST(Hardened, a_number_that_cannot_be_is_refused_wherever_it_stands) {
  // small.h: length from 0 to 100,000 m.
  EXPECT_NE(test::refusal(changed(fit, "at_least = 2897", "at_least = 2e5"))
                .find("is not a number from 0 to 100000"),
            std::string::npos);
  EXPECT_NE(test::refusal(changed(with_parameter, "unit = \"m\"\n", "unit = \"m\"\nvalue = -1\n"))
                .find("value: -1 m cannot be; the least way is from 0 to 100000 m"),
            std::string::npos);
  EXPECT_EQ(fact_value(words(), fact("length"), 1e6, "chart", noon).error().text(),
            "length: 1000000 m cannot be; it is from 0 to 100000 m");
  EXPECT_TRUE(fact_value(words(), fact("length"), 1e5, "chart", noon));
  const std::string number = "[[fact]]\nname = \"n\"\nkind = \"number\"\nunit = \"m\"\nsays = \"s\"\n";
  const std::string shipped = test::read_all(folder + "/facts.toml");
  EXPECT_NE(refused_vocabulary(shipped + number).find("lacks the field \"least\""), std::string::npos)
      << refused_vocabulary(shipped + number);
  EXPECT_NE(
      refused_vocabulary(shipped + number + "least = 2\nmost = 1\n").find("most: is less than \"least\""),
      std::string::npos);
}

/// Everything known and agreed, by the minute of `at`; what a test changes comes after.
Encounter good(Time at = noon) {
  return test::calm_day(at);
}

Verdict verdict(const Doctrine& doctrine, const Encounter& e) {
  return judge(words(), doctrine, e).verdicts[0];
}
const Doctrine& doctrine() {
  static const Doctrine d = *parse_doctrine(words(), fit, "d.toml");
  return d;
}

TEST(Hardened, a_parameter_that_cannot_be_counts_for_nothing) {
  const Doctrine d = *parse_doctrine(words(), with_parameter, "d.toml");
  Encounter e = good();
  e.parameters["small.least"] = {2897, "director", noon};
  EXPECT_EQ(verdict(d, e).ruling, Ruling::permitted);
  e.parameters["small.least"] = {-5, "director", noon};
  EXPECT_EQ(verdict(d, e).ruling, Ruling::unknown);
  e.parameters["small.least"] = {2897, "director", noon + Duration(1)};
  EXPECT_EQ(verdict(d, e).ruling, Ruling::unknown);  // signed for later
}

TEST(Hardened, one_person_is_not_captain_and_commander) {
  for (const char* by : {"A. Exercise", "a. exercise", "A.  Exercise", "А. Exercise", "A. Exercise\u200B"}) {
    Encounter e = good();
    e.forget_consent("turn", "captain");
    e.forget_consent("turn", "commander");
    e.hear({"turn", "captain", true, "A. Exercise", noon});
    e.hear({"turn", "commander", true, by, noon});
    const auto j = judge(words(), doctrine(), e);
    EXPECT_EQ(j.verdicts[0].ruling, Ruling::unknown) << by;
    EXPECT_EQ(summary(j, j.verdicts[0]),
              "unknown: the captain and the commander are one person (A. Exercise), and each must agree");
    // Another in either role, and two have agreed.
    Encounter other = e;
    other.hear({"turn", "commander", true, "B. Exercise", noon});
    EXPECT_EQ(verdict(doctrine(), other).ruling, Ruling::permitted);
    e.hear({"turn", "captain", true, "B. Exercise", noon});
    EXPECT_EQ(verdict(doctrine(), e).ruling, Ruling::permitted);
    // And the one person's no is a no in whichever role.
    e.hear({"turn", "captain", false, "A. Exercise", noon});
    EXPECT_EQ(verdict(doctrine(), e).ruling, Ruling::refused);
  }
}

TEST(Hardened, a_no_stands_whoever_else_of_that_office_says_yes_and_in_whatever_order) {
  for (const char* role : {"captain", "commander"}) {
    for (const bool first : {true, false}) {
      Encounter e = good();
      if (first) e.forget_consent("turn", role);
      e.hear({"turn", role, false, "by radio", noon});
      if (first) e.hear({"turn", role, true, "of a cutter", noon});
      EXPECT_EQ(verdict(doctrine(), e).ruling, Ruling::refused) << role << first;
      e.hear({"turn", role, true, "by radio", noon + Duration(1)});
      e.now = noon + Duration(1);
      EXPECT_EQ(verdict(doctrine(), e).ruling, Ruling::permitted) << "who said no says yes";
    }
  }
}

TEST(Hardened, nobody_agrees_who_cannot_be_named_or_before_the_time) {
  Encounter e = good();
  e.forget_consent("turn", "captain");
  e.hear({"turn", "captain", true, "\u200B", noon});
  EXPECT_EQ(verdict(doctrine(), e).ruling, Ruling::unknown);
  e.forget_consent("turn", "captain");
  e.hear({"turn", "captain", true, "captain of a cutter", noon + Duration(1)});
  EXPECT_EQ(verdict(doctrine(), e).ruling, Ruling::unknown);
  EXPECT_EQ(next_change(words(), {doctrine()}, e), noon + Duration(1));
  // A no counts whatever its date.
  e.hear({"turn", "captain", false, "captain of a cutter", noon + Duration(2)});
  EXPECT_EQ(verdict(doctrine(), e).ruling, Ruling::refused);
}

TEST(Hardened, a_word_of_a_time_to_come_is_unknown_and_said_to_be) {
  Encounter e = good();
  e.say(words(), fact("calm"), {1, "captain", noon + std::chrono::minutes(5)});
  const auto j = judge(words(), doctrine(), e);
  EXPECT_EQ(j.verdicts[0].ruling, Ruling::unknown);
  EXPECT_NE(reasons_text(words(), e, j, j.verdicts[0]).find("Of a time to come: yes, says captain"),
            std::string::npos)
      << reasons_text(words(), e, j, j.verdicts[0]);
  EXPECT_EQ(next_change(words(), {doctrine()}, e), noon + std::chrono::minutes(5));
  // A danger counts at once, whatever its date.
  e = good();
  e.say(words(), fact("distress"), {1, "caller", noon + std::chrono::hours(5)});
  EXPECT_EQ(verdict(doctrine(), e).ruling, Ruling::refused);
}

/// However words are dated, what is permitted stands on words that have been said and are still good.
RC_GTEST_PROP(Hardened, no_date_makes_a_permission_outlive_its_facts, ()) {
  const auto some_time = [] { return noon + std::chrono::seconds(*rc::gen::inRange(-9000, 9000)); };
  Encounter e(words());
  e.now = some_time();
  // Distress is good for 10 minutes, in_water and calm for an hour, length for ever.
  const std::tuple<const char*, double, std::int64_t> all[] = {
      {"distress", 0, 600}, {"in_water", 0, 3600}, {"calm", 1, 3600}, {"length", 3000, 1000000}};
  std::map<std::string, bool> good_word;
  for (const auto& [name, value, good_for] : all) {
    for (const char* source : {"captain", "another"}) {
      const Time at = *rc::gen::arbitrary<bool>() ? e.now : some_time();
      e.say(words(), fact(name), {value, source, at, "captain"});
      good_word[name] |= at <= e.now && e.now - at <= std::chrono::seconds(good_for);
    }
  }
  Time agreed[2];
  for (const int i : {0, 1}) {
    agreed[i] = *rc::gen::arbitrary<bool>() ? e.now : some_time();
    e.hear({"turn", i == 0 ? "captain" : "commander", true, i == 0 ? "A" : "B", agreed[i]});
  }
  const bool stands = good_word["distress"] && good_word["in_water"] && good_word["calm"] &&
                      good_word["length"] && agreed[0] <= e.now && agreed[1] <= e.now;
  RC_CLASSIFY(stands, "stands");
  RC_ASSERT(verdict(doctrine(), e).permits() == stands);
}

TEST(Hardened, what_is_judged_by_has_one_hash_with_the_vocabulary_in_it) {
  const test::Scratch scratch;
  for (const auto& file : {"facts.toml", "rescue.toml", "fr-assist.toml"})
    scratch.write(file, test::read_all(folder + "/" + file));
  const auto before = load_rulebook(scratch.file(""));
  ASSERT_TRUE(before) << before.error().text();
  for (const auto& file : {"facts.toml", "rescue.toml", "fr-assist.toml"}) {
    scratch.write(file, test::read_all(folder + "/" + file) + "# another word\n");
    const auto after = load_rulebook(scratch.file(""));
    ASSERT_TRUE(after);
    EXPECT_NE(hash_of(*after), hash_of(*before)) << file;
    scratch.write(file, test::read_all(folder + "/" + file));
  }
  EXPECT_EQ(hash_of(*load_rulebook(scratch.file(""))), hash_of(*before));
}

TEST(Hardened, an_encounter_without_somebody_who_answers_is_refused) {
  const auto refused = [](const char* text) {
    const auto e = parse_encounter(words(), text, "e.json");
    return e ? std::string() : e.error().text();
  };
  EXPECT_EQ(
      refused(
          R"({"now":"2021-11-11T12:00:00Z","facts":{"calm":[{"value":true,"source":"\u200b","at":"2021-11-11T12:00:00Z"}]}})"),
      "e.json: calm: source: says nothing that can be read; say in letters who it is");
  EXPECT_EQ(
      refused(
          R"({"now":"2021-11-11T12:00:00Z","consents":[{"response":"turn","role":"captain","given":true,"by":" ","at":"2021-11-11T12:00:00Z"}]})"),
      "e.json: consents: by: says nothing that can be read; say in letters who it is");
  EXPECT_EQ(
      refused(
          R"({"now":"2021-11-11T12:00:00Z","facts":{"length":[{"value":1e7,"source":"chart","at":"2021-11-11T12:00:00Z"}]}})"),
      "e.json: length: value: 10000000 m cannot be; it is from 0 to 100000 m");
}

}  // namespace
}  // namespace varne
