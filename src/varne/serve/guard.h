#pragma once
/// Who may ask what. Until there are accounts the desk trusts the machine it runs on and nobody else, and a
/// browser on that machine must not be made to speak for another site.

#include <string>
#include <string_view>

namespace varne {

/// What is known of one request.
struct Asker {
  bool from_loopback = false;  ///< the other end of the connection is this machine
  bool to_loopback = false;    ///< it asked our loopback address
  std::string_view host;       ///< the Host header, "" none
  std::string_view origin;     ///< the Origin header, "" none
};

/// Each gives why not, or "" where it may.
/// A name that is not this machine's must not lead to the loopback address (DNS rebinding).
std::string may_read(const Asker& asker);
/// A page of another site must not open our socket.
std::string may_listen(const Asker& asker);
std::string may_write(const Asker& asker);

}  // namespace varne
