#include "varne/sea/coast.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "varne/sea/gshhg.h"

namespace varne {
namespace {

// Cells of 1/256°: 430 m by 280 m in the strait, a few of the coast's edges in each that it touches.
constexpr double cells_per_deg = 256;

std::size_t cell_of(double degrees, double from, std::size_t cells) {
  const double at = std::floor((degrees - from) * cells_per_deg);
  return static_cast<std::size_t>(std::clamp(at, 0.0, static_cast<double>(cells - 1)));
}

}  // namespace

std::string gshhg_path() {
  const char* set = std::getenv("VARNE_GSHHG");
  return set != nullptr ? set : "/usr/share/gmt-gshhg/binned_GSHHS_f.nc";
}

Result<std::shared_ptr<const Coast>> Coast::load(const std::string& path, Box area) {
  const Box bins = whole_bins(area);
  if (!(valid({bins.west, bins.south}) && valid({bins.east, bins.north}) && bins.west < bins.east &&
        bins.south < bins.north && (bins.east - bins.west) * (bins.north - bins.south) <= 400)) {
    return fail(path, fmt::format("the area {} to {} E, {} to {} N is no area of at most 400 square degrees",
                                  area.west, area.east, area.south, area.north));
  }
  auto rings = read_gshhg(path, bins);
  if (!rings) return fail(rings.error());
  return std::shared_ptr<const Coast>(new Coast(bins, std::move(*rings)));
}

Coast::Coast(Box area, std::vector<std::vector<Place>> rings) : area_(area), rings_(std::move(rings)) {
  columns_ = static_cast<std::size_t>((area.east - area.west) * cells_per_deg);
  rows_ = static_cast<std::size_t>((area.north - area.south) * cells_per_deg);
  constexpr std::size_t beyond = 3;  // see `Raster::cells`
  cover_.assign(columns_ * rows_ + beyond, Cover::sea);
  strips_.resize(rows_);
  index();
  const double edges[] = {area.west, area.south, area.east, area.north};
  hash_ = sha256({reinterpret_cast<const char*>(edges), sizeof edges});
  for (const auto& ring : rings_)
    hash_ = sha256(hash_, {reinterpret_cast<const char*>(ring.data()), ring.size() * sizeof(Place)});
}

void Coast::index() {
  for (const auto& ring : rings_) {
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
      const bool up = ring[i].lat < ring[i + 1].lat;
      const Edge edge{up ? ring[i] : ring[i + 1], up ? ring[i + 1] : ring[i]};
      const auto bottom = cell_of(edge.a.lat, area_.south, rows_);
      const auto top = cell_of(edge.b.lat, area_.south, rows_);
      const auto left = cell_of(std::min(edge.a.lon, edge.b.lon), area_.west, columns_);
      const auto right = cell_of(std::max(edge.a.lon, edge.b.lon), area_.west, columns_);
      for (auto row = bottom; row <= top; ++row) {
        strips_[row].push_back(edge);
        for (auto column = left; column <= right; ++column) cover_[row * columns_ + column] = Cover::shore;
      }
    }
  }
  // Between two cells without coast side by side nothing changes, so only the first after a shore is asked.
  for (std::size_t row = 0; row < rows_; ++row) {
    Cover before = Cover::shore;
    for (std::size_t column = 0; column < columns_; ++column) {
      Cover& cover = cover_[row * columns_ + column];
      if (cover != Cover::shore) {
        if (before == Cover::shore) {
          const Place middle{area_.west + (static_cast<double>(column) + 0.5) / cells_per_deg,
                             area_.south + (static_cast<double>(row) + 0.5) / cells_per_deg};
          before = land_by_crossings(middle) ? Cover::land : Cover::sea;
        }
        cover = before;
      }
      before = cover;
    }
  }
}

/// Even-odd rule: land where a ray to the west crosses the outlines an odd number of times. An edge owns its
/// southern end and not its northern, so that a ray through a corner counts it once.
bool Coast::land_by_crossings(Place place) const {
  bool inside = false;
  for (const Edge& edge : strips_[cell_of(place.lat, area_.south, rows_)]) {
    if (place.lat < edge.a.lat || place.lat >= edge.b.lat) continue;
    const double share = (place.lat - edge.a.lat) / (edge.b.lat - edge.a.lat);
    if (edge.a.lon + share * (edge.b.lon - edge.a.lon) < place.lon) inside = !inside;
  }
  return inside;
}

Coast::Raster Coast::raster() const {
  return {area_.west,
          area_.south,
          cells_per_deg,
          static_cast<double>(columns_),
          static_cast<double>(rows_),
          reinterpret_cast<const std::uint8_t*>(cover_.data())};
}

std::optional<bool> Coast::land(Place place) const {
  if (!valid(place) || !area_.contains(place)) return std::nullopt;
  const auto row = cell_of(place.lat, area_.south, rows_);
  const auto column = cell_of(place.lon, area_.west, columns_);
  switch (cover_[row * columns_ + column]) {
    case Cover::sea:
      return false;
    case Cover::land:
      return true;
    case Cover::shore:
      break;
  }
  return land_by_crossings(place);
}

}  // namespace varne
