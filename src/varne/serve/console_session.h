#pragma once
/// A console's socket.

#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "varne/serve/routes.h"
#include "varne/serve/stream.h"

namespace varne {

/// One console. Frames are written one after another; one that cannot keep up gets a fresh state instead of a
/// backlog.
class ConsoleSession : public std::enable_shared_from_this<ConsoleSession> {
 public:
  using Frame = std::shared_ptr<const std::string>;

  /// @param fresh    makes the frame {"type":"reset","state":…}
  /// @param gone     called once, when the connection has ended
  /// @param dropped  so many frames were not sent to one that cannot keep up
  ConsoleSession(Stream stream, std::function<Frame()> fresh, std::function<void(ConsoleSession*)> gone,
                 std::function<void(std::size_t)> dropped);

  void accept(const HttpRequest& upgrade, Frame hello);
  void send(Frame frame);
  void close();

 private:
  void read();
  void write();
  void end();

  boost::beast::websocket::stream<Stream> socket_;
  boost::beast::flat_buffer incoming_;
  std::deque<Frame> waiting_;
  std::size_t waiting_bytes_ = 0;
  bool writing_ = false;
  bool behind_ = false;  ///< what waited was dropped; a fresh state goes next
  bool ended_ = false;
  std::function<Frame()> fresh_;
  std::function<void(ConsoleSession*)> gone_;
  std::function<void(std::size_t)> dropped_;
};

}  // namespace varne
