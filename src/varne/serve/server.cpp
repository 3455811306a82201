#include "varne/serve/server.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
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

std::string machine_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : std::string();
}

}  // namespace

class Server::Work : public std::enable_shared_from_this<Server::Work> {
 public:
  Work(asio::io_context& io, Desk& desk, ServerOptions options)
      : io_(io),
        desk_(desk),
        options_(std::move(options)),
        listener_(io),
        timer_(io),
        board_(desk, [this] { return trouble(); }),
        shared_{.sources = {.desk = desk,
                            .map = options_.map,
                            .console = options_.console,
                            .taken = {},
                            .state = [this] { return board_.state(); },
                            .metrics = [this] { return metrics(); },
                            .trouble = [this] { return trouble(); },
                            .forecast = [this](const Incident& incident, auto run,
                                               auto done) { forecast(incident, std::move(run), done); },
                            .search =
                                [this](const Incident& incident, auto run, auto asked, auto done) {
                                  search(incident, std::move(run), std::move(asked), std::move(done));
                                }},
                .names = options_.names,
                .slowest_request = options_.slowest_request,
                .upgrade = [this](Stream stream, const HttpRequest& request) {
                  listen_in(std::move(stream), request);
                }} {
    if (auto name = machine_name(); !name.empty()) shared_.names.push_back(std::move(name));
    if (options_.most_connections == 0)
      options_.most_connections =
          std::max(raise_descriptor_limit(), 2 * reserved_descriptors) - reserved_descriptors;
  }

  Done listen() { return listener_.open(options_.address, options_.port); }

  void start() {
    desk_.changed = [this](const DeskChange& change) { changed(change); };
    listener_.start([this](tcp::socket socket) { serve(std::move(socket)); });
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
    const auto consoles = consoles_;
    for (const auto& console : consoles) console->close();
    for (const auto& weak : browsers_) {
      if (const auto browser = weak.lock()) browser->close();
    }
    renderer_.join();
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
    const auto browser =
        std::make_shared<HttpSession>(Stream(std::move(socket), full ? nullptr : options_.tls), shared_);
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

  void listen_in(Stream stream, const HttpRequest& request) {
    flush();  // so that the newcomer's state and what all others were told are the same
    const auto console = std::make_shared<ConsoleSession>(
        std::move(stream), [this] { return state_frame("reset"); },
        [this](ConsoleSession* gone) {
          std::erase_if(consoles_, [gone](const auto& c) { return c.get() == gone; });
        },
        [this](std::size_t frames) { counts_.dropped_frames += frames; });
    consoles_.push_back(console);
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
    for (const auto& console : consoles) console->send(frame);
  }

  /// Made on a thread of its own, and kept: of each incident the last.
  void forecast(const Incident& incident, std::shared_ptr<const DriftRun> run,
                const std::function<void(Sources::Bytes)>& done) {
    const auto at = forecasts_.find(incident.id);
    if (at != forecasts_.end() && at->second.first == run) return done(at->second.second);
    asio::post(renderer_, [this, weak = weak_from_this(), &world = desk_.room().world(),
                           incident = incident.id, id = desk_.room().forecast_id(incident.id),
                           run = std::move(run), done] {
      auto bytes = std::make_shared<const std::string>(api::text(api::forecast(world, incident, id, *run)));
      asio::post(io_, [weak, incident, run, done, bytes] {
        const auto self = weak.lock();
        if (!self) return;
        self->forecasts_[incident] = {run, bytes};
        done(bytes);
      });
    });
  }

  void search(const Incident& incident, std::shared_ptr<const DriftRun> run, SearchAsked asked,
              std::function<void(Result<Json>)> done) {
    asio::post(renderer_,
               [this, weak = weak_from_this(), basis = search_basis(desk_.room(), incident, std::move(run)),
                asked = std::move(asked), done = std::move(done)]() mutable {
                 asio::post(io_, [weak, done = std::move(done), answer = search_answer(basis, asked)] {
                   if (weak.lock()) done(answer);
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
  ServerCounts counts_;
  std::string fault_;
  std::chrono::steady_clock::time_point turned_away_;
  Board board_;
  HttpSession::Shared shared_;
  bool waiting_ = false;
  std::chrono::milliseconds gather_ = options_.gather;
  std::vector<std::shared_ptr<ConsoleSession>> consoles_;
  std::list<std::weak_ptr<HttpSession>> browsers_;  ///< in the order they came
  std::map<std::string, std::pair<std::shared_ptr<const DriftRun>, Sources::Bytes>> forecasts_;
  asio::thread_pool renderer_{1};  // last: it uses the above
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
void Server::stop() {
  work_->stop();
}

}  // namespace varne
