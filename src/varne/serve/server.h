#pragma once
/// HTTP and WebSocket for one desk: the console, the API and its changes. Start here; routes.h has the table
/// of what can be asked, board.h what consoles are told, desk.h what is behind them. One thread runs it all
/// (a forecast's bytes are made on another); docs/api.md is what it promises.

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "varne/access/accounts.h"
#include "varne/access/oidc.h"
#include "varne/core/result.h"
#include "varne/desk/desk.h"
#include "varne/serve/tls_files.h"

namespace varne {

/// Now, by the machine's clock.
Time wall_time();

struct ServerOptions {
  /// Whom it listens for. Beyond loopback only with accounts and TLS: else whoever reached it could order.
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  ///< 0: any free one
  std::string map = {};       ///< GeoJSON of the strait
  std::string console = {};   ///< folder of the built console
  /// Changes within so long go out together; under load longer, so that no more than a tenth of the thread's
  /// time goes into it.
  std::chrono::milliseconds gather{15};
  std::vector<std::string> names = {};      ///< the desk's own, besides its addresses and the machine's
  std::shared_ptr<TlsFiles> tls = nullptr;  ///< null: plain
  Accounts* accounts = nullptr;             ///< null: nobody signs in; outlives the server
  /// Whose word signs people in besides passwords; null: nobody's. Needs accounts.
  std::shared_ptr<const OidcSettings> oidc = nullptr;
  std::string access_log = {};            ///< file; "" none
  std::function<Time()> now = wall_time;  ///< for sessions
  std::chrono::milliseconds slowest_request{30000};
  /// Connections at one time; beyond, the one idle longest goes. 0: what the limit of open files leaves after
  /// a reserve for record, journal and feeds.
  std::size_t most_connections = 0;
  /// A socket that listens already at that address, a doorstep's (doorstep.h), taken over; -1: none.
  int listening = -1;
};

/// Refuses to listen beyond loopback without accounts and TLS.
Done may_listen(const ServerOptions& options);

class Server {
 public:
  /// Listens. Refuses an address that is none, and a port in use. The desk outlives the server; both are used
  /// on the thread that runs `io`.
  static Result<std::unique_ptr<Server>> listen(boost::asio::io_context& io, Desk& desk,
                                                ServerOptions options);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  /// Runs `io` until it is stopped. What is thrown there ends what it was thrown from, a connection mostly,
  /// is said in `trouble`, and the rest goes on.
  void run();

  /// "http://127.0.0.1:8080"
  [[nodiscard]] std::string url() const;
  [[nodiscard]] std::uint16_t port() const;
  /// Reads the files of TLS again and goes on with the log of accesses in a file of its name.
  void reload();
  /// Takes no more connections and closes those there are.
  void stop();

 private:
  class Work;
  explicit Server(std::shared_ptr<Work> work);
  std::shared_ptr<Work> work_;
};

}  // namespace varne
