/// The night of 24 November 2021, as reconstructed in data/days: what a record would have held open.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "room/room_support.h"
#include "varne/desk/day.h"
#include "varne/desk/replay.h"
#include "varne/report/report.h"

namespace varne::test {
namespace {

class Night : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const auto day = load_day(std::string(VARNE_ROOT) + "/data/days/2021-11-24");
    ASSERT_TRUE(day) << day.error().text();
    const auto done = replay(*day,
                             {.entry =
                                  [](const Entry& entry) {
                                    entries.push_back(entry);
                                    facts.take(entry);
                                  },
                              .after = [](const Event&, const Room& now) { watch(now); }},
                             &room);
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(done->refused, 0U);
    page = report_page(facts, room->world(), nullptr, done->head);
  }

  /// Of every moment: one centre coordinates, and Charlie, once known, is open and in distress.
  static void watch(const Room& now) {
    for (const auto& [id, incident] : now.incidents()) {
      EXPECT_FALSE(incident.centre.empty()) << iso(now.now());
      EXPECT_EQ(incident.centre, "MRCC Dover") << iso(now.now());  // nothing in the sources moves it
    }
    if (!now.incidents().contains("I1")) return;
    EXPECT_EQ(now.incidents().at("I1").phase, Phase::distress) << iso(now.now());
    EXPECT_TRUE(now.incidents().at("I1").open) << iso(now.now());
    ++moments;
  }

  static std::vector<Json> of_charlie(const std::string& kind) {
    std::vector<Json> out;
    for (const Json& body : bodies(entries, kind)) {
      if (body.value("incident", "") == "I1") out.push_back(body);
    }
    return out;
  }
  static bool on_page(const std::string& text) { return page.find(text) != std::string::npos; }

  static std::vector<Entry> entries;
  static ReportFacts facts;
  static std::unique_ptr<Room> room;
  static std::string page;
  static int moments;
};
std::vector<Entry> Night::entries;
ReportFacts Night::facts;
std::unique_ptr<Room> Night::room;
std::string Night::page;
int Night::moments = 0;

TEST_F(Night, rescue_of_charlie_is_owed_from_the_first_call_on_and_nothing_else_is_ever_permitted) {
  std::vector<std::string> rescue;
  for (const Json& body : bodies(entries, "verdict")) {
    if (body["incident"] == "I1" && body["response"] == "rescue") rescue.push_back(body["ruling"]);
    if (body["kind"] != "rescue") {
      EXPECT_EQ(body["permits"], false) << body["text"];
    }
  }
  EXPECT_FALSE(rescue.empty());
  for (const std::string& ruling : rescue) EXPECT_EQ(ruling, "required");
}

TEST_F(Night, charlie_is_in_distress_from_the_first_call_and_never_falls) {
  const auto changes = of_charlie("incident");
  ASSERT_FALSE(changes.empty());
  EXPECT_EQ(changes[0]["change"], "opened");
  EXPECT_EQ(changes[0]["phase"], "distress");
  EXPECT_EQ(changes[0]["opened"], "2021-11-24T00:26:00Z");
  for (const Json& body : changes) EXPECT_EQ(body["phase"], "distress") << body["text"];
  EXPECT_GT(moments, 4000);  // the clock's ticks among them
}

TEST_F(Night, exactly_one_centre_coordinates_at_every_moment) {
  for (const Json& body : bodies(entries, "incident")) EXPECT_EQ(body["centre"], "MRCC Dover");
  // And who says otherwise stands beside it.
  EXPECT_TRUE(on_page("closed its operation, assuming a British rescue"));
  EXPECT_TRUE(on_page("was told &#39;You are in English waters&#39;"));
  EXPECT_TRUE(on_page("MRCC Dover coordinates until CROSS Gris-Nez accepts a hand-over"));
}

TEST_F(Night, the_recovery_of_another_boat_closes_nothing) {
  ASSERT_TRUE(room->incidents().contains("I2"));
  EXPECT_EQ(room->incidents().at("I2").why, "people had to be taken off");
  for (const Json& body : bodies(entries, "incident")) EXPECT_NE(body["change"], "closed");
  EXPECT_TRUE(room->relations().empty());
  std::vector<std::string> why;
  for (const Json& body : bodies(entries, "refused")) why.push_back(body["why"]);
  ASSERT_EQ(why.size(), 3U);
  EXPECT_NE(why[0].find("coordinated by MRCC Dover; only that centre"), std::string::npos) << why[0];
  EXPECT_NE(why[1].find("no named officer answers for it"), std::string::npos) << why[1];
  EXPECT_NE(why[1].find("\"evidence\""), std::string::npos) << why[1];
  EXPECT_NE(why[2].find("no forecast of I1 (Charlie) has been made"), std::string::npos) << why[2];
  EXPECT_NE(why[2].find("\"coverage\""), std::string::npos) << why[2];
}

TEST_F(Night, twenty_seven_are_dead_two_survived_and_four_are_missing) {
  const auto in = [&](PeopleState state) { return room->people().in(state, "I1"); };
  EXPECT_EQ(in(PeopleState::set_out), (HeadCount{33, 33}));
  EXPECT_EQ(in(PeopleState::dead), (HeadCount{27, 27}));
  EXPECT_EQ(in(PeopleState::rescued), (HeadCount{2, 2}));
  EXPECT_EQ(in(PeopleState::missing), (HeadCount{4, 4}));
  EXPECT_EQ(facts.people.balances(), room->people().balances());
}

TEST_F(Night, what_disagrees_stands_side_by_side) {
  std::map<std::string, std::set<std::string>> says;  // subject -> by whom
  for (const Json& body : of_charlie("claim"))
    says[body["subject"].get<std::string>()].insert(body["from"].get<std::string>());
  for (const char* subject :
       {"departure", "sinking", "last_call", "aboard", "place_found", "who_coordinated"})
    EXPECT_GE(says[subject].size(), 2U) << subject;
  for (const Json& body : of_charlie("claim"))
    EXPECT_TRUE(on_page("<td>" + body["from"].get<std::string>() + "</td>")) << body["from"];
}

TEST_F(Night, the_report_says_who_knew_what_when_of_entries_alone) {
  ASSERT_TRUE(on_page("Who knew what, when"));
  const auto& words = facts.boats.at(1).words;
  EXPECT_EQ(words.size(), of_charlie("report").size() + 1);  // and the one that opened it
  EXPECT_EQ(words[0].from, "HM Coastguard");
  EXPECT_TRUE(on_page(
      "<td class=\"when\">2021-11-23 20:00–23:00</td><td class=\"when\">2023-11-09</td><td>MAIB 7/2023"));
  EXPECT_TRUE(on_page("<td class=\"when\">02:22–12:49</td><td class=\"when\">at the time</td>"));
  EXPECT_TRUE(on_page("02:22–12:49: the time is not known better"));
  EXPECT_TRUE(on_page("EXERCISE. A reconstruction from published sources"));
  EXPECT_FALSE(on_page("on their own"));  // nobody came ashore
}

TEST_F(Night, times_are_spans_wherever_they_are_not_known_better_and_the_dead_stand_in_the_day) {
  EXPECT_TRUE(on_page("27 found dead 12:39–12:59"));
  EXPECT_TRUE(on_page("2 by units not named in what was read 12:39–12:59, no landing recorded"));
  EXPECT_FALSE(on_page("found dead 12:49"));
  EXPECT_TRUE(
      on_page("<span>I1 (Charlie): 27 people dead <b>(12:39–12:59: the time is not known better)</b>"));
  EXPECT_TRUE(on_page("<span>I1 (Charlie): 4 people missing"));
  EXPECT_EQ(facts.posted.size(), facts.people.postings().size());
}

TEST_F(Night, places_are_ranges_and_no_line_joins_them) {
  EXPECT_TRUE(facts.boats.at(1).path.empty());
  EXPECT_EQ(facts.boats.at(1).ranges.size(), 3U);
  EXPECT_TRUE(on_page("Charlie, known as a range only"));
}

}  // namespace
}  // namespace varne::test
