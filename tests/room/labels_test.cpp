/// A boat's label and an incident's number are never taken for each other.
#include "room_support.h"

namespace varne {
namespace {

TEST(Labels, a_number_that_no_incident_has_labels_no_boat) {
  test::Desk desk;
  desk.hear({{"kind", "call"}, {"boat", "I2"}, {"at", test::uk_waters}, {"persons", 30}, {"distress", true}});
  // Taken, as every call for help is; without that label.
  ASSERT_EQ(desk.room.incidents().size(), 1U);
  EXPECT_EQ(desk.incident("I1").boat, "");
  desk.hear({{"kind", "call"}, {"boat", "Delta"}, {"at", test::fr_waters}, {"persons", 12}});
  desk.hear({{"kind", "recovered"}, {"boat", "I2"}, {"unit", "RNLI Dover"}, {"persons", 12}});
  const auto people = [&](const char* id) {
    int taken = 0;
    for (const Json& body : test::bodies(desk.all, "people")) {
      if (body["boat"] == id && body["to"] == "rescued") taken += body["persons"][0].get<int>();
    }
    return taken;
  };
  EXPECT_EQ(desk.room.incidents().size(), 2U);
  EXPECT_EQ(people("I1"), 0) << test::texts(desk.all);
  EXPECT_EQ(people("I2"), 12) << test::texts(desk.all);
}

TEST(Labels, people_prevented_under_a_number_are_not_counted_to_a_later_incident) {
  test::Desk desk;
  desk.hear({{"kind", "departure_prevented"}, {"boat", "I1"}, {"country", "FR"}, {"persons", 5}});
  desk.hear({{"kind", "call"}, {"boat", "Delta"}, {"at", test::fr_waters}, {"persons", 12}});
  for (const Json& body : test::bodies(desk.all, "people")) {
    if (body["to"] == "prevented") EXPECT_EQ(body["boat"], "report r1") << body;
  }
  EXPECT_EQ(desk.incident("I1").boat, "Delta");
}

/// To whoever reads them they are one name, and two boats of it could not be told apart.
TEST(Labels, that_look_alike_are_one_boat) {
  test::Desk desk;
  desk.hear({{"kind", "call"}, {"boat", "Charlie"}, {"at", test::uk_waters}, {"persons", 30}});
  for (const char* label : {"charlie", "Сharlie", "Charlie ", "Ｃharlie"})
    desk.hear({{"kind", "call"}, {"boat", label}, {"at", test::uk_waters}, {"persons", 30}});
  EXPECT_EQ(desk.room.incidents().size(), 1U) << test::texts(desk.all);
  desk.hear({{"kind", "call"}, {"boat", "Charlie 2"}, {"at", test::fr_waters}, {"persons", 30}});
  EXPECT_EQ(desk.room.incidents().size(), 2U);
}

}  // namespace
}  // namespace varne
