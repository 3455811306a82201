#include "varne/record/record_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <thread>

#include "varne/core/text.h"
#include "varne/record/journal.h"

namespace varne {
namespace {

/// Entries are hashed and looked through by other threads, so many at a time; then judged in order.
constexpr std::size_t rows_at_a_time = 2048;

std::string the_head(const SignedHead& head) {
  return fmt::format("the head signed at entry {}", head.size);
}

}  // namespace

void RecordCheck::begin(const std::optional<LedgerHead>& said, const std::vector<KeyChange>& keys,
                        const std::vector<SignedHead>& heads, const std::vector<Label>& labels) {
  has_said_ = said.has_value();
  check_labels(labels);
  check_keys(keys, heads);
  check_heads(keys, heads, labels);
  check_noted();
  if (said) {
    expected_.push_back({*said, "the head kept with the record"});
    said_ = std::max(said_, said->size);
  }
  std::stable_sort(expected_.begin(), expected_.end(),
                   [](const ExpectedHead& a, const ExpectedHead& b) { return a.head.size < b.head.size; });
  tree_.expect(std::move(expected_));
}

void RecordCheck::check_labels(const std::vector<Label>& labels) {
  std::uint64_t expected = 1;
  for (const Label& label : labels) {
    if (label.number != expected)
      report(fmt::format("label {}", expected), "missing, or another was put before it");
    expected = label.number + 1;
    if (label.hash != label_hash(label.name, label.value))
      report(fmt::format("label {}", shown(label.name)), "was changed since it was set");
    out_.labels.emplace(label.name, label.value);
  }
}

void RecordCheck::check_keys(const std::vector<KeyChange>& keys, const std::vector<SignedHead>& heads) {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const KeyChange& change = keys[i];
    const auto where = fmt::format("key {}", i + 1);
    const PublicKey& voucher = i == 0 ? change.key : keys[i - 1].key;
    if (change.number != i + 1) {
      report(where, "missing, or another was put before it");
    } else if (change.by != voucher || !signed_by(voucher, key_text(change), change.signature)) {
      report(where, i == 0
                        ? "was changed since it was made"
                        : fmt::format("is not vouched for by key {}: it was put there by somebody else, or "
                                      "changed",
                                      i));
    } else if (change.heads > heads.size() || (i > 0 && change.heads < keys[i - 1].heads)) {
      report(where, "signed heads before it are missing");
    }
    out_.keys.push_back(change.key);
  }
}

void RecordCheck::check_heads(const std::vector<KeyChange>& keys, const std::vector<SignedHead>& heads,
                              const std::vector<Label>& labels) {
  std::size_t key = 0;
  MerkleTree of_labels;
  SignedHead before;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    const SignedHead& head = heads[i];
    const auto where = fmt::format("signed head {}", i + 1);
    while (key + 1 < keys.size() && keys[key + 1].heads <= i) ++key;
    if (head.number != i + 1) {
      report(where, "missing, or another was put before it");
      return;
    }
    if (keys.empty() || head.key != keys[key].key) {
      report(where, "is signed by a key that did not sign this record then");
    } else if (!signed_by(head.key, head_text(head), head.signature)) {
      report(where, "was changed since it was signed");
    } else if (head.size < before.size || head.labels < before.labels) {
      report(where, "stands for less than the one before it");
    } else if (head.labels > labels.size()) {
      report("labels", fmt::format("{} of {} missing", head.labels - labels.size(), head.labels));
    } else {
      while (of_labels.size() < head.labels) of_labels.add(labels[of_labels.size()].hash);
      if (of_labels.root() != head.labels_root)
        report("labels",
               fmt::format("one was replaced together with its hash: {} does not fit", the_head(head)));
      expected_.push_back({{head.size, head.root}, the_head(head)});
      out_.signed_head = head;
      said_ = std::max(said_, head.size);
      signed_ = head.size;
    }
    before = head;
    if (enough()) return;
  }
}

void RecordCheck::check_noted() {
  if (noted_.key && std::find(out_.keys.begin(), out_.keys.end(), *noted_.key) == out_.keys.end())
    report("keys",
           fmt::format("the key {} that was noted elsewhere never signed this record", hex(*noted_.key)));
  if (!noted_.head) return;
  expected_.push_back({*noted_.head, "the head noted elsewhere"});
  said_ = std::max(said_, noted_.head->size);
}

void RecordCheck::take(Entry entry, const Hash& kept) {
  next_ = entry.number + 1;
  gathered_.push_back({std::move(entry), kept, {}, {}});
  if (gathered_.size() >= rows_at_a_time) send();
}

void RecordCheck::send() {
  if (gathered_.empty()) return;
  on_their_way_.push_back(std::async(std::launch::async, [rows = std::exchange(gathered_, {})]() mutable {
    for (Row& row : rows) {
      row.leaf = leaf_hash(entry_line(row.entry));
      row.fit = check_entry(row.entry);
    }
    return std::move(rows);
  }));
  gathered_.reserve(rows_at_a_time);
  if (on_their_way_.size() > std::thread::hardware_concurrency()) receive();
}

void RecordCheck::receive() {
  const Rows rows = on_their_way_.front().get();
  on_their_way_.pop_front();
  for (const Row& row : rows) {
    tree_.take(row.entry, row.leaf, row.fit, row.kept);
    if (row.entry.kind == segment_kind) take_segment(row.entry);
  }
  if (progress_) progress_(tree_.size(), said_);
}

/// What a segment was when it closed; a second word on it is for the tree to judge, not for the journal.
void RecordCheck::take_segment(const Entry& entry) {
  const auto body = parse_json(entry.body);
  if (!body || !body->is_object()) return;
  const auto file = body->find("file");
  const auto hash = body->find("hash");
  if (file == body->end() || !file->is_string() || hash == body->end() || !hash->is_string()) return;
  out_.segments.emplace(file->get<std::string>(), hash->get<std::string>());
}

void RecordCheck::unreadable(std::uint64_t last) {
  send();
  while (!on_their_way_.empty()) receive();
  tree_.unreadable(last);
  next_ = last + 1;
}

void RecordCheck::end() {
  send();
  while (!on_their_way_.empty()) receive();
  if (has_said_ || said_ > tree_.size()) tree_.finish(said_);
  out_.head = {tree_.size(), tree_.root()};
  if (tree_.size() == 0 || tree_.has_problems()) return;
  if (!out_.signed_head) {
    report("signed heads", "missing: nobody answers for this record");
  } else if (tree_.size() - signed_ >= default_sign_every) {
    report("signed heads",
           fmt::format("missing: nobody answers for entries {} to {}", signed_ + 1, tree_.size()));
  }
}

Verification RecordCheck::result() && {
  out_.problems = std::move(tree_).problems();
  return std::move(out_);
}

}  // namespace varne
