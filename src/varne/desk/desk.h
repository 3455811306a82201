#pragma once
/// What the server shows: a live desk (live_desk.h) or a recorded day (player.h). Everything here is called
/// on the server's one thread.

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "varne/core/json.h"
#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/desk/feed_status.h"
#include "varne/desk/taken_report.h"
#include "varne/feed/report_kinds.h"
#include "varne/record/entry.h"
#include "varne/room/room.h"

namespace varne {

/// What a desk tells the server after something happened. Nothing in it is shown before it is durable.
struct DeskChange {
  std::set<std::string> tracks;  ///< touched or gone
  std::vector<Entry> entries;    ///< new ones, in order
  bool jumped = false;           ///< time went somewhere else: consoles start afresh
  bool play = false;             ///< playing, speed or place in the day was changed by somebody
};

/// What was asked of a replay.
struct PlayCommand {
  std::optional<bool> playing;
  std::optional<double> speed;  ///< times real time, 0.1 to 3600
  std::optional<Time> to;
};

/// Which entries somebody looks for, from the newest back.
struct EntryQuery {
  std::uint64_t before = 0;          ///< only those below this number; 0: from the last
  std::set<std::string> kinds = {};  ///< empty: of any
  std::vector<std::string> words =
      {};  ///< each stands somewhere in the entry, in any case of letters (ASCII)
  std::size_t most = 200;
  [[nodiscard]] bool fits(const Entry& entry) const;
};

/// What was found, in order of numbers.
struct FoundEntries {
  std::vector<Entry> entries;
  bool all = true;  ///< there are no more below
};

/// Pages of entries, as `Desk::entries`.
using ReadEntries = std::function<Result<std::vector<Entry>>(std::uint64_t first, std::size_t most)>;
/// Looks through pages from the newest back, on whatever thread.
/// @param last  number of the last entry there is
Result<FoundEntries> find_entries(const ReadEntries& read, std::uint64_t last, const EntryQuery& query);

class Desk {
 public:
  virtual ~Desk() = default;

  /// As shown now.
  [[nodiscard]] virtual const Room& room() const = 0;
  /// The first names of the state object: mode, title, now, playing …
  [[nodiscard]] virtual Json header() const = 0;
  /// Entries from number `first`, at most `most`, none beyond what is shown.
  [[nodiscard]] virtual Result<std::vector<Entry>> entries(std::uint64_t first, std::size_t most) const = 0;
  [[nodiscard]] virtual std::uint64_t last_entry() const = 0;
  /// `done` is called on the server's thread, now or when the record has been looked through: all that the
  /// room had said by then, as far as it can be kept.
  virtual void find(EntryQuery query, std::function<void(Result<FoundEntries>)> done);
  /// Why something is not as it should be, for the page and /api/health; "" where all is well.
  [[nodiscard]] virtual std::string trouble() const { return ""; }
  /// How each feed stands, in the order in which they were given; empty where nothing is listened to.
  [[nodiscard]] virtual std::vector<FeedStatus> feeds() const { return {}; }

  /// A report typed in. `done` gets the numbers of its entries once they are durable, or why it was refused.
  /// @param speaker  who types: the journal keeps it, and the room decides by it
  /// @param typed    as it came: what the journal keeps
  /// @param report   what whoever took it read in it: `parse_report(typed)`
  virtual void report(const Speaker& speaker, std::string typed, Report report,
                      std::function<void(Result<std::vector<std::uint64_t>>)> done) = 0;
  /// The report that was typed in under this id, also before the desk was started anew; null: none was.
  [[nodiscard]] virtual const TakenReport* taken(const std::string& id) const = 0;
  virtual Done play(const PlayCommand& command) = 0;

  /// Called after each change; set by the server.
  std::function<void(DeskChange)> changed;
};

}  // namespace varne
