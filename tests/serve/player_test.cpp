/// A recorded day that plays: wherever one goes in it, the picture is that of the straight replay.
#include "varne/desk/player.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "desk/small_day.h"
#include "running.h"
#include "varne/serve/api.h"

namespace varne {
namespace {

using test::get;
using test::post;

/// The small day, and what its straight replay gives at any moment.
struct Straight {
  Straight() : day(load_day(test::write_small_day(folder)).value()) {
    std::unique_ptr<Room> last;
    ReplayOptions options;
    options.entry = [this](const Entry& entry) { entries.push_back(entry); };
    options.after = [this](const Event& event, const Room& /*room*/) { events.push_back(event); };
    EXPECT_TRUE(replay(day, options, &last));
    world = std::make_shared<const World>(last->world());
  }

  [[nodiscard]] Room at(Time time) const {
    Room room(world);
    for (const auto& event : events) {
      if (event.at > time && time < day.end) break;
      (void)room.apply(event);
    }
    return room;
  }

  test::Scratch folder;
  Day day;
  std::shared_ptr<const World> world;
  std::vector<Event> events;
  std::vector<Entry> entries;
};

const Straight& straight() {
  static const Straight made;
  return made;
}

Json picture(const Room& room) {
  Json out{{"people", api::people(room)}, {"now", iso(room.now())}, {"last", room.last_entry()}};
  for (const auto& [id, track] : room.picture().tracks())
    out["tracks"][id] = api::track_detail(track, room.now(), "");
  for (const auto& [id, incident] : room.incidents())
    out["incidents"][id] = api::incident_detail(room, incident);
  return out;
}

std::unique_ptr<Player> player_on(boost::asio::io_context& io, const Day& day, PlayerOptions options = {}) {
  auto player = Player::prepare(io, day, options);
  EXPECT_TRUE(player) << player.error().text();
  return std::move(*player);
}

RC_GTEST_PROP(Player, wherever_one_goes_the_picture_is_that_of_the_straight_replay, ()) {
  static boost::asio::io_context io;  // outlives the player, prepared once for all cases
  static const auto player = player_on(io, straight().day, {.from = straight().day.start, .playing = false});
  for (const int second : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1201))) {
    const Time to = straight().day.start + std::chrono::seconds(second);
    RC_ASSERT(player->play({.playing = {}, .speed = {}, .to = to}).has_value());
    RC_ASSERT(picture(player->room()) == picture(straight().at(to)));
    const auto shown = player->entries(1, 100000).value();
    RC_ASSERT(shown.size() == player->last_entry());
    RC_ASSERT(std::equal(shown.begin(), shown.end(), straight().entries.begin()));
  }
}

TEST(Player, plays_to_the_end_at_its_speed_and_again_from_the_beginning) {
  const Day& day = straight().day;
  const test::Running<Player> running([&](boost::asio::io_context& io) {
    return player_on(io, day, {.from = day.start, .speed = 3600, .playing = false});
  });
  test::Console console(running.port());
  const auto hello = console.next();
  ASSERT_TRUE(hello);
  const Json& state = (*hello)["state"];
  EXPECT_EQ(state["mode"], "replay");
  EXPECT_EQ(state["exercise"], true);
  EXPECT_EQ(state["speed"], 3600);
  EXPECT_EQ(state["start"], "2021-11-11T05:00:00Z");
  EXPECT_EQ(post(running.port(), "/api/play", {{"playing", true}}).status, 200);
  // Twenty minutes at 3600 times real time: a third of a second.
  const auto over =
      console.until([](const Json& frame) { return frame["type"] == "play" && frame["playing"] == false; });
  ASSERT_TRUE(over);
  EXPECT_EQ((*over)["now"], "2021-11-11T05:20:00Z");
  EXPECT_TRUE(test::soon(
      [&] { return get(running.port(), "/api/state").json()["last_entry"] == straight().entries.size(); }));
  EXPECT_EQ(post(running.port(), "/api/play", {{"playing", true}, {"speed", 1}}).status, 200);
  const auto reset = console.until_type("reset");
  ASSERT_TRUE(reset) << "consoles that keep the day's end would show it at its beginning";
  EXPECT_EQ((*reset)["state"]["playing"], true);
  EXPECT_TRUE((*reset)["state"]["incidents"].empty());
}

TEST(Player, a_jump_tells_every_console_the_fresh_state) {
  const Day& day = straight().day;
  const test::Running<Player> running(
      [&](boost::asio::io_context& io) { return player_on(io, day, {.from = day.start, .playing = false}); });
  test::Console console(running.port());
  ASSERT_TRUE(console.next());
  const auto answer = post(running.port(), "/api/play", {{"to", "2021-11-11T05:12:00Z"}});
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.json()["now"], "2021-11-11T05:12:00Z");
  const auto reset = console.until_type("reset");
  ASSERT_TRUE(reset);
  EXPECT_EQ((*reset)["state"]["now"], "2021-11-11T05:12:00Z");
  EXPECT_EQ((*reset)["state"]["people"]["rescued"], Json({33, 33}));
  // To the very end, and it stays there.
  EXPECT_EQ(post(running.port(), "/api/play", {{"to", "2021-11-11T05:20:00Z"}, {"playing", true}}).status,
            200);
  EXPECT_EQ(get(running.port(), "/api/state").json()["people"]["landed"], Json({33, 33}));
}

TEST(Player, refuses_what_no_replay_can_do_and_names_it) {
  const Day& day = straight().day;
  const test::Running<Player> running(
      [&](boost::asio::io_context& io) { return player_on(io, day, {.from = day.start, .playing = false}); });
  const auto refusal = [&](const Json& command) {
    const auto answer = post(running.port(), "/api/play", command);
    EXPECT_EQ(answer.status, 400) << command << answer.body;
    return answer.error();
  };
  EXPECT_NE(refusal({{"speed", 0}}).find("speed"), std::string::npos);
  EXPECT_NE(refusal({{"speed", 1e9}}).find("3600"), std::string::npos);
  EXPECT_NE(refusal({{"speed", "fast"}}).find("speed"), std::string::npos);
  EXPECT_NE(refusal({{"to", "2021-11-12T00:00:00Z"}}).find("05:20"), std::string::npos);
  EXPECT_NE(refusal({{"to", "noon"}}).find("to"), std::string::npos);
  EXPECT_NE(refusal({{"rewind", true}}).find("rewind"), std::string::npos);
  EXPECT_NE(refusal(Json::array()).find("object"), std::string::npos);
}

/// A call for help at a time of the small day.
Json call_at(const char* time) {
  Json call = test::call_for_help("r1", "Sandpiper");
  call["time"] = time;
  return call;
}

TEST(Player, what_is_reported_is_tried_in_a_sandbox_and_gone_when_one_goes_elsewhere) {
  const Day& day = straight().day;
  const test::Running<Player> running([&](boost::asio::io_context& io) {
    return player_on(io, day, {.from = day.start + std::chrono::minutes(5), .speed = 3600, .playing = false});
  });
  test::Console console(running.port());
  const auto hello = console.next();
  ASSERT_TRUE(hello);
  EXPECT_TRUE((*hello)["state"]["sandbox"].is_null());
  const auto last = get(running.port(), "/api/state").json()["last_entry"].get<std::uint64_t>();
  const auto taken = post(running.port(), "/api/reports", call_at("2021-11-11T05:05:00Z"));
  ASSERT_EQ(taken.status, 200) << taken.body;
  const auto numbers = taken.json()["entries"].get<std::vector<std::uint64_t>>();
  ASSERT_FALSE(numbers.empty());
  EXPECT_EQ(numbers.front(), last + 1);
  const auto play = console.until_type("play");
  ASSERT_TRUE(play);
  EXPECT_EQ((*play)["sandbox"], "2021-11-11T05:05:00Z");
  const auto incidents = [&] { return get(running.port(), "/api/state").json()["incidents"]; };
  const auto boats = [&] {
    std::set<std::string> out;
    const Json all = incidents();
    for (const Json& incident : all) out.insert(incident["boat"].get<std::string>());
    return out;
  };
  EXPECT_TRUE(boats().contains("Sandpiper"));
  EXPECT_EQ(post(running.port(), "/api/reports", call_at("2021-11-11T05:05:00Z")).json()["entries"],
            Json(numbers))
      << "sent again it is the same report";
  const auto entries = get(running.port(), "/api/entries?after=" + std::to_string(last)).json()["entries"];
  ASSERT_FALSE(entries.empty());
  EXPECT_EQ(entries[0]["number"], last + 1);
  EXPECT_EQ(entries[0]["kind"], "report");
  // It has its own forecast, and the day's boats have theirs, to the end of the day.
  EXPECT_EQ(post(running.port(), "/api/play", {{"playing", true}}).status, 200);
  ASSERT_TRUE(
      console.until([](const Json& frame) { return frame["type"] == "play" && frame["playing"] == false; }));
  EXPECT_TRUE(test::soon([&] {
    const Json all = incidents();
    return std::ranges::any_of(all, [](const Json& incident) {
      return incident["boat"] == "Sandpiper" && incident["forecast"].is_string() &&
             incident["forecast"] != "";
    });
  }));
  EXPECT_TRUE(boats().contains("Alpha"));
  const auto back = post(running.port(), "/api/play", {{"to", "2021-11-11T05:20:00Z"}});
  EXPECT_TRUE(back.json()["sandbox"].is_null());
  EXPECT_FALSE(boats().contains("Sandpiper"));
  EXPECT_EQ(get(running.port(), "/api/state").json()["last_entry"], straight().entries.size());
  const auto kept = test::all_entries(running.port());
  ASSERT_EQ(kept.size(), straight().entries.size());
}

TEST(Player, keeps_the_day_in_a_record_as_a_replay_does) {
  const test::Scratch folder;
  {
    auto ledger = open_ledger(folder.file("day.db")).value();
    boost::asio::io_context io;
    const auto player = player_on(io, straight().day, {.from = straight().day.start, .ledger = ledger.get()});
    EXPECT_EQ(ledger->head().size, straight().entries.size());
  }
  const auto verified = verify_ledger(folder.file("day.db"));
  ASSERT_TRUE(verified);
  EXPECT_TRUE(verified->problems.empty());
}

TEST(Player, a_speed_it_cannot_play_at_is_refused) {
  boost::asio::io_context io;
  EXPECT_FALSE(Player::prepare(io, straight().day, {.from = straight().day.start, .speed = 0}));
}

}  // namespace
}  // namespace varne
