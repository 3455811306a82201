/// The live desk's way to the disk: what has gathered goes to the journal, then to the record, and is shown
/// and acknowledged when both are durable.

#include <boost/asio/post.hpp>

#include "varne/desk/journal_items.h"
#include "varne/desk/live_desk.h"

namespace varne {
namespace {

/// What arrives within so long is made durable together.
constexpr auto gather_for = std::chrono::milliseconds(5);
constexpr auto retry_after = std::chrono::seconds(3);
/// A desk with nothing to write says so often that it lives (standby.h waits four times as long).
constexpr auto beat_every = std::chrono::seconds(1);

}  // namespace

/// The hash of a closed segment goes the way of everything: through the journal's next one into the room, so
/// that it is an entry, and the same one when the desk is rebuilt.
void LiveDesk::tell_segments(const std::vector<ClosedSegment>& closed) {
  for (const ClosedSegment& segment : closed) {
    if (!room_.told_segments().contains(segment.file))
      (void)take({arrival_now(), segment_feed, segment_bytes(segment)});
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

/// The state behind a batch, once that batch is durable. It was taken when the batch was handed over: by now
/// the room is ahead of it.
void LiveDesk::checkpoint(Batch& batch) {
  if (!batch.state) return;
  const LedgerHead head = ledger_->head();
  checkpoints_->write({.base = {.program = this_program(),
                                .world = world_hash_,
                                .segment = batch.end.segment,
                                .items = batch.end.items,
                                .entries = head.size,
                                .root = head.hash,
                                .time = room_.last_arrival()},
                       .state = std::move(*batch.state)});
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
  checkpoints_->went_on(sealing_->items.size());
  if (const auto begun = Checkpoints::Clock::now(); !sealing_->items.empty() && checkpoints_->due(begun)) {
    sealing_->state = room_.state();
    const auto now = Checkpoints::Clock::now();
    checkpoints_->taken(now, now - begun);
  }
  const auto batch = sealing_;
  commit_->append(
      batch->change.entries,
      [this, batch](Done done) { boost::asio::post(io_, [this, batch, done] { sealed(batch, done); }); },
      [this, batch] { return journal(*batch); });
}

/// On the writer's thread. Where it fails it goes on from there when tried again.
Done LiveDesk::journal(Batch& batch) {
  batch.end = journal_->position();
  if (batch.items.empty() && batch.change.entries.empty()) return ledger_->alive();
  for (; batch.journaled < batch.items.size(); ++batch.journaled) {
    const auto closed = journal_->append(batch.items[batch.journaled]);
    if (!closed) return std::unexpected(closed.error());
    batch.closed.insert(batch.closed.end(), closed->begin(), closed->end());
  }
  batch.end = journal_->position();
  if (auto synced = journal_->sync(); !synced) return synced;
  return label_segments(*ledger_, batch.closed);
}

void LiveDesk::sealed(std::shared_ptr<Batch> batch, const Done& done) {
  if (!done) {
    write_trouble_ = done.error().text();
    const bool taken_over = ledger_->taken_over();
    if (!taken_over) {
      retry_.expires_after(retry_after);
      retry_.async_wait([this](boost::system::error_code wrong) {
        if (!wrong) try_again();
      });
    }
    // Those who wait for an acknowledgement are told at once that there is none yet.
    for (const auto& waiting : batch->waiting) waiting(done);
    batch->waiting.clear();
    if (changed) changed({});
    if (taken_over && options_.taken_over) options_.taken_over(done.error());
    return;
  }
  sealing_.reset();
  write_trouble_.clear();
  if (!batch->change.entries.empty()) durable_ = batch->change.entries.back().number;
  if (line_) letters_durable(batch->change.entries);
  checkpoint(*batch);
  for (const auto& waiting : batch->waiting) waiting(done);
  tell_segments(batch->closed);
  if (changed) changed(std::move(batch->change));
  if (!open_batch_->items.empty() || !open_batch_->waiting.empty()) seal_soon();
}

/// Shows whoever waits to take over that this desk lives, by the way that everything takes to the database.
void LiveDesk::beat() {
  if (!sealing_ && write_trouble_.empty() && open_batch_->items.empty()) seal();
  beating_.expires_after(beat_every);
  beating_.async_wait([this](boost::system::error_code wrong) {
    if (!wrong) beat();
  });
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
  batch->state.reset();  // the room is ahead of what it was taken behind
  open_batch_ = std::move(batch);
  write_trouble_.clear();
  seal();
}

}  // namespace varne
