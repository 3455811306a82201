#include "varne/report/chart.h"

#include <cairo-svg.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "varne/core/units.h"

namespace varne {
namespace {

constexpr Colour sea_colour{0.90, 0.945, 0.97};
constexpr Colour land_colour{0.945, 0.91, 0.80};
constexpr Colour shore_colour{0.45, 0.40, 0.28};
constexpr Colour grid_colour{0.35, 0.45, 0.55, 0.30};
constexpr Colour ink{0.13, 0.16, 0.20};
constexpr Colour white{1, 1, 1};

constexpr double radian = std::numbers::pi / 180;
constexpr double eccentricity = 0.0818191908426215;  // WGS-84

/// Mercator's northing on the ellipsoid, in degrees of longitude (Snyder 1987, "Map Projections", USGS
/// Professional Paper 1395, eq. 7-7).
double northing(double lat) {
  const double phi = std::clamp(lat, -85.0, 85.0) * radian;
  return (std::asinh(std::tan(phi)) - eccentricity * std::atanh(eccentricity * std::sin(phi))) / radian;
}

/// The way back (eq. 7-9); five rounds are good to a millimetre.
double latitude(double northing) {
  double phi = std::atan(std::sinh(northing * radian));
  for (int i = 0; i < 5; ++i)
    phi = std::atan(std::sinh(northing * radian + eccentricity * std::atanh(eccentricity * std::sin(phi))));
  return phi / radian;
}

/// The least step in minutes of arc that gives at most so many lines.
int graticule_minutes(double degrees, double most_lines) {
  constexpr std::array steps{1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800};
  for (const int step : steps) {
    if (degrees * 60 / step <= most_lines) return step;
  }
  return steps.back();
}

/// "51°05'N"; whole degrees alone where every line of the graticule is one.
std::string degrees_text(int minutes, int step, char positive, char negative) {
  const int m = std::abs(minutes);
  const std::string side = m == 0 || m == 180 * 60 ? "" : std::string(1, minutes > 0 ? positive : negative);
  return step % 60 == 0 ? fmt::format("{}°{}", m / 60, side)
                        : fmt::format("{}°{:02}'{}", m / 60, m % 60, side);
}

bool overlap(const Rectangle& a, const Rectangle& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

}  // namespace

Paper::Paper(int width, int height)
    : width_(width),
      height_(height),
      surface_(cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, nullptr)),
      cairo_(cairo_create(surface_.get())) {
  box({0, 0, static_cast<double>(width), static_cast<double>(height)}, white);
  cairo_set_line_join(cairo_.get(), CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap(cairo_.get(), CAIRO_LINE_CAP_ROUND);
  cairo_set_fill_rule(cairo_.get(), CAIRO_FILL_RULE_EVEN_ODD);
}

void Paper::set(Colour c) {
  cairo_set_source_rgba(cairo_.get(), c.red, c.green, c.blue, c.alpha);
}

void Paper::trace(const std::vector<Point>& points) {
  cairo_new_sub_path(cairo_.get());
  for (const Point& p : points) cairo_line_to(cairo_.get(), p.x, p.y);
}

void Paper::line(const std::vector<Point>& points, Colour colour, double width, std::vector<double> dashes) {
  trace(points);
  set(colour);
  cairo_set_line_width(cairo_.get(), width);
  cairo_set_dash(cairo_.get(), dashes.data(), static_cast<int>(dashes.size()), 0);
  cairo_stroke(cairo_.get());
}

void Paper::area(const std::vector<std::vector<Point>>& rings, Colour fill) {
  for (const auto& ring : rings) trace(ring);
  set(fill);
  cairo_fill(cairo_.get());
}

void Paper::box(Rectangle r, Colour fill) {
  cairo_rectangle(cairo_.get(), r.x, r.y, r.width, r.height);
  set(fill);
  cairo_fill(cairo_.get());
}

void Paper::frame(Rectangle r, Colour colour, double width) {
  line({{r.x, r.y}, {r.x + r.width, r.y}, {r.x + r.width, r.y + r.height}, {r.x, r.y + r.height}, {r.x, r.y}},
       colour, width);
}

void Paper::dot(Point centre, double radius, Colour fill) {
  cairo_new_path(cairo_.get());
  cairo_arc(cairo_.get(), centre.x, centre.y, radius, 0, 2 * std::numbers::pi);
  set(fill);
  cairo_fill(cairo_.get());
}

void Paper::ring(Point centre, double radius, Colour colour, double width) {
  cairo_new_path(cairo_.get());
  cairo_arc(cairo_.get(), centre.x, centre.y, radius, 0, 2 * std::numbers::pi);
  set(colour);
  cairo_set_line_width(cairo_.get(), width);
  cairo_set_dash(cairo_.get(), nullptr, 0, 0);
  cairo_stroke(cairo_.get());
}

void Paper::font(double size, bool bold) {
  cairo_select_font_face(cairo_.get(), "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL,
                         bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size(cairo_.get(), size);
}

double Paper::text_width(const std::string& text, double size, bool bold) {
  font(size, bold);
  cairo_text_extents_t extents;
  cairo_text_extents(cairo_.get(), text.c_str(), &extents);
  return extents.x_advance;
}

void Paper::text(Point at, const std::string& text, double size, Colour colour, Anchor anchor, bool bold,
                 bool halo) {
  const double width = text_width(text, size, bold);
  if (anchor == Anchor::middle) at.x -= width / 2;
  if (anchor == Anchor::right) at.x -= width;
  cairo_new_path(cairo_.get());
  cairo_move_to(cairo_.get(), at.x, at.y);
  if (halo) {
    cairo_text_path(cairo_.get(), text.c_str());
    set({1, 1, 1, 0.85});
    cairo_set_line_width(cairo_.get(), 3.5);
    cairo_set_dash(cairo_.get(), nullptr, 0, 0);
    cairo_stroke(cairo_.get());
    cairo_move_to(cairo_.get(), at.x, at.y);
  }
  set(colour);
  cairo_show_text(cairo_.get(), text.c_str());
}

void Paper::clip(Rectangle r) {
  cairo_save(cairo_.get());
  cairo_rectangle(cairo_.get(), r.x, r.y, r.width, r.height);
  cairo_clip(cairo_.get());
}

void Paper::unclip() {
  cairo_restore(cairo_.get());
}

Done Paper::write(const std::string& path) {
  const bool svg = path.ends_with(".svg");
  const std::unique_ptr<cairo_surface_t, Free> out(
      svg ? cairo_svg_surface_create(path.c_str(), width_, height_)
          : cairo_image_surface_create(CAIRO_FORMAT_RGB24, width_, height_));
  if (svg) cairo_svg_surface_set_document_unit(out.get(), CAIRO_SVG_UNIT_PX);
  const std::unique_ptr<cairo_t, Free> copy(cairo_create(out.get()));
  cairo_set_source_surface(copy.get(), surface_.get(), 0, 0);
  cairo_paint(copy.get());
  if (svg) cairo_surface_finish(out.get());
  auto status = cairo_surface_status(out.get());
  if (!svg && status == CAIRO_STATUS_SUCCESS) status = cairo_surface_write_to_png(out.get(), path.c_str());
  if (status == CAIRO_STATUS_SUCCESS) return {};
  return fail(path, fmt::format("the picture cannot be written ({})", cairo_status_to_string(status)));
}

Chart::Chart(Paper& paper, Rectangle frame, Box view) : paper_(paper), frame_(frame), view_(view) {
  const double south = northing(view.south);
  const double north = northing(view.north);
  scale_ = std::min(frame.width / (view.east - view.west), frame.height / (north - south));
  const double middle = (view.west + view.east) / 2;
  view_.west = middle - frame.width / scale_ / 2;
  view_.east = middle + frame.width / scale_ / 2;
  north_ = (south + north) / 2 + frame.height / scale_ / 2;
  view_.north = latitude(north_);
  view_.south = latitude(north_ - frame.height / scale_);
}

Point Chart::at(Place place) const {
  const double middle = (view_.west + view_.east) / 2;
  return {frame_.x + frame_.width / 2 + wrap180(place.lon - middle) * scale_,
          frame_.y + (north_ - northing(place.lat)) * scale_};
}

std::vector<Point> Chart::at(const std::vector<Place>& places) const {
  std::vector<Point> out;
  out.reserve(places.size());
  for (const Place& place : places) out.push_back(at(place));
  return out;
}

void Chart::sea() {
  paper_.box(frame_, sea_colour);
}

void Chart::land(const Coast& coast) {
  std::vector<std::vector<Point>> rings;
  for (const auto& ring : coast.rings()) rings.push_back(at(ring));
  paper_.clip(frame_);
  paper_.area(rings, land_colour);
  for (const auto& ring : rings) paper_.line(ring, shore_colour, 0.9);
  paper_.unclip();
}

void Chart::graticule() {
  const int step = graticule_minutes(view_.north - view_.south, 9);
  const auto lines = [&](double from, double to, auto&& draw) {
    for (int m = static_cast<int>(std::ceil(from * 60 / step)) * step; m <= to * 60; m += step)
      draw(m / 60.0);
  };
  lines(view_.west, view_.east, [&](double lon) {
    const double x = frame_.x + (lon - view_.west) * scale_;
    paper_.line({{x, frame_.y}, {x, frame_.y + frame_.height}}, grid_colour, 0.7);
  });
  lines(view_.south, view_.north, [&](double lat) {
    const double y = frame_.y + (north_ - northing(lat)) * scale_;
    paper_.line({{frame_.x, y}, {frame_.x + frame_.width, y}}, grid_colour, 0.7);
  });
}

void Chart::border() {
  const int step = graticule_minutes(view_.north - view_.south, 9);
  constexpr double size = 12;
  const double right = frame_.x + frame_.width;
  const double bottom = frame_.y + frame_.height;
  for (int m = static_cast<int>(std::ceil(view_.west * 60 / step)) * step; m <= view_.east * 60; m += step) {
    const double x = frame_.x + (m / 60.0 - view_.west) * scale_;
    const auto text = degrees_text(static_cast<int>(std::lround(wrap180(m / 60.0) * 60)), step, 'E', 'W');
    paper_.line({{x, frame_.y}, {x, frame_.y - 6}}, ink, 1);
    paper_.line({{x, bottom}, {x, bottom + 6}}, ink, 1);
    paper_.text({x, bottom + 20}, text, size, ink, Anchor::middle);
  }
  for (int m = static_cast<int>(std::ceil(view_.south * 60 / step)) * step; m <= view_.north * 60;
       m += step) {
    const double y = frame_.y + (north_ - northing(m / 60.0)) * scale_;
    paper_.line({{frame_.x, y}, {frame_.x - 6, y}}, ink, 1);
    paper_.line({{right, y}, {right + 6, y}}, ink, 1);
    paper_.text({frame_.x - 9, y + 4}, degrees_text(m, step, 'N', 'S'), size, ink, Anchor::right);
  }
  paper_.frame(frame_, ink, 1.5);
}

void Chart::scale_bar() {
  const double lat = (view_.south + view_.north) / 2;
  const double middle = wrap180((view_.west + view_.east) / 2);
  const double px_per_m = scale_ * 0.01 / distance_m({middle, lat}, {middle + 0.01, lat});
  constexpr std::array lengths_nm{0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0};
  double nm = lengths_nm.front();
  for (const double length : lengths_nm) {
    if (metres_from_nm(length) * px_per_m <= frame_.width / 4) nm = length;
  }
  const double width = metres_from_nm(nm) * px_per_m;
  const Rectangle panel{frame_.x + 12, frame_.y + frame_.height - 62, width + 60, 50};
  paper_.box(panel, {1, 1, 1, 0.85});
  keep_free(panel);
  const double x = panel.x + 14;
  const double y = panel.y + 18;
  for (int i = 0; i < 4; ++i) {
    const Rectangle part{x + width * i / 4, y, width / 4, 6};
    paper_.box(part, i % 2 == 0 ? ink : white);
    paper_.frame(part, ink, 1);
  }
  paper_.text({x, y - 5}, "0", 11, ink, Anchor::middle);
  paper_.text({x + width, y - 5}, fmt::format("{:g} nautical miles", nm), 11, ink,
              width > 130 ? Anchor::right : Anchor::left);
  paper_.text({x, y + 22},
              fmt::format("{:.3g} km, true at {:.1f}° {}", nm * 1.852, std::abs(lat), lat < 0 ? "S" : "N"),
              11, ink);
}

bool Chart::free(Rectangle where) const {
  if (where.x < frame_.x + 2 || where.y < frame_.y + 2 ||
      where.x + where.width > frame_.x + frame_.width - 2 ||
      where.y + where.height > frame_.y + frame_.height - 2)
    return false;
  return std::none_of(taken_.begin(), taken_.end(), [&](const auto& other) { return overlap(where, other); });
}

bool Chart::label(Point beside, const std::string& text, double size, Colour colour, bool bold, bool needed) {
  const double width = paper_.text_width(text, size, bold);
  const double gap = 6;
  // Right, left, above, below, then the corners; a needed label goes further out until there is room.
  for (const double far : needed ? std::vector{1.0, 2.5, 4.5, 7.0} : std::vector{1.0}) {
    const double right = beside.x + gap * far;
    const double left = beside.x - gap * far - width;
    const double up = beside.y - gap * far;
    const double down = beside.y + gap * far + size * 0.75;
    const double level = beside.y + size * 0.35;
    const double centred = beside.x - width / 2;
    for (const Point p : {Point{right, level}, Point{left, level}, Point{centred, up}, Point{centred, down},
                          Point{right, up}, Point{right, down}, Point{left, up}, Point{left, down}}) {
      const Rectangle where{p.x - 2, p.y - size, width + 4, size * 1.3};
      if (!free(where)) continue;
      if (far > 1) {
        paper_.line({beside, {std::clamp(beside.x, where.x, where.x + where.width), p.y - size * 0.35}},
                    {colour.red, colour.green, colour.blue, 0.6}, 0.8);
      }
      paper_.text(p, text, size, colour, Anchor::left, bold, true);
      taken_.push_back(where);
      return true;
    }
  }
  return false;
}

Result<Coasts> load_coasts(Box box) {
  box.south = std::max(box.south, -90.0);
  box.north = std::min(box.north, 90.0);
  const double turns = std::floor((box.west + 180) / 360) * 360;
  box.west -= turns;
  box.east -= turns;
  std::vector<Box> parts{box};
  if (box.east > 180)
    parts = {{box.west, box.south, 180, box.north}, {-180, box.south, box.east - 360, box.north}};
  Coasts coasts;
  for (const Box& part : parts) {
    auto coast = Coast::load(gshhg_path(), part);
    if (!coast) return std::unexpected(coast.error());
    coasts.push_back(std::move(*coast));
  }
  return coasts;
}

}  // namespace varne
