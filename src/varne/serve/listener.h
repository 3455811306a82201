#pragma once
/// Takes connections, and goes on when there are too many of them: each needs a file descriptor, and the
/// record needs some too.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "varne/core/result.h"

namespace varne {

/// Lets this process have as many files open as it may. @return  how many
std::size_t raise_descriptor_limit();

class Listener {
 public:
  using Socket = boost::asio::ip::tcp::socket;

  explicit Listener(boost::asio::io_context& io) : acceptor_(io), rest_(io) {}

  /// Refuses an address that is none, and a port in use. @param port  0: any free one
  /// @param listening  a socket that listens there already, which is taken over; -1: none
  Done open(const std::string& address, std::uint16_t port, int listening = -1);
  /// @param taken  gets every connection; the owner outlives the listener's being closed
  void start(std::function<void(Socket)> taken);
  void close();
  /// Gives the listening socket away, with whoever waits at it; whatever runs its `io` has stopped. -1 where
  /// there is none.
  int release();

  [[nodiscard]] std::uint16_t port() const;
  /// Times that no connection could be taken: no descriptor was left.
  [[nodiscard]] std::uint64_t failures() const { return failures_; }
  /// In words, while it cannot take connections and for a minute after; "" otherwise.
  [[nodiscard]] std::string trouble() const;

 private:
  void accept();

  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer rest_;  ///< after a failure: asking again at once would only spin
  std::function<void(Socket)> taken_;
  std::uint64_t failures_ = 0;
  std::string why_;
  std::chrono::steady_clock::time_point failed_;
};

}  // namespace varne
