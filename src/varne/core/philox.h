#pragma once
/// Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror and Shaw, SC11, 2011). A draw is a pure
/// function of (seed, entity, step, index), so a result is the same on one thread, sixteen, or eight
/// machines.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace varne {

/// The bare bijection: ten rounds on a 128-bit counter under a 64-bit key.
std::array<std::uint32_t, 4> philox4x32_10(std::array<std::uint32_t, 4> counter,
                                           std::array<std::uint32_t, 2> key);

/// The stream of one entity at one step. Cheap to make, to copy and to throw away.
class Random {
 public:
  /// @param seed    of the run
  /// @param entity  who draws: a particle, a boat, a day
  /// @param step    when or for what it draws; distinct purposes take distinct steps
  Random(std::uint64_t seed, std::uint32_t entity, std::uint32_t step);

  std::uint32_t bits() {
    if (used_ == block_.size()) refill();
    return block_[used_++];
  }

  /// Uniform in the open interval (0, 1): never 0, so its logarithm is finite. 53 random bits less one.
  double uniform() {
    const std::uint64_t high = bits() >> 6;                  // 26 bits
    const std::uint64_t all = (high << 26) | (bits() >> 6);  // 52 bits
    return (static_cast<double>(static_cast<std::int64_t>(all)) + 0.5) * 0x1p-52;
  }

  /// Standard normal, Box–Muller; two uniforms make two normals.
  double normal();

 private:
  void refill();

  std::array<std::uint32_t, 4> counter_;  // [0] counts blocks, [1] spare, [2] entity, [3] step
  std::array<std::uint32_t, 2> key_;
  std::array<std::uint32_t, 4> block_{};
  std::size_t used_ = 4;
  double spare_normal_ = 0;
  bool has_spare_ = false;
};

/// A stable number for a name (FNV-1a, 32 bits), to use as an entity.
std::uint32_t entity_of(std::string_view name);

}  // namespace varne
