#include "varne/desk/live_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "varne/core/place_of_data.h"
#include "varne/core/text.h"
#include "varne/desk/forecaster.h"

namespace varne {
namespace {

constexpr auto tick_every = std::chrono::seconds(10);
/// What arrives within so long is made durable together.
constexpr auto gather_for = std::chrono::milliseconds(5);
constexpr auto retry_after = std::chrono::seconds(3);
/// Names in the journal that are no feed's.
constexpr const char* clock_feed = "clock";
constexpr const char* answer_feed = "answer";
constexpr const char* typed_feed = "console";
constexpr const char* segment_feed = "segment";
/// What a feed says of the time holds so far back (a satellite's AIS comes late) and not beyond the arrival.
/// Where a receiver's clock is further off, or a recorded log is played in, the arrival holds: a wrong clock
/// must not hide a ship.
constexpr Duration oldest_believed = std::chrono::hours(1);
constexpr std::size_t most_unsaved = 200000;

Time wall_clock() {
  return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

void believe_times(std::vector<Observation>& observations, Time arrival) {
  for (auto& observation : observations) {
    if (std::holds_alternative<Report>(observation.what)) continue;  // a person says when
    if (observation.time > arrival || observation.time < arrival - oldest_believed)
      move_time(observation, arrival - observation.time);
  }
}

/// What one line of a feed says. The same line and arrival give the same when the desk is rebuilt.
std::vector<Observation> observations_in(FeedReader& reader, std::string_view line, Time arrival,
                                         std::uint64_t& refused) {
  std::vector<Observation> out;
  if (!reader.take(line, arrival, out)) ++refused;
  believe_times(out, arrival);
  return out;
}

/// What the feeds held back until now: turns of a radar that are whole by then.
std::vector<Observation> observations_due(std::map<std::string, std::unique_ptr<FeedReader>>& readers,
                                          Time now) {
  std::vector<Observation> out;
  for (auto& [name, reader] : readers) reader->advance(now, out);
  believe_times(out, now);
  return out;
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

LiveDesk::LiveDesk(boost::asio::io_context& io, std::shared_ptr<const World> world, LiveDeskOptions options)
    : io_(io),
      world_(world),
      options_(std::move(options)),
      room_(std::move(world)),
      clock_(io),
      gather_(io),
      retry_(io) {}

LiveDesk::~LiveDesk() {
  for (const auto& source : sources_) source->stop();
  forecaster_.reset();
  // What was taken is made durable even where nobody waits for it any more.
  const bool sound = commit_ && commit_->flush().has_value() && write_trouble_.empty();
  commit_.reset();
  if (!journal_) return;
  if (sound && journal(*open_batch_)) (void)ledger_->append(open_batch_->change.entries);
  if (const auto closed = journal_->close()) (void)label_segments(*ledger_, *closed);
}

Result<std::unique_ptr<LiveDesk>> LiveDesk::open(boost::asio::io_context& io,
                                                 std::shared_ptr<const World> world,
                                                 LiveDeskOptions options) {
  auto desk = std::unique_ptr<LiveDesk>(new LiveDesk(io, std::move(world), std::move(options)));
  // A second feed of a kind gets a number of its own: "nmea", "nmea-2".
  std::map<std::string, int> seen;
  for (auto& feed : desk->options_.feeds) {
    if (const int n = ++seen[feed.kind]; n > 1) feed.name = fmt::format("{}-{}", feed.kind, n);
  }
  for (const char* own : {"-journal", "-wal", "-shm", ".lock"}) {
    if (desk->options_.journal == desk->options_.record + own)
      return fail(desk->options_.journal,
                  "is a name that the record's own files need; give the journal another");
  }
  auto ledger = open_ledger(desk->options_.record, {.keys = desk->options_.keys});
  if (!ledger) return std::unexpected(ledger.error());
  desk->ledger_ = std::move(*ledger);
  if (auto done = desk->ledger_->label("version", std::string(version())); !done)
    return std::unexpected(done.error());
  auto journal = Journal::open(desk->options_.journal);
  if (!journal) return std::unexpected(journal.error());
  desk->journal_.emplace(std::move(*journal));
  if (auto done = desk->rebuild(); !done) return std::unexpected(done.error());
  if (auto done = desk->start(); !done) return std::unexpected(done.error());
  return desk;
}

std::unique_ptr<FeedReader>* LiveDesk::reader_of(const std::string& feed) {
  const auto at = readers_.find(feed);
  if (at != readers_.end()) return &at->second;
  const auto kind = feed == typed_feed ? std::string("reports") : feed.substr(0, feed.find('-'));
  auto made = make_reader(kind, feed);
  if (!made) return nullptr;
  return &readers_.emplace(feed, std::move(*made)).first->second;
}

Done LiveDesk::replay_item(const JournalItem& item, std::vector<Entry>& said) {
  const auto apply = [&](const Event& event) {
    auto entries = room_.apply(event);
    said.insert(said.end(), std::make_move_iterator(entries.begin()), std::make_move_iterator(entries.end()));
  };
  last_arrival_ = item.arrival;
  const auto give_due = [&] {
    for (auto& observation : observations_due(readers_, item.arrival))
      apply({item.arrival, std::move(observation)});
  };
  if (item.feed == clock_feed) {
    give_due();
    apply({item.arrival, ClockTick{}});
    return {};
  }
  if (item.feed == answer_feed) {
    const auto& pending = room_.pending();
    const auto request = std::find_if(pending.begin(), pending.end(),
                                      [&](const ForecastRequest& r) { return r.id == item.bytes; });
    if (request == pending.end())
      return fail(options_.journal,
                  fmt::format("holds an answer to forecast {}, which nobody asked for", shown(item.bytes)));
    apply({item.arrival, answer(*request, *world_)});
    return {};
  }
  if (item.feed == segment_feed) {
    const auto space = item.bytes.find(' ');
    const auto hash = hash_from_hex(item.bytes.substr(0, space));
    if (!hash || space == std::string::npos)
      return fail(options_.journal, fmt::format("holds a closed segment \"{}\" that is not its hash and name",
                                                shown(item.bytes)));
    const std::string file = item.bytes.substr(space + 1);
    told_segments_.insert(file);
    apply({item.arrival, SegmentClosed{file, *hash}});
    return {};
  }
  auto* reader = reader_of(item.feed);
  if (reader == nullptr)
    return fail(options_.journal,
                fmt::format("holds a feed \"{}\" that is of no known kind", shown(item.feed)));
  give_due();
  for (auto& observation : observations_in(**reader, item.bytes, item.arrival, refused_)) {
    if (const auto* report = std::get_if<Report>(&observation.what);
        report != nullptr && item.feed == typed_feed)
      typed_.insert(report->id);
    apply({item.arrival, std::move(observation)});
  }
  return {};
}

/// Runs the journal again; what the record has must come out again, what it lacks (the process was killed
/// between the two) is added.
Done LiveDesk::rebuild() {
  const auto had = ledger_->head().size;
  std::vector<Entry> fresh;
  std::vector<Entry> page;
  std::vector<Entry> said;
  const auto compare = [&](const Entry& entry) -> Done {
    ++rebuilt_;
    if (entry.number > had) {
      fresh.push_back(entry);
      return {};
    }
    if (page.empty() || entry.number > page.back().number) {
      auto next = ledger_->read(entry.number, 2000);
      if (!next) return std::unexpected(next.error());
      page = std::move(*next);
    }
    const auto at = static_cast<std::size_t>(entry.number - page.front().number);
    if (at < page.size() && page[at] == entry) return {};
    return fail(options_.record, fmt::format("entry {} differs from what the journal gives; `varne verify` "
                                             "says which was changed. If units, sea files "
                                             "or options are others than they were, begin a new record",
                                             entry.number));
  };
  const auto done = read_journal(options_.journal, [&](const JournalItem& item) -> Done {
    said.clear();
    if (auto replayed = replay_item(item, said); !replayed) return replayed;
    for (const auto& entry : said) {
      if (auto same = compare(entry); !same) return same;
    }
    return {};
  });
  if (!done) return done;
  if (room_.last_entry() < had)
    return fail(options_.record,
                fmt::format("has {} entries and its journal gives {}; the two belong together, give both",
                            had, room_.last_entry()));
  if (!fresh.empty()) {
    if (auto added = ledger_->append(fresh); !added) return added;
  }
  durable_ = room_.last_entry();
  return {};
}

Done LiveDesk::start() {
  open_batch_ = std::make_shared<Batch>();
  // Closed before the process was killed, and not told of any more.
  auto untold = closed_segments(options_.journal, told_segments_);
  if (!untold) return std::unexpected(untold.error());
  open_batch_->closed = std::move(*untold);
  commit_ = std::make_unique<GroupCommit>(*ledger_);
  forecaster_ = std::make_unique<Forecaster>(world_, [this](ForecastAnswer result) {
    boost::asio::post(io_, [this, result = std::move(result)] {
      asked_.erase(result.request);
      const Time at = arrival_now();
      open_batch_->items.push_back({at, answer_feed, result.request});
      apply({at, result});
    });
  });
  for (const auto& feed : options_.feeds) {
    sources_.push_back(std::make_unique<LiveSource>(
        io_, feed.address, [this, &feed](const FeedLine& line) { take_line(feed, line); },
        [this, &feed](const LiveState& state) {
          feed_trouble_[feed.name] = state.up ? "" : fmt::format("{}: {}", feed.name, state.text);
          seal_soon();
        }));
    sources_.back()->start();
  }
  ask_forecasts();
  tick();
  return {};
}

Time LiveDesk::arrival_now() {
  // A clock that is set back must not turn the order round.
  last_arrival_ = std::max(last_arrival_, wall_clock());
  return last_arrival_;
}

void LiveDesk::tick() {
  const Time at = arrival_now();
  open_batch_->items.push_back({at, clock_feed, ""});
  for (auto& observation : observations_due(readers_, at)) apply({at, std::move(observation)});
  apply({at, ClockTick{}});
  clock_.expires_after(tick_every);
  clock_.async_wait([this](boost::system::error_code wrong) {
    if (!wrong) tick();
  });
}

void LiveDesk::take_line(const LiveFeed& feed, const FeedLine& line) {
  if (line.overlong) {
    ++refused_;
    return;
  }
  // The record cannot be written and memory has its end: what the desk has accepted comes first.
  if (!write_trouble_.empty() && open_batch_->items.size() > most_unsaved) {
    ++refused_;
    return;
  }
  take_bytes(feed.name, arrival_now(), line.text);
}

void LiveDesk::take_bytes(const std::string& feed, Time arrival, std::string_view bytes) {
  open_batch_->items.push_back({arrival, feed, std::string(bytes)});
  for (auto& observation : observations_due(readers_, arrival)) apply({arrival, std::move(observation)});
  for (auto& observation : observations_in(**reader_of(feed), bytes, arrival, refused_))
    apply({arrival, std::move(observation)});
  seal_soon();
}

void LiveDesk::apply(const Event& event) {
  auto entries = room_.apply(event);
  auto& change = open_batch_->change;
  change.tracks.insert(room_.touched_tracks().begin(), room_.touched_tracks().end());
  change.entries.insert(change.entries.end(), std::make_move_iterator(entries.begin()),
                        std::make_move_iterator(entries.end()));
  ask_forecasts();
  seal_soon();
}

/// The hash of a closed segment goes the way of everything: through the journal's next one into the room, so
/// that it is an entry, and the same one when the desk is rebuilt.
void LiveDesk::tell_segments(const std::vector<ClosedSegment>& closed) {
  for (const ClosedSegment& segment : closed) {
    if (!told_segments_.insert(segment.file).second) continue;
    const Time at = arrival_now();
    open_batch_->items.push_back({at, segment_feed, hex(segment.hash) + " " + segment.file});
    apply({at, SegmentClosed{segment.file, segment.hash}});
  }
}

void LiveDesk::ask_forecasts() {
  for (const auto& request : room_.pending()) {
    if (asked_.insert(request.id).second) forecaster_->ask(request);
  }
}

void LiveDesk::seal_soon() {
  if (gathering_ || (sealing_ && write_trouble_.empty())) return;
  gathering_ = true;
  gather_.expires_after(gather_for);
  gather_.async_wait([this](boost::system::error_code wrong) {
    gathering_ = false;
    if (!wrong) seal();
  });
}

/// Hands what has gathered to the writer: first the journal, then the record, both on its thread.
void LiveDesk::seal() {
  if (!write_trouble_.empty()) {
    // Nothing can be acknowledged; where the boats are is shown all the same.
    if (changed) changed({.tracks = std::exchange(open_batch_->change.tracks, {}), .entries = {}});
    return;
  }
  if (sealing_) return;
  sealing_ = std::exchange(open_batch_, std::make_shared<Batch>());
  const auto batch = sealing_;
  commit_->append(
      batch->change.entries,
      [this, batch](Done done) { boost::asio::post(io_, [this, batch, done] { sealed(batch, done); }); },
      [this, batch] { return journal(*batch); });
}

/// On the writer's thread. Where it fails it goes on from there when tried again.
Done LiveDesk::journal(Batch& batch) {
  for (; batch.journaled < batch.items.size(); ++batch.journaled) {
    const auto closed = journal_->append(batch.items[batch.journaled]);
    if (!closed) return std::unexpected(closed.error());
    batch.closed.insert(batch.closed.end(), closed->begin(), closed->end());
  }
  if (auto synced = journal_->sync(); !synced) return synced;
  return label_segments(*ledger_, batch.closed);
}

void LiveDesk::sealed(std::shared_ptr<Batch> batch, const Done& done) {
  if (!done) {
    write_trouble_ = done.error().text();
    retry_.expires_after(retry_after);
    retry_.async_wait([this](boost::system::error_code wrong) {
      if (!wrong) try_again();
    });
    // Those who wait for an acknowledgement are told at once that there is none yet.
    for (const auto& waiting : batch->waiting) waiting(done);
    batch->waiting.clear();
    if (changed) changed({});
    return;
  }
  sealing_.reset();
  write_trouble_.clear();
  if (!batch->change.entries.empty()) durable_ = batch->change.entries.back().number;
  for (const auto& waiting : batch->waiting) waiting(done);
  tell_segments(batch->closed);
  if (changed) changed(std::move(batch->change));
  if (!open_batch_->items.empty()) seal_soon();
}

/// What could not be written is tried again, before anything that came later.
void LiveDesk::try_again() {
  commit_ = std::make_unique<GroupCommit>(*ledger_);
  auto batch = std::exchange(sealing_, nullptr);
  batch->items.insert(batch->items.end(), std::make_move_iterator(open_batch_->items.begin()),
                      std::make_move_iterator(open_batch_->items.end()));
  batch->change.tracks.merge(open_batch_->change.tracks);
  batch->change.entries.insert(batch->change.entries.end(), open_batch_->change.entries.begin(),
                               open_batch_->change.entries.end());
  batch->closed.insert(batch->closed.end(), open_batch_->closed.begin(), open_batch_->closed.end());
  batch->waiting.insert(batch->waiting.end(), open_batch_->waiting.begin(), open_batch_->waiting.end());
  open_batch_ = std::move(batch);
  write_trouble_.clear();
  seal();
}

Json LiveDesk::header() const {
  return {{"mode", "live"},
          {"title", world_->title},
          {"exercise", world_->exercise},
          {"notice", world_->notice},
          {"now", iso(room_.now())}};
}

std::string LiveDesk::trouble() const {
  std::string out;
  const auto add = [&](const std::string& what) {
    if (!what.empty()) out += (out.empty() ? "" : "; ") + what;
  };
  if (!write_trouble_.empty()) add("nothing is being recorded: " + write_trouble_);
  for (const auto& [feed, what] : feed_trouble_) add(what);
  return out;
}

Result<std::vector<Entry>> LiveDesk::entries(std::uint64_t first, std::size_t most) const {
  return ledger_->read(std::max<std::uint64_t>(first, 1), most);
}

void LiveDesk::report(TimedReport report, std::function<void(Result<std::vector<std::uint64_t>>)> done) {
  if (!write_trouble_.empty()) return done(fail("", "nothing can be recorded now: " + write_trouble_));
  const auto line = report_json(report);
  const auto before = room_.last_entry();
  typed_.insert(report.report.id);
  take_bytes(typed_feed, arrival_now(), line);
  std::vector<std::uint64_t> numbers;
  for (auto n = before + 1; n <= room_.last_entry(); ++n) numbers.push_back(n);
  open_batch_->waiting.push_back([numbers, done = std::move(done)](const Done& durable) {
    if (!durable) return done(std::unexpected(durable.error()));
    done(numbers);
  });
}

Done LiveDesk::play(const PlayCommand& /*command*/) {
  return fail("", "this desk is live; only a replay can be played, paused and moved");
}

}  // namespace varne
