/// The doctrines that ship: they load, they say what is public, and they give their reasons.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "varne/doctrine/reasons.h"
#include "varne/doctrine/words.h"

namespace varne {
namespace {

const std::string folder = VARNE_ROOT "/data/doctrine";

const Vocabulary& words() {
  static const Vocabulary v = *Vocabulary::load(folder + "/facts.toml");
  return v;
}
const Doctrine& shipped(const std::string& name) {
  static const std::vector<Doctrine> all = [] {
    auto loaded = load_doctrines(words(), folder);
    EXPECT_TRUE(loaded) << loaded.error().text();
    return *loaded;
  }();
  for (const Doctrine& d : all) {
    if (d.name == name) return d;
  }
  ADD_FAILURE() << name;
  return all.front();
}
const Verdict& verdict(const Judgement& judgement, const std::string& response) {
  for (const Verdict& v : judgement.verdicts) {
    if (judgement.doctrine->responses[v.response].id == response) return v;
  }
  ADD_FAILURE() << response;
  return judgement.verdicts.front();
}
void say(Encounter& e, const char* fact, const Given& given, const char* role = "captain") {
  const auto id = words().find(fact);
  ASSERT_TRUE(id) << fact;
  const auto value = fact_value(words(), *id, given, "captain of a cutter", e.now, role, 7);
  ASSERT_TRUE(value) << value.error().text();
  e.say(words(), *id, *value);
}

/// Everything the published procedure asks for, agreed to by both.
Encounter all_conditions(const char* time) {
  Encounter e(words());
  e.now = *parse_time(time);
  for (const FactId danger : words().dangers()) say(e, words()[danger].name.c_str(), false);
  for (const char* no : {"boat_damaged", "asylum_asked"}) say(e, no, false);
  for (const char* yes : {"french_vessel_confirmed", "boat_sturdy", "offence_suspected"}) say(e, yes, true);
  say(e, "waters", "UK");
  say(e, "way_back_length", 3000.0);
  say(e, "wind_speed", 3.0);
  say(e, "wave_height", 0.2);
  say(e, "boat_length", 9.0);
  say(e, "craft_available", 3.0);
  say(e, "destination", "UK port");
  for (const char* role : {"captain", "commander"}) e.hear({"turn_round", role, true, role, e.now});
  return e;
}
void sign_limits(Encounter& e) {
  for (const auto& [name, value] :
       {std::pair{"wind_most", 5.0}, std::pair{"wave_most", 0.5}, std::pair{"length_least", 6.0}})
    e.parameters[std::string("uk-turnaround-2021.") + name] = {value, "test", e.now};
}

TEST(Shipped, all_load_and_the_room_finds_its_words) {
  EXPECT_EQ(load_doctrines(words(), folder)->size(), 3U);
  EXPECT_TRUE(Words::of(words()));
}

TEST(Shipped, every_citation_says_how_sure_it_is) {
  for (const char* name : {"rescue", "uk-turnaround-2021", "fr-assist"}) {
    for (const Rule& rule : shipped(name).rules)
      EXPECT_TRUE(rule.citation.starts_with("certain: ") || rule.citation.starts_with("reported: "))
          << name << " " << rule.id;
    EXPECT_FALSE(shipped(name).missing.empty());
  }
}

TEST(Shipped, the_turnaround_stays_unknown_until_its_unpublished_limits_are_signed) {
  Encounter e = all_conditions("2021-11-11T12:00:00Z");
  const Doctrine& doctrine = shipped("uk-turnaround-2021");
  auto judgement = judge(words(), doctrine, e);
  EXPECT_EQ(verdict(judgement, "turn_round").ruling, Ruling::unknown);
  EXPECT_NE(summary(judgement, verdict(judgement, "turn_round")).find("nobody has set and signed"),
            std::string::npos);
  sign_limits(e);
  judgement = judge(words(), doctrine, e);
  EXPECT_EQ(verdict(judgement, "turn_round").ruling, Ruling::permitted)
      << reasons_text(words(), e, judgement, verdict(judgement, "turn_round"));
  // What it was for, to take the boat into French waters, the statute of 2021 did not name.
  say(e, "destination", "another State");
  judgement = judge(words(), doctrine, e);
  EXPECT_EQ(verdict(judgement, "turn_round").ruling, Ruling::refused);
}

TEST(Shipped, the_turnaround_is_not_in_force_today) {
  for (const char* time : {"2021-09-29T23:59:59Z", "2022-04-24T00:00:00Z", "2026-11-23T12:00:00Z"}) {
    Encounter e = all_conditions(time);
    sign_limits(e);
    const auto judgement = judge(words(), shipped("uk-turnaround-2021"), e);
    EXPECT_EQ(verdict(judgement, "turn_round").ruling, Ruling::not_in_force) << time;
  }
}

TEST(Shipped, each_sign_of_danger_requires_rescue_and_a_no_counts_only_from_an_officer) {
  for (const FactId danger : words().dangers()) {
    Encounter e = all_conditions("2021-11-11T12:00:00Z");
    sign_limits(e);
    e.say(words(), danger, {1, "caller", e.now - std::chrono::hours(9)});
    EXPECT_EQ(verdict(judge(words(), shipped("rescue"), e), "rescue").ruling, Ruling::required);
    EXPECT_EQ(verdict(judge(words(), shipped("uk-turnaround-2021"), e), "turn_round").ruling,
              Ruling::refused);
  }
  Encounter e = all_conditions("2021-11-11T12:00:00Z");
  sign_limits(e);
  e.forget(words().distress());
  say(e, "distress", false, "minister");
  EXPECT_EQ(verdict(judge(words(), shipped("uk-turnaround-2021"), e), "turn_round").ruling, Ruling::unknown);
}

TEST(Shipped, a_duty_says_what_it_stands_on_and_not_what_else_is_unknown) {
  Encounter e(words());
  e.now = *parse_time("2021-11-24T02:00:00Z");
  say(e, "call_for_help", true, "");
  say(e, "people_in_water", true, "");
  say(e, "under_way", true);
  say(e, "waters", "FR");
  const auto said = [&](const char* doctrine, const char* response) {
    const auto judgement = judge(words(), shipped(doctrine), e);
    return summary(judgement, verdict(judgement, response));
  };
  EXPECT_EQ(
      said("rescue", "rescue"),
      "required: the boat is in the distress phase: somebody is in the water, help has been called for");
  EXPECT_EQ(said("fr-assist", "stop_by_force"), "forbidden: the boat is under way in French waters");
  EXPECT_EQ(said("fr-assist", "offer_help"), "permitted: every condition holds");
  EXPECT_EQ(said("fr-assist", "stay_with_boat"), "unknown: 1 fact unknown");
}

TEST(Shipped, the_centre_that_learns_of_it_takes_responsibility_unless_another_acts) {
  Encounter e(words());
  e.now = *parse_time("2021-11-24T02:00:00Z");
  say(e, "call_for_help", true, "");
  say(e, "known_to_centre", true);
  say(e, "position_known", false);
  say(e, "another_centre_acts", false);
  EXPECT_EQ(verdict(judge(words(), shipped("rescue"), e), "take_responsibility").ruling, Ruling::required);
  say(e, "another_centre_acts", true);
  EXPECT_EQ(verdict(judge(words(), shipped("rescue"), e), "take_responsibility").ruling,
            Ruling::not_called_for);
}

/// A text without its line breaks and indentation.
std::string joined(const std::string& text) {
  std::istringstream in(text);
  std::string out;
  for (std::string word; in >> word;) out += (out.empty() ? "" : " ") + word;
  return out;
}

TEST(Reasons, every_rule_stands_in_words_and_json_with_its_source_time_and_entry) {
  const Encounter e = all_conditions("2021-11-11T12:00:00Z");
  const auto judgement = judge(words(), shipped("uk-turnaround-2021"), e);
  const Verdict& v = verdict(judgement, "turn_round");
  // Lines are broken for a reader; what matters is that the words are there.
  const std::string text = joined(reasons_text(words(), e, judgement, v));
  const auto json = reasons_json(words(), e, judgement, v);
  EXPECT_EQ(json["ruling"], "unknown");
  EXPECT_EQ(json["doctrine"]["hash"].get<std::string>().size(), 64U);
  EXPECT_EQ(json["rules"].size(), rules_of(judgement, v).size());
  for (const std::size_t r : rules_of(judgement, v)) {
    const Rule& rule = judgement.doctrine->rules[r];
    EXPECT_NE(text.find(rule.says), std::string::npos) << rule.id;
    EXPECT_NE(text.find(rule.citation), std::string::npos) << rule.id;
  }
  EXPECT_NE(text.find("(entry 7)"), std::string::npos);
  for (const auto& rule : json["rules"]) {
    if (!rule.contains("fact")) continue;
    EXPECT_EQ(rule["value"]["entry"], 7) << rule["id"];
    EXPECT_EQ(rule["value"]["at"], "2021-11-11T12:00:00Z");
  }
  EXPECT_EQ(canonical(json), canonical(reasons_json(words(), e, judgement, v)));
}

TEST(Reasons, the_clock_says_when_to_judge_again) {
  Encounter e(words());
  e.now = *parse_time("2021-11-11T12:00:00Z");
  const std::vector<Doctrine> doctrines{shipped("uk-turnaround-2021")};
  EXPECT_EQ(next_change(words(), doctrines, e), *parse_time("2022-04-24T00:00:00Z"));
  say(e, "distress", false);
  const auto next = *next_change(words(), doctrines, e);
  EXPECT_EQ(next, e.now + std::chrono::minutes(10) + Duration(1));
  const auto asked = [&] {
    return e.ask(words(), words().distress(), [](double v) { return v == 0; }).truth;
  };
  e.now = next - Duration(1);
  EXPECT_EQ(asked(), Truth::yes);
  e.now = next;
  EXPECT_EQ(asked(), Truth::unknown);
}

TEST(Facts, a_value_of_the_wrong_kind_is_refused_by_the_facts_name) {
  const auto refused = [](const char* fact, const Given& given) {
    const auto value = fact_value(words(), *words().find(fact), given, "s", Time{});
    return value ? "" : value.error().text();
  };
  EXPECT_EQ(refused("waters", "DE"), "waters: is one of UK, FR, none");
  EXPECT_EQ(refused("wind_speed", true), "wind_speed: is a number in m/s; leave it out if it is not known");
  EXPECT_EQ(refused("distress", 1.0),
            "distress: is a truth; give true or false, or leave it out if it is not known");
  EXPECT_NE(refused("last_contact", "noon"), "");
  EXPECT_EQ(refused("last_contact", "2021-11-11T05:00:00Z"), "");
}

}  // namespace
}  // namespace varne
