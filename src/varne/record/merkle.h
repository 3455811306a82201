#pragma once
/// The Merkle tree of RFC 6962 (section 2.1) and RFC 9162, with SHA-256: one hash, the root, stands for a
/// list of leaves, and a few hashes prove to anybody that a leaf is in it, or that a longer list begins with
/// a shorter one.
///
/// A leaf hashes as SHA-256(0x00 || bytes), a node as SHA-256(0x01 || left || right); a list of n leaves is
/// split at the largest power of two below n. The root of no leaves is SHA-256 of nothing.
///
/// A ledger keeps one hash with each leaf: that of the largest whole subtree which the leaf completes. Leaf n
/// (from 1) completes the subtree of the last so many leaves as the lowest bit set in n says: 5 itself, 6 the
/// pair 5–6, 8 all eight. From these every node of every tree is found in O(log² n).

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "varne/core/hash.h"
#include "varne/core/result.h"

namespace varne {

Hash leaf_hash(std::string_view bytes);
Hash node_hash(const Hash& left, const Hash& right);

/// A growing tree: the whole subtrees that its leaves fall into, O(log n) hashes.
class MerkleTree {
 public:
  MerkleTree() = default;
  /// @param peaks  the whole subtrees of `size` leaves, largest first: as many as `size` has bits set
  MerkleTree(std::uint64_t size, std::vector<Hash> peaks);

  /// Adds a leaf and gives the hash to keep with it: of the largest whole subtree that it completes.
  Hash add(const Hash& leaf);

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] Hash root() const;
  [[nodiscard]] const std::vector<Hash>& peaks() const { return peaks_; }

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> peaks_;  ///< largest, and earliest, first
};

/// Where proofs read from; both are asked for leaves by their number, from 1.
struct MerkleSource {
  std::function<Result<Hash>(std::uint64_t number)> kept;  ///< the hash kept with a leaf
  std::function<Result<Hash>(std::uint64_t number)> leaf;  ///< the leaf's own; asked only of even numbers
};

/// The tree of the first `size` leaves, as far as it is needed to go on: one `kept` a peak.
Result<MerkleTree> merkle_tree(const MerkleSource& source, std::uint64_t size);

/// The audit path of leaf `index` (from 0, < size) in the tree of the first `size` leaves, nearest first.
Result<std::vector<Hash>> inclusion_proof(const MerkleSource& source, std::uint64_t index,
                                          std::uint64_t size);

/// That the tree of `second` leaves begins with the tree of `first` (1 <= first <= second).
Result<std::vector<Hash>> consistency_proof(const MerkleSource& source, std::uint64_t first,
                                            std::uint64_t second);

/// Whether the path leads from the leaf to the root (RFC 9162, 2.1.3.2).
bool included(const Hash& leaf, std::uint64_t index, std::uint64_t size, std::span<const Hash> path,
              const Hash& root);

/// Whether the proof shows that the second tree begins with the first (RFC 9162, 2.1.4.2). Trees of no leaves
/// need no proof and take none.
bool consistent(std::uint64_t first, const Hash& first_root, std::uint64_t second, const Hash& second_root,
                std::span<const Hash> proof);

}  // namespace varne
