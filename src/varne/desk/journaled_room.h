#pragma once
/// A room driven by the items of a journal. The live desk takes every item through this door as it writes it,
/// and a desk that starts again takes the same items through it: nothing a live desk shows can differ from
/// what its journal gives.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "varne/desk/desk.h"
#include "varne/desk/journal_items.h"
#include "varne/feed/reader.h"
#include "varne/feed/source_clocks.h"
#include "varne/record/journal.h"
#include "varne/room/room.h"

namespace varne {

/// What became of a feed's line.
struct LineTaken {
  std::optional<Error> refused = {};  ///< why it could not be read
  bool told = true;                   ///< it said something, or a part of it: not of another kind
  Unused unused = {};                 ///< of its feed so far
};

class JournaledRoom {
 public:
  explicit JournaledRoom(std::shared_ptr<const World> world);

  /// Applies one item; what comes of it is added to `change`. Refuses what cannot stand in a journal: it is
  /// damaged, or of a version that knows more.
  /// @param taken  gets what became of it where it is a feed's line
  Done take(const JournalItem& item, DeskChange& change, LineTaken* taken = nullptr);

  /// Takes a report that was typed in and that its taker has read.
  /// @param spoken  of the item, which is one of the typed feed or of the spoken one
  /// @param report  `parse_report(spoken.typed)`
  void take_typed(Time arrival, const Spoken& spoken, Report report, DeskChange& change);

  /// Called where what this version makes of the journal is not what was said then, in words; may be empty.
  std::function<void(std::string)> differs = {};
  [[nodiscard]] std::uint64_t differences() const { return differences_; }
  /// Makes every answer again and says where it comes out otherwise; what was known then stands all the same.
  void make_answers_again() { make_again_ = true; }

  /// Everything it remembers, as bytes for a checkpoint: good for this very program.
  [[nodiscard]] std::string state() const;
  /// Goes on from `state`'s bytes, in the same world. False where they are not such: it is then as new.
  [[nodiscard]] bool restore(std::string_view state);

  [[nodiscard]] const Room& room() const { return room_; }
  /// How far the clocks of this feed's stations are off at most, positive ahead; nothing where none is.
  [[nodiscard]] std::optional<Duration> clock_off(std::string_view feed) const;
  [[nodiscard]] Time last_arrival() const { return last_arrival_; }
  /// The report that was typed in under this id; null: none was.
  [[nodiscard]] const TakenReport* taken(const std::string& id) const {
    const auto at = typed_.find(id);
    return at == typed_.end() ? nullptr : &at->second;
  }
  /// Names of the closed segments that the room was told of.
  [[nodiscard]] const std::set<std::string>& told_segments() const { return told_segments_; }
  /// The program that went on last with this journal; "" where none said so.
  [[nodiscard]] const std::string& program() const { return program_; }
  /// The record holds so many entries, whatever this version makes of the journal: the next is numbered on.
  void number_on_from(std::uint64_t last) { room_.number_on_from(last); }

 private:
  void apply(Event&& event, DeskChange& change);
  void give_due(Time now, DeskChange& change);
  void give(const Speaker& speaker, Time arrival, std::vector<Observation>& observations, DeskChange& change);
  Done answer(const JournalItem& item, DeskChange& change);
  Done line(const JournalItem& item, DeskChange& change, LineTaken* taken);
  void count_on(std::string_view entries);
  void differ(std::string what);
  FeedReader* reader_of(const std::string& feed);

  std::shared_ptr<const World> world_;
  Room room_;
  std::map<std::string, std::unique_ptr<FeedReader>> readers_;
  SourceClocks clocks_;
  std::map<std::string, TakenReport> typed_;  ///< by the report's id
  std::set<std::string> told_segments_;
  std::string program_;
  Time last_arrival_;
  std::uint64_t differences_ = 0;
  bool make_again_ = false;
  mutable std::size_t state_size_ = 0;  ///< the next may take about this much: it is made while others wait
};

}  // namespace varne
