/// The live desk's feeds: lines in, how each feed stands, and when one falls silent.

#include <fmt/format.h>

#include <algorithm>

#include "varne/core/text.h"
#include "varne/desk/journal_items.h"
#include "varne/desk/live_desk.h"

namespace varne {
namespace {

constexpr auto watch_every = std::chrono::seconds(1);
/// What a feed says of the time holds so far back (a satellite's AIS comes late) and not beyond the arrival.
/// Where a receiver's clock is further off, or a recorded log is played in, the arrival holds: a wrong clock
/// must not hide a ship.
constexpr Duration oldest_believed = std::chrono::hours(1);
/// Lines that wait in memory while the record cannot be written.
constexpr std::size_t most_unsaved = 200000;

void believe_times(std::vector<Observation>& observations, Time arrival) {
  for (auto& observation : observations) {
    if (report_in(observation) != nullptr) continue;  // a person says when
    if (observation.time > arrival || observation.time < arrival - oldest_believed)
      move_time(observation, arrival - observation.time);
  }
}

}  // namespace

Result<LiveFeed> parse_live_feed(const std::string& text) {
  const auto equal = text.find('=');
  if (equal == std::string::npos)
    return fail("--feed",
                fmt::format("\"{}\" is not kind=address, like nmea=tcp://127.0.0.1:10110", shown(text)));
  LiveFeed feed;
  feed.kind = text.substr(0, equal);
  feed.name = feed.kind;
  if (const auto known = make_reader(feed.kind, feed.kind); !known)
    return std::unexpected(known.error().in("--feed"));
  auto address = parse_source(text.substr(equal + 1));
  if (!address) return std::unexpected(address.error().in("--feed"));
  if (address->kind == SourceAddress::Kind::file)
    return fail(
        "--feed",
        fmt::format("\"{}\": a live desk listens to tcp:// and udp://; for files there is varne replay",
                    shown(text)));
  feed.address = std::move(*address);
  return feed;
}

std::unique_ptr<FeedReader>* LiveDesk::reader_of(const std::string& feed) {
  const auto at = readers_.find(feed);
  if (at != readers_.end()) return &at->second;
  const auto kind = feed == typed_feed ? std::string("reports") : feed.substr(0, feed.find('-'));
  auto made = make_reader(kind, feed);
  if (!made) return nullptr;
  return &readers_.emplace(feed, std::move(*made)).first->second;
}

void LiveDesk::listen() {
  const Time now = arrival_now();
  for (const auto& feed : options_.feeds) {
    FeedWatch& watch = watches_.emplace_back(feed.kind, feed.name, feed.address.text);
    sources_.push_back(std::make_unique<LiveSource>(
        io_, feed.address, [this, &watch](const FeedLine& line) { take_line(watch, line); },
        [this, &watch](const LiveState& state) {
          watch.stands(state.up, state.text, arrival_now());
          seal_soon();
        }));
    watch.check(now);
    sources_.back()->start();
  }
  watch_feeds();
}

/// Every second: who has fallen silent?
void LiveDesk::watch_feeds() {
  const std::string before = trouble();
  for (auto& watch : watches_) watch.check(arrival_now());
  if (trouble() != before && changed) changed({});
  watching_.expires_after(watch_every);
  watching_.async_wait([this](boost::system::error_code wrong) {
    if (!wrong) watch_feeds();
  });
}

/// What the feeds held back until now: turns of a radar that are whole by then.
std::vector<Observation> LiveDesk::observations_due(Time now) {
  std::vector<Observation> out;
  for (auto& [name, reader] : readers_) reader->advance(now, out);
  believe_times(out, now);
  return out;
}

/// What one line of a feed says, after what was due. The same lines and arrivals give the same when the desk
/// is rebuilt.
Done LiveDesk::read_line(const std::string& feed, std::string_view line, Time arrival,
                         std::vector<Observation>& out) {
  out = observations_due(arrival);
  auto read = (*reader_of(feed))->take(line, arrival, out);
  believe_times(out, arrival);
  return read;
}

void LiveDesk::take_line(FeedWatch& watch, const FeedLine& line) {
  const Time arrival = arrival_now();
  watch.heard(arrival);
  if (line.overlong) {
    (void)watch.refused(overlong_line(), line.text, arrival);
    return;
  }
  // The record cannot be written and memory has its end: what the desk has accepted comes first.
  if (!write_trouble_.empty() && open_batch_->items.size() > most_unsaved) return watch.dropped(1);
  if (auto read = take_bytes(watch.status().feed, arrival, line.text); !read)
    (void)watch.refused(read.error(), line.text, arrival);
}

Done LiveDesk::take_bytes(const std::string& feed, Time arrival, std::string_view bytes) {
  open_batch_->items.push_back({arrival, feed, std::string(bytes)});
  std::vector<Observation> observations;
  auto read = read_line(feed, bytes, arrival, observations);
  for (auto& observation : observations)
    apply({arrival, speaker_of(observation.source), std::move(observation)});
  seal_soon();
  return read;
}

std::vector<FeedStatus> LiveDesk::feeds() const {
  std::vector<FeedStatus> out;
  for (const auto& watch : watches_) out.push_back(watch.status());
  return out;
}

}  // namespace varne
