#pragma once
/// Closed rings of longitudes and latitudes.

#include <span>
#include <vector>

#include "varne/core/geo.h"

namespace varne {

/// Whether a place lies within a ring of longitudes and latitudes that does not cross the antimeridian, by
/// the even-odd rule. The first corner may be repeated at the end or not.
inline bool inside_ring(std::span<const Place> ring, Place p) {
  bool in = false;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Place& a = ring[i];
    const Place& b = ring[i + 1 == ring.size() ? 0 : i + 1];
    if ((a.lat > p.lat) != (b.lat > p.lat) &&
        p.lon < a.lon + (p.lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon))
      in = !in;
  }
  return in;
}

/// An area with what is cut out of it.
struct Polygon {
  std::vector<Place> outer;
  std::vector<std::vector<Place>> holes;
};

/// The polygons that rings are, the first corner repeated at the end: those with the inside on the left are
/// outer, the others holes, each in the smallest ring about it. A ring without extent is none.
std::vector<Polygon> polygons_of(const std::vector<std::vector<Place>>& rings);

}  // namespace varne
