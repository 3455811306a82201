#include "varne/sea/zones.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "varne/core/csv.h"

namespace varne {
namespace {

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

const std::string* first_of(const std::vector<ChartArea>& areas, Place place, const std::string& state) {
  for (const ChartArea& area : areas) {
    if (!area.of_state.empty() && area.of_state != state) continue;
    if (area.ring.empty() || inside(area.ring, place)) return &area.name;
  }
  return nullptr;
}

}  // namespace

Result<std::vector<ChartLine>> read_chart_lines(const std::string& path) {
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

Waters Zones::at(Place place) const {
  Waters out;
  if (!valid(place) || !box_.contains(place)) return out;
  out.state = state_at(place);
  if (const std::string* centre = first_of(regions_, place, out.state)) out.centre = *centre;
  return out;
}

std::string_view Zones::state_at(Place place) const {
  if (!valid(place) || !box_.contains(place)) return "";
  const std::string* state = first_of(waters_, place, "");
  return state == nullptr ? std::string_view() : *state;
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
