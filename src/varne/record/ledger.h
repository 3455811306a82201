#pragma once
/// The ledger: append-only, chained by SHA-256, durable before it is acknowledged. h(0) is 32 zero bytes and
/// h(n) = SHA-256(h(n-1) || entry_line(n)), so one flipped byte, one dropped or swapped entry breaks every
/// later hash. Start here: a new store is one file in this folder.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "varne/core/hash.h"
#include "varne/core/result.h"
#include "varne/record/entry.h"

namespace varne {

/// Where a ledger stands.
struct LedgerHead {
  std::uint64_t size = 0;  ///< number of the last entry
  Hash hash{};             ///< its chain hash
};

/// Any thread may call; reading does not wait for an append to reach the disk.
class Ledger {
 public:
  virtual ~Ledger() = default;

  /// All or none, durable when it returns (one transaction, synced). Entries must follow on the head without
  /// a gap, and each must be one that `parse_entry` reads back. A full disk or a store that fails refuses;
  /// what was accepted before stays whole, and the ledger goes on with the same entries once there is room.
  virtual Done append(std::span<const Entry> entries) = 0;

  [[nodiscard]] virtual LedgerHead head() const = 0;

  /// Entries from number `first` (>= 1), at most `most`.
  [[nodiscard]] virtual Result<std::vector<Entry>> read(std::uint64_t first, std::size_t most) const = 0;
  /// The chain hash after entry `number`.
  [[nodiscard]] virtual Result<Hash> hash_at(std::uint64_t number) const = 0;

  /// A word kept with the ledger that is no entry (what day, what version): set once, then only confirmed.
  virtual Done label(const std::string& name, const std::string& value) = 0;
  [[nodiscard]] virtual Result<std::string> label(const std::string& name) const = 0;  ///< "" where not set
};

/// Opens or makes an SQLite ledger; docs/record.md has its format. Refuses a file that is no ledger, one of a
/// later format, one whose end was cut off, and one that somebody is writing ("… is in use by another
/// Varne"). The lock lies beside it in `<path>.lock` and holds as long as the ledger lives.
Result<std::unique_ptr<Ledger>> open_sqlite_ledger(const std::string& path);

/// A check stops at so many problems: more help nobody.
inline constexpr std::size_t most_verify_problems = 20;

/// What `varne verify` found. Empty `problems` means whole.
struct Verification {
  LedgerHead head;
  std::vector<Error> problems;  ///< each names the entry: "entry 1042: …"; at most `most_verify_problems`
  std::map<std::string, std::string> labels;
};

/// Checks a ledger read-only, entry by entry, without trusting anything the file says of itself; a ledger
/// that is being written is checked as it stands at this moment. Pages that cannot be read are passed over
/// and the entries on them named. An error only where the file is not there, is no ledger, or shows no
/// entries at all. `progress(done, all)` is called now and then; may be empty.
Result<Verification> verify_sqlite_ledger(
    const std::string& path, const std::function<void(std::uint64_t, std::uint64_t)>& progress = {});

/// Checks a record written out as lines (record.jsonl): every line an entry, numbers from 1 without a gap.
/// Lines carry no hashes; `head` is what the chain comes to, to be compared with the ledger's or with one
/// noted elsewhere. `progress` is called with the lines so far and 0.
Result<Verification> verify_record_lines(
    const std::string& path, const std::function<void(std::uint64_t, std::uint64_t)>& progress = {});

/// Many callers, few syncs: appends that wait together go into one transaction. Thread-safe. Order is the
/// order of arrival. Its end waits until everything queued is durable or refused.
class GroupCommit {
 public:
  explicit GroupCommit(Ledger& ledger);
  GroupCommit(const GroupCommit&) = delete;
  GroupCommit& operator=(const GroupCommit&) = delete;
  ~GroupCommit();

  /// Queues entries; `done` is called from the writer's thread once they are durable or refused. After a
  /// refusal every later append is refused too, and stays so until a new GroupCommit is made: no gap may
  /// form. `done` may queue more, but must not `flush`.
  /// @param before  called first, from the writer's thread too: what has to be durable before these entries
  /// are (the
  ///                journal); its refusal refuses them. May be empty.
  void append(std::vector<Entry> entries, std::function<void(Done)> done, std::function<Done()> before = {});
  /// Waits until everything queued before this call is durable; the first refusal there ever was, if any.
  Done flush();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace varne
