#pragma once
/// The ledger: append-only, durable before it is acknowledged, and the leaves of a Merkle tree (merkle.h)
/// whose root stands for every byte of every entry. A desk signs that root as it goes (signed_head.h). Start
/// here: a new store is one file in this folder (store.h).

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "varne/core/hash.h"
#include "varne/core/result.h"
#include "varne/record/entry.h"
#include "varne/record/signed_head.h"

namespace varne {

class JournalWriter;

/// So many entries at the most lie behind the last signed head, but for one append that brings more.
inline constexpr std::uint64_t default_sign_every = 1000;

/// Where a ledger stands.
struct LedgerHead {
  std::uint64_t size = 0;  ///< number of the last entry
  Hash hash{};             ///< root of the tree of all entries' lines
  auto members() { return std::tie(size, hash); }
};

/// A head as people note it, "1042:" and 64 lower-case hexadecimal digits.
std::string noted_text(const LedgerHead& head);
Result<LedgerHead> parse_noted(std::string_view text);

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
  /// The root of the tree of the first `size` entries.
  [[nodiscard]] virtual Result<Hash> root_at(std::uint64_t size) const = 0;

  /// Signs where the record stands now, unless the last signed head says just that; durable when it returns.
  virtual Result<SignedHead> sign() = 0;
  /// RFC 9162's proof that the tree of the first `second` entries goes on from that of the first `first`
  /// (1 <= first <= second). Refuses a size that the record does not have.
  [[nodiscard]] virtual Result<std::vector<Hash>> continuation(std::uint64_t first,
                                                               std::uint64_t second) const = 0;

  /// A word kept with the ledger that is no entry (what day, what version): set once, then only confirmed.
  virtual Done label(const std::string& name, const std::string& value) = 0;
  [[nodiscard]] virtual Result<std::string> label(const std::string& name) const = 0;  ///< "" where not set

  /// Where this record's database keeps a journal and checkpoints as well; null for a file. The ledger's.
  [[nodiscard]] virtual JournalWriter* journal() = 0;
  /// Says that this desk lives, to a standby that waits to take over (`turn_is_free`).
  virtual Done alive() = 0;
  /// A standby has gone on with the record: nothing is written here any more.
  [[nodiscard]] virtual bool taken_over() const = 0;

  /// From now on a new key signs; the old one vouches for it and is not needed any more.
  virtual Done change_key() = 0;
};

/// How a ledger is kept.
struct LedgerOptions {
  /// Folder of the keys that sign; "" for the one beside the record: `<path>.keys`, and for a database
  /// `<its name>.keys` where Varne runs.
  std::string keys = {};
  /// A head is signed with an append when so many entries or so much time lie behind the last signed one, and
  /// when the ledger is closed.
  std::uint64_t sign_every = default_sign_every;
  std::chrono::milliseconds sign_within{1000};
};

/// Whether a record's name is the address of a database, `postgresql://…`, and no file.
bool is_database(std::string_view where);

/// A record's name as it may be shown and logged: of a database without who logs in, without a password, and
/// without parameters, among which one may stand.
std::string shown_record(const std::string& where);

/// Opens or makes a ledger: an SQLite file, or a database at `postgresql://…`; docs/record.md has the
/// formats. Refuses a file that is no ledger, one of another format, one whose end was cut off, one that
/// somebody is writing ("… is in use by another Varne"), and one whose signing key is lost or open to others.
/// The lock of a file lies beside it in `<path>.lock` and holds as long as the ledger lives.
Result<std::unique_ptr<Ledger>> open_ledger(const std::string& where, const LedgerOptions& options = {});

/// Whether the record in this database can be gone on with: nobody writes it, or its writer has shown no life
/// for so long, and is then cut off. Whoever opens it next has the turn, and no earlier writer any more.
Result<bool> turn_is_free(const std::string& url, std::chrono::milliseconds silent);

/// A check stops at so many problems: more help nobody.
inline constexpr std::size_t most_verify_problems = 20;

/// What `varne verify` found. Empty `problems` means whole.
struct Verification {
  LedgerHead head;
  std::optional<SignedHead> signed_head;  ///< the last that is sound
  std::vector<PublicKey> keys;            ///< all that ever signed, in order
  std::vector<Error> problems;  ///< each names the entry: "entry 1042: …"; at most `most_verify_problems`
  std::map<std::string, std::string> labels;
  std::map<std::string, std::string> segments;  ///< hashes of closed journal segments, by their entries
};

/// What somebody outside noted of a record, to hold it against.
struct Noted {
  std::optional<PublicKey> key;    ///< one of those that signed it
  std::optional<LedgerHead> head;  ///< a root that it came to
};

using VerifyProgress = std::function<void(std::uint64_t done, std::uint64_t all)>;

/// Checks a ledger read-only, entry by entry, without trusting anything it says of itself; a ledger that is
/// being written is checked as it stands at this moment. Pages that cannot be read are passed over and the
/// entries on them named. An error only where it is not there, is no ledger, or shows no entries at all.
/// `progress` is called now and then; may be empty.
Result<Verification> verify_ledger(const std::string& where, const Noted& noted = {},
                                   const VerifyProgress& progress = {});

/// Checks a record written out as lines (record.jsonl): every line an entry, numbers from 1 without a gap.
/// Lines carry no hashes; `head` is what the tree comes to, to be compared with the ledger's or with one
/// noted elsewhere. `progress` is called with the lines so far and 0.
Result<Verification> verify_record_lines(const std::string& path, const Noted& noted = {},
                                         const VerifyProgress& progress = {});

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
