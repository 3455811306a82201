/// Two desks on one database: the second follows the first and goes on when it is killed, ended or frozen.

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <stop_token>
#include <thread>

#include "apps/program.h"
#include "apps/ran.h"
#include "record/place.h"
#include "serve/client.h"
#include "varne/core/philox.h"
#include "varne/core/time.h"
#include "varne/record/store.h"

namespace varne {
namespace {

using namespace std::chrono_literals;
using test::Program;
using Clock = std::chrono::steady_clock;

std::uint16_t free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof at;
  // NOLINTBEGIN(cppcoreguidelines-pro-type-reinterpret-cast): the sockets' own way
  EXPECT_EQ(bind(socket, reinterpret_cast<const sockaddr*>(&at), size), 0);
  EXPECT_EQ(getsockname(socket, reinterpret_cast<sockaddr*>(&at), &size), 0);
  // NOLINTEND(cppcoreguidelines-pro-type-reinterpret-cast)
  close(socket);
  return ntohs(at.sin_port);
}

Json call(const std::string& boat) {
  const auto now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  return {{"id", boat},   {"time", iso(now)},  {"kind", "call"},      {"from", "caller"},
          {"boat", boat}, {"at", {1.4, 51.0}}, {"persons", {30, 36}}, {"distress", true}};
}

bool in_time(const std::function<bool()>& holds, Clock::duration most = 20s) {
  for (const auto until = Clock::now() + most; Clock::now() < until; std::this_thread::sleep_for(10ms))
    if (holds()) return true;
  return holds();
}

class StandbyDesk : public test::OnPostgres {
 protected:
  [[nodiscard]] std::vector<std::string> arguments(std::uint16_t port, bool standby) const {
    std::vector<std::string> out{"serve", "--port", std::to_string(port),  "--record",
                                 url_,    "--keys", scratch_.file("keys"), "--wind",
                                 "250,8"};
    if (standby) out.emplace_back("--standby");
    return out;
  }
  /// A desk that waits, once it says that it does.
  std::unique_ptr<Program> standby(std::uint16_t port) {
    folders_.push_back(std::make_unique<test::Scratch>());
    auto desk = std::make_unique<Program>(*folders_.back(), arguments(port, true));
    EXPECT_TRUE(in_time([&] { return desk->said().find("Standing by for") != std::string::npos; }))
        << desk->said();
    return desk;
  }
  std::unique_ptr<Program> first(std::uint16_t port) {
    folders_.push_back(std::make_unique<test::Scratch>());
    auto desk = std::make_unique<Program>(*folders_.back(), arguments(port, false));
    EXPECT_NE(desk->port(), 0) << desk->said();
    return desk;
  }
  /// How often each report stands in the record.
  [[nodiscard]] std::map<std::string, int> reports() const {
    std::map<std::string, int> out;
    const auto store = follow_postgres_store(url_);
    for (std::uint64_t next = 1;;) {
      const auto entries = store->read(next, 5000);
      if (!entries || entries->empty()) return out;
      for (const Entry& entry : *entries)
        if (entry.kind == "report") ++out[parse_json(entry.body).value()["report"].value("id", "")];
      next = entries->back().number + 1;
    }
  }
  void expect_sound() const {
    const auto ran =
        test::ran_varne("verify '" + url_ + "' --journal '" + url_ + "' --derive --wind 250,8 2>&1");
    EXPECT_EQ(ran.status, 0) << ran.out;
  }

  test::Scratch scratch_;
  std::vector<std::unique_ptr<test::Scratch>> folders_;
};

/// As often as VARNE_KILLS says: reports without a pause, the writer killed at any moment, and nothing else
/// done.
TEST_F(StandbyDesk, goes_on_within_5_s_and_has_all_that_was_acknowledged) {
  const char* asked = std::getenv("VARNE_KILLS");
  const int kills = asked == nullptr ? 3 : std::atoi(asked);
  const auto port = free_port();
  auto writes = first(port);
  std::set<std::string> acknowledged;
  std::jthread load([&](const std::stop_token& over) {
    // A report that was not answered is sent again under its own name, as a console does.
    for (int n = 0; !over.stop_requested(); ++n) {
      const auto name = fmt::format("call {}", n);
      Json report = call(name);
      report["boat"] = fmt::format("B{}", n % 5);
      while (!over.stop_requested()) {
        const auto answer = test::post(port, "/api/reports", report);
        if (answer.status == 200 || answer.status == 409) {
          acknowledged.insert(name);
          break;
        }
        std::this_thread::sleep_for(5ms);
      }
    }
  });
  Random random(20211124, 12, 0);
  Clock::duration longest{};
  for (int kill = 0; kill < kills; ++kill) {
    auto waits = standby(port);
    std::this_thread::sleep_for(std::chrono::milliseconds(random.bits() % 700));
    EXPECT_EQ(writes->end(SIGKILL), -SIGKILL);
    const auto killed = Clock::now();
    ASSERT_TRUE(in_time([&] { return test::get(port, "/api/health").status == 200; })) << waits->said();
    const auto took = Clock::now() - killed;
    EXPECT_LT(took, 5s) << waits->said();
    longest = std::max(longest, took);
    writes = std::move(waits);
  }
  std::this_thread::sleep_for(200ms);
  load.request_stop();
  load.join();
  EXPECT_EQ(writes->end(SIGTERM), 0) << writes->said();
  const auto there = reports();
  for (const auto& name : acknowledged) {
    const auto at = there.find(name);
    ASSERT_NE(at, there.end()) << name << " was acknowledged";
    EXPECT_EQ(at->second, 1) << name;
  }
  expect_sound();
  std::printf("%d kills, %zu reports acknowledged, the longest without a desk %.2f s\n", kills,
              acknowledged.size(), std::chrono::duration<double>(longest).count());
  EXPECT_GT(acknowledged.size(), static_cast<std::size_t>(kills));
}

TEST_F(StandbyDesk, cuts_off_a_frozen_desk_which_ends_when_it_wakes) {
  const auto port = free_port();
  auto frozen = first(port);
  ASSERT_EQ(test::post(port, "/api/reports", call("Charlie")).status, 200);
  const auto other = free_port();
  auto waits = standby(other);
  std::this_thread::sleep_for(6s);
  EXPECT_EQ(waits->said().find("http://"), std::string::npos) << "an idle desk is none that is silent";
  frozen->signal(SIGSTOP);
  const auto stopped = Clock::now();
  ASSERT_TRUE(in_time([&] { return waits->said().find("http://") != std::string::npos; })) << waits->said();
  EXPECT_LT(Clock::now() - stopped, 8s);
  ASSERT_EQ(test::post(other, "/api/reports", call("Delta")).status, 200);
  frozen->signal(SIGCONT);
  EXPECT_EQ(frozen->end(), 1);
  EXPECT_NE(frozen->said().find("another desk has taken over this record"), std::string::npos)
      << frozen->said();
  EXPECT_EQ(waits->end(SIGTERM), 0);
  EXPECT_EQ(reports(), (std::map<std::string, int>{{"Charlie", 1}, {"Delta", 1}}));
  expect_sound();
}

TEST_F(StandbyDesk, one_of_two_goes_on_and_the_other_follows_it) {
  const auto port = free_port();
  auto desk = first(port);
  auto a = standby(port);
  auto b = standby(port);
  ASSERT_EQ(test::post(port, "/api/reports", call("Charlie")).status, 200);
  EXPECT_EQ(desk->end(SIGTERM), 0) << "a desk that is stopped hands over";
  const auto runs = [](const Program& one) { return one.said().find("http://") != std::string::npos; };
  ASSERT_TRUE(in_time([&] { return runs(*a) || runs(*b); }));
  std::this_thread::sleep_for(1s);
  EXPECT_NE(runs(*a), runs(*b)) << a->said() << b->said();
  auto& quicker = runs(*a) ? a : b;
  auto& slower = runs(*a) ? b : a;
  ASSERT_EQ(test::post(port, "/api/reports", call("Delta")).status, 200);
  // Killed again and again, desks must not have more and more to follow.
  EXPECT_TRUE(in_time([&] { return journal_place(url_)->checkpoints().size() > 1; }))
      << "one of the desk that was stopped, and one of the desk that went on";
  EXPECT_EQ(quicker->end(SIGKILL), -SIGKILL);
  ASSERT_TRUE(in_time([&] { return runs(*slower); })) << slower->said();
  EXPECT_EQ(slower->end(SIGTERM), 0) << slower->said();
  EXPECT_EQ(reports(), (std::map<std::string, int>{{"Charlie", 1}, {"Delta", 1}}));
  expect_sound();
}

TEST_F(StandbyDesk, that_cannot_follow_says_so) {
  const auto of_file = test::ran_varne("serve --standby --record " + scratch_.file("desk.db") + " 2>&1");
  EXPECT_NE(of_file.status, 0);
  EXPECT_NE(of_file.out.find("--standby: follows a desk through the database"), std::string::npos)
      << of_file.out;
  auto arguments = this->arguments(0, false);
  arguments.insert(arguments.end(), {"--journal", scratch_.file("journal")});
  Program desk(scratch_, arguments);
  ASSERT_NE(desk.port(), 0) << desk.said();
  const auto beside = test::ran_varne("serve --standby --port 0 --record '" + url_ + "' --wind 250,8 2>&1");
  EXPECT_NE(beside.status, 0);
  EXPECT_NE(beside.out.find("its desk keeps that in a folder"), std::string::npos) << beside.out;
}

}  // namespace
}  // namespace varne
