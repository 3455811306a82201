#include "varne/sea/projection.h"

#include <fmt/format.h>

#include <GeographicLib/LambertConformalConic.hpp>
#include <GeographicLib/PolarStereographic.hpp>
#include <GeographicLib/TransverseMercator.hpp>
#include <algorithm>
#include <cmath>
#include <exception>
#include <numbers>
#include <optional>
#include <utility>

#include "varne/core/text.h"

namespace varne {
namespace {

constexpr double deg = std::numbers::pi / 180;

/// Figure of the earth: equatorial radius [m] and flattening.
struct Figure {
  double a = 6'371'000;
  double f = 0;
};

/// Longitudes and latitudes of a model's sphere are read as those of WGS-84, as models are run and drawn. The
/// same small step then runs a little more to the east on the ellipsoid than on the sphere (by the ratio of
/// its two radii of curvature), and so does grid north: up to 0.1° of bearing.
double bearing_on_earth(double on_figure_deg, Place place, double flattening) {
  if (flattening != 0) return on_figure_deg;
  constexpr double e2 = 0.00669437999014;  // WGS-84
  const double s = std::sin(place.lat * deg);
  const double ratio = (1 - e2 * s * s) / (1 - e2);
  const double bearing = on_figure_deg * deg;
  return std::atan2(ratio * std::sin(bearing), std::cos(bearing)) / deg;
}

/// False easting and northing are added to what the formulas give [m].
struct Offset {
  double x = 0;
  double y = 0;
};

class LambertConformal : public Projection {
 public:
  LambertConformal(Figure figure, double parallel1, double parallel2, double lon0, double lat0, Offset offset)
      : cone_(figure.a, figure.f, parallel1, parallel2, 1), lon0_(lon0), offset_(offset) {
    // GeographicLib counts y from the latitude of least scale, CF from the latitude of origin.
    double x = 0;
    double y = 0;
    cone_.Forward(lon0, lat0, lon0, x, y);
    offset_.y -= y;
  }
  [[nodiscard]] MapPoint to(Place place) const override {
    MapPoint point;
    double scale = 0;
    cone_.Forward(lon0_, place.lat, place.lon, point.x, point.y, point.grid_north_deg, scale);
    point.grid_north_deg = bearing_on_earth(point.grid_north_deg, place, cone_.Flattening());
    point.x += offset_.x;
    point.y += offset_.y;
    return point;
  }

 private:
  GeographicLib::LambertConformalConic cone_;
  double lon0_;
  Offset offset_;
};

class PolarStereographic : public Projection {
 public:
  PolarStereographic(Figure figure, bool north, double lon0, std::optional<double> parallel, double scale,
                     Offset offset)
      : plane_(figure.a, figure.f, scale), north_(north), lon0_(lon0), offset_(offset) {
    if (parallel) plane_.SetScale(std::abs(*parallel), 1);
  }
  [[nodiscard]] MapPoint to(Place place) const override {
    MapPoint point;
    double scale = 0;
    const double lon = wrap180(place.lon - lon0_);
    plane_.Forward(north_, place.lat, lon, point.x, point.y, point.grid_north_deg, scale);
    point.grid_north_deg = bearing_on_earth(point.grid_north_deg, place, plane_.Flattening());
    point.x += offset_.x;
    point.y += offset_.y;
    return point;
  }

 private:
  GeographicLib::PolarStereographic plane_;
  bool north_;
  double lon0_;
  Offset offset_;
};

class TransverseMercator : public Projection {
 public:
  TransverseMercator(Figure figure, double scale, double lon0, double lat0, Offset offset)
      : cylinder_(figure.a, figure.f, scale), lon0_(lon0), offset_(offset) {
    double x = 0;
    double y = 0;
    cylinder_.Forward(lon0, lat0, lon0, x, y);
    offset_.y -= y;
  }
  [[nodiscard]] MapPoint to(Place place) const override {
    MapPoint point;
    double scale = 0;
    cylinder_.Forward(lon0_, place.lat, place.lon, point.x, point.y, point.grid_north_deg, scale);
    point.grid_north_deg = bearing_on_earth(point.grid_north_deg, place, cylinder_.Flattening());
    point.x += offset_.x;
    point.y += offset_.y;
    return point;
  }

 private:
  GeographicLib::TransverseMercator cylinder_;
  double lon0_;
  Offset offset_;
};

/// Longitude and latitude of a sphere whose pole has been moved (CF's rotated_latitude_longitude).
class RotatedPole : public Projection {
 public:
  RotatedPole(double pole_lon, double pole_lat, double north_pole_lon)
      : pole_lon_(pole_lon),
        sin_(std::sin(pole_lat * deg)),
        cos_(std::cos(pole_lat * deg)),
        turn_(north_pole_lon) {}
  [[nodiscard]] MapPoint to(Place place) const override {
    const double lon = (place.lon - pole_lon_) * deg;
    const double lat = place.lat * deg;
    const double east = -std::cos(lat) * std::sin(lon);
    const double along = sin_ * std::cos(lat) * std::cos(lon) - cos_ * std::sin(lat);
    const double up = std::clamp(cos_ * std::cos(lat) * std::cos(lon) + sin_ * std::sin(lat), -1.0, 1.0);
    MapPoint point;
    point.x = wrap180(std::atan2(east, -along) / deg + turn_);
    point.y = std::asin(up) / deg;
    // Grid north is the bearing of the moved pole.
    const double bearing =
        std::atan2(-cos_ * std::sin(lon), sin_ * std::cos(lat) - cos_ * std::sin(lat) * std::cos(lon)) / deg;
    point.grid_north_deg = bearing_on_earth(bearing, place, 0);
    return point;
  }

 private:
  double pole_lon_;
  double sin_;
  double cos_;
  double turn_;
};

/// Parameters of one grid mapping variable; the first that is missing or wrong is kept as the refusal.
class Parameters {
 public:
  Parameters(const NetcdfFile& file, const NetcdfFile::Variable& mapping) : file_(file), mapping_(mapping) {}

  [[nodiscard]] std::optional<double> maybe(const char* name) const {
    const auto given = file_.numbers(mapping_, name);
    if (given.empty() || !std::isfinite(given.front())) return std::nullopt;
    return given.front();
  }
  double need(const char* name) {
    const auto given = maybe(name);
    if (!given) complain(name, "is missing; the projection cannot be drawn without it");
    return given.value_or(0);
  }
  double latitude(const char* name) {
    const double lat = need(name);
    if (std::abs(lat) > 90) complain(name, "is no latitude");
    return lat;
  }
  double longitude(const char* name) {
    const double lon = need(name);
    if (std::abs(lon) > 360) complain(name, "is no longitude");
    return wrap180(lon);
  }
  /// One or two latitudes.
  std::pair<double, double> parallels() {
    const double first = latitude("standard_parallel");
    const auto both = file_.numbers(mapping_, "standard_parallel");
    const double second = both.size() == 2 ? both[1] : first;
    // At a pole the cone is a plane, opposite parallels make it a cylinder.
    if (!(std::abs(first) < 90 && std::abs(second) < 90 && std::abs(first + second) > 1e-6)) {
      complain("standard_parallel", "makes no cone");
    }
    return {first, second};
  }
  Figure figure() {
    Figure figure;
    figure.a = maybe("semi_major_axis").value_or(maybe("earth_radius").value_or(figure.a));
    if (const auto inverse = maybe("inverse_flattening"); inverse && *inverse != 0) figure.f = 1 / *inverse;
    if (const auto minor = maybe("semi_minor_axis")) figure.f = (figure.a - *minor) / figure.a;
    if (!(figure.a > 6.3e6 && figure.a < 6.5e6 && figure.f >= 0 && figure.f < 0.01)) {
      complain("earth_radius", "or the axes given are not those of the earth in metres");
    }
    return figure;
  }
  Offset offset() const { return {maybe("false_easting").value_or(0), maybe("false_northing").value_or(0)}; }

  [[nodiscard]] const std::optional<Error>& refusal() const { return refusal_; }

 private:
  void complain(const char* name, const char* what) {
    if (!refusal_) refusal_ = Error{fmt::format("{}: {}: {}", file_.path(), mapping_.name, name), what};
  }
  const NetcdfFile& file_;
  const NetcdfFile::Variable& mapping_;
  std::optional<Error> refusal_;
};

std::shared_ptr<const Projection> drawn(const std::string& kind, Parameters& given) {
  const Figure figure = given.figure();
  const Offset offset = given.offset();
  if (kind == "lambert_conformal_conic") {
    const auto [parallel1, parallel2] = given.parallels();
    const double lon0 = given.longitude("longitude_of_central_meridian");
    const double lat0 = given.latitude("latitude_of_projection_origin");
    if (given.refusal()) return nullptr;
    return std::make_shared<LambertConformal>(figure, parallel1, parallel2, lon0, lat0, offset);
  }
  if (kind == "polar_stereographic") {
    const double pole = given.latitude("latitude_of_projection_origin");
    const char* meridian = given.maybe("straight_vertical_longitude_from_pole")
                               ? "straight_vertical_longitude_from_pole"
                               : "longitude_of_projection_origin";
    const double lon0 = given.longitude(meridian);
    const double scale = given.maybe("scale_factor_at_projection_origin").value_or(1);
    if (given.refusal()) return nullptr;
    return std::make_shared<PolarStereographic>(figure, pole > 0, lon0, given.maybe("standard_parallel"),
                                                scale, offset);
  }
  if (kind == "transverse_mercator") {
    const double scale = given.maybe("scale_factor_at_central_meridian").value_or(1);
    const double lon0 = given.longitude("longitude_of_central_meridian");
    const double lat0 = given.latitude("latitude_of_projection_origin");
    if (given.refusal()) return nullptr;
    return std::make_shared<TransverseMercator>(figure, scale, lon0, lat0, offset);
  }
  const double pole_lat = given.latitude("grid_north_pole_latitude");
  const double pole_lon = given.longitude("grid_north_pole_longitude");
  if (given.refusal()) return nullptr;
  return std::make_shared<RotatedPole>(pole_lon, pole_lat,
                                       given.maybe("north_pole_grid_longitude").value_or(0));
}

}  // namespace

Vec MapPoint::turned(Vec along_axes) const {
  const double c = std::cos(grid_north_deg * deg);
  const double s = std::sin(grid_north_deg * deg);
  return {along_axes.east * c + along_axes.north * s, along_axes.north * c - along_axes.east * s};
}

Result<std::shared_ptr<const Projection>> make_projection(const NetcdfFile& file,
                                                          const NetcdfFile::Variable& mapping) {
  const std::string kind = file.text(mapping, "grid_mapping_name").value_or("");
  if (kind != "lambert_conformal_conic" && kind != "polar_stereographic" && kind != "transverse_mercator" &&
      kind != "rotated_latitude_longitude") {
    return file.refuse(mapping.name,
                       fmt::format("is the map projection \"{}\", which is not read; put the file on a "
                                   "longitude-latitude grid, or on lambert_conformal_conic, "
                                   "polar_stereographic, transverse_mercator or "
                                   "rotated_latitude_longitude",
                                   shown(kind)));
  }
  Parameters given(file, mapping);
  try {
    auto projection = drawn(kind, given);
    if (given.refusal()) return fail(*given.refusal());
    return projection;
  } catch (const std::exception& impossible) {  // GeographicLib refuses parameters that make no map
    return file.refuse(mapping.name, fmt::format("has parameters that make no map: {}", impossible.what()));
  }
}

}  // namespace varne
