#include "varne/serve/guard.h"

#include <fmt/format.h>

#include "varne/core/text.h"

namespace varne {
namespace {

/// A loopback name, with or without a port.
bool names_loopback(std::string_view host) {
  for (const std::string_view name : {"localhost", "127.0.0.1", "[::1]"}) {
    if (!host.starts_with(name)) continue;
    const auto rest = host.substr(name.size());
    return rest.empty() || (rest.front() == ':' && parse_whole(rest.substr(1)).has_value());
  }
  return false;
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

std::string may_read(const Asker& asker) {
  if (asker.to_loopback && !names_loopback(asker.host))
    return fmt::format("\"{}\" is not this machine; ask for localhost", shown(asker.host));
  return "";
}

std::string may_listen(const Asker& asker) {
  if (auto no = may_read(asker); !no.empty()) return no;
  return same_site(asker) ? "" : fmt::format("a page of {} may not listen to this desk", shown(asker.origin));
}

std::string may_write(const Asker& asker) {
  if (auto no = may_read(asker); !no.empty()) return no;
  if (!asker.from_loopback)
    return "writing is only possible from the machine the desk runs on, until there are accounts";
  return same_site(asker) ? "" : fmt::format("a page of {} may not write to this desk", shown(asker.origin));
}

}  // namespace varne
