#pragma once
/// Judges entries one after another by the hashes kept with them, and by roots that somebody answers for.
/// Knows nothing of where they come from.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "varne/core/hash.h"
#include "varne/core/result.h"
#include "varne/record/entry.h"
#include "varne/record/ledger.h"

namespace varne {

/// What the first `size` entries must come to, and who says so: "the head signed at entry 20".
struct ExpectedHead {
  LedgerHead head;
  std::string who;
};

/// Each entry is judged against the hashes that are *kept* with the few before it that its own stands on
/// (merkle.h), so that one change does not make every later entry look changed. Where two readings of the
/// evidence are left, the message says both.
class TreeCheck {
 public:
  /// All roots to come, smallest size first; before the first entry.
  void expect(std::vector<ExpectedHead> heads);
  /// The next entry, the hash of its line, whether it may stand in a record, and the hash kept with it. In
  /// order of number; what is skipped is missing.
  void take(const Entry& entry, const Hash& leaf, const Done& fit, const Hash& kept);
  /// Entries up to this one are there but cannot be read.
  void unreadable(std::uint64_t last);
  /// Nothing comes any more; so many there were.
  void finish(std::uint64_t said);

  void report(std::string where, std::string what);
  [[nodiscard]] bool enough() const { return problems_.size() >= most_verify_problems; }
  [[nodiscard]] bool has_problems() const { return !problems_.empty(); }
  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// The root of the tree over the hashes as they are kept; of no use where some are lost.
  [[nodiscard]] Hash root() const;
  std::vector<Error> problems() && { return std::move(problems_); }

 private:
  /// A whole subtree that waits for the entries beside it.
  struct Peak {
    std::uint64_t number = 0;           ///< of the entry that completes it
    Hash kept{};                        ///< with that entry
    std::optional<Hash> by_words = {};  ///< what its words come to, where that is something else
    std::size_t problem = 0;            ///< that was reported then
    bool lost = false;                  ///< that entry is not there
    bool vouched = false;               ///< a root that stands on it was looked at
    bool blamed = false;                ///< and that root did not fit
  };
  /// An entry that does not fit; it may yet turn out to be another's.
  struct Suspect {
    Entry entry;
    Hash kept;
    std::vector<Peak> under;
    std::size_t problem;
  };
  std::vector<Peak> take_peaks(std::uint64_t number);
  void lose(std::uint64_t last);
  bool hashes_changed(std::vector<Peak*> doubtful, const std::function<bool()>& fits);
  Hash suspect(const Entry& entry, const Hash& kept, const std::vector<Peak>& under);
  void reach(const ExpectedHead& said);

  std::vector<Error> problems_;
  std::vector<Suspect> suspects_;
  std::vector<Peak> peaks_;
  std::vector<ExpectedHead> expected_;
  std::size_t next_ = 0;  ///< of the heads
  std::uint64_t size_ = 0;
};

}  // namespace varne
