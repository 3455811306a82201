#include "varne/core/philox.h"

#include <cmath>
#include <numbers>

namespace varne {
namespace {

std::uint32_t high(std::uint64_t product) {
  return static_cast<std::uint32_t>(product >> 32);
}

std::uint32_t low(std::uint64_t product) {
  return static_cast<std::uint32_t>(product);
}

}  // namespace

std::array<std::uint32_t, 4> philox4x32_10(std::array<std::uint32_t, 4> counter,
                                           std::array<std::uint32_t, 2> key) {
  auto [c0, c1, c2, c3] = counter;  // numbers of their own, which stay in registers
  auto [k0, k1] = key;
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53U} * c0;
    const std::uint64_t b = std::uint64_t{0xCD9E8D57U} * c2;
    c0 = high(b) ^ c1 ^ k0;
    c1 = low(b);
    c2 = high(a) ^ c3 ^ k1;
    c3 = low(a);
    k0 += 0x9E3779B9U;  // golden ratio
    k1 += 0xBB67AE85U;  // sqrt(3) - 1
  }
  return {c0, c1, c2, c3};
}

Random::Random(std::uint64_t seed, std::uint32_t entity, std::uint32_t step)
    : counter_{0, 0, entity, step},
      key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)} {}

void Random::refill() {
  block_ = philox4x32_10(counter_, key_);
  ++counter_[0];
  used_ = 0;
}

double Random::normal() {
  if (has_spare_) {
    has_spare_ = false;
    return spare_normal_;
  }
  const double radius = std::sqrt(-2 * std::log(uniform()));
  const double angle = 2 * std::numbers::pi * uniform();
  spare_normal_ = radius * std::sin(angle);
  has_spare_ = true;
  return radius * std::cos(angle);
}

std::uint32_t entity_of(std::string_view name) {
  std::uint32_t hash = 2166136261U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

}  // namespace varne
