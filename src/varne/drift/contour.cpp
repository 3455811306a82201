#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <utility>

#include "varne/drift/learning.h"

namespace varne {
namespace {

/// Of cells; signed, so that differences are.
using Index = std::ptrdiff_t;

constexpr int cells = 96;  // along the longer side of what the particles cover
constexpr double least_spread_m = 25;

/// A grid of density in a plane, cell centres at integer coordinates.
class Density {
 public:
  /// @param weights  one a point, sum 1
  /// @param size     as many points of one weight would say as much
  Density(const std::vector<Vec>& points, const std::vector<double>& weights, double size, Vec spread) {
    // Silverman's rule of thumb for two dimensions.
    const double shrink = std::pow(size, -1.0 / 6);
    const Vec width{std::max(spread.east * shrink, least_spread_m),
                    std::max(spread.north * shrink, least_spread_m)};
    Vec low = points.front();
    Vec high = points.front();
    for (const Vec& p : points) {
      low = {std::min(low.east, p.east), std::min(low.north, p.north)};
      high = {std::max(high.east, p.east), std::max(high.north, p.north)};
    }
    // Room for the kernel's tails, so that every contour closes inside.
    low = low - width * 4;
    high = high + width * 4;
    step_ = std::max({(high.east - low.east) / cells, (high.north - low.north) / cells});
    origin_ = low;
    columns_ = static_cast<Index>(std::ceil((high.east - low.east) / step_)) + 2;
    rows_ = static_cast<Index>(std::ceil((high.north - low.north) / step_)) + 2;
    values_.assign(static_cast<std::size_t>(columns_ * rows_), 0.0);
    for (std::size_t i = 0; i < points.size(); ++i) share_out(points[i], weights[i]);
    blur(width.east / step_, 1, columns_, columns_, rows_);
    blur(width.north / step_, columns_, rows_, 1, columns_);
  }

  [[nodiscard]] double at(Index column, Index row) const {
    return values_[static_cast<std::size_t>(row * columns_ + column)];
  }
  [[nodiscard]] Index columns() const { return columns_; }
  [[nodiscard]] Index rows() const { return rows_; }
  [[nodiscard]] Vec place(double column, double row) const {
    return origin_ + Vec{column * step_, row * step_};
  }
  /// Linear on the two triangles of a cell, south-east and north-west of its diagonal.
  [[nodiscard]] double at(Vec p) const {
    const Vec g = grid(p);
    const Index c = static_cast<Index>(g.east);
    const Index r = static_cast<Index>(g.north);
    const double x = g.east - static_cast<double>(c);
    const double y = g.north - static_cast<double>(r);
    const double far = at(c + 1, r + 1);
    return x >= y ? at(c, r) + x * (at(c + 1, r) - at(c, r)) + y * (far - at(c + 1, r))
                  : at(c, r) + y * (at(c, r + 1) - at(c, r)) + x * (far - at(c, r + 1));
  }

 private:
  [[nodiscard]] Vec grid(Vec p) const { return (p - origin_) * (1 / step_); }

  void share_out(Vec p, double weight) {
    const Vec g = grid(p);
    const Index c = static_cast<Index>(g.east);
    const Index r = static_cast<Index>(g.north);
    const double x = g.east - static_cast<double>(c);
    const double y = g.north - static_cast<double>(r);
    const auto add = [&](Index column, Index row, double v) {
      values_[static_cast<std::size_t>(row * columns_ + column)] += weight * v;
    };
    add(c, r, (1 - x) * (1 - y));
    add(c + 1, r, x * (1 - y));
    add(c, r + 1, (1 - x) * y);
    add(c + 1, r + 1, x * y);
  }

  /// A Gaussian along one axis: lines of `length` values `stride` apart, `lines` of them `next` apart.
  void blur(double sigma, Index stride, Index length, Index next, Index lines) {
    const Index reach = static_cast<Index>(std::ceil(4 * sigma));
    std::vector<double> kernel;
    double sum = 0;
    for (Index i = -reach; i <= reach; ++i) {
      kernel.push_back(std::exp(-0.5 * static_cast<double>(i * i) / (sigma * sigma)));
      sum += kernel.back();
    }
    std::vector<double> line(static_cast<std::size_t>(length));
    for (Index l = 0; l < lines; ++l) {
      for (Index i = 0; i < length; ++i) {
        double v = 0;
        for (Index k = std::max(-reach, -i); k <= std::min(reach, length - 1 - i); ++k)
          v += kernel[static_cast<std::size_t>(k + reach)] *
               values_[static_cast<std::size_t>(l * next + (i + k) * stride)];
        line[static_cast<std::size_t>(i)] = v / sum;
      }
      for (Index i = 0; i < length; ++i)
        values_[static_cast<std::size_t>(l * next + i * stride)] = line[static_cast<std::size_t>(i)];
    }
  }

  Vec origin_;
  double step_ = 1;
  Index columns_ = 0;
  Index rows_ = 0;
  std::vector<double> values_;
};

/// Marching triangles: closed rings about where the density is at least `level`, the denser side on the left.
/// A particle lies inside them exactly where the density at it, linear on the same triangles, is that much:
/// also where a shore has gathered hundreds of particles in one cell.
class Marching {
 public:
  Marching(const Density& density, double level) : density_(density), level_(level) {
    for (Index r = 0; r + 1 < density.rows(); ++r) {
      for (Index c = 0; c + 1 < density.columns(); ++c) {
        const Corner south_west{c, r};
        const Corner north_east{c + 1, r + 1};
        const Side diagonal{c, r, Direction::diagonal};
        triangle({south_west, {c + 1, r}, north_east},
                 {Side{c, r, Direction::east}, {c + 1, r, Direction::north}, diagonal});
        triangle({south_west, north_east, {c, r + 1}},
                 {diagonal, {c, r + 1, Direction::east}, {c, r, Direction::north}});
      }
    }
  }

  std::vector<std::vector<Vec>> rings() {
    std::vector<std::vector<Vec>> out;
    while (!next_.empty()) {
      const Side first = next_.begin()->first;
      std::vector<Vec> ring;
      Side side = first;
      do {
        ring.push_back(crossing(side));
        const auto step = next_.find(side);
        side = step->second;
        next_.erase(step);
      } while (side != first);
      ring.push_back(ring.front());
      out.push_back(std::move(ring));
    }
    return out;
  }

 private:
  enum class Direction { east, north, diagonal };
  /// A side between two grid points: the lower left of them, and where it goes from there.
  struct Side {
    Index column;
    Index row;
    Direction direction;
    auto operator<=>(const Side&) const = default;
  };
  struct Corner {
    Index column;
    Index row;
  };

  [[nodiscard]] Vec crossing(Side s) const {
    const Index across = s.direction == Direction::north ? 0 : 1;
    const Index up = s.direction == Direction::east ? 0 : 1;
    const double a = density_.at(s.column, s.row);
    const double b = density_.at(s.column + across, s.row + up);
    const double t = (level_ - a) / (b - a);
    return density_.place(static_cast<double>(s.column) + t * static_cast<double>(across),
                          static_cast<double>(s.row) + t * static_cast<double>(up));
  }

  /// Corners against the sun, each side from its corner to the next. The ring crosses from the side where the
  /// density falls below the level to the one where it comes back.
  void triangle(const std::array<Corner, 3>& corners, const std::array<Side, 3>& sides) {
    std::array<bool, 3> inside{};
    for (std::size_t i = 0; i < 3; ++i) inside[i] = density_.at(corners[i].column, corners[i].row) >= level_;
    for (std::size_t out = 0; out < 3; ++out) {
      if (!inside[out] || inside[(out + 1) % 3]) continue;
      for (std::size_t in = 0; in < 3; ++in) {
        if (!inside[in] && inside[(in + 1) % 3]) next_[sides[out]] = sides[in];
      }
    }
  }

  const Density& density_;
  double level_;
  std::map<Side, Side> next_;
};

}  // namespace

std::vector<std::vector<Place>> contour(const DriftSnapshot& snapshot, double share,
                                        std::span<const double> all_weights) {
  std::vector<Vec> points;
  std::vector<double> weights;
  double known = 0;
  const LocalPlane plane(snapshot.places.empty() ? Place{} : snapshot.places.front());
  for (std::size_t i = 0; i < snapshot.places.size(); ++i) {
    if (snapshot.states[i] == ParticleState::left) continue;
    const double w = all_weights.empty() ? 1 / static_cast<double>(snapshot.places.size()) : all_weights[i];
    if (w <= 0) continue;
    points.push_back(plane.to(snapshot.places[i]));
    weights.push_back(w);
    known += w;
  }
  // Where most have left, the few that stayed say nothing of where it is.
  if (points.empty() || known < 0.5 * (1 - 1e-9) || !(share > 0 && share <= 1)) return {};
  for (double& w : weights) w /= known;
  Vec mean;
  for (std::size_t i = 0; i < points.size(); ++i) mean = mean + points[i] * weights[i];
  Vec variance;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Vec d = points[i] - mean;
    variance = variance + Vec{d.east * d.east, d.north * d.north} * weights[i];
  }
  const Density density(points, weights, effective_sample_size(weights),
                        {std::sqrt(variance.east), std::sqrt(variance.north)});
  std::vector<std::pair<double, double>> at_points;  // density, weight
  at_points.reserve(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) at_points.emplace_back(density.at(points[i]), weights[i]);
  std::sort(at_points.begin(), at_points.end(), std::greater<>());
  std::size_t last = 0;
  for (double held = at_points[0].second; held < share * (1 - 1e-9) && last + 1 < at_points.size();)
    held += at_points[++last].second;
  // A hair below the density at the last particle that belongs inside, so that it does.
  const double level = at_points[last].first * (1 - 1e-9);
  std::vector<std::vector<Place>> out;
  for (const auto& ring : Marching(density, level).rings()) {
    std::vector<Place> places;
    places.reserve(ring.size());
    for (const Vec& p : ring) places.push_back(plane.from(p));
    out.push_back(std::move(places));
  }
  return out;
}

}  // namespace varne
