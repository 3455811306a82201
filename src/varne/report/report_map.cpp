/// The day on a map: coast and lines, ships as a faint texture, units, and the boats from where they were
/// first known to where they were last.

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numbers>

#include "varne/core/place_of_data.h"
#include "varne/report/report_parts.h"
#include "varne/room/phrases.h"
#include "varne/sea/map.h"

namespace varne::page {
namespace {

constexpr double width = 1200;  // of the drawing; it scales with the page
constexpr double thin = 0.8;    // points closer than this in the drawing are left out

/// Degrees to the drawing: a plate carrée true at the middle latitude, good to 1 % over the strait.
class Frame {
 public:
  explicit Frame(Box box) : box_(box) {
    const double middle = (box.south + box.north) / 2 * std::numbers::pi / 180;
    x_ = width / (box.east - box.west);
    y_ = x_ / std::cos(middle);
  }
  [[nodiscard]] double x(Place p) const { return (p.lon - box_.west) * x_; }
  [[nodiscard]] double y(Place p) const { return (box_.north - p.lat) * y_; }
  [[nodiscard]] double height() const { return (box_.north - box_.south) * y_; }
  [[nodiscard]] double metres(double m) const { return m / 111'200 * y_; }
  [[nodiscard]] const Box& box() const { return box_; }

 private:
  Box box_;
  double x_ = 0;
  double y_ = 0;
};

/// The strait, and as far beyond it as there were incidents.
Box box_of(const ReportFacts& facts, const Strait& strait) {
  Box box = strait.view;
  for (const auto& [number, boat] : facts.boats) {
    for (const Place p : boat.path) {
      box.west = std::min(box.west, p.lon - 0.1);
      box.east = std::max(box.east, p.lon + 0.1);
      box.south = std::min(box.south, p.lat - 0.06);
      box.north = std::max(box.north, p.lat + 0.06);
    }
    for (const auto& [p, error_m] : boat.ranges) {
      const double lat = error_m / 111'200 + 0.02;
      const double lon = lat / std::cos(p.lat * std::numbers::pi / 180);
      box.west = std::min(box.west, p.lon - lon);
      box.east = std::max(box.east, p.lon + lon);
      box.south = std::min(box.south, p.lat - lat);
      box.north = std::max(box.north, p.lat + lat);
    }
  }
  return {std::max(box.west, strait.map.west), std::max(box.south, strait.map.south),
          std::min(box.east, strait.map.east), std::min(box.north, strait.map.north)};
}

/// "M1.0 2.0L3.0 4.0…", without points too close to be seen; "" where nothing is left to see.
std::string path_of(const Frame& frame, const std::vector<Place>& points, bool closed) {
  std::string out;
  double last_x = 0;
  double last_y = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    // Far points are drawn in to just outside the frame: the land goes on there, and nobody sees it.
    const double x = std::clamp(frame.x(points[i]), -50.0, width + 50);
    const double y = std::clamp(frame.y(points[i]), -50.0, frame.height() + 50);
    const bool end = i + 1 == points.size();
    if (!out.empty() && std::hypot(x - last_x, y - last_y) < thin && !(end && !closed)) continue;
    out += fmt::format("{}{:.1f} {:.1f}", out.empty() ? "M" : "L", x, y);
    last_x = x;
    last_y = y;
  }
  return closed && !out.empty() ? out + "Z" : out;
}

void add_land(std::string& out, const Frame& frame, const Coast* coast) {
  if (coast == nullptr) return;
  out += "<path class=\"land\" fill-rule=\"evenodd\" d=\"";
  for (const auto& ring : coast->rings()) {
    const std::string path = path_of(frame, ring, true);
    if (std::count(path.begin(), path.end(), 'L') > 2) out += path;
  }
  out += "\"/>";
}

void add_paths(std::string& out, const Frame& frame, const std::map<std::string, ReportFacts::Path>& paths,
               const char* kind) {
  out += fmt::format("<path class=\"{}\" d=\"", kind);
  for (const auto& [name, points] : paths) {
    if (points.size() > 1) out += path_of(frame, points, false);
  }
  out += "\"/>";
}

void add_lines(std::string& out, const Frame& frame, const Zones& zones) {
  for (const ChartLine& line : zones.lines())
    out += fmt::format("<path class=\"line\" d=\"{}\"><title>{} ({})</title></path>",
                       path_of(frame, line.points, false), escaped(line.feature), escaped(line.reference));
}

/// Keeps names from being written over one another: who asks first has the room.
class Labels {
 public:
  bool fits(double x, double y, std::size_t letters) {
    const double w = 14 + 7.5 * static_cast<double>(letters);
    for (const auto& [ox, oy, ow] : taken_) {
      if (x < ox + ow && ox < x + w && std::abs(oy - y) < 15) return false;
    }
    taken_.push_back({x, y, w});
    return true;
  }

 private:
  struct Room {
    double x, y, width;
  };
  std::vector<Room> taken_;
};

void add_towns(std::string& out, const Frame& frame, const std::vector<Town>& towns, Labels& labels) {
  for (const Town& town : towns) {
    const double x = frame.x(town.place);
    const double y = frame.y(town.place);
    if (x < 10 || x > width - 90 || y < 20 || y > frame.height() - 10) continue;
    if (!labels.fits(x, y, town.name.size())) continue;
    out += fmt::format(
        "<circle class=\"town\" cx=\"{0:.1f}\" cy=\"{1:.1f}\" r=\"2.5\"/><text class=\"town\" x=\"{2:.1f}\" "
        "y=\"{1:.1f}\" dy=\".35em\">{3}</text>",
        x, y, x + 6, escaped(town.name));
  }
}

/// The last forecast of a boat that is still open: half and nine in ten of where its people may be at the
/// end.
void add_forecast(std::string& out, const Frame& frame, const ReportFacts::Boat& boat) {
  if (!boat.forecast || !is_open(boat)) return;
  const entries::Snapshot& end = boat.forecast->snapshots.back();
  if (!end.at) return;  // most of it drifted to where the sea is not known
  for (const double radius_m : {end.nine_in_ten_m.value_or(0), end.half_m.value_or(0)})
    out += fmt::format(
        "<circle class=\"cloud\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\"><title>{}</title></circle>",
        frame.x(*end.at), frame.y(*end.at), frame.metres(radius_m), escaped(boat.forecast->text));
}

/// Places that are known as a wide range only: circles that nothing joins.
void add_ranges(std::string& out, const Frame& frame, const ReportFacts::Boat& boat, Labels& labels) {
  for (const ReportFacts::Range& range : boat.ranges) {
    const double x = frame.x(range.place);
    const double y = frame.y(range.place);
    out += fmt::format(
        "<circle class=\"range\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\"><title>{}: somewhere within {} of "
        "here</title></circle>",
        x, y, frame.metres(range.error_m), escaped(name_of(boat)), phrases::distance(range.error_m));
  }
  if (boat.ranges.empty() || !boat.path.empty()) return;
  const std::string name = name_of(boat) + ", known as a range only";
  const double x = frame.x(boat.ranges.back().place);
  const double y = frame.y(boat.ranges.back().place);
  if (labels.fits(x, y, name.size()))
    out += fmt::format("<text class=\"range\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>", x,
                       y, escaped(name));
}

void add_boat(std::string& out, const Frame& frame, const ReportFacts::Boat& boat, Labels& labels) {
  if (boat.path.empty() || !boat.last) return;
  const double x = frame.x(boat.path.back());
  const double y = frame.y(boat.path.back());
  const std::string name = name_of(boat);
  out += fmt::format(
      "<g class=\"boat {}\"><title>{}</title><path d=\"{}\"/><circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"5\"/>",
      is_open(boat) ? "open" : "closed", escaped(boat.last->text), path_of(frame, boat.path, false), x, y);
  if (labels.fits(x, y, name.size()))
    out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\">{}</text>", x + 8, y + 4, escaped(name));
  out += "</g>";
}

void add_scale(std::string& out, const Frame& frame) {
  const double nm = frame.metres(1852);
  const double x = 24;
  const double y = frame.height() - 24;
  out += fmt::format(
      "<path class=\"scale\" d=\"M{0:.1f} {1:.1f}v6h{2:.1f}v-6\"/><text class=\"scale\" x=\"{0:.1f}\" "
      "y=\"{3:.1f}\">5 nautical miles</text>",
      x, y, nm * 5, y - 6);
}

}  // namespace

std::string map_svg(const ReportFacts& facts, const World& world, const Coast* coast) {
  const Frame frame(box_of(facts, world.strait));
  std::string out = fmt::format(
      "<svg class=\"map\" viewBox=\"0 0 {0:.0f} {1:.0f}\" role=\"img\" aria-label=\"Map of the day\">"
      "<rect class=\"sea\" width=\"{0:.0f}\" height=\"{1:.0f}\"/>",
      width, frame.height());
  add_land(out, frame, coast);
  add_lines(out, frame, world.strait.zones);
  add_paths(out, frame, facts.ships, "ships");
  add_paths(out, frame, facts.unidentified, "unidentified");
  add_paths(out, frame, facts.units, "units");
  Labels labels;
  std::string boats;
  // What is still open is named first, and drawn last.
  for (const bool open : {true, false}) {
    std::string some;
    for (const auto& [number, boat] : facts.boats) {
      if (is_open(boat) != open) continue;
      add_forecast(some, frame, boat);
      add_ranges(some, frame, boat, labels);
      add_boat(some, frame, boat, labels);
    }
    boats.insert(0, some);
  }
  if (const auto towns = load_towns(world.strait.places)) add_towns(out, frame, *towns, labels);
  out += boats;
  add_scale(out, frame);
  return out + "</svg>";
}

}  // namespace varne::page
