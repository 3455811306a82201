#include "varne/search/bound.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "varne/search/effort.h"

namespace varne {
namespace {

/// Which cell each particle is in, slice by slice, on a grid of its own each: cells are never compared
/// between slices. What lies outside the grid counts as in its nearest cell, which can only raise the bound.
struct Cells {
  std::size_t side = 0;
  std::vector<std::uint16_t> of;  ///< [slice][particle]; `nowhere` where it is nowhere
  std::vector<double> area_m2;    ///< of a cell, by slice
  [[nodiscard]] std::size_t count() const { return side * side + 1; }
  [[nodiscard]] std::uint16_t nowhere() const { return static_cast<std::uint16_t>(side * side); }
};

/// From and to, without the outermost half per cent on either side, widened by a cell.
std::pair<double, double> middle_of(std::span<const float> xs) {
  std::vector<float> some;
  const std::size_t step = std::max<std::size_t>(1, xs.size() / 4000);
  for (std::size_t i = 0; i < xs.size(); i += step)
    if (!std::isnan(xs[i])) some.push_back(xs[i]);
  if (some.empty()) return {0, 1};
  const auto cut = static_cast<std::ptrdiff_t>(some.size() / 200);
  std::nth_element(some.begin(), some.begin() + cut, some.end());
  const auto low = static_cast<double>(some[static_cast<std::size_t>(cut)]);
  std::nth_element(some.begin(), some.end() - 1 - cut, some.end());
  const auto high = static_cast<double>(*(some.end() - 1 - cut));
  const double margin = std::max(1.0, (high - low) * 0.02);
  return {low - margin, high + margin};
}

/// The axis along which the particles of a slice lie, as a unit vector.
Vec axis_of(std::span<const float> xs, std::span<const float> ys) {
  double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
  const std::size_t step = std::max<std::size_t>(1, xs.size() / 4000);
  for (std::size_t i = 0; i < xs.size(); i += step) {
    const auto a = static_cast<double>(xs[i]);
    const auto b = static_cast<double>(ys[i]);
    if (std::isnan(a)) continue;
    n += 1, x += a, y += b, xx += a * a, yy += b * b, xy += a * b;
  }
  if (n == 0) return {0, 1};
  const double angle = std::atan2(2 * (xy - x * y / n), (xx - x * x / n) - (yy - y * y / n)) / 2;
  return {std::cos(angle), std::sin(angle)};
}

Cells cells_of(const SearchCloud& cloud, std::size_t side) {
  Cells out{side, std::vector<std::uint16_t>(cloud.particles * cloud.slices), {}};
  const auto n = static_cast<float>(side);
  std::vector<float> along(cloud.particles);
  std::vector<float> across(cloud.particles);
  for (std::size_t k = 0; k < cloud.slices; ++k) {
    const auto xs = cloud.east_of(k);
    const auto ys = cloud.north_of(k);
    const Vec axis = axis_of(xs, ys);
    const auto c = static_cast<float>(axis.east);
    const auto s = static_cast<float>(axis.north);
    for (std::size_t i = 0; i < cloud.particles; ++i) {
      along[i] = xs[i] * c + ys[i] * s;
      across[i] = ys[i] * c - xs[i] * s;
    }
    const auto [west, east] = middle_of(along);
    const auto [south, north] = middle_of(across);
    out.area_m2.push_back((east - west) * (north - south) / static_cast<double>(side * side));
    const auto per_along = n / static_cast<float>(east - west);
    const auto per_across = n / static_cast<float>(north - south);
    std::uint16_t* const of = out.of.data() + k * cloud.particles;
    for (std::size_t i = 0; i < cloud.particles; ++i) {
      const float x = std::clamp((along[i] - static_cast<float>(west)) * per_along, 0.0F, n - 0.5F);
      const float y = std::clamp((across[i] - static_cast<float>(south)) * per_across, 0.0F, n - 0.5F);
      of[i] = std::isnan(x) ? out.nowhere()
                            : static_cast<std::uint16_t>(static_cast<std::uint32_t>(y) * side +
                                                         static_cast<std::uint32_t>(x));
    }
  }
  return out;
}

/// Divided effort, and what it leaves of each particle.
class Relaxation {
 public:
  Relaxation(const SearchCloud& cloud, const Cells& cells, std::span<const double> swept)
      : cloud_(cloud),
        cells_(cells),
        swept_(swept),
        left_(cloud.weight),
        x_(cloud.slices, std::vector<double>(cells.count())),
        worth_(cells.count()),
        rate_(cells.count()) {}

  /// Fills slice k anew for what all others leave.
  void refill(std::size_t k) {
    sum_up(k);
    for (std::size_t c = 0; c < worth_.size(); ++c) worth_[c] *= std::exp(x_[k][c] * rate(k));
    std::ranges::fill(rate_, rate(k));
    rate_.back() = 0;  // nowhere
    old_ = x_[k];
    fill(worth_, rate_, swept_[k], x_[k]);
    std::vector<float> ratio(cells_.count());
    for (std::size_t c = 0; c < ratio.size(); ++c)
      ratio[c] = static_cast<float>(std::exp((old_[c] - x_[k][c]) * rate(k)));
    const std::uint16_t* const of = cells_.of.data() + k * cloud_.particles;
    for (std::size_t i = 0; i < cloud_.particles; ++i) left_[i] *= ratio[of[i]];
  }

  [[nodiscard]] double pos() const {
    double all = 0;
    double left = 0;
    for (std::size_t i = 0; i < cloud_.particles; ++i) {
      all += static_cast<double>(cloud_.weight[i]);
      left += static_cast<double>(left_[i]);
    }
    return all - left;
  }

  /// pos + Σ_k (m_k max_c D_ck - Σ_c D_ck x_ck).
  [[nodiscard]] double bound() {
    double out = pos();
    for (std::size_t k = 0; k < cloud_.slices; ++k) {
      if (!(swept_[k] > 0)) continue;
      sum_up(k);
      double steepest = 0;
      for (std::size_t c = 0; c + 1 < worth_.size(); ++c) {
        const double slope = worth_[c] * rate(k);
        steepest = std::max(steepest, slope);
        out -= slope * x_[k][c];
      }
      out += swept_[k] * steepest;
    }
    return out;
  }

 private:
  [[nodiscard]] double rate(std::size_t k) const { return 1 / cells_.area_m2[k]; }
  /// What is left in each cell of slice k.
  void sum_up(std::size_t k) {
    std::ranges::fill(worth_, 0);
    const std::uint16_t* const of = cells_.of.data() + k * cloud_.particles;
    for (std::size_t i = 0; i < cloud_.particles; ++i) worth_[of[i]] += static_cast<double>(left_[i]);
  }

  const SearchCloud& cloud_;
  const Cells& cells_;
  std::span<const double> swept_;
  std::vector<float> left_;
  std::vector<std::vector<double>> x_;  // swept area, [slice][cell]
  std::vector<double> worth_;
  std::vector<double> rate_;
  std::vector<double> old_;
};

std::size_t side_for(std::size_t particles) {
  const auto hundred_a_cell = static_cast<std::size_t>(std::sqrt(static_cast<double>(particles) / 100));
  return std::clamp<std::size_t>(hundred_a_cell, 24, 64);
}

}  // namespace

SearchBound bound_of(const SearchCloud& cloud, std::span<const double> swept_m2,
                     const BoundOptions& options) {
  assert(swept_m2.size() == cloud.slices);
  SearchBound out;
  out.cells = options.cells > 0 ? options.cells : side_for(cloud.particles);
  const Cells cells = cells_of(cloud, out.cells);
  Relaxation relaxation(cloud, cells, swept_m2);
  out.bound = std::accumulate(cloud.weight.begin(), cloud.weight.end(), 0.0);
  while (out.sweeps < options.most_sweeps) {
    for (std::size_t k = 0; k < cloud.slices; ++k)
      if (swept_m2[k] > 0) relaxation.refill(k);
    ++out.sweeps;
    if (out.sweeps % 2 == 1 && out.sweeps > 1) continue;  // the bound costs as much as a sweep
    out.relaxed = relaxation.pos();
    out.bound = std::min(out.bound, std::max(out.relaxed, relaxation.bound()));
    if (out.bound - out.relaxed < options.close_enough) break;
  }
  return out;
}

std::vector<double> effort_of(const SearchCloud& cloud, std::span<const SearchTask> tasks) {
  std::vector<Stroke> strokes;
  for (const SearchTask& task : tasks) add_strokes(cloud, task, strokes);
  return effort_of(cloud, strokes);
}

std::vector<double> effort_of(const SearchCloud& cloud, std::span<const Stroke> strokes) {
  std::vector<double> out(cloud.slices);
  for (const Stroke& s : strokes)
    out[s.slice] += 4 * static_cast<double>(s.half_length) * static_cast<double>(s.half_width) *
                    static_cast<double>(s.coverage);
  return out;
}

}  // namespace varne
