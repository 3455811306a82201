#include "running.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "ais_lines.h"
#include "varne/core/units.h"

namespace varne::test {
namespace {

/// The child: serves until it is killed.
[[noreturn]] void serve(const LiveDeskOptions& options, int tell) {
  std::signal(SIGXFSZ, SIG_IGN);
  boost::asio::io_context io(1);
  auto desk = LiveDesk::open(io, trial_world(), options);
  if (!desk) {
    std::fprintf(stderr, "%s\n", desk.error().text().c_str());
    _exit(3);
  }
  auto server = Server::listen(io, **desk, {.port = 0});
  if (!server) _exit(4);
  const auto port = (*server)->port();
  if (write(tell, &port, sizeof port) != sizeof port) _exit(5);
  (*server)->run();
  _exit(6);
}

}  // namespace

std::shared_ptr<const World> trial_world() {
  static const std::shared_ptr<const World> world = [] {
    const std::string data = std::string(VARNE_ROOT) + "/data/";
    auto made = std::make_shared<World>();
    made->strait = load_strait(data + "straits/dover").value();
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

LiveDeskOptions desk_in(const Scratch& folder, const std::vector<std::string>& feeds) {
  LiveDeskOptions options{.feeds = {}, .record = folder.file("desk.db"), .journal = folder.file("journal")};
  for (const auto& text : feeds) {
    const auto feed = parse_live_feed(text);
    EXPECT_TRUE(feed) << feed.error().text();
    if (feed) options.feeds.push_back(*feed);
  }
  return options;
}

RunningLive::Make live(const LiveDeskOptions& options) {
  return [options](boost::asio::io_context& io) {
    auto desk = LiveDesk::open(io, trial_world(), options);
    EXPECT_TRUE(desk) << desk.error().text();
    return std::move(*desk);
  };
}

Time wall_clock() {
  return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

Json call_for_help(const std::string& id, const std::string& boat) {
  return {{"id", id},        {"time", iso(wall_clock())}, {"kind", "call"}, {"from", "caller"},
          {"boat", boat},    {"at", {1.30, 51.00}},       {"error_m", 300}, {"persons", {30, 40}},
          {"distress", true}};
}

std::string position_line(std::uint32_t mmsi, Place place, double speed_kn, double course_deg) {
  return position_line({.mmsi = mmsi, .place = place, .speed_kn = speed_kn, .course_deg = course_deg});
}

std::vector<std::string> all_entries(std::uint16_t port, std::size_t but_the_first) {
  std::vector<std::string> out;
  for (;;) {
    const auto answer =
        get(port, "/api/entries?after=" + std::to_string(but_the_first + out.size()) + "&limit=1000");
    EXPECT_EQ(answer.status, 200) << answer.body;
    if (answer.status != 200) return out;
    const Json page = answer.json();
    for (const auto& entry : page["entries"]) out.push_back(canonical(entry));
    if (page["entries"].empty()) return out;
  }
}

DeskProcess::DeskProcess(const LiveDeskOptions& options) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  (void)trial_world();  // read before the fork, so that a child starts at once
  pid_ = fork();
  if (pid_ == 0) serve(options, ends[1]);
  close(ends[1]);
  EXPECT_EQ(read(ends[0], &port_, sizeof port_), static_cast<ssize_t>(sizeof port_)) << "no desk";
  close(ends[0]);
}

DeskProcess::~DeskProcess() {
  if (pid_ > 0) kill();
}

void DeskProcess::kill() {
  ::kill(pid_, SIGKILL);
  int status = 0;
  waitpid(pid_, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "it had ended: " << status;
  pid_ = -1;
}

void DeskProcess::fill_disk_at(std::uint64_t bytes) const {
  const rlimit limit{bytes, RLIM_INFINITY};
  EXPECT_EQ(prlimit(pid_, RLIMIT_FSIZE, &limit, nullptr), 0);
}

void DeskProcess::free_disk() const {
  fill_disk_at(RLIM_INFINITY);
}

}  // namespace varne::test
