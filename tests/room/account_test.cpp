/// Who speaks is who has signed in: what an account's report may claim, and that nobody else's word counts
/// for a captain's.
#include <gtest/gtest.h>

#include "judged_desk.h"
#include "varne/room/authority.h"

namespace varne::test {
namespace {

Speaker account(const char* name, const char* role, const char* unit) {
  return {SpeakerKind::account, name, true, role, unit};
}
const Speaker coordinator = account("anna", "coordinator", "MRCC Dover");
const Speaker french = account("claire", "coordinator", "CROSS Gris-Nez");
const Speaker officer = account("wil", "watch_officer", "MRCC Dover");
const Speaker commander = account("carl", "commander", "MRCC Dover");
const Speaker captain = account("kim", "captain", "RNLI Dover");
const Speaker other_captain = account("kai", "captain", "RNLI Dungeness");
const std::vector<Speaker> everybody{coordinator,
                                     french,
                                     officer,
                                     commander,
                                     captain,
                                     other_captain,
                                     account("vi", "viewer", ""),
                                     account("pat", "partner", "CROSS Gris-Nez"),
                                     account("adam", "administrator", "")};

class AccountsOfTheRoom : public Verdicts {
 protected:
  std::vector<Entry> say(const Speaker& speaker, Json report) {
    now += step;
    report["id"] = "a" + std::to_string(++reports);
    report["time"] = iso(now);
    const auto read = report_from(report);
    EXPECT_TRUE(read.has_value()) << read.error().text() << " in " << report.dump();
    return apply({now, speaker, Observation{now, "console", report.dump(), *read}});
  }
  /// The field that the door names; "" where it lets the report in.
  static std::string refused_field(const Speaker& speaker, Json report) {
    report["id"] = "x";
    report["time"] = iso(midnight);
    const auto own = authority::is_own_word(*small_world(), speaker, report_from(report).value());
    return own ? "" : own.error().where;
  }
  static Json agree(const char* from, const char* role, bool given = true) {
    return {{"kind", "consent"}, {"boat", "A"},    {"from", from},
            {"role", role},      {"given", given}, {"response", "turn_round"}};
  }
  static Json order(const char* from, const char* task, const char* role = "") {
    Json out{{"kind", "order"}, {"boat", "A"}, {"from", from}, {"task", task}};
    if (*role != 0) out["role"] = role;
    return out;
  }
};

TEST_F(AccountsOfTheRoom, an_order_is_of_a_centre_only_from_the_account_of_its_coordinator_or_commander) {
  sight_boat();
  Json offer = order("MRCC Dover", "hand_over");
  offer["to"] = "CROSS Gris-Nez";
  for (const Speaker& one : everybody) {
    if (one.unit == "MRCC Dover" && one != officer) continue;
    const auto said = say(one, offer);
    EXPECT_NE(texts(said).find("changes nothing"), std::string::npos) << one.name << "\n" << texts(said);
    EXPECT_EQ(incident("I1").offered_to, "") << one.name;
  }
  const auto said = say(coordinator, offer);
  EXPECT_EQ(incident("I1").offered_to, "CROSS Gris-Nez");
  const Json by{{"account", "anna"}, {"role", "coordinator"}, {"unit", "MRCC Dover"}};
  for (const char* kind : {"report", "order", "incident"})
    EXPECT_EQ(bodies(said, kind).at(0)["by"], by) << kind;
  EXPECT_NE(texts(said).find("MRCC Dover, signed in as anna proposes to"), std::string::npos) << texts(said);
  say(coordinator, order("CROSS Gris-Nez", "accept_hand_over"));
  EXPECT_EQ(incident("I1").centre, "MRCC Dover") << "nobody accepts for the other centre";
  say(french, order("CROSS Gris-Nez", "accept_hand_over"));
  EXPECT_EQ(incident("I1").centre, "CROSS Gris-Nez");
}

TEST_F(AccountsOfTheRoom, a_captains_yes_counts_from_that_captains_account_alone_and_a_no_from_anybody) {
  sight_boat();
  meet_every_condition();
  say(commander, agree("carl", "commander"));
  EXPECT_EQ(ruling(), "unknown");
  for (const Speaker& one : everybody) {
    if (one == captain || one == other_captain) continue;
    for (const char* from : {"RNLI Dover", "kim", "MRCC Dover", one.name.c_str()}) {
      Json yes = agree(from, "captain");
      yes["unit"] = "RNLI Dover";
      say(one, yes);
      EXPECT_EQ(ruling(), "unknown") << one.name << " as " << from;
    }
  }
  Json of_another = agree("kai", "captain");
  of_another["unit"] = "RNLI Dover";
  say(other_captain, of_another);
  EXPECT_EQ(ruling(), "unknown") << "of another unit";
  const auto said = say(captain, agree("kim", "captain"));
  EXPECT_EQ(ruling(), "permitted");
  EXPECT_EQ(bodies(said, "consent").at(0)["by"]["account"], "kim");
  const auto no = say(officer, agree("RNLI Dover", "captain", false));
  EXPECT_EQ(ruling(), "refused") << texts(no) << "a no that came by radio";
}

TEST_F(AccountsOfTheRoom, nobody_agrees_twice_by_giving_another_office_than_their_own) {
  sight_boat();
  meet_every_condition();
  say(captain, agree("kim", "captain"));
  for (const char* from : {"kim", "RNLI Dover"}) {
    say(captain, agree(from, "commander"));
    EXPECT_EQ(ruling(), "unknown");
  }
  say(commander, agree("carl", "commander"));
  EXPECT_EQ(ruling(), "permitted");
}

TEST_F(AccountsOfTheRoom, a_danger_is_ruled_out_in_no_borrowed_office) {
  hear({{"kind", "call"}, {"boat", "A"}, {"at", uk_waters}, {"taking_water", true}});
  Json none{{"kind", "fact"}, {"boat", "A"},       {"fact", "people_in_water"}, {"value", false},
            {"from", "wil"},  {"role", "captain"}, {"text", "all are aboard"}};
  const auto lifted = [&](const std::vector<Entry>& said) { return bodies(said, "refused").empty(); };
  EXPECT_FALSE(lifted(say(officer, none)));
  none["from"] = "MRCC Dover";
  none["role"] = "coordinator";
  EXPECT_FALSE(lifted(say(officer, none)));
  EXPECT_FALSE(lifted(say(french, none)));
  EXPECT_TRUE(lifted(say(coordinator, none)));
}

TEST_F(AccountsOfTheRoom, the_door_names_the_field_that_is_somebody_elses) {
  EXPECT_EQ(refused_field(captain, agree("kim", "captain")), "");
  EXPECT_EQ(refused_field(captain, agree("RNLI Dover", "captain")), "");
  EXPECT_EQ(refused_field(captain, agree("RNLI Dungeness", "captain")), "from");
  EXPECT_EQ(refused_field(captain, agree("kim", "commander")), "role");
  EXPECT_EQ(refused_field(officer, agree("wil", "captain")), "role");
  EXPECT_EQ(refused_field(officer, agree("RNLI Dover", "captain", false)), "") << "a no may be passed on";
  Json of_another = agree("kim", "captain");
  of_another["unit"] = "RNLI Dungeness";
  EXPECT_EQ(refused_field(captain, of_another), "unit");
  EXPECT_EQ(refused_field(coordinator, order("MRCC Dover", "rescue")), "");
  EXPECT_EQ(refused_field(coordinator, order("CROSS Gris-Nez", "rescue")), "from");
  EXPECT_EQ(refused_field(coordinator, order("anna", "rescue")), "from") << "a centre orders, by its name";
  EXPECT_EQ(refused_field(captain, order("RNLI Dover", "rescue")), "role")
      << "without a role it is a centre's";
  EXPECT_EQ(refused_field(coordinator, order("the minister", "turn_round", "minister")), "")
      << "what is asked for may be taken down";
  Json stand_down = order("kim", "stand_down", "captain");
  stand_down["unit"] = "RNLI Dover";
  EXPECT_EQ(refused_field(captain, stand_down), "");
  stand_down["unit"] = "RNLI Dungeness";
  EXPECT_EQ(refused_field(captain, stand_down), "unit");
  stand_down["from"] = "carl";
  stand_down["role"] = "commander";
  EXPECT_EQ(refused_field(commander, stand_down), "");
  stand_down["unit"] = "Abeille Normandie";
  EXPECT_EQ(refused_field(commander, stand_down), "unit") << "of the other centre";
  const Json answer{{"kind", "task_answer"},
                    {"boat", "A"},
                    {"from", "kim"},
                    {"unit", "RNLI Dungeness"},
                    {"accepted", true}};
  EXPECT_EQ(refused_field(captain, answer), "unit");
  EXPECT_EQ(refused_field(officer, answer), "");
}

TEST_F(AccountsOfTheRoom, who_need_not_sign_in_is_not_asked) {
  for (const auto kind : {SpeakerKind::console, SpeakerKind::recording, SpeakerKind::feed})
    for (const Json& said : {agree("anybody", "captain"), order("MRCC Dover", "rescue")})
      EXPECT_EQ(refused_field({kind, "console"}, said), "");
  const auto said = hear({{"kind", "call"}, {"boat", "A"}, {"at", uk_waters}});
  for (const Entry& entry : said) EXPECT_EQ(entry.body.find("\"by\""), std::string::npos) << entry.body;
}

}  // namespace
}  // namespace varne::test
