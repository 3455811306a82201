#pragma once
/// Where a journal lies, with the checkpoints made along it: a folder, or the database that holds the record.
/// What the bytes mean is for journal.h and checkpoint.h. A new place is one file in this folder.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "varne/core/result.h"
#include "varne/core/time.h"

namespace varne {

/// Which segment of a journal: the hour, and the part of it from 1.
struct SegmentName {
  std::string hour;  ///< "2021-11-11T05"
  unsigned part = 1;

  friend auto operator<=>(const SegmentName&, const SegmentName&) = default;
};
SegmentName segment_of(Time arrival);
/// "2021-11-11T05.journal.zst"
std::string file_name(const SegmentName& segment);
/// Nothing for a name that is no segment's.
std::optional<SegmentName> parse_segment_name(std::string_view name);

/// What is read of a place. Any thread may call.
class JournalPlace {
 public:
  virtual ~JournalPlace() = default;
  /// Its path or address, as messages name it; never with a password.
  [[nodiscard]] virtual std::string name() const = 0;
  [[nodiscard]] std::string name_of(const SegmentName& segment) const {
    return name() + "/" + file_name(segment);
  }

  /// In order, from this one on; other files are none of its business.
  [[nodiscard]] virtual Result<std::vector<SegmentName>> segments(const SegmentName& from = {}) const = 0;
  /// The bytes from `at` on, which is the end of a frame or 0.
  [[nodiscard]] virtual Result<std::string> read(const SegmentName& segment, std::uint64_t at = 0) const = 0;

  /// Numbers, newest first; what a killed process left half written is none.
  [[nodiscard]] virtual std::vector<std::uint64_t> checkpoints() const = 0;
  [[nodiscard]] virtual Result<std::string> checkpoint(std::uint64_t number) const = 0;
  [[nodiscard]] virtual std::string name_of(std::uint64_t checkpoint) const = 0;
  /// Keeps one, whole and durable when it returns or not there at all, and lets those of `let_go` go. Of one
  /// thread at a time.
  virtual Done keep_checkpoint(std::uint64_t number, std::string_view bytes,
                               const std::vector<std::uint64_t>& let_go) = 0;
};

/// A place that is written; nobody else writes it as long as this is there. Used by one thread at a time.
class JournalWriter {
 public:
  virtual ~JournalWriter() = default;
  [[nodiscard]] virtual const JournalPlace& place() const = 0;
  /// Adds to a segment of `at` bytes, durable when it returns. A segment is made with its first bytes, so
  /// that none is empty. Where it is refused the segment has `at` bytes, or has them once this is called
  /// again.
  virtual Done add(const SegmentName& segment, std::uint64_t at, std::string_view bytes) = 0;
  /// Cuts a segment back to so many bytes; with 0 it goes.
  virtual Done cut(const SegmentName& segment, std::uint64_t size) = 0;
};

/// A folder, or the address of a database.
std::unique_ptr<JournalPlace> journal_place(const std::string& where);
std::unique_ptr<JournalPlace> journal_folder(const std::string& folder);
std::unique_ptr<JournalPlace> postgres_journal_place(const std::string& url);

/// Opens or makes a folder, and refuses one that another process writes.
Result<std::unique_ptr<JournalWriter>> write_journal_folder(const std::string& folder);

class PostgresTurn;
/// The journal in the database whose writer's turn this is.
std::unique_ptr<JournalWriter> postgres_journal(std::shared_ptr<PostgresTurn> turn, const std::string& url);

}  // namespace varne
