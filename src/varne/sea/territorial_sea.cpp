#include "varne/sea/territorial_sea.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <utility>

namespace varne {
namespace {

constexpr double cells_per_deg = 10;
constexpr double most_apart_m = 250;  // two points of a shore
constexpr double ring_m = 1000;       // from one ring of places about a place to the next
constexpr double last_m = 21'500;     // the last of them: twelve miles less 0.7 km
constexpr double between_m = 200;     // a shore may lie so much nearer than the nearest of its points

std::size_t cell_of(double degrees, double from, std::size_t cells) {
  const double at = std::floor((degrees - from) * cells_per_deg);
  return static_cast<std::size_t>(std::clamp(at, 0.0, static_cast<double>(cells - 1)));
}

/// The 24 bearings, a metre long.
const std::array<Vec, 24>& bearings() {
  static const auto made = [] {
    std::array<Vec, 24> out;
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = towards(15.0 * static_cast<double>(i), 1);
    return out;
  }();
  return made;
}

/// Whether land of the State lies on one of 24 bearings, in rings a kilometre apart: not a sliver of it,
/// which may be a drying bank or an error of the coastline, but enough to be met. No ring nearer than the
/// nearest shore has any.
bool meets_land(const Zones& zones, const Coast& coast, Place place, const std::string& state,
                double nearest_m) {
  const LocalPlane plane(place);
  const double first = std::max(0.0, std::floor((nearest_m - between_m) / ring_m));
  for (double away = (first + 0.5) * ring_m; away <= last_m; away += ring_m) {
    for (const Vec bearing : bearings()) {
      const Place there = plane.from(bearing * away);
      if (coast.land(there) == true && zones.at(there).state == state) return true;
    }
  }
  return false;
}

}  // namespace

TerritorialSea::TerritorialSea(Zones zones, std::shared_ptr<const Coast> coast)
    : zones_(std::move(zones)), coast_(std::move(coast)) {
  assert(coast_);
  const Box& area = coast_->area();
  columns_ = static_cast<std::size_t>((area.east - area.west) * cells_per_deg) + 1;
  rows_ = static_cast<std::size_t>((area.north - area.south) * cells_per_deg) + 1;
  for (const auto& ring : coast_->rings()) {
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
      const LocalPlane plane(ring[i]);
      const Vec along = plane.to(ring[i + 1]);
      const double parts = std::max(1.0, std::ceil(length(along) / most_apart_m));
      for (double part = 0; part < parts; ++part) add(plane.from(along * (part / parts)));
    }
  }
}

TerritorialSea::Shore& TerritorialSea::shore_of(const std::string& state) {
  for (Shore& shore : shores_) {
    if (shore.state == state) return shore;
  }
  return shores_.emplace_back(state, std::vector<std::vector<Place>>(columns_ * rows_));
}

void TerritorialSea::add(Place point) {
  const std::string state = zones_.at(point).state;
  if (!state.empty()) shore_of(state).cells[row(point.lat) * columns_ + column(point.lon)].push_back(point);
}

std::size_t TerritorialSea::column(double lon) const {
  return cell_of(lon, coast_->area().west, columns_);
}

std::size_t TerritorialSea::row(double lat) const {
  return cell_of(lat, coast_->area().south, rows_);
}

std::optional<double> TerritorialSea::land_m(Place place, std::string_view state, double within_m) const {
  const auto shore =
      std::find_if(shores_.begin(), shores_.end(), [&](const Shore& s) { return s.state == state; });
  if (shore == shores_.end() || !valid(place)) return std::nullopt;
  const LocalPlane plane(place);
  const Place south_west = plane.from({-within_m, -within_m});
  const Place north_east = plane.from({within_m, within_m});
  double nearest = within_m * within_m;
  bool any = false;
  for (std::size_t r = row(south_west.lat); r <= row(north_east.lat); ++r) {
    for (std::size_t c = column(south_west.lon); c <= column(north_east.lon); ++c) {
      for (const Place point : shore->cells[r * columns_ + c]) {
        const Vec away = plane.to(point);
        const double square = away.east * away.east + away.north * away.north;
        if (square > nearest) continue;
        nearest = square;
        any = true;
      }
    }
  }
  return any ? std::optional(std::sqrt(nearest)) : std::nullopt;
}

std::string TerritorialSea::at(Place place) const {
  if (coast_->land(place) != false) return "";
  std::string state = zones_.at(place).state;
  const auto nearest = state.empty() ? std::nullopt : land_m(place, state, last_m + between_m);
  return nearest && meets_land(zones_, *coast_, place, state, *nearest) ? state : "";
}

std::optional<std::string> TerritorialSea::at(Place place, double error_m) const {
  std::string state = at(place);
  if (error_m <= 0) return state;
  for (int bearing = 0; bearing < 360; bearing += 45) {
    if (at(destination(place, bearing, error_m)) != state) return std::nullopt;
  }
  return state;
}

}  // namespace varne
