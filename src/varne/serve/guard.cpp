#include "varne/serve/guard.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "varne/core/text.h"

namespace varne {
namespace {

/// "desk.example:8080" and "[::1]" without the port; "" where there is no such host.
std::string_view without_port(std::string_view host) {
  const auto end = host.starts_with('[') ? host.find(']') + 1 : std::min(host.find(':'), host.size());
  const auto rest = host.substr(std::min(end, host.size()));
  const bool whole = rest.empty() || (rest.front() == ':' && parse_whole(rest.substr(1)).has_value());
  return whole ? host.substr(0, end) : std::string_view();
}

bool is_address(std::string_view name) {
  if (name.starts_with('[') && name.ends_with(']')) name = name.substr(1, name.size() - 2);
  boost::system::error_code wrong;
  static_cast<void>(boost::asio::ip::make_address(std::string(name), wrong));
  return !wrong;
}

bool is_ours(const Asker& asker) {
  const auto name = without_port(asker.host);
  if (name == "localhost" || name == "127.0.0.1" || name == "[::1]") return true;
  if (name.empty()) return false;
  return std::ranges::find(asker.names, name) != asker.names.end() ||
         (!asker.to_loopback && is_address(name));
}

/// Same site: the origin is "http(s)://" and the very host that was asked.
bool same_site(const Asker& asker) {
  auto origin = asker.origin;
  if (origin.empty()) return true;  // no browser, or one on its own page
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (origin.starts_with(scheme)) return origin.substr(scheme.size()) == asker.host;
  }
  return false;
}

}  // namespace

bool is_loopback(const boost::asio::ip::address& address) {
  // An IPv4 connection to an IPv6 socket comes as ::ffff:127.0.0.1.
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address.to_v6()).is_loopback();
  return address.is_loopback();
}

std::string machine_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : std::string();
}

std::string may_ask(bool writing, const Asker& asker) {
  if (!is_ours(asker))
    return asker.to_loopback
               ? fmt::format("\"{}\" is not this machine; ask for localhost", shown(asker.host))
               : fmt::format("\"{}\" is no name of this desk; ask for its address, or start it with --name",
                             shown(asker.host));
  if (writing && !asker.accounts && !asker.from_loopback)
    return "writing is only possible from the machine the desk runs on, for nobody signs in here";
  if (same_site(asker)) return "";
  return fmt::format("a page of {} may not {} this desk", shown(asker.origin),
                     writing ? "write to" : "read from");
}

}  // namespace varne
