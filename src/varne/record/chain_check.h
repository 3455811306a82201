#pragma once
/// Judges entries one after another by the hashes kept with them. Knows nothing of where they come from.

#include <cstdint>
#include <optional>
#include <vector>

#include "varne/core/hash.h"
#include "varne/core/result.h"
#include "varne/record/entry.h"
#include "varne/record/ledger.h"

namespace varne {

/// Each entry is judged against the hash that is *kept* with the one before it, so that one change does not
/// make every later entry look changed. Where two readings of the evidence are left, the message says both.
class ChainCheck {
 public:
  /// The next entry and the hash kept with it, in order of number; what is skipped is missing.
  void take(const Entry& entry, const Hash& kept);
  /// Entries up to this one are there but cannot be read.
  void unreadable(std::uint64_t last);
  /// Nothing comes any more; the ledger itself says that it ended here.
  void finish(const LedgerHead& said);

  void report(std::string where, std::string what);
  [[nodiscard]] bool enough() const { return problems_.size() >= most_verify_problems; }
  [[nodiscard]] bool has_problems() const { return !problems_.empty(); }
  [[nodiscard]] std::uint64_t expected() const { return head_.size + 1; }
  [[nodiscard]] const LedgerHead& head() const { return head_; }
  std::vector<Error> problems() && { return std::move(problems_); }

 private:
  /// An entry that does not fit; its hash may yet turn out to be another's.
  struct Suspect {
    Hash kept;
    std::size_t problem;
  };
  bool excused(std::string_view line, const Hash& kept);

  std::vector<Error> problems_;
  std::vector<Suspect> suspects_;
  LedgerHead head_;
  std::optional<Hash> by_words_;  ///< the last entry does not fit: the hash its words would have
  bool lost_ = false;             ///< the entry before this one is not there
};

}  // namespace varne
