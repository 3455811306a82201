#pragma once
/// Desks to ask: one that says what a test wants said, a live one on a thread, a live one in a process that
/// may be killed.

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <csignal>
#include <future>
#include <memory>
#include <string>
#include <thread>

#include "client.h"
#include "feed/encode.h"
#include "support.h"
#include "varne/core/units.h"
#include "varne/serve/live_desk.h"
#include "varne/serve/server.h"

namespace varne::test {

/// The real chart, three units, the shipped leeway classes, a steady wind and stream.
inline std::shared_ptr<const World> trial_world() {
  static const std::shared_ptr<const World> world = [] {
    const std::string data = std::string(VARNE_ROOT) + "/data/";
    auto made = std::make_shared<World>();
    made->zones = Zones::load(data + "zones/channel.csv").value();
    made->leeway = load_leeway(data + "leeway.toml").value();
    Stated stated;
    stated.wind = towards(70, mps_from_knots(12));
    stated.current = towards(30, mps_from_knots(1));
    made->sea.add(stated_source("stated for a trial", {stated}));
    const auto unit = [](const char* name, Place home) {
      return Unit{.name = name,
                  .kind = UnitKind::lifeboat,
                  .state = "UK",
                  .centre = "MRCC Dover",
                  .base = name,
                  .home = home,
                  .speed_mps = mps_from_knots(25),
                  .capacity = 80,
                  .mmsi = std::nullopt};
    };
    made->units = {unit("RNLI Dungeness", {0.98, 50.91}), unit("RNLI Dover", {1.32, 51.12})};
    made->title = "A trial";
    made->exercise = true;
    made->notice = "EXERCISE";
    made->seed = 7;
    return made;
  }();
  return world;
}

/// A desk whose changes the test makes up.
class ScriptedDesk final : public Desk {
 public:
  ScriptedDesk() : room_(trial_world()) {}

  [[nodiscard]] const Room& room() const override { return room_; }
  [[nodiscard]] Json header() const override {
    return {{"mode", "live"}, {"title", "Scripted"}, {"exercise", true}, {"now", iso(room_.now())}};
  }
  [[nodiscard]] Result<std::vector<Entry>> entries(std::uint64_t first, std::size_t most) const override {
    std::vector<Entry> out;
    for (auto n = first; n <= said_.size() && out.size() < most; ++n) out.push_back(said_[n - 1]);
    return out;
  }
  [[nodiscard]] std::uint64_t last_entry() const override { return said_.size(); }
  void report(TimedReport /*report*/, std::function<void(Result<std::vector<std::uint64_t>>)> done) override {
    done(std::vector<std::uint64_t>{});
  }
  [[nodiscard]] bool has_report(const std::string& /*id*/) const override { return false; }
  Done play(const PlayCommand& /*command*/) override { return {}; }

  /// One more entry with a text of so many bytes, told to whoever listens.
  void say(std::size_t bytes) {
    const Entry entry{said_.size() + 1, time_from_millis(1636588800000), "refused",
                      canonical(Json{{"text", std::string(bytes, 'x')}})};
    said_.push_back(entry);
    DeskChange change;
    change.entries.push_back(entry);
    if (changed) changed(std::move(change));
  }

 private:
  Room room_;
  std::vector<Entry> said_;
};

/// A desk and its server on a thread of their own, gone with the object.
template <class AnyDesk>
class Running {
 public:
  using Make = std::function<std::unique_ptr<AnyDesk>(boost::asio::io_context&)>;

  explicit Running(const Make& make, ServerOptions options = {}) : io_(1) {
    options.port = 0;
    desk_ = make(io_);
    auto server = Server::listen(io_, *desk_, std::move(options));
    EXPECT_TRUE(server) << server.error().text();
    server_ = std::move(*server);
    port_ = server_->port();
    thread_ = std::thread([this] { io_.run(); });
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running() {
    boost::asio::post(io_, [this] {
      server_->stop();
      io_.stop();
    });
    thread_.join();
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// Does something with the desk, on its own thread, and waits for it.
  void with_desk(const std::function<void(AnyDesk&)>& what) {
    std::promise<void> done;
    boost::asio::post(io_, [&] {
      what(*desk_);
      done.set_value();
    });
    done.get_future().wait();
  }

 private:
  boost::asio::io_context io_;
  std::unique_ptr<AnyDesk> desk_;
  std::unique_ptr<Server> server_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

/// Where a live desk keeps things, in a scratch folder; feeds as on the command line.
inline LiveDeskOptions desk_in(const Scratch& folder, const std::vector<std::string>& feeds = {}) {
  LiveDeskOptions options{.feeds = {}, .record = folder.file("desk.db"), .journal = folder.file("journal")};
  for (const auto& text : feeds) {
    const auto feed = parse_live_feed(text);
    EXPECT_TRUE(feed) << feed.error().text();
    if (feed) options.feeds.push_back(*feed);
  }
  return options;
}

using RunningLive = Running<LiveDesk>;

inline RunningLive::Make live(const LiveDeskOptions& options) {
  return [options](boost::asio::io_context& io) {
    auto desk = LiveDesk::open(io, trial_world(), options);
    EXPECT_TRUE(desk) << desk.error().text();
    return std::move(*desk);
  };
}

/// A live desk in a process of its own.
class DeskProcess {
 public:
  explicit DeskProcess(const LiveDeskOptions& options) {
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    (void)trial_world();
    pid_ = fork();
    if (pid_ == 0) serve(options, ends[1]);
    close(ends[1]);
    EXPECT_EQ(read(ends[0], &port_, sizeof port_), static_cast<ssize_t>(sizeof port_)) << "no desk";
    close(ends[0]);
  }
  DeskProcess(const DeskProcess&) = delete;
  DeskProcess& operator=(const DeskProcess&) = delete;
  ~DeskProcess() {
    if (pid_ > 0) kill();
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// As a power cut would: no handler runs.
  void kill() {
    ::kill(pid_, SIGKILL);
    int status = 0;
    waitpid(pid_, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "it had ended: " << status;
    pid_ = -1;
  }
  /// No file of it may grow beyond so many bytes: what a full disk does to it. RLIM_INFINITY frees the disk.
  void limit_files(rlim_t bytes) const {
    const rlimit limit{bytes, RLIM_INFINITY};
    EXPECT_EQ(prlimit(pid_, RLIMIT_FSIZE, &limit, nullptr), 0);
  }

 private:
  [[noreturn]] static void serve(const LiveDeskOptions& options, int tell) {
    std::signal(SIGXFSZ, SIG_IGN);
    boost::asio::io_context io(1);
    auto desk = LiveDesk::open(io, trial_world(), options);
    if (!desk) {
      fprintf(stderr, "%s\n", desk.error().text().c_str());
      _exit(3);
    }
    auto server = Server::listen(io, **desk, {.port = 0});
    if (!server) _exit(4);
    const auto port = (*server)->port();
    if (write(tell, &port, sizeof port) != sizeof port) _exit(5);
    io.run();
    _exit(6);  // it serves until it is killed
  }

  pid_t pid_ = -1;
  std::uint16_t port_ = 0;
};

inline Time wall_clock() {
  return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

/// A call for help, now.
inline Json call_for_help(const std::string& id, const std::string& boat = "Charlie") {
  return {{"id", id},        {"time", iso(wall_clock())}, {"kind", "call"}, {"from", "caller"},
          {"boat", boat},    {"at", {1.30, 51.00}},       {"error_m", 300}, {"persons", {30, 40}},
          {"distress", true}};
}

/// A position report, class A, as a receiver sends it.
inline std::string position_line(std::uint32_t mmsi, Place place, double speed_kn = 12,
                                 double course_deg = 45) {
  AisBits bits;
  bits.put(1, 6).put(0, 2).put(mmsi, 30).put(0, 4).put(-128, 8);
  bits.put(std::lround(speed_kn * 10), 10).put(1, 1);
  bits.put(std::lround(place.lon * 600000), 28).put(std::lround(place.lat * 600000), 27);
  bits.put(std::lround(course_deg * 10), 12).put(static_cast<int>(course_deg), 9);
  bits.put(60, 6).put(0, 2).put(0, 3).put(0, 1).put(0, 19);
  return sentences(bits).front();
}

/// Every entry the server shows, from the first, page by page.
inline std::vector<std::string> all_entries(std::uint16_t port) {
  std::vector<std::string> out;
  for (;;) {
    const auto answer = get(port, "/api/entries?after=" + std::to_string(out.size()) + "&limit=1000");
    EXPECT_EQ(answer.status, 200) << answer.body;
    if (answer.status != 200) return out;
    const Json page = answer.json();
    for (const auto& entry : page["entries"]) out.push_back(canonical(entry));
    if (page["entries"].empty()) return out;
  }
}

}  // namespace varne::test
