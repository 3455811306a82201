#include "varne/exchange/cot_line.h"

#include <fmt/format.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/multicast.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include "varne/core/text.h"

namespace varne {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using asio::ip::udp;
using boost::system::error_code;

constexpr std::string_view clear_suffix = ",in-the-clear";
constexpr auto every = std::chrono::seconds(1);
constexpr auto first_wait = std::chrono::seconds(1);
constexpr auto longest_wait = std::chrono::seconds(30);
constexpr std::size_t most_waiting = std::size_t{256} << 10;  ///< bytes to a receiver that does not keep up

}  // namespace

Result<CotAddress> parse_cot_address(const std::string& text) {
  std::string where = text;
  const bool clear = where.ends_with(clear_suffix);
  if (clear) where.resize(where.size() - clear_suffix.size());
  auto to = parse_source(where);
  if (!to) return std::unexpected(to.error().in("--cot"));
  if (to->kind == SourceAddress::Kind::file)
    return fail("--cot",
                fmt::format("\"{}\": events go to udp://address:port or tcp://host:port", shown(text)));
  CotAddress out{std::move(*to), false};
  if (out.to.host == "localhost") out.to.host = "127.0.0.1";
  error_code wrong;
  const auto address = asio::ip::make_address(out.to.host, wrong);
  if (wrong && out.to.kind == SourceAddress::Kind::udp)
    return fail("--cot", fmt::format("\"{}\" is no address in digits, which udp needs", shown(out.to.host)));
  out.multicast = !wrong && address.is_multicast();
  if (out.multicast && out.to.kind == SourceAddress::Kind::tcp)
    return fail("--cot", fmt::format("\"{}\" is a multicast group, and those are for udp", shown(text)));
  if (!is_of_this_machine(out.to) && !clear)
    return fail("--cot",
                fmt::format("\"{0}\": everybody on that network can read where each boat and unit is. "
                            "Send to this machine (127.0.0.1), or write {0}{1}",
                            shown(text), clear_suffix));
  return out;
}

/// What the event loop holds on to while an operation is under way.
class CotLine::Work : public std::enable_shared_from_this<Work> {
 public:
  Work(asio::io_context& io, CotAddress address, std::function<const Room&()> room, bool exercise,
       std::function<void(const std::string&)> state)
      : address_(std::move(address)),
        room_(std::move(room)),
        exercise_(exercise),
        state_(std::move(state)),
        resolver_(io),
        stream_(io),
        datagrams_(io),
        timer_(io),
        retry_(io) {}

  void start() {
    if (address_.to.kind == SourceAddress::Kind::udp)
      open();
    else
      connect();
    tick();
  }
  void stop() {
    stopped_ = true;
    error_code ignored;
    resolver_.cancel();
    stream_.close(ignored);
    datagrams_.close(ignored);
    timer_.cancel();
    retry_.cancel();
  }
  [[nodiscard]] Counts counts() const { return counts_; }

 private:
  void open() {
    error_code wrong;
    const auto address = asio::ip::make_address(address_.to.host, wrong);
    to_ = udp::endpoint(address, address_.to.port);
    if (!wrong) datagrams_.open(to_.protocol(), wrong);
    // Never further than this network.
    if (!wrong && address_.multicast) datagrams_.set_option(asio::ip::multicast::hops(1), wrong);
    if (!wrong) datagrams_.non_blocking(true, wrong);
    up_ = !wrong;
    say(wrong ? fmt::format("cannot send to {}: {}", address_.to.text, wrong.message())
              : fmt::format("sending to {}", address_.to.text));
  }

  void connect() {
    resolver_.async_resolve(
        address_.to.host, std::to_string(address_.to.port),
        [self = shared_from_this()](error_code wrong, const tcp::resolver::results_type& found) {
          if (self->stopped_) return;
          if (wrong) return self->failed("cannot find the host", wrong);
          asio::async_connect(self->stream_, found, [self](error_code no, const tcp::endpoint&) {
            if (self->stopped_) return;
            if (no) return self->failed("cannot connect", no);
            self->up_ = true;
            self->wait_ = first_wait;
            self->pace_ = {};  // whoever is there now has been told nothing
            self->say(fmt::format("connected to {}", self->address_.to.text));
            self->listen();
          });
        });
  }

  /// What comes back is read and let go: so that a connection that ends is noticed, and a server that talks
  /// is not stopped by our ears.
  void listen() {
    stream_.async_read_some(asio::buffer(let_go_),
                            [self = shared_from_this()](error_code wrong, std::size_t) {
                              if (self->stopped_) return;
                              if (wrong) return self->failed("the connection ended", wrong);
                              self->listen();
                            });
  }

  void failed(const char* what, error_code why) {
    if (retrying_) return;
    retrying_ = true;
    error_code ignored;
    stream_.close(ignored);
    up_ = false;
    say(fmt::format("{}: {}: {}; next try in {} s", address_.to.text, what, why.message(), wait_.count()));
    retry_.expires_after(wait_);
    wait_ = std::min(2 * wait_, std::chrono::seconds(longest_wait));
    retry_.async_wait([self = shared_from_this()](error_code) {
      self->retrying_ = false;
      if (!self->stopped_) self->connect();
    });
  }

  void tick() {
    timer_.expires_after(every);
    timer_.async_wait([self = shared_from_this()](error_code wrong) {
      if (wrong || self->stopped_) return;
      self->send();
      self->tick();
    });
  }

  void send() {
    if (!up_) return;
    const Room& room = room_();
    const auto events = picture_.events(room, exercise_);
    for (const CotEvent* one : pace_.due(events, room.now())) {
      if (address_.to.kind == SourceAddress::Kind::udp) {
        error_code wrong;
        datagrams_.send_to(asio::buffer(one->xml), to_, 0, wrong);
        ++(wrong ? counts_.dropped : counts_.sent);
      } else if (waiting_.size() + one->xml.size() > most_waiting) {
        ++counts_.dropped;
      } else {
        waiting_ += one->xml + "\n";
        ++counts_.sent;
      }
    }
    write();
  }

  void write() {
    if (writing_ || waiting_.empty() || !up_) return;
    writing_ = true;
    going_.swap(waiting_);
    waiting_.clear();
    asio::async_write(stream_, asio::buffer(going_),
                      [self = shared_from_this()](error_code wrong, std::size_t) {
                        self->writing_ = false;
                        if (self->stopped_) return;
                        if (wrong) {
                          self->waiting_.clear();
                          return self->failed("the connection broke", wrong);
                        }
                        self->write();
                      });
  }

  void say(const std::string& state) {
    if (state_ && state != said_) state_(state);
    said_ = state;
  }

  const CotAddress address_;
  const std::function<const Room&()> room_;
  const bool exercise_;
  const std::function<void(const std::string&)> state_;
  tcp::resolver resolver_;
  tcp::socket stream_;
  udp::socket datagrams_;
  udp::endpoint to_;
  asio::steady_timer timer_;
  asio::steady_timer retry_;
  CotPicture picture_;
  CotPace pace_;
  Counts counts_;
  std::string waiting_;
  std::string going_;
  std::string said_;
  std::chrono::seconds wait_ = first_wait;
  bool up_ = false;
  bool writing_ = false;
  bool retrying_ = false;
  bool stopped_ = false;
  std::array<char, 4096> let_go_{};
};

CotLine::CotLine(asio::io_context& io, CotAddress address, std::function<const Room&()> room, bool exercise,
                 std::function<void(const std::string&)> state)
    : work_(std::make_shared<Work>(io, std::move(address), std::move(room), exercise, std::move(state))) {
  work_->start();
}
CotLine::~CotLine() {
  work_->stop();
}
CotLine::Counts CotLine::counts() const {
  return work_->counts();
}

}  // namespace varne
