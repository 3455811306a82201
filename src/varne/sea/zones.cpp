#include "varne/sea/zones.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "varne/core/csv.h"

namespace varne {
namespace {

constexpr double west = -0.5;
constexpr double east = 2.6;
constexpr double south = 49.7;
constexpr double north = 51.6;
// Areas are closed beyond the chart's edges, so that a place on an edge lies inside.
constexpr double beyond = 1;

constexpr std::string_view eez_fr_uk = "EEZ and continental shelf, France / United Kingdom";
constexpr std::string_view sea_fr_uk = "territorial sea, France / United Kingdom";
constexpr std::string_view sea_fr_be = "territorial sea, France / Belgium";
constexpr std::string_view region_gris_nez = "search and rescue region, MRCC Gris-Nez, seaward limit";

bool in_chart(Place place) {
  return place.lon >= west && place.lon <= east && place.lat >= south && place.lat <= north;
}

/// Even-odd rule; each edge owns its southern end.
bool inside(const std::vector<Place>& ring, Place place) {
  bool is_inside = false;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    Place a = ring[i];
    Place b = ring[(i + 1) % ring.size()];
    if (a.lat > b.lat) std::swap(a, b);
    if (place.lat < a.lat || place.lat >= b.lat) continue;
    // Which side of the edge, without a division that would round.
    const double side = (b.lon - a.lon) * (place.lat - a.lat) - (place.lon - a.lon) * (b.lat - a.lat);
    if (side < 0) is_inside = !is_inside;
  }
  return is_inside;
}

Result<std::vector<ChartLine>> read_lines(const std::string& path) {
  auto csv = CsvFile::open(path, {"feature", "reference", "seq", "lat", "lon"});
  if (!csv) return fail(csv.error());
  std::vector<ChartLine> lines;
  while (true) {
    const auto more = csv->next();
    if (!more) return fail(more.error());
    if (!*more) break;
    const auto seq = csv->number("seq");
    if (!seq) return fail(seq.error());
    const auto lat = csv->number("lat");
    if (!lat) return fail(lat.error());
    const auto lon = csv->number("lon");
    if (!lon) return fail(lon.error());
    const Place place{*lon, *lat};
    if (!valid(place)) return fail(csv->where("lat"), "lat and lon are not a place on the earth");
    const std::string feature((*csv)["feature"]);
    if (feature.empty()) return fail(csv->where("feature"), "is empty; say what the line is");
    if (*seq == 0) {
      lines.push_back({feature, std::string((*csv)["reference"]), {}});
    } else if (lines.empty() || lines.back().feature != feature ||
               *seq != static_cast<double>(lines.back().points.size())) {
      return fail(csv->where("seq"),
                  fmt::format("{} does not follow; a line counts from 0 without a gap", *seq));
    }
    lines.back().points.push_back(place);
  }
  for (const ChartLine& line : lines) {
    if (line.points.size() < 2)
      return fail(path, fmt::format("\"{}\" has one point; a line has two", line.feature));
  }
  return lines;
}

/// The only line of this name.
Result<std::vector<Place>> only(const std::vector<ChartLine>& lines, std::string_view feature,
                                const std::string& path) {
  const ChartLine* found = nullptr;
  for (const ChartLine& line : lines) {
    if (line.feature != feature) continue;
    if (found != nullptr) return fail(path, fmt::format("\"{}\" is there twice; give one line", feature));
    found = &line;
  }
  if (found == nullptr) {
    return fail(path, fmt::format("the line \"{}\" is missing; the areas are built from it", feature));
  }
  return found->points;
}

/// The whole line France / United Kingdom from north-east to south-west: shelf, territorial sea, shelf.
Result<std::vector<Place>> line_france_uk(const std::vector<ChartLine>& lines, const std::string& path) {
  auto middle = only(lines, sea_fr_uk, path);
  if (!middle) return middle;
  std::vector<Place> before;
  std::vector<Place> after;
  for (const ChartLine& line : lines) {
    if (line.feature != eez_fr_uk) continue;
    if (line.points.back() == middle->front()) before = line.points;
    if (line.points.front() == middle->back()) after = line.points;
  }
  if (before.empty() || after.empty()) {
    return fail(
        path, fmt::format("\"{}\" must be there twice, up to the first point of \"{}\" and on from its last",
                          eez_fr_uk, sea_fr_uk));
  }
  before.insert(before.end(), middle->begin() + 1, middle->end());
  before.insert(before.end(), after.begin() + 1, after.end());
  return before;
}

void append(std::vector<Place>& ring, const std::vector<Place>& points) {
  ring.insert(ring.end(), points.begin(), points.end());
}

}  // namespace

Result<Zones> Zones::load(const std::string& path) {
  auto lines = read_lines(path);
  if (!lines) return fail(lines.error());
  const auto france_uk = line_france_uk(*lines, path);
  if (!france_uk) return fail(france_uk.error());
  const auto france_belgium = only(*lines, sea_fr_be, path);  // from the coast to sea
  if (!france_belgium) return fail(france_belgium.error());
  const auto limit = only(*lines, region_gris_nez, path);
  if (!limit) return fail(limit.error());

  Zones zones;
  zones.lines_ = std::move(*lines);
  const Place three_states = france_uk->front();
  const Place coast = france_belgium->front();
  append(zones.france_, *france_uk);
  append(
      zones.france_,
      {{west - beyond, france_uk->back().lat}, {west - beyond, south - beyond}, {coast.lon, south - beyond}});
  append(zones.france_, *france_belgium);
  append(zones.belgium_, *france_belgium);
  append(zones.belgium_, {three_states, {east + beyond, three_states.lat}, {east + beyond, coast.lat}});
  append(zones.gris_nez_, *limit);
  append(zones.gris_nez_, {{limit->back().lon, south - beyond}, {limit->front().lon, south - beyond}});
  return zones;
}

Waters Zones::at(Place place) const {
  if (!valid(place) || !in_chart(place)) return {};
  Waters waters;
  const Place three_states = belgium_[belgium_.size() - 3];
  const Place coast = belgium_.front();
  const bool undrawn = (place.lat >= three_states.lat && place.lon > three_states.lon) ||
                       (place.lat < coast.lat && place.lon > coast.lon);
  if (inside(belgium_, place)) {
    waters.state = "BE";
  } else if (inside(france_, place)) {
    waters.state = "FR";
  } else if (!undrawn) {
    waters.state = "UK";
  }
  if (inside(gris_nez_, place)) {
    waters.centre = "CROSS Gris-Nez";
  } else if (waters.state == "FR") {
    // French waters outside the region: Jobourg's to the west, else the slivers along the delimitation lines.
    const double antifer = gris_nez_.back().lon;
    const bool belgian_side = place.lon > three_states.lon;
    waters.centre = place.lon < antifer ? "CROSS Jobourg" : belgian_side ? "MRCC Oostende" : "MRCC Dover";
  } else if (waters.state == "BE") {
    waters.centre = "MRCC Oostende";
  } else if (waters.state == "UK") {
    waters.centre = "MRCC Dover";
  }
  return waters;
}

std::optional<double> Zones::distance_to_line_m(Place place, std::string_view feature) const {
  const LocalPlane plane(place);
  std::optional<double> nearest;
  for (const ChartLine& line : lines_) {
    if (line.feature.find(feature) == std::string::npos) continue;
    for (std::size_t i = 1; i < line.points.size(); ++i) {
      const Vec a = plane.to(line.points[i - 1]);
      const Vec along = plane.to(line.points[i]) - a;
      const double square = along.east * along.east + along.north * along.north;
      const double t = square > 0 ? -(a.east * along.east + a.north * along.north) / square : 0;
      const double away = length(a + along * std::clamp(t, 0.0, 1.0));
      if (!nearest || away < *nearest) nearest = away;
    }
  }
  return nearest;
}

}  // namespace varne
