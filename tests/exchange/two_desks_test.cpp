/// Two centres' rooms that tell each other: one boat, one coordinator, the same people in both.
#include "exchange/two_desks.h"

#include "varne/core/philox.h"
#include "varne/room/phrases.h"

namespace varne::test {
namespace {

const Json boat_in_uk{{"kind", "call"},      {"boat", "Charlie"}, {"craft", "inflatable"},
                      {"persons", {30, 34}}, {"at", {1.5, 51}},   {"taking_water", true}};
const std::string of_uk = "I1@MRCC-Dover";

TEST(TwoDesks, what_concerns_both_is_an_incident_of_both_and_what_does_not_is_not) {
  TwoDesks both;
  both.uk.hear(boat_in_uk);
  both.uk.hear({{"kind", "call"}, {"boat", "Far"}, {"at", {0.0, 50.6}}, {"persons", {4, 4}}});
  both.bring_all();
  ASSERT_EQ(both.fr.room().incidents().size(), 1U) << texts(both.fr.all);
  const Incident& there = both.fr.incident(of_uk);
  EXPECT_EQ(there.boat, "Charlie");
  EXPECT_EQ(there.centre, dover);
  EXPECT_EQ(there.phase, Phase::distress);
  EXPECT_EQ(there.place, both.uk.incident("I1").place);
  EXPECT_EQ(estimated(both.fr.room().count_of(of_uk)), estimated(both.uk.room().count_of("I1")));
  // Who rings Gris-Nez about Charlie speaks of that boat.
  both.fr.hear({{"kind", "call"}, {"boat", "Charlie"}, {"at", {1.48, 51.01}}, {"people_in_water", true}});
  both.bring_all();
  EXPECT_EQ(both.fr.room().incidents().size(), 1U);
  EXPECT_EQ(both.uk.incident("I1").place, both.fr.incident(of_uk).place);
  EXPECT_NE(texts(both.uk.all).find("people in the water"), std::string::npos) << texts(both.uk.all);
  const std::size_t told = both.uk.letters.size();
  both.uk.wait(std::chrono::minutes(1));
  both.bring_all();
  EXPECT_EQ(both.uk.letters.size(), told) << "nothing is told twice, and nothing back";
}

TEST(TwoDesks, it_changes_hands_by_the_words_of_both_and_who_gives_stands_by) {
  TwoDesks both;
  both.uk.hear(boat_in_uk);
  both.bring_all();
  both.uk.order("Charlie", "hand_over", {{"to", gris_nez}});
  EXPECT_EQ(both.uk.incident("I1").centre, dover);
  both.bring_all();
  EXPECT_EQ(both.fr.incident(of_uk).offered_to, gris_nez);
  EXPECT_NE(texts(both.fr.all).find("alarm: ALARM: MRCC Dover asks CROSS Gris-Nez to take over"),
            std::string::npos)
      << texts(both.fr.all);
  both.fr.order("Charlie", "accept_hand_over");
  EXPECT_EQ(both.fr.incident(of_uk).centre, dover) << "until its release comes";
  EXPECT_TRUE(both.fr.incident(of_uk).accepted);
  both.bring_to_uk();
  while (both.to_uk < both.fr.letters.size()) both.bring_to_uk();
  EXPECT_EQ(both.uk.incident("I1").centre, gris_nez);
  EXPECT_TRUE(both.uk.incident("I1").stands_by);
  both.bring_all();
  EXPECT_EQ(both.fr.incident(of_uk).centre, gris_nez);
  EXPECT_FALSE(both.uk.incident("I1").stands_by);
  // From now on what Dover orders of it is refused, and what Gris-Nez orders holds at both.
  EXPECT_NE(texts(both.uk.order("Charlie", "settle_count",
                                {{"persons", {33, 33}}, {"officer", "A. Exercise"}, {"reason", "a count"}}))
                .find("is coordinated by CROSS Gris-Nez"),
            std::string::npos);
  both.fr.order("Charlie", "settle_count",
                {{"persons", {33, 33}}, {"officer", "B. Exercise"}, {"reason", "a count"}});
  both.bring_all();
  EXPECT_EQ(estimated(both.uk.room().count_of("I1")), estimated(both.fr.room().count_of(of_uk)));
}

TEST(TwoDesks, nobody_at_one_desk_speaks_for_the_other) {
  TwoDesks both;
  both.uk.hear(boat_in_uk);
  both.uk.order("Charlie", "hand_over", {{"to", gris_nez}});
  const auto said = both.uk.hear(
      {{"kind", "order"}, {"from", gris_nez}, {"boat", "Charlie"}, {"task", "accept_hand_over"}});
  EXPECT_NE(texts(said).find("it changes nothing"), std::string::npos) << texts(said);
  EXPECT_EQ(both.uk.incident("I1").centre, dover);
}

TEST(TwoDesks, a_partner_that_lies_changes_nothing_and_is_an_alarm) {
  TwoDesks both;
  both.uk.hear(boat_in_uk);
  both.bring_all();
  std::uint64_t number = both.uk.room().partners().heard_from(gris_nez);
  const auto lie = [&](const Letter& letter) {
    const auto before = both.uk.incident("I1");
    const auto said = both.uk.take({gris_nez, ++number, both.uk.now, letter});
    EXPECT_NE(texts(said).find("letter_refused: What CROSS Gris-Nez's desk says cannot be so"),
              std::string::npos)
        << texts(said);
    EXPECT_EQ(static_cast<const Coordination&>(both.uk.incident("I1")),
              static_cast<const Coordination&>(before));
  };
  const std::string name = "MRCC Dover/I1";
  lie(letters::Passing{.incident = name, .word = HandOverWord::release, .term = 2});
  lie(letters::Passing{.incident = name, .word = HandOverWord::taken, .term = 2});
  lie(letters::Passing{.incident = name, .word = HandOverWord::accept, .term = 1, .offer = 7});
  lie(letters::Passing{.incident = name, .word = HandOverWord::propose, .term = 1, .offer = 1});
  lie(letters::Passing{.incident = "MRCC Dover/I9", .word = HandOverWord::accept, .term = 1, .offer = 1});
  lie(letters::Incident{.incident = "MRCC Dover/I9", .phase = "alert", .why = "so", .centre = gris_nez});
  lie(letters::Incident{.incident = "CROSS Gris-Nez/I1", .phase = "alert", .why = "so", .centre = dover});
  lie(letters::Word{.incident = name, .report = {R"({"kind":"call"})"}});
  lie(letters::Word{.incident = name, .report = {"[]"}});
  lie(letters::Word{.incident = name,
                    .report = {canonical({{"kind", "order"},
                                          {"id", "x"},
                                          {"time", iso(both.uk.now)},
                                          {"from", gris_nez},
                                          {"boat", "Charlie"},
                                          {"task", "accept_hand_over"}})}});
  EXPECT_NE(texts(both.uk.all).find("alarm: ALARM: What CROSS Gris-Nez's desk says cannot be so"),
            std::string::npos);
  // An order that is not theirs to give is a request.
  const auto said = both.uk.take({gris_nez, ++number, both.uk.now,
                                  letters::Word{.incident = name,
                                                .report = {canonical({{"kind", "order"},
                                                                      {"id", "y"},
                                                                      {"time", iso(both.uk.now)},
                                                                      {"from", dover},
                                                                      {"boat", "Charlie"},
                                                                      {"task", "lower_phase"},
                                                                      {"phase", "alert"},
                                                                      {"officer", "X. Y"},
                                                                      {"reason", "so"},
                                                                      {"evidence", {"r1"}}})}}});
  EXPECT_NE(texts(said).find("it changes nothing"), std::string::npos) << texts(said);
  EXPECT_EQ(both.uk.incident("I1").phase, Phase::distress);
  // Twice, or out of turn, nothing is heard.
  EXPECT_TRUE(both.uk.take({gris_nez, number, both.uk.now, letters::Told{.incident = name}}).empty());
  EXPECT_TRUE(both.uk.take({gris_nez, number + 2, both.uk.now, letters::Told{.incident = name}}).empty());
}

/// Both desks at work, a line that stops as it likes, either desk killed at any moment.
TEST(TwoDesks, have_one_coordinator_for_every_boat_whatever_the_line_does) {
  const int rounds = 60;
  int passed = 0;
  for (int round = 0; round < rounds; ++round) {
    TwoDesks both;
    Random random(20211124, 12, static_cast<std::uint32_t>(round));
    const auto pick = [&](std::uint32_t n) { return random.bits() % n; };
    both.uk.hear(boat_in_uk);
    Json other = boat_in_uk;
    other["boat"] = "Delta";
    other["at"] = fr_waters;
    both.fr.hear(other);
    const auto coordinators = [&](const std::string& at_home, CentreDesk& home, const std::string& away,
                                  CentreDesk& abroad) {
      const Incident& here = home.incident(at_home);
      const auto there = abroad.room().incidents().find(away);
      if (there == abroad.room().incidents().end()) {
        EXPECT_EQ(here.centre, &home == &both.uk ? dover : gris_nez);
        return;
      }
      const bool uk_has = (&home == &both.uk ? here : there->second).centre == dover;
      const bool fr_has = (&home == &both.uk ? there->second : here).centre == gris_nez;
      EXPECT_FALSE(uk_has && fr_has) << "round " << round << ": both";
      if (!uk_has && !fr_has)
        EXPECT_TRUE(here.stands_by || there->second.stands_by) << "round " << round << ": none";
      if (here.centre != (&home == &both.uk ? dover : gris_nez)) ++passed;
    };
    for (int step = 0; step < 120; ++step) {
      CentreDesk& desk = pick(2) == 0 ? both.uk : both.fr;
      const std::string own = &desk == &both.uk ? dover : gris_nez;
      const std::string to = &desk == &both.uk ? gris_nez : dover;
      const std::string boat = pick(2) == 0 ? "Charlie" : "Delta";
      switch (pick(9)) {
        case 0:
        case 1:
          for (std::uint32_t n = 1 + pick(8); n > 0 && both.bring_to_fr(); --n) {
          }
          break;
        case 2:
        case 3:
          for (std::uint32_t n = 1 + pick(8); n > 0 && both.bring_to_uk(); --n) {
          }
          break;
        case 4:
          desk.order(boat, "hand_over", {{"to", to}});
          break;
        case 5:
          desk.order(boat, "accept_hand_over");
          break;
        case 6:
          desk.order(boat, pick(2) == 0 ? "refuse_hand_over" : "withdraw_hand_over");
          break;
        case 7:
          (desk.wait(std::chrono::minutes(11)), desk.tell_head());
          break;
        default:
          desk.restart();
      }
      coordinators("I1", both.uk, of_uk, both.fr);
      coordinators("I1", both.fr, "I1@CROSS-Gris-Nez", both.uk);
      if (HasFailure()) return;
    }
    both.bring_all();
    for (const auto& [home, id, abroad, name] : {std::tuple{&both.uk, "I1", &both.fr, of_uk.c_str()},
                                                 {&both.fr, "I1", &both.uk, "I1@CROSS-Gris-Nez"}}) {
      EXPECT_EQ(home->incident(id).centre, abroad->incident(name).centre) << round;
      EXPECT_EQ(home->incident(id).term, abroad->incident(name).term) << round;
      EXPECT_FALSE(home->incident(id).stands_by || abroad->incident(name).stands_by) << round;
      EXPECT_EQ(estimated(home->room().count_of(id)), estimated(abroad->room().count_of(name))) << round;
    }
    for (const auto* desk : {&both.uk, &both.fr})
      EXPECT_EQ(texts(desk->all).find("cannot be so"), std::string::npos) << texts(desk->all);
    if (HasFailure()) return;
  }
  EXPECT_GT(passed, rounds) << "few incidents changed hands: the walk shows little";
}

}  // namespace
}  // namespace varne::test
