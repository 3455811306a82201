#pragma once
/// The planner's inner loop: what strokes leave undetected of a thinned cloud, in SIMD registers (Highway).
/// The same bits on every instruction set: products and sums are never fused, and sums go by sixteen.

#include <cstddef>
#include <span>
#include <vector>

#include "varne/search/boxes.h"

namespace varne {

/// Some of a cloud's particles in memory as the loop takes them: those that lie together stand together, so
/// that most blocks of them can be passed over by most strokes.
class StrokeCloud {
 public:
  static constexpr std::size_t block = 128;  ///< particles that are passed over together

  /// @param most  particles at most; every n-th is taken
  StrokeCloud(const SearchCloud& cloud, std::size_t most);

  /// With padding: particles of no weight that are nowhere.
  [[nodiscard]] std::size_t size() const { return weight_.size(); }
  [[nodiscard]] const std::vector<float>& weight() const { return weight_; }

  /// Sum of `alive` (1 - exp(-z)) over the particles, z being all strokes' coverage.
  [[nodiscard]] double gain(std::span<const Stroke> strokes, std::span<const float> alive) const;
  /// Multiplies `alive` by exp(-z).
  void strike(std::span<const Stroke> strokes, std::span<float> alive) const;
  /// Particles × strokes looked at by both so far: the same on every machine, as a clock is not.
  [[nodiscard]] double work() const { return work_; }

 private:
  /// What the particles of a block lie within, in one slice; empty where none is anywhere.
  struct Extent {
    float west, east, south, north;
    [[nodiscard]] bool apart(const Extent& o) const {
      return west > o.east || east < o.west || south > o.north || north < o.south;
    }
  };
  /// What a stroke reaches, and a metre more.
  static Extent reach_of(const Stroke& stroke);
  double pass(std::span<const Stroke> strokes, const float* alive, float* left) const;

  std::vector<float> east_;  ///< [slice * size + particle]
  std::vector<float> north_;
  std::vector<float> weight_;
  std::vector<Extent> extents_;  ///< [slice * blocks + block]
  mutable double work_ = 0;
};

/// `gain` over a whole cloud as it lies, every particle having its weight still.
double gain_of_all(const SearchCloud& cloud, std::span<const Stroke> strokes);

}  // namespace varne
