#pragma once
/// A chart on a picture: Mercator on the WGS-84 ellipsoid, coast, graticule, scale, and labels that
/// keep out of each other's way. Knows nothing of what is drawn on it; `map_picture.h` draws a forecast.

#include <cairo.h>

#include <memory>
#include <string>
#include <vector>

#include "varne/core/result.h"
#include "varne/sea/coast.h"

namespace varne {

struct Colour {
  double red = 0, green = 0, blue = 0, alpha = 1;
};

/// Pixels, y downwards.
struct Point {
  double x = 0;
  double y = 0;
};

struct Rectangle {
  double x = 0, y = 0, width = 0, height = 0;
};

enum class Anchor { left, middle, right };

/// A picture with the few strokes that charts and legends are made of. Text is DejaVu Sans.
class Paper {
 public:
  Paper(int width, int height);

  void line(const std::vector<Point>& points, Colour colour, double width, std::vector<double> dashes = {});
  void area(const std::vector<std::vector<Point>>& rings, Colour fill);  ///< even-odd
  void box(Rectangle where, Colour fill);
  void frame(Rectangle where, Colour colour, double width);
  void dot(Point centre, double radius, Colour fill);
  void ring(Point centre, double radius, Colour colour, double width);
  /// `at` is on the base line. With a halo the text stays legible over anything.
  void text(Point at, const std::string& text, double size, Colour colour, Anchor anchor = Anchor::left,
            bool bold = false, bool halo = false);
  double text_width(const std::string& text, double size, bool bold = false);
  /// Draws only inside, until `unclip`.
  void clip(Rectangle where);
  void unclip();

  /// As SVG where the path ends in ".svg", else as PNG; refuses a path that cannot be written.
  [[nodiscard]] Done write(const std::string& path);

 private:
  struct Free {
    void operator()(cairo_surface_t* s) const { cairo_surface_destroy(s); }
    void operator()(cairo_t* c) const { cairo_destroy(c); }
  };
  void trace(const std::vector<Point>& points);
  void set(Colour colour);
  void font(double size, bool bold);
  int width_;
  int height_;
  std::unique_ptr<cairo_surface_t, Free> surface_;
  std::unique_ptr<cairo_t, Free> cairo_;
};

class Chart {
 public:
  /// @param view   what must be seen at least; east may exceed 180 where it crosses the antimeridian
  /// @param frame  where on the paper; the view is widened to fill it
  Chart(Paper& paper, Rectangle frame, Box view);

  [[nodiscard]] Point at(Place place) const;
  [[nodiscard]] std::vector<Point> at(const std::vector<Place>& places) const;
  [[nodiscard]] const Box& view() const { return view_; }
  [[nodiscard]] const Rectangle& frame() const { return frame_; }

  void sea();
  void land(const Coast& coast);
  void graticule();
  /// The neat line around, with the degrees and minutes outside of it.
  void border();
  void scale_bar();

  /// Text beside a point, where it covers no other label; gives false, and draws nothing, where no place is
  /// free and the label is not `needed`.
  bool label(Point beside, const std::string& text, double size, Colour colour, bool bold, bool needed);
  /// Keeps labels out of here.
  void keep_free(Rectangle where) { taken_.push_back(where); }

 private:
  [[nodiscard]] bool free(Rectangle where) const;

  Paper& paper_;
  Rectangle frame_;
  Box view_;
  double north_;  // Mercator's y at the top
  double scale_;  // pixels a degree of longitude
  std::vector<Rectangle> taken_;
};

using Coasts = std::vector<std::shared_ptr<const Coast>>;

/// The coast of a box anywhere in the world, whose east may exceed 180 where it crosses the antimeridian:
/// then it is two. Refuses what `Coast::load` refuses.
Result<Coasts> load_coasts(Box box);

}  // namespace varne
