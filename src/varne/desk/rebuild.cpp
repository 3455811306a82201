/// The live desk after a restart: what its journal and its record hold, made again.

#include <fmt/format.h>

#include <algorithm>

#include "varne/desk/live_desk.h"
#include "varne/desk/record_beside.h"
#include "varne/desk/standby.h"
#include "varne/record/checkpoint.h"

namespace varne {
namespace {

constexpr std::size_t told_every = 256;  ///< items of the journal

Result<Hash> root_at(const Ledger& ledger, std::uint64_t entries) {
  if (entries > ledger.head().size) return fail("", "the record has no so many entries");
  return ledger.root_at(entries);
}

}  // namespace

/// Runs the journal again, from where a standby has followed it to or else from the newest checkpoint on.
/// What the record has comes out again, or the record stands and the difference is said; what it lacks (the
/// process was killed between the two) is added.
/// @returns how many items of the journal were run
Result<std::size_t> LiveDesk::rebuild() {
  RecordBeside record(*ledger_);
  std::size_t items = 0;
  DeskChange change;
  std::string first_difference;
  std::optional<JournalPosition> from;
  std::string since;
  if (options_.standby) {
    Followed followed = options_.standby->hand_over();
    room_ = std::move(followed.room);
    from = std::move(followed.position);
    since = fmt::format(" after the {} that this standby had taken", followed.items);
    if (auto compared = record.compare(followed.entries); !compared) return std::unexpected(compared.error());
  } else if (const auto base = take_up_checkpoint(
                 options_.journal, world_hash_,
                 [&](std::uint64_t entries) { return root_at(*ledger_, entries); }, room_, greeting_)) {
    from = base->journal();
    since = " after the checkpoint of " + iso(base->time);
  }
  room_.differs = [&](const std::string& what) {
    if (first_difference.empty()) first_difference = what;
  };
  const std::uint64_t begun = room().last_entry();
  const auto each = [&](const JournalItem& item) -> Done {
    if (options_.progress && items % told_every == 0)
      options_.progress(room().last_entry() - begun, std::max(record.had(), begun) - begun);
    if (items++ == 0 && !from) {
      if (auto same = record.begins_at(item.arrival); !same) return same;
    }
    change.entries.clear();
    change.tracks.clear();
    if (auto taken = room_.take(item, change); !taken) return fail(taken.error().in(options_.journal));
    return record.compare(change.entries);
  };
  Done done = {};
  if (from) {
    done = read_journal(options_.journal, *from, each);
    if (!done && items == 0) {  // its place in the journal is not there
      greeting_.push_back(fmt::format("{}; everything is made from the journal", done.error().text()));
      from.reset();
      since.clear();
      auto differs = std::move(room_.differs);
      room_ = JournaledRoom(world_);
      room_.differs = std::move(differs);
    }
  }
  if (!from) done = read_journal(options_.journal, each);
  room_.differs = {};
  if (!done) return std::unexpected(done.error());
  const bool another_made_it = items > 0 && room_.program() != this_program();
  const bool differs = record.differing() > 0 || room_.differences() > 0;
  if (room().last_entry() < record.had()) {
    if (items == 0 || !(another_made_it || differs))
      return fail(shown_record(options_.record),
                  fmt::format("has {} entries and its journal gives {}; the two belong together, give both",
                              record.had(), room().last_entry()));
    room_.number_on_from(record.had());
  }
  durable_ = record.had();
  auto fresh = record.take_fresh();
  if (ledger_->append(fresh)) {
    if (!fresh.empty()) durable_ = fresh.back().number;
  } else {
    open_batch_->change.entries = std::move(fresh);  // with the first batch that can be written
  }
  if (items > 0 || from)
    greeting_.push_back(
        fmt::format("{} entries of before, {} items of the journal{}", room().last_entry(), items, since));
  if (record.differing() > 0)
    greeting_.push_back(
        fmt::format("This version makes other entries of the journal than the record holds: {} differ, "
                    "the first is entry {}. The record stands",
                    record.differing(), record.first_differing()));
  if (!first_difference.empty())
    greeting_.push_back(fmt::format("The journal differs from what this version makes of it {} times: {}",
                                    room_.differences(), first_difference));
  return items;
}

}  // namespace varne
