#include "varne/drift/ring.h"

#include <cstddef>

namespace varne {
namespace {

/// Twice the signed area in square degrees: above 0 where the inside is on the left.
double doubled_area(const std::vector<Place>& ring) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i)
    sum += (ring[i].lon - ring[0].lon) * (ring[i + 1].lat - ring[0].lat) -
           (ring[i + 1].lon - ring[0].lon) * (ring[i].lat - ring[0].lat);
  return sum;
}

}  // namespace

std::vector<Polygon> polygons_of(const std::vector<std::vector<Place>>& rings) {
  std::vector<Polygon> out;
  for (const auto& ring : rings) {
    if (doubled_area(ring) > 0) out.push_back({ring, {}});
  }
  for (const auto& ring : rings) {
    if (doubled_area(ring) >= 0) continue;
    // An island in a hole has an outer ring of its own: a hole belongs to the smallest ring about it.
    Polygon* home = nullptr;
    for (Polygon& about : out) {
      if (inside_ring(about.outer, ring.front()) &&
          (home == nullptr || doubled_area(about.outer) < doubled_area(home->outer)))
        home = &about;
    }
    if (home != nullptr) home->holes.push_back(ring);
  }
  return out;
}

}  // namespace varne
