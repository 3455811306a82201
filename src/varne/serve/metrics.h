#pragma once
/// What Prometheus is told (text format 0.0.4).

#include <cstdint>
#include <string>

#include "varne/desk/desk.h"

namespace varne {

/// What a server counts of itself.
struct ServerCounts {
  std::size_t consoles = 0;          ///< that listen
  std::size_t connections = 0;       ///< open
  std::uint64_t taken = 0;           ///< connections ever
  std::uint64_t turned_away = 0;     ///< connections, for there were too many
  std::uint64_t not_taken = 0;       ///< times there was no file descriptor for one
  std::uint64_t frames = 0;          ///< made for all consoles
  std::uint64_t dropped_frames = 0;  ///< not sent to a console that did not keep up (it got a fresh state)
  std::uint64_t no_handshakes = 0;   ///< connections whose TLS came to nothing
  std::uint64_t faults = 0;          ///< of the program, that it survived
};

std::string metrics_text(const Desk& desk, const ServerCounts& counts, bool trouble);

}  // namespace varne
