/// Any bytes as what one connection sends to the server, over a real socket: requests one after another,
/// whole, cut or contradictory. Each gets a whole answer or the end of its connection; nothing is thrown, and
/// no answer is a fault of ours.
#include <boost/asio.hpp>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "small_world.h"
#include "varne/feed/report_reader.h"
#include "varne/serve/server.h"

namespace {

using namespace varne;
namespace asio = boost::asio;
using asio::ip::tcp;

void require(bool holds) {
  if (!holds) std::abort();
}

/// One incident to ask for; takes every report and keeps none, so that one connection does not change what
/// the next finds.
class OneCall final : public Desk {
 public:
  OneCall() : room_(fuzz::small_world()) {
    const Json call{{"id", "1"},         {"time", "2021-11-11T03:00:00Z"},
                    {"kind", "call"},    {"from", "caller"},
                    {"boat", "A"},       {"persons", {20, 30}},
                    {"at", {1.4, 51.0}}, {"distress", true}};
    const auto read = report_from(call).value();
    const Time time = report_head(read).time;
    said_ = room_.apply({time, {}, Observation{time, "reports", call.dump(), read}});
    require(!room_.incidents().empty());
  }
  [[nodiscard]] const Room& room() const override { return room_; }
  [[nodiscard]] Json header() const override { return {{"mode", "live"}, {"now", iso(room_.now())}}; }
  [[nodiscard]] Result<std::vector<Entry>> entries(std::uint64_t first, std::size_t most) const override {
    std::vector<Entry> out;
    for (auto n = first; n >= 1 && n <= said_.size() && out.size() < most; ++n) out.push_back(said_[n - 1]);
    return out;
  }
  [[nodiscard]] std::uint64_t last_entry() const override { return said_.size(); }
  void report(const Speaker&, std::string, Report,
              std::function<void(Result<std::vector<std::uint64_t>>)> done) override {
    done(std::vector<std::uint64_t>{1});
  }
  [[nodiscard]] bool has_report(const std::string& id) const override { return id == "1"; }
  Done play(const PlayCommand&) override { return {}; }

 private:
  Room room_;
  std::vector<Entry> said_;
};

/// Its handlers run here, not in `Server::run`, which would survive what they throw.
struct Served {
  asio::io_context io{1};
  OneCall desk;
  std::unique_ptr<Server> server = Server::listen(io, desk, {.port = 0, .map = "{}"}).value();
};

Served& served() {
  static auto* one = new Served;
  return *one;
}

/// Sends all and takes what comes until the server ends the connection.
std::string exchange(Served& to, const std::uint8_t* data, std::size_t size) {
  asio::io_context io;
  tcp::socket socket(io);
  socket.connect({asio::ip::make_address("127.0.0.1"), to.server->port()});
  socket.non_blocking(true);
  std::string came;
  std::vector<char> part(std::size_t{64} << 10);
  boost::system::error_code wrong;
  std::size_t sent = 0;
  bool sending = true;
  while (true) {
    if (sending && sent < size) sent += socket.write_some(asio::buffer(data + sent, size - sent), wrong);
    if (sending && (sent == size || (wrong && wrong != asio::error::would_block))) {
      sending = false;
      socket.shutdown(tcp::socket::shutdown_send, wrong);
    }
    if (to.io.poll() == 0) to.io.run_one_for(std::chrono::milliseconds(1));
    came.append(part.data(), socket.read_some(asio::buffer(part), wrong));
    if (wrong && wrong != asio::error::would_block) return came;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string came = exchange(served(), data, size);
  if (came.empty()) return 0;
  require(came.starts_with("HTTP/1.") && came.size() > 12);
  require(came.find("a fault of this program") == std::string::npos);
  return 0;
}
