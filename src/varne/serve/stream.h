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
#include <optional>
#include <string>
#include <utility>

#include "varne/core/result.h"
#include "varne/serve/certified.h"

namespace varne {

using TlsContext = boost::asio::ssl::context;

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
  /// What the other end showed of itself and TLS has verified, after the handshake.
  [[nodiscard]] std::optional<Certified> certificate() const {
    return tls_ ? certified_in(tls_->native_handle()) : std::nullopt;
  }
  /// Why its certificate was refused, in OpenSSL's words; "" where it was not.
  [[nodiscard]] std::string certificate_trouble() const;

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
