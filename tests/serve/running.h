#pragma once
/// Desks to ask: one that says what a test wants said, a live one on a thread, a live one in a process that
/// may be killed.

#include <gtest/gtest.h>
#include <sys/types.h>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

#include "client.h"
#include "support.h"
#include "varne/desk/live_desk.h"
#include "varne/serve/server.h"

namespace varne::test {

/// The real chart, three units, the shipped leeway classes, a steady wind and stream.
std::shared_ptr<const World> trial_world();

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
  void report(const Speaker& /*speaker*/, std::string /*typed*/, Report /*report*/,
              std::function<void(Result<std::vector<std::uint64_t>>)> done) override {
    done(std::vector<std::uint64_t>{});
  }
  [[nodiscard]] const TakenReport* taken(const std::string& /*id*/) const override { return nullptr; }
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
    thread_ = std::thread([this] { server_->run(); });
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
  void throw_in_its_thread(const char* what) {
    boost::asio::post(io_, [what] { throw std::runtime_error(what); });
  }
  /// Does something with the desk, on its own thread, and waits for it.
  void with_desk(const std::function<void(AnyDesk&)>& what) {
    std::promise<void> done;
    boost::asio::post(io_, [&] {
      what(*desk_);
      done.set_value();
    });
    done.get_future().wait();
  }
  /// The same with its server.
  void with_server(const std::function<void(Server&)>& what) {
    with_desk([&](AnyDesk&) { what(*server_); });
  }

 private:
  boost::asio::io_context io_;
  std::unique_ptr<AnyDesk> desk_;
  std::unique_ptr<Server> server_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

/// Where a live desk keeps things, in a scratch folder; feeds as on the command line.
LiveDeskOptions desk_in(const Scratch& folder, const std::vector<std::string>& feeds = {});

using RunningLive = Running<LiveDesk>;

RunningLive::Make live(const LiveDeskOptions& options);

/// A live desk in a process of its own.
class DeskProcess {
 public:
  explicit DeskProcess(const LiveDeskOptions& options);
  DeskProcess(const DeskProcess&) = delete;
  DeskProcess& operator=(const DeskProcess&) = delete;
  ~DeskProcess();

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// As a power cut would: no handler runs.
  void kill();
  /// No file of it may grow beyond so many bytes: what a full disk does to it.
  void fill_disk_at(std::uint64_t bytes) const;
  void free_disk() const;

 private:
  pid_t pid_ = -1;
  std::uint16_t port_ = 0;
};

Time wall_clock();

/// A machine whose time can be made to pass, and whose clock can be set.
struct Machine {
  std::atomic<std::int64_t> passed_ms = 0;
  std::atomic<std::int64_t> off_ms = 0;
  [[nodiscard]] DeskClock::Reading read() const {
    const auto now = DeskClock::of_machine();
    return {now.wall + Duration(passed_ms + off_ms), now.since_boot + Duration(passed_ms)};
  }
};

/// A call for help, now.
Json call_for_help(const std::string& id, const std::string& boat = "Charlie");

/// A position report, class A, as a receiver sends it.
std::string position_line(std::uint32_t mmsi, Place place, double speed_kn = 12, double course_deg = 45);

/// Every entry the server shows, page by page; without the first few, where those are not wanted.
std::vector<std::string> all_entries(std::uint16_t port, std::size_t but_the_first = 0);

}  // namespace varne::test
