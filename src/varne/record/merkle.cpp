#include "varne/record/merkle.h"

#include <array>
#include <bit>
#include <cassert>
#include <cstring>

namespace varne {
namespace {

std::uint64_t lowest_bit(std::uint64_t number) {
  return number & (~number + 1);
}

/// Makes one hash after another and stops at the first that cannot be had.
class Reader {
 public:
  explicit Reader(const MerkleSource& source) : source_(source) {}

  /// The root of leaves `begin` (from 0) up to and without `end`.
  Hash root(std::uint64_t begin, std::uint64_t end) {
    const std::uint64_t size = end - begin;
    if (lowest_bit(end) == size) return ask(source_.kept, end);
    if (size == 1) return ask(source_.leaf, end);
    const std::uint64_t split = begin + std::bit_floor(size - 1);
    const Hash left = root(begin, split);
    return node_hash(left, root(split, end));
  }

  Result<std::vector<Hash>> answer(std::vector<Hash> hashes) const {
    if (!state_) return std::unexpected(state_.error());
    return hashes;
  }

 private:
  Hash ask(const std::function<Result<Hash>(std::uint64_t)>& of, std::uint64_t number) {
    if (!state_) return {};
    const auto hash = of(number);
    if (hash) return *hash;
    state_ = std::unexpected(hash.error());
    return {};
  }

  const MerkleSource& source_;
  Done state_;
};

}  // namespace

Hash leaf_hash(std::string_view bytes) {
  return sha256(std::string_view("\0", 1), bytes);
}

Hash node_hash(const Hash& left, const Hash& right) {
  std::array<char, 1 + 2 * sizeof(Hash)> bytes;
  bytes[0] = 1;
  std::memcpy(bytes.data() + 1, left.data(), left.size());
  std::memcpy(bytes.data() + 1 + left.size(), right.data(), right.size());
  return sha256({bytes.data(), bytes.size()});
}

MerkleTree::MerkleTree(std::uint64_t size, std::vector<Hash> peaks) : size_(size), peaks_(std::move(peaks)) {
  assert(peaks_.size() == static_cast<std::size_t>(std::popcount(size_)));
}

Hash MerkleTree::add(const Hash& leaf) {
  Hash whole = leaf;
  for (std::uint64_t left = size_; (left & 1) != 0; left >>= 1) {
    whole = node_hash(peaks_.back(), whole);
    peaks_.pop_back();
  }
  peaks_.push_back(whole);
  ++size_;
  return whole;
}

Hash MerkleTree::root() const {
  if (peaks_.empty()) return sha256("");
  Hash root = peaks_.back();
  for (auto peak = peaks_.rbegin() + 1; peak != peaks_.rend(); ++peak) root = node_hash(*peak, root);
  return root;
}

Result<MerkleTree> merkle_tree(const MerkleSource& source, std::uint64_t size) {
  std::vector<Hash> peaks;
  std::uint64_t end = 0;
  for (std::uint64_t left = size; left > 0; left -= std::bit_floor(left)) {
    end += std::bit_floor(left);
    const auto peak = source.kept(end);
    if (!peak) return std::unexpected(peak.error());
    peaks.push_back(*peak);
  }
  return MerkleTree(size, std::move(peaks));
}

/// PATH of RFC 6962, 2.1.1, from the root down and then turned round.
Result<std::vector<Hash>> inclusion_proof(const MerkleSource& source, std::uint64_t index,
                                          std::uint64_t size) {
  assert(index < size);
  Reader reader(source);
  std::vector<Hash> path;
  for (std::uint64_t begin = 0, end = size; end - begin > 1;) {
    const std::uint64_t split = begin + std::bit_floor(end - begin - 1);
    const bool left = index < split;
    path.push_back(left ? reader.root(split, end) : reader.root(begin, split));
    (left ? end : begin) = split;
  }
  return reader.answer({path.rbegin(), path.rend()});
}

/// PROOF of RFC 6962, 2.1.2, likewise.
Result<std::vector<Hash>> consistency_proof(const MerkleSource& source, std::uint64_t first,
                                            std::uint64_t second) {
  assert(first >= 1 && first <= second);
  Reader reader(source);
  std::vector<Hash> proof;
  std::uint64_t begin = 0;
  std::uint64_t end = second;
  while (first != end) {
    const std::uint64_t split = begin + std::bit_floor(end - begin - 1);
    const bool left = first <= split;
    proof.push_back(left ? reader.root(split, end) : reader.root(begin, split));
    (left ? end : begin) = split;
  }
  if (begin != 0) proof.push_back(reader.root(begin, end));  // else the verifier has it: the first root
  return reader.answer({proof.rbegin(), proof.rend()});
}

bool included(const Hash& leaf, std::uint64_t index, std::uint64_t size, std::span<const Hash> path,
              const Hash& root) {
  if (index >= size) return false;
  std::uint64_t at = index;
  std::uint64_t last = size - 1;
  Hash hash = leaf;
  for (const Hash& beside : path) {
    if (last == 0) return false;
    if ((at & 1) != 0 || at == last) {
      hash = node_hash(beside, hash);
      const int up = std::countr_zero(at);  // at > 0: where it is 0 and the last, `last` is 0 too
      at >>= up;
      last >>= up;
    } else {
      hash = node_hash(hash, beside);
    }
    at >>= 1;
    last >>= 1;
  }
  return last == 0 && hash == root;
}

bool consistent(std::uint64_t first, const Hash& first_root, std::uint64_t second, const Hash& second_root,
                std::span<const Hash> proof) {
  if (first > second) return false;
  if (first == 0) return proof.empty() && first_root == sha256("");
  if (first == second) return proof.empty() && first_root == second_root;
  std::uint64_t at = first - 1;
  std::uint64_t last = second - 1;
  const int whole = std::countr_one(at);
  at >>= whole;
  last >>= whole;
  if (at != 0 && proof.empty()) return false;
  Hash of_first = at == 0 ? first_root : proof.front();  // a whole subtree starts from its own root
  Hash of_second = of_first;
  if (at != 0) proof = proof.subspan(1);
  for (const Hash& beside : proof) {
    if (last == 0) return false;
    if ((at & 1) != 0 || at == last) {
      of_first = node_hash(beside, of_first);
      of_second = node_hash(beside, of_second);
      const int up = std::countr_zero(at);
      at >>= up;
      last >>= up;
    } else {
      of_second = node_hash(of_second, beside);
    }
    at >>= 1;
    last >>= 1;
  }
  return last == 0 && of_first == first_root && of_second == second_root;
}

}  // namespace varne
