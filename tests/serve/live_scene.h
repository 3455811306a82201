#pragma once
/// A live desk with senders at the other end of its feeds, on a machine whose time can be made to pass.

#include <algorithm>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "running.h"

namespace varne::test {

class LiveScene {
 public:
  /// @param kinds  of its feeds, each over TCP from a sender of its own
  /// @param more   feeds as on the command line
  explicit LiveScene(const std::vector<std::string>& kinds, std::vector<std::string> more = {})
      : senders_(kinds.size()), desk_(live(options(kinds, std::move(more)))) {
    for (Receiver& sender : senders_) sender.wait();
  }

  [[nodiscard]] std::uint16_t port() const { return desk_.port(); }
  RunningLive& desk() { return desk_; }
  Machine& machine() { return machine_; }
  void pass(Duration time) { machine_.passed_ms += time.count(); }
  /// The time as the desk has it.
  [[nodiscard]] Time now() const { return machine_.read().wall; }

  /// Sends a line and waits until the desk has taken it.
  void hear(const std::string& line, std::size_t feed = 0) {
    const auto before = feeds()[feed].taken;
    ASSERT_TRUE(senders_[feed].send(line));
    ASSERT_TRUE(soon([&] { return feeds()[feed].taken > before; })) << line;
  }

  std::vector<FeedStatus> feeds() {
    std::vector<FeedStatus> out;
    desk_.with_desk([&](LiveDesk& live) { out = live.feeds(); });
    return out;
  }
  [[nodiscard]] Json state() const { return get(port(), "/api/state").json(); }
  [[nodiscard]] std::string trouble() const { return get(port(), "/api/health").json()["trouble"]; }
  /// Waits until /api/health says so.
  [[nodiscard]] bool troubled_by(const std::string& words) const {
    return soon([&] { return trouble().find(words) != std::string::npos; });
  }
  [[nodiscard]] bool metric(const std::string& line) const {
    return get(port(), "/metrics").body.find(line + "\n") != std::string::npos;
  }
  /// The bodies of the entries of this kind, once there are so many.
  [[nodiscard]] std::vector<Json> said(const std::string& kind, std::size_t at_least = 1) const {
    std::vector<Json> out;
    (void)soon([&] {
      out.clear();
      for (const auto& line : all_entries(port())) {
        const Json entry = parse_json(line).value();
        if (entry["kind"] == kind) out.push_back(entry["body"]);
      }
      return out.size() >= at_least;
    });
    EXPECT_GE(out.size(), at_least) << kind;
    return out;
  }
  /// The track of this MMSI, or of no ship, as the server shows it now; null where there is none.
  [[nodiscard]] Json track(std::optional<std::uint32_t> mmsi) const {
    const Json all = state()["tracks"];
    const auto found = std::ranges::find_if(all, [&](const Json& track) {
      return mmsi ? track.value("mmsi", 0U) == *mmsi : !track.contains("mmsi");
    });
    return found == all.end() ? Json() : *found;
  }
  /// The same once it is there.
  [[nodiscard]] Json track_soon(std::optional<std::uint32_t> mmsi) const {
    Json out;
    (void)soon([&] { return !(out = track(mmsi)).is_null(); });
    EXPECT_FALSE(out.is_null()) << "no track of " << mmsi.value_or(0);
    return out;
  }

 private:
  LiveDeskOptions options(const std::vector<std::string>& kinds, std::vector<std::string> more) {
    std::vector<std::string> feeds;
    for (std::size_t i = 0; i < kinds.size(); ++i) feeds.push_back(kinds[i] + "=" + senders_[i].address());
    feeds.insert(feeds.end(), more.begin(), more.end());
    auto out = desk_in(folder_, feeds);
    out.clock = [this] { return machine_.read(); };
    return out;
  }

  Scratch folder_;
  Machine machine_;
  std::deque<Receiver> senders_;
  RunningLive desk_;
};

inline Time time_of(const Json& text) {
  return parse_time(text.get<std::string>()).value();
}

}  // namespace varne::test
