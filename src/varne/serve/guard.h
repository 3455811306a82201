#pragma once
/// From where something may be asked at all, whoever asks (that is gate.h's): no name but the desk's own
/// leads to it, and a browser must not be made to speak for another site. Where nobody signs in, the desk
/// trusts the machine it runs on and no other.

#include <boost/asio/ip/address.hpp>
#include <span>
#include <string>
#include <string_view>

namespace varne {

/// What is known of one request.
struct Asker {
  bool from_loopback = false;               ///< the other end of the connection is this machine
  bool to_loopback = false;                 ///< it asked our loopback address
  bool accounts = false;                    ///< somebody has to sign in here
  std::string_view host;                    ///< the Host header, "" none
  std::string_view origin;                  ///< the Origin header, "" none
  std::span<const std::string> names = {};  ///< the desk's own, besides its addresses
};

/// Of this machine, IPv4 within IPv6 too.
bool is_loopback(const boost::asio::ip::address& address);
/// "" where it has none.
std::string machine_name();

/// Why not, or "" where it may. A foreign name that leads to our address (DNS rebinding) reads nothing: at
/// loopback only loopback's names and the desk's own will do, elsewhere also any address in digits.
/// @param writing  it would change something
std::string may_ask(bool writing, const Asker& asker);

}  // namespace varne
