#include "web.h"

#include <fmt/format.h>

#include <boost/asio/signal_set.hpp>
#include <cstdio>
#include <filesystem>
#include <functional>

#include "terminal.h"
#include "varne/core/place_of_data.h"
#include "varne/sea/map.h"

namespace varne::app {

Done serve_desk(boost::asio::io_context& io, Desk& desk, const WebOptions& options,
                const std::string& greeting) {
  auto map = map_of(desk.room().world().strait);
  if (!map) return std::unexpected(map.error());
  const auto listen = [&] {
    return Server::listen(io, desk,
                          {.address = options.address,
                           .port = options.port,
                           .map = *map,
                           .console = console_path(),
                           .names = options.names,
                           .tls = options.tls,
                           .accounts = options.accounts,
                           .access_log = options.access_log});
  };
  auto server = listen();
  if (!server && options.wait_for_address) {
    say("{}; recording, and trying again\n", server.error().text());
    std::fflush(stdout);
  }
  while (!server && options.wait_for_address && !io.stopped()) {
    io.run_for(std::chrono::milliseconds(250));
    server = listen();
  }
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
