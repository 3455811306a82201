#pragma once
/// The journal: every byte the feeds sent, as received, with its arrival time, in hourly zstd segments. With
/// the record it rebuilds a desk. A segment is `YYYY-MM-DDTHH.journal.zst`; what a restart adds within the
/// same hour goes into parts of their own, `YYYY-MM-DDTHH.2.journal.zst` and on, so that a segment once
/// closed never changes. Its hash goes into the record when it closes.

#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "varne/core/hash.h"
#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/record/journal_place.h"
#include "varne/record/ledger.h"

namespace varne {

/// One thing that came in, in the order the room took it.
struct JournalItem {
  Time arrival;
  std::string feed;   ///< "ais", "reports", "answer" (a forecast came back), …; at most 255 bytes
  std::string bytes;  ///< one line as received, without its end; any bytes, at most 16 MiB

  friend bool operator==(const JournalItem&, const JournalItem&) = default;
};

/// The kind of the entries that hold what a closed segment was: `file`, `hash`.
inline constexpr const char* segment_kind = "segment";

/// A segment that is complete.
struct ClosedSegment {
  std::string file;  ///< name within the journal's folder
  Hash hash{};       ///< of the file's bytes
  std::uint64_t items = 0;
};

/// A place in a journal: after so many items of this segment.
struct JournalPosition {
  std::string segment;      ///< file name; "" for the beginning of everything
  std::uint64_t items = 0;  ///< `every_item`: after the whole segment

  friend bool operator==(const JournalPosition&, const JournalPosition&) = default;
};
inline constexpr std::uint64_t every_item = std::numeric_limits<std::uint64_t>::max();

/// Used by one thread at a time.
class Journal {
 public:
  /// Opens or makes the folder. A segment left open by a killed process is cut back to what was synced,
  /// closed, and handed out by the next `append` or `close`; the journal goes on in a new part. No segment is
  /// ever empty: it is made with the first items that reach the disk. Refuses a
  /// folder that another process writes. A damaged segment is left as it is for `read_journal` to name.
  static Result<Journal> open(const std::string& folder);
  /// The same in the database of a record (`Ledger::journal`), which outlives this object.
  static Result<Journal> open(JournalWriter& writer);
  Journal(Journal&&) noexcept;
  Journal& operator=(Journal&&) noexcept;
  ~Journal();  ///< syncs, but closes no segment

  /// Buffered until `sync`; gives the segments that this arrival closed (a new hour). An arrival before the
  /// newest hour stays in the newest segment: the order of the items is the order of the calls.
  Result<std::vector<ClosedSegment>> append(const JournalItem& item);
  /// Durable when it returns. On a full disk it refuses and keeps what is buffered for the next call; at
  /// 64 MiB waiting, `append` refuses as well.
  Done sync();
  /// Behind the last item that was appended. Durable once `sync` has returned.
  [[nodiscard]] JournalPosition position() const;
  /// Ends the open segment.
  Result<std::vector<ClosedSegment>> close();

 private:
  struct State;
  explicit Journal(std::unique_ptr<State> state);
  static Result<Journal> open(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Reads the items of a folder or a database in order. The newest segment may be cut off at its end (a killed
/// process) and gives what is whole; any other damage is an error that names the segment, after what stands
/// before it was given.
Done read_journal(const std::string& where, const std::function<Done(const JournalItem&)>& item);

/// The same from a place on; segments before it are not looked at. Refuses a place that is not there.
Done read_journal(const std::string& where, const JournalPosition& from,
                  const std::function<Done(const JournalItem&)>& item);

/// Reads a journal, and reads on in one that is being written.
class JournalReader {
 public:
  /// @param where  folder or address of a database
  explicit JournalReader(const std::string& where, const JournalPosition& from = {});
  JournalReader(JournalReader&&) noexcept;
  JournalReader& operator=(JournalReader&&) noexcept;
  ~JournalReader();

  /// What has come since the last call, whole frames only. Refuses as `read_journal` does, and is of no more
  /// use then.
  Done read_on(const std::function<Done(const JournalItem&)>& item);
  /// Behind the last item that was given.
  [[nodiscard]] JournalPosition position() const;

 private:
  std::unique_ptr<JournalPlace> place_;
  JournalPosition from_;
  SegmentName segment_;      ///< hour "" before the first
  std::uint64_t at_ = 0;     ///< bytes of it that were read
  std::uint64_t items_ = 0;  ///< items in these
};

/// Segments but the newest, hashed, without those of these names: what nobody has been told of.
Result<std::vector<ClosedSegment>> closed_segments(const std::string& where,
                                                   const std::set<std::string>& told);

/// Keeps the hashes of closed segments with the record, each as a label "journal/<file>": at once, while its
/// entry goes the way of all entries.
Done label_segments(Ledger& ledger, std::span<const ClosedSegment> segments);

/// What a check of a journal against its record found.
struct JournalVerification {
  std::uint64_t segments = 0;
  std::uint64_t items = 0;
  std::vector<Error> problems;  ///< each names the segment
};

/// Reads every segment, and compares it with the record's entries and labels: a segment that the record knows
/// must be there and have its hash; one that it does not know may only be the newest.
Result<JournalVerification> verify_journal(const std::string& where, const Verification& record);

}  // namespace varne
