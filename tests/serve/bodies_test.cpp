/// Ten thousand random bodies a request, from somebody who may send them: each gets an answer that is no
/// fault of ours, and the server goes on.
#include <gtest/gtest.h>

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <optional>
#include <random>

#include "offices.h"
#include "varne/serve/routes.h"

namespace varne {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

constexpr int bodies = 10'000;

/// Bytes, words of JSON in no order, and objects of the names that some request knows with values it may not.
class RandomBodies {
 public:
  std::string next() {
    switch (draw(3)) {
      case 0:
        return bytes(draw(200));
      case 1:
        return words();
      default:
        return object(2).dump(-1, ' ', false, Json::error_handler_t::replace);
    }
  }

 private:
  std::size_t draw(std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_);
  }
  std::string bytes(std::size_t n) {
    std::string out;
    for (std::size_t i = 0; i < n; ++i) out += static_cast<char>(draw(256));
    return out;
  }
  std::string words() {
    static const std::vector<std::string> known{"{",  "}",       "[",        "]",          ",",    ":",
                                                "\"", "\"id\"",  "\"kind\"", "1e999",      "null", "true",
                                                "-0", "\\u0000", "\"\xff\"", "\"playing\""};
    std::string out;
    for (std::size_t i = draw(30); i > 0; --i) out += known[draw(known.size())];
    return out;
  }
  Json value(int depth) {
    switch (draw(7)) {
      case 0:
        return draw(2) == 0;
      case 1:
        return std::uniform_real_distribution<double>(-1e10, 1e10)(random_);
      case 2:
        return nullptr;
      case 3:
        return bytes(draw(20));
      case 4:
        return depth > 0 ? object(depth - 1) : Json::object();
      case 5:
        return Json::array({draw(100), draw(100)});
      default:
        return names()[draw(names().size())];
    }
  }
  Json object(int depth) {
    Json out = Json::object();
    for (std::size_t i = draw(8); i > 0; --i) out[names()[draw(names().size())]] = value(depth);
    return out;
  }
  static const std::vector<std::string>& names() {
    static const std::vector<std::string> all{"id",       "time",
                                              "kind",     "from",
                                              "boat",     "at",
                                              "role",     "unit",
                                              "task",     "name",
                                              "scopes",   "locked",
                                              "code",     "password",
                                              "to",       "speed",
                                              "playing",  "call",
                                              "order",    "consent",
                                              "given",    "2021-11-11T05:00:00Z",
                                              "report",   "persons",
                                              "response", "text",
                                              "captain",  "RNLI Dover"};
    return all;
  }
  std::mt19937_64 random_{20211111};
};

/// One connection, opened again where the server ended it.
class Line {
 public:
  explicit Line(std::uint16_t port) : port_(port) {}
  /// The status; 0 where none came.
  unsigned send(const http::request<http::string_body>& request) {
    for (int attempt = 0; attempt < 2; ++attempt) {
      if (!stream_) {
        stream_.emplace(io_);
        stream_->connect({asio::ip::make_address("127.0.0.1"), port_});
        stream_->socket().set_option(asio::ip::tcp::no_delay(true));
      }
      beast::error_code wrong;
      http::write(*stream_, request, wrong);
      http::response<http::string_body> answer;
      if (!wrong) http::read(*stream_, buffer_, answer, wrong);
      if (wrong || !answer.keep_alive()) {
        stream_.reset();
        buffer_.clear();
      }
      if (!wrong) return answer.result_int();
    }
    return 0;
  }

 private:
  std::uint16_t port_;
  asio::io_context io_;
  std::optional<beast::tcp_stream> stream_;
  beast::flat_buffer buffer_;
};

TEST(RandomBodies, ten_thousand_a_request_change_nothing_but_what_they_say) {
  const test::Offices offices;
  const test::Running<test::ScriptedDesk> server(test::scripted(), {.accounts = offices.desks()});
  // Everybody may send here what they may; nobody is who all may.
  const auto writer = test::by_session(server.port(), offices.session(Role::coordinator));
  const auto keeper = test::by_session(server.port(), offices.session(Role::administrator));
  for (const Route& route : routes()) {
    if (route.most_body == 0 || route.path == "/api/logout")
      continue;  // that takes none, and ends the session
    Line line(server.port());
    RandomBodies random;
    std::string path(route.path);
    if (const auto open = path.find("{name}"); open != std::string::npos) path.replace(open, 6, "viewer");
    http::request<http::string_body> request{route.method, path, 11};
    request.set(http::field::host, "127.0.0.1:" + std::to_string(server.port()));
    for (const auto& [name, value] : route.act == Act::accounts ? keeper : writer) request.set(name, value);
    int answered = 0;
    for (int i = 0; i < bodies; ++i) {
      request.body() = random.next();
      request.prepare_payload();
      const auto status = line.send(request);
      answered += status >= 200 && status < 500 && status != 401 && status != 403 ? 1 : 0;
      ASSERT_TRUE(status >= 200 && status < 500) << route.path << " " << status << ": " << request.body();
    }
    EXPECT_GT(answered, bodies / 2) << route.path << ": it is to be asked, not turned away";
  }
  const auto health = test::ask(server.port(), {.target = "/api/health", .fields = writer}).json();
  EXPECT_EQ(health["trouble"], "");
  EXPECT_EQ(offices.beside().all().size(), roles) << "nobody got an account by it";
}

}  // namespace
}  // namespace varne
