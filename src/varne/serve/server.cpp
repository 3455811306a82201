#include "varne/serve/server.h"

#include <fmt/format.h>

#include <boost/asio/steady_timer.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "varne/serve/api.h"
#include "varne/serve/delta.h"
#include "varne/serve/sessions.h"

namespace varne {
namespace asio = boost::asio;
using asio::ip::tcp;

class Server::Work : public std::enable_shared_from_this<Server::Work> {
 public:
  Work(asio::io_context& io, Desk& desk, ServerOptions options)
      : desk_(desk),
        options_(std::move(options)),
        acceptor_(io),
        timer_(io),
        routes_{desk, options_.map, options_.console, [this] { return metrics(); }} {}

  Done listen() {
    boost::system::error_code wrong;
    const auto address = asio::ip::make_address(options_.address, wrong);
    if (wrong) return fail("--listen", fmt::format("\"{}\" is no address", options_.address));
    const tcp::endpoint endpoint(address, options_.port);
    acceptor_.open(endpoint.protocol(), wrong);
    if (!wrong) acceptor_.set_option(tcp::acceptor::reuse_address(true), wrong);
    if (!wrong) acceptor_.bind(endpoint, wrong);
    if (!wrong) acceptor_.listen(asio::socket_base::max_listen_connections, wrong);
    if (wrong == asio::error::address_in_use)
      return fail(
          "", fmt::format("port {} of {} is in use; stop what listens there, or choose another with --port",
                          options_.port, options_.address));
    if (wrong)
      return fail(
          "", fmt::format("cannot listen at {}:{}: {}", options_.address, options_.port, wrong.message()));
    return {};
  }

  void start() {
    delta_.told_all(desk_);
    desk_.changed = [this](const DeskChange& change) { changed(change); };
    accept();
  }

  void stop() {
    desk_.changed = nullptr;
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    timer_.cancel();
    const auto consoles = consoles_;
    for (const auto& console : consoles) console->close();
    for (const auto& weak : browsers_) {
      if (const auto browser = weak.lock()) browser->close();
    }
  }

  [[nodiscard]] std::uint16_t port() const {
    boost::system::error_code ignored;
    return acceptor_.local_endpoint(ignored).port();
  }
  [[nodiscard]] std::string url() const {
    const bool v6 = options_.address.find(':') != std::string::npos;
    return v6 ? fmt::format("http://[{}]:{}", options_.address, port())
              : fmt::format("http://{}:{}", options_.address, port());
  }

 private:
  void accept() {
    acceptor_.async_accept([self = shared_from_this()](boost::system::error_code wrong, tcp::socket socket) {
      if (wrong == asio::error::operation_aborted || !self->acceptor_.is_open()) return;
      if (!wrong) self->serve(std::move(socket));
      self->accept();
    });
  }

  void serve(tcp::socket socket) {
    std::erase_if(browsers_, [](const auto& weak) { return weak.expired(); });
    const auto browser = std::make_shared<HttpSession>(
        std::move(socket), routes_, [weak = weak_from_this()](tcp::socket taken, const HttpRequest& request) {
          if (const auto self = weak.lock()) self->listen_in(std::move(taken), request);
        });
    browsers_.push_back(browser);
    ++connections_;
    browser->read();
  }

  void listen_in(tcp::socket socket, const HttpRequest& request) {
    flush();  // so that the newcomer's state and what all others were told are the same
    const auto console = std::make_shared<ConsoleSession>(
        std::move(socket), [this] { return state_frame("reset"); },
        [this](ConsoleSession* gone) {
          std::erase_if(consoles_, [gone](const auto& c) { return c.get() == gone; });
        });
    consoles_.push_back(console);
    console->accept(request, state_frame("hello"));
  }

  ConsoleSession::Frame state_frame(const char* type) {
    Json json{{"type", type}};
    json["state"] = api::state(desk_);
    return std::make_shared<const std::string>(api::text(json));
  }

  void changed(const DeskChange& change) {
    if (change.jumped) {
      timer_.cancel();
      waiting_ = false;
      delta_.told_all(desk_);
      return broadcast(state_frame("reset"));
    }
    if (change.play) {
      Json frame = desk_.header();
      frame["type"] = "play";
      broadcast(std::make_shared<const std::string>(api::text(frame)));
    }
    delta_.add(change);
    if (waiting_) return;
    waiting_ = true;
    timer_.expires_after(options_.gather);
    timer_.async_wait([weak = weak_from_this()](boost::system::error_code wrong) {
      const auto self = weak.lock();
      if (self && !wrong) self->flush();
    });
  }

  void flush() {
    waiting_ = false;
    if (delta_.empty()) return;
    const auto frame = std::make_shared<const std::string>(delta_.frame(desk_));
    broadcast(frame);
  }

  void broadcast(const ConsoleSession::Frame& frame) {
    ++frames_;
    const auto consoles = consoles_;  // one that fails takes itself out
    for (const auto& console : consoles) console->send(frame);
  }

  [[nodiscard]] std::string metrics() const {
    const Room& room = desk_.room();
    int open = 0;
    for (const auto& [id, incident] : room.incidents()) open += incident.open ? 1 : 0;
    std::string out;
    const auto gauge = [&](const char* name, const char* help, const char* type, auto value) {
      out += fmt::format("# HELP varne_{} {}\n# TYPE varne_{} {}\nvarne_{} {}\n", name, help, name, type,
                         name, value);
    };
    gauge("entries_total", "Entries in the record.", "counter", desk_.last_entry());
    gauge("tracks", "Tracks in the picture.", "gauge", room.picture().tracks().size());
    gauge("incidents_open", "Open incidents.", "gauge", open);
    gauge("consoles", "Consoles that listen.", "gauge", consoles_.size());
    gauge("connections_total", "Connections taken.", "counter", connections_);
    gauge("frames_total", "Frames sent to all consoles.", "counter", frames_);
    gauge("trouble", "1 while something is not as it should be.", "gauge", desk_.trouble().empty() ? 0 : 1);
    return out;
  }

  Desk& desk_;
  ServerOptions options_;
  tcp::acceptor acceptor_;
  asio::steady_timer timer_;
  Routes routes_;
  Delta delta_;
  bool waiting_ = false;
  std::vector<std::shared_ptr<ConsoleSession>> consoles_;
  std::vector<std::weak_ptr<HttpSession>> browsers_;
  std::uint64_t connections_ = 0;
  std::uint64_t frames_ = 0;
};

Result<std::unique_ptr<Server>> Server::listen(asio::io_context& io, Desk& desk, ServerOptions options) {
  auto work = std::make_shared<Work>(io, desk, std::move(options));
  if (const auto done = work->listen(); !done) return std::unexpected(done.error());
  work->start();
  return std::unique_ptr<Server>(new Server(std::move(work)));
}

Server::Server(std::shared_ptr<Work> work) : work_(std::move(work)) {}
Server::~Server() {
  stop();
}

std::string Server::url() const {
  return work_->url();
}
std::uint16_t Server::port() const {
  return work_->port();
}
void Server::stop() {
  work_->stop();
}

}  // namespace varne
