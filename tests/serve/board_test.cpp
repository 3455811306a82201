/// What consoles are told piece by piece is what is there.
#include "varne/serve/board.h"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <map>
#include <nlohmann/json.hpp>

#include "desk/small_day.h"
#include "support.h"
#include "varne/desk/player.h"
#include "varne/serve/api.h"

namespace varne {
namespace {

/// A console's memory: the first state, then every delta.
struct Memory {
  std::map<std::string, Json> tracks, incidents, units;
  Json people;

  void take(const Json& from) {
    for (const auto& one : from["tracks"]) tracks[one["id"]] = one;
    for (const auto& one : from["incidents"]) incidents[one["id"]] = one;
    for (const auto& one : from["units"]) units[one["name"]] = one;
    if (from.contains("gone"))
      for (const auto& id : from["gone"]) tracks.erase(id.get<std::string>());
    if (from.contains("people")) people = from["people"];
  }
};

/// After every step of a day, what a console has gathered from deltas is what it would be told from the
/// beginning.
TEST(Board, the_deltas_of_a_day_come_to_its_state_at_every_step) {
  const test::Scratch folder;
  const Day day = load_day(test::write_small_day(folder)).value();
  boost::asio::io_context io;
  const auto player = Player::prepare(io, day, {.from = day.start, .speed = 600, .playing = true}).value();
  Board board(*player, [] { return ""; });
  Memory memory;
  memory.take(parse_json(board.state()).value());
  int steps = 0;
  player->changed = [&](const DeskChange& change) {
    if (change.jumped) return;
    board.add(change);
    memory.take(parse_json(board.delta()).value());
    Board fresh(*player, [] { return ""; });
    const Json whole = parse_json(fresh.state()).value();
    Memory now;
    now.take(whole);
    EXPECT_EQ(memory.incidents, now.incidents) << whole["now"];
    EXPECT_EQ(memory.units, now.units) << whole["now"];
    EXPECT_EQ(memory.people, now.people) << whole["now"];
    ASSERT_EQ(memory.tracks.size(), now.tracks.size()) << whole["now"];
    for (const auto& [id, track] : now.tracks) {
      EXPECT_EQ(memory.tracks[id]["updated"], track["updated"]) << id;
      EXPECT_EQ(memory.tracks[id]["state"], track["state"]) << id;
    }
    if (whole["now"] == iso(day.end)) io.stop();
    ++steps;
  };
  io.run_for(std::chrono::seconds(30));
  player->changed = nullptr;
  EXPECT_GT(steps, 5);
  EXPECT_FALSE(memory.incidents.empty());
}

TEST(Board, makes_again_only_what_was_touched) {
  const test::Scratch folder;
  const Day day = load_day(test::write_small_day(folder)).value();
  boost::asio::io_context io;
  const auto player =
      Player::prepare(io, day, {.from = day.start + std::chrono::minutes(12), .playing = false}).value();
  Board board(*player, [] { return ""; });
  const auto before = board.version();
  DeskChange nothing;
  board.add(nothing);
  const Json delta = parse_json(board.delta()).value();
  EXPECT_EQ(board.version(), before);
  for (const char* list : {"tracks", "gone", "incidents", "units", "entries"})
    EXPECT_TRUE(delta[list].empty());
  EXPECT_FALSE(delta.contains("people"));
}

}  // namespace
}  // namespace varne
