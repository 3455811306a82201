#include "varne/sea/sea_moment.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <optional>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "varne/sea/sea_moment.cpp"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "varne/sea/sample-inl.h"

HWY_BEFORE_NAMESPACE();
namespace varne::HWY_NAMESPACE {

/// A whole number of registers' worth of places.
void sample_all(const VectorPlane* planes, std::size_t count, const double* lon, const double* lat,
                std::size_t n, float* east, float* north) {
  const DD dd;
  for (std::size_t i = 0; i < n; i += hn::Lanes(dd)) {
    const Sampled found = sample(planes, count, hn::LoadU(dd, lon + i), hn::LoadU(dd, lat + i));
    hn::StoreU(east_of(found.pairs), DF(), east + i);
    hn::StoreU(north_of(found.pairs), DF(), north + i);
  }
}

}  // namespace varne::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace varne {
namespace {

HWY_EXPORT(sample_all);

/// Points at which a source without an even grid is asked.
constexpr double asked_step_lon = 0.015;
constexpr double asked_step_lat = 0.01;

SourceGrid asked_grid() {
  SourceGrid grid;
  grid.kind = SourceGrid::Kind::even;
  grid.west = -180;
  grid.south = -90;
  grid.step_lon = asked_step_lon;
  grid.step_lat = asked_step_lat;
  grid.columns = 24000;
  grid.rows = 18001;
  grid.turns = true;
  return grid;
}

/// The points of an axis that an area needs: one on or before its lower end to one on or after its upper.
struct Span {
  double first = 0;
  double count = 0;  ///< below 2: the area lies outside
};
Span needed(double low, double high, double step, std::size_t points, bool endless) {
  const double last = static_cast<double>(points - 1);
  double from = std::floor(low / step) - 1;  // one to spare for rounding
  double to = std::ceil(high / step) + 1;
  if (!endless) {
    from = std::clamp(from, 0.0, last);
    to = std::clamp(to, 0.0, last);
  }
  return {from, to - from + 1};
}

std::optional<Vec> ask(const SeaSource& source, SeaPart part, Place place, Time time) {
  return part == SeaPart::current ? source.current(place, time) : source.wind(place, time);
}

/// What one source knows of an area; nothing where it does not reach there.
std::optional<VectorPlane> plane_of(const SeaSource& source, SeaPart part, Time time, const Box& area) {
  SourceGrid grid = source.grid(part);
  if (grid.kind == SourceGrid::Kind::nothing) return std::nullopt;
  VectorPlane plane;
  if (grid.kind == SourceGrid::Kind::uniform) {
    const auto everywhere = ask(source, part, {wrap180(area.west), area.south}, time);
    if (!everywhere) return std::nullopt;
    plane.uniform = true;
    plane.nodes = {static_cast<float>(everywhere->east), static_cast<float>(everywhere->north)};
    return plane;
  }
  if (grid.kind == SourceGrid::Kind::other) grid = asked_grid();
  // The same meridians may be counted 360° apart.
  const double width = grid.step_lon * static_cast<double>(grid.columns - 1);
  grid.west += 360 * std::round(((area.west + area.east) / 2 - (grid.west + width / 2)) / 360);
  const Span x =
      needed(area.west - grid.west, area.east - grid.west, grid.step_lon, grid.columns, grid.turns);
  const Span y = needed(area.south - grid.south, area.north - grid.south, grid.step_lat, grid.rows, false);
  if (x.count < 2 || y.count < 2) return std::nullopt;
  plane.shares = grid.shares;
  plane.west = grid.west + x.first * grid.step_lon;
  plane.south = grid.south + y.first * grid.step_lat;
  plane.per_lon = 1 / grid.step_lon;
  plane.per_lat = 1 / grid.step_lat;
  plane.columns = x.count;
  plane.rows = y.count;
  plane.nodes.reserve(static_cast<std::size_t>(2 * x.count * y.count));
  bool any = false;
  plane.whole = true;
  for (double j = 0; j < y.count; ++j) {
    for (double i = 0; i < x.count; ++i) {
      const Place node{wrap180(grid.west + (x.first + i) * grid.step_lon),
                       std::min(grid.south + (y.first + j) * grid.step_lat, 90.0)};
      const auto known = ask(source, part, node, time);
      constexpr double nan = std::numeric_limits<double>::quiet_NaN();
      const Vec vector = known.value_or(Vec{nan, nan});
      plane.nodes.push_back(static_cast<float>(vector.east));
      plane.nodes.push_back(static_cast<float>(vector.north));
      any = any || known;
      plane.whole = plane.whole && known;
    }
  }
  return any ? std::optional(std::move(plane)) : std::nullopt;
}

/// Whether a plane leaves no place of the area unknown.
bool covers(const VectorPlane& plane, const Box& area) {
  if (plane.uniform) return true;
  return plane.whole && area.west >= plane.west &&
         area.east <= plane.west + (plane.columns - 1) / plane.per_lon && area.south >= plane.south &&
         area.north <= plane.south + (plane.rows - 1) / plane.per_lat;
}

}  // namespace

SeaMoment::SeaMoment(const Sea& sea, SeaPart part, Time time, const Box& area) {
  for (std::size_t i = 0; i < sea.sources().size() && i < unanswered; ++i) {
    auto plane = plane_of(*sea.sources()[i], part, time, area);
    if (!plane) continue;
    plane->source = static_cast<std::uint8_t>(i);
    for (std::size_t k = 0; k + 1 < plane->nodes.size(); k += 2) {
      const double square =
          static_cast<double>(plane->nodes[k]) * static_cast<double>(plane->nodes[k]) +
          static_cast<double>(plane->nodes[k + 1]) * static_cast<double>(plane->nodes[k + 1]);
      if (square > fastest_) fastest_ = square;  // never a NaN
    }
    const bool whole = covers(*plane, area);
    if (whole && planes_.empty()) sole_ = plane->source;
    planes_.push_back(std::move(*plane));
    if (whole) break;
  }
  fastest_ = std::sqrt(fastest_);
}

void SeaMoment::velocities(std::span<const double> lon, std::span<const double> lat, std::span<float> east,
                           std::span<float> north, std::span<std::uint8_t> answered) const {
  assert(lon.size() == lat.size() && lon.size() == east.size() && lon.size() == north.size() &&
         lon.size() == answered.size());
  constexpr std::size_t most = 64;  // a multiple of every register's places
  for (std::size_t at = 0; at < lon.size(); at += most) {
    const std::size_t n = std::min(most, lon.size() - at);
    double x[most] = {};
    double y[most] = {};
    float u[most];
    float v[most];
    std::copy_n(lon.data() + at, n, x);
    std::copy_n(lat.data() + at, n, y);
    std::fill_n(answered.data() + at, n, unanswered);
    std::fill_n(east.data() + at, n, std::numeric_limits<float>::quiet_NaN());
    std::fill_n(north.data() + at, n, std::numeric_limits<float>::quiet_NaN());
    for (const VectorPlane& plane : planes_) {
      HWY_DYNAMIC_DISPATCH(sample_all)(&plane, 1, x, y, most, u, v);
      bool more = false;
      for (std::size_t i = 0; i < n; ++i) {
        if (answered[at + i] != unanswered) continue;
        more = more || std::isnan(u[i]);
        if (std::isnan(u[i])) continue;
        east[at + i] = u[i];
        north[at + i] = v[i];
        answered[at + i] = plane.source;
      }
      if (!more) break;
    }
  }
}

}  // namespace varne
#endif  // HWY_ONCE
