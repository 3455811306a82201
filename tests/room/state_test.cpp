/// A room restored from its state goes on as if it had never stopped.
#include "room/random_day.h"
#include "room/room_support.h"

namespace varne::test {
namespace {

RC_GTEST_PROP(State, a_room_restored_after_any_event_goes_on_to_the_same_entries, (const Day& day)) {
  Room room(small_world());
  Room restored(small_world());
  Time now = midnight;
  int number = 0;
  for (const std::uint64_t bits : day) {
    now += std::chrono::minutes(3);
    const Event event = event_of(bits, room, now, ++number);
    RC_ASSERT(restored.apply(event) == room.apply(event));
    const std::string state = room.state();
    auto back = Room::from_state(small_world(), state);
    RC_ASSERT(back.has_value());
    RC_ASSERT(back->state() == state);
    restored = std::move(*back);
  }
}

RC_GTEST_PROP(State, a_room_that_nobody_reads_is_in_the_same_state, (const Day& day)) {
  auto world = std::make_shared<World>(*small_world());
  world->is_read = false;
  Room read(small_world());
  Room unread(world);
  Time now = midnight;
  int number = 0;
  for (const std::uint64_t bits : day) {
    now += std::chrono::minutes(3);
    const Event event = event_of(bits, read, now, ++number);
    read.apply(event);
    RC_ASSERT(unread.apply(event).empty());
    RC_ASSERT(unread.state() == read.state());
  }
}

TEST(State, bytes_that_are_not_a_whole_state_are_refused) {
  Desk desk;
  desk.hear({{"kind", "call"}, {"boat", "A"}, {"at", uk_waters}, {"distress", true}});
  const std::string state = desk.room.state();
  EXPECT_TRUE(Room::from_state(small_world(), state));
  EXPECT_FALSE(Room::from_state(small_world(), state + "x"));
  for (std::size_t cut = 0; cut < state.size(); cut += 7)
    EXPECT_FALSE(Room::from_state(small_world(), state.substr(0, cut))) << cut;
}

}  // namespace
}  // namespace varne::test
