#include "varne/sea/map.h"

#include <boost/geometry.hpp>
#include <boost/geometry/geometries/box.hpp>
#include <boost/geometry/geometries/linestring.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/geometries/polygon.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "varne/core/csv.h"
#include "varne/core/json.h"

namespace varne {
namespace {

namespace bg = boost::geometry;
using Point = bg::model::d2::point_xy<double>;
using Polygon = bg::model::polygon<Point, false>;  // counter-clockwise, as RFC 7946 asks
using Line = bg::model::linestring<Point>;
using Window = bg::model::box<Point>;

Json coordinates(const Point& point) {
  return Json::array({rounded(point.x(), 5), rounded(point.y(), 5)});
}

/// Points that fall together when they are rounded are said once.
template <class Points>
Json coordinates_of(const Points& points) {
  Json list = Json::array();
  for (const Point& point : points) {
    Json next = coordinates(point);
    if (list.empty() || list.back() != next) list.push_back(std::move(next));
  }
  return list;
}

Json feature(const char* layer, const char* type, Json at, Json properties) {
  properties["layer"] = layer;
  return {{"type", "Feature"},
          {"geometry", {{"type", type}, {"coordinates", std::move(at)}}},
          {"properties", std::move(properties)}};
}

template <class Geometry>
Geometry shape(const std::vector<Place>& places) {
  Geometry geometry;
  for (const Place place : places) bg::append(geometry, Point(place.lon, place.lat));
  return geometry;
}

void add_land(Json& features, const Coast& coast, const Window& window) {
  constexpr std::size_t fewest = 4;  // a closed ring: three corners and the first again
  for (const auto& ring : coast.rings()) {
    std::vector<Polygon> parts;
    bg::intersection(shape<Polygon>(ring), window, parts);
    for (const Polygon& part : parts) {
      Json outline = coordinates_of(part.outer());
      if (outline.size() < fewest) continue;
      Json rings = Json::array({std::move(outline)});
      for (const auto& hole : part.inners()) {
        Json inner = coordinates_of(hole);
        if (inner.size() >= fewest) rings.push_back(std::move(inner));
      }
      features.push_back(feature("land", "Polygon", std::move(rings), Json::object()));
    }
  }
}

void add_lines(Json& features, const Zones& zones, const Window& window) {
  for (const ChartLine& line : zones.lines()) {
    const bool lane = line.feature.rfind("traffic separation scheme", 0) == 0;
    std::vector<Line> parts;
    bg::intersection(shape<Line>(line.points), window, parts);
    for (const Line& part : parts) {
      features.push_back(feature(lane ? "lane" : "line", "LineString", coordinates_of(part),
                                 {{"feature", line.feature}, {"reference", line.reference}}));
    }
  }
}

}  // namespace

Result<std::vector<Town>> load_towns(const std::string& path) {
  auto csv = CsvFile::open(path, {"name", "country", "lat", "lon", "population"});
  if (!csv) return fail(csv.error());
  std::vector<Town> towns;
  while (true) {
    const auto more = csv->next();
    if (!more) return fail(more.error());
    if (!*more) return towns;
    Town town{std::string((*csv)["name"]), std::string((*csv)["country"]), {}, 0};
    const auto lat = csv->number("lat");
    if (!lat) return fail(lat.error());
    const auto lon = csv->number("lon");
    if (!lon) return fail(lon.error());
    const auto population = csv->number("population");
    if (!population) return fail(population.error());
    town.place = {*lon, *lat};
    town.population = std::llround(*population);
    if (town.name.empty()) return fail(csv->where("name"), "is empty");
    if (!valid(town.place)) return fail(csv->where("lat"), "lat and lon are not a place on the earth");
    if (*population < 0 || *population > 1e9)
      return fail(csv->where("population"), "is not a number of people");
    towns.push_back(std::move(town));
  }
}

std::string geojson_map(const Coast* coast, const Zones& zones, const std::vector<Town>& towns, Box area) {
  const Window window(Point(area.west, area.south), Point(area.east, area.north));
  Json features = Json::array();
  if (coast != nullptr) add_land(features, *coast, window);
  add_lines(features, zones, window);
  for (const Town& town : towns) {
    if (!area.contains(town.place)) continue;
    features.push_back(
        feature("place", "Point", coordinates({town.place.lon, town.place.lat}),
                {{"name", town.name}, {"country", town.country}, {"population", town.population}}));
  }
  return canonical({{"type", "FeatureCollection"}, {"features", std::move(features)}});
}

Result<std::string> map_of(const Strait& strait) {
  const auto coast = coast_of(strait);
  if (!coast) return fail(coast.error());
  std::vector<Town> towns;
  if (!strait.places.empty()) {
    auto loaded = load_towns(strait.places);
    if (!loaded) return fail(loaded.error());
    towns = std::move(*loaded);
  }
  return geojson_map(coast->get(), strait.zones, towns, strait.map);
}

}  // namespace varne
