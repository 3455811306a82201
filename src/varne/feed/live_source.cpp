#include <fmt/format.h>
#include <linux/sock_diag.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "varne/core/lines.h"
#include "varne/feed/source.h"

namespace varne {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using asio::ip::udp;
using boost::system::error_code;

// A busy feed takes turns with everything else on its loop: some hundred lines at a time.
constexpr std::size_t bytes_at_once = 8192;
constexpr int datagrams_at_once = 64;
constexpr int waiting_bytes = 8 << 20;

/// A receiver that lost its power says nothing more, not even that: probe after 30 s of silence, give up
/// after three probes 10 s apart.
void keep_probing(tcp::socket& socket) {
  const auto set = [&](int level, int name, int value) {
    (void)setsockopt(socket.native_handle(), level, name, &value, sizeof value);
  };
  set(SOL_SOCKET, SO_KEEPALIVE, 1);
  set(IPPROTO_TCP, TCP_KEEPIDLE, 30);
  set(IPPROTO_TCP, TCP_KEEPINTVL, 10);
  set(IPPROTO_TCP, TCP_KEEPCNT, 3);
}

}  // namespace

/// What the event loop holds on to while an operation is under way; the callbacks fall silent at `stop`.
class LiveSource::Work : public std::enable_shared_from_this<Work> {
 public:
  Work(asio::io_context& io, SourceAddress address, TakeLine line,
       std::function<void(const LiveState&)> state, LiveOptions options)
      : address_(std::move(address)),
        line_(std::move(line)),
        state_(std::move(state)),
        options_(options),
        wait_(options.first_wait),
        resolver_(io),
        stream_(io),
        datagrams_(io),
        timer_(io) {}

  void start() { address_.kind == SourceAddress::Kind::tcp ? resolve() : listen(); }

  /// What the kernel has thrown away of this socket, asked for now: a note with each datagram
  /// (SO_RXQ_OVFL) would say nothing of what was lost behind the last one that came through.
  [[nodiscard]] std::uint64_t dropped() {
    std::array<std::uint32_t, SK_MEMINFO_VARS> counts{};
    socklen_t size = sizeof counts;
    if (datagrams_.is_open() &&
        getsockopt(datagrams_.native_handle(), SOL_SOCKET, SO_MEMINFO, counts.data(), &size) == 0) {
      dropped_ +=
          counts[SK_MEMINFO_DROPS] - last_thrown_;  // the kernel's count wraps, this difference does not
      last_thrown_ = counts[SK_MEMINFO_DROPS];
    }
    return dropped_;
  }

  void stop() {
    stopped_ = true;
    error_code ignored;
    resolver_.cancel();
    stream_.close(ignored);
    datagrams_.close(ignored);
    timer_.cancel();
  }

 private:
  void resolve() {
    resolver_.async_resolve(address_.host, std::to_string(address_.port),
                            [self = shared_from_this()](error_code wrong, const auto& found) {
                              if (self->stopped_) return;
                              if (wrong) return self->failed("cannot find the host", wrong);
                              self->connect(found);
                            });
  }

  void connect(const tcp::resolver::results_type& found) {
    asio::async_connect(stream_, found, [self = shared_from_this()](error_code wrong, const tcp::endpoint&) {
      if (self->stopped_) return;
      if (wrong) return self->failed("cannot connect", wrong);
      keep_probing(self->stream_);
      self->cutter_ = LineCutter();
      self->say({true, false, fmt::format("connected to {}", self->address_.text), 0});
      if (!self->stopped_) self->read();
    });
  }

  void read() {
    stream_.async_read_some(asio::buffer(buffer_, bytes_at_once),
                            [self = shared_from_this()](error_code wrong, std::size_t got) {
                              if (self->stopped_) return;
                              self->give({self->buffer_.data(), got}, wrong.failed());
                              if (self->stopped_) return;
                              if (wrong == asio::error::eof)
                                return self->failed("the sender closed the connection", {});
                              if (wrong) return self->failed("the connection broke", wrong);
                              self->wait_ = self->options_.first_wait;
                              self->read();
                            });
  }

  void listen() {
    datagrams_ = udp::socket(timer_.get_executor());
    last_thrown_ = 0;
    error_code wrong;
    const auto ours =
        asio::ip::make_address(address_.host == "localhost" ? "127.0.0.1" : address_.host, wrong);
    if (wrong)
      return over(fmt::format("\"{}\" is not an address of this machine; 0.0.0.0 listens at all of them",
                              address_.host));
    const udp::endpoint at(ours, address_.port);
    datagrams_.open(at.protocol(), wrong);
    // Bursts (several receivers, a whole satellite pass) wait here while the room works. The system may allow
    // less (net.core.rmem_max); whoever may go beyond that does.
    error_code ignored;
    datagrams_.set_option(asio::socket_base::receive_buffer_size(waiting_bytes), ignored);
    (void)setsockopt(datagrams_.native_handle(), SOL_SOCKET, SO_RCVBUFFORCE, &waiting_bytes,
                     sizeof waiting_bytes);
    if (!wrong) datagrams_.bind(at, wrong);
    // Whoever has the port may let go of it.
    if (wrong) return failed("cannot listen", wrong);
    wait_ = options_.first_wait;
    const auto port = datagrams_.local_endpoint(ignored).port();
    const bool picked = address_.port == 0;  // by the system
    say({true, false,
         fmt::format("listening at {}{}", address_.text, picked ? fmt::format(", port {}", port) : ""),
         port});
    if (!stopped_) receive();
  }

  void receive() {
    datagrams_.async_wait(udp::socket::wait_read, [self = shared_from_this()](error_code wrong) {
      if (self->stopped_) return;
      if (wrong) return self->failed("listening broke", wrong);
      self->take_datagrams();
      if (!self->stopped_) self->receive();
    });
  }

  /// What has arrived, but not for so long that others wait.
  void take_datagrams() {
    for (int i = 0; i < datagrams_at_once && !stopped_; ++i) {
      const auto got = ::recv(datagrams_.native_handle(), buffer_.data(), buffer_.size(), MSG_DONTWAIT);
      if (got < 0) return;  // no more; what is wrong with the socket is said by the next wait
      give({buffer_.data(), static_cast<std::size_t>(got)}, true);
    }
  }

  void give(std::string_view bytes, bool ended) {
    const auto arrival = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    const auto line = [&](std::string_view text, std::uint64_t, bool overlong) {
      ++lines_;
      if (!stopped_) line_({text, lines_, overlong, arrival});
    };
    cutter_.take(bytes, line);
    if (ended) cutter_.finish(line);
  }

  void failed(const char* what, error_code why) {
    error_code ignored;
    stream_.close(ignored);
    datagrams_.close(ignored);
    const auto said = why ? fmt::format("{}: {}", what, why.message()) : std::string(what);
    if (!options_.reconnect) return over(said);
    say({false, false, fmt::format("{}; next try in {:.3g} s", said, seconds(wait_)), 0});
    if (stopped_) return;
    timer_.expires_after(wait_);
    wait_ = std::min(2 * wait_, options_.longest_wait);
    timer_.async_wait([self = shared_from_this()](error_code) {
      if (!self->stopped_) self->start();
    });
  }

  void over(std::string text) { say({false, true, std::move(text), 0}); }
  void say(const LiveState& state) {
    if (state_) state_(state);
  }

  const SourceAddress address_;
  const TakeLine line_;
  const std::function<void(const LiveState&)> state_;
  const LiveOptions options_;
  std::chrono::milliseconds wait_;
  tcp::resolver resolver_;
  tcp::socket stream_;
  udp::socket datagrams_;
  asio::steady_timer timer_;
  LineCutter cutter_;
  std::uint64_t lines_ = 0;
  std::uint64_t dropped_ = 0;
  std::uint32_t last_thrown_ = 0;
  bool stopped_ = false;
  std::array<char, 65536> buffer_{};
};

LiveSource::LiveSource(boost::asio::io_context& io, SourceAddress address, TakeLine line,
                       std::function<void(const LiveState&)> state, LiveOptions options)
    : work_(std::make_shared<Work>(io, std::move(address), std::move(line), std::move(state), options)) {}
LiveSource::~LiveSource() {
  stop();
}
void LiveSource::start() {
  work_->start();
}
std::uint64_t LiveSource::dropped() const {
  return work_->dropped();
}
void LiveSource::stop() {
  work_->stop();
}

}  // namespace varne
