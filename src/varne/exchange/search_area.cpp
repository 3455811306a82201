#include "varne/exchange/search_area.h"

#include <algorithm>

#include "varne/drift/ring.h"

namespace varne {
namespace {

constexpr double share = 0.9;

/// Every so many-th corner, the first and the last always.
std::vector<Place> thinned(std::vector<Place> ring, std::size_t most) {
  if (ring.size() <= most) return ring;
  std::vector<Place> out;
  for (std::size_t i = 0; i + 1 < most; ++i) out.push_back(ring[i * (ring.size() - 1) / (most - 1)]);
  out.push_back(ring.back());
  return out;
}

}  // namespace

std::optional<SearchArea> search_area(const Room& room, const Incident& incident, Time near,
                                      std::size_t most_corners) {
  const auto run = room.forecast(incident.id);
  if (!run || run->snapshots.empty()) return std::nullopt;
  const auto& snapshot = *std::min_element(
      run->snapshots.begin(), run->snapshots.end(), [&](const DriftSnapshot& a, const DriftSnapshot& b) {
        return std::chrono::abs(a.time - near) < std::chrono::abs(b.time - near);
      });
  SearchArea out{room.forecast_id(incident.id), snapshot.time, {}};
  for (Polygon& polygon : polygons_of(contour(snapshot, share, run->weights)))
    out.rings.push_back(thinned(std::move(polygon.outer), most_corners));
  if (out.rings.empty()) return std::nullopt;
  return out;
}

}  // namespace varne
