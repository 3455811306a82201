/// The people of a boat, from the first word to the last: what is counted, kept side by side, and never
/// closed too early.

#include "room_support.h"

namespace varne::test {
namespace {

constexpr HeadCount none{};
constexpr HeadCount exactly(int n) {
  return {n, n};
}

class Counts : public ::testing::Test, public Desk {
 protected:
  HeadCount in(PeopleState state, const std::string& boat = "I1") const {
    return room.people().in(state, boat);
  }
  std::vector<Entry> call(const std::string& boat, Json persons, const std::string& from = "caller") {
    return hear({{"kind", "call"},
                 {"from", from},
                 {"boat", boat},
                 {"at", uk_waters},
                 {"persons", std::move(persons)}});
  }
  std::vector<Entry> recovered(const std::string& boat, Json persons, const std::string& unit = "RNLI Dover",
                               const Json& extra = Json::object()) {
    Json report{{"kind", "recovered"},
                {"from", unit},
                {"boat", boat},
                {"unit", unit},
                {"persons", std::move(persons)}};
    report.update(extra);
    return hear(report);
  }
  std::vector<Entry> landing(const std::string& boat, Json persons, const std::string& unit = "RNLI Dover") {
    Json report{{"kind", "landing"},
                {"from", "Border Force"},
                {"port", "Dover"},
                {"country", "UK"},
                {"persons", std::move(persons)}};
    if (!boat.empty()) report["boat"] = boat;
    if (!unit.empty()) report["unit"] = unit;
    return hear(report);
  }
  std::vector<Entry> empty(const std::string& boat, const Json& extra = Json::object()) {
    Json report{
        {"kind", "sighting"}, {"from", "RNLI Dover"}, {"boat", boat}, {"at", uk_waters}, {"empty", true}};
    report.update(extra);
    return hear(report);
  }
};

TEST_F(Counts, one_boat_from_call_to_landing) {
  call("A", 33);
  EXPECT_EQ(in(PeopleState::at_sea), exactly(33));
  recovered("A", 33);
  EXPECT_EQ(in(PeopleState::rescued), exactly(33));
  EXPECT_TRUE(incident("I1").open);  // aboard a lifeboat is not ashore
  const auto said = landing("A", 33);
  EXPECT_FALSE(incident("I1").open) << texts(said);
  EXPECT_EQ(incident("I1").close_reason, "everybody is accounted for: 33 landed at Dover");
}

TEST_F(Counts, estimates_stand_side_by_side_and_the_range_holds_them_all) {
  call("A", Json::array({30, 35}), "caller");
  call("A", 40, "aircraft");
  EXPECT_EQ(in(PeopleState::at_sea), (HeadCount{30, 40}));
  EXPECT_EQ(room.count_of("I1").persons.size(), 2U);
  call("A", 36, "caller");  // the caller's latest word replaces the caller's first
  EXPECT_EQ(in(PeopleState::at_sea), (HeadCount{36, 40}));
}

TEST_F(Counts, a_doubt_keeps_the_incident_open_until_somebody_there_ends_it) {
  call("A", Json::array({30, 40}));
  recovered("A", 33);
  landing("A", 33);
  EXPECT_EQ(in(PeopleState::at_sea), (HeadCount{0, 7}));
  EXPECT_TRUE(incident("I1").open);
  empty("A");  // nobody left aboard, and the caller's range allows 33
  EXPECT_EQ(in(PeopleState::at_sea), none);
  EXPECT_EQ(in(PeopleState::set_out), exactly(33));
  EXPECT_FALSE(incident("I1").open);
}

TEST_F(Counts, an_estimate_that_does_not_allow_the_count_leaves_people_missing) {
  call("A", 40);
  recovered("A", 33, "RNLI Dover", {{"empty", true}});
  landing("A", 33);
  EXPECT_EQ(in(PeopleState::missing), exactly(7));
  EXPECT_TRUE(incident("I1").open);
  // Nobody but the coordinating centre can say that there were 33.
  hear({{"kind", "order"},
        {"from", "CROSS Gris-Nez"},
        {"boat", "A"},
        {"task", "settle_count"},
        {"persons", 33}});
  EXPECT_TRUE(incident("I1").open);
  hear({{"kind", "order"}, {"from", "MRCC Dover"}, {"boat", "A"}, {"task", "settle_count"}, {"persons", 33}});
  EXPECT_EQ(in(PeopleState::missing), none);
  EXPECT_FALSE(incident("I1").open);
  // And a later word of more opens it again.
  call("A", 40, "a relative");
  EXPECT_TRUE(incident("I1").open);
  EXPECT_EQ(in(PeopleState::missing), exactly(7));
}

TEST_F(Counts, an_empty_kayak_leaves_its_people_missing_and_the_incident_open) {
  const auto said = empty("K1", {{"craft", "kayak"}});
  EXPECT_EQ(incident("I1").phase, Phase::distress);
  EXPECT_TRUE(incident("I1").open) << texts(said);
  call("K1", 2, "a relative");
  EXPECT_EQ(in(PeopleState::missing), exactly(2));
  hear({{"kind", "order"}, {"from", incident("I1").centre}, {"boat", "K1"}, {"task", "end_search"}});
  EXPECT_EQ(in(PeopleState::missing), exactly(2));
  EXPECT_TRUE(incident("I1").open);
  EXPECT_EQ(leeway_class_of(incident("I1"), room.count_of("I1").cleared), "PIW-1");
  recovered("K1", 2, "RNLI Dover", {{"dead", 1}});
  EXPECT_EQ(in(PeopleState::dead), exactly(1));
  EXPECT_EQ(in(PeopleState::rescued), exactly(1));
  landing("K1", 1);
  EXPECT_FALSE(incident("I1").open);
}

TEST_F(Counts, more_people_than_anybody_said_are_counted_all_the_same) {
  call("A", 20);
  recovered("A", 25);
  EXPECT_EQ(in(PeopleState::rescued), exactly(25));
  EXPECT_EQ(in(PeopleState::at_sea), none);
  landing("A", 26);  // one was not counted aboard
  EXPECT_EQ(in(PeopleState::landed), exactly(26));
  EXPECT_FALSE(incident("I1").open);
}

TEST_F(Counts, a_boat_that_nobody_counted_does_not_close_with_its_first_load) {
  hear({{"kind", "call"}, {"boat", "A"}, {"at", uk_waters}, {"distress", true}});
  recovered("A", 20);
  landing("A", 20);
  EXPECT_TRUE(incident("I1").open);
  recovered("A", 13, "RNLI Dungeness", {{"empty", true}});
  landing("A", 13, "RNLI Dungeness");
  EXPECT_FALSE(incident("I1").open);
  EXPECT_EQ(in(PeopleState::landed), exactly(33));
}

TEST_F(Counts, one_boat_never_pays_for_another) {
  call("A", 30);
  call("B", 20);
  recovered("A", 30);
  recovered("B", 15);
  landing("A", 30);
  EXPECT_FALSE(incident("I1").open);
  EXPECT_TRUE(incident("I2").open);
  landing("B", 15);
  EXPECT_TRUE(incident("I2").open);
  EXPECT_EQ(in(PeopleState::at_sea, "I2"), exactly(5));
}

TEST_F(Counts, a_landing_without_a_label_is_shared_out_only_where_there_is_no_choice) {
  call("A", 30);
  call("B", 20);
  recovered("A", 30);
  recovered("B", 20);
  const auto part = landing("", 40);
  EXPECT_EQ(bodies(part, "refused").size(), 1U) << texts(part);
  EXPECT_TRUE(incident("I1").open);
  landing("", 50);
  EXPECT_FALSE(incident("I1").open);
  EXPECT_FALSE(incident("I2").open);
}

TEST_F(Counts, another_unit_may_bring_ashore_whom_one_took_over) {
  call("A", 30);
  recovered("A", 30);
  landing("A", 30, "RNLI Dungeness");
  EXPECT_EQ(in(PeopleState::set_out), exactly(30));
  EXPECT_EQ(in(PeopleState::landed), exactly(30));
  EXPECT_FALSE(incident("I1").open);
}

TEST_F(Counts, the_same_rescue_told_by_two_is_one_rescue) {
  call("A", 60);
  recovered("A", 30);
  hear({{"kind", "recovered"},
        {"from", "MRCC Dover"},
        {"boat", "A"},
        {"unit", "RNLI Dover"},
        {"persons", 30}});
  EXPECT_EQ(in(PeopleState::rescued), exactly(30));
  recovered("A", 30);  // the unit itself says it a second time: a second load
  EXPECT_EQ(in(PeopleState::rescued), exactly(60));
}

TEST_F(Counts, coming_ashore_on_their_own_ends_the_voyage) {
  call("A", Json::array({20, 30}));
  landing("A", 24, "");
  EXPECT_EQ(in(PeopleState::landed), exactly(24));
  EXPECT_FALSE(incident("I1").open);
}

TEST_F(Counts, a_prevented_departure_is_counted_and_opens_nothing) {
  hear({{"kind", "departure_prevented"}, {"from", "Gendarmerie"}, {"persons", 40}, {"country", "FR"}});
  EXPECT_TRUE(room.incidents().empty());
  EXPECT_EQ(in(PeopleState::prevented, ""), exactly(40));
  call("A", 20);
  hear({{"kind", "departure_prevented"},
        {"from", "Gendarmerie"},
        {"boat", "A"},
        {"persons", 20},
        {"country", "FR"}});
  EXPECT_FALSE(incident("I1").open);  // turned back to the beach: all of them
  EXPECT_EQ(in(PeopleState::set_out, ""), exactly(60));
}

TEST_F(Counts, ranges_counted_aboard_settle_by_the_centre) {
  call("A", Json::array({30, 40}));
  recovered("A", Json::array({31, 33}), "RNLI Dover", {{"empty", true}});
  landing("A", 32);
  EXPECT_TRUE(incident("I1").open);  // up to one more may be aboard the lifeboat
  hear({{"kind", "order"}, {"from", "MRCC Dover"}, {"boat", "A"}, {"task", "settle_count"}, {"persons", 32}});
  EXPECT_FALSE(incident("I1").open);
  EXPECT_EQ(in(PeopleState::set_out), exactly(32));
}

TEST_F(Counts, people_landed_pass_into_the_care_of_somebody_ashore) {
  const auto handed_over = [&](Json persons, const Json& from) {
    Json report{{"kind", "handed_over"},
                {"from", "Border Force"},
                {"boat", "A"},
                {"persons", persons},
                {"to", "ambulance service"}};
    report.update(from);
    return hear(report);
  };
  EXPECT_EQ(bodies(handed_over(1, {{"port", "Dover"}}), "refused").size(), 1U);  // of whom nobody has heard
  call("A", 33);
  recovered("A", 33);
  EXPECT_EQ(bodies(handed_over(3, {{"port", "Dover"}}), "refused").size(), 1U);  // nobody was landed yet
  EXPECT_EQ(in(PeopleState::handed_over), none);
  handed_over(1, {{"unit", "RNLI Dover"}});  // by helicopter, say
  EXPECT_EQ(in(PeopleState::rescued), exactly(32));
  landing("A", 32);
  const auto said = handed_over(2, {{"port", "Dover"}});
  EXPECT_NE(texts(said).find("2 people handed over to ambulance service"), std::string::npos) << texts(said);
  EXPECT_EQ(in(PeopleState::handed_over), exactly(3));
  EXPECT_EQ(in(PeopleState::landed), exactly(30));
  EXPECT_EQ(in(PeopleState::set_out), exactly(33));
  EXPECT_TRUE(room.people().accounted_for("I1"));
  EXPECT_FALSE(incident("I1").open);
}

}  // namespace
}  // namespace varne::test
