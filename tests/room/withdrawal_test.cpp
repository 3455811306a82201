/// A report that was wrong is taken back: people and place anew, danger as it was.
#include <gtest/gtest.h>

#include "room/room_support.h"

namespace varne::test {
namespace {

class WithdrawalRoom : public ::testing::Test, public Desk {
 protected:
  void SetUp() override {
    hear({{"id", "right"}, {"kind", "call"}, {"boat", "A"}, {"at", {1.40, 51.08}}, {"persons", 33}});
    hear({{"id", "wrong"},
          {"kind", "sighting"},
          {"from", "a ferry"},
          {"boat", "A"},
          {"at", {1.60, 51.00}},
          {"persons", 330},
          {"taking_water", true}});
  }
  std::vector<Entry> withdraw(Json more = Json::object()) {
    Json order{{"kind", "order"},           {"from", "MRCC Dover"},         {"boat", "A"},
               {"task", "withdraw_report"}, {"officer", "SMC A. Exercise"}, {"reason", "mistyped"},
               {"evidence", {"wrong"}}};
    order.update(more);
    return hear(order);
  }
  std::string refusal(const std::vector<Entry>& said) const {
    const auto refused = bodies(said, "refused");
    return refused.empty() ? "" : refused[0]["why"].get<std::string>();
  }
  HeadCount set_out() const { return room.people().in(PeopleState::set_out, "I1"); }
};

TEST_F(WithdrawalRoom, its_people_and_place_go_and_the_danger_it_spoke_of_stays) {
  ASSERT_EQ(set_out().high, 330);
  ASSERT_EQ(incident("I1").phase, Phase::distress);
  const auto said = withdraw();
  EXPECT_EQ(refusal(said), "");
  EXPECT_EQ(set_out(), (HeadCount{33, 33}));
  EXPECT_NEAR(incident("I1").place->lon, 1.40, 1e-9);
  EXPECT_EQ(incident("I1").phase, Phase::distress);
  ASSERT_FALSE(room.need(incident("I1")).dangers.empty());
  EXPECT_EQ(room.need(incident("I1")).dangers[0].sign, "taking_water");
  EXPECT_EQ(bodies(said, "incident").at(0)["change"], "corrected");
  EXPECT_EQ(bodies(said, "report").size(), 1U) << "what was reported stays in the record";
}

TEST_F(WithdrawalRoom, is_as_if_it_had_never_counted) {
  withdraw();
  Desk other;
  other.hear({{"id", "right"}, {"kind", "call"}, {"boat", "A"}, {"at", {1.40, 51.08}}, {"persons", 33}});
  EXPECT_EQ(room.people().balances(), other.room.people().balances());
  hear({{"kind", "recovered"},
        {"from", "RNLI Dover"},
        {"unit", "RNLI Dover"},
        {"boat", "A"},
        {"persons", 33},
        {"empty", true}});
  hear({{"kind", "landing"},
        {"from", "RNLI Dover"},
        {"unit", "RNLI Dover"},
        {"boat", "A"},
        {"persons", 33},
        {"port", "Dover"},
        {"country", "UK"}});
  EXPECT_FALSE(incident("I1").open);
}

TEST_F(WithdrawalRoom, what_was_withdrawn_lowers_no_phase) {
  hear({{"id", "seen well"},
        {"kind", "sighting"},
        {"from", "RNLI Dover"},
        {"boat", "A"},
        {"at", {1.40, 51.08}},
        {"taking_water", false},
        {"empty", false}});
  withdraw({{"evidence", {"seen well"}}});
  const auto said = hear({{"kind", "order"},
                          {"from", "MRCC Dover"},
                          {"boat", "A"},
                          {"task", "lower_phase"},
                          {"phase", "uncertainty"},
                          {"officer", "SMC A. Exercise"},
                          {"evidence", {"seen well"}}});
  EXPECT_NE(refusal(said), "");
  EXPECT_EQ(incident("I1").phase, Phase::distress);
}

TEST_F(WithdrawalRoom, takes_a_named_officer_of_the_coordinator_a_reason_and_a_report_of_that_boat) {
  EXPECT_NE(refusal(withdraw({{"officer", ""}})).find("officer"), std::string::npos);
  EXPECT_NE(refusal(withdraw({{"reason", ""}})).find("reason"), std::string::npos);
  EXPECT_NE(refusal(withdraw({{"evidence", {"no such"}}})).find("no such"), std::string::npos);
  EXPECT_NE(refusal(withdraw({{"from", "CROSS Gris-Nez"}})).find("MRCC Dover"), std::string::npos);
  EXPECT_EQ(set_out().high, 330);
  EXPECT_EQ(refusal(withdraw()), "");
  EXPECT_NE(refusal(withdraw()).find("withdrawn already"), std::string::npos);
}

TEST_F(WithdrawalRoom, goes_on_alike_from_its_state) {
  withdraw();
  auto again = Room::from_state(small_world(), room.state());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->state(), room.state());
}

TEST_F(WithdrawalRoom, an_order_to_a_unit_about_no_known_boat_is_refused) {
  const auto said = hear(
      {{"kind", "order"}, {"from", "MRCC Dover"}, {"boat", "Z"}, {"task", "rescue"}, {"unit", "RNLI Dover"}});
  EXPECT_NE(refusal(said).find("\"Z\""), std::string::npos);
  EXPECT_TRUE(bodies(said, "order").empty());
  EXPECT_TRUE(room.tasking().tasks().empty());
}

}  // namespace
}  // namespace varne::test
