/// Who should go: the desk proposes for boats that wait, people decide.
#include "varne/room/proposals.h"

#include <gtest/gtest.h>

#include "room/room_support.h"

namespace varne::test {
namespace {

class ProposalsRoom : public ::testing::Test, public Desk {
 protected:
  std::vector<Entry> call(const char* boat, Json at, int persons = 30) {
    return hear(
        {{"kind", "call"}, {"boat", boat}, {"at", std::move(at)}, {"persons", persons}, {"distress", true}});
  }
  std::vector<Entry> order(const char* task, const char* unit, const char* boat = "A") {
    return hear({{"kind", "order"}, {"from", "MRCC Dover"}, {"boat", boat}, {"task", task}, {"unit", unit}});
  }
  std::vector<Entry> decline(const char* unit, const char* boat = "A") {
    return hear({{"kind", "task_answer"},
                 {"from", unit},
                 {"unit", unit},
                 {"boat", boat},
                 {"accepted", false},
                 {"text", "one engine is out"}});
  }
  /// "I1: RNLI Dover" a line, of those that go now.
  std::string standing() const {
    std::string out;
    for (const Proposed& one : room.proposals().standing())
      out += one.incident + ": " + one.unit + (one.stop == 1 ? "" : " after") + "\n";
    return out;
  }
};

const Json off_dover = {1.40, 51.08};
const Json off_dungeness = {1.05, 50.85};

TEST_F(ProposalsRoom, the_soonest_unit_is_proposed_with_its_reasons_until_it_is_ordered) {
  const auto said = bodies(call("A", off_dover), "proposal");
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(said[0]["state"], "proposed");
  EXPECT_EQ(said[0]["unit"], "RNLI Dover");
  EXPECT_EQ(said[0]["incident"], "I1");
  EXPECT_EQ(said[0]["objective"], "first_unit");
  EXPECT_EQ(said[0]["persons"], 30);
  EXPECT_NE(said[0]["text"].get<std::string>().find("nearest idle unit"), std::string::npos) << said[0];
  EXPECT_LE(said[0]["price"], said[0]["nearest_price"]);
  EXPECT_EQ(standing(), "I1: RNLI Dover\n");

  const auto ordered = order("rescue", "RNLI Dover");
  EXPECT_TRUE(bodies(ordered, "proposal").empty()) << "the task says it";
  EXPECT_EQ(standing(), "");
}

TEST_F(ProposalsRoom, a_unit_that_said_no_is_not_proposed_again_for_that_boat) {
  call("A", off_dover);
  decline("RNLI Dover");
  const std::string next = standing();
  EXPECT_NE(next, "");
  EXPECT_EQ(next.find("RNLI Dover"), std::string::npos) << next;
  // For another it may be.
  call("B", {1.36, 51.11});
  EXPECT_NE(standing().find("I2: RNLI Dover"), std::string::npos) << standing();
}

/// A plan for many boats takes long, and the next call must not wait for one of its own.
TEST_F(ProposalsRoom, where_many_wait_a_plan_stands_a_while_before_the_next) {
  step = std::chrono::seconds(1);
  const auto known = [&](const std::string& boat) {
    return standing().find(boat + ": ") != std::string::npos || !room.proposals().nobody(boat).empty();
  };
  const auto call_number = [&](int n) {
    call(fmt::format("B{}", n).c_str(), {1.40 + 0.01 * n, 51.0});
    return fmt::format("I{}", n);
  };
  for (int n = 1; n <= 8; ++n) EXPECT_TRUE(known(call_number(n))) << n << ": few are planned for at once";
  EXPECT_TRUE(known(call_number(9)));
  EXPECT_FALSE(known(call_number(10)));
  tick(std::chrono::seconds(5));
  EXPECT_TRUE(known("I10")) << standing();
}

TEST_F(ProposalsRoom, all_units_declined_is_said_once_with_why) {
  call("A", off_dover);
  for (const char* unit : {"RNLI Dover", "RNLI Dungeness", "Abeille Normandie"}) decline(unit);
  const auto last = bodies(all, "proposal").back();
  EXPECT_EQ(last["state"], "nobody");
  EXPECT_NE(last["text"].get<std::string>().find("every available unit has declined"), std::string::npos);
  EXPECT_EQ(room.proposals().nobody("I1"), "every available unit has declined");
  const std::size_t before = bodies(all, "proposal").size();
  for (int i = 0; i < 10; ++i) tick(std::chrono::minutes(6));
  EXPECT_EQ(bodies(all, "proposal").size(), before);
  // People order it again, and it goes.
  order("rescue", "RNLI Dover");
  EXPECT_EQ(room.proposals().nobody("I1"), "");
}

TEST_F(ProposalsRoom, all_boats_are_weighed_against_all_units_and_not_first_come_first_served) {
  // Dungeness can take the western boat only if Dover, first called for it, is kept for the eastern.
  call("A", {1.20, 50.97});
  call("B", off_dover);
  EXPECT_NE(standing().find("I2: RNLI Dover"), std::string::npos) << standing();
  EXPECT_NE(standing().find("I1: RNLI Dungeness"), std::string::npos) << standing();
}

TEST_F(ProposalsRoom, a_boat_too_full_for_who_goes_gets_a_second_unit) {
  call("A", off_dover, 120);  // 80 places each
  EXPECT_EQ(room.proposals().standing().size(), 2U) << standing();
  order("rescue", "RNLI Dover");
  ASSERT_EQ(room.proposals().standing().size(), 1U) << standing();
  EXPECT_NE(room.proposals().standing()[0].unit, "RNLI Dover");
  order("rescue", "RNLI Dungeness");
  EXPECT_EQ(standing(), "");
}

TEST_F(ProposalsRoom, time_alone_does_not_make_proposals_flutter) {
  call("A", off_dover);
  call("B", off_dungeness);
  const std::string first = standing();
  const std::size_t before = bodies(all, "proposal").size();
  for (int i = 0; i < 12; ++i) tick(std::chrono::minutes(5));
  EXPECT_EQ(standing(), first);
  EXPECT_EQ(bodies(all, "proposal").size(), before);
}

TEST_F(ProposalsRoom, what_nobody_needs_any_more_is_withdrawn_in_words) {
  call("A", off_dover);
  order("rescue", "Abeille Normandie");
  const auto last = bodies(all, "proposal").back();
  EXPECT_EQ(last["state"], "withdrawn");
  EXPECT_EQ(last["unit"], "RNLI Dover");
  EXPECT_NE(last["text"].get<std::string>().find("can take all its people"), std::string::npos) << last;
}

TEST_F(ProposalsRoom, a_centre_chooses_what_plans_go_by_and_nobody_else) {
  hear({{"kind", "order"}, {"from", "a minister"}, {"role", "minister"}, {"task", "propose_by_within_30"}});
  EXPECT_EQ(room.proposals().objective(), Objective::first_unit);
  hear({{"kind", "order"}, {"from", "MRCC Dover"}, {"task", "propose_by_within_30"}});
  EXPECT_EQ(room.proposals().objective(), Objective::within_30);
  EXPECT_EQ(bodies(call("A", off_dover), "proposal").at(0)["objective"], "within_30");
  // How long people live is in no table: it says so, and goes by the first unit.
  hear({{"kind", "order"}, {"from", "MRCC Dover"}, {"task", "propose_by_lives"}});
  call("B", off_dungeness);
  const auto last = bodies(all, "proposal").back();
  EXPECT_EQ(last["objective"], "first_unit");
  EXPECT_NE(last["missing"].dump().find("how long people live is not known"), std::string::npos) << last;
}

TEST_F(ProposalsRoom, an_objective_written_otherwise_is_refused_with_the_one_that_was_meant) {
  const auto said =
      bodies(hear({{"kind", "order"}, {"from", "MRCC Dover"}, {"task", "propose by lifes"}}), "refused");
  ASSERT_EQ(said.size(), 1U);
  EXPECT_NE(said[0]["why"].get<std::string>().find("propose_by_lives"), std::string::npos) << said[0];
}

TEST_F(ProposalsRoom, goes_on_alike_from_its_state) {
  call("A", off_dover);
  decline("RNLI Dover");
  auto again = Room::from_state(small_world(), room.state());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->proposals().standing(), room.proposals().standing());
  const Event later{now + std::chrono::minutes(7), {}, ClockTick{}};
  EXPECT_EQ(again->apply(later), room.apply(later));
}

}  // namespace
}  // namespace varne::test
