#pragma once
/// When a live desk makes a checkpoint, the thread that writes it, and how one is taken up again.

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "varne/desk/journaled_room.h"
#include "varne/desk/worker.h"
#include "varne/record/checkpoint.h"

namespace varne {

/// How far the journal may run ahead of the last checkpoint.
struct CheckpointPace {
  std::size_t many_items = 10'000;  ///< so many items behind, one is due …
  std::chrono::steady_clock::duration latest = std::chrono::minutes(5);    ///< … or after so long …
  std::chrono::steady_clock::duration soonest = std::chrono::seconds(10);  ///< … but no sooner than this
};

class Checkpoints {
 public:
  using Clock = std::chrono::steady_clock;

  /// @param folder  of the journal
  explicit Checkpoints(std::string folder, CheckpointPace pace = {});

  /// So many items more of the journal would have to be run again after a kill.
  void went_on(std::size_t items) { behind_ += items; }
  /// Whether one is to be made now, at this pace; but making them takes no more than a two-hundredth of the
  /// time. The first after a start need not wait: a desk that is killed again and again must not have more
  /// and more to run again.
  [[nodiscard]] bool due(Clock::time_point now) const;
  /// One was taken of the state, and it took so long.
  void taken(Clock::time_point now, Clock::duration took);
  /// Writes it, on a thread of its own; one at a time, and while one is being written another is passed over.
  /// What was handed over is written before the end.
  void write(Checkpoint checkpoint);

 private:
  CheckpointPace pace_;
  std::size_t behind_ = 0;
  Clock::time_point last_;
  Clock::duration took_{};
  Worker<Checkpoint> writer_;
};

/// The root of a record's first so many entries; an error where it has no so many.
using RootAt = std::function<Result<Hash>(std::uint64_t entries)>;

/// Takes up the newest checkpoint that is whole, of this program, of this world and of this very record.
/// @param where  the folder or database in which the journal lies
/// @param world  `hash_of` what the desk was given
/// @param room   goes on from it; is as it was where there is none
/// @param said   gets why one was passed over, a line each
/// @returns what it stands on; nothing where everything has to be made from the journal
std::optional<CheckpointBase> take_up_checkpoint(const std::string& where, const Hash& world,
                                                 const RootAt& root_at, JournaledRoom& room,
                                                 std::vector<std::string>& said);

}  // namespace varne
