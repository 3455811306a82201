#include "varne/desk/live_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <cassert>
#include <nlohmann/json.hpp>

#include "varne/core/fields_json.h"
#include "varne/core/place_of_data.h"
#include "varne/desk/answer_bytes.h"
#include "varne/desk/journal_items.h"
#include "varne/desk/replay.h"
#include "varne/desk/world_hash.h"
#include "varne/record/checkpoint.h"

namespace varne {
namespace {

constexpr auto tick_every = std::chrono::seconds(10);

}  // namespace

LiveDesk::LiveDesk(boost::asio::io_context& io, std::shared_ptr<const World> world, LiveDeskOptions options)
    : io_(io),
      world_(world),
      options_(std::move(options)),
      room_(std::move(world)),
      clock_(io),
      gather_(io),
      watching_(io),
      retry_(io),
      beating_(io) {
  open_batch_ = std::make_shared<Batch>();
  world_hash_ = hash_of(*world_);
}

LiveDesk::~LiveDesk() {
  line_.reset();
  for (const auto& listener : listeners_)
    if (listener.source) listener.source->stop();
  forecaster_.reset();
  // What was taken is made durable even where nobody waits for it any more.
  const bool sound = commit_ && commit_->flush().has_value() && write_trouble_.empty();
  commit_.reset();
  if (!journal_) return;
  const auto& last = open_batch_->change.entries;
  if (sound && journal(*open_batch_) && (last.empty() || ledger_->append(last))) {
    open_batch_->state = room_.state();  // the next start has nothing to run again
    checkpoint(*open_batch_);
  }
  checkpoints_.reset();
  if (const auto closed = journal_->close()) (void)label_segments(*ledger_, *closed);
}

Result<std::unique_ptr<LiveDesk>> LiveDesk::open(boost::asio::io_context& io,
                                                 std::shared_ptr<const World> world,
                                                 LiveDeskOptions options) {
  auto desk = std::unique_ptr<LiveDesk>(new LiveDesk(io, std::move(world), std::move(options)));
  // A second feed of a kind gets a number of its own: "nmea", "nmea-2".
  std::map<std::string, int> seen;
  for (auto& feed : desk->options_.feeds) {
    if (const int n = ++seen[feed.name]; n > 1) feed.name += fmt::format("-{}", n);
  }
  for (const char* own : {"-journal", "-wal", "-shm", ".lock"}) {
    if (desk->options_.journal == desk->options_.record + own)
      return fail(desk->options_.journal,
                  "is a name that the record's own files need; give the journal another");
  }
  auto ledger = open_ledger(desk->options_.record, {.keys = desk->options_.keys});
  if (!ledger) return std::unexpected(ledger.error());
  desk->ledger_ = std::move(*ledger);
  // Who began it. Who goes on with it is an entry; on a full disk neither can be said.
  if (const auto begun = desk->ledger_->label("version"); begun && begun->empty())
    (void)desk->ledger_->label("version", std::string(version()));
  const bool in_database = is_database(desk->options_.journal);
  if (in_database && desk->options_.journal != desk->options_.record)
    return fail(shown_record(desk->options_.journal),
                "is another database than the record's; a journal in a database lies with its record");
  auto journal =
      in_database ? Journal::open(*desk->ledger_->journal()) : Journal::open(desk->options_.journal);
  if (!journal) return std::unexpected(journal.error());
  desk->journal_.emplace(std::move(*journal));
  const auto items = desk->rebuild();
  if (!items) return std::unexpected(items.error());
  if (auto done = desk->start(); !done) return std::unexpected(done.error());
  // Whoever stands by next begins from here, and not from where the last desk left a checkpoint.
  desk->checkpoints_->went_on(desk->options_.standby ? desk->options_.checkpoints.many_items : *items);
  return desk;
}

Done LiveDesk::start() {
  time_.emplace(options_.clock(), room_.last_arrival());
  // Closed before the process was killed, and not told of any more.
  auto untold = closed_segments(options_.journal, room_.told_segments());
  if (!untold) return std::unexpected(untold.error());
  open_batch_->closed = std::move(*untold);
  commit_ = std::make_unique<GroupCommit>(*ledger_);
  checkpoints_ = std::make_unique<Checkpoints>(options_.journal, options_.checkpoints);
  forecaster_ = std::make_unique<Worker<ForecastRequest>>(
      [this](const ForecastRequest& request) {
        boost::asio::post(io_, [this, result = answer(request, *world_)] {
          asked_.erase(result.request);
          (void)take({arrival_now(), answer_feed, answer_bytes(result)});
        });
      },
      Worker<ForecastRequest>::AtEnd::left_undone);
  finder_ = std::make_unique<Worker<std::function<void()>>>(
      [](const std::function<void()>& look) { look(); }, Worker<std::function<void()>>::AtEnd::left_undone);
  if (room_.program() != this_program())
    (void)take({arrival_now(), program_feed, canonical_of(ProgramStarted{this_program()})});
  listen();
  if (auto joined = join(); !joined) return joined;
  ask_forecasts();
  tick();
  if (is_database(options_.record)) beat();
  return {};
}

Time LiveDesk::arrival_now() {
  return time_->now(options_.clock());
}

void LiveDesk::tick() {
  (void)take({arrival_now(), clock_feed, std::to_string(room().last_entry())});
  tell_head();
  clock_.expires_after(tick_every);
  clock_.async_wait([this](boost::system::error_code wrong) {
    if (!wrong) tick();
  });
}

/// The one way into the room: what the journal will hold is what happens now.
LineTaken LiveDesk::take(JournalItem item) {
  LineTaken out;
  [[maybe_unused]] const auto taken = room_.take(item, open_batch_->change, &out);
  assert(taken);  // this desk wrote it itself
  keep(std::move(item));
  return out;
}

/// What the room took, for the journal; and what follows from it.
void LiveDesk::keep(JournalItem item) {
  open_batch_->items.push_back(std::move(item));
  ask_forecasts();
  seal_soon();
}

void LiveDesk::ask_forecasts() {
  for (const auto& request : room().pending()) {
    if (asked_.insert(request.id).second) forecaster_->give(request);
  }
}

Json LiveDesk::header() const {
  return {{"mode", "live"},
          {"title", world_->title},
          {"exercise", world_->exercise},
          {"notice", world_->notice},
          {"now", iso(room().now())}};
}

/// On a thread of its own: a long record takes seconds.
void LiveDesk::find(EntryQuery query, std::function<void(Result<FoundEntries>)> done) {
  auto look = [this, query = std::move(query), done = std::move(done)] {
    finder_->give([this, last = durable_, query, done] {
      auto found = find_entries(
          [this](std::uint64_t first, std::size_t most) { return ledger_->read(first, most); }, last, query);
      boost::asio::post(io_, [found = std::move(found), done] { done(found); });
    });
  };
  // Whoever puts the room beside what is found is to find all that the room has said: it is kept first.
  const bool kept = !sealing_ && open_batch_->items.empty() && open_batch_->change.entries.empty();
  if (kept || !write_trouble_.empty()) return look();
  open_batch_->waiting.push_back([look = std::move(look)](const Done& /*durable*/) { look(); });
  seal_soon();
}

std::string LiveDesk::trouble() const {
  std::string out;
  const auto add = [&](const std::string& what) {
    if (!what.empty()) out += (out.empty() ? "" : "; ") + what;
  };
  if (!write_trouble_.empty()) add("nothing is being recorded: " + write_trouble_);
  if (time_) add(time_->trouble());
  add(head_trouble_);
  for (const auto& listener : listeners_) add(listener.watch.status().trouble);
  return out;
}

Result<std::vector<Entry>> LiveDesk::entries(std::uint64_t first, std::size_t most) const {
  return ledger_->read(std::max<std::uint64_t>(first, 1), most);
}

void LiveDesk::report(const Speaker& speaker, std::string typed, Report report,
                      std::function<void(Result<std::vector<std::uint64_t>>)> done) {
  if (!write_trouble_.empty()) return done(fail("", "nothing can be recorded now: " + write_trouble_));
  const Time arrival = arrival_now();
  const std::string id = report_head(report).id;
  room_.take_typed(arrival, {speaker, typed}, std::move(report), open_batch_->change);
  keep(speaker.kind == SpeakerKind::console ? JournalItem{arrival, typed_feed, std::move(typed)}
                                            : spoken_item(arrival, speaker, typed));
  open_batch_->waiting.push_back(
      [numbers = taken(id)->entries(), done = std::move(done)](const Done& durable) {
        if (!durable) return done(std::unexpected(durable.error()));
        done(numbers);
      });
}

Done LiveDesk::play(const PlayCommand& /*command*/) {
  return fail("", "this desk is live; only a replay can be played, paused and moved");
}

}  // namespace varne
