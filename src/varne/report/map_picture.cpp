#include "varne/report/map_picture.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "varne/core/place_of_data.h"
#include "varne/core/text.h"
#include "varne/core/units.h"
#include "varne/drift/notes.h"
#include "varne/drift/summary.h"
#include "varne/report/chart.h"
#include "varne/sea/map.h"
#include "varne/sea/zones.h"

namespace varne {
namespace {

constexpr int width = 1500;
constexpr int height = 1000;
constexpr Rectangle map_frame{70, 24, 1040, 940};
constexpr double legend_x = 1140;
constexpr double legend_width = 335;

constexpr Colour ink{0.13, 0.16, 0.20};
constexpr Colour quiet{0.38, 0.42, 0.47};
constexpr Colour start_colour{0.05, 0.35, 0.20};
constexpr Colour ashore_colour{0.80, 0.05, 0.05};
constexpr Colour line_colour{0.60, 0.25, 0.55, 0.55};
constexpr Colour warning_colour{0.70, 0.10, 0.10};

/// From early (orange) to late (navy), darker as time goes on, so that it reads in grey as well.
Colour colour_of(double share) {
  constexpr std::array<Colour, 5> ramp{
      {{0.95, 0.58, 0.10}, {0.86, 0.22, 0.28}, {0.60, 0.16, 0.62}, {0.16, 0.30, 0.74}, {0.05, 0.12, 0.36}}};
  const double at = std::clamp(share, 0.0, 1.0) * (ramp.size() - 1);
  const auto i = std::min(static_cast<std::size_t>(at), ramp.size() - 2);
  const double t = at - static_cast<double>(i);
  const auto mix = [&](double a, double b) { return a + (b - a) * t; };
  return {mix(ramp[i].red, ramp[i + 1].red), mix(ramp[i].green, ramp[i + 1].green),
          mix(ramp[i].blue, ramp[i + 1].blue)};
}

Colour faded(Colour c, double alpha) {
  return {c.red, c.green, c.blue, alpha};
}

std::string clock(Time time, bool with_day) {
  const auto t = std::chrono::system_clock::to_time_t(time);
  return with_day ? fmt::format("{:%d %b %H:%M}", fmt::gmtime(t)) : fmt::format("{:%H:%M}", fmt::gmtime(t));
}

bool same_day(Time a, Time b) {
  return std::chrono::floor<std::chrono::days>(a) == std::chrono::floor<std::chrono::days>(b);
}

/// Everything the particles ever cover with room around it, east of its west.
Box view_of(const DriftRun& run) {
  const Place from = run.release.place;
  Box box{from.lon, from.lat, from.lon, from.lat};
  for (const auto& snapshot : run.snapshots) {
    for (const Place& p : snapshot.places) {
      const double lon = from.lon + wrap180(p.lon - from.lon);
      box = {std::min(box.west, lon), std::min(box.south, p.lat), std::max(box.east, lon),
             std::max(box.north, p.lat)};
    }
  }
  const double shrink = std::max(std::cos(from.lat * std::numbers::pi / 180), 0.05);
  const double least = 0.1;  // degrees of latitude: six miles
  const double tall =
      std::max({(box.north - box.south) * 1.25, (box.east - box.west) * shrink * 1.25, least});
  const Place middle{(box.west + box.east) / 2, (box.south + box.north) / 2};
  const double wide = tall / shrink * map_frame.width / map_frame.height;
  const double needed = (box.east - box.west) * 1.25;
  const double half = std::max(std::min(wide, 170.0), std::min(needed, 350.0)) / 2;
  return {middle.lon - half, middle.lat - tall / 2, middle.lon + half, middle.lat + tall / 2};
}

class Picture {
 public:
  Picture(const DriftRun& run, const LeewayClass& leeway)
      : run_(run), leeway_(leeway), paper_(width, height), chart_(paper_, map_frame, view_of(run)) {
    for (const auto& snapshot : run.snapshots) summaries_.push_back(summary(snapshot, run.weights));
    choose_times();
    given_ = start_in_words(run);
  }

  Done draw(bool with_coast, const std::string& path) {
    chart_.sea();
    draw_contours();
    // Land over the areas: their kernel smears onto it, and nothing drifts there.
    if (const auto done = draw_coast(with_coast); !done) return done;
    chart_.graticule();
    if (const auto done = draw_lines(); !done) return done;
    paper_.clip(chart_.frame());
    draw_particles();
    draw_mean();
    paper_.unclip();
    chart_.scale_bar();
    draw_labels();
    if (const auto done = draw_towns(); !done) return done;
    chart_.border();
    draw_legend();
    return paper_.write(path);
  }

 private:
  /// At most six moments of the run, at whole steps from its start, the last one always among them.
  void choose_times() {
    const Duration all = std::chrono::abs(run_.snapshots.back().time - run_.snapshots.front().time);
    Duration step = all;
    for (const int hours : {1, 2, 3, 4, 6, 12, 24, 48, 120}) {
      step = std::chrono::hours(hours);
      if (all / step <= 6) break;
    }
    for (std::size_t i = 1; i < run_.snapshots.size(); ++i) {
      const Duration since = std::chrono::abs(run_.snapshots[i].time - run_.snapshots.front().time);
      if (since % step == Duration::zero() || i + 1 == run_.snapshots.size()) shown_.push_back(i);
    }
  }

  [[nodiscard]] Colour colour_at(std::size_t snapshot) const {
    return colour_of(static_cast<double>(snapshot) / static_cast<double>(run_.snapshots.size() - 1));
  }

  Done draw_coast(bool with_coast) {
    const Box& view = chart_.view();
    // A little more than is seen, so that the border of what is loaded never shows.
    const Box box{view.west - 0.01, view.south - 0.01, view.east + 0.01, view.north + 0.01};
    if (!with_coast) {
      coast_note_ = "Drawn without a coastline, as asked.";
    } else if ((box.east - box.west + 2) * (box.north - box.south + 2) > 400) {
      coast_note_ = "Too wide an area to draw a coastline.";
    } else {
      const auto coasts = load_coasts(box);
      if (!coasts) return std::unexpected(coasts.error());
      for (const auto& coast : *coasts) chart_.land(*coast);
      coast_note_ = "Coast: GSHHG 2.3.7.";
    }
    return {};
  }

  [[nodiscard]] bool meets(Box box) const {
    const Box& v = chart_.view();
    return v.west < box.east && box.west < v.east && v.south < box.north && box.south < v.north;
  }

  /// The lines of the chart that ships, where it is in view.
  Done draw_lines() {
    const auto home = home_strait();
    if (!home || !meets((*home)->map)) return home ? Done() : fail(home.error());
    paper_.clip(chart_.frame());
    for (const auto& line : (*home)->zones.lines()) {
      const bool lane = line.feature.find("traffic separation") != std::string::npos;
      paper_.line(chart_.at(line.points), line_colour, lane ? 1 : 1.4,
                  lane ? std::vector<double>{2, 5} : std::vector<double>{10, 5});
    }
    paper_.unclip();
    lines_ = true;
    return {};
  }

  Done draw_towns() {
    const auto home = home_strait();
    if (!home || !meets((*home)->map)) return home ? Done() : fail(home.error());
    auto towns = load_towns((*home)->places);
    if (!towns) return std::unexpected(towns.error());
    std::stable_sort(towns->begin(), towns->end(),
                     [](const Town& a, const Town& b) { return a.population > b.population; });
    for (const Town& town : *towns) {
      const Point at = chart_.at(town.place);
      const Rectangle& f = chart_.frame();
      if (at.x < f.x || at.y < f.y || at.x > f.x + f.width || at.y > f.y + f.height) continue;
      if (!chart_.label(at, town.name, 11, quiet, false, false)) continue;
      paper_.dot(at, 2.2, quiet);
      towns_ = true;
    }
    return {};
  }

  void draw_particles() {
    const auto counts = [&](std::size_t k) { return run_.weights.empty() || run_.weights[k] > 1e-7; };
    const double last = std::clamp(800.0 / run_.options.particles, 0.08, 0.8);
    for (const std::size_t i : shown_) {
      const auto& snapshot = run_.snapshots[i];
      for (std::size_t k = 0; k < snapshot.places.size(); ++k) {
        if (snapshot.states[k] == ParticleState::adrift && counts(k))
          paper_.dot(chart_.at(snapshot.places[k]), 1.6,
                     faded(colour_at(i), i == shown_.back() ? last : last / 2));
      }
    }
    const auto& end = run_.snapshots.back();
    for (std::size_t k = 0; k < end.places.size(); ++k) {
      if (end.states[k] == ParticleState::ashore && counts(k))
        paper_.dot(chart_.at(end.places[k]), 2, faded(ashore_colour, 0.7));
    }
  }

  void draw_contours() {
    paper_.clip(chart_.frame());
    for (const std::size_t i : shown_) {
      if (i != shown_.back())
        for (const auto& ring : contour(run_.snapshots[i], 0.9, run_.weights))
          paper_.line(chart_.at(ring), faded(colour_at(i), 0.8), 1, {4, 3});
    }
    const auto& last = run_.snapshots.back();
    for (const double share : {0.9, 0.5}) {
      std::vector<std::vector<Point>> rings;
      for (const auto& ring : contour(last, share, run_.weights)) rings.push_back(chart_.at(ring));
      paper_.area(rings, faded(colour_of(1), share == 0.5 ? 0.22 : 0.12));
      for (const auto& ring : rings) paper_.line(ring, colour_of(1), share == 0.5 ? 2.4 : 1.4);
    }
    paper_.unclip();
  }

  void draw_mean() {
    std::vector<Point> way;
    for (const auto& s : summaries_) {
      if (s.mean) way.push_back(chart_.at(*s.mean));
    }
    paper_.line(way, {1, 1, 1, 0.8}, 4.5);
    paper_.line(way, ink, 2);
    for (const Point& p : way) paper_.dot(p, 2.2, ink);
    for (const std::size_t i : shown_) {
      if (!summaries_[i].mean) continue;
      paper_.dot(chart_.at(*summaries_[i].mean), 5.5, {1, 1, 1, 1});
      paper_.dot(chart_.at(*summaries_[i].mean), 4.5, colour_at(i));
    }
    start_mark(chart_.at(run_.release.place));
  }

  void start_mark(Point p) {
    paper_.ring(p, 9, {1, 1, 1, 0.9}, 5);
    paper_.ring(p, 9, start_colour, 2.2);
    paper_.line({{p.x - 14, p.y}, {p.x + 14, p.y}}, start_colour, 1.6);
    paper_.line({{p.x, p.y - 14}, {p.x, p.y + 14}}, start_colour, 1.6);
  }

  void draw_labels() {
    const Point start = chart_.at(run_.release.place);
    chart_.keep_free({start.x - 14, start.y - 14, 28, 28});
    for (const std::size_t i : shown_) {
      if (!summaries_[i].mean) continue;
      const Point p = chart_.at(*summaries_[i].mean);
      chart_.keep_free({p.x - 5, p.y - 5, 10, 10});
    }
    chart_.label(start, given_ + " " + clock(run_.snapshots.front().time, true), 13, start_colour, true,
                 true);
    Time before = run_.snapshots.front().time;
    for (const std::size_t i : shown_) {
      if (!summaries_[i].mean) continue;
      const Time time = summaries_[i].time;
      chart_.label(chart_.at(*summaries_[i].mean), clock(time, !same_day(time, before)), 13, colour_at(i),
                   true, true);
      before = time;
    }
  }

  // The legend: `y_` is the base line of the next row.
  void say(const std::string& text, double size = 12.5, Colour colour = ink, bool bold = false) {
    std::string row;
    const auto put = [&] {
      paper_.text({legend_x, y_}, row, size, colour, Anchor::left, bold);
      y_ += size * 1.4;
    };
    for (const auto word : split(text, ' ')) {
      const std::string longer = row.empty() ? std::string(word) : row + " " + std::string(word);
      const bool full = !row.empty() && paper_.text_width(longer, size, bold) > legend_width;
      if (full) put();
      row = full ? std::string(word) : longer;
    }
    put();
  }

  void head(const std::string& text) {
    y_ += 12;
    say(text, 12, quiet, true);
  }

  /// A row of the key to the symbols: draws the symbol about a point, then says what it is.
  template <class Symbol>
  void key(const std::string& text, Symbol&& symbol) {
    symbol(Point{legend_x + 14, y_ - 4});
    paper_.text({legend_x + 40, y_}, text, 12.5, ink);
    y_ += 20;
  }

  void draw_legend() {
    const auto& o = run_.options;
    const bool back = o.length < Duration::zero();
    say(back ? "Where it may have come from" : "Where it may be", 20, ink, true);
    say("A forecast, not an observation", 14, warning_colour, true);
    head("OBJECT");
    say(fmt::format("{}: {}", leeway_.key, leeway_.description));
    const bool one_start = run_.scenarios.empty();
    head(!one_start ? "MEAN START" : back ? "FOUND" : "LAST KNOWN");
    say(spoken(run_.release.place));
    say(fmt::format("{:%d %B %Y, %H:%M} UTC",
                    fmt::gmtime(std::chrono::system_clock::to_time_t(run_.release.from))));
    if (run_.release.to != run_.release.from) say("or later, until " + clock(run_.release.to, true) + " UTC");
    const auto sigma = fmt::format("give or take {:.0f} m on each axis (1 σ)", run_.release.sigma_m);
    say(!one_start ? "each scenario has its own" : run_.release.sigma_m > 0 ? sigma : "taken as exact");
    head("RUN");
    say(fmt::format("{} h {} to {} UTC, steps of {:g} min", std::abs(seconds(o.length)) / 3600,
                    back ? "back" : "ahead", clock(run_.snapshots.back().time, true), seconds(o.step) / 60));
    say(fmt::format("{} particles, seed {}", o.particles, o.seed));
    head("SEA AND WIND, THE FIRST THAT KNOWS");
    for (const auto& source : answering(run_)) say("· " + source);
    for (const auto& change : source_changes(run_)) say(change, 11, quiet);
    say("Errors: " + errors_in_words(o) + "." + learned_in_words(run_), 11, quiet);
    draw_key();
    draw_outcome();
    draw_foot();
  }

  void draw_key() {
    head("ON THE CHART, TIMES IN UTC");
    y_ += 8;
    key(given_ + " position", [&](Point p) { start_mark(p); });
    y_ += 4;
    for (const std::size_t i : shown_)
      key(clock(summaries_[i].time, true) + (i == shown_.back() ? ": the end" : ""), [&](Point p) {
        for (const Point d : {Point{-9, 3}, Point{-3, -4}, Point{4, 3}, Point{9, -3}})
          paper_.dot({p.x + d.x, p.y + d.y}, 2.2, colour_at(i));
      });
    key("mean position, hour by hour", [&](Point p) {
      paper_.line({{p.x - 14, p.y}, {p.x + 14, p.y}}, ink, 2);
      for (const double dx : {-10.0, 0.0, 10.0}) paper_.dot({p.x + dx, p.y}, 2.4, ink);
    });
    if (shown_.size() > 1)
      key("90 % of particles, before the end", [&](Point p) {
        paper_.line({{p.x - 14, p.y}, {p.x + 14, p.y}}, colour_of(0.5), 1.2, {4, 3});
      });
    for (const double share : {0.9, 0.5})
      key(fmt::format("{:.0f} % of particles, at the end", share * 100), [&](Point p) {
        const Rectangle r{p.x - 14, p.y - 6, 28, 12};
        paper_.box(r, faded(colour_of(1), share == 0.5 ? 0.34 : 0.12));
        paper_.frame(r, colour_of(1), share == 0.5 ? 2.4 : 1.4);
      });
    if (summaries_.back().ashore > 0)
      key("ashore at the end", [&](Point p) {
        for (const double dx : {-8.0, 0.0, 8.0}) paper_.dot({p.x + dx, p.y}, 2.2, ashore_colour);
      });
    if (lines_)
      key("limits at sea; lane centres (dotted)", [&](Point p) {
        paper_.line({{p.x - 14, p.y - 3}, {p.x + 14, p.y - 3}}, line_colour, 1.4, {10, 5});
        paper_.line({{p.x - 14, p.y + 3}, {p.x + 14, p.y + 3}}, line_colour, 1, {2, 5});
      });
  }

  void draw_outcome() {
    const DriftSummary& s = summaries_.back();
    head("AT THE END");
    if (s.mean) {
      say("mean " + spoken(*s.mean));
      say(fmt::format("half within {:.1f} nm, 90 % within {:.1f} nm of it", nm_from_metres(s.half_within_m),
                      nm_from_metres(s.most_within_m)));
    }
    std::string states =
        percent(1 - s.ashore_share - s.left_share) + " adrift, " + percent(s.ashore_share) + " ashore";
    if (s.left > 0) states += ", " + percent(s.left_share) + " where the sea is not known";
    say(states);
    for (const auto& note : notes(run_)) say("! " + note, 11, warning_colour);
  }

  [[nodiscard]] static std::string percent(double part) {
    const double share = std::max(0.0, 100 * part);
    return share > 0 && share < 1 ? fmt::format("{:.1f} %", share) : fmt::format("{:.0f} %", share);
  }

  void draw_foot() {
    std::string foot = fmt::format("Varne {}. Mercator, WGS-84. {}", version(), coast_note_);
    if (towns_) foot += " Towns: GeoNames, CC BY 4.0.";
    y_ = std::max(y_ + 8, height - 44.0);
    say(foot + " Not for navigation.", 10, quiet);
  }

  const DriftRun& run_;
  const LeewayClass& leeway_;
  Paper paper_;
  Chart chart_;
  std::vector<DriftSummary> summaries_;
  std::vector<std::size_t> shown_;
  std::string given_;  // what is known of the place the run starts from
  std::string coast_note_;
  bool lines_ = false, towns_ = false;
  double y_ = 44;
};

}  // namespace

Done draw_map(const DriftRun& run, const LeewayClass& leeway, bool with_coast, const std::string& path) {
  return Picture(run, leeway).draw(with_coast, path);
}

}  // namespace varne
