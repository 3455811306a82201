#include "varne/sea/territorial_sea.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <map>
#include <utility>

namespace varne {
namespace {

constexpr double cells_per_deg = 25;  // of a shore's points: what is nearest is found in a few of them
constexpr double most_apart_m = 250;  // two points of a shore
constexpr double ring_m = 1000;       // from one ring of places about a place to the next
constexpr double last_m = 21'500;     // the last of them: twelve miles less 0.7 km
constexpr double between_m = 200;     // a shore may lie so much nearer than the nearest of its points

std::size_t cell_of(double degrees, double from, std::size_t cells) {
  const double at = std::floor((degrees - from) * cells_per_deg);
  return static_cast<std::size_t>(std::clamp(at, 0.0, static_cast<double>(cells - 1)));
}

double square_of(Vec v) {
  return v.east * v.east + v.north * v.north;
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
/// nearest shore has any, and mostly it is met in the direction of that.
/// @param shore      about where the nearest shore of the State lies
/// @param nearest_m  no land of the State is nearer
bool meets_land(const Zones& zones, const Coast& coast, Place place, std::string_view state, Vec shore,
                double nearest_m) {
  const LocalPlane plane(place);
  const std::size_t n = bearings().size();
  const auto ahead = static_cast<std::size_t>(direction_deg(shore) / (360.0 / static_cast<double>(n)));
  const auto met = [&](double ring, std::size_t most_bearings) {
    const double away = (ring + 0.5) * ring_m;
    for (std::size_t i = 0; i < most_bearings && away <= last_m; ++i) {
      // Ahead, to the right, to the left, and so on.
      const std::size_t turn = i % 2 == 0 ? n - i / 2 : (i + 1) / 2;
      const Place there = plane.from(bearings()[(ahead + turn) % n] * away);
      if (coast.land(there) == true && zones.state_at(there) == state) return true;
    }
    return false;
  };
  // Where it mostly is: just behind the shore.
  const double behind = std::floor(length(shore) / ring_m);
  if (met(behind, 3) || met(behind + 1, 3)) return true;
  const double first = std::max(0.0, std::floor((nearest_m - between_m) / ring_m));
  for (double ring = first; (ring + 0.5) * ring_m <= last_m; ++ring)
    if (met(ring, n)) return true;
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
  const std::string state(zones_.state_at(point));
  if (!state.empty()) shore_of(state).cells[row(point.lat) * columns_ + column(point.lon)].push_back(point);
}

std::size_t TerritorialSea::column(double lon) const {
  return cell_of(lon, coast_->area().west, columns_);
}

std::size_t TerritorialSea::row(double lat) const {
  return cell_of(lat, coast_->area().south, rows_);
}

Place TerritorialSea::nearest_in(std::size_t row, std::size_t column, Place place) const {
  const double west = coast_->area().west + static_cast<double>(column) / cells_per_deg;
  const double south = coast_->area().south + static_cast<double>(row) / cells_per_deg;
  return {std::clamp(place.lon, west, west + 1 / cells_per_deg),
          std::clamp(place.lat, south, south + 1 / cells_per_deg)};
}

std::optional<double> TerritorialSea::land_m(Place place, std::string_view state, double within_m) const {
  const auto way = to_shore(place, state, within_m);
  return way ? std::optional(length(*way)) : std::nullopt;
}

std::optional<Vec> TerritorialSea::to_shore(Place place, std::string_view state, double within_m) const {
  const auto shore =
      std::find_if(shores_.begin(), shores_.end(), [&](const Shore& s) { return s.state == state; });
  if (shore == shores_.end() || !valid(place)) return std::nullopt;
  const LocalPlane plane(place);
  const Place south_west = plane.from({-within_m, -within_m});
  const Place north_east = plane.from({within_m, within_m});
  double nearest = within_m * within_m;
  // The nearest cells first: most others are farther than what is found there.
  std::vector<std::pair<double, const std::vector<Place>*>> cells;
  cells.reserve(64);
  for (std::size_t r = row(south_west.lat); r <= row(north_east.lat); ++r) {
    for (std::size_t c = column(south_west.lon); c <= column(north_east.lon); ++c) {
      const auto& points = shore->cells[r * columns_ + c];
      if (points.empty()) continue;
      const double square = square_of(plane.to(nearest_in(r, c, place)));
      if (square <= nearest) cells.emplace_back(square, &points);
    }
  }
  std::sort(cells.begin(), cells.end());
  std::optional<Vec> way;
  for (const auto& [least, points] : cells) {
    if (least > nearest) break;
    for (const Place point : *points) {
      const Vec there = plane.to(point);
      const double square = square_of(there);
      if (square > nearest) continue;
      nearest = square;
      way = there;
    }
  }
  return way;
}

std::string TerritorialSea::at(Place place) const {
  return at(place, 0).value_or("");
}

std::optional<std::string> TerritorialSea::at(Place place, double error_m) const {
  const LocalPlane plane(place);
  // Where the shore is, is asked once a State: about the place it is nearer by the error at most.
  std::map<std::string_view, std::optional<Vec>> shores;
  const auto answer = [&](Vec off) -> std::string_view {
    const Place there = plane.from(off);
    if (coast_->land(there) != false) return "";
    const std::string_view state = zones_.state_at(there);
    if (state.empty()) return "";
    const auto [found, fresh] = shores.try_emplace(state);
    auto& shore = found->second;
    if (fresh) shore = to_shore(place, state, last_m + between_m + error_m);
    if (!shore) return "";
    const double nearest_m = length(*shore) - error_m;
    return meets_land(zones_, *coast_, there, state, *shore - off, nearest_m) ? state : "";
  };
  const std::string_view state = answer({});
  if (error_m > 0) {
    for (std::size_t i = 0; i < bearings().size(); i += 3)
      if (answer(bearings()[i] * error_m) != state) return std::nullopt;
  }
  return std::string(state);
}

}  // namespace varne
