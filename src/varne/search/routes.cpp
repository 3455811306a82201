#include "varne/search/routes.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <iterator>
#include <nlohmann/json.hpp>

#include "varne/core/json.h"
#include "varne/core/markup.h"
#include "varne/core/units.h"

namespace varne {
namespace {

constexpr const char* xml_head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// "CSP", then the turning points from 2.
std::string point_name(std::size_t i) {
  return i == 0 ? "CSP" : std::to_string(i + 1);
}

Json at(Place place) {
  return Json::array({rounded(place.lon, 6), rounded(place.lat, 6)});
}

}  // namespace

std::string patterns_gpx(std::span<const NamedPattern> patterns) {
  std::string out = xml_head;
  out += "<gpx version=\"1.1\" creator=\"varne\" xmlns=\"http://www.topografix.com/GPX/1/1\">\n";
  const auto to = std::back_inserter(out);
  for (const auto& [name, pattern] : patterns) {
    fmt::format_to(to, "<rte><name>{}</name><desc>{}, spacing {:.2f} NM, {:.0f} kn</desc>\n", escaped(name),
                   enum_name(pattern.kind), nm_from_metres(pattern.spacing_m),
                   knots_from_mps(pattern.speed_mps));
    for (std::size_t i = 0; i < pattern.way.size(); ++i)
      fmt::format_to(to, "<rtept lat=\"{:.6f}\" lon=\"{:.6f}\"><time>{}</time><name>{}</name></rtept>\n",
                     pattern.way[i].at.lat, pattern.way[i].at.lon, iso(pattern.way[i].time), point_name(i));
    out += "</rte>\n";
  }
  return out + "</gpx>\n";
}

/// RTZ 1.0 of IEC 61174, whose schema spells "sheduleElement" so.
std::string pattern_rtz(const NamedPattern& named) {
  const SearchPattern& pattern = named.pattern;
  std::string out = xml_head;
  const auto to = std::back_inserter(out);
  const double kn = knots_from_mps(pattern.speed_mps);
  fmt::format_to(to,
                 "<route version=\"1.0\" xmlns=\"http://www.cirm.org/RTZ/1/0\">\n"
                 "<routeInfo routeName=\"{}\"/>\n<waypoints>\n",
                 escaped(named.name));
  for (std::size_t i = 0; i < pattern.way.size(); ++i) {
    fmt::format_to(to, "<waypoint id=\"{}\" name=\"{}\"><position lat=\"{:.6f}\" lon=\"{:.6f}\"/>", i + 1,
                   point_name(i), pattern.way[i].at.lat, pattern.way[i].at.lon);
    if (i > 0) fmt::format_to(to, "<leg geometryType=\"Loxodrome\" speedMax=\"{:.1f}\"/>", kn);
    out += "</waypoint>\n";
  }
  out += "</waypoints>\n<schedules><schedule id=\"1\" name=\"search\"><calculated>\n";
  for (std::size_t i = 0; i < pattern.way.size(); ++i)
    fmt::format_to(to, "<sheduleElement waypointId=\"{}\" eta=\"{}\"{}/>\n", i + 1, iso(pattern.way[i].time),
                   i > 0 ? fmt::format(" speed=\"{:.1f}\"", kn) : "");
  return out + "</calculated></schedule></schedules>\n</route>\n";
}

std::string plan_geojson(const SearchCloud& cloud, const std::vector<SearchUnit>& units,
                         const SearchPlan& plan, std::span<const NamedPattern> patterns) {
  Json features = Json::array();
  for (const SearchTask& task : plan.tasks) {
    const double begins = cloud.slices_at(task.from);
    Json ring = Json::array();
    for (const Vec corner : task.box.corners(begins)) ring.push_back(at(cloud.plane.from(corner)));
    ring.push_back(ring.front());
    features.push_back({{"type", "Feature"},
                        {"geometry", {{"type", "Polygon"}, {"coordinates", Json::array({ring})}}},
                        {"properties",
                         {{"unit", units[task.unit].name},
                          {"from", iso(task.from)},
                          {"until", iso(task.until)},
                          {"coverage", rounded(task.coverage(), 3)},
                          {"drifts", !task.box.drift.empty()}}}});
  }
  for (const auto& [name, pattern] : patterns) {
    Json line = Json::array();
    Json times = Json::array();
    for (const auto& point : pattern.way) {
      line.push_back(at(point.at));
      times.push_back(iso(point.time));
    }
    features.push_back({{"type", "Feature"},
                        {"geometry", {{"type", "LineString"}, {"coordinates", line}}},
                        {"properties",
                         {{"name", name},
                          {"unit", units[pattern.unit].name},
                          {"pattern", enum_name(pattern.kind)},
                          {"spacing_m", rounded(pattern.spacing_m, 1)},
                          {"track_m", rounded(pattern.track_m, 1)},
                          {"times", times}}}});
  }
  return canonical({{"type", "FeatureCollection"}, {"features", features}}) + "\n";
}

}  // namespace varne
