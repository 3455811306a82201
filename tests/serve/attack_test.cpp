/// What a hostile or broken peer sends: it ends its own connection and nothing else.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio.hpp>

#include "running.h"

namespace varne {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using test::get;
using test::raw_exchange;

test::Running<test::ScriptedDesk>::Make scripted() {
  return [](asio::io_context&) { return std::make_unique<test::ScriptedDesk>(); };
}

std::string chunked(const std::string& request_line, const std::string& behind) {
  return request_line + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + behind;
}

TEST(Attacked, an_oversized_trailer_ends_its_connection_on_every_route_and_under_every_name) {
  const test::Running<test::ScriptedDesk> server(scripted());
  const std::string trailer = "0\r\nX-Long: " + std::string(std::size_t{100} << 10, 'x') + "\r\n\r\n";
  for (const char* line :
       {"POST /api/reports", "POST /api/play", "GET /api/state", "GET /", "PUT /nothing"}) {
    raw_exchange(server.port(), chunked(line, trailer));
    auto foreign = chunked(line, trailer);
    foreign.replace(foreign.find("localhost"), 9, "evil.test");
    raw_exchange(server.port(), foreign);
    // And as the second request of a connection.
    raw_exchange(server.port(),
                 "GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n" + chunked(line, trailer));
    ASSERT_EQ(get(server.port(), "/api/health").status, 200) << line;
  }
}

TEST(Attacked, what_frames_a_body_has_its_limits_too) {
  const test::Running<test::ScriptedDesk> server(scripted());
  const auto status = [&](const std::string& bytes) {
    const auto said = raw_exchange(server.port(), bytes);
    return said.size() > 12 ? said.substr(9, 3) : "";
  };
  std::string many_trailers = "0\r\n";
  for (int i = 0; i < 1000; ++i) many_trailers += fmt::format("X-{}: y\r\n", i);
  EXPECT_EQ(status(chunked("POST /api/reports", many_trailers + "\r\n")), "400");
  EXPECT_EQ(status(chunked("POST /api/reports", "0\r\nOrigin: http://localhost\r\n\r\n")), "400");
  EXPECT_EQ(status(chunked("POST /api/reports",
                           "1;x=" + std::string(std::size_t{200} << 10, 'x') + "\r\ny\r\n0\r\n\r\n")),
            "413");
  std::string extensions;
  for (int i = 0; i < 4000; ++i) extensions += "1;x=" + std::string(200, 'x') + "\r\ny\r\n";
  EXPECT_EQ(status(chunked("POST /api/reports", extensions + "0\r\n\r\n")), "413");
  std::string fields = "GET / HTTP/1.1\r\nHost: localhost\r\n";
  for (int i = 0; i < 100; ++i) fields += fmt::format("X-{}: y\r\n", i);
  EXPECT_EQ(status(fields + "\r\n"), "431");
  EXPECT_EQ(status("GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.test\r\n\r\n"), "400");
  EXPECT_EQ(status("GET /api/state HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n0123456789"),
            "413");
  EXPECT_EQ(get(server.port(), "/api/health").status, 200);
}

/// Opens and sends this, and no more.
std::vector<tcp::socket> connections(asio::io_context& io, std::uint16_t port, std::size_t how_many,
                                     const std::string& bytes) {
  std::vector<tcp::socket> out;
  for (std::size_t i = 0; i < how_many; ++i) {
    out.emplace_back(io).connect({asio::ip::make_address("127.0.0.1"), port});
    asio::write(out.back(), asio::buffer(bytes));
  }
  return out;
}

TEST(Attacked, who_sends_its_request_drop_by_drop_is_cut_off_in_time) {
  const test::Running<test::ScriptedDesk> server(scripted(),
                                                 {.slowest_request = std::chrono::milliseconds(200)});
  for (const char* begun : {"", "GET /api/state HT",
                            "POST /api/reports HTTP/1.1\r\nHost: localhost\r\n"
                            "Content-Length: 100\r\n\r\n{"})
    EXPECT_EQ(raw_exchange(server.port(), begun), "") << begun;  // returns when it is closed
}

TEST(Attacked, thousands_of_idle_connections_keep_nobody_out) {
  const test::Running<test::ScriptedDesk> server(scripted(), {.most_connections = 50});
  asio::io_context io;
  const auto idle = connections(io, server.port(), 200, "");
  const auto half = connections(io, server.port(), 200, "GET /api/st");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(get(server.port(), "/api/state").status, 200);
  const auto health = get(server.port(), "/api/health").json();
  EXPECT_NE(health["trouble"].get<std::string>().find("too many connections"), std::string::npos) << health;
  const auto metrics = get(server.port(), "/metrics").body;
  EXPECT_EQ(metrics.find("varne_connections_turned_away_total 0\n"), std::string::npos) << metrics;
}

TEST(Attacked, where_all_are_in_the_midst_of_a_report_a_newcomer_gets_a_503) {
  const test::Running<test::ScriptedDesk> server(scripted(), {.most_connections = 20});
  asio::io_context io;
  std::vector<tcp::socket> begun;
  ASSERT_TRUE(test::soon([&] {
    for (auto& one :
         connections(io, server.port(), 20,
                     "POST /api/reports HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"))
      begun.push_back(std::move(one));
    return get(server.port(), "/api/health").status == 503;
  }));
}

/// So many files may this process open, and it has.
class FewDescriptors {
 public:
  explicit FewDescriptors(rlim_t most) {
    getrlimit(RLIMIT_NOFILE, &before_);
    rlimit few = before_;
    few.rlim_cur = most;
    setrlimit(RLIMIT_NOFILE, &few);
    for (int one = dup(0); one >= 0; one = dup(0)) filling_.push_back(one);
  }
  FewDescriptors(const FewDescriptors&) = delete;
  FewDescriptors& operator=(const FewDescriptors&) = delete;
  ~FewDescriptors() {
    for (const int one : filling_) close(one);
    setrlimit(RLIMIT_NOFILE, &before_);
  }

 private:
  rlimit before_{};
  std::vector<int> filling_;
};

double cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto of = [](timeval t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return of(used.ru_utime) + of(used.ru_stime);
}

TEST(Attacked, without_a_descriptor_left_it_does_not_spin_and_says_so_and_goes_on_afterwards) {
  const test::Running<test::ScriptedDesk> server(scripted());
  asio::io_context io;
  tcp::socket before(io);
  before.connect({asio::ip::make_address("127.0.0.1"), server.port()});
  const std::string ask = "GET /api/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  ASSERT_TRUE(test::soon([&] {
    return get(server.port(), "/metrics").body.find("varne_connections 2\n") != std::string::npos;
  }));
  {
    tcp::socket waits(io, tcp::v4());
    const FewDescriptors none(256);
    waits.connect({asio::ip::make_address("127.0.0.1"), server.port()});
    const double begun = cpu_seconds();
    std::this_thread::sleep_for(std::chrono::seconds(1));
    EXPECT_LT(cpu_seconds() - begun, 0.5) << "it spins";
    // Who is connected is answered, and told.
    asio::write(before, asio::buffer(ask));
    std::string said;
    boost::system::error_code over;
    asio::read(before, asio::dynamic_buffer(said), over);
    EXPECT_NE(said.find("could not be taken"), std::string::npos) << said;
  }
  EXPECT_EQ(get(server.port(), "/api/health").status, 200);
}

TEST(Attacked, what_is_thrown_ends_no_more_than_where_it_was_thrown_and_is_told) {
  test::Running<test::ScriptedDesk> server(scripted());
  server.throw_in_its_thread("made up for a trial");
  const auto health = get(server.port(), "/api/health").json();
  EXPECT_NE(health["trouble"].get<std::string>().find("made up for a trial"), std::string::npos) << health;
}

}  // namespace
}  // namespace varne
