#include "varne/search/crew.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace varne {
namespace {

/// Land by cells of the area that the cloud takes up, asked once each.
class LandCells {
 public:
  LandCells(const SearchCloud& cloud, const std::function<bool(Place)>& land) {
    for (std::size_t k = 0; k < cloud.slices; k += std::max<std::size_t>(1, cloud.slices / 4))
      for (std::size_t i = 0; i < cloud.particles; i += 64) {
        const Vec at{static_cast<double>(cloud.east_of(k)[i]), static_cast<double>(cloud.north_of(k)[i])};
        if (std::isnan(at.east)) continue;
        low_ = {std::min(low_.east, at.east), std::min(low_.north, at.north)};
        high_ = {std::max(high_.east, at.east), std::max(high_.north, at.north)};
      }
    const Vec margin = (high_ - low_) * 0.3;
    low_ = low_ - margin;
    high_ = high_ + margin;
    for (std::size_t n = 0; n < side; ++n)
      for (std::size_t e = 0; e < side; ++e)
        cells_.push_back(land(cloud.plane.from(
            {low_.east + (static_cast<double>(e) + 0.5) / side * (high_.east - low_.east),
             low_.north + (static_cast<double>(n) + 0.5) / side * (high_.north - low_.north)})));
  }
  /// False beyond the area: no box is drawn there by itself.
  [[nodiscard]] bool operator()(Vec at) const {
    const double e = (at.east - low_.east) / (high_.east - low_.east) * side;
    const double n = (at.north - low_.north) / (high_.north - low_.north) * side;
    if (!(e >= 0 && e < side && n >= 0 && n < side)) return false;
    return cells_[static_cast<std::size_t>(n) * side + static_cast<std::size_t>(e)];
  }
  [[nodiscard]] bool any() const { return std::ranges::find(cells_, true) != cells_.end(); }

 private:
  static constexpr std::size_t side = 160;
  Vec low_{INFINITY, INFINITY};
  Vec high_{-INFINITY, -INFINITY};
  std::vector<bool> cells_;
};

}  // namespace

Result<SearchCrew> crew_of(const SearchCloud& cloud, const std::vector<SearchUnit>& units,
                           const PlanOptions& options) {
  if (cloud.slices == 0 || cloud.particles == 0) return fail("cloud", "is empty: there is nowhere to look");
  if (units.size() > most_units)
    return fail("units", fmt::format("are {}: a plan takes at most {}; name those that are nearest",
                                     units.size(), most_units));
  if (options.boxes_a_unit < 1 || options.boxes_a_unit > 4) return fail("boxes_a_unit", "must be 1 to 4");
  if (!(options.work > 0 && options.work <= 1000)) return fail("work", "must be above 0, and at most 1000");
  SearchCrew crew;
  for (std::size_t u = 0; u < units.size(); ++u) {
    auto one = ready(units[u], u, cloud, crew.plan.notes, options.waters);
    if (auto* unit = std::get_if<ReadyUnit>(&one))
      crew.units.push_back(*unit);
    else
      crew.plan.left_out.push_back(std::get<LeftOut>(std::move(one)));
  }
  if (crew.units.empty())
    crew.plan.notes.push_back(units.empty() ? "no unit is named; name those that may search"
                                            : "no unit can go; why stands with each");
  return crew;
}

bool drop_idle(const SearchCloud& cloud, std::vector<ReadyUnit>& units, const std::vector<UnitBoxes>& boxes) {
  std::vector<ReadyUnit> busy;
  for (std::size_t u = 0; u < boxes.size(); ++u)
    if (!timed(cloud, units[u], boxes[u]).empty()) busy.push_back(units[u]);
  if (busy.empty() || busy.size() == units.size()) return false;
  units = std::move(busy);
  return true;
}

std::function<bool(Vec)> land_in_plane(const SearchCloud& cloud, const std::function<bool(Place)>& land) {
  if (!land) return {};
  auto cells = std::make_shared<const LandCells>(cloud, land);
  if (!cells->any()) return {};
  return [cells](Vec at) { return (*cells)(at); };
}

}  // namespace varne
