/// What a console is told: hello first, then what changed; a fresh state where it cannot keep up.
#include <gtest/gtest.h>

#include <atomic>

#include "running.h"

namespace varne {
namespace {

using test::Console;

test::Running<test::ScriptedDesk>::Make scripted() {
  return [](boost::asio::io_context&) { return std::make_unique<test::ScriptedDesk>(); };
}

TEST(ConsoleSocket, says_hello_with_the_state_and_then_what_changes) {
  test::Running<test::ScriptedDesk> server(scripted());
  Console console(server.port());
  ASSERT_TRUE(console.open());
  const auto hello = console.next();
  ASSERT_TRUE(hello);
  EXPECT_EQ((*hello)["type"], "hello");
  EXPECT_EQ((*hello)["state"]["last_entry"], 0);
  EXPECT_EQ((*hello)["state"], test::get(server.port(), "/api/state").json());
  server.with_desk([](test::ScriptedDesk& desk) {
    desk.say(3);
    desk.say(4);
  });
  const auto delta = console.next();
  ASSERT_TRUE(delta);
  EXPECT_EQ((*delta)["type"], "delta");
  EXPECT_EQ((*delta)["last_entry"], 2);
  // Both at once: they came within the window.
  ASSERT_EQ((*delta)["entries"].size(), 2U);
  EXPECT_EQ((*delta)["entries"][1]["body"]["text"], "xxxx");
  EXPECT_TRUE((*delta)["sent_ms"].is_number());
}

TEST(ConsoleSocket, another_site_or_name_cannot_open_it) {
  const test::Running<test::ScriptedDesk> server(scripted());
  const Console foreign(server.port(), {{"Origin", "http://evil.example"}});
  EXPECT_FALSE(foreign.open());
  EXPECT_EQ(foreign.status(), 403);
  const Console rebound(server.port(), {{"Host", "evil.example"}});
  EXPECT_FALSE(rebound.open());
  EXPECT_EQ(rebound.status(), 403);
  const Console own(server.port(), {{"Origin", "http://127.0.0.1:" + std::to_string(server.port())}});
  EXPECT_TRUE(own.open());
}

TEST(ConsoleSocket, hello_comes_first_even_while_much_happens) {
  test::Running<test::ScriptedDesk> server(scripted(), {.gather = std::chrono::milliseconds(0)});
  std::atomic<bool> over = false;
  std::thread busy([&] {
    while (!over) {
      server.with_desk([](test::ScriptedDesk& desk) { desk.say(100); });
    }
  });
  for (int i = 0; i < 40; ++i) {
    Console console(server.port());
    ASSERT_TRUE(console.open());
    const auto hello = console.next();
    ASSERT_TRUE(hello) << "console " << i << " was cut off";
    EXPECT_EQ((*hello)["type"], "hello");
    // Nothing is told twice and nothing is left out from there on; one that cannot keep up gets a fresh
    // state.
    std::uint64_t last = (*hello)["state"]["last_entry"];
    for (int k = 0; k < 5; ++k) {
      const auto frame = console.next();
      ASSERT_TRUE(frame);
      const bool fresh = (*frame)["type"] == "reset";
      const Json& told = fresh ? (*frame)["state"] : *frame;
      // Of more than 400 in one delta the newest are told (Board): where the server had to wait for a core.
      if (fresh)
        last = told["last_entry"];
      else if (told["entries"].size() == 400)
        last = std::uint64_t{told["entries"].front()["number"]} - 1;
      if (!fresh)
        for (const auto& entry : told["entries"]) EXPECT_EQ(entry["number"], ++last);
      EXPECT_EQ(told["last_entry"], last);
    }
  }
  over = true;
  busy.join();
}

TEST(ConsoleSocket, a_state_of_many_megabytes_arrives) {
  test::Running<test::ScriptedDesk> server(scripted());
  server.with_desk([](test::ScriptedDesk& desk) {
    for (int i = 0; i < 200; ++i) desk.say(std::size_t{64} * 1024);
  });
  Console console(server.port());
  const auto hello = console.next();
  ASSERT_TRUE(hello);
  EXPECT_EQ((*hello)["state"]["entries"].size(), 200U);
  server.with_desk([](test::ScriptedDesk& desk) { desk.say(3); });
  EXPECT_TRUE(console.until_type("delta"));
}

TEST(ConsoleSocket, who_cannot_keep_up_gets_a_fresh_state_instead_of_a_backlog) {
  test::Running<test::ScriptedDesk> server(scripted(), {.gather = std::chrono::milliseconds(0)});
  Console slow(server.port(), {}, 4096);
  Console quick(server.port());
  const auto hello = quick.next();
  ASSERT_TRUE(hello);
  // 60 MB that the slow one does not read; the quick one gets every entry.
  for (int i = 0; i < 60; ++i) {
    server.with_desk([](test::ScriptedDesk& desk) { desk.say(1 << 20); });
    const auto delta = quick.next();
    ASSERT_TRUE(delta && (*delta)["type"] == "delta" && (*delta)["last_entry"] == i + 1);
  }
  std::uint64_t frames = 0;
  const auto reset = slow.until([&](const Json& frame) {
    ++frames;
    return frame["type"] == "reset";
  });
  ASSERT_TRUE(reset);
  EXPECT_LT(frames, 40U);
  EXPECT_EQ((*reset)["state"]["last_entry"], 60);
  // From there it hears what all hear.
  server.with_desk([](test::ScriptedDesk& desk) { desk.say(3); });
  const auto delta = slow.until_type("delta");
  ASSERT_TRUE(delta);
  EXPECT_EQ((*delta)["entries"].back()["number"], 61);
}

TEST(ConsoleSocket, one_that_vanishes_is_forgotten) {
  test::Running<test::ScriptedDesk> server(scripted());
  const auto consoles = [&] {
    const auto text = test::get(server.port(), "/metrics").body;
    return text.substr(text.find("\nvarne_consoles ") + 16, 1);
  };
  {
    Console console(server.port());
    ASSERT_TRUE(console.next());
    EXPECT_EQ(consoles(), "1");
  }
  EXPECT_TRUE(test::soon([&] {
    server.with_desk([](test::ScriptedDesk& desk) { desk.say(3); });
    return consoles() == "0";
  }));
}

}  // namespace
}  // namespace varne
