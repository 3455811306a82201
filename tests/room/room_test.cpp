#include "varne/room/room.h"

#include "picture/picture_support.h"
#include "room_support.h"

namespace varne::test {
namespace {

TEST(Room, the_first_entry_says_what_day_it_is_and_that_it_is_an_exercise) {
  Desk desk;
  const auto said = desk.tick(Duration{0});
  ASSERT_EQ(said.size(), 1U + small_world()->rules->doctrines.size());  // and by which rules
  EXPECT_EQ(said[0].number, 1U);
  EXPECT_EQ(said[0].kind, "day");
  const Json body = parse_json(said[0].body).value();
  EXPECT_EQ(body["text"], "EXERCISE. A trial");
  EXPECT_EQ(body["seed"], "7");
  EXPECT_TRUE(desk.tick(Duration{10000}).empty());
}

TEST(Room, every_entry_is_one_that_the_record_takes) {
  Desk desk;
  desk.hear({{"kind", "call"},
             {"boat", "A"},
             {"at", uk_waters},
             {"persons", {30, 40}},
             {"text", "é \"quoted\"\n"}});
  desk.hear({{"kind", "recovered"}, {"boat", "A"}, {"unit", "RNLI Dover"}, {"persons", 33}});
  for (const Entry& entry : desk.all) {
    EXPECT_TRUE(check_entry(entry)) << entry_line(entry);
    EXPECT_EQ(parse_entry(entry_line(entry)).value(), entry);
  }
}

TEST(Room, a_call_opens_an_incident_in_the_region_it_lies_in) {
  Desk desk;
  const auto said = desk.hear({{"kind", "call"},
                               {"boat", "Charlie"},
                               {"at", uk_waters},
                               {"engine_stopped", true},
                               {"persons", {30, 40}}});
  const auto opened = bodies(said, "incident");
  ASSERT_EQ(opened.size(), 1U) << texts(said);
  EXPECT_EQ(opened[0]["change"], "opened");
  EXPECT_EQ(opened[0]["phase"], "distress");
  EXPECT_EQ(opened[0]["why"], "engine stopped, adrift");
  EXPECT_EQ(opened[0]["centre"], "MRCC Dover");
  EXPECT_EQ(opened[0]["nearest"][0]["unit"], "RNLI Dover");
  desk.hear({{"kind", "call"}, {"boat", "Delta"}, {"at", fr_waters}});
  EXPECT_EQ(desk.incident("I2").centre, "CROSS Gris-Nez");
  EXPECT_EQ(desk.incident("I2").phase, Phase::alert);
}

TEST(Room, without_a_place_the_reporting_centre_coordinates_and_else_this_desk) {
  Desk desk;
  desk.hear({{"kind", "call"}, {"from", "CROSS Gris-Nez"}, {"boat", "A"}});
  desk.hear({{"kind", "call"}, {"from", "caller"}, {"boat", "B"}});
  EXPECT_EQ(desk.incident("I1").centre, "CROSS Gris-Nez");
  EXPECT_EQ(desk.incident("I2").centre, "MRCC Dover");
  // A later place moves the boat and not the responsibility; what it means is said.
  const auto said =
      desk.hear({{"kind", "sighting"}, {"from", "CROSS Gris-Nez"}, {"boat", "B"}, {"at", fr_waters}});
  EXPECT_EQ(desk.incident("I2").centre, "MRCC Dover");
  EXPECT_NE(texts(said).find(
                "in the region of CROSS Gris-Nez; MRCC Dover coordinates until CROSS Gris-Nez accepts"),
            std::string::npos)
      << texts(said);
}

TEST(Room, responsibility_moves_by_the_order_of_the_centre_that_has_it) {
  Desk desk;
  desk.hear({{"kind", "call"}, {"boat", "A"}, {"at", fr_waters}});
  const Json order{{"kind", "order"}, {"boat", "A"}, {"task", "hand_over"}, {"to", "MRCC Dover"}};
  const auto by = [&](const Json& extra) {
    Json one = order;
    one.update(extra);
    return desk.hear(one);
  };
  EXPECT_EQ(bodies(by({{"from", "MRCC Dover"}}), "refused").size(), 1U);  // may not take it
  EXPECT_EQ(bodies(by({{"from", "CROSS Gris-Nez"}, {"to", "the moon"}}), "refused").size(), 1U);
  EXPECT_EQ(desk.incident("I1").centre, "CROSS Gris-Nez");
  const auto asked = bodies(by({{"from", "CROSS Gris-Nez"}, {"role", "minister"}}), "order");
  EXPECT_EQ(asked.at(0)["standing"], "request");
  EXPECT_EQ(desk.incident("I1").centre, "CROSS Gris-Nez");
  const auto offered = by({{"from", "CROSS Gris-Nez"}});
  EXPECT_EQ(bodies(offered, "incident").at(0)["change"], "offered") << texts(offered);
  EXPECT_EQ(desk.incident("I1").centre, "CROSS Gris-Nez");  // and keeps it until the other accepts
  EXPECT_EQ(desk.incident("I1").offered_to, "MRCC Dover");

  const auto accept = [&](const char* from, const char* task) {
    return desk.hear({{"kind", "order"}, {"from", from}, {"boat", "A"}, {"task", task}});
  };
  EXPECT_EQ(bodies(accept("MRCC Oostende", "accept_hand_over"), "refused").size(), 1U);
  EXPECT_EQ(desk.incident("I1").centre, "CROSS Gris-Nez");
  const auto taken = accept("MRCC Dover", "accept_hand_over");
  EXPECT_EQ(bodies(taken, "incident").at(0)["change"], "handed_over") << texts(taken);
  EXPECT_EQ(desk.incident("I1").centre, "MRCC Dover");
  EXPECT_EQ(bodies(accept("MRCC Dover", "accept_hand_over"), "refused").size(), 1U);  // nothing is proposed
}

TEST(Room, a_hand_over_that_is_refused_or_withdrawn_leaves_the_centre_that_had_it) {
  Desk desk;
  desk.hear({{"kind", "call"}, {"boat", "A"}, {"at", uk_waters}});
  for (const auto& [from, task] :
       {std::pair{"CROSS Gris-Nez", "refuse_hand_over"}, {"MRCC Dover", "withdraw_hand_over"}}) {
    desk.hear({{"kind", "order"},
               {"from", "MRCC Dover"},
               {"boat", "A"},
               {"task", "hand_over"},
               {"to", "CROSS Gris-Nez"}});
    const auto said = desk.hear({{"kind", "order"}, {"from", from}, {"boat", "A"}, {"task", task}});
    EXPECT_EQ(bodies(said, "incident").at(0)["change"], "kept") << texts(said);
    EXPECT_EQ(desk.incident("I1").offered_to, "");
    EXPECT_EQ(desk.incident("I1").centre, "MRCC Dover");
    const auto late = desk.hear(
        {{"kind", "order"}, {"from", "CROSS Gris-Nez"}, {"boat", "A"}, {"task", "accept_hand_over"}});
    EXPECT_EQ(bodies(late, "refused").size(), 1U) << texts(late);
  }
}

TEST(Room, a_request_from_above_is_recorded_and_changes_nothing) {
  Desk desk;
  desk.hear({{"kind", "call"}, {"boat", "A"}, {"at", uk_waters}, {"persons", 20}});
  const Incident before = desk.incident("I1");
  const auto said = desk.hear({{"kind", "order"},
                               {"from", "the ministry"},
                               {"role", "minister"},
                               {"boat", "A"},
                               {"task", "settle_count"},
                               {"persons", 0}});
  EXPECT_EQ(bodies(said, "order").at(0)["standing"], "request");
  EXPECT_TRUE(desk.incident("I1").open);
  EXPECT_EQ(desk.incident("I1").phase, before.phase);
  EXPECT_EQ(desk.room.people().in(PeopleState::at_sea), (HeadCount{20, 20}));
}

TEST(Room, a_repeated_report_is_refused_and_counts_once) {
  Desk desk;
  const Json call{{"kind", "call"}, {"id", "77"}, {"boat", "A"}, {"persons", 20}};
  desk.hear(call);
  const auto again = desk.hear(call);
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].kind, "refused");
  EXPECT_EQ(desk.hear(call, "another feed").at(0).kind, "report");
  EXPECT_EQ(desk.room.people().in(PeopleState::set_out), (HeadCount{20, 20}));
}

TEST(Room, a_report_without_a_label_is_never_merged_by_guess) {
  Desk desk;
  desk.hear({{"kind", "sighting"}, {"boat", "A"}, {"at", uk_waters}, {"persons", 20}});
  const auto said = desk.hear({{"kind", "sighting"}, {"at", {1.301, 51.001}}, {"persons", 20}});
  EXPECT_EQ(desk.room.incidents().size(), 2U);
  EXPECT_NE(texts(said).find("possibly the same boat as I1 (A)"), std::string::npos) << texts(said);
  // A report may name the incident itself.
  desk.hear({{"kind", "sighting"}, {"boat", "I2"}, {"at", uk_waters}, {"taking_water", true}});
  EXPECT_EQ(desk.room.incidents().size(), 2U);
  EXPECT_EQ(desk.incident("I2").phase, Phase::distress);
}

TEST(Room, phases_rise_and_never_fall) {
  Desk desk;
  desk.hear({{"kind", "call"}, {"boat", "A"}, {"distress", false}});
  EXPECT_EQ(desk.incident("I1").phase, Phase::uncertainty);
  desk.hear({{"kind", "call"}, {"boat", "A"}});
  EXPECT_EQ(desk.incident("I1").phase, Phase::alert);
  const auto said = desk.hear({{"kind", "call"}, {"boat", "A"}, {"children", 4}, {"persons", 4}});
  EXPECT_EQ(desk.incident("I1").phase, Phase::distress);
  EXPECT_EQ(desk.incident("I1").why, "nobody aboard but children");
  EXPECT_EQ(bodies(said, "incident").at(0)["change"], "raised");
  desk.hear({{"kind", "call"}, {"boat", "A"}, {"distress", false}});
  EXPECT_EQ(desk.incident("I1").phase, Phase::distress);
}

TEST(Room, units_move_by_report_and_by_their_ais) {
  Desk desk;
  desk.hear({{"kind", "unit_position"}, {"from", "RNLI"}, {"unit", "RNLI Dover"}, {"at", uk_waters}});
  EXPECT_EQ(desk.room.unit_positions().at("RNLI Dover").place, (Place{1.30, 51.00}));
  const auto unknown =
      desk.hear({{"kind", "unit_position"}, {"from", "x"}, {"unit", "nobody"}, {"at", uk_waters}});
  EXPECT_NE(texts(unknown).find("no unit is called \"nobody\""), std::string::npos);
  const auto said = desk.apply({desk.now, recorded, ship(235000001, {1.1, 50.95}, desk.now, 10, 90)});
  EXPECT_EQ(bodies(said, "unit").at(0)["unit"], "RNLI Dungeness");
  EXPECT_EQ(desk.room.unit_positions().at("RNLI Dungeness").place, (Place{1.1, 50.95}));
  EXPECT_EQ(desk.room.touched_tracks(), std::vector<std::string>{"M235000001"});
}

TEST(Room, a_ship_is_said_when_it_appears_and_every_ten_minutes) {
  Desk desk;
  std::size_t tracks = 0;
  for (int minute = 0; minute < 60; ++minute) {
    desk.now += std::chrono::minutes(1);
    const Place place{1.3, 50.9 + minute * 0.003};
    tracks +=
        bodies(desk.apply({desk.now, recorded, ship(244000001, place, desk.now, 7, 0)}), "track").size();
    EXPECT_EQ(desk.room.touched_tracks().size(), 1U);  // the console sees every one
  }
  EXPECT_EQ(tracks, 6U);
}

TEST(Room, a_ship_that_falls_silent_is_said_to_be_lost_and_appears_again) {
  Desk desk;
  const auto sends = [&] {
    const auto ais = ship(244000001, {1.3, 50.9}, desk.now, 7, 0);
    return bodies(desk.apply({desk.now, recorded, ais}), "track");
  };
  EXPECT_EQ(sends().at(0)["change"], "started");
  EXPECT_EQ(bodies(desk.tick(std::chrono::minutes(7)), "track").at(0)["change"], "coasting");
  const auto lost = bodies(desk.tick(std::chrono::minutes(24)), "track");
  ASSERT_EQ(lost.size(), 1U);
  EXPECT_EQ(lost[0]["change"], "dropped");
  EXPECT_EQ(lost[0]["track"], "M244000001");
  EXPECT_EQ(lost[0]["text"], "Ship 244000001 is lost, last heard 00:00:00");
  EXPECT_EQ(desk.room.touched_tracks(), std::vector<std::string>{"M244000001"});
  EXPECT_TRUE(desk.room.picture().tracks().empty());
  // Nothing is kept of one that is gone: what comes now is somebody who appears.
  const auto again = sends();
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0]["change"], "started");
}

TEST(Room, a_forecast_is_asked_for_answered_and_renewed) {
  Desk desk;
  desk.hear({{"kind", "call"}, {"boat", "A"}, {"craft", "kayak"}, {"at", uk_waters}, {"error_m", 490}});
  ASSERT_EQ(desk.room.pending().size(), 1U);
  const ForecastRequest request = desk.room.pending().front();
  EXPECT_EQ(request.leeway_key, "PERSON-POWERED-VESSEL-1");
  EXPECT_DOUBLE_EQ(request.release.sigma_m, 200);
  desk.hear({{"kind", "call"}, {"boat", "A"}, {"at", fr_waters}});
  EXPECT_EQ(desk.room.pending().size(), 1U);  // one at a time

  const auto wrong = desk.apply({desk.now, {}, ForecastAnswer{"F1", Hash{}, nullptr, "?"}});
  EXPECT_EQ(wrong.at(0).kind, "refused");
  auto run = std::make_shared<DriftRun>();
  run->snapshots = {{midnight + std::chrono::hours(6),
                     {{1.4, 51.1}, {1.4, 51.1}},
                     {ParticleState::adrift, ParticleState::ashore}}};
  const auto said = desk.apply({desk.now, {}, ForecastAnswer{"F1", request.inputs, run, ""}});
  const Json body = bodies(said, "forecast").at(0);
  EXPECT_EQ(body["snapshots"][0]["ashore"], 0.5);
  EXPECT_EQ(body["snapshots"][0]["half_m"], 0);
  EXPECT_EQ(desk.room.forecast_id("I1"), "F1");
  EXPECT_EQ(desk.room.forecast("I1"), run);

  EXPECT_TRUE(
      bodies(desk.tick(std::chrono::minutes(20)), "forecast_requested").empty());  // it waits half an hour
  EXPECT_EQ(bodies(desk.tick(std::chrono::minutes(10)), "forecast_requested").size(), 1U);
}

TEST(Room, claims_stand_beside_the_count) {
  Desk desk;
  desk.hear({{"kind", "claim"},
             {"from", "Home Office"},
             {"subject", "arrived"},
             {"persons", 1185},
             {"status", "provisional"},
             {"about", "2021-11-11"}});
  EXPECT_EQ(desk.room.claims().size(), 1U);
  EXPECT_EQ(desk.room.people().in(PeopleState::set_out), HeadCount{});
}

}  // namespace
}  // namespace varne::test
