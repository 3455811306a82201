#include "varne/feed/source.h"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>

#include "varne/core/lines.h"
#include "varne/core/text.h"

namespace varne {
namespace {

Time now() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Done read_file_lines(const SourceAddress& address, const TakeLine& take) {
  auto file = LineFile::open(address.path);
  if (!file) return std::unexpected(file.error());
  LineFile::Line line;
  for (;;) {
    const auto more = file->next(line);
    if (!more) return std::unexpected(more.error());
    if (!*more) return {};
    take({line.text, line.number, line.overlong, now()});
  }
}

Done read_live(const SourceAddress& address, const TakeLine& take, const ReadOptions& options) {
  boost::asio::io_context io(1);
  boost::asio::signal_set signals(io, SIGINT, SIGTERM);
  boost::asio::steady_timer timer(io);
  std::optional<Error> wrong;
  bool was_up = false;
  LiveSource source(io, address, take,
                    [&](const LiveState& state) {
                      was_up = was_up || state.up;
                      if (options.state) options.state(state);
                      if (!state.over) return;
                      if (!was_up) wrong = Error{address.text, state.text};
                      io.stop();
                    },
                    {.reconnect = false});
  const auto end = [&](boost::system::error_code cancelled, auto&&...) {
    if (!cancelled) io.stop();
  };
  signals.async_wait(end);
  if (options.at_most) {
    timer.expires_after(*options.at_most);
    timer.async_wait(end);
  }
  source.start();
  io.run();
  if (wrong) return std::unexpected(*wrong);
  return {};
}

}  // namespace

Result<SourceAddress> parse_source(std::string_view text) {
  SourceAddress out;
  out.text = text;
  const auto colon = text.find("://");
  if (colon == std::string_view::npos) {
    if (text.empty()) return fail("", "no source named; give a file, -, tcp://host:port or udp://host:port");
    out.path = text;
    return out;
  }
  const auto scheme = text.substr(0, colon);
  if (scheme != "tcp" && scheme != "udp")
    return fail(shown(text), fmt::format("\"{}\" is no source; there are tcp://host:port, udp://host:port, "
                                         "files and - for standard input",
                                         shown(scheme)));
  out.kind = scheme == "tcp" ? SourceAddress::Kind::tcp : SourceAddress::Kind::udp;
  const auto rest = text.substr(colon + 3);
  const auto last = rest.rfind(':');
  const auto port = last == std::string_view::npos ? std::nullopt : parse_whole(rest.substr(last + 1));
  // A sender needs a port to connect to; a listener may leave the choice to the system.
  const int least = out.kind == SourceAddress::Kind::tcp ? 1 : 0;
  if (!port || *port < least || *port > 65535)
    return fail(shown(text),
                fmt::format("a port from {} to 65535 is needed at the end, as in {}://127.0.0.1:10110", least,
                            scheme));
  auto host = rest.substr(0, last);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host.empty())
    return fail(shown(text), fmt::format("a host is needed, as in {}://127.0.0.1:{}", scheme, *port));
  out.host = host;
  out.port = static_cast<std::uint16_t>(*port);
  return out;
}

Error overlong_line() {
  return {"",
          fmt::format("longer than {} bytes without a line end: it is left out", LineCutter::usual_limit)};
}

Done read_source(const SourceAddress& address, const TakeLine& line, const ReadOptions& options) {
  return address.kind == SourceAddress::Kind::file ? read_file_lines(address, line)
                                                   : read_live(address, line, options);
}

bool is_of_this_machine(const SourceAddress& address) {
  boost::system::error_code no_address;
  const auto ip = boost::asio::ip::make_address(address.host, no_address);
  return address.host == "localhost" || (!no_address && ip.is_loopback());
}

}  // namespace varne
