/// The generator of random days leaves no kind of report out, so that the laws speak of all of them.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "room/random_day.h"

namespace varne::test {
namespace {

TEST(RandomDays, bring_every_kind_of_report_and_people_handed_over) {
  std::map<std::string, int> kinds;
  int handed_over = 0;
  for (std::uint64_t n = 0; n < 60; ++n) {
    Day day;
    for (std::uint64_t i = 0; i < 60; ++i) day.push_back(n * 1000 + i);
    Room room(small_world());
    play(room, day, [&](const Room&, const Event& event, const Room&, const std::vector<Entry>& said) {
      if (const Report* report = report_in(event)) ++kinds[std::string(kind_of(*report))];
      for (const Json& body : bodies(said, "people")) handed_over += body["to"] == "handed_over" ? 1 : 0;
    });
  }
  for (const char* kind :
       {"call", "sighting", "departure_prevented", "landing", "recovered", "handed_over", "unit_position",
        "order", "task_answer", "acknowledge", "consent", "claim", "fact", "parameter", "override"})
    EXPECT_GE(kinds[kind], 20) << kind;
  EXPECT_EQ(kinds.size(), std::variant_size_v<Report>);
  EXPECT_GE(handed_over, 5);
}

}  // namespace
}  // namespace varne::test
