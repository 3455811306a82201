#pragma once
/// Where Cursor-on-Target events go: a TAK server over TCP, or whoever listens to a UDP address, a multicast
/// group among them.

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "varne/core/result.h"
#include "varne/exchange/cot.h"
#include "varne/feed/source.h"

namespace varne {

struct CotAddress {
  SourceAddress to;        ///< udp or tcp
  bool multicast = false;  ///< udp: of a group
};

/// Reads "udp://127.0.0.1:4242" or "tcp://localhost:8087". What is not on this machine (a multicast group is
/// not) needs ",in-the-clear" behind it: everybody on the way can read where each boat and unit is. Refuses
/// a UDP host that is no address in digits.
Result<CotAddress> parse_cot_address(const std::string& text);

/// Sends the desk's picture once a second, as `CotPace` has it, until it is gone.
class CotLine {
 public:
  struct Counts {
    std::uint64_t sent = 0;
    std::uint64_t dropped = 0;  ///< because the receiver did not keep up, or was not there
  };

  /// @param io        runs on one thread; outlives this
  /// @param room      the desk's, as shown
  /// @param exercise  as `CotPicture::events`
  /// @param state     told in words when the connection changes; may be empty
  CotLine(boost::asio::io_context& io, CotAddress address, std::function<const Room&()> room, bool exercise,
          std::function<void(const std::string&)> state);
  CotLine(const CotLine&) = delete;
  CotLine& operator=(const CotLine&) = delete;
  ~CotLine();
  [[nodiscard]] Counts counts() const;

 private:
  class Work;
  std::shared_ptr<Work> work_;
};

}  // namespace varne
