#include "varne/desk/standby.h"

#include <fmt/format.h>

#include <algorithm>

#include "varne/desk/checkpoints.h"
#include "varne/desk/record_beside.h"
#include "varne/desk/world_hash.h"
#include "varne/record/merkle.h"

namespace varne {

Standby::Standby(std::shared_ptr<const World> world, std::string record, std::chrono::milliseconds silent)
    : world_(std::move(world)), record_(std::move(record)), silent_(silent) {}

void Standby::begin() {
  store_ = follow_postgres_store(record_);
  room_ = std::make_unique<JournaledRoom>(world_);
  const auto root_at = [&](std::uint64_t entries) -> Result<Hash> {
    auto tree = merkle_tree(merkle_source(*store_), entries);
    if (!tree) return std::unexpected(tree.error());
    return tree->root();
  };
  const auto base = take_up_checkpoint(record_, hash_of(*world_), root_at, *room_, said_);
  journal_.emplace(record_, base ? base->journal() : JournalPosition{});
  entries_.clear();
  items_ = 0;
}

Done Standby::follow() {
  if (!journal_) begin();
  // The record may have less than its journal gives, never more.
  const auto head = store_->head();
  if (!head) return std::unexpected(head.error());
  DeskChange change;
  bool broken = false;
  auto read = journal_->read_on([&](const JournalItem& item) -> Done {
    ++items_;
    change.entries.clear();
    change.tracks.clear();
    auto taken = room_->take(item, change);
    broken = !taken.has_value();
    entries_.insert(entries_.end(), std::make_move_iterator(change.entries.begin()),
                    std::make_move_iterator(change.entries.end()));
    return taken;
  });
  if (!read) {
    if (broken) return fail(read.error().in(shown_record(record_)));
    journal_.reset();  // the database went away in the middle: from the newest checkpoint once more
    return read;
  }
  if (items_ == 0 && room_->room().last_entry() < head->size)
    return fail(shown_record(record_),
                "holds no journal beside its entries: its desk keeps that in a folder, which "
                "nobody else can follow; start it without --journal");
  return compare(head->size);
}

/// Lets go of what the record has, once it is seen to be the same.
Done Standby::compare(std::uint64_t in_record) {
  const auto fresh = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.number > in_record; });
  const std::vector<Entry> there(std::make_move_iterator(entries_.begin()), std::make_move_iterator(fresh));
  entries_.erase(entries_.begin(), fresh);
  RecordBeside record(in_record,
                      [&](std::uint64_t first, std::size_t most) { return store_->read(first, most); });
  if (auto compared = record.compare(there); !compared) return compared;
  if (record.differing() > 0 && !std::exchange(differs_, true))
    said_.push_back(
        fmt::format("This desk makes another entry {} of the journal than the record holds: is it of another "
                    "version, or was it "
                    "given other units, rules or seas? The record stands",
                    record.first_differing()));
  return {};
}

Followed Standby::hand_over() {
  room_->differs = {};
  Followed out{std::move(*room_), journal_->position(), items_, std::move(entries_)};
  journal_.reset();
  room_.reset();
  entries_.clear();
  items_ = 0;
  return out;
}

}  // namespace varne
