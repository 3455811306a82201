/// A day's feeds merged into one stream of events.

#include <fmt/format.h>

#include <deque>

#include "varne/core/lines.h"
#include "varne/desk/day.h"
#include "varne/feed/reader.h"

namespace varne {
namespace {

constexpr Duration tick = std::chrono::seconds(10);
/// A receiver's clock that leaps further ahead than this is doubted …
constexpr Duration leap = std::chrono::minutes(10);
/// … where it comes back within so many lines. After an interruption it does not.
constexpr std::size_t most_ahead = 500;

/// One feed, read as far as its next observation.
class Feed {
 public:
  static Result<Feed> open(const Day::Feed& feed, const Day& day) {
    auto file = LineFile::open(feed.file);
    if (!file) return std::unexpected(file.error());
    auto reader = make_reader(feed.kind, feed.name);
    if (!reader) return std::unexpected(reader.error());
    return Feed(feed, std::move(*file), std::move(*reader), day);
  }

  /// Reads on until something stands ready or the file has ended.
  Done fill(const std::function<void(const Error&)>& refused) {
    while (ready_.empty() && !ended_) {
      auto more = next();
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
      if (const auto said = reader_->said(); said && believed(*said, refused))
        clock_ = std::max(clock_, *said);
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
  Feed(const Day::Feed& feed, LineFile file, std::unique_ptr<FeedReader> reader, const Day& day)
      : kind_(feed.kind),
        of_machine_(kind_ == "nmea" || kind_ == "plots"),
        path_(feed.file),
        speaker_{SpeakerKind::recording, feed.name},
        file_(std::move(file)),
        reader_(std::move(reader)),
        end_(day.end),
        clock_(day.start),
        arrival_(day.start) {}

  /// The next line, of those that were read ahead or of the file; as LineFile::next.
  Result<bool> next() {
    if (ahead_.empty()) return file_.next(line_);
    auto line = std::move(ahead_.front());
    ahead_.pop_front();
    if (!line) return std::unexpected(line.error());
    line_ = std::move(*line);
    return true;
  }

  /// One wrong time must not stop the clock for all that follows.
  bool believed(Time said, const std::function<void(const Error&)>& refused) {
    const bool before = doubted_;
    // Of a machine's lines only: people say afterwards what was an hour ago, and a figure the day after.
    doubted_ = of_machine_ && (said > end_ + leap || (said > clock_ + leap && leaps_back()));
    if (doubted_ && !before)
      refused(
          {where(), fmt::format("says {}, which cannot be its time; it is taken as of the lines before it",
                                iso(said))});
    return !doubted_;
  }

  /// Whether lines to come say again what goes on from `clock_`.
  bool leaps_back() {
    if (line_.number < back_at_) return true;
    auto scout = make_reader(kind_, "");
    if (!scout || !(*scout)->restore(reader_->state())) return false;
    std::vector<Observation> unused;
    for (std::size_t i = 0; i < most_ahead; ++i) {
      if (i == ahead_.size()) {
        LineFile::Line line;
        const auto more = file_.next(line);
        if (more && !*more) return false;
        ahead_.push_back(more ? Result<LineFile::Line>(std::move(line)) : std::unexpected(more.error()));
      }
      if (!ahead_[i]) return false;
      unused.clear();
      (void)(*scout)->take(ahead_[i]->text, clock_, unused);
      if (const auto said = (*scout)->said(); said && *said <= clock_ + leap) {
        back_at_ = ahead_[i]->number;
        return true;
      }
    }
    return false;
  }

  void keep() {
    for (Observation& observation : fresh_) {
      if (of_machine_) observation.time = std::min(observation.time, clock_);
      ready_.push_back(std::move(observation));
    }
  }
  [[nodiscard]] std::string where() const { return fmt::format("{}:{}", path_, line_.number); }

  std::string kind_;
  bool of_machine_;
  std::string path_;
  Speaker speaker_;
  LineFile file_;
  LineFile::Line line_;
  std::deque<Result<LineFile::Line>> ahead_;  ///< read to see how the clock goes on
  std::uint64_t back_at_ = 0;                 ///< the line at which it is what it was
  bool doubted_ = false;
  std::unique_ptr<FeedReader> reader_;
  std::vector<Observation> fresh_;
  std::deque<Observation> ready_;
  Time end_;
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
    auto opened = Feed::open(feed, day);
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
