#pragma once
/// A desk that waits. It follows what the desk that writes puts into their database, and when that one ends,
/// dies or falls silent a live desk goes on from here at once. That two never write is the database's to see
/// to: whoever goes on takes the next turn, and an earlier one commits nothing any more.

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "varne/desk/journaled_room.h"
#include "varne/record/journal.h"
#include "varne/record/store.h"

namespace varne {

/// What a standby has made of the journal.
struct Followed {
  JournaledRoom room;
  JournalPosition position;    ///< behind the last item it took
  std::uint64_t items = 0;     ///< taken
  std::vector<Entry> entries;  ///< that these gave and the record did not have yet
};

class Standby {
 public:
  /// @param record  address of the database, which holds the journal too
  /// @param silent  so long the writer may show no life
  Standby(std::shared_ptr<const World> world, std::string record,
          std::chrono::milliseconds silent = std::chrono::seconds(4));

  /// Takes what was written since it was last asked. An error where the database cannot be reached, which may
  /// pass: the next call goes on. One where it holds no journal does not.
  Done follow();
  /// Whether a live desk may go on now: nobody writes, or whoever does has fallen silent and was cut off.
  Result<bool> may_go_on() const { return turn_is_free(record_, silent_); }
  /// What it has, for the live desk that goes on; this one is as new then.
  Followed hand_over();

  [[nodiscard]] std::uint64_t items() const { return items_; }
  /// What is to be said of how it follows, a line each; taken out.
  std::vector<std::string> take_said() { return std::exchange(said_, {}); }

 private:
  void begin();
  Done compare(std::uint64_t in_record);

  std::shared_ptr<const World> world_;
  std::string record_;
  std::chrono::milliseconds silent_;
  std::unique_ptr<StoreReader> store_;
  std::optional<JournalReader> journal_;
  std::unique_ptr<JournaledRoom> room_;
  std::uint64_t items_ = 0;
  std::vector<Entry> entries_;
  bool differs_ = false;
  std::vector<std::string> said_;
};

}  // namespace varne
