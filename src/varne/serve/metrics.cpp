#include "varne/serve/metrics.h"

#include <fmt/format.h>

#include <algorithm>

namespace varne {
namespace {

/// A label's value, escaped.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '\\' || c == '"') out += '\\';
    out += c;
  }
  return out;
}

class Text {
 public:
  void family(const char* name, const char* type, const char* help) {
    out_ += fmt::format("# HELP varne_{} {}\n# TYPE varne_{} {}\n", name, help, name, type);
  }
  template <class T>
  void one(const char* name, const char* type, const char* help, T value) {
    family(name, type, help);
    out_ += fmt::format("varne_{} {}\n", name, value);
  }
  /// One value a feed; `value` gives nothing where it is not known.
  template <class Value>
  void feeds(const std::vector<FeedStatus>& feeds, const char* name, const char* type, const char* help,
             Value&& value) {
    if (feeds.empty()) return;
    family(name, type, help);
    for (const auto& feed : feeds) {
      if (const auto number = value(feed))
        out_ += fmt::format("varne_{}{{feed=\"{}\"}} {}\n", name, escaped(feed.feed), *number);
    }
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

}  // namespace

std::string metrics_text(const Desk& desk, const ServerCounts& counts, bool trouble) {
  const Room& room = desk.room();
  const auto open = std::ranges::count_if(room.incidents(), [](const auto& one) { return one.second.open; });
  Text out;
  out.one("entries_total", "counter", "Entries in the record.", desk.last_entry());
  out.one("tracks", "gauge", "Tracks in the picture.", room.picture().tracks().size());
  out.one("incidents_open", "gauge", "Open incidents.", open);
  out.one("consoles", "gauge", "Consoles that listen.", counts.consoles);
  out.one("connections", "gauge", "Connections that are open.", counts.connections);
  out.one("connections_total", "counter", "Connections taken.", counts.taken);
  out.one("connections_turned_away_total", "counter", "Connections ended because there were too many.",
          counts.turned_away);
  out.one("connections_not_taken_total", "counter", "Times no file descriptor was left for a connection.",
          counts.not_taken);
  out.one("frames_total", "counter", "Frames made for all consoles.", counts.frames);
  out.one("frames_dropped_total", "counter", "Frames not sent to a console that did not keep up.",
          counts.dropped_frames);
  out.one("tls_refused_total", "counter",
          "Connections whose TLS came to nothing: no certificate of ours, or none at all.",
          counts.no_handshakes);
  out.one("faults_total", "counter", "Faults of the program that it survived.", counts.faults);
  out.one("trouble", "gauge", "1 while something is not as it should be.", trouble ? 1 : 0);

  const auto feeds = desk.feeds();
  using Number = std::optional<double>;
  const auto count = [](std::uint64_t n) { return Number(static_cast<double>(n)); };
  out.feeds(feeds, "feed_up", "gauge", "1 while connected, or listening.",
            [](const FeedStatus& f) { return Number(f.up ? 1 : 0); });
  out.feeds(feeds, "feed_silent", "gauge", "1 while it says nothing for longer than it ever does.",
            [](const FeedStatus& f) { return Number(f.silent_since ? 1 : 0); });
  out.feeds(feeds, "feed_last_heard_seconds", "gauge", "Arrival of its last line, since 1970.",
            [](const FeedStatus& f) {
              return f.last_heard ? Number(static_cast<double>(millis(*f.last_heard)) / 1000) : Number();
            });
  out.feeds(feeds, "feed_last_told_seconds", "gauge",
            "Arrival of its last line that said something, since 1970.", [](const FeedStatus& f) {
              return f.last_told ? Number(static_cast<double>(millis(*f.last_told)) / 1000) : Number();
            });
  out.feeds(feeds, "feed_lines_per_second", "gauge", "Over about the last half minute.",
            [](const FeedStatus& f) { return Number(f.lines_per_s); });
  out.feeds(feeds, "feed_lines_total", "counter", "Lines since the desk was started.",
            [&](const FeedStatus& f) { return count(f.taken); });
  out.feeds(feeds, "feed_refused_total", "counter", "Lines that could not be read.",
            [&](const FeedStatus& f) { return count(f.refused); });
  out.feeds(feeds, "feed_other_total", "counter", "Lines of another kind: no AIS sentences.",
            [&](const FeedStatus& f) { return count(f.other); });
  out.feeds(feeds, "feed_lost_parts_total", "counter", "Messages left out because a part of them never came.",
            [&](const FeedStatus& f) { return count(f.lost_parts); });
  out.feeds(feeds, "feed_dropped_total", "counter", "Lines or datagrams that were lost here.",
            [&](const FeedStatus& f) { return count(f.dropped); });
  out.feeds(feeds, "feed_clock_offset_seconds", "gauge", "How far its clock is ahead of the desk's.",
            [](const FeedStatus& f) { return f.clock_offset ? Number(seconds(*f.clock_offset)) : Number(); });
  return out.take();
}

}  // namespace varne
