/// Incidents that are one boat or may be, searches that end, phases that fall: what each takes, and what is
/// refused without it.

#include "room_support.h"

namespace varne::test {
namespace {

constexpr HeadCount exactly(int n) {
  return {n, n};
}

class Incidents : public ::testing::Test, public Desk {
 protected:
  HeadCount in(PeopleState state, const std::string& boat = "I1") const {
    return room.people().in(state, boat);
  }
  std::vector<Entry> call(const std::string& boat, Json persons, const Json& extra = Json::object()) {
    Json report{{"kind", "call"}, {"boat", boat}, {"at", uk_waters}, {"persons", std::move(persons)}};
    report.update(extra);
    return hear(report);
  }
  std::vector<Entry> brought_in(const std::string& boat, int persons) {
    const std::string unit = "RNLI Dover";
    auto said = hear({{"kind", "recovered"},
                      {"from", unit},
                      {"boat", boat},
                      {"unit", unit},
                      {"persons", persons},
                      {"empty", true}});
    const auto ashore = hear({{"kind", "landing"},
                              {"from", "Border Force"},
                              {"boat", boat},
                              {"unit", unit},
                              {"persons", persons},
                              {"port", "Dover"},
                              {"country", "UK"}});
    said.insert(said.end(), ashore.begin(), ashore.end());
    return said;
  }
  std::vector<Entry> order(const char* task, const Json& fields) {
    Json report{{"kind", "order"}, {"from", "MRCC Dover"}, {"task", task}};
    report.update(fields);
    return hear(report);
  }
  /// An order on which each of these fields is needed: refused without any one of them, and changes nothing.
  void expect_all_needed(const char* task, const Json& order_fields, const std::vector<const char*>& needed) {
    for (const char* field : needed) {
      Json without = order_fields;
      without.erase(field);
      const Json before = state();
      const auto said = order(task, without);
      EXPECT_EQ(bodies(said, "refused").size(), 1U) << "without " << field << "\n" << texts(said);
      EXPECT_EQ(state(), before) << "without " << field;
    }
  }
  Json state() const {
    Json out = Json::object();
    for (const auto& [id, i] : room.incidents())
      out[id] = {i.open, name_of(i.phase), i.centre, i.same_as,
                 room.people().in(PeopleState::set_out, id).high};
    return out;
  }
};

const Json confirmed{{"boat", "A"},
                     {"other", "B"},
                     {"officer", "SMC A. Exercise"},
                     {"reason", "the boat's crew read the same mark on the hull"},
                     {"evidence", {"r2"}}};

TEST_F(Incidents, linked_and_possibly_the_same_merge_nothing) {
  call("A", 30);
  call("B", 33);
  for (const char* task : {"link", "possibly_same"}) {
    const auto said = order(task, {{"boat", "B"}, {"other", "A"}});
    const Json body = bodies(said, "relation").at(0);
    EXPECT_EQ(body["incident"], "I1");  // the first opened first
    EXPECT_EQ(body["other"], "I2");
    EXPECT_EQ(in(PeopleState::set_out, ""), exactly(63));
    EXPECT_EQ(incident("I2").same_as, "");
  }
  EXPECT_EQ(room.relations().at({"I1", "I2"}), Relation::possibly_same);
  order("separate", {{"boat", "A"}, {"other", "B"}});
  EXPECT_TRUE(room.relations().empty());
}

TEST_F(Incidents, one_boat_needs_a_named_officer_a_reason_and_evidence_about_it) {
  call("A", Json::array({30, 35}));
  call("B", 33, {{"from", "a relative"}});
  call("C", 20);
  expect_all_needed("confirm_same", confirmed, {"officer", "reason", "evidence", "other"});
  Json elsewhere = confirmed;
  elsewhere["evidence"] = {"r3"};  // of boat C
  EXPECT_EQ(bodies(order("confirm_same", elsewhere), "refused").size(), 1U);
  Json other_centre = confirmed;
  other_centre["from"] = "CROSS Gris-Nez";
  EXPECT_EQ(bodies(order("confirm_same", other_centre), "refused").size(), 1U);
  EXPECT_EQ(in(PeopleState::set_out, ""), (HeadCount{83, 88}));

  const auto said = order("confirm_same", confirmed);
  EXPECT_EQ(incident("I2").same_as, "I1") << texts(said);
  EXPECT_EQ(in(PeopleState::set_out, "I1"), (HeadCount{30, 35}));  // two estimates of one boat, not two boats
  EXPECT_EQ(in(PeopleState::set_out, "I2"), HeadCount{});
  const Json relation = bodies(said, "relation").at(0);
  EXPECT_EQ(relation["officer"], "SMC A. Exercise");
  EXPECT_EQ(relation["evidence"], Json::array({"r2"}));
}

TEST_F(Incidents, what_is_heard_of_one_counts_for_the_boat_and_parting_gives_each_its_own_again) {
  call("A", 30);
  call("B", 33, {{"from", "a relative"}, {"taking_water", true}});
  order("confirm_same", confirmed);
  EXPECT_EQ(incident("I1").phase, Phase::distress);
  brought_in("B", 33);  // of the label that the second call had
  EXPECT_EQ(in(PeopleState::landed, "I1"), exactly(33));
  EXPECT_FALSE(incident("I1").open);
  EXPECT_FALSE(incident("I2").open);

  expect_all_needed("separate", confirmed, {"officer", "reason", "evidence", "other"});
  const auto said = order("separate", confirmed);
  EXPECT_EQ(in(PeopleState::at_sea, "I1"), exactly(30)) << texts(said);
  EXPECT_TRUE(incident("I1").open);  // nobody of it was found
  EXPECT_EQ(incident("I1").phase, Phase::distress);
  EXPECT_EQ(in(PeopleState::landed, "I2"), exactly(33));
  EXPECT_FALSE(incident("I2").open);
}

TEST_F(Incidents, three_numbers_of_one_boat_hang_together_by_pairs) {
  call("A", 30);
  call("B", 30);
  call("C", 30);
  Json pair = confirmed;
  order("confirm_same", pair);
  pair["boat"] = "C";
  order("confirm_same", pair);
  EXPECT_EQ(incident("I2").same_as, "I1");
  EXPECT_EQ(incident("I3").same_as, "I1");
  EXPECT_EQ(in(PeopleState::set_out, ""), exactly(30));
  order("separate", confirmed);  // A and B
  EXPECT_EQ(incident("I2").same_as, "");
  EXPECT_EQ(incident("I3").same_as, "I2");
  EXPECT_EQ(in(PeopleState::set_out, ""), exactly(60));
}

TEST_F(Incidents, both_boats_must_be_coordinated_by_the_centre_that_joins_them) {
  call("A", 30);
  hear({{"kind", "call"}, {"boat", "B"}, {"at", fr_waters}, {"persons", 30}});
  const auto said = order("confirm_same", confirmed);
  EXPECT_NE(texts(said).find("one centre must coordinate both"), std::string::npos) << texts(said);
  order("hand_over", {{"from", "CROSS Gris-Nez"}, {"boat", "B"}, {"to", "MRCC Dover"}});
  order("accept_hand_over", {{"boat", "B"}});
  order("confirm_same", confirmed);
  EXPECT_EQ(incident("I2").same_as, "I1");
}

TEST_F(Incidents, a_landing_without_a_label_is_not_shared_within_one_boat) {
  call("A", 30);
  call("B", 30);
  order("confirm_same", confirmed);
  hear({{"kind", "recovered"}, {"boat", "B"}, {"unit", "RNLI Dover"}, {"persons", 30}});
  const Json landing{
      {"kind", "landing"}, {"unit", "RNLI Dover"}, {"persons", 30}, {"port", "Dover"}, {"country", "UK"}};
  const auto said = hear(landing);
  EXPECT_NE(texts(said).find("known by several numbers"), std::string::npos) << texts(said);
  Json named = landing;
  named["boat"] = "B";
  hear(named);
  EXPECT_FALSE(incident("I1").open);
}

TEST_F(Incidents, a_call_may_be_from_any_of_several_boats) {
  call("A", 30, {{"distress", false}});
  call("B", 33, {{"distress", false}});
  const auto said = hear({{"kind", "call"}, {"distress", true}, {"may_be", {"A", "B", "Z"}}});
  EXPECT_EQ(room.incidents().size(), 3U);
  EXPECT_EQ(room.relations().at({"I1", "I3"}), Relation::possibly_same) << texts(said);
  EXPECT_EQ(room.relations().at({"I2", "I3"}), Relation::possibly_same);
  EXPECT_EQ(incident("I3").phase, Phase::distress);
  EXPECT_EQ(incident("I1").phase, Phase::alert);  // it may be from this boat
  EXPECT_EQ(incident("I2").phase, Phase::alert);
  EXPECT_NE(texts(said).find("may be about \"Z\", of which no incident is known"), std::string::npos);
}

TEST_F(Incidents, recovering_another_boat_closes_nothing_and_is_no_evidence) {
  call("A", 33, {{"distress", true}});
  brought_in("B", 33);
  EXPECT_FALSE(incident("I2").open);
  EXPECT_TRUE(incident("I1").open);
  EXPECT_EQ(in(PeopleState::at_sea), exactly(33));
  const auto said =
      order("lower_phase",
            {{"boat", "A"}, {"phase", "uncertainty"}, {"officer", "SMC A. Exercise"}, {"evidence", {"r3"}}});
  EXPECT_EQ(bodies(said, "refused").size(), 1U) << texts(said);
  EXPECT_EQ(incident("I1").phase, Phase::distress);
}

TEST_F(Incidents, a_phase_falls_by_a_named_officer_on_who_saw_that_very_boat) {
  hear({{"kind", "sighting"}, {"from", "an aircraft"}, {"boat", "A"}, {"at", uk_waters}, {"persons", 30}});
  call("A", 30, {{"distress", true}});
  const Json lower{{"boat", "A"}, {"phase", "alert"}, {"officer", "SMC A. Exercise"}, {"evidence", {"r1"}}};
  // Seen before the call for help; and a caller is not somebody who saw her.
  EXPECT_EQ(bodies(order("lower_phase", lower), "refused").size(), 1U);
  hear({{"kind", "call"}, {"id", "quiet"}, {"boat", "A"}, {"distress", false}});
  Json by_caller = lower;
  by_caller["evidence"] = {"quiet"};
  EXPECT_EQ(bodies(order("lower_phase", by_caller), "refused").size(), 1U);
  tick(std::chrono::hours(30));  // nothing falls by waiting
  EXPECT_EQ(incident("I1").phase, Phase::distress);

  hear({{"kind", "sighting"},
        {"id", "seen"},
        {"from", "HMC Valiant"},
        {"boat", "A"},
        {"at", uk_waters},
        {"persons", 30}});
  Json seen = lower;
  seen["evidence"] = {"seen"};
  expect_all_needed("lower_phase", seen, {"officer", "evidence", "phase"});
  Json too_far = seen;
  too_far["phase"] = "uncertainty";  // people at sea in a small craft
  EXPECT_EQ(bodies(order("lower_phase", too_far), "refused").size(), 1U);
  const auto said = order("lower_phase", seen);
  EXPECT_EQ(incident("I1").phase, Phase::alert) << texts(said);
  EXPECT_EQ(bodies(said, "incident").at(0)["change"], "lowered");
  call("A", 30, {{"distress", true}});
  EXPECT_EQ(incident("I1").phase, Phase::distress);
}

TEST_F(Incidents, a_search_ends_by_a_named_officer_with_reason_forecast_and_coverage) {
  call("A", 4);
  const Json end{{"boat", "A"},
                 {"officer", "SMC A. Exercise"},
                 {"reason", "no hope of survivors after 60 hours in water of 9 degrees"},
                 {"forecast", "F1"},
                 {"coverage", 1.2},
                 {"coverage_source", "worked out by hand"}};
  EXPECT_EQ(bodies(order("end_search", end), "refused").size(), 1U);  // no forecast has come back yet
  auto run = std::make_shared<DriftRun>();
  run->snapshots = {{now + std::chrono::hours(6), {{1.4, 51.1}}, {ParticleState::adrift}}};
  const ForecastRequest request = room.pending().front();
  apply({now, {}, ForecastAnswer{request.id, request.inputs, run, ""}});
  expect_all_needed("end_search", end, {"officer", "reason", "forecast", "coverage", "coverage_source"});
  Json other_centre = end;
  other_centre["from"] = "CROSS Gris-Nez";
  EXPECT_EQ(bodies(order("end_search", other_centre), "refused").size(), 1U);
  Json minister = end;
  minister["role"] = "minister";
  order("end_search", minister);
  EXPECT_TRUE(incident("I1").open);

  const auto said = order("end_search", end);
  EXPECT_FALSE(incident("I1").open) << texts(said);
  EXPECT_NE(incident("I1").close_reason.find("not accounted for: 4 at sea"), std::string::npos);
  EXPECT_EQ(bodies(said, "incident").at(0)["ended"]["coverage"], 1.2);
  EXPECT_EQ(in(PeopleState::at_sea), exactly(4));  // nobody is written off
  // Any word of that boat opens it again; once all are accounted for, it closes by that.
  hear({{"kind", "sighting"}, {"from", "a ferry"}, {"boat", "A"}, {"at", uk_waters}});
  EXPECT_TRUE(incident("I1").open);
  brought_in("A", 4);
  EXPECT_FALSE(incident("I1").open);
  EXPECT_FALSE(incident("I1").ended);
}

}  // namespace
}  // namespace varne::test
