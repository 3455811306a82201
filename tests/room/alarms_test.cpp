/// What nobody may miss: raised once for one reason, acknowledged once for all.
#include "varne/room/alarms.h"

#include <gtest/gtest.h>

#include "room/room_support.h"

namespace varne::test {
namespace {

class AlarmsRoom : public ::testing::Test, public Desk {
 protected:
  std::vector<Entry> call(Json more = Json::object()) {
    Json report{{"kind", "call"}, {"boat", "A"}, {"at", {1.40, 51.08}}, {"persons", 30}, {"distress", true}};
    report.update(more);
    return hear(report);
  }
  std::vector<Entry> order(const char* task, const char* unit = "", const char* to = "") {
    Json report{{"kind", "order"}, {"from", "MRCC Dover"}, {"boat", "A"}, {"task", task}};
    if (*unit != 0) report["unit"] = unit;
    if (*to != 0) report["to"] = to;
    return hear(report);
  }
  std::vector<Entry> acknowledge(std::uint64_t alarm, const char* who = "watch officer") {
    return hear({{"kind", "acknowledge"}, {"from", who}, {"alarm", alarm}});
  }
  /// What stands: "nobody_goes I1" a line, "(seen)" where somebody looked.
  std::string standing() const {
    std::string out;
    for (const auto& [entry, alarm] : room.alarms().standing())
      out += std::string(enum_name(alarm.what)) + " " + alarm.subject +
             (alarm.seen_by.empty() ? "" : " (seen)") + "\n";
    return out;
  }
  std::uint64_t last_alarm() const { return room.alarms().standing().rbegin()->first; }
};

TEST_F(AlarmsRoom, distress_with_nobody_going_is_raised_once_and_ends_with_a_task) {
  const auto said = bodies(call(), "alarm");
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(said[0]["what"], "nobody_goes");
  EXPECT_EQ(said[0]["incident"], "I1");
  EXPECT_EQ(said[0]["text"], "ALARM: nobody goes to I1 (A), in distress");
  for (int i = 0; i < 20; ++i) tick(std::chrono::minutes(5));
  call();
  EXPECT_EQ(bodies(all, "alarm").size(), 1U);
  order("rescue", "RNLI Dover");
  EXPECT_EQ(standing(), "");
}

TEST_F(AlarmsRoom, acknowledged_by_one_it_is_so_for_all_and_stays_so) {
  call();
  const auto said = bodies(acknowledge(last_alarm()), "alarm_seen");
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(said[0]["from"], "watch officer");
  EXPECT_EQ(standing(), "nobody_goes I1 (seen)\n");
  EXPECT_TRUE(bodies(acknowledge(last_alarm(), "another"), "alarm_seen").empty()) << "the first counts";
  EXPECT_EQ(room.alarms().standing().begin()->second.seen_by, "watch officer");
  for (int i = 0; i < 20; ++i) tick(std::chrono::minutes(5));
  EXPECT_EQ(bodies(all, "alarm").size(), 1U);
}

TEST_F(AlarmsRoom, a_unit_that_declines_so_that_nobody_goes_again_is_a_new_alarm) {
  call();
  acknowledge(last_alarm());
  order("rescue", "RNLI Dover");
  hear({{"kind", "task_answer"},
        {"from", "RNLI Dover"},
        {"unit", "RNLI Dover"},
        {"boat", "A"},
        {"accepted", false},
        {"text", "one engine is out"}});
  EXPECT_EQ(standing(), "nobody_goes I1\n");
  EXPECT_EQ(bodies(all, "alarm").size(), 2U);
}

TEST_F(AlarmsRoom, a_graver_sign_after_the_acknowledgement_is_a_new_alarm) {
  call();
  acknowledge(last_alarm());
  call({{"people_in_water", true}});
  EXPECT_EQ(standing(), "nobody_goes I1 (seen)\nworse I1\n");
  EXPECT_NE(bodies(all, "alarm").back()["text"].get<std::string>().find("people in water"),
            std::string::npos);
  call({{"people_in_water", true}, {"taking_water", true}});
  EXPECT_EQ(bodies(all, "alarm").size(), 2U) << "nothing graver than people in the water";
}

TEST_F(AlarmsRoom, a_graver_sign_before_it_is_looked_at_is_the_same_alarm) {
  call();
  call({{"people_in_water", true}});
  EXPECT_EQ(standing(), "nobody_goes I1\n");
}

TEST_F(AlarmsRoom, an_offer_without_an_answer_is_an_alarm_and_never_a_change) {
  call();
  order("rescue", "RNLI Dover");
  order("hand_over", "", "CROSS Gris-Nez");
  tick(std::chrono::minutes(14));
  EXPECT_EQ(standing(), "");
  tick(std::chrono::minutes(2));
  EXPECT_EQ(standing(), "hand_over_unanswered I1\n");
  EXPECT_EQ(incident("I1").centre, "MRCC Dover");
  hear({{"kind", "order"}, {"from", "CROSS Gris-Nez"}, {"boat", "A"}, {"task", "refuse_hand_over"}});
  EXPECT_EQ(standing(), "");
}

TEST_F(AlarmsRoom, a_line_that_speaks_of_distress_waits_until_somebody_looks) {
  const Event line{now, {SpeakerKind::feed, "nmea"}, line_refused("nmea", "no checksum", "MAYDAY $$$")};
  apply(line);
  apply(line);
  EXPECT_EQ(standing(), "refused_distress nmea\n") << "one, while it waits";
  acknowledge(last_alarm());
  EXPECT_EQ(standing(), "");
  apply(line);
  EXPECT_EQ(standing(), "refused_distress nmea\n");
}

TEST_F(AlarmsRoom, another_message_of_the_same_source_is_an_alarm_of_its_own) {
  const auto refused = [&](const char* line) {
    apply({now, {SpeakerKind::feed, "nmea"}, line_refused("nmea", "no checksum", line)});
  };
  refused("MAYDAY one");
  refused("MAYDAY two");
  EXPECT_EQ(standing(), "refused_distress nmea\nrefused_distress nmea\n");
  acknowledge(last_alarm());
  EXPECT_EQ(standing(), "refused_distress nmea\n") << "the first still waits";
  // However many texts come, the line that speaks of distress is not pushed out.
  for (std::size_t i = 0; i < Alarms::most_kept + 50; ++i) {
    AisText text;
    text.mmsi = 2320001;
    text.type = 14;
    text.text = fmt::format("GALE {}", i);
    now += std::chrono::seconds(1);
    apply({now, {SpeakerKind::feed, "nmea"}, Observation{now, "nmea", "!AIVDM", text}});
  }
  EXPECT_EQ(standing().find("refused_distress nmea\n"), 0U);
  EXPECT_EQ(room.alarms().standing().size(), Alarms::most_kept + 1);
}

TEST_F(AlarmsRoom, what_is_no_alarm_is_refused) {
  call();
  const auto said = bodies(acknowledge(99999), "refused");
  ASSERT_EQ(said.size(), 1U);
  EXPECT_NE(said[0]["why"].get<std::string>().find("99999"), std::string::npos);
}

TEST_F(AlarmsRoom, goes_on_alike_from_its_state) {
  call();
  order("hand_over", "", "CROSS Gris-Nez");
  auto again = Room::from_state(small_world(), room.state());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->alarms().standing(), room.alarms().standing());
  const Event later{now + std::chrono::minutes(16), {}, ClockTick{}};
  const auto said = room.apply(later);
  EXPECT_EQ(again->apply(later), said);
  EXPECT_EQ(bodies(said, "alarm").size(), 1U);
}

}  // namespace
}  // namespace varne::test
