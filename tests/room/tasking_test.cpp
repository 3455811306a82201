/// Who goes where: orders give tasks, units answer, and a task ends with its incident.
#include "varne/room/tasking.h"

#include <gtest/gtest.h>

#include "picture/picture_support.h"
#include "room/room_support.h"

namespace varne::test {
namespace {

class TaskingRoom : public ::testing::Test, public Desk {
 protected:
  void call(const char* boat = "A", Json at = uk_waters, int persons = 30) {
    hear({{"kind", "call"}, {"boat", boat}, {"at", std::move(at)}, {"persons", persons}, {"distress", true}});
  }
  std::vector<Entry> order(const char* task, const char* unit, const char* boat = "A",
                           const char* from = "MRCC Dover") {
    return hear({{"kind", "order"}, {"from", from}, {"boat", boat}, {"task", task}, {"unit", unit}});
  }
  std::vector<Entry> answer(bool accepted, const char* unit = "RNLI Dover", const char* boat = "A") {
    return hear({{"kind", "task_answer"},
                 {"from", unit},
                 {"unit", unit},
                 {"boat", boat},
                 {"accepted", accepted},
                 {"text", accepted ? "" : "one engine is out"}});
  }
  /// Of the last `task` entry.
  Json last_task() const {
    const auto said = bodies(all, "task");
    return said.empty() ? Json() : said.back();
  }
  const UnitTask* task_of(const std::string& unit) const {
    const auto found = room.tasking().tasks().find(unit);
    return found == room.tasking().tasks().end() ? nullptr : &found->second;
  }
  std::string refusals(const std::vector<Entry>& said) const {
    std::string out;
    for (const Json& body : bodies(said, "refused")) out += body["why"].get<std::string>() + "\n";
    return out;
  }
};

TEST_F(TaskingRoom, an_order_gives_a_unit_its_task_and_says_when_it_is_there) {
  call();
  EXPECT_TRUE(room.unassigned(incident("I1")));
  order("rescue", "RNLI Dover");
  ASSERT_NE(task_of("RNLI Dover"), nullptr);
  EXPECT_EQ(task_of("RNLI Dover")->incident, "I1");
  EXPECT_EQ(last_task()["state"], "ordered");
  // 13.4 km at 25 knots: 17 minutes and a half, from its base, with no launch delay in this list.
  const double minutes = seconds(*task_of("RNLI Dover")->eta - now) / 60;
  EXPECT_NEAR(minutes, 17.4, 1.0);
  EXPECT_FALSE(last_task().contains("eta_to")) << "there is no forecast yet, and none is named";
  EXPECT_FALSE(room.unassigned(incident("I1")));
}

TEST_F(TaskingRoom, a_request_gives_no_task) {
  call();
  hear({{"kind", "order"},
        {"from", "a minister"},
        {"role", "minister"},
        {"boat", "A"},
        {"task", "rescue"},
        {"unit", "RNLI Dover"}});
  EXPECT_EQ(task_of("RNLI Dover"), nullptr);
  EXPECT_TRUE(bodies(all, "task").empty());
}

TEST_F(TaskingRoom, a_unit_takes_its_task_is_on_scene_by_its_own_word_and_free_when_all_are_landed) {
  call();
  order("rescue", "RNLI Dover");
  answer(true);
  EXPECT_EQ(last_task()["state"], "accepted");
  hear({{"kind", "recovered"},
        {"from", "RNLI Dover"},
        {"unit", "RNLI Dover"},
        {"boat", "A"},
        {"persons", 30},
        {"empty", true}});
  EXPECT_EQ(task_of("RNLI Dover")->state, TaskState::on_scene);
  EXPECT_FALSE(task_of("RNLI Dover")->eta) << "it is there";
  const Need need = room.need(incident("I1"));
  EXPECT_TRUE(need.all_aboard);
  EXPECT_TRUE(need.dangers.empty()) << "nobody is out there any more";
  EXPECT_EQ(need.still_out, (HeadCount{0, 0}));
  hear({{"kind", "landing"},
        {"from", "RNLI Dover"},
        {"unit", "RNLI Dover"},
        {"boat", "A"},
        {"persons", 30},
        {"port", "Dover"},
        {"country", "UK"}});
  EXPECT_FALSE(incident("I1").open);
  EXPECT_EQ(task_of("RNLI Dover"), nullptr);
  EXPECT_EQ(last_task()["state"], "done");
}

TEST_F(TaskingRoom, a_declined_boat_is_unassigned_again_and_who_declined_is_shown) {
  call();
  order("rescue", "RNLI Dover");
  answer(false);
  EXPECT_EQ(last_task()["state"], "declined");
  EXPECT_NE(last_task()["text"].get<std::string>().find("one engine is out"), std::string::npos);
  EXPECT_TRUE(room.unassigned(incident("I1")));
  for (const Reacher& one : room.who_reaches(incident("I1")))
    EXPECT_EQ(one.declined, one.name == "RNLI Dover") << one.name;
}

TEST_F(TaskingRoom, an_answer_to_what_was_not_ordered_is_refused) {
  call();
  EXPECT_NE(refusals(answer(true)).find("was not ordered to boat"), std::string::npos);
  EXPECT_EQ(task_of("RNLI Dover"), nullptr);
}

TEST_F(TaskingRoom, a_task_or_unit_that_there_is_not_is_refused_with_the_one_that_was_meant) {
  call();
  EXPECT_NE(refusals(order("hand over", "RNLI Dover")).find("did you mean \"hand_over\"?"),
            std::string::npos);
  EXPECT_NE(refusals(order("Handover", "RNLI Dover")).find("did you mean \"hand_over\"?"), std::string::npos);
  EXPECT_NE(refusals(order("rescue", "RNLI Dovre")).find("did you mean \"RNLI Dover\"?"), std::string::npos);
  EXPECT_NE(refusals(order("paint", "RNLI Dover")).find("is no task"), std::string::npos);
  EXPECT_TRUE(bodies(all, "order").empty());
  EXPECT_TRUE(room.tasking().tasks().empty());
}

TEST_F(TaskingRoom, a_unit_that_is_ordered_elsewhere_leaves_the_first_boat_unassigned) {
  call("A");
  call("B", fr_waters);
  order("rescue", "RNLI Dover", "A");
  order("rescue", "RNLI Dover", "B");
  EXPECT_TRUE(room.unassigned(incident("I1")));
  EXPECT_FALSE(room.unassigned(incident("I2")));
  EXPECT_NE(last_task()["text"].get<std::string>().find("leaves I1"), std::string::npos);
  order("stand_down", "RNLI Dover", "B");
  EXPECT_TRUE(room.unassigned(incident("I2")));
}

TEST_F(TaskingRoom, who_reaches_a_boat_names_free_places_against_people_and_ships_beside_units) {
  call("A", uk_waters, 90);
  apply({now, recorded, ship(244000001, {1.28, 51.02}, now, 7, 90)});
  AisIdentity identity;
  identity.mmsi = 244000001;
  identity.name = "ALPHA ONE";
  identity.ship_type = 70;
  apply({now, recorded, Observation{now, "ais", "", identity}});
  const auto all_of_them = room.who_reaches(incident("I1"));
  ASSERT_EQ(all_of_them.size(), 4U);
  EXPECT_EQ(all_of_them[0].name, "ALPHA ONE") << "she is 2.6 km off";
  EXPECT_EQ(all_of_them[0].kind, "cargo ship");
  EXPECT_FALSE(all_of_them[0].free);
  for (const Reacher& one : all_of_them) {
    if (one.name == "RNLI Dover") {
      EXPECT_EQ(one.free, 80);
      ASSERT_FALSE(one.notes.empty());
      EXPECT_EQ(one.notes[0], "80 free places for 90 people");
    }
  }
  // A ship can be ordered like a unit.
  order("rescue", "Alpha One");
  EXPECT_FALSE(room.unassigned(incident("I1")));
}

TEST_F(TaskingRoom, a_forecast_is_no_word_from_the_boat) {
  call();
  const Time heard = now;
  tick(std::chrono::hours(2));
  order("rescue", "RNLI Dover");
  const Need need = room.need(incident("I1"));
  EXPECT_EQ(need.heard, heard);
  ASSERT_EQ(need.dangers.size(), 1U);
  EXPECT_EQ(need.dangers[0].sign, "distress");
}

TEST_F(TaskingRoom, an_officer_who_saw_it_answers_a_sign_of_danger) {
  hear({{"kind", "call"}, {"boat", "A"}, {"at", uk_waters}, {"persons", 30}, {"people_in_water", true}});
  EXPECT_EQ(room.need(incident("I1")).dangers.front().sign, "people_in_water");
  hear({{"kind", "fact"},
        {"boat", "A"},
        {"fact", "people_in_water"},
        {"value", false},
        {"role", "captain"},
        {"from", "captain of RNLI Dover"},
        {"text", "all are back aboard"}});
  for (const Need::Danger& danger : room.need(incident("I1")).dangers)
    EXPECT_NE(danger.sign, "people_in_water");
}

TEST_F(TaskingRoom, tasks_come_back_from_a_checkpoint) {
  call();
  order("rescue", "RNLI Dover");
  const auto back = Room::from_state(small_world(), room.state());
  ASSERT_TRUE(back);
  EXPECT_EQ(back->tasking().tasks(), room.tasking().tasks());
}

}  // namespace
}  // namespace varne::test
