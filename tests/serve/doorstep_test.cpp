/// A desk that is not there yet says how far it is, and hands its place over without refusing anybody.
#include "varne/serve/doorstep.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "running.h"
#include "varne/serve/doorstep_page.h"

namespace varne {
namespace {

using test::ask;
using test::get;

std::unique_ptr<Doorstep> doorstep() {
  auto open = Doorstep::open({.port = 0});
  EXPECT_TRUE(open) << open.error().text();
  return std::move(*open);
}

TEST(Doorstep, says_to_a_program_how_far_the_desk_is) {
  const auto door = doorstep();
  const auto first = get(door->port(), "/api/state");
  EXPECT_EQ(first.status, 503);
  EXPECT_EQ(first.fields.at("Retry-After"), "1");
  EXPECT_EQ(first.json()["starting"], Json({{"what", "sea"}, {"done", 0}, {"of", 0}}));
  door->tell(Starting::record, 430, 1000);
  for (const char* path : {"/api/health", "/api/reports", "/ws", "/metrics"}) {
    const auto answer = get(door->port(), path);
    EXPECT_EQ(answer.status, 503) << path;
    EXPECT_EQ(answer.json()["starting"], Json({{"what", "record"}, {"done", 430}, {"of", 1000}})) << path;
    EXPECT_NE(answer.error().find("43 %"), std::string::npos) << answer.body;
  }
  door->tell(Starting::record, 1200, 1000);
  EXPECT_EQ(get(door->port(), "/ws").json()["starting"]["done"], 1000) << "more than all is none";
  EXPECT_EQ(test::post(door->port(), "/api/reports", test::call_for_help("r1")).status, 503)
      << "with a body that nobody reads";
}

TEST(Doorstep, shows_a_person_a_page_that_looks_again_by_itself) {
  const auto door = doorstep();
  door->tell(Starting::record, 1, 4);
  const auto page = get(door->port(), "/");
  EXPECT_EQ(page.status, 503);
  EXPECT_EQ(page.fields.at("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(page.fields.at("Cache-Control"), "no-store");
  for (const char* words : {"This desk is starting", "value=\"25\"", "25 %", "src=\"/starting.js\""})
    EXPECT_NE(page.body.find(words), std::string::npos) << words << page.body;
  EXPECT_NE(page.body.find("<p data-what=\"record\">"), std::string::npos);
  EXPECT_NE(page.body.find("<p data-what=\"sea\" hidden>"), std::string::npos);
  const auto french = ask(door->port(), {.target = "/", .fields = {{"Accept-Language", "fr-FR, en;q=0.5"}}});
  EXPECT_NE(french.body.find("Ce poste démarre"), std::string::npos);
  EXPECT_NE(ask(door->port(), {.target = "/", .fields = {{"Accept-Language", "de, en, fr"}}})
                .body.find("lang=\"en\""),
            std::string::npos);
  const auto script = get(door->port(), "/starting.js");
  EXPECT_EQ(script.status, 200);
  EXPECT_EQ(script.fields.at("Content-Type"), "text/javascript");
}

TEST(Doorstep, a_foreign_name_hears_nothing) {
  const auto door = doorstep();
  EXPECT_EQ(ask(door->port(), {.target = "/api/state", .fields = {{"Host", "evil.example"}}}).status, 403);
  EXPECT_EQ(ask(door->port(), {.target = "/api/state", .fields = {{"Origin", "http://evil.example"}}}).status,
            403);
}

TEST(Doorstep, who_sends_nothing_or_nonsense_keeps_nobody_waiting) {
  const auto door = doorstep();
  std::vector<std::thread> silent;
  for (int i = 0; i < 8; ++i)
    silent.emplace_back([&] { (void)test::raw_exchange(door->port(), "GET / HT"); });
  EXPECT_EQ(get(door->port(), "/api/state").status, 503);
  (void)test::raw_exchange(door->port(), std::string(100000, 'x') + "\r\n\r\n");
  EXPECT_EQ(get(door->port(), "/api/state").status, 503);
  for (auto& each : silent) each.join();
}

TEST(Doorstep, refuses_what_the_server_would) {
  const auto open = [](const ServerOptions& options) {
    const auto door = Doorstep::open(options);
    return door ? "" : door.error().text();
  };
  EXPECT_NE(open({.address = "0.0.0.0", .port = 0}).find("--listen"), std::string::npos);
  EXPECT_NE(open({.address = "nowhere", .port = 0}).find("nowhere"), std::string::npos);
  const auto door = doorstep();
  EXPECT_NE(open({.port = door->port()}).find("in use"), std::string::npos);
}

TEST(Doorstep, hands_its_place_over_and_refuses_no_connection) {
  auto door = doorstep();
  const auto port = door->port();
  std::atomic<bool> over = false;
  std::atomic<int> unheard = 0;
  std::atomic<int> heard = 0;
  std::thread asking([&] {
    while (!over) {
      const auto answer = get(port, "/api/health");
      if (answer.status == 0) ++unheard;
      if (answer.status == 200) ++heard;
    }
  });
  EXPECT_TRUE(test::soon([&] { return get(port, "/api/health").status == 503; }));
  ServerOptions options;
  options.listening = door->leave();
  ASSERT_GE(options.listening, 0);
  {
    const test::Running<test::ScriptedDesk> server(
        [](boost::asio::io_context&) { return std::make_unique<test::ScriptedDesk>(); }, options);
    EXPECT_EQ(server.port(), port);
    EXPECT_EQ(get(port, "/api/health").status, 200);
    EXPECT_TRUE(test::soon([&] { return heard > 10; }));
    over = true;
    asking.join();
  }
  EXPECT_LE(unheard, 1) << "but for one whose answer was under way";
}

TEST(LiveDeskStarts, and_says_how_far_its_journal_is) {
  const test::Scratch folder;
  auto options = test::desk_in(folder);
  {
    const test::RunningLive running(test::live(options));
    for (int i = 0; i < 20; ++i)
      ASSERT_EQ(test::post(running.port(), "/api/reports",
                           test::call_for_help("r" + std::to_string(i), "B" + std::to_string(i)))
                    .status,
                200);
  }
  for (const auto& path : std::filesystem::directory_iterator(options.journal))
    if (path.path().extension() == ".checkpoint") std::filesystem::remove(path.path());
  std::vector<std::pair<std::uint64_t, std::uint64_t>> told;
  options.progress = [&](std::uint64_t done, std::uint64_t of) { told.emplace_back(done, of); };
  const test::RunningLive again(test::live(options));
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(told.front().first, 0U);
  EXPECT_GT(told.front().second, 20U);
  EXPECT_TRUE(std::ranges::is_sorted(told));
}

}  // namespace
}  // namespace varne
