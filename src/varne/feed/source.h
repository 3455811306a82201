#pragma once
/// Where a feed's lines come from: a file (plain or gzip), standard input, a TCP sender, UDP datagrams.
/// `read_source` is for whoever may wait; `LiveSource` is for a program with an event loop of its own.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "varne/core/result.h"
#include "varne/core/time.h"

namespace boost::asio {
class io_context;
}  // namespace boost::asio

namespace varne {

/// "aishub.nmea.gz", "-" (standard input), "tcp://receiver:10110" (we connect), "udp://0.0.0.0:10110" (we
/// listen).
struct SourceAddress {
  enum class Kind { file, tcp, udp };
  Kind kind = Kind::file;
  std::string text;  ///< as it was written
  std::string path;  ///< file
  std::string host;  ///< tcp: name or address; udp: the address of ours to listen at
  std::uint16_t port = 0;
};

/// Refuses a scheme other than tcp and udp, a missing host and a port that is none. IPv6 in brackets:
/// "tcp://[::1]:10110".
Result<SourceAddress> parse_source(std::string_view text);

/// Whether nobody beyond this machine is at the other end: "localhost" or a loopback address in digits. Any
/// other name is asked of nobody, and is not.
bool is_of_this_machine(const SourceAddress& address);

/// One line as it arrived. `text` is valid during the call only.
struct FeedLine {
  std::string_view text;     ///< without its line end
  std::uint64_t number = 0;  ///< from 1, counted over reconnections
  bool overlong = false;     ///< beyond LineCutter::usual_limit: `text` is only its beginning
  Time arrival;              ///< by the wall clock
};

/// What to say of a line that was too long to be kept.
Error overlong_line();

/// Called for each line.
using TakeLine = std::function<void(const FeedLine&)>;

struct LiveOptions {
  bool reconnect = true;  ///< try again when a connection fails or ends, or a port is somebody else's
  std::chrono::milliseconds first_wait{1000};
  std::chrono::milliseconds longest_wait{30000};  ///< each failure doubles the wait, up to this
};

/// How a live source stands; told when it changes.
struct LiveState {
  bool up = false;    ///< connected, or listening
  bool over = false;  ///< no further try will be made
  std::string text;   ///< "connected to tcp://…", "cannot connect: Connection refused; next try in 2 s"
  std::uint16_t port = 0;  ///< udp: the port listened at (asked for as 0 the system picks one)
};

/// A TCP or UDP source on somebody's event loop. Both callbacks are called there, one at a time, and may call
/// `stop`. A silent TCP connection is probed by keep-alive, so that a receiver which lost its power is
/// noticed within about a minute. A datagram holds whole lines, one or more, the last with or without its
/// end.
class LiveSource {
 public:
  /// @param address  tcp or udp
  /// @param io       outlives this object; only one thread runs it
  LiveSource(boost::asio::io_context& io, SourceAddress address, TakeLine line,
             std::function<void(const LiveState&)> state, LiveOptions options = {});
  LiveSource(const LiveSource&) = delete;
  LiveSource& operator=(const LiveSource&) = delete;
  /// Stops. On the loop's thread, or while it does not run.
  ~LiveSource();

  void start();
  /// No callback comes after this.
  void stop();
  /// udp: datagrams that the system has thrown away so far, because they came faster than they were taken.
  [[nodiscard]] std::uint64_t dropped() const;

 private:
  class Work;
  std::shared_ptr<Work> work_;
};

struct ReadOptions {
  std::optional<std::chrono::milliseconds> at_most;  ///< tcp and udp: how long to listen
  std::function<void(const LiveState&)> state;       ///< may be empty
};

/// Reads a source to its end and returns. A TCP source ends when the sender closes the connection; it and a
/// UDP source also end after `at_most`, and at an interrupt (Ctrl-C) or a SIGTERM, which is no error.
/// Refuses a file that cannot be read or is damaged, a host that does not answer, a port in use.
Done read_source(const SourceAddress& address, const TakeLine& line, const ReadOptions& options = {});

}  // namespace varne
