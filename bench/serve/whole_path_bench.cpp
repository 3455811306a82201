/// From a receiver's socket to a console's: a TCP sender, the live desk with journal and record on disk, the
/// server, a WebSocket client. What is measured is the time from a line's being sent to its ship's being read
/// by the console; p50 and p99 stand among the counters, the "time" of the row is the p99.
///
/// Durability costs a sync of the disk or two per gathering: $VARNE_BENCH_DISK names another folder than the
/// temporary one.

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <cmath>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

#include "varne/desk/live_desk.h"
#include "varne/serve/api.h"
#include "varne/serve/server.h"

namespace varne {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

constexpr std::uint32_t first_mmsi = 235000000;
constexpr int ships = 400;

/// The real chart, no sea: what a ship's position has to do with.
std::shared_ptr<const World> chart_alone() {
  auto world = std::make_shared<World>();
  world->strait = load_strait(std::string(VARNE_ROOT) + "/data/straits/dover").value();
  world->title = "Bench";
  return world;
}

/// A class A position report. Each round a ship has gone on by 24 units of 1/600,000 degree (4 m).
std::string line_of(int ship, int round) {
  std::vector<int> bits;
  const auto put = [&](std::int64_t value, int width) {
    for (int i = width - 1; i >= 0; --i) bits.push_back(static_cast<int>(value >> i & 1));
  };
  put(1, 6), put(0, 2), put(first_mmsi + static_cast<std::uint32_t>(ship), 30), put(0, 12), put(60, 10),
      put(1, 1);
  put(600000 + ship * 600, 28), put(51 * 600000 + round * 24, 27), put(0, 12), put(0, 9), put(60, 6),
      put(0, 25);
  std::string body = "AIVDM,1,1,,A,";
  for (std::size_t i = 0; i < bits.size(); i += 6) {
    int six = 0;
    for (std::size_t k = i; k < i + 6; ++k) six = six * 2 + bits[k];
    body += static_cast<char>(six < 40 ? six + 48 : six + 56);
  }
  body += ",0";
  unsigned sum = 0;
  for (const char c : body) sum ^= static_cast<unsigned char>(c);
  return fmt::format("!{}*{:02X}\r\n", body, sum);
}

class Folder {
 public:
  Folder() {
    const char* disk = std::getenv("VARNE_BENCH_DISK");
    auto pattern = ((disk != nullptr ? std::filesystem::path(disk) : std::filesystem::temp_directory_path()) /
                    "varne-bench-XXXXXX")
                       .string();
    path_ = mkdtemp(pattern.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] std::string file(const char* name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

/// When each ship's position of each round was sent.
class Sent {
 public:
  void note(int ship, int round) {
    const std::lock_guard guard(mutex_);
    waiting_[ship].push_back({round, Clock::now()});
  }
  /// The console has read this ship at this latitude: how long it took [ms], nothing where it was read
  /// before.
  std::optional<double> seen(int ship, double lat) {
    const auto now = Clock::now();
    const int round = static_cast<int>(std::lround((lat - 51) * 600000 / 24));
    const std::lock_guard guard(mutex_);
    auto& waiting = waiting_[ship];
    while (!waiting.empty() && waiting.front().first < round) waiting.pop_front();  // overtaken in one frame
    if (waiting.empty() || waiting.front().first != round) return std::nullopt;
    const auto sent = waiting.front().second;
    waiting.pop_front();
    return std::chrono::duration<double, std::milli>(now - sent).count();
  }

 private:
  std::mutex mutex_;
  std::map<int, std::deque<std::pair<int, Clock::time_point>>> waiting_;
};

/// Reads frames until `seconds` have gone without one, or `enough` positions were seen.
std::vector<double> listen(std::uint16_t port, Sent& sent, std::size_t enough) {
  namespace beast = boost::beast;
  asio::io_context io;
  beast::websocket::stream<tcp::socket> socket(io);
  beast::get_lowest_layer(socket).connect({asio::ip::make_address("127.0.0.1"), port});
  socket.read_message_max(std::size_t{256} << 20);
  socket.handshake(fmt::format("127.0.0.1:{}", port), "/ws");
  std::vector<double> out;
  const auto give_up = Clock::now() + std::chrono::minutes(2);
  while (out.size() < enough && Clock::now() < give_up) {
    beast::flat_buffer buffer;
    socket.read(buffer);
    const Json frame = Json::parse(beast::buffers_to_string(buffer.data()));
    if (frame["type"] != "delta") continue;
    for (const auto& track : frame["tracks"]) {
      const int ship = static_cast<int>(track["mmsi"].get<std::uint32_t>() - first_mmsi);
      if (const auto took = sent.seen(ship, track["at"][1])) out.push_back(*took);
    }
  }
  return out;
}

double quantile(std::vector<double>& of, double share) {
  const auto at = of.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(of.size() - 1));
  std::nth_element(of.begin(), at, of.end());
  return *at;
}

/// @param rate  lines a second, for ten seconds
std::vector<double> whole_path(int rate) {
  const Folder folder;
  asio::io_context feed_io;
  tcp::acceptor acceptor(feed_io, {asio::ip::make_address("127.0.0.1"), 0});
  asio::io_context io(1);
  const auto feed = parse_live_feed(fmt::format("nmea=tcp://127.0.0.1:{}", acceptor.local_endpoint().port()));
  auto desk =
      LiveDesk::open(io, chart_alone(),
                     {.feeds = {*feed}, .record = folder.file("desk.db"), .journal = folder.file("journal")});
  auto server = Server::listen(io, **desk, {.port = 0});
  const auto port = (*server)->port();
  std::thread runs([&] { io.run(); });
  tcp::socket peer = acceptor.accept();
  peer.set_option(tcp::no_delay(true));
  Sent sent;
  const auto lines = static_cast<std::size_t>(rate) * 10;
  std::thread sends([&] {
    // The console is there first.
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    const auto begin = Clock::now();
    for (std::size_t i = 0; i < lines; ++i) {
      std::this_thread::sleep_until(begin + i * std::chrono::microseconds(1000000 / rate));
      const int ship = static_cast<int>(i) % ships;
      const int round = static_cast<int>(i) / ships;
      const auto line = line_of(ship, round);
      sent.note(ship, round);
      asio::write(peer, asio::buffer(line));
    }
  });
  auto took = listen(port, sent, lines);
  sends.join();
  asio::post(io, [&] {
    (*server)->stop();
    io.stop();
  });
  runs.join();
  return took;
}

void feed_to_console(benchmark::State& state) {
  for (auto _ : state) {
    auto took = whole_path(static_cast<int>(state.range(0)));
    state.counters["seen"] = static_cast<double>(took.size());
    state.counters["p50_ms"] = quantile(took, 0.5);
    state.counters["p99_ms"] = quantile(took, 0.99);
    state.counters["max_ms"] = quantile(took, 1);
    state.SetIterationTime(quantile(took, 0.99) / 1000);
  }
}
BENCHMARK(feed_to_console)
    ->Arg(300)
    ->Arg(1000)
    ->Iterations(1)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace varne
