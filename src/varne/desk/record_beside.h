#pragma once
/// The record, held beside what its journal gives when it is run again.

#include <cstdint>
#include <functional>
#include <vector>

#include "varne/record/ledger.h"

namespace varne {

class RecordBeside {
 public:
  using Read = std::function<Result<std::vector<Entry>>(std::uint64_t first, std::size_t most)>;
  /// @param had   entries in the record
  /// @param read  some of them
  RecordBeside(std::uint64_t had, Read read) : read_(std::move(read)), had_(had) {}
  /// @param ledger  outlives this object
  explicit RecordBeside(const Ledger& ledger)
      : RecordBeside(ledger.head().size,
                     [&](std::uint64_t first, std::size_t most) { return ledger.read(first, most); }) {}

  /// Refuses a journal whose first item did not make the record's first entry: the two do not belong
  /// together.
  [[nodiscard]] Done begins_at(Time first_arrival) const;
  /// The next entries that the journal gives. An error only where the record cannot be read.
  Done compare(const std::vector<Entry>& given);

  /// Called with the number of each entry that comes out otherwise; may be empty.
  std::function<void(std::uint64_t)> differs = {};

  [[nodiscard]] std::uint64_t had() const { return had_; }
  [[nodiscard]] std::uint64_t differing() const { return differing_; }
  [[nodiscard]] std::uint64_t first_differing() const { return first_differing_; }
  /// Entries behind the record's end, for the record.
  [[nodiscard]] std::vector<Entry> take_fresh() { return std::move(fresh_); }

 private:
  Read read_;
  std::uint64_t had_;
  std::vector<Entry> page_;  ///< of the record
  std::vector<Entry> fresh_;
  std::uint64_t differing_ = 0;
  std::uint64_t first_differing_ = 0;
};

}  // namespace varne
