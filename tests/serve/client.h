#pragma once
/// The other end of the line: a browser's requests, a console's socket, a receiver that sends a feed. Each
/// waits twenty seconds at most, so that a server that says nothing fails a test instead of hanging it.

#include <gtest/gtest.h>

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>

#include "varne/core/json.h"

namespace varne::test {

inline constexpr std::chrono::seconds patience{20};

/// One request; Host is the server's own unless another is given.
struct Asked {
  std::string target;
  std::string method = "GET";
  std::string body = "";
  std::map<std::string, std::string> fields = {};
  std::string address = "127.0.0.1";  ///< where it goes
};

struct Answer {
  int status = 0;  ///< 0: the connection ended without one
  std::map<std::string, std::string> fields;
  std::string body;

  [[nodiscard]] Json json() const {
    const auto read = parse_json(body);
    EXPECT_TRUE(read) << read.error().text() << " in " << body.substr(0, 200);
    return read ? *read : Json();
  }
  /// The "error" of a refusal.
  [[nodiscard]] std::string error() const { return json().value("error", ""); }
};

inline Answer ask(std::uint16_t port, const Asked& asked) {
  namespace asio = boost::asio;
  namespace http = boost::beast::http;
  asio::io_context io;
  boost::beast::tcp_stream stream(io);
  http::request<http::string_body> request{http::string_to_verb(asked.method), asked.target, 11};
  request.set(http::field::host, asked.address + ":" + std::to_string(port));
  for (const auto& [name, value] : asked.fields) request.set(name, value);
  request.body() = asked.body;
  if (!asked.body.empty() || asked.method == "POST") request.prepare_payload();
  http::response_parser<http::string_body> parser;
  parser.body_limit(std::uint64_t{256} << 20);
  if (asked.method == "HEAD") parser.skip(true);
  boost::beast::flat_buffer buffer;
  Answer answer;
  stream.expires_after(patience);
  stream.async_connect({asio::ip::make_address(asked.address), port}, [&](boost::system::error_code no) {
    if (no) return;
    // A server that refuses early may close while we still write; what it says counts.
    http::async_write(stream, request, [&](boost::system::error_code, std::size_t) {
      http::async_read(stream, buffer, parser, [&](boost::system::error_code wrong, std::size_t) {
        if (wrong) return;
        answer.status = parser.get().result_int();
        for (const auto& field : parser.get())
          answer.fields[std::string(field.name_string())] = std::string(field.value());
        answer.body = parser.get().body();
      });
    });
  });
  io.run();
  return answer;
}

inline Answer get(std::uint16_t port, const std::string& target) {
  return ask(port, {.target = target});
}

inline Answer post(std::uint16_t port, const std::string& target, const Json& body) {
  return ask(port, {.target = target, .method = "POST", .body = body.dump()});
}

/// A console: what the server pushes, frame by frame.
class Console {
 public:
  /// @param receive_buffer  of the socket, 0: the system's own; a small one makes a console that soon blocks
  explicit Console(std::uint16_t port, const std::map<std::string, std::string>& fields = {},
                   int receive_buffer = 0)
      : socket_(io_) {
    namespace websocket = boost::beast::websocket;
    auto& tcp = boost::beast::get_lowest_layer(socket_).socket();
    tcp.open(boost::asio::ip::tcp::v4());
    if (receive_buffer > 0) tcp.set_option(boost::asio::socket_base::receive_buffer_size(receive_buffer));
    tcp.connect({boost::asio::ip::make_address("127.0.0.1"), port});
    socket_.read_message_max(std::size_t{256} << 20);
    socket_.set_option(websocket::stream_base::decorator([fields](websocket::request_type& request) {
      for (const auto& [name, value] : fields) request.set(name, value);
    }));
    bool done = false;
    const auto host = fields.contains("Host") ? fields.at("Host") : "127.0.0.1:" + std::to_string(port);
    socket_.async_handshake(answer_, host, "/ws", [&](boost::system::error_code wrong) {
      open_ = !wrong;
      done = true;
    });
    run_until(done);
  }

  [[nodiscard]] bool open() const { return open_; }
  /// The status the server gave instead of opening.
  [[nodiscard]] int status() const { return static_cast<int>(answer_.result_int()); }

  /// The next frame; nothing where none comes in time or the connection ended.
  std::optional<Json> next(std::chrono::milliseconds most = patience) {
    if (!reading_) {
      reading_ = true;
      got_ = false;
      socket_.async_read(buffer_, [this](boost::system::error_code wrong, std::size_t) {
        reading_ = false;
        got_ = true;
        if (wrong) open_ = false;
      });
    }
    run_until(got_, most);
    if (!got_ || !open_) return std::nullopt;
    const auto text = boost::beast::buffers_to_string(buffer_.data());
    buffer_.consume(buffer_.size());
    auto read = parse_json(text);
    EXPECT_TRUE(read) << read.error().text();
    return read ? std::optional(*read) : std::nullopt;
  }

  /// Reads on until a frame is what is looked for.
  std::optional<Json> until(const std::function<bool(const Json&)>& wanted) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < end) {
      auto frame = next();
      if (!frame || wanted(*frame)) return frame;
    }
    return std::nullopt;
  }
  std::optional<Json> until_type(const std::string& type) {
    return until([&](const Json& frame) { return frame.value("type", "") == type; });
  }

 private:
  void run_until(const bool& done, std::chrono::milliseconds most = patience) {
    const auto end = std::chrono::steady_clock::now() + most;
    io_.restart();
    while (!done && std::chrono::steady_clock::now() < end) io_.run_one_until(end);
  }

  boost::asio::io_context io_;
  boost::beast::websocket::stream<boost::beast::tcp_stream> socket_;
  boost::beast::websocket::response_type answer_;
  boost::beast::flat_buffer buffer_;
  bool open_ = false;
  bool reading_ = false;
  bool got_ = false;
};

/// A receiver on the network: whoever connects gets the lines.
class Receiver {
 public:
  Receiver() : acceptor_(io_, {boost::asio::ip::make_address("127.0.0.1"), 0}) {}

  [[nodiscard]] std::string address() const {
    return "tcp://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
  }
  /// Waits until somebody listens.
  void wait() { peer_.emplace(acceptor_.accept()); }
  void send(const std::string& line) { boost::asio::write(*peer_, boost::asio::buffer(line + "\r\n")); }
  /// The same where the listener may be gone.
  void send(const std::string& line, boost::system::error_code& gone) {
    boost::asio::write(*peer_, boost::asio::buffer(line + "\r\n"), gone);
  }
  /// Goes away, and is not there any more.
  void close() {
    acceptor_.close();
    peer_.reset();
  }

 private:
  boost::asio::io_context io_;
  boost::asio::ip::tcp::acceptor acceptor_;
  std::optional<boost::asio::ip::tcp::socket> peer_;
};

/// True as soon as the condition holds; false where it does not within our patience.
inline bool soon(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return true;
}

}  // namespace varne::test
