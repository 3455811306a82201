/// What the room says is allowed: every verdict with the entries it stands on, nothing permitted by silence,
/// by an order or against life.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "judged_desk.h"
#include "random_day.h"
#include "varne/room/verdict_json.h"

namespace varne::test {
namespace {

TEST_F(Verdicts, the_doctrines_stand_in_the_record_with_every_citation) {
  sight_boat();
  const auto doctrines = bodies(all, "doctrine");
  ASSERT_EQ(doctrines.size(), small_world()->rules->doctrines.size());
  for (std::size_t i = 0; i < doctrines.size(); ++i) {
    const Doctrine& doctrine = small_world()->rules->doctrines[i];
    EXPECT_EQ(doctrines[i]["hash"], hex(doctrine.hash));
    ASSERT_EQ(doctrines[i]["rules"].size(), doctrine.rules.size());
    for (const Json& rule : doctrines[i]["rules"]) EXPECT_FALSE(rule["citation"].get<std::string>().empty());
  }
}

TEST_F(Verdicts, a_new_boat_gets_one_a_response_and_each_word_names_its_entry) {
  hear({{"kind", "call"}, {"boat", "A"}, {"at", uk_waters}, {"engine_stopped", true}});
  std::set<std::string> responses;
  bool stands_on_the_call = false;
  for (const Json& body : bodies(all, "verdict")) {
    EXPECT_TRUE(responses.insert(body["response"]).second);
    for (const Json& verdict : body["verdicts"]) {
      for (const Json& rule : verdict["rules"]) {
        for (const Json& word : rule.value("said", Json::array())) {
          if (!word.contains("entry")) continue;
          const Entry& entry = all.at(word["entry"].get<std::size_t>() - 1);
          EXPECT_EQ(entry.kind, "report");
          stands_on_the_call = stands_on_the_call || rule["fact"] == "engine_stopped";
        }
      }
    }
  }
  EXPECT_TRUE(stands_on_the_call);
  EXPECT_GE(responses.size(), 8U);
  EXPECT_EQ(ruling("rescue"), "required");
}

TEST_F(Verdicts, nothing_is_said_twice_and_a_word_that_grows_old_is_a_change) {
  sight_boat();
  EXPECT_TRUE(bodies(tick(std::chrono::seconds(10)), "verdict").empty());
  fact("under_way", true);
  fact("waters", "FR");
  EXPECT_EQ(ruling("offer_help"), "permitted");
  EXPECT_TRUE(bodies(tick(std::chrono::minutes(14)), "verdict").empty());
  const auto later = bodies(tick(std::chrono::minutes(2)), "verdict");
  EXPECT_FALSE(later.empty());
  EXPECT_EQ(ruling("offer_help"), "unknown");
  for (const Json& body : later) {
    const Json before = parse_json(all.at(body["before"].get<std::size_t>() - 1).body).value();
    EXPECT_EQ(before["response"], body["response"]);
    EXPECT_EQ(before["ruling"], body["was"]);
  }
}

TEST_F(Verdicts, with_every_condition_met_both_consents_are_still_needed_and_one_no_ends_it) {
  sight_boat();
  meet_every_condition();
  EXPECT_EQ(ruling(), "unknown");
  hear({{"kind", "order"},
        {"from", "the minister"},
        {"role", "minister"},
        {"boat", "A"},
        {"task", "turn_round"}});
  consent("minister", true);
  consent("commander", true);
  EXPECT_EQ(ruling(), "unknown");
  consent("captain", true);
  EXPECT_EQ(ruling(), "permitted");  // so the refusals elsewhere are not for want of a way there
  consent("captain", false);
  EXPECT_EQ(ruling(), "refused");
  hear({{"kind", "order"}, {"from", "MRCC Dover"}, {"boat", "A"}, {"task", "turn_round"}});
  EXPECT_EQ(ruling(), "refused");
}

TEST_F(Verdicts, one_call_for_help_leaves_rescue_only) {
  meet_every_condition_and_agree();
  EXPECT_EQ(ruling(), "permitted");
  hear({{"kind", "call"}, {"boat", "A"}});
  EXPECT_EQ(ruling(), "refused");
  EXPECT_EQ(ruling("rescue"), "required");
  rule_out_danger();  // said against a danger somebody has named, it changes nothing
  EXPECT_EQ(ruling(), "refused");
}

TEST_F(Verdicts, an_agreement_is_of_one_encounter) {
  meet_every_condition_and_agree();
  hear({{"kind", "sighting"}, {"boat", "A"}, {"at", uk_waters}, {"empty", true}});
  hear({{"kind", "order"}, {"from", "MRCC Dover"}, {"boat", "A"}, {"task", "settle_count"}, {"persons", 0}});
  ASSERT_FALSE(incident("I1").open);
  EXPECT_TRUE(room.verdicts("I1").empty());
  hear({{"kind", "sighting"}, {"boat", "A"}, {"at", uk_waters}, {"persons", 4}});
  ASSERT_TRUE(incident("I1").open);
  const Encounter about = room.encounter(incident("I1"));
  EXPECT_EQ(about.consents("turn_round", {"captain"})[0], nullptr);
  EXPECT_EQ(about.consents("turn_round", {"commander"})[0], nullptr);
}

TEST_F(Verdicts, danger_is_ruled_out_only_by_an_officer_who_says_what_was_seen) {
  sight_boat();
  const auto why = [](const std::vector<Entry>& said) {
    const auto refused = bodies(said, "refused");
    return refused.empty() ? "" : refused.front()["why"].get<std::string>();
  };
  EXPECT_NE(why(fact("taking_water", false)).find("only a captain"), std::string::npos);
  EXPECT_NE(why(fact("taking_water", false, "minister")).find("only a captain"), std::string::npos);
  EXPECT_NE(why(fact("taking_water", false, "captain", "")).find("\"text\""), std::string::npos);
  EXPECT_EQ(why(fact("taking_water", false, "captain")), "");
  EXPECT_NE(why(fact("wnid_speed", 3.0)).find("wnid_speed"), std::string::npos);
  EXPECT_NE(why(fact("wind_speed", "strong")).find("number in m/s"), std::string::npos);
  EXPECT_NE(why(hear({{"kind", "fact"}, {"boat", "Z"}, {"fact", "waters"}, {"value", "UK"}})).find("\"Z\""),
            std::string::npos);
  EXPECT_NE(
      why(hear({{"kind", "parameter"}, {"parameter", "rescue.sea"}, {"value", 1}, {"role", "director"}}))
          .find("rescue.sea"),
      std::string::npos);
}

TEST_F(Verdicts, a_lowered_phase_answers_for_what_was_said_before_it_and_not_after) {
  hear({{"kind", "call"}, {"boat", "A"}, {"at", uk_waters}, {"engine_stopped", true}, {"id", "first"}});
  EXPECT_EQ(ruling("rescue"), "required");
  hear({{"kind", "sighting"}, {"boat", "A"}, {"at", uk_waters}, {"from", "RNLI Dover"}, {"id", "seen"}});
  hear({{"kind", "order"},
        {"from", "MRCC Dover"},
        {"boat", "A"},
        {"task", "lower_phase"},
        {"phase", "alert"},
        {"officer", "SMC A. Exercise"},
        {"evidence", Json::array({"seen"})}});
  ASSERT_EQ(incident("I1").phase, Phase::alert);
  EXPECT_EQ(ruling("rescue"), "unknown");
  EXPECT_NE(ruling(), "permitted");
  hear({{"kind", "call"}, {"boat", "A"}, {"engine_stopped", true}});
  EXPECT_EQ(ruling("rescue"), "required");
}

TEST_F(Verdicts, each_is_derived_again_from_its_entry_and_a_changed_word_shows) {
  meet_every_condition_and_agree();
  hear({{"kind", "order"},
        {"from", "the minister"},
        {"role", "minister"},
        {"boat", "A"},
        {"task", "turn_round"}});
  fact("people_in_water", true);
  bool permitted = false;
  for (Json body : bodies(all, "verdict")) {
    const auto again = derive_again(*small_world()->rules, body);
    ASSERT_TRUE(again) << again.error().text();
    for (const auto& [name, value] : again->items()) ASSERT_EQ(body[name], value) << body["text"];
    if (body["ruling"] != "permitted" || body["response"] != "turn_round") continue;
    permitted = true;
    for (Json& danger : body["dangers"]) danger["said"][0]["value"] = true;
    EXPECT_NE((*derive_again(*small_world()->rules, body))["ruling"], "permitted");
    body["verdicts"][0]["doctrine"]["hash"] = std::string(64, '0');
    EXPECT_FALSE(derive_again(*small_world()->rules, body));
  }
  EXPECT_TRUE(permitted);
}

TEST_F(Verdicts, without_rules_nothing_is_said_and_nothing_permitted) {
  auto world = std::make_shared<World>(*small_world());
  world->rules = nullptr;
  room = Room(world);
  all.clear();
  sight_boat();
  fact("waters", "UK");
  override_by("commander");
  EXPECT_TRUE(bodies(all, "verdict").empty());
  EXPECT_TRUE(bodies(all, "override").empty());
  EXPECT_TRUE(room.verdicts("I1").empty());
}

/// A day of one boat about which everything is said, by everybody, in any order.
Json word_of(Choice& choice) {
  static const char* const roles[] = {"captain", "commander", "coordinator", "minister"};
  const char* role = choice.of(roles);
  const std::string from = std::string(role) == "coordinator" ? "MRCC Dover" : std::string("a ") + role;
  const Vocabulary& vocabulary = small_world()->rules->vocabulary;
  switch (choice.below(8)) {
    case 0:
      return {{"kind", "consent"},
              {"boat", "A"},
              {"role", role},
              {"from", from},
              {"response", "turn_round"},
              {"given", choice.below(4) != 0}};
    case 1:
      return {{"kind", "override"},
              {"boat", "A"},
              {"role", role},
              {"from", from},
              {"response", "turn_round"},
              {"until", "2021-11-12T00:00:00Z"},
              {"text", "by my own judgement"}};
    case 2:
      return {{"kind", "call"}, {"boat", "A"}, {"from", "caller"}};
    case 3:
      return {{"kind", "order"}, {"boat", "A"}, {"role", role}, {"from", from}, {"task", "turn_round"}};
    default: {
      const auto id = static_cast<FactId>(choice.below(static_cast<int>(vocabulary.size())));
      const FactDefinition& fact = vocabulary[id];
      Json value = choice.below(2) == 0;
      if (fact.danger) value = choice.below(8) == 0;
      if (fact.kind == FactKind::number) value = 3.0;
      if (fact.kind == FactKind::choice) value = fact.choices.front();
      if (fact.kind == FactKind::time) value = "2021-11-11T00:00:00Z";
      return {{"kind", "fact"}, {"boat", "A"},  {"fact", fact.name}, {"value", value},
              {"role", role},   {"from", from}, {"text", "seen"}};
    }
  }
}

RC_GTEST_PROP(VerdictLaws, life_first_and_the_captains_no_hold_and_an_override_changes_no_verdict,
              (const std::vector<std::uint64_t>& day)) {
  Desk all_said;
  Desk no_overrides;
  const auto rulings = [](const Desk& desk) {
    Json out = Json::array();
    for (const Json& body : bodies(desk.all, "verdict"))
      out.push_back({body["incident"], body["response"], body["ruling"]});
    return out;
  };
  all_said.step = no_overrides.step = std::chrono::seconds(20);
  const Json boat{{"kind", "sighting"}, {"boat", "A"}, {"at", uk_waters}};
  all_said.hear(boat);
  no_overrides.hear(boat);
  for (const std::uint64_t bits : day) {
    Choice choice(bits);
    const Json report = word_of(choice);
    const auto said = all_said.hear(report);
    if (report["kind"] == "override") {
      no_overrides.now = all_said.now;  // a minute passes, and nobody says anything
      no_overrides.apply({no_overrides.now, {}, ClockTick{}});
      ++no_overrides.reports;
    } else {
      no_overrides.hear(report);
    }
    const bool overridden = !bodies(said, "override").empty();
    for (const auto& [id, incident] : all_said.room.incidents()) {
      const Encounter about = all_said.room.encounter(incident);
      bool calm = true;
      for (const FactId danger : small_world()->rules->vocabulary.dangers()) {
        const auto& words = about.said(danger);
        calm = calm && !words.empty() &&
               std::none_of(words.begin(), words.end(), [](const FactValue& w) { return w.value == 1; });
      }
      const Consent* captain = about.consents("turn_round", {"captain"})[0];
      const Consent* commander = about.consents("turn_round", {"commander"})[0];
      const bool agreed = captain != nullptr && captain->given && commander != nullptr && commander->given;
      for (const Json& verdict : all_said.room.verdicts(id)) {
        if (verdict["kind"] == "rescue" || verdict["ruling"] != "permitted") continue;
        RC_ASSERT(calm);
        if (verdict["response"] == "turn_round") RC_ASSERT(agreed);
      }
      if (overridden) RC_ASSERT(calm && agreed);
    }
  }
  RC_ASSERT(rulings(all_said) == rulings(no_overrides));
}

}  // namespace
}  // namespace varne::test
