#include "client.h"

#include <gtest/gtest.h>

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <thread>

namespace varne::test {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;

Json Answer::json() const {
  const auto read = parse_json(body);
  EXPECT_TRUE(read) << read.error().text() << " in " << body.substr(0, 200);
  return read ? *read : Json();
}

Answer ask(std::uint16_t port, const Asked& asked) {
  asio::io_context io;
  beast::tcp_stream stream(io);
  http::request<http::string_body> request{http::string_to_verb(asked.method), asked.target, 11};
  request.set(http::field::host, asked.address + ":" + std::to_string(port));
  for (const auto& [name, value] : asked.fields) request.set(name, value);
  request.body() = asked.body;
  if (!asked.body.empty() || asked.method == "POST") request.prepare_payload();
  http::response_parser<http::string_body> parser;
  parser.body_limit(std::uint64_t{256} << 20);
  if (asked.method == "HEAD") parser.skip(true);
  beast::flat_buffer buffer;
  Answer answer;
  stream.expires_after(patience);
  stream.async_connect({asio::ip::make_address(asked.address), port}, [&](beast::error_code no) {
    if (no) return;
    // A server that refuses early may close while we still write; what it says counts.
    http::async_write(stream, request, [&](beast::error_code, std::size_t) {
      http::async_read(stream, buffer, parser, [&](beast::error_code wrong, std::size_t) {
        if (wrong) return;
        answer.status = static_cast<int>(parser.get().result_int());
        for (const auto& field : parser.get())
          answer.fields[std::string(field.name_string())] = std::string(field.value());
        answer.body = parser.get().body();
      });
    });
  });
  io.run();
  return answer;
}

Answer get(std::uint16_t port, const std::string& target) {
  return ask(port, {.target = target});
}

Answer post(std::uint16_t port, const std::string& target, const Json& body) {
  return ask(port, {.target = target, .method = "POST", .body = body.dump()});
}

std::string raw_exchange(std::uint16_t port, const std::string& bytes) {
  asio::io_context io;
  asio::ip::tcp::socket socket(io);
  socket.connect({asio::ip::make_address("127.0.0.1"), port});
  beast::error_code over;
  asio::write(socket, asio::buffer(bytes), over);
  std::string said;
  asio::read(socket, asio::dynamic_buffer(said), over);
  return said;
}

struct Console::Socket {
  void run_until(const bool& done, std::chrono::milliseconds most) {
    const auto end = std::chrono::steady_clock::now() + most;
    io.restart();
    while (!done && std::chrono::steady_clock::now() < end) io.run_one_until(end);
  }

  asio::io_context io;
  websocket::stream<beast::tcp_stream> stream{io};
  websocket::response_type answer;
  beast::flat_buffer buffer;
  bool open = false;
  bool reading = false;
  bool got = false;
};

Console::Console(std::uint16_t port, const std::map<std::string, std::string>& fields, int receive_buffer)
    : socket_(std::make_unique<Socket>()) {
  auto& stream = socket_->stream;
  auto& tcp = beast::get_lowest_layer(stream).socket();
  tcp.open(asio::ip::tcp::v4());
  if (receive_buffer > 0) tcp.set_option(asio::socket_base::receive_buffer_size(receive_buffer));
  tcp.connect({asio::ip::make_address("127.0.0.1"), port});
  stream.read_message_max(std::size_t{256} << 20);
  stream.set_option(websocket::stream_base::decorator([fields](websocket::request_type& request) {
    for (const auto& [name, value] : fields) request.set(name, value);
  }));
  bool done = false;
  const auto host = fields.contains("Host") ? fields.at("Host") : "127.0.0.1:" + std::to_string(port);
  stream.async_handshake(socket_->answer, host, "/ws", [&](beast::error_code wrong) {
    socket_->open = !wrong;
    done = true;
  });
  socket_->run_until(done, patience);
}

Console::~Console() = default;

bool Console::open() const {
  return socket_->open;
}

int Console::status() const {
  return static_cast<int>(socket_->answer.result_int());
}

std::optional<Json> Console::next(std::chrono::milliseconds most) {
  Socket& s = *socket_;
  if (!s.open) return std::nullopt;
  if (!s.reading) {
    s.reading = true;
    s.got = false;
    s.stream.async_read(s.buffer, [&s](beast::error_code wrong, std::size_t) {
      s.reading = false;
      s.got = true;
      if (wrong) s.open = false;
    });
  }
  s.run_until(s.got, most);
  if (!s.got || !s.open) return std::nullopt;
  const auto text = beast::buffers_to_string(s.buffer.data());
  s.buffer.consume(s.buffer.size());
  auto read = parse_json(text);
  EXPECT_TRUE(read) << read.error().text();
  return read ? std::optional(*read) : std::nullopt;
}

std::optional<Json> Console::until(const std::function<bool(const Json&)>& wanted) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (std::chrono::steady_clock::now() < end) {
    auto frame = next();
    if (!frame || wanted(*frame)) return frame;
  }
  return std::nullopt;
}

std::optional<Json> Console::until_type(const std::string& type) {
  return until([&](const Json& frame) { return frame.value("type", "") == type; });
}

struct Receiver::Socket {
  asio::io_context io;
  asio::ip::tcp::acceptor acceptor{io, {asio::ip::make_address("127.0.0.1"), 0}};
  std::optional<asio::ip::tcp::socket> peer;
};

Receiver::Receiver() : socket_(std::make_unique<Socket>()) {}
Receiver::~Receiver() = default;

std::string Receiver::address() const {
  return "tcp://127.0.0.1:" + std::to_string(socket_->acceptor.local_endpoint().port());
}

void Receiver::wait() {
  socket_->peer.emplace(socket_->acceptor.accept());
}

bool Receiver::send(const std::string& line) {
  beast::error_code gone;
  asio::write(*socket_->peer, asio::buffer(line + "\r\n"), gone);
  return !gone;
}

void Receiver::close() {
  socket_->acceptor.close();
  socket_->peer.reset();
}

struct Datagrams::Socket {
  asio::io_context io;
  asio::ip::udp::socket from{io};
};

Datagrams::Datagrams(std::uint16_t port) : socket_(std::make_unique<Socket>()) {
  socket_->from.connect({asio::ip::make_address("127.0.0.1"), port});
}
Datagrams::~Datagrams() = default;

void Datagrams::send(const std::string& bytes) {
  beast::error_code gone;  // whoever does not listen misses it
  socket_->from.send(asio::buffer(bytes), 0, gone);
}

bool soon(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return true;
}

}  // namespace varne::test
