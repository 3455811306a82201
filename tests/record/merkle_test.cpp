#include "varne/record/merkle.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace varne {
namespace {

/// The eight leaves of the Certificate Transparency project's own tests (RFC 6962's authors), and what they
/// publish of them: heads of the first one to eight, audit paths, consistency proofs.
const std::vector<std::string> leaves{"",
                                      std::string(1, '\0'),
                                      "\x10",
                                      "\x20\x21",
                                      "\x30\x31",
                                      "\x40\x41\x42\x43",
                                      "\x50\x51\x52\x53\x54\x55\x56\x57",
                                      "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};

const std::vector<std::string> heads{"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                     "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                     "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                     "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                     "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                     "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                     "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                     "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                     "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

struct Published {
  std::uint64_t a;  ///< inclusion: index; consistency: first
  std::uint64_t size;
  std::vector<std::string> proof;
};
const std::vector<Published> paths{{0, 1, {}},
                                   {0,
                                    8,
                                    {"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                                     "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                     "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}},
                                   {5,
                                    8,
                                    {"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                                     "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                                     "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}}};
const std::vector<Published> consistencies{
    {1, 1, {}},
    {1,
     8,
     {"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}},
    {2,
     5,
     {"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}},
    {6,
     8,
     {"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}}};

/// A ledger's hashes, kept in memory.
struct Kept {
  explicit Kept(const std::vector<std::string>& texts) {
    MerkleTree tree;
    for (const auto& text : texts) {
      own.push_back(leaf_hash(text));
      kept.push_back(tree.add(own.back()));
      roots.push_back(tree.root());
    }
  }
  [[nodiscard]] MerkleSource source() const {
    return {[this](std::uint64_t number) -> Result<Hash> { return kept.at(number - 1); },
            [this](std::uint64_t number) -> Result<Hash> { return own.at(number - 1); }};
  }
  [[nodiscard]] Hash root(std::uint64_t size) const { return size == 0 ? sha256("") : roots[size - 1]; }
  std::vector<Hash> own;
  std::vector<Hash> kept;
  std::vector<Hash> roots;
};

/// The definitions of RFC 6962, section 2.1, word for word: the slow truth.
using Leaves = std::vector<Hash>;
std::size_t split_of(std::size_t n) {
  std::size_t k = 1;
  while (2 * k < n) k *= 2;
  return k;
}
Leaves part(const Leaves& d, std::size_t from, std::size_t to) {
  return {d.begin() + static_cast<std::ptrdiff_t>(from), d.begin() + static_cast<std::ptrdiff_t>(to)};
}
Hash mth(const Leaves& d) {
  if (d.empty()) return sha256("");
  if (d.size() == 1) return d[0];
  const auto k = split_of(d.size());
  return node_hash(mth(part(d, 0, k)), mth(part(d, k, d.size())));
}
Leaves joined(Leaves list, const Hash& last) {
  list.push_back(last);
  return list;
}
Leaves path_of(std::size_t m, const Leaves& d) {
  if (d.size() == 1) return {};
  const auto k = split_of(d.size());
  return m < k ? joined(path_of(m, part(d, 0, k)), mth(part(d, k, d.size())))
               : joined(path_of(m - k, part(d, k, d.size())), mth(part(d, 0, k)));
}
Leaves subproof(std::size_t m, const Leaves& d, bool known) {
  if (m == d.size()) return known ? Leaves{} : Leaves{mth(d)};
  const auto k = split_of(d.size());
  return m <= k ? joined(subproof(m, part(d, 0, k), known), mth(part(d, k, d.size())))
                : joined(subproof(m - k, part(d, k, d.size()), false), mth(part(d, 0, k)));
}

std::vector<std::string> hexes(const std::vector<Hash>& hashes) {
  std::vector<std::string> out;
  for (const Hash& hash : hashes) out.push_back(hex(hash));
  return out;
}

TEST(Merkle, gives_the_published_heads_and_proofs_of_certificate_transparency) {
  const Kept tree(leaves);
  EXPECT_EQ(hex(MerkleTree().root()), heads[0]);
  for (std::size_t n = 1; n <= 8; ++n) EXPECT_EQ(hex(tree.root(n)), heads[n]) << n;
  for (const auto& [index, size, published] : paths) {
    const auto path = *inclusion_proof(tree.source(), index, size);
    EXPECT_EQ(hexes(path), published);
    EXPECT_TRUE(included(leaf_hash(leaves[index]), index, size, path, tree.root(size)));
  }
  for (const auto& [first, size, published] : consistencies) {
    const auto proof = *consistency_proof(tree.source(), first, size);
    EXPECT_EQ(hexes(proof), published);
    EXPECT_TRUE(consistent(first, tree.root(first), size, tree.root(size), proof));
  }
}

std::vector<std::string> texts(std::size_t count) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back("leaf " + std::to_string(i));
  return out;
}

TEST(Merkle, agrees_with_the_definitions_at_every_size_and_index) {
  const Kept tree(texts(130));
  for (std::size_t size = 1; size <= 130; ++size) {
    const auto d = part(tree.own, 0, size);
    ASSERT_EQ(tree.root(size), mth(d));
    ASSERT_EQ(merkle_tree(tree.source(), size)->root(), tree.root(size));
    for (std::size_t m = 0; m < size; ++m) {
      const auto path = *inclusion_proof(tree.source(), m, size);
      ASSERT_EQ(path, path_of(m, d));
      ASSERT_TRUE(included(tree.own[m], m, size, path, tree.root(size)));
      const auto proof = *consistency_proof(tree.source(), m + 1, size);
      ASSERT_EQ(proof, subproof(m + 1, d, true));
      ASSERT_TRUE(consistent(m + 1, tree.root(m + 1), size, tree.root(size), proof));
    }
  }
}

TEST(Merkle, every_proof_up_to_three_hundred_leaves_is_accepted) {
  const Kept tree(texts(300));
  for (std::size_t size = 131; size <= 300; ++size) {
    for (std::size_t m = 0; m < size; ++m) {
      ASSERT_TRUE(included(tree.own[m], m, size, *inclusion_proof(tree.source(), m, size), tree.root(size)));
      ASSERT_TRUE(consistent(m + 1, tree.root(m + 1), size, tree.root(size),
                             *consistency_proof(tree.source(), m + 1, size)));
    }
  }
}

/// A proof that is no longer the one that was made.
std::vector<Hash> spoilt(std::vector<Hash> proof) {
  const auto how = proof.empty() ? 0 : *rc::gen::inRange(0, 4);
  const auto at = proof.empty() ? 0 : *rc::gen::inRange<std::size_t>(0, proof.size());
  if (how == 0) proof.insert(proof.begin() + static_cast<std::ptrdiff_t>(at), sha256("another"));
  if (how == 1) proof.erase(proof.begin() + static_cast<std::ptrdiff_t>(at));
  if (how == 2) proof[at][*rc::gen::inRange<std::size_t>(0, 32)] ^= 1;
  if (how == 3) proof.push_back(proof.back());
  return proof;
}

const Kept& some_tree() {
  static const Kept tree(texts(300));
  return tree;
}

RC_GTEST_PROP(MerkleLaws, a_spoilt_inclusion_proof_is_refused, ()) {
  const auto& tree = some_tree();
  const auto size = *rc::gen::inRange<std::uint64_t>(1, 301);
  const auto index = *rc::gen::inRange<std::uint64_t>(0, size);
  const auto path = *inclusion_proof(tree.source(), index, size);
  const auto& leaf = tree.own[index];
  const auto root = tree.root(size);
  RC_ASSERT(!included(leaf, index, size, spoilt(path), root));
  RC_ASSERT(!included(leaf, size, size, path, root));
  RC_ASSERT(!included(leaf, index + size, size, path, root));
  RC_ASSERT(!included(sha256("another"), index, size, path, root));
  RC_ASSERT(!included(leaf, index, size, path, sha256("another")));
  const auto other = *rc::gen::inRange<std::uint64_t>(0, size);
  RC_ASSERT(included(leaf, other, size, path, root) == (other == index));
  // A node is no leaf: what hashes to an inner node cannot be passed off as an entry.
  if (size >= 2) RC_ASSERT(!included(leaf_hash(std::string(64, 'x')), 0, size, path, root));
}

RC_GTEST_PROP(MerkleLaws, a_spoilt_consistency_proof_is_refused, ()) {
  const auto& tree = some_tree();
  const auto second = *rc::gen::inRange<std::uint64_t>(1, 301);
  const auto first = *rc::gen::inRange<std::uint64_t>(1, second + 1);
  const auto proof = *consistency_proof(tree.source(), first, second);
  RC_ASSERT(!consistent(first, tree.root(first), second, tree.root(second), spoilt(proof)));
  RC_ASSERT(!consistent(first, sha256("another"), second, tree.root(second), proof));
  RC_ASSERT(!consistent(first, tree.root(first), second, sha256("another"), proof));
  if (first < second) RC_ASSERT(!consistent(second, tree.root(second), first, tree.root(first), proof));
}

TEST(Merkle, a_source_that_cannot_answer_is_said) {
  const MerkleSource none{
      [](std::uint64_t number) -> Result<Hash> { return fail("entry " + std::to_string(number), "is gone"); },
      [](std::uint64_t) -> Result<Hash> { return Hash{}; }};
  EXPECT_EQ(merkle_tree(none, 5).error().text(), "entry 4: is gone");
  EXPECT_EQ(inclusion_proof(none, 0, 4).error().where, "entry 3");
  EXPECT_FALSE(consistency_proof(none, 1, 4).has_value());
}

}  // namespace
}  // namespace varne
