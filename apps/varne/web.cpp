#include "web.h"

#include <fmt/format.h>

#include <boost/asio/signal_set.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>

#include "terminal.h"
#include "varne/core/place_of_data.h"
#include "varne/sea/map.h"

namespace varne::app {
namespace {

ServerOptions server_options(const WebOptions& options) {
  return {.address = options.address,
          .port = options.port,
          .console = console_path(),
          .names = options.names,
          .tls = options.tls,
          .accounts = options.accounts,
          .oidc = options.oidc,
          .access_log = options.access_log};
}

}  // namespace

Result<std::unique_ptr<Doorstep>> open_doorstep(const WebOptions& options) {
  return Doorstep::open(server_options(options));
}

Result<std::unique_ptr<Doorstep>> doorstep_once_free(boost::asio::io_context& io, const WebOptions& options) {
  auto doorstep = open_doorstep(options);
  if (doorstep) return doorstep;
  say("{}; recording, and trying again\n", doorstep.error().text());
  std::fflush(stdout);
  while (!doorstep && !io.stopped()) {
    io.run_for(std::chrono::milliseconds(250));
    doorstep = open_doorstep(options);
  }
  return doorstep;
}

Done serve_desk(boost::asio::io_context& io, Desk& desk, const WebOptions& options, Doorstep& doorstep,
                const std::string& greeting) {
  auto map = map_of(desk.room().world().strait);
  if (!map) return std::unexpected(map.error());
  ServerOptions served = server_options(options);
  served.map = std::move(*map);
  served.listening = doorstep.leave();
  auto server = Server::listen(io, desk, std::move(served));
  if (!server) return std::unexpected(server.error());
  boost::asio::signal_set signals(io, SIGINT, SIGTERM);
  signals.async_wait([&](boost::system::error_code wrong, int) {
    if (wrong) return;
    (*server)->stop();
    io.stop();
  });
  boost::asio::signal_set hang_up(io, SIGHUP);
  std::function<void()> wait_for_it = [&] {
    hang_up.async_wait([&](boost::system::error_code wrong, int) {
      if (wrong) return;
      (*server)->reload();
      wait_for_it();
    });
  };
  wait_for_it();
  say("{}{}\n", greeting, (*server)->url());
  if (!std::filesystem::exists(console_path() + "/index.html"))
    say("The console is not built: run make console; the API answers meanwhile.\n");
  std::fflush(stdout);
  (*server)->run();
  return {};
}

}  // namespace varne::app
