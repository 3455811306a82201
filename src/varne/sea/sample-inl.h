// Sampling a moment's planes in SIMD registers, for the loops in sea_moment.cpp and the drift's kernel.
// Highway's way: included once for every instruction set, so it has no #pragma once.
//
// Multiplications and additions are written apart, never fused: an instruction set that fuses would round
// otherwise than one that cannot, and the same drift must be the same on every machine.

#if defined(VARNE_SEA_SAMPLE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef VARNE_SEA_SAMPLE_INL_H_
#undef VARNE_SEA_SAMPLE_INL_H_
#else
#define VARNE_SEA_SAMPLE_INL_H_
#endif

#include <hwy/highway.h>

#include <cstdint>

#include "varne/sea/sea_moment.h"

HWY_BEFORE_NAMESPACE();
namespace varne::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using DD = hn::ScalableTag<double>;     // a place's coordinate
using DU = hn::RebindToUnsigned<DD>;    // the bits of an east and a north
using DI = hn::RebindToSigned<DD>;      // an index
using DP = hn::Repartition<float, DD>;  // east, north in turn
using DF = hn::Rebind<float, DD>;       // one float a place
using DI32 = hn::Rebind<std::int32_t, DD>;
using DU32 = hn::Rebind<std::uint32_t, DD>;
using VD = hn::Vec<DD>;
using VU = hn::Vec<DU>;
using VF = hn::Vec<DF>;
using MD = hn::Mask<DD>;
using MU = hn::Mask<DU>;

/// East and north of a vector a place, and who knew it.
struct Sampled {
  VU pairs;  ///< NaN where nobody knew
  MU known;
};

/// A float a place, twice side by side: a weight for both components.
HWY_INLINE VU twice(VF value) {
  const VU bits = hn::PromoteTo(DU(), hn::BitCast(DU32(), value));
  return hn::Or(bits, hn::ShiftLeft<32>(bits));
}

HWY_INLINE VF east_of(VU pairs) {
  return hn::BitCast(DF(), hn::TruncateTo(DU32(), pairs));
}
HWY_INLINE VF north_of(VU pairs) {
  return hn::BitCast(DF(), hn::TruncateTo(DU32(), hn::ShiftRight<32>(pairs)));
}

/// Where a coordinate lies on an axis: the point before, and the share of the way to the next. On a point is
/// on it to within 1e-9, as for the scalar question.
struct OnAxis {
  VD point;
  VF share;
};
HWY_INLINE OnAxis on_axis(VD at, double last) {
  const DD d;
  const VD nearest = hn::Round(at);
  at = hn::IfThenElse(hn::Lt(hn::Abs(hn::Sub(at, nearest)), hn::Set(d, 1e-9)), nearest, at);
  const VD point = hn::Min(hn::Floor(at), hn::Set(d, last - 1));
  return {point, hn::DemoteTo(DF(), hn::Sub(at, point))};
}

/// Four nodes about each place.
struct Nodes {
  VU corner[4];  ///< south-west, south-east, north-west, north-east
};

#if HWY_HAVE_SCALABLE
HWY_INLINE Nodes nodes_at(const std::uint64_t* nodes, VD at, std::ptrdiff_t columns) {
  const DU du;
  const auto index = hn::PromoteTo(DI(), hn::DemoteTo(DI32(), at));
  return {{hn::GatherIndex(du, nodes, index), hn::GatherIndex(du, nodes + 1, index),
           hn::GatherIndex(du, nodes + columns, index), hn::GatherIndex(du, nodes + columns + 1, index)}};
}
#else
/// A node and its eastern neighbour lie side by side: one load of both for each of half as many places as the
/// register has lanes. Three times as fast as a gather of each on AMD's Zen 4.
template <std::size_t lanes>
HWY_INLINE hn::Vec<hn::FixedTag<std::uint64_t, lanes> > pairs_at(const std::uint64_t* nodes,
                                                                 const std::int32_t* index) {
  const hn::FixedTag<std::uint64_t, lanes> d;
  if constexpr (lanes == 2) {
    return hn::LoadU(d, nodes + *index);
  } else {
    return hn::Combine(d, pairs_at<lanes / 2>(nodes, index + lanes / 4), pairs_at<lanes / 2>(nodes, index));
  }
}

HWY_INLINE Nodes nodes_at(const std::uint64_t* nodes, VD at, std::ptrdiff_t columns) {
  const DU du;
  constexpr std::size_t lanes = hn::MaxLanes(DU());
  alignas(64) std::int32_t index[lanes];
  hn::StoreU(hn::DemoteTo(DI32(), at), DI32(), index);
  const auto south_first = pairs_at<lanes>(nodes, index);
  const auto south_rest = pairs_at<lanes>(nodes, index + lanes / 2);
  const auto north_first = pairs_at<lanes>(nodes + columns, index);
  const auto north_rest = pairs_at<lanes>(nodes + columns, index + lanes / 2);
  return {{hn::ConcatEven(du, south_rest, south_first), hn::ConcatOdd(du, south_rest, south_first),
           hn::ConcatEven(du, north_rest, north_first), hn::ConcatOdd(du, north_rest, north_first)}};
}
#endif

/// Weighs four nodes; those of weight 0 have no say, known or not.
enum class Gaps { none, unknown, shared };
template <Gaps gaps>
HWY_INLINE VU weighed(const Nodes& nodes, VF x, VF y) {
  const DU du;
  const DP dp;
  const DF df;
  const VF one = hn::Set(df, 1.0F);
  const VF left = hn::Sub(one, x);
  const VF below = hn::Sub(one, y);
  const VF weights[4] = {hn::Mul(left, below), hn::Mul(x, below), hn::Mul(left, y), hn::Mul(x, y)};
  auto sum = hn::Zero(dp);
  auto all = hn::Zero(dp);
  for (int k = 0; k < 4; ++k) {
    const auto node = hn::BitCast(dp, nodes.corner[k]);
    auto weight = hn::BitCast(dp, twice(weights[k]));
    if constexpr (gaps == Gaps::shared) {
      weight = hn::IfThenElseZero(hn::Eq(node, node), weight);
      all = hn::Add(all, weight);
    }
    auto part = hn::Mul(weight, node);
    if constexpr (gaps != Gaps::none) part = hn::IfThenElseZero(hn::Gt(weight, hn::Zero(dp)), part);
    sum = hn::Add(sum, part);
  }
  if constexpr (gaps == Gaps::shared) sum = hn::Div(sum, all);  // nothing but land: 0 / 0, which is unknown
  return hn::BitCast(du, sum);
}

/// What the first of the planes that knows says.
HWY_INLINE Sampled sample(const VectorPlane* planes, std::size_t count, VD lon, VD lat) {
  const DD dd;
  const DU du;
  const DP dp;
  const VU nan = hn::Set(du, 0x7FC000007FC00000ULL);
  Sampled out{nan, hn::MaskFromVec(hn::Zero(du))};
  for (std::size_t i = 0; i < count; ++i) {
    const VectorPlane& plane = planes[i];
    const auto* nodes = reinterpret_cast<const std::uint64_t*>(plane.nodes.data());
    if (plane.uniform) {
      out.pairs = hn::IfThenElse(out.known, out.pairs, hn::Set(du, nodes[0]));
      out.known = hn::Eq(hn::Zero(du), hn::Zero(du));
      break;
    }
    VD x = hn::Mul(hn::Sub(lon, hn::Set(dd, plane.west)), hn::Set(dd, plane.per_lon));
    VD y = hn::Mul(hn::Sub(lat, hn::Set(dd, plane.south)), hn::Set(dd, plane.per_lat));
    // As far as a coordinate stored in single precision may be off.
    const VD slack = hn::Set(dd, -1e-5);
    const VD last_x = hn::Set(dd, plane.columns - 1);
    const VD last_y = hn::Set(dd, plane.rows - 1);
    const MD inside = hn::And(hn::And(hn::Ge(x, slack), hn::Le(x, hn::Sub(last_x, slack))),
                              hn::And(hn::Ge(y, slack), hn::Le(y, hn::Sub(last_y, slack))));
    x = hn::Min(hn::Max(x, hn::Zero(dd)), last_x);
    y = hn::Min(hn::Max(y, hn::Zero(dd)), last_y);
    const OnAxis column = on_axis(x, plane.columns - 1);
    const OnAxis row = on_axis(y, plane.rows - 1);
    const VD at = hn::Add(hn::Mul(row.point, hn::Set(dd, plane.columns)), column.point);
    const Nodes about = nodes_at(nodes, at, static_cast<std::ptrdiff_t>(plane.columns));
    MU knows = hn::RebindMask(du, inside);
    VU found = nan;
    if (plane.whole) {
      found = weighed<Gaps::none>(about, column.share, row.share);
    } else {
      found = plane.shares ? weighed<Gaps::shared>(about, column.share, row.share)
                           : weighed<Gaps::unknown>(about, column.share, row.share);
      const auto pair = hn::BitCast(dp, found);
      const VU known = hn::BitCast(du, hn::VecFromMask(dp, hn::Eq(pair, pair)));
      knows = hn::And(knows, hn::Eq(known, hn::Set(du, ~0ULL)));
    }
    out.pairs = hn::IfThenElse(out.known, out.pairs, hn::IfThenElse(knows, found, nan));
    out.known = hn::Or(out.known, knows);
    if (hn::AllTrue(du, out.known)) break;
  }
  return out;
}

}  // namespace varne::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
