#pragma once
/// What every check of a record does, whatever store it lies in: its keys, signed heads and labels first,
/// then its entries, many at a time.

#include <deque>
#include <future>
#include <map>
#include <vector>

#include "varne/record/store.h"
#include "varne/record/tree_check.h"

namespace varne {

class RecordCheck {
 public:
  RecordCheck(const Noted& noted, const VerifyProgress& progress) : noted_(noted), progress_(progress) {}

  /// Before the entries. What cannot be read is left empty, and reported by whoever could not read it.
  void begin(const std::optional<LedgerHead>& said, const std::vector<KeyChange>& keys,
             const std::vector<SignedHead>& heads, const std::vector<Label>& labels);

  /// An entry and the hash kept with it, in order of number, which is at least `expected`.
  void take(Entry entry, const Hash& kept);
  /// Entries up to this one are there but cannot be read.
  void unreadable(std::uint64_t last);
  [[nodiscard]] std::uint64_t expected() const { return next_; }
  [[nodiscard]] bool enough() const { return tree_.enough(); }
  [[nodiscard]] bool has_problems() const { return tree_.has_problems(); }
  void report(std::string where, std::string what) { tree_.report(std::move(where), std::move(what)); }

  /// All entries were taken: judges those that are still on their way, and where the record ends.
  void end();
  Verification result() &&;

 private:
  struct Row {
    Entry entry;
    Hash kept{};
    Hash leaf{};
    Done fit;
  };
  using Rows = std::vector<Row>;
  void check_keys(const std::vector<KeyChange>& keys, const std::vector<SignedHead>& heads);
  void check_heads(const std::vector<KeyChange>& keys, const std::vector<SignedHead>& heads,
                   const std::vector<Label>& labels);
  void check_labels(const std::vector<Label>& labels);
  void check_noted();
  void take_segment(const Entry& entry);
  void send();
  void receive();

  const Noted& noted_;
  const VerifyProgress& progress_;
  TreeCheck tree_;
  std::vector<ExpectedHead> expected_;
  std::uint64_t said_ = 0;  ///< so many entries there must be
  bool has_said_ = false;
  std::uint64_t signed_ = 0;  ///< so many of them a head was signed for
  Verification out_;

  Rows gathered_;
  std::deque<std::future<Rows>> on_their_way_;
  std::uint64_t next_ = 1;
};

}  // namespace varne
