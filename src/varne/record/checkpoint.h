#pragma once
/// Checkpoints: the whole state of a desk as bytes, at one place of its journal and one head of its record,
/// so that a start reads the newest and the tail of the journal instead of all of it. They lie beside the
/// segments as `000042.checkpoint`. A checkpoint is only ever a short cut: one that is cut, changed, of
/// another program or of another record is refused in words, and the state is made from an older one or from
/// the whole journal.

#include <cstdint>
#include <string>
#include <vector>

#include "varne/core/fields.h"
#include "varne/core/hash.h"
#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/record/journal.h"
#include "varne/record/journal_place.h"
#include "varne/record/ledger.h"

namespace varne {

/// What a checkpoint stands on.
struct CheckpointBase {
  std::string program;  ///< who wrote it (`this_program`): another lays out its state otherwise
  Hash world{};         ///< of what the desk was given: units, rules, sea
  std::string segment;  ///< place in the journal: so many items of this segment came before
  std::uint64_t items = 0;
  std::uint64_t entries = 0;  ///< head of the record
  Hash root{};
  Time time;  ///< of the desk

  [[nodiscard]] JournalPosition journal() const { return {segment, items}; }
  [[nodiscard]] LedgerHead record() const { return {entries, root}; }
  static constexpr auto fields() {
    return std::tuple{always("program", &CheckpointBase::program, "version and build that wrote it"),
                      always("world", &CheckpointBase::world, "hash of what the desk was given"),
                      always("segment", &CheckpointBase::segment, "of the journal"),
                      always("items", &CheckpointBase::items, "of that segment, that came before"),
                      always("entries", &CheckpointBase::entries, "in the record"),
                      always("root", &CheckpointBase::root, "of the tree of these entries"),
                      always("time", &CheckpointBase::time, "of the desk")};
  }
};

struct Checkpoint {
  CheckpointBase base;
  std::string state;
};

/// The version and the build of the running program: "0.1.0 b1fe3560…".
const std::string& this_program();

/// So many are kept; older ones go when a new one is there.
inline constexpr std::size_t checkpoints_kept = 3;

/// Writes one beside the segments of a folder or a database, under the next number: whole and durable when it
/// returns, or not there at all.
Done write_checkpoint(const std::string& where, const Checkpoint& checkpoint);

/// Reads one back. Refuses, in words: one that is cut or was changed, and one by another program.
Result<Checkpoint> read_checkpoint(const JournalPlace& place, std::uint64_t number);

}  // namespace varne
