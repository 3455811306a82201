#pragma once
/// Drives a room through a day: each request for slow work is answered before the next event, so the entries
/// do not depend on speed, threads or where an earlier run was cut off.

#include <functional>
#include <optional>
#include <string>

#include "varne/desk/day.h"
#include "varne/record/ledger.h"
#include "varne/room/answer.h"

namespace varne {

struct ReplayOptions {
  double speed = 0;  ///< times real time; 0: as fast as it goes
  Ledger* ledger =
      nullptr;  ///< entries go there, durable batch by batch; a cut replay resumes where it ended
  /// Nothing that arrives later than this is applied: the room stands as it could be known then, and its
  /// entries are the first of the whole day's.
  std::optional<Time> until = {};
  std::function<void(const Entry&)> entry = {};  ///< called for every entry in order
  /// Called after each event was applied, answers to forecasts among them.
  std::function<void(const Event&, const Room&)> after = {};
  std::function<void(Time, double)> progress = {};  ///< (now, share done)
  std::function<void(const Error&)> refused = {};   ///< a line that could not be taken
};

struct ReplaySummary {
  std::uint64_t events = 0;
  std::uint64_t observations = 0;
  std::uint64_t refused = 0;
  std::uint64_t entries = 0;
  std::uint64_t resumed_at =
      0;        ///< entries the ledger had already; each was compared with what came out again
  Hash head{};  ///< root of the tree of all entries
};

/// The room as it stands at the end comes back through `room` where it is not null.
/// Refuses a ledger of another day, or one whose entries differ from what this day gives ("entry 17 differs
/// …").
Result<ReplaySummary> replay(const Day& day, const ReplayOptions& options,
                             std::unique_ptr<Room>* room = nullptr);

}  // namespace varne
