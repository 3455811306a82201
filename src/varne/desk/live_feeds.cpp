/// The live desk's feeds: lines in, how each feed stands, and when one falls silent.

#include <fmt/format.h>

#include "varne/core/fields_json.h"
#include "varne/core/text.h"
#include "varne/desk/journal_items.h"
#include "varne/desk/live_desk.h"

namespace varne {
namespace {

constexpr auto watch_every = std::chrono::seconds(1);
constexpr std::string_view observed_suffix = ",observed";
/// Lines that wait in memory while the record cannot be written.
constexpr std::size_t most_unsaved = 200000;

void observe(LiveFeed& feed) {
  feed.observed = true;
  feed.name += observed_only;
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
  std::string where = text.substr(equal + 1);
  const bool observed = where.ends_with(observed_suffix);
  if (observed) where.resize(where.size() - observed_suffix.size());
  auto address = parse_source(where);
  if (!address) return std::unexpected(address.error().in("--feed"));
  if (address->kind == SourceAddress::Kind::file)
    return fail(
        "--feed",
        fmt::format("\"{}\": a live desk listens to tcp:// and udp://; for files there is varne replay",
                    shown(text)));
  if (feed.kind == "reports" && !observed && !is_of_this_machine(*address))
    return fail("--feed",
                fmt::format("\"{0}\": anybody on that network could give orders by it. Take reports from "
                            "this machine (127.0.0.1), or write {0}{1}: then it reports, and what it "
                            "orders is a request",
                            shown(text), observed_suffix));
  feed.address = std::move(*address);
  if (observed) observe(feed);
  return feed;
}

void only_observes(LiveFeed& feed) {
  if (feed.kind == "reports" && !feed.observed) observe(feed);
}

void LiveDesk::listen() {
  for (const auto& feed : options_.feeds) {
    Listener& from = listeners_.emplace_back(
        Listener{feed.name, FeedWatch(feed.kind, feed.name, feed.address.text), nullptr});
    from.source = std::make_unique<LiveSource>(
        io_, feed.address, [this, &from](const FeedLine& line) { take_line(from, line); },
        [this, &from](const LiveState& state) { from.watch.stands(state.up, state.text, arrival_now()); });
    from.source->start();
  }
  watch_feeds();
}

/// Every second: who has fallen silent, what was refused, what was lost? What changed is an event.
void LiveDesk::watch_feeds() {
  const std::string before = trouble();
  const Time now = arrival_now();
  if (const auto clock = time_->changed()) (void)take({now, feed_state_feed, canonical_of(*clock)});
  for (Listener& from : listeners_) {
    from.watch.dropped((from.source ? from.source->dropped() : 0) + from.unsaved);
    from.watch.clock_offset(room_.clock_off(from.feed));
    from.watch.check(now);
    if (const auto more = from.watch.untold(now)) (void)take({now, line_refused_feed, canonical_of(*more)});
    if (const auto state = from.watch.changed(now)) (void)take({now, feed_state_feed, canonical_of(*state)});
  }
  if (trouble() != before && changed) changed({});
  watching_.expires_after(watch_every);
  watching_.async_wait([this](boost::system::error_code wrong) {
    if (!wrong) watch_feeds();
  });
}

void LiveDesk::take_line(Listener& from, const FeedLine& line) {
  const Time arrival = arrival_now();
  from.watch.heard(arrival);
  if (line.overlong) return refused(from, overlong_line(), line.text, arrival);
  // The record cannot be written and memory has its end: what the desk has accepted comes first.
  if (!write_trouble_.empty() && open_batch_->items.size() > most_unsaved) {
    ++from.unsaved;
    return;
  }
  const LineTaken taken = take({arrival, from.feed, std::string(line.text)});
  if (taken.told) from.watch.told(arrival);
  from.watch.unused(taken.unused);
  if (taken.refused) refused(from, *taken.refused, line.text, arrival);
}

void LiveDesk::refused(Listener& from, const Error& why, std::string_view line, Time arrival) {
  const LineRefused said = line_refused(from.feed, why.text(), line);
  if (!from.watch.refused(said, arrival)) return;
  (void)take({arrival, line_refused_feed, canonical_of(said)});
  if (said.distress && changed) changed({});  // the banner does not wait
}

std::vector<FeedStatus> LiveDesk::feeds() const {
  std::vector<FeedStatus> out;
  for (const auto& listener : listeners_) out.push_back(listener.watch.status());
  return out;
}

}  // namespace varne
