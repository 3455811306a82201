/// `varne serve` and `varne demo` as a person starts, stops and kills them.

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "apps/program.h"
#include "desk/small_day.h"
#include "support.h"
#include "varne/core/time.h"
#include "varne/record/ledger.h"

namespace varne {
namespace {

using test::Program;

/// One request over a connection of its own; status line, fields and body as they come.
std::string ask(std::uint16_t port, const std::string& what, const std::string& body = "") {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  const timeval patience{20, 0};
  setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the sockets' own way
  EXPECT_EQ(connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
  const auto request = what + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: " +
                       std::to_string(body.size()) + "\r\n\r\n" + body;
  EXPECT_EQ(write(socket, request.data(), request.size()), static_cast<ssize_t>(request.size()));
  std::string out;
  char chunk[4096];
  for (ssize_t n = 0; (n = read(socket, chunk, sizeof chunk)) > 0;)
    out.append(chunk, static_cast<std::size_t>(n));
  close(socket);
  return out;
}

bool has(const std::string& text, const std::string& what) {
  return text.find(what) != std::string::npos;
}

std::string call(const std::string& id) {
  const auto now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  return R"({"id":")" + id + R"(","time":")" + iso(now) + R"(","kind":"call","from":"caller","boat":")" + id +
         R"(","at":[1.4,51.0],"persons":[30,36],"distress":true})";
}

TEST(Serve, survives_a_kill_ends_at_a_signal_and_leaves_a_sound_record) {
  const test::Scratch scratch;
  const std::vector<std::string> arguments{"serve",  "--port", "0", "--record", scratch.file("desk.db"),
                                           "--wind", "250,8"};
  {
    Program desk(scratch, arguments);
    const auto port = desk.port();
    ASSERT_NE(port, 0) << desk.said();
    EXPECT_TRUE(has(ask(port, "GET /api/health"), "\"ok\":true"));
    EXPECT_TRUE(has(ask(port, "POST /api/reports", call("Charlie")), "\"accepted\":\"Charlie\""));
    EXPECT_EQ(desk.end(SIGKILL), -SIGKILL);
  }
  {
    Program desk(scratch, arguments);
    const auto port = desk.port();
    ASSERT_NE(port, 0) << desk.said();
    EXPECT_TRUE(has(desk.said(), "entries of before")) << desk.said();
    EXPECT_TRUE(has(ask(port, "GET /api/state"), "\"boat\":\"Charlie\""));
    EXPECT_TRUE(has(ask(port, "POST /api/reports", call("Delta")), "\"accepted\":\"Delta\""));
    EXPECT_EQ(desk.end(SIGTERM), 0) << desk.said();
  }
  const auto verify = std::string(VARNE_BINARY) + " verify " + scratch.file("desk.db") + " --journal " +
                      scratch.file("desk.db.journal") + " > " + scratch.file("verify") + " 2>&1";
  EXPECT_EQ(WEXITSTATUS(std::system(verify.c_str())), 0) << test::read_all(scratch.file("verify"));
}

TEST(Serve, a_port_in_use_and_wrong_options_are_said_plainly) {
  const test::Scratch scratch;
  const test::Scratch other;
  Program first(scratch, {"serve", "--port", "0", "--record", scratch.file("desk.db")});
  const auto port = first.port();
  ASSERT_NE(port, 0) << first.said();
  Program second(other, {"serve", "--port", std::to_string(port), "--record", other.file("desk.db")});
  EXPECT_EQ(second.end(), 1);
  EXPECT_TRUE(has(second.said(), "port " + std::to_string(port))) << second.said();
  EXPECT_TRUE(has(second.said(), "in use")) << second.said();

  const auto refusal = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments{"serve", "--port", "0", "--record", other.file("x.db")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    Program wrong(other, arguments);
    const int status = wrong.end();
    return std::to_string(status) + " " + wrong.said();
  };
  EXPECT_TRUE(has(refusal({"--feed", "smoke=tcp://127.0.0.1:1"}), "smoke"));
  EXPECT_TRUE(has(refusal({"--wind", "strong"}), "250,8"));
  EXPECT_TRUE(refusal({"--wind", "strong"}).starts_with("2 "));
  EXPECT_TRUE(refusal({"--nonsense"}).starts_with("2 "));
  EXPECT_EQ(first.end(SIGINT), 0);
}

TEST(Demo, shows_a_day_and_keeps_it) {
  const test::Scratch scratch;
  Program demo(scratch, {"demo", test::write_small_day(scratch), "--port", "0", "--from", "05:12", "--record",
                         scratch.file("day.db")});
  const auto port = demo.port();
  ASSERT_NE(port, 0) << demo.said();
  EXPECT_TRUE(has(demo.said(), "EXERCISE")) << demo.said();
  const auto state = ask(port, "GET /api/state");
  EXPECT_TRUE(has(state, "\"mode\":\"replay\"") && has(state, "\"boat\":\"Alpha\"")) << state;
  EXPECT_TRUE(has(ask(port, "GET /api/map"), "FeatureCollection"));
  EXPECT_EQ(demo.end(SIGTERM), 0);
  const auto verified = verify_ledger(scratch.file("day.db"));
  ASSERT_TRUE(verified);
  EXPECT_TRUE(verified->problems.empty());
}

}  // namespace
}  // namespace varne
