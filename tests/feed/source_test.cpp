/// Sources over real sockets on loopback, at ports the system picks.
#include "varne/feed/source.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include <boost/asio.hpp>
#include <fstream>
#include <thread>
#include <vector>

#include "support.h"
#include "varne/core/lines.h"

namespace varne {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using asio::ip::udp;
using namespace std::chrono_literals;

SourceAddress address(const std::string& text) {
  const auto parsed = parse_source(text);
  EXPECT_TRUE(parsed) << parsed.error().text();
  return parsed ? *parsed : SourceAddress{};
}

std::vector<std::string> lines_of(const std::string& source) {
  std::vector<std::string> out;
  const auto done = read_source(address(source), [&](const FeedLine& l) { out.emplace_back(l.text); });
  EXPECT_TRUE(done) << done.error().text();
  return out;
}

const std::vector<std::string> three{"one", "", "three"};

TEST(Source, a_file_is_read_plain_or_packed_with_or_without_a_last_line_end) {
  const test::Scratch scratch;
  EXPECT_EQ(lines_of(scratch.write("a", "one\n\nthree\n")), three);
  EXPECT_EQ(lines_of(scratch.write("b", "one\r\n\r\nthree")), three);
  const auto packed = scratch.file("c.gz");
  const gzFile file = gzopen(packed.c_str(), "wb");
  gzputs(file, "one\n\nthree\n");
  gzclose(file);
  EXPECT_EQ(lines_of(packed), three);
}

TEST(Source, what_is_no_source_is_refused_with_an_example_of_one) {
  for (const auto* wrong : {"", "http://host:80", "tcp://host", "tcp://host:0", "tcp://host:65536",
                            "tcp://:1", "udp://host:port", "tcp://host:1x"}) {
    const auto parsed = parse_source(wrong);
    ASSERT_FALSE(parsed) << wrong;
    EXPECT_NE(parsed.error().what.find("://"), std::string::npos) << parsed.error().text();
  }
  EXPECT_EQ(address("tcp://[::1]:10110").host, "::1");
  EXPECT_EQ(address("-").kind, SourceAddress::Kind::file);
}

TEST(Source, a_file_that_is_not_there_is_named) {
  const auto done = read_source(address("/nowhere/log.nmea"), [](const FeedLine&) {});
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().text().find("/nowhere/log.nmea"), std::string::npos);
}

TEST(Source, a_tcp_sender_is_read_until_it_closes) {
  asio::io_context io;
  tcp::acceptor acceptor(io, tcp::endpoint(asio::ip::make_address("127.0.0.1"), 0));
  std::thread sender([&] {
    tcp::socket peer = acceptor.accept();
    // Cut where no line ends.
    asio::write(peer, asio::buffer(std::string_view("one\n\nth")));
    asio::write(peer, asio::buffer(std::string_view("ree")));
  });
  EXPECT_EQ(lines_of("tcp://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port())), three);
  sender.join();
}

TEST(Source, nobody_at_the_port_is_an_error_that_names_it) {
  asio::io_context io;
  std::string at;
  {
    const tcp::acceptor taken(io, tcp::endpoint(asio::ip::make_address("127.0.0.1"), 0));
    at = "tcp://127.0.0.1:" + std::to_string(taken.local_endpoint().port());
  }
  const auto done = read_source(address(at), [](const FeedLine&) {});
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().text().find(at + ": cannot connect"), std::string::npos) << done.error().text();
}

TEST(Source, a_lost_tcp_connection_is_made_again_and_lines_are_counted_on) {
  asio::io_context io;
  tcp::acceptor acceptor(io, tcp::endpoint(asio::ip::make_address("127.0.0.1"), 0));
  std::thread sender([&] {
    for (const auto* text : {"first\nhalf", "second\n"}) {
      tcp::socket peer = acceptor.accept();
      asio::write(peer, asio::buffer(std::string_view(text)));
    }
  });
  std::vector<std::string> got;
  std::vector<std::string> states;
  std::uint64_t last = 0;
  LiveSource* live = nullptr;
  LiveSource source(
      io, address("tcp://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port())),
      [&](const FeedLine& line) {
        got.emplace_back(line.text);
        last = line.number;
        if (line.text == "second") live->stop();
      },
      [&](const LiveState& state) {
        EXPECT_FALSE(state.over);
        states.push_back((state.up ? "up: " : "down: ") + state.text);
      },
      {.first_wait = 5ms, .longest_wait = 20ms});
  live = &source;
  source.start();
  io.run_for(20s);
  sender.join();
  EXPECT_EQ(got, (std::vector<std::string>{"first", "half", "second"}));
  EXPECT_EQ(last, 3U);
  ASSERT_EQ(states.size(), 3U);
  EXPECT_NE(states[0].find("up: connected"), std::string::npos) << states[0];
  EXPECT_NE(states[1].find("closed the connection; next try in 0.005 s"), std::string::npos) << states[1];
}

TEST(Source, each_failure_doubles_the_wait_up_to_a_longest) {
  asio::io_context io;
  tcp::acceptor taken(io, tcp::endpoint(asio::ip::make_address("127.0.0.1"), 0));
  const auto at = "tcp://127.0.0.1:" + std::to_string(taken.local_endpoint().port());
  taken.close();
  std::vector<std::string> states;
  LiveSource* live = nullptr;
  LiveSource source(
      io, address(at), [](const FeedLine&) {},
      [&](const LiveState& state) {
        states.push_back(state.text);
        if (states.size() == 4) live->stop();
      },
      {.first_wait = 1ms, .longest_wait = 3ms});
  live = &source;
  source.start();
  io.run_for(20s);
  ASSERT_EQ(states.size(), 4U);
  EXPECT_NE(states[0].find("next try in 0.001 s"), std::string::npos) << states[0];
  EXPECT_NE(states[1].find("next try in 0.002 s"), std::string::npos) << states[1];
  EXPECT_NE(states[3].find("next try in 0.003 s"), std::string::npos) << states[3];
}

TEST(Source, datagrams_hold_one_line_or_several_with_or_without_an_end) {
  asio::io_context io;
  udp::socket sender(io, udp::endpoint(asio::ip::make_address("127.0.0.1"), 0));
  std::vector<std::string> got;
  LiveSource* live = nullptr;
  LiveSource source(
      io, address("udp://127.0.0.1:0"),
      [&](const FeedLine& line) {
        got.emplace_back(line.text);
        if (line.text == "five") live->stop();
      },
      [&](const LiveState& state) {
        ASSERT_TRUE(state.up) << state.text;
        const udp::endpoint at(asio::ip::make_address("127.0.0.1"), state.port);
        for (const auto* text : {"one\r\n", "two\nthree\n", "four", "five\n"})
          sender.send_to(asio::buffer(std::string_view(text)), at);
      });
  live = &source;
  source.start();
  io.run_for(20s);
  EXPECT_EQ(got, (std::vector<std::string>{"one", "two", "three", "four", "five"}));
}

TEST(Source, a_udp_port_in_use_is_an_error_that_names_it) {
  asio::io_context io;
  const udp::socket taken(io, udp::endpoint(asio::ip::make_address("127.0.0.1"), 0));
  const auto at = "udp://127.0.0.1:" + std::to_string(taken.local_endpoint().port());
  const auto done = read_source(address(at), [](const FeedLine&) {});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().text(), at + ": cannot listen: Address already in use");
}

TEST(Source, a_udp_port_that_was_somebody_elses_is_listened_at_once_it_is_free) {
  asio::io_context io;
  udp::socket taken(io, udp::endpoint(asio::ip::make_address("127.0.0.1"), 0));
  const auto at = taken.local_endpoint();
  udp::socket sender(io, udp::endpoint(asio::ip::make_address("127.0.0.1"), 0));
  std::vector<std::string> states;
  std::string got;
  LiveSource* live = nullptr;
  LiveSource source(
      io, address("udp://127.0.0.1:" + std::to_string(at.port())),
      [&](const FeedLine& line) {
        got = line.text;
        live->stop();
      },
      [&](const LiveState& state) {
        states.push_back(state.text);
        EXPECT_FALSE(state.over) << state.text;
        if (states.size() == 1) taken.close();
        if (state.up) sender.send_to(asio::buffer("one\n", 4), at);
      },
      {.first_wait = 10ms, .longest_wait = 50ms});
  live = &source;
  source.start();
  io.run_for(20s);
  EXPECT_EQ(got, "one");
  ASSERT_EQ(states.size(), 2U);
  EXPECT_EQ(states[0], "cannot listen: Address already in use; next try in 0.01 s");
}

TEST(Source, listening_ends_after_the_time_asked_for) {
  EXPECT_TRUE(
      read_source(address("udp://127.0.0.1:0"), [](const FeedLine&) {}, {.at_most = 10ms, .state = {}}));
}

long peak_kib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

/// A child writes a gigabyte without a line end into a socket; what the source keeps of it is one limit.
TEST(Source, a_gigabyte_without_a_line_end_costs_one_limit_of_memory_and_the_next_line_is_read) {
  asio::io_context io;
  tcp::acceptor acceptor(io, tcp::endpoint(asio::ip::make_address("127.0.0.1"), 0));
  const auto at = address("tcp://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port()));
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    tcp::socket peer = acceptor.accept();
    const std::string block(1 << 20, 'x');
    boost::system::error_code wrong;
    for (int i = 0; i < 1024 && !wrong; ++i) asio::write(peer, asio::buffer(block), wrong);
    asio::write(peer, asio::buffer(std::string_view("\nlast\n")), wrong);
    peer.shutdown(tcp::socket::shutdown_both, wrong);
    _exit(wrong ? 1 : 0);
  }
  const long before = peak_kib();
  std::vector<std::string> got;
  const auto done = read_source(at, [&](const FeedLine& line) {
    got.emplace_back(line.text);
    EXPECT_EQ(line.overlong, got.size() == 1);
  });
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  EXPECT_TRUE(done);
  ASSERT_EQ(got.size(), 2U);
  EXPECT_EQ(got[0], std::string(80, 'x'));
  EXPECT_EQ(got[1], "last");
  EXPECT_LT(peak_kib() - before, 16 * 1024);
}

}  // namespace
}  // namespace varne
