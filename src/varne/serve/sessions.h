#pragma once
/// The two kinds of connection: a browser's requests, and a console's socket.

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "varne/serve/routes.h"

namespace varne {

/// One console. Frames are written one after another; one that cannot keep up gets a fresh state instead of a
/// backlog.
class ConsoleSession : public std::enable_shared_from_this<ConsoleSession> {
 public:
  using Frame = std::shared_ptr<const std::string>;

  /// @param fresh  makes the frame {"type":"reset","state":…}
  /// @param gone   called once, when the connection has ended
  ConsoleSession(boost::asio::ip::tcp::socket socket, std::function<Frame()> fresh,
                 std::function<void(ConsoleSession*)> gone);

  void accept(const HttpRequest& upgrade, Frame hello);
  void send(Frame frame);
  void close();

 private:
  void read();
  void write();
  void end();

  boost::beast::websocket::stream<boost::beast::tcp_stream> socket_;
  boost::beast::flat_buffer incoming_;
  std::deque<Frame> waiting_;
  std::size_t waiting_bytes_ = 0;
  bool writing_ = false;
  bool behind_ = false;  ///< what waited was dropped; a fresh state goes next
  bool ended_ = false;
  std::function<Frame()> fresh_;
  std::function<void(ConsoleSession*)> gone_;
};

/// One connection that speaks HTTP, request after request.
class HttpSession : public std::enable_shared_from_this<HttpSession> {
 public:
  /// Takes the connection over as a WebSocket.
  using Upgrade = std::function<void(boost::asio::ip::tcp::socket, const HttpRequest&)>;

  HttpSession(boost::asio::ip::tcp::socket socket, const Routes& routes, Upgrade upgrade);
  void read();
  void close();

 private:
  void take();
  void write(HttpResponse response);
  [[nodiscard]] Asker asker(const HttpRequest& request) const;

  boost::beast::tcp_stream stream_;
  boost::beast::flat_buffer buffer_;
  std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> parser_;
  std::optional<HttpResponse> response_;
  const Routes& routes_;
  Upgrade upgrade_;
  bool from_loopback_ = false;
  bool to_loopback_ = false;
};

}  // namespace varne
