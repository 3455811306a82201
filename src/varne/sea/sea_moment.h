#pragma once
/// The current or the wind of one moment over an area, for loops over many places: arrays of places in,
/// arrays of velocities and who knew them out. `Sea::current` and `Sea::wind` answer the same question for
/// one place; they are the measure of this.
///
/// A source that lies on an even grid of longitude and latitude is taken over on that grid, and the answers
/// differ by rounding only: 1e-6 of the greatest speed about a place. Any other (a map's projection, say) is
/// asked at points 0.01° of latitude and 0.015° of longitude apart, and answers between them are bilinear:
/// off by at most an eighth of what its slope changes by from one such point to the next, and unknown within
/// a point of where it ends.

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "varne/core/time.h"
#include "varne/sea/box.h"
#include "varne/sea/sea.h"

namespace varne {

/// One source's part in a moment: velocities at even steps of longitude and latitude, bilinear between.
struct VectorPlane {
  bool uniform = false;     ///< the same everywhere: one node
  bool shares = false;      ///< as `SourceGrid::shares`
  bool whole = false;       ///< every node is known: nothing needs to be asked of them
  std::uint8_t source = 0;  ///< number in `Sea::sources`
  double west = 0;          ///< of the first node, degrees; may be beyond 180 where the area is
  double south = 0;
  double per_lon = 0;  ///< nodes a degree
  double per_lat = 0;
  double columns = 1;  ///< whole numbers; 2 or more where not uniform
  double rows = 1;
  std::vector<float> nodes;  ///< east and north [m/s] in turn, row by row from the south; NaN where unknown
};

/// Immutable once made; any number of threads may ask.
class SeaMoment {
 public:
  /// @param area  where it will be asked. Its longitudes may go beyond ±180; so may those asked about
  SeaMoment(const Sea& sea, SeaPart part, Time time, const Box& area);

  /// Nobody knew.
  static constexpr std::uint8_t unanswered = std::numeric_limits<std::uint8_t>::max();

  /// What the first source that knows says at each place. All five have the same length.
  ///
  /// @param lon, lat     degrees, finite, within the area
  /// @param east, north  [m/s] out; NaN where nobody knew
  /// @param answered     out: number of the source in `Sea::sources`, or `unanswered`
  void velocities(std::span<const double> lon, std::span<const double> lat, std::span<float> east,
                  std::span<float> north, std::span<std::uint8_t> answered) const;

  /// In the order they are asked; those after one that knows the whole area are left out.
  [[nodiscard]] const std::vector<VectorPlane>& planes() const { return planes_; }
  /// The source that answers everywhere in the area, or nothing where it takes several or there are gaps.
  [[nodiscard]] std::optional<std::uint8_t> sole() const { return sole_; }
  /// The greatest speed at any node [m/s].
  [[nodiscard]] double fastest_mps() const { return fastest_; }

 private:
  std::vector<VectorPlane> planes_;
  std::optional<std::uint8_t> sole_;
  double fastest_ = 0;
};

}  // namespace varne
