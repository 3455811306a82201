/// A day's feeds merged into one stream of events.

#include <fmt/format.h>

#include <deque>

#include "varne/core/lines.h"
#include "varne/desk/day.h"
#include "varne/feed/reader.h"

namespace varne {
namespace {

constexpr Duration tick = std::chrono::seconds(10);

/// One feed, read as far as its next observation.
class Feed {
 public:
  static Result<Feed> open(const Day::Feed& feed, Time start) {
    auto file = LineFile::open(feed.file);
    if (!file) return std::unexpected(file.error());
    auto reader = make_reader(feed.kind, feed.name);
    if (!reader) return std::unexpected(reader.error());
    return Feed(feed, std::move(*file), std::move(*reader), start);
  }

  /// Reads on until something stands ready or the file has ended.
  Done fill(const std::function<void(const Error&)>& refused) {
    while (ready_.empty() && !ended_) {
      auto more = file_.next(line_);
      if (!more) return std::unexpected(more.error());
      if (!*more) {
        ended_ = true;
        fresh_.clear();
        reader_->finish(fresh_);
        keep();
        break;
      }
      if (line_.overlong) {
        refused({where(), "the line is too long to be one of this feed; it was passed over"});
        continue;
      }
      fresh_.clear();
      if (auto taken = reader_->take(line_.text, clock_, fresh_); !taken) refused(taken.error().in(where()));
      if (const auto said = reader_->said()) clock_ = std::max(clock_, *said);
      keep();
    }
    if (!ready_.empty()) arrival_ = std::max(arrival_, ready_.front().time);
    return {};
  }

  [[nodiscard]] bool ended() const { return ready_.empty(); }
  /// When the next one arrives.
  [[nodiscard]] Time arrival() const { return arrival_; }
  [[nodiscard]] const Speaker& speaker() const { return speaker_; }
  Observation take() {
    Observation next = std::move(ready_.front());
    ready_.pop_front();
    return next;
  }

 private:
  Feed(const Day::Feed& feed, LineFile file, std::unique_ptr<FeedReader> reader, Time start)
      : path_(feed.file),
        speaker_{SpeakerKind::recording, feed.name},
        file_(std::move(file)),
        reader_(std::move(reader)),
        clock_(start),
        arrival_(start) {}
  void keep() {
    for (Observation& observation : fresh_) ready_.push_back(std::move(observation));
  }
  [[nodiscard]] std::string where() const { return fmt::format("{}:{}", path_, line_.number); }

  std::string path_;
  Speaker speaker_;
  LineFile file_;
  LineFile::Line line_;
  std::unique_ptr<FeedReader> reader_;
  std::vector<Observation> fresh_;
  std::deque<Observation> ready_;
  Time clock_;    ///< the latest that its lines have said: when the next is read
  Time arrival_;  ///< of its next observation
  bool ended_ = false;
};

/// The feed whose next observation arrives first; the earlier in day.toml where two do. Null at the end.
Feed* first_of(std::vector<Feed>& feeds) {
  Feed* first = nullptr;
  for (Feed& feed : feeds) {
    if (!feed.ended() && (first == nullptr || feed.arrival() < first->arrival())) first = &feed;
  }
  return first;
}

}  // namespace

Done read_day(const Day& day, const std::function<bool(Event)>& event,
              const std::function<void(const Error&)>& refused) {
  const auto name = [&](const Error& error) {
    if (refused) refused(error);
  };
  std::vector<Feed> feeds;
  for (const Day::Feed& feed : day.feeds) {
    auto opened = Feed::open(feed, day.start);
    if (!opened) return std::unexpected(opened.error());
    feeds.push_back(std::move(*opened));
    if (auto filled = feeds.back().fill(name); !filled) return filled;
  }
  Time next_tick = day.start;
  while (true) {
    Feed* feed = first_of(feeds);
    if (next_tick <= day.end && (feed == nullptr || next_tick <= feed->arrival())) {
      if (!event({next_tick, {}, ClockTick{}})) return {};
      next_tick += tick;
      continue;
    }
    if (feed == nullptr) return {};
    const Time arrival = feed->arrival();
    if (!event({arrival, feed->speaker(), feed->take()})) return {};
    if (auto filled = feed->fill(name); !filled) return filled;
  }
}

}  // namespace varne
