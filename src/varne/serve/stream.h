#pragma once
/// One connection, plain or TLS, behind one type: sessions are written against it and cannot tell which it
/// is.

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "varne/core/result.h"

namespace varne {

using TlsContext = boost::asio::ssl::context;

/// A server's side of TLS, 1.2 or newer, from PEM files. Refuses what cannot be read, and a key that does not
/// belong to the certificate. The error never holds anything of the key.
/// @param certificate  the server's own first, then those that vouch for it
Result<std::shared_ptr<TlsContext>> tls_context(const std::string& certificate, const std::string& key);

/// An AsyncStream as Beast asks for it, for completion handlers. Movable while nothing is under way. A
/// deadline covers everything that is under way until the next one is set.
class Stream {
 public:
  using executor_type = boost::asio::any_io_executor;
  using Socket = boost::asio::ip::tcp::socket;

  /// @param tls  null: plain
  explicit Stream(Socket socket, std::shared_ptr<TlsContext> tls = nullptr);

  [[nodiscard]] executor_type get_executor() { return tcp_->get_executor(); }
  [[nodiscard]] Socket& socket() { return tcp_->socket(); }
  [[nodiscard]] bool is_tls() const { return tls_ != nullptr; }

  void deadline(std::chrono::steady_clock::duration after) { tcp_->expires_after(after); }
  void no_deadline() { tcp_->expires_never(); }

  /// Before anything else; at once where there is no TLS. @param done  (error_code)
  template <class Handler>
  void async_handshake(Handler&& done) {
    if (tls_) {
      tls_->async_handshake(boost::asio::ssl::stream_base::server, std::forward<Handler>(done));
    } else {
      boost::asio::post(get_executor(), [done = std::forward<Handler>(done)]() mutable {
        done(boost::system::error_code());
      });
    }
  }

  template <class Buffers, class Handler>
  void async_read_some(const Buffers& buffers, Handler&& done) {
    tls_ ? tls_->async_read_some(buffers, std::forward<Handler>(done))
         : tcp_->async_read_some(buffers, std::forward<Handler>(done));
  }
  template <class Buffers, class Handler>
  void async_write_some(const Buffers& buffers, Handler&& done) {
    tls_ ? tls_->async_write_some(buffers, std::forward<Handler>(done))
         : tcp_->async_write_some(buffers, std::forward<Handler>(done));
  }

  /// Says that nothing more will be sent; what the other side still sends can be read. @param done
  /// (error_code)
  template <class Handler>
  void async_say_goodbye(Handler&& done) {
    if (tls_) return tls_->async_shutdown(std::forward<Handler>(done));
    boost::system::error_code wrong;
    socket().shutdown(Socket::shutdown_send, wrong);
    boost::asio::post(get_executor(), [done = std::forward<Handler>(done), wrong]() mutable { done(wrong); });
  }
  /// Ends what is under way and the connection.
  void close() { tcp_->close(); }

 private:
  std::shared_ptr<TlsContext> context_;
  std::unique_ptr<boost::beast::tcp_stream> tcp_;  // its address stays while TLS is on it
  std::unique_ptr<boost::asio::ssl::stream<boost::beast::tcp_stream&>> tls_;
};

/// How Beast's WebSocket ends a connection of this type.
template <class Handler>
void async_teardown(boost::beast::role_type /*role*/, Stream& stream, Handler&& done) {
  stream.async_say_goodbye(std::forward<Handler>(done));
}
inline void beast_close_socket(Stream& stream) {
  stream.close();
}

}  // namespace varne
