#pragma once
/// Who may ask what. Until there are accounts the desk trusts the machine it runs on and nobody else, and a
/// browser on that machine must not be made to speak for another site.

#include <span>
#include <string>
#include <string_view>

namespace varne {

/// What a route asks of whoever calls it.
enum class Who {
  reader,  ///< whoever reaches the desk under a name of its own, and no page of another site
  writer,  ///< the same, from this machine
};

/// What is known of one request.
struct Asker {
  bool from_loopback = false;               ///< the other end of the connection is this machine
  bool to_loopback = false;                 ///< it asked our loopback address
  std::string_view host;                    ///< the Host header, "" none
  std::string_view origin;                  ///< the Origin header, "" none
  std::span<const std::string> names = {};  ///< the desk's own, besides its addresses
};

/// Why not, or "" where it may. A foreign name that leads to our address (DNS rebinding) reads nothing: at
/// loopback only loopback's names and the desk's own will do, elsewhere also any address in digits.
std::string may(Who who, const Asker& asker);

}  // namespace varne
