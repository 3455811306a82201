#include "varne/serve/server.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <list>
#include <nlohmann/json.hpp>

#include "varne/serve/api.h"
#include "varne/serve/board.h"
#include "varne/serve/console_session.h"
#include "varne/serve/http_session.h"
#include "varne/serve/listener.h"
#include "varne/serve/metrics.h"
#include "varne/serve/packing.h"
#include "varne/serve/search_answer.h"

namespace varne {
namespace asio = boost::asio;
using asio::ip::tcp;
namespace {

/// Files that are the desk's: record, journal, keys, feeds, what libraries open for a moment.
constexpr std::size_t reserved_descriptors = 128;
/// Making frames takes one part in so many of the thread's time at the most.
constexpr int share_of_time = 10;
constexpr auto slowest_gather = std::chrono::milliseconds(1000);
/// So long after a session has ended its consoles may go on.
constexpr auto sessions_watched_every = std::chrono::seconds(1);

}  // namespace

Done may_listen(const ServerOptions& options) {
  boost::system::error_code wrong;
  const auto address = asio::ip::make_address(options.address, wrong);
  if (wrong || is_loopback(address)) return {};  // one that is none is refused by the listener
  if (options.accounts != nullptr && options.tls) return {};
  return fail("--listen",
              fmt::format("{}: without accounts and TLS this desk listens on loopback only: whoever "
                          "reached it could write, and passwords would cross the network in the clear; "
                          "give --accounts, --cert and --key, or leave --listen out",
                          options.address));
}

Time wall_time() {
  return std::chrono::floor<Duration>(std::chrono::system_clock::now());
}

class Server::Work : public std::enable_shared_from_this<Server::Work> {
 public:
  Work(asio::io_context& io, Desk& desk, ServerOptions options)
      : io_(io),
        desk_(desk),
        options_(std::move(options)),
        listener_(io),
        timer_(io),
        sessions_(io),
        board_(desk, [this] { return trouble(); }),
        gate_(options_.accounts, options_.tls != nullptr, options_.now),
        shared_{.sources = {.desk = desk,
                            .gate = gate_,
                            .sign_in = options_.accounts == nullptr
                                           ? nullptr
                                           : std::make_shared<SignIn>(io, *options_.accounts, options_.now),
                            .oidc = options_.accounts == nullptr || options_.oidc == nullptr
                                        ? nullptr
                                        : std::make_shared<OidcSignIn>(io, *options_.accounts, options_.oidc,
                                                                       options_.now),
                            .map = options_.map,
                            .console = options_.console,
                            .state = [this] { return board_.state(); },
                            .metrics = [this] { return metrics(); },
                            .trouble = [this] { return trouble(); },
                            .forecast = [this](const Incident& incident, auto run,
                                               auto done) { forecast(incident, std::move(run), done); },
                            .search =
                                [this](const Incident& incident, auto run, auto asked, auto done) {
                                  search(incident, std::move(run), std::move(asked), std::move(done));
                                },
                            .last_search =
                                [this](const std::string& incident) {
                                  const auto at = searches_.find(incident);
                                  return at == searches_.end() ? "null" : at->second;
                                },
                            .sessions_ended = [this] { end_consoles(); }},
                .names = options_.names,
                .log = nullptr,
                .slowest_request = options_.slowest_request,
                .upgrade = [this](Stream stream, const HttpRequest& request,
                                  const Credential& by) { listen_in(std::move(stream), request, by); },
                .no_handshake =
                    [this](const std::string& address, const std::string& why) {
                      ++counts_.no_handshakes;
                      if (shared_.log) shared_.log->refused(address, why);
                    }} {
    if (auto name = machine_name(); !name.empty()) shared_.names.push_back(std::move(name));
    if (options_.most_connections == 0)
      options_.most_connections =
          std::max(raise_descriptor_limit(), 2 * reserved_descriptors) - reserved_descriptors;
  }

  Done listen() {
    if (auto may = may_listen(options_); !may) return may;
    if (!options_.access_log.empty()) {
      auto log = AccessLog::open(options_.access_log, options_.now);
      if (!log) return std::unexpected(log.error());
      shared_.log = std::make_unique<AccessLog>(std::move(*log));
    }
    auto open = listener_.open(options_.address, options_.port, options_.listening);
    if (open) gate_.listens_at(listener_.port());
    return open;
  }

  void reload() {
    if (options_.tls) options_.tls->reload();
    if (shared_.log) shared_.log->reopen();
  }

  void start() {
    desk_.changed = [this](const DeskChange& change) { changed(change); };
    listener_.start([this](tcp::socket socket) { serve(std::move(socket)); });
    if (options_.accounts != nullptr) watch_sessions();
  }

  void run() {
    for (;;) {
      try {
        io_.run();
        return;
      } catch (const std::exception& thrown) {
        fault(thrown.what());
      } catch (...) {
        fault("of no known kind");
      }
    }
  }

  void stop() {
    desk_.changed = nullptr;
    listener_.close();
    timer_.cancel();
    sessions_.cancel();
    const auto consoles = consoles_;
    for (const auto& console : consoles) console.session->close();
    for (const auto& weak : browsers_) {
      if (const auto browser = weak.lock()) browser->close();
    }
    renderer_.join();
    if (shared_.sources.sign_in) shared_.sources.sign_in->stop();
    if (shared_.sources.oidc) shared_.sources.oidc->stop();
  }

  [[nodiscard]] std::uint16_t port() const { return listener_.port(); }
  [[nodiscard]] std::string url() const {
    const bool v6 = options_.address.find(':') != std::string::npos;
    return fmt::format("{}://{}{}{}:{}", options_.tls ? "https" : "http", v6 ? "[" : "", options_.address,
                       v6 ? "]" : "", port());
  }

 private:
  void fault(const std::string& what) {
    ++counts_.faults;
    fault_ = fmt::format("a fault of this program was survived ({}); tell those who keep it", what);
  }

  void serve(tcp::socket socket) {
    ++counts_.taken;
    std::erase_if(browsers_, [](const auto& weak) { return weak.expired(); });
    const bool full = open_connections() >= options_.most_connections && !make_room();
    const auto browser = std::make_shared<HttpSession>(
        Stream(std::move(socket), full || !options_.tls ? nullptr : options_.tls->context()), shared_);
    if (full) {
      ++counts_.turned_away;
      turned_away_ = std::chrono::steady_clock::now();
      return browser->turn_away();
    }
    browsers_.push_back(browser);
    browser->start();
  }

  [[nodiscard]] std::size_t open_connections() const { return browsers_.size() + consoles_.size(); }

  /// Ends the connection that has been idle longest. False where none is.
  bool make_room() {
    for (const auto& weak : browsers_) {  // oldest first
      const auto browser = weak.lock();
      if (!browser || !browser->is_idle()) continue;
      ++counts_.turned_away;
      turned_away_ = std::chrono::steady_clock::now();
      browser->close();
      std::erase_if(browsers_, [&](const auto& one) { return one.lock() == browser; });
      return true;
    }
    return false;
  }

  /// Every console of a session that has ended, or that may read no more, is closed: it asks who one is.
  void end_consoles() {
    const auto consoles = consoles_;
    for (const auto& console : consoles)
      if (!holds(gate_.caller(console.by).may, Act::read)) console.session->close();
  }

  /// An open console keeps its session alive, until a watch is over.
  void watch_sessions() {
    sessions_.expires_after(sessions_watched_every);
    sessions_.async_wait([weak = weak_from_this()](boost::system::error_code wrong) {
      const auto self = weak.lock();
      if (!self || wrong) return;
      self->end_consoles();
      self->watch_sessions();
    });
  }

  void listen_in(Stream stream, const HttpRequest& request, const Credential& by) {
    flush();  // so that the newcomer's state and what all others were told are the same
    const auto console = std::make_shared<ConsoleSession>(
        std::move(stream), [this] { return state_frame("reset"); },
        [this](ConsoleSession* gone) {
          std::erase_if(consoles_, [gone](const auto& c) { return c.session.get() == gone; });
        },
        [this](std::size_t frames) { counts_.dropped_frames += frames; });
    consoles_.push_back({console, by});
    console->accept(request, state_frame("hello"));
  }

  ConsoleSession::Frame state_frame(const char* type) {
    return std::make_shared<const std::string>(
        fmt::format(R"({{"type":"{}","state":{}}})", type, board_.state()));
  }

  void changed(const DeskChange& change) {
    if (change.jumped) {
      timer_.cancel();
      waiting_ = false;
      board_.begin_again();
      return broadcast(state_frame("reset"));
    }
    if (change.play) {
      Json frame = desk_.header();
      frame["type"] = "play";
      broadcast(std::make_shared<const std::string>(api::text(frame)));
    }
    board_.add(change);
    if (waiting_) return;
    waiting_ = true;
    timer_.expires_after(gather_);
    timer_.async_wait([weak = weak_from_this()](boost::system::error_code wrong) {
      const auto self = weak.lock();
      if (self && !wrong) self->flush();
    });
  }

  void flush() {
    waiting_ = false;
    if (!board_.has_news()) return;
    if (consoles_.empty()) return board_.nobody_listens();
    const auto begun = std::chrono::steady_clock::now();
    broadcast(std::make_shared<const std::string>(board_.delta()));
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
        (std::chrono::steady_clock::now() - begun) * share_of_time);
    gather_ = std::clamp(took, options_.gather, std::max(options_.gather, slowest_gather));
  }

  void broadcast(const ConsoleSession::Frame& frame) {
    ++counts_.frames;
    const auto consoles = consoles_;  // one that fails takes itself out
    for (const auto& console : consoles) console.session->send(frame);
  }

  /// Made on a thread of its own, and kept: of each incident the last.
  void forecast(const Incident& incident, std::shared_ptr<const DriftRun> run,
                const std::function<void(Sources::Bytes)>& done) {
    const auto at = forecasts_.find(incident.id);
    if (at != forecasts_.end() && at->second.first == run) return done(at->second.second);
    asio::post(
        renderer_, [this, weak = weak_from_this(), &world = desk_.room().world(), incident = incident.id,
                    id = desk_.room().forecast_id(incident.id), run = std::move(run), done] {
          auto plain = api::text(api::forecast(world, incident, id, *run));
          auto gzip = gzipped(plain);
          auto bytes = std::make_shared<const PackedBytes>(PackedBytes{std::move(plain), std::move(gzip)});
          asio::post(io_, [weak, incident, run, done, bytes] {
            const auto self = weak.lock();
            if (!self) return;
            self->forecasts_[incident] = {run, bytes};
            done(bytes);
          });
        });
  }

  void search(const Incident& incident, std::shared_ptr<const DriftRun> run, SearchAsked asked,
              std::function<void(const Result<std::string>&)> done) {
    asio::post(renderer_,
               [this, weak = weak_from_this(), basis = search_basis(desk_.room(), incident, std::move(run)),
                id = incident.id, asked = std::move(asked), done = std::move(done)]() mutable {
                 asio::post(io_, [weak, id, done = std::move(done), answer = search_answer(basis, asked)] {
                   const auto self = weak.lock();
                   if (!self) return;
                   if (answer) self->searches_[id] = *answer;
                   done(answer);
                 });
               });
  }

  [[nodiscard]] std::string trouble() const {
    std::string out = desk_.trouble();
    const auto add = [&](const std::string& what) {
      if (!what.empty()) out += (out.empty() ? "" : "; ") + what;
    };
    add(listener_.trouble());
    if (counts_.turned_away > 0 && std::chrono::steady_clock::now() - turned_away_ < std::chrono::minutes(1))
      add(fmt::format("too many connections to this desk: {} were ended", counts_.turned_away));
    add(fault_);
    if (options_.tls) add(options_.tls->trouble());
    if (shared_.log) add(shared_.log->trouble());
    return out;
  }

  [[nodiscard]] std::string metrics() {
    std::erase_if(browsers_, [](const auto& weak) { return weak.expired(); });
    counts_.consoles = consoles_.size();
    counts_.connections = open_connections();
    counts_.not_taken = listener_.failures();
    return metrics_text(desk_, counts_, !trouble().empty());
  }

  asio::io_context& io_;
  Desk& desk_;
  ServerOptions options_;
  Listener listener_;
  asio::steady_timer timer_;
  asio::steady_timer sessions_;
  ServerCounts counts_;
  std::string fault_;
  std::chrono::steady_clock::time_point turned_away_;
  Board board_;
  Gate gate_;
  HttpSession::Shared shared_;
  bool waiting_ = false;
  std::chrono::milliseconds gather_ = options_.gather;
  /// A console, and what it showed when it came.
  struct Listening {
    std::shared_ptr<ConsoleSession> session;
    Credential by;
  };
  std::vector<Listening> consoles_;
  std::list<std::weak_ptr<HttpSession>> browsers_;  ///< in the order they came
  std::map<std::string, std::pair<std::shared_ptr<const DriftRun>, Sources::Bytes>> forecasts_;
  std::map<std::string, std::string> searches_;  ///< by incident: the last that was planned or scored
  asio::thread_pool renderer_{1};                // last: it uses the above
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

void Server::run() {
  work_->run();
}
std::string Server::url() const {
  return work_->url();
}
std::uint16_t Server::port() const {
  return work_->port();
}
void Server::reload() {
  work_->reload();
}
void Server::stop() {
  work_->stop();
}

}  // namespace varne
