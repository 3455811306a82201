#pragma once
/// The journal: every byte the feeds sent, as received, with its arrival time, in hourly zstd segments. With
/// the record it rebuilds a desk. A segment is `YYYY-MM-DDTHH.journal.zst`; its hash goes into the record
/// when it closes.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "varne/core/hash.h"
#include "varne/core/result.h"
#include "varne/core/time.h"

namespace varne {

/// One thing that came in, in the order the room took it.
struct JournalItem {
  Time arrival;
  std::string feed;   ///< "ais", "reports", "answer" (a forecast came back), …
  std::string bytes;  ///< one line as received, without its end

  friend bool operator==(const JournalItem&, const JournalItem&) = default;
};

/// A segment that is complete.
struct ClosedSegment {
  std::string file;  ///< name within the journal's folder
  Hash hash{};       ///< of the file's bytes
  std::uint64_t items = 0;
};

class Journal {
 public:
  /// Opens or makes the folder. A segment left open by a killed process is read to its last whole item and
  /// goes on in a new part, so nothing synced is lost.
  static Result<Journal> open(const std::string& folder);
  Journal(Journal&&) noexcept;
  Journal& operator=(Journal&&) noexcept;
  ~Journal();

  /// Arrivals do not go back. Buffered until `sync`; gives the segments that this arrival closed (a new
  /// hour).
  Result<std::vector<ClosedSegment>> append(const JournalItem& item);
  /// Durable when it returns.
  Done sync();
  /// Ends the open segment.
  Result<std::vector<ClosedSegment>> close();

 private:
  friend Done read_journal(const std::string& folder, const std::function<Done(const JournalItem&)>& item);
  struct State;
  explicit Journal(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Reads a folder's items in order of arrival. A segment cut off at its end (a killed process) gives what is
/// whole; damage inside is an error that names the segment.
Done read_journal(const std::string& folder, const std::function<Done(const JournalItem&)>& item);

}  // namespace varne
