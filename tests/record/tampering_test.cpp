/// Ten thousand random hands on a record: every one is found, and the entry named where one can be.

#include <gtest/gtest.h>

#include "entries.h"
#include "place.h"
#include "rows.h"
#include "varne/core/philox.h"

namespace varne {
namespace {

using test::Rows;

/// A record with many signed heads, two keys and two labels.
void make(const test::Place& place) {
  LedgerOptions options = place.options;
  options.sign_every = 6;
  const auto ledger = *open_ledger(place.where, options);
  ASSERT_TRUE(ledger->label("day", "2021-11-11"));
  for (std::uint64_t next = 1; next <= 40; next += 3) {
    ASSERT_TRUE(ledger->append(test::entries_from(next, 3)));
    if (next == 19) ASSERT_TRUE(ledger->change_key());
    if (next == 22) ASSERT_TRUE(ledger->label("version", "0.1.0"));
  }
}

/// One act of tampering, and the entries that must be named.
struct Act {
  std::string words;
  std::vector<std::uint64_t> named = {};
  bool against_noted = false;  ///< shows only against what was noted elsewhere
};

class Tamperer {
 public:
  Tamperer(Rows& rows, Random& random) : rows_(rows), random_(random) {}

  Act act() {
    switch (below(12)) {
      case 0:
        return change_words();
      case 1:
        return change_hash();
      case 2:
        return drop();
      case 3:
        return swap();
      case 4:
        return truncate();
      case 5:
        return truncate_with_heads();
      case 6:
        return rewrite();
      case 7:
        return sign_anew(false);
      case 8:
        return sign_anew(true);
      case 9:
        return change_head();
      case 10:
        return change_label();
      default:
        return change_key();
    }
  }

 private:
  std::size_t below(std::size_t end) { return random_.bits() % end; }
  template <class Bytes>
  void flip(Bytes& bytes) {
    auto& byte = bytes[below(bytes.size())];
    byte = static_cast<std::remove_reference_t<decltype(byte)>>(byte ^ (1 << below(7)));
  }
  std::size_t some_entry() { return below(rows_.entries.size()); }

  Act change_words() {
    Entry& entry = rows_.entries[some_entry()];
    switch (below(3)) {
      case 0:
        entry.kind = entry.kind == "order" ? "report" : "order";
        break;
      case 1:
        entry.time = time_from_millis(millis(entry.time) ^ (std::int64_t{1} << below(30)));
        break;
      default: {
        auto& letter = entry.body[below(entry.body.size())];
        letter = letter == 'x' ? 'y' : 'x';
      }
    }
    return {"words changed", {entry.number}};
  }
  Act change_hash() {
    const auto at = some_entry();
    flip(rows_.kept[at]);
    return {"hash changed", {at + 1}};
  }
  void erase(std::size_t at) {
    rows_.entries.erase(rows_.entries.begin() + static_cast<std::ptrdiff_t>(at));
    rows_.kept.erase(rows_.kept.begin() + static_cast<std::ptrdiff_t>(at));
  }
  Act drop() {
    const auto at = below(rows_.entries.size() - 1);
    erase(at);
    return {"dropped", {at + 1}};
  }
  Act swap() {
    const auto a = some_entry();
    auto b = below(rows_.entries.size() - 1);
    if (b >= a) ++b;
    std::swap(rows_.entries[a], rows_.entries[b]);
    std::swap(rows_.entries[a].number, rows_.entries[b].number);
    std::swap(rows_.kept[a], rows_.kept[b]);
    return {"swapped", {a + 1, b + 1}};
  }
  void cut_off() {
    const auto left = 1 + below(rows_.entries.size() - 1);
    rows_.entries.resize(left);
    rows_.kept.resize(left);
  }
  Act truncate() {
    cut_off();
    return {"truncated"};
  }
  void move_head() {
    MerkleTree tree;
    for (std::size_t i = 0; i < rows_.entries.size(); ++i)
      rows_.kept[i] = tree.add(leaf_hash(entry_line(rows_.entries[i])));
    rows_.head = {tree.size(), tree.root()};
  }
  Act truncate_with_heads() {
    cut_off();
    move_head();
    while (!rows_.heads.empty() && rows_.heads.back().size > rows_.head.size) rows_.heads.pop_back();
    return {"truncated with its heads", {}, true};
  }
  Act rewrite() {
    change_words();
    move_head();
    return {"rewritten"};
  }
  Act sign_anew(bool with_key) {
    rewrite();
    const auto key = SigningKey::make();
    MerkleTree tree;
    std::size_t done = 0;
    for (SignedHead& head : rows_.heads) {
      for (; done < head.size; ++done) tree.add(leaf_hash(entry_line(rows_.entries[done])));
      head.root = tree.root();
      head.key = key.public_key();
      head.signature = key.sign(head_text(head));
    }
    if (!with_key) return {"signed with another key"};
    rows_.keys.resize(1);
    KeyChange& change = rows_.keys[0];
    change.key = change.by = key.public_key();
    change.signature = key.sign(key_text(change));
    return {"signed with another key in the place of the first", {}, true};
  }
  Act change_head() {
    const auto at = below(rows_.heads.size());
    SignedHead& head = rows_.heads[at];
    switch (below(8)) {
      case 0:
        flip(head.root);
        break;
      case 1:
        flip(head.signature);
        break;
      case 2:
        head.size ^= 1;
        break;
      case 3:
        flip(head.key);
        break;
      case 4:
        head.time += std::chrono::milliseconds(1);
        break;
      case 5:
        flip(rows_.head.hash);
        break;
      case 6:
        rows_.head.size += 1 + below(3);
        break;
      default:  // the last one would be missed by nobody: what it stood for is all there
        rows_.heads.erase(rows_.heads.begin() + static_cast<std::ptrdiff_t>(below(rows_.heads.size() - 1)));
    }
    return {"a head changed"};
  }
  Act change_label() {
    Label& label = rows_.labels[below(rows_.labels.size())];
    switch (below(3)) {
      case 0:
        flip(label.value);
        break;
      case 1:
        label.value += "x";
        label.hash = label_hash(label.name, label.value);
        break;
      default:
        rows_.labels.erase(rows_.labels.begin() + static_cast<std::ptrdiff_t>(below(rows_.labels.size())));
    }
    return {"a label changed"};
  }
  Act change_key() {
    KeyChange& change = rows_.keys[below(rows_.keys.size())];
    switch (below(4)) {
      case 0:
        flip(change.key);
        break;
      case 1:
        flip(change.signature);
        break;
      case 2:
        change.heads += 1;
        break;
      default: {  // a key of somebody's own, vouched for by nobody
        const auto key = SigningKey::make();
        rows_.keys.push_back({rows_.keys.size() + 1, rows_.heads.size(), {}, key.public_key(), {}, {}});
        KeyChange& own = rows_.keys.back();
        own.by = rows_.keys[rows_.keys.size() - 2].key;
        own.signature = key.sign(key_text(own));
      }
    }
    return {"a key changed"};
  }

  Rows& rows_;
  Random& random_;
};

bool names(const std::vector<Error>& problems, std::uint64_t number) {
  return std::any_of(problems.begin(), problems.end(),
                     [&](const Error& problem) { return problem.where == fmt::format("entry {}", number); });
}

std::string all_of(const std::vector<Error>& problems) {
  std::string out;
  for (const Error& problem : problems) out += problem.text() + "\n";
  return out;
}

/// What was found must be something, and the right entries.
void expect_found(const Act& act, const std::vector<Error>& problems, std::uint32_t round) {
  ASSERT_FALSE(problems.empty()) << act.words << ", round " << round;
  for (const auto number : act.named)
    ASSERT_TRUE(names(problems, number)) << act.words << " at entry " << number << ", round " << round << "\n"
                                         << all_of(problems);
}

Noted noted_of(const Rows& rows) {
  return {.key = rows.keys[0].key, .head = rows.head};
}

TEST(Tampering, ten_thousand_random_acts_are_found_and_the_entry_named) {
  const test::Scratch scratch;
  const test::Place place{scratch.file("record.db"), {}};
  make(place);
  const Rows whole = test::rows_of(place.where);
  ASSERT_EQ(all_of(test::problems_of(whole, noted_of(whole))), "");
  for (std::uint32_t round = 0; round < 10'000; ++round) {
    Random random(20211124, round, 0);
    Rows rows = whole;
    const Act act = Tamperer(rows, random).act();
    expect_found(act, test::problems_of(rows, act.against_noted ? noted_of(whole) : Noted{}), round);
    if (testing::Test::HasFatalFailure()) return;
  }
}

class TamperingInStore : public test::InEachStore {};

TEST_P(TamperingInStore, the_same_is_found_in_the_store_itself) {
  const auto here = place();
  make(here);
  const Rows whole = test::rows_of(here.where);
  for (std::uint32_t round = 0; round < 150; ++round) {
    Random random(20211124, round, 1);
    Rows rows = whole;
    const Act act = Tamperer(rows, random).act();
    test::put(here.where, rows);
    const auto verified = verify_ledger(here.where, act.against_noted ? noted_of(whole) : Noted{});
    ASSERT_TRUE(verified) << verified.error().text();
    expect_found(act, verified->problems, round);
    if (HasFatalFailure()) return;
  }
  test::put(here.where, whole);
  EXPECT_EQ(all_of(verify_ledger(here.where)->problems), "");
}
VARNE_IN_EACH_STORE(TamperingInStore);

}  // namespace
}  // namespace varne
