/// What must not be obeyed or believed: words dated ahead, offices that nobody holds, acts against a rescue.
#include "room/judged_desk.h"

namespace varne::test {
namespace {

using Attacked = Verdicts;

/// A report dated so far ahead of its arrival.
std::vector<Entry> ahead(Desk& desk, Json report, Duration by, const char* id) {
  report["id"] = id;
  report["from"] = report.value("from", "caller");
  report["time"] = iso(desk.now + by);
  const auto read = report_from(report).value();
  return desk.apply(
      {desk.now, recorded, Observation{report_head(read).time, "reports", report.dump(), read}});
}

TEST_F(Attacked, a_place_dated_ahead_does_not_hold_up_the_next) {
  ahead(*this, {{"kind", "sighting"}, {"boat", "A"}, {"at", fr_waters}}, std::chrono::hours(9), "x1");
  EXPECT_EQ(incident("I1").place_time, now);
  hear({{"kind", "sighting"}, {"boat", "A"}, {"at", uk_waters}});
  EXPECT_EQ(incident("I1").place->lon, 1.30);
}

TEST_F(Attacked, a_unit_position_dated_ahead_is_refused_and_the_next_is_taken) {
  const Json there{{"kind", "unit_position"}, {"unit", "RNLI Dover"}, {"at", fr_waters}};
  EXPECT_EQ(bodies(ahead(*this, there, std::chrono::hours(2), "x1"), "refused").size(), 1U);
  hear({{"kind", "unit_position"}, {"unit", "RNLI Dover"}, {"at", uk_waters}});
  EXPECT_EQ(room.unit_positions().at("RNLI Dover").place.lon, 1.30);
}

TEST_F(Attacked, a_fact_dated_ahead_is_refused_and_permits_nothing) {
  sight_boat();
  const auto said = ahead(
      *this, {{"kind", "fact"}, {"boat", "A"}, {"fact", "boat_sturdy"}, {"value", true}, {"role", "captain"}},
      std::chrono::hours(24), "x1");
  ASSERT_EQ(bodies(said, "refused").size(), 1U) << texts(said);
  EXPECT_NE(bodies(said, "refused")[0]["why"].get<std::string>().find("dated ahead"), std::string::npos);
}

TEST_F(Attacked, a_watch_that_is_a_little_fast_is_no_reason_to_refuse) {
  sight_boat();
  const auto said = ahead(*this, {{"kind", "fact"}, {"boat", "A"}, {"fact", "boat_sturdy"}, {"value", true}},
                          std::chrono::minutes(2), "x1");
  EXPECT_TRUE(bodies(said, "refused").empty()) << texts(said);
}

TEST_F(Attacked, only_a_captain_or_a_commander_acts_against_a_verdict) {
  meet_every_condition_and_agree();
  fact("asylum_asked", true, "captain");
  for (const char* role : {"minister", "director", "coordinator"})
    EXPECT_EQ(bodies(override_by(role), "refused").size(), 1U) << role;
  EXPECT_EQ(bodies(override_by("captain"), "override").size(), 1U);
}

TEST_F(Attacked, nobody_acts_against_a_rescue) {
  sight_boat();
  hear({{"kind", "call"}, {"boat", "A"}, {"engine_stopped", true}});
  ASSERT_EQ(ruling("rescue"), "required");
  for (const char* role : {"captain", "commander", "minister"}) {
    const auto said = override_by(role, std::chrono::minutes(30), "rescue");
    EXPECT_TRUE(bodies(said, "override").empty()) << texts(said);
    EXPECT_EQ(bodies(said, "refused").size(), 1U) << texts(said);
  }
}

TEST_F(Attacked, only_an_officer_sets_a_parameter) {
  const auto set = [&](const char* role, const char* from) {
    return hear({{"kind", "parameter"},
                 {"parameter", "uk-turnaround-2021.wind_most"},
                 {"value", 8.0},
                 {"role", role},
                 {"from", from}});
  };
  EXPECT_EQ(bodies(set("minister", "the minister"), "refused").size(), 1U);
  EXPECT_EQ(bodies(set("coordinator", "somebody"), "refused").size(), 1U);
  EXPECT_EQ(bodies(set("coordinator", "MRCC Dover"), "parameter").size(), 1U);
}

TEST_F(Attacked, a_captain_of_no_listed_unit_agrees_to_nothing_and_the_entry_says_so) {
  sight_boat();
  meet_every_condition();
  consent("commander", true);
  const auto said = hear({{"kind", "consent"},
                          {"boat", "A"},
                          {"from", "the captain"},
                          {"role", "captain"},
                          {"unit", "HMC Nowhere"},
                          {"response", "turn_round"},
                          {"given", true}});
  EXPECT_NE(bodies(said, "consent")[0].value("without_effect", "").find("no unit of this captain"),
            std::string::npos)
      << texts(said);
  EXPECT_NE(ruling(), "permitted");
  consent("captain", true);
  EXPECT_EQ(ruling(), "permitted");
}

TEST_F(Attacked, one_name_in_two_roles_agrees_once) {
  sight_boat();
  meet_every_condition();
  for (const char* role : {"commander", "captain"})
    hear({{"kind", "consent"},
          {"boat", "A"},
          {"from", "HMC Exercise"},
          {"role", role},
          {"unit", "RNLI Dover"},
          {"response", "turn_round"},
          {"given", true}});
  EXPECT_NE(ruling(), "permitted");
}

TEST(Nearest, a_unit_whose_speed_is_not_known_arrives_nobody_knows_when) {
  auto world = std::make_shared<World>(*small_world());
  world->units[0].speed_mps.reset();
  Room room(world);
  const Json call{{"kind", "call"}, {"id", "1"},           {"from", "caller"}, {"time", iso(midnight)},
                  {"boat", "A"},    {"at", {0.98, 50.90}}, {"distress", true}};
  const auto read = report_from(call).value();
  room.apply({midnight, recorded, Observation{report_head(read).time, "reports", call.dump(), read}});
  const auto units = room.nearest_units("I1");
  ASSERT_EQ(units.size(), 3U);
  EXPECT_EQ(units[2].unit, "RNLI Dungeness");  // nearest by far, and last
  EXPECT_FALSE(units[2].time);
}

TEST(Forecasts, those_who_left_the_known_sea_are_told_and_the_rest_stands_for_no_whole) {
  Desk desk;
  desk.hear({{"kind", "call"}, {"boat", "A"}, {"at", uk_waters}, {"distress", true}});
  const auto answer = [&](int gone, int of) {
    const ForecastRequest request = desk.room.pending().front();
    auto run = std::make_shared<DriftRun>();
    DriftSnapshot end{midnight + std::chrono::hours(6), {}, {}};
    for (int i = 0; i < of; ++i) {
      end.places.push_back(i < gone ? Place{3.0, 52.0} : Place{1.4, 51.1});
      end.states.push_back(i < gone ? ParticleState::left : ParticleState::adrift);
    }
    run->snapshots = {end};
    return bodies(desk.apply({desk.now, {}, ForecastAnswer{request.id, request.inputs, run, ""}}),
                  "forecast")[0];
  };
  const Json some = answer(1, 4);
  EXPECT_EQ(some["snapshots"][0]["left"], 0.25);
  EXPECT_EQ(some["snapshots"][0]["at"], Json::array({1.4, 51.1}));  // of those that are still known
  EXPECT_NE(some["text"].get<std::string>().find("25 % have left the sea that is known"), std::string::npos);
  desk.hear({{"kind", "sighting"}, {"boat", "A"}, {"at", uk_waters}, {"empty", true}});  // another class
  const Json most = answer(3, 4);
  EXPECT_EQ(most["snapshots"][0]["left"], 0.75);
  EXPECT_FALSE(most["snapshots"][0].contains("at")) << most;
}

}  // namespace
}  // namespace varne::test
