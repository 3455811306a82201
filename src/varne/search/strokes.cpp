#include "varne/search/strokes.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "varne/search/strokes.cpp"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace varne::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Sums go by sixteen lanes, however many a register has.
using Lanes = hn::CappedTag<float, 16>;
using Floats = hn::Vec<Lanes>;

/// exp(-z) for z >= 0, off by less than 3e-7: 2^-n and a polynomial for what is left, at most ln 2 / 2.
HWY_INLINE Floats exp_minus(Floats z) {
  const Lanes d;
  const hn::RebindToSigned<Lanes> whole;
  const Floats y = hn::Min(hn::Mul(z, hn::Set(d, 1.44269504F)), hn::Set(d, 120.0F));
  const auto n = hn::ConvertTo(whole, hn::Add(y, hn::Set(d, 0.5F)));  // the nearest
  const Floats f = hn::Mul(hn::Sub(y, hn::ConvertTo(d, n)), hn::Set(d, -0.693147181F));
  Floats p = hn::Set(d, 1.0F / 720);
  for (const float c : {1.0F / 120, 1.0F / 24, 1.0F / 6, 0.5F, 1.0F, 1.0F})
    p = hn::Add(hn::Mul(p, f), hn::Set(d, c));
  const auto power = hn::ShiftLeft<23>(hn::Sub(hn::Set(whole, 127), n));
  return hn::Mul(p, hn::BitCast(d, power));
}

/// Adds a stroke's coverage to those of `count` particles (a multiple of 16) that lie in it. NaN lies
/// nowhere.
HWY_INLINE void cover(const Stroke& s, const float* HWY_RESTRICT east, const float* HWY_RESTRICT north,
                      std::size_t count, float* HWY_RESTRICT z) {
  const Lanes d;
  const Floats ce = hn::Set(d, s.east);
  const Floats cn = hn::Set(d, s.north);
  const Floats ae = hn::Set(d, s.axis_east);
  const Floats an = hn::Set(d, s.axis_north);
  const Floats hl = hn::Set(d, s.half_length);
  const Floats hw = hn::Set(d, s.half_width);
  const Floats c = hn::Set(d, s.coverage);
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
    const Floats x = hn::Sub(hn::LoadU(d, east + i), ce);
    const Floats y = hn::Sub(hn::LoadU(d, north + i), cn);
    const Floats along = hn::Abs(hn::Add(hn::Mul(x, ae), hn::Mul(y, an)));
    const Floats across = hn::Abs(hn::Sub(hn::Mul(x, an), hn::Mul(y, ae)));
    const auto inside = hn::And(hn::Le(along, hl), hn::Le(across, hw));
    hn::Store(hn::Add(hn::Load(d, z + i), hn::IfThenElseZero(inside, c)), d, z + i);
  }
}

/// A block of particles under the strokes that may touch it: either what is found is added to `sums`, sixteen
/// of them, or `left` is what stays of `alive`.
void pass_block(const Stroke* const* strokes, const float* const* east, const float* const* north,
                std::size_t count, const float* alive, float* left, float* sums) {
  const Lanes d;
  alignas(64) float z[StrokeCloud::block] = {};
  for (std::size_t k = 0; k < count; ++k) cover(*strokes[k], east[k], north[k], StrokeCloud::block, z);
  for (std::size_t i = 0; i < StrokeCloud::block; i += hn::Lanes(d)) {
    const Floats was = hn::LoadU(d, alive + i);
    const Floats stays = hn::Mul(was, exp_minus(hn::Load(d, z + i)));
    if (left != nullptr) {
      hn::StoreU(stays, d, left + i);
    } else {
      float* const sum = sums + i % 16;
      hn::StoreU(hn::Add(hn::LoadU(d, sum), hn::Sub(was, stays)), d, sum);
    }
  }
}

}  // namespace varne::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace varne {

HWY_EXPORT(pass_block);

namespace {

/// The bits of two numbers in turn: places that are near have numbers that are near (Morton 1966).
std::uint32_t interleaved(std::uint32_t x, std::uint32_t y) {
  const auto spread = [](std::uint32_t v) {
    v = (v | v << 8U) & 0x00ff00ffU;
    v = (v | v << 4U) & 0x0f0f0f0fU;
    v = (v | v << 2U) & 0x33333333U;
    return (v | v << 1U) & 0x55555555U;
  };
  return spread(x) | spread(y) << 1U;
}

/// Numbers of the particles to take, in the order of where they are halfway.
std::vector<std::uint32_t> taken_in_order(const SearchCloud& cloud, std::size_t step) {
  const auto xs = cloud.east_of(cloud.slices / 2);
  const auto ys = cloud.north_of(cloud.slices / 2);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> keyed;
  for (std::size_t i = 0; i < cloud.particles; i += step) {
    const auto grid = [](float v) {
      return static_cast<std::uint32_t>(std::clamp(v / 50.0F + 32768.0F, 0.0F, 65535.0F));
    };
    const bool there = !std::isnan(xs[i]);
    keyed.emplace_back(there ? interleaved(grid(xs[i]), grid(ys[i])) : ~0U, static_cast<std::uint32_t>(i));
  }
  std::ranges::sort(keyed);
  std::vector<std::uint32_t> out;
  for (const auto& [key, i] : keyed) out.push_back(i);
  return out;
}

double sum_of(const std::vector<float>& numbers) {
  double all = 0;
  for (const float n : numbers) all += static_cast<double>(n);
  return all;
}

}  // namespace

StrokeCloud::StrokeCloud(const SearchCloud& cloud, std::size_t most) {
  const auto order = taken_in_order(cloud, std::max<std::size_t>(1, (cloud.particles + most - 1) / most));
  const std::size_t blocks = (order.size() + block - 1) / block;
  const std::size_t size = blocks * block;
  constexpr float nowhere = std::numeric_limits<float>::quiet_NaN();
  weight_.assign(size, 0);
  for (std::size_t i = 0; i < order.size(); ++i) weight_[i] = cloud.weight[order[i]];
  const double kept = sum_of(weight_);
  if (order.size() < cloud.particles && kept > 0) {
    const auto scale = static_cast<float>(sum_of(cloud.weight) / kept);
    for (float& w : weight_) w *= scale;
  }
  east_.assign(size * cloud.slices, nowhere);
  north_.assign(size * cloud.slices, nowhere);
  constexpr float far = std::numeric_limits<float>::infinity();
  extents_.assign(blocks * cloud.slices, {far, -far, far, -far});
  for (std::size_t k = 0; k < cloud.slices; ++k) {
    const auto xs = cloud.east_of(k);
    const auto ys = cloud.north_of(k);
    for (std::size_t i = 0; i < order.size(); ++i) {
      const float x = east_[k * size + i] = xs[order[i]];
      const float y = north_[k * size + i] = ys[order[i]];
      Extent& e = extents_[k * blocks + i / block];  // a NaN changes none of the four
      e = {x < e.west ? x : e.west, x > e.east ? x : e.east, y < e.south ? y : e.south,
           y > e.north ? y : e.north};
    }
  }
}

StrokeCloud::Extent StrokeCloud::reach_of(const Stroke& s) {
  const float east = std::abs(s.axis_east) * s.half_length + std::abs(s.axis_north) * s.half_width + 1;
  const float north = std::abs(s.axis_north) * s.half_length + std::abs(s.axis_east) * s.half_width + 1;
  return {s.east - east, s.east + east, s.north - north, s.north + north};
}

double StrokeCloud::pass(std::span<const Stroke> strokes, const float* alive, float* left) const {
  std::vector<const Stroke*> near(strokes.size());
  std::vector<const float*> xs(strokes.size());
  std::vector<const float*> ys(strokes.size());
  std::vector<Extent> reach;
  reach.reserve(strokes.size());
  for (const Stroke& s : strokes) reach.push_back(reach_of(s));
  alignas(64) float sums[16] = {};
  for (std::size_t b = 0; b < size() / block; ++b) {
    std::size_t count = 0;
    for (std::size_t n = 0; n < strokes.size(); ++n) {
      const Stroke& s = strokes[n];
      if (reach[n].apart(extents_[s.slice * (size() / block) + b])) continue;
      near[count] = &s;
      xs[count] = east_.data() + s.slice * size() + b * block;
      ys[count] = north_.data() + s.slice * size() + b * block;
      ++count;
    }
    work_ += static_cast<double>(4 * strokes.size());
    if (count == 0) continue;
    work_ += static_cast<double>((count + 3) * block);
    HWY_DYNAMIC_DISPATCH(pass_block)
    (near.data(), xs.data(), ys.data(), count, alive + b * block,
     left == nullptr ? nullptr : left + b * block, sums);
  }
  double all = 0;
  for (const float sum : sums) all += static_cast<double>(sum);
  return all;
}

double gain_of_all(const SearchCloud& cloud, std::span<const Stroke> strokes) {
  constexpr std::size_t block = StrokeCloud::block;
  std::vector<const Stroke*> all;
  for (const Stroke& s : strokes) all.push_back(&s);
  std::vector<const float*> xs(all.size());
  std::vector<const float*> ys(all.size());
  double sum = 0;
  const auto pass = [&](const float* weight) {
    alignas(64) float sums[16] = {};
    HWY_DYNAMIC_DISPATCH(pass_block)(all.data(), xs.data(), ys.data(), all.size(), weight, nullptr, sums);
    for (const float part : sums) sum += static_cast<double>(part);
  };
  const std::size_t whole = cloud.particles / block * block;
  for (std::size_t first = 0; first < whole; first += block) {
    for (std::size_t k = 0; k < all.size(); ++k) {
      xs[k] = cloud.east_of(all[k]->slice).data() + first;
      ys[k] = cloud.north_of(all[k]->slice).data() + first;
    }
    pass(cloud.weight.data() + first);
  }
  if (whole == cloud.particles) return sum;
  // What is left over, padded with particles of no weight.
  const std::size_t rest = cloud.particles - whole;
  std::vector<float> padded((2 * all.size() + 1) * block);
  std::copy_n(cloud.weight.data() + whole, rest, padded.data());
  for (std::size_t k = 0; k < all.size(); ++k) {
    float* const x = padded.data() + (2 * k + 1) * block;
    std::copy_n(cloud.east_of(all[k]->slice).data() + whole, rest, x);
    std::copy_n(cloud.north_of(all[k]->slice).data() + whole, rest, x + block);
    xs[k] = x;
    ys[k] = x + block;
  }
  pass(padded.data());
  return sum;
}

double StrokeCloud::gain(std::span<const Stroke> strokes, std::span<const float> alive) const {
  return pass(strokes, alive.data(), nullptr);
}

void StrokeCloud::strike(std::span<const Stroke> strokes, std::span<float> alive) const {
  pass(strokes, alive.data(), alive.data());
}

}  // namespace varne
#endif  // HWY_ONCE
