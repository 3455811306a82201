#include "varne/desk/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <thread>

#include "varne/core/place_of_data.h"
#include "varne/record/merkle.h"

namespace varne {
namespace {

/// As many entries make one batch of the ledger; a replay that is killed loses none that it acknowledged and
/// computes the rest again.
constexpr std::size_t batch = 2000;

/// Entries on their way into the ledger, the ones it has already compared with what comes out again.
class Recorder {
 public:
  explicit Recorder(Ledger* ledger) : ledger_(ledger), had_(ledger == nullptr ? 0 : ledger->head().size) {}

  Done label(const Day& day) {
    if (ledger_ == nullptr) return {};
    const auto known = ledger_->label("day");
    if (!known) return std::unexpected(known.error());
    if (had_ > 0 && known->empty()) return fail("", "the record is not that of a replay; give another file");
    if (!known->empty() && *known != hex(day.hash))
      return fail("", "the record belongs to another day, or to other files of this day; give another file");
    const auto written = ledger_->label("version");
    if (!written) return std::unexpected(written.error());
    if (!written->empty() && *written != version())
      return fail("", fmt::format("the record was written by Varne {}, and this is {}; give another file",
                                  *written, version()));
    if (auto done = ledger_->label("day", hex(day.hash)); !done) return done;
    return ledger_->label("version", std::string(version()));
  }

  Done take(const Entry& entry) {
    tree_.add(leaf_hash(entry_line(entry)));
    if (ledger_ == nullptr) return {};
    if (entry.number <= had_) return compare(entry);
    waiting_.push_back(entry);
    return waiting_.size() < batch ? Done{} : flush();
  }

  Done flush() {
    if (ledger_ == nullptr || waiting_.empty()) return {};
    const auto done = ledger_->append(waiting_);
    waiting_.clear();
    return done;
  }

  [[nodiscard]] std::uint64_t had() const { return had_; }
  [[nodiscard]] Hash head() const { return tree_.root(); }

 private:
  Done compare(const Entry& entry) {
    if (entry.number >= page_from_ + page_.size()) {
      auto page = ledger_->read(entry.number, batch);
      if (!page) return std::unexpected(page.error());
      page_ = std::move(*page);
      page_from_ = entry.number;
    }
    const auto at = static_cast<std::size_t>(entry.number - page_from_);
    if (at >= page_.size() || page_[at] != entry)
      return fail(fmt::format("entry {}", entry.number),
                  "differs from what this day gives; the record was changed, or the day's files were");
    return {};
  }

  Ledger* ledger_;
  std::uint64_t had_;
  std::vector<Entry> waiting_;
  std::vector<Entry> page_;
  std::uint64_t page_from_ = 1;
  MerkleTree tree_;
};

/// Holds events back so that the day passes at `speed` times real time; at 0 it holds nothing back. The wall
/// clock decides when an event goes in, never what comes out.
class Pace {
 public:
  explicit Pace(double speed) : speed_(speed) {}
  void wait(Time at) {
    if (speed_ <= 0) return;
    if (!begun_) {
      begun_ = Clock::now();
      from_ = at;
    }
    const std::chrono::duration<double> passed(seconds(at - from_) / speed_);
    std::this_thread::sleep_until(*begun_ + std::chrono::duration_cast<Clock::duration>(passed));
  }

 private:
  using Clock = std::chrono::steady_clock;
  double speed_;
  Time from_;
  std::optional<Clock::time_point> begun_;  // at the first event that had to wait
};

/// One replay as it goes.
struct Run {
  const Day& day;
  const ReplayOptions& options;
  std::shared_ptr<const World> world;
  Room& room;
  Recorder recorder;
  ReplaySummary summary = {};
  Done wrong = {};

  bool say(const std::vector<Entry>& entries) {
    for (const Entry& entry : entries) {
      ++summary.entries;
      if (wrong = recorder.take(entry); !wrong) return false;
      if (options.entry) options.entry(entry);
    }
    return true;
  }

  bool apply(const Event& event) {
    ++summary.events;
    if (!say(room.apply(event))) return false;
    if (options.after) options.after(event, room);
    return true;
  }

  bool take(const Event& event) {
    if (std::holds_alternative<Observation>(event.what)) ++summary.observations;
    if (!apply(event)) return false;
    while (!room.pending().empty()) {
      if (!apply({event.at, {}, answer(room.pending().front(), *world)})) return false;
    }
    if (options.progress && std::holds_alternative<ClockTick>(event.what))
      options.progress(event.at, seconds(event.at - day.start) / seconds(day.end - day.start));
    // At a watchable speed entries are durable within a tick; in a hurry only batch by batch.
    if (options.speed > 0 && std::holds_alternative<ClockTick>(event.what)) wrong = recorder.flush();
    return wrong.has_value();
  }
};

}  // namespace

Result<ReplaySummary> replay(const Day& day, const ReplayOptions& options, std::unique_ptr<Room>* room) {
  auto world = load_world(day);
  if (!world) return std::unexpected(world.error());
  auto own = std::make_unique<Room>(*world);
  Run run{
      .day = day, .options = options, .world = *world, .room = *own, .recorder = Recorder(options.ledger)};
  if (auto labelled = run.recorder.label(day); !labelled) return std::unexpected(labelled.error());

  Pace pace(options.speed);
  const auto read = read_day(
      day,
      [&](const Event& event) {
        if (options.until && event.at > *options.until) return false;
        if (run.summary.entries >= run.recorder.had() && event.at <= day.end) pace.wait(event.at);
        return run.take(event);
      },
      [&](const Error& error) {
        ++run.summary.refused;
        if (options.refused) options.refused(error);
      });
  if (!read) return std::unexpected(read.error());
  if (run.wrong) run.wrong = run.recorder.flush();
  if (!run.wrong) return std::unexpected(run.wrong.error());
  if (!options.until && run.summary.entries < run.recorder.had())
    return fail(
        fmt::format("entry {}", run.summary.entries + 1),
        "is in the record and this day does not give it; the record was changed, or the day's files were");
  run.summary.resumed_at = run.recorder.had();
  run.summary.head = run.recorder.head();
  if (room != nullptr) *room = std::move(own);
  return run.summary;
}

}  // namespace varne
