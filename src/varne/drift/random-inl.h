// Philox4x32-10 and what is drawn from it in SIMD registers; core/philox.h and `step_draws` are the measure.
// Highway's way: included once for every instruction set, so it has no #pragma once.

#if defined(VARNE_DRIFT_RANDOM_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef VARNE_DRIFT_RANDOM_INL_H_
#undef VARNE_DRIFT_RANDOM_INL_H_
#else
#define VARNE_DRIFT_RANDOM_INL_H_
#endif

#include <hwy/highway.h>

#include <cstdint>

#include "varne/sea/sample-inl.h"

HWY_BEFORE_NAMESPACE();
namespace varne::HWY_NAMESPACE {

/// Four words a lane, each in the lower half of its 64 bits; the upper half means nothing.
struct Words {
  VU word[4];
};

/// The block of particles `first`, `first` + 1, … at a step; in pairs, of those with the lowest bit cleared.
HWY_INLINE Words philox(std::uint64_t seed, std::uint32_t first, std::uint32_t stream, std::uint32_t step,
                        bool pairs = false) {
  const DU du;
  const hn::Repartition<std::uint32_t, DU> d32;
  const auto product = [&](VU a, std::uint32_t b) {
    return hn::MulEven(hn::BitCast(d32, a), hn::Set(d32, b));
  };
  VU c0 = hn::Zero(du);
  VU c1 = hn::Set(du, stream);
  VU c2 = hn::Add(hn::Set(du, first), hn::Iota(du, 0));
  if (pairs) c2 = hn::And(c2, hn::Set(du, ~1ULL));
  VU c3 = hn::Set(du, step);
  auto k0 = static_cast<std::uint32_t>(seed);
  auto k1 = static_cast<std::uint32_t>(seed >> 32);
  for (int round = 0; round < 10; ++round) {
    const VU a = product(c0, 0xD2511F53U);
    const VU b = product(c2, 0xCD9E8D57U);
    c0 = hn::Xor(hn::Xor(hn::ShiftRight<32>(b), c1), hn::Set(du, k0));
    c2 = hn::Xor(hn::Xor(hn::ShiftRight<32>(a), c3), hn::Set(du, k1));
    c1 = b;
    c3 = a;
    k0 += 0x9E3779B9U;
    k1 += 0xBB67AE85U;
  }
  return {{c0, c1, c2, c3}};
}

/// 24 bits, in (0, 1].
HWY_INLINE VF uniform(VU word) {
  const DF df;
  const auto bits = hn::ShiftRight<8>(hn::TruncateTo(DU32(), word));
  const VF whole = hn::ConvertTo(df, hn::BitCast(DI32(), bits));
  return hn::Mul(hn::Add(whole, hn::Set(df, 0.5F)), hn::Set(df, 0x1p-24F));
}

template <class... C>
HWY_INLINE VF polynomial(VF x, float first, C... rest) {
  VF sum = hn::Set(DF(), first);
  ((sum = hn::Add(hn::Mul(sum, x), hn::Set(DF(), rest))), ...);
  return sum;
}

/// Natural logarithm of a number in (0, 1], off by less than 2e-7 (Cephes' logf).
HWY_INLINE VF logarithm(VF value) {
  const DF df;
  const DI32 di;
  const auto bits = hn::BitCast(di, value);
  VF exponent = hn::ConvertTo(df, hn::Sub(hn::ShiftRight<23>(bits), hn::Set(di, 126)));
  VF m = hn::BitCast(df, hn::Or(hn::And(bits, hn::Set(di, 0x007FFFFF)), hn::Set(di, 0x3F000000)));
  const VF one = hn::Set(df, 1.0F);
  const auto low = hn::Lt(m, hn::Set(df, 0.70710678F));
  exponent = hn::IfThenElse(low, hn::Sub(exponent, one), exponent);
  m = hn::Sub(hn::IfThenElse(low, hn::Add(m, m), m), one);
  const VF z = hn::Mul(m, m);
  VF y =
      polynomial(m, 7.0376836292E-2F, -1.1514610310E-1F, 1.1676998740E-1F, -1.2420140846E-1F,
                 1.4249322787E-1F, -1.6668057665E-1F, 2.0000714765E-1F, -2.4999993993E-1F, 3.3333331174E-1F);
  y = hn::Mul(hn::Mul(y, m), z);
  y = hn::Add(y, hn::Mul(exponent, hn::Set(df, -2.12194440E-4F)));
  y = hn::Sub(y, hn::Mul(hn::Set(df, 0.5F), z));
  return hn::Add(hn::Add(m, y), hn::Mul(exponent, hn::Set(df, 0.693359375F)));
}

struct Normals {
  VF first;
  VF second;
};

/// Two standard normals by Box and Muller; sine and cosine off by less than 2e-7 (Cephes' sinf, cosf).
HWY_INLINE Normals normals(VU a, VU b) {
  const DF df;
  const DI32 di;
  const VF radius = hn::Sqrt(hn::Mul(hn::Set(df, -2.0F), logarithm(uniform(a))));
  const VF quarters = hn::Mul(uniform(b), hn::Set(df, 4.0F));
  const VF nearest = hn::Floor(hn::Add(quarters, hn::Set(df, 0.5F)));
  const VF x = hn::Mul(hn::Sub(quarters, nearest), hn::Set(df, 1.57079632679F));
  const VF z = hn::Mul(x, x);
  const VF one = hn::Set(df, 1.0F);
  const VF sine = hn::Add(
      hn::Mul(hn::Mul(polynomial(z, -1.9515295891E-4F, 8.3321608736E-3F, -1.6666654611E-1F), z), x), x);
  const VF cosine = hn::Add(
      hn::Sub(
          hn::Mul(
              hn::Mul(polynomial(z, 2.443315711809948E-5F, -1.388731625493765E-3F, 4.166664568298827E-2F), z),
              z),
          hn::Mul(hn::Set(df, 0.5F), z)),
      one);
  const auto quadrant = hn::ConvertTo(di, nearest);
  const auto odd = hn::RebindMask(df, hn::Ne(hn::And(quadrant, hn::Set(di, 1)), hn::Zero(di)));
  const auto sign = [&](int plus) {
    const auto bit = hn::ShiftLeft<30>(hn::And(hn::Add(quadrant, hn::Set(di, plus)), hn::Set(di, 2)));
    return hn::BitCast(df, bit);
  };
  const VF c = hn::Xor(hn::IfThenElse(odd, sine, cosine), sign(1));
  const VF s = hn::Xor(hn::IfThenElse(odd, cosine, sine), sign(0));
  return {hn::Mul(radius, c), hn::Mul(radius, s)};
}

/// The same lanes, half as wide.
HWY_INLINE hn::Mask<DF> mask32(MU mask) {
  const DU du;
  const auto halves = hn::TruncateTo(DU32(), hn::VecFromMask(du, mask));
  return hn::RebindMask(DF(), hn::Ne(halves, hn::Zero(DU32())));
}

/// A bit a lane, the first the lowest.
HWY_INLINE std::uint64_t lane_bits(MU mask) {
  const DU du;
  alignas(64) std::uint64_t lanes[HWY_MAX_BYTES / 8];
  hn::Store(hn::VecFromMask(du, mask), du, lanes);
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < hn::Lanes(du); ++i) bits |= (lanes[i] & 1) << i;
  return bits;
}

}  // namespace varne::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
