#pragma once
/// What `serve` and `demo` share: one desk, one server, until somebody stops it.

#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>
#include <vector>

#include "varne/core/result.h"
#include "varne/desk/desk.h"
#include "varne/serve/doorstep.h"
#include "varne/serve/server.h"

namespace varne::app {

struct WebOptions {
  std::string address = "127.0.0.1";
  std::vector<std::string> names = {};  ///< the desk's own, besides its addresses
  std::uint16_t port = 8080;
  Accounts* accounts = nullptr;  ///< null: nobody signs in
  std::shared_ptr<TlsFiles> tls = nullptr;
  std::shared_ptr<const OidcSettings> oidc = nullptr;  ///< whose word signs people in besides passwords
  std::string access_log = {};
};

/// Listens and says how far the desk is that is being made ready.
Result<std::unique_ptr<Doorstep>> open_doorstep(const WebOptions& options);

/// The same, again and again while the address is taken, and the desk works without consoles meanwhile: the
/// desk that it goes on for may be frozen on it. An error only where `io` is stopped.
Result<std::unique_ptr<Doorstep>> doorstep_once_free(boost::asio::io_context& io, const WebOptions& options);

/// Serves until an interrupt or SIGTERM; at SIGHUP reads certificates and log file anew. Prints the address
/// to stdout once it serves, with `greeting` before it.
/// @param doorstep  whose place it takes
Done serve_desk(boost::asio::io_context& io, Desk& desk, const WebOptions& options, Doorstep& doorstep,
                const std::string& greeting);

}  // namespace varne::app
