#pragma once
/// One connection that speaks HTTP, request after request, each within limits of size and time.

#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "varne/serve/access_log.h"
#include "varne/serve/routes.h"
#include "varne/serve/stream.h"

namespace varne {

class HttpSession : public std::enable_shared_from_this<HttpSession> {
 public:
  /// Takes the connection over as a WebSocket.
  using Upgrade = std::function<void(Stream, const HttpRequest&, const Credential&)>;
  /// What all sessions of a server share; outlives them.
  struct Shared {
    Sources sources;
    std::vector<std::string> names;                    ///< the desk's own, for the Host of a request
    std::unique_ptr<AccessLog> log;                    ///< null: nothing is logged
    std::chrono::milliseconds slowest_request{30000};  ///< from the first wait for it to its last byte
    Upgrade upgrade;
    /// TLS came to nothing: whence, and why.
    std::function<void(const std::string& address, const std::string& why)> no_handshake;
  };

  HttpSession(Stream stream, const Shared& shared);
  void start();
  void close();
  /// Says that there are too many connections, and ends.
  void turn_away();
  /// Waits for a request, of which no whole header has come: whoever needs its descriptor more may close it.
  [[nodiscard]] bool is_idle() const { return idle_; }

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
  void read();
  void read_body();
  void take();
  void refuse(HttpResponse response);
  void write(HttpResponse response);
  void linger(std::size_t most);
  const Caller& caller();
  void log(unsigned status);

  Stream stream_;
  boost::beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  std::optional<HttpResponse> response_;
  const Shared& shared_;
  Credential credential_;         ///< of this request
  std::optional<Caller> caller_;  ///< of this request, once it mattered
  std::string address_;           ///< of the other end
  std::size_t came_ = 0;          ///< bytes of this request
  std::size_t most_ = 0;          ///< bytes it may have in all, framing and trailer too
  std::size_t header_fields_ = 0;
  bool idle_ = false;
  bool from_loopback_ = false;
  bool to_loopback_ = false;
};

}  // namespace varne
