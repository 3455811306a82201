#include "varne/search/datum_pattern.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "varne/search/crew.h"
#include "varne/search/first_boxes.h"
#include "varne/search/improve.h"
#include "varne/search/strokes.h"

namespace varne {
namespace {

constexpr std::size_t few_particles = 6144;

/// A way through a box, and what it finds of what others leave.
struct Laid {
  SearchTask task;
  SearchPattern pattern;
  std::vector<Stroke> strokes;
  double gain = -1;
};

/// Spacings to choose from, of a sector its legs: parts of the sweep width, or of what the time is enough
/// for.
std::vector<double> spacings(const SearchTask& task, const SearchUnit& unit, PatternKind kind,
                             std::optional<double> said) {
  if (said) return {*said};
  std::vector<double> out;
  const double most_leg = *unit.search_mps * seconds(task.until - task.from) / 9;
  for (int i = 0; i <= 16; ++i)
    out.push_back(kind == PatternKind::sector ? most_leg * std::pow(0.86, i)
                                              : *unit.sweep_width_m * 2.5 * std::pow(0.82, i));
  return out;
}

/// From the middle of the box, over the water that drifts with it.
Vec off_middle(const SearchCloud& cloud, const SearchTask& task, const PatternPoint& point) {
  return cloud.plane.to(point.at) - task.box.centre_at(cloud.slices_at(point.time));
}

/// The larger of how far it is along a box's axis and across.
double larger_of_sides(Vec off, const SearchBox& box) {
  const Vec axis = towards(box.axis_deg, 1);
  return std::max(std::abs(off.east * axis.east + off.north * axis.north),
                  std::abs(off.east * axis.north - off.north * axis.east));
}

/// The square that holds the whole of a pattern, about the same middle.
double side_of(const SearchCloud& cloud, const SearchTask& task, const SearchPattern& pattern) {
  double half = 0;
  for (const PatternPoint& point : pattern.way)
    half = std::max(half, larger_of_sides(off_middle(cloud, task, point), task.box));
  return 2 * half;
}

/// With less of its way, and less water for it.
SearchPattern cut_short(SearchPattern pattern, std::size_t legs, const SearchTask& task) {
  pattern.way.resize(legs + 1);
  pattern.track_m = 0;
  // Legs of 1, 1, 2, 2, 3, 3 … spacings.
  for (std::size_t i = 0; i < legs; ++i)
    pattern.track_m += pattern.spacing_m * static_cast<double>(i / 2 + 1);
  pattern.spare = task.until - pattern.way.back().time;
  return pattern;
}

/// The ways that a unit may take about the middle of a task's box: each spacing, and of a square as many legs
/// as there may be.
/// @param whole  in the whole of the box only, as it was drawn
std::vector<Laid> ways_about(const SearchCloud& cloud, const SearchTask& task, const SearchUnit& unit,
                             PatternKind kind, std::optional<double> said, bool whole) {
  std::vector<Laid> out;
  const auto add = [&](const SearchTask& in, SearchPattern pattern) {
    Laid one{.task = in, .pattern = std::move(pattern), .strokes = {}, .gain = -1};
    // As wide as what it sweeps beside its tracks.
    const double beside = kind == PatternKind::sector ? 0 : one.pattern.spacing_m;
    one.task.box.length_m = one.task.box.width_m = side_of(cloud, in, one.pattern) + beside;
    one.task.swept_m2 = *unit.sweep_width_m * one.pattern.track_m;
    one.task.until = one.pattern.way.back().time;
    add_pattern_strokes(cloud, one.task, one.pattern, *unit.sweep_width_m, unit.turn_s, one.strokes);
    out.push_back(std::move(one));
  };
  for (const double spacing : spacings(task, unit, kind, said)) {
    SearchTask in = task;
    if (kind == PatternKind::sector)
      in.box.length_m = in.box.width_m = std::min({2 * spacing, task.box.length_m, task.box.width_m});
    auto pattern = pattern_of(cloud, in, unit, kind, spacing);
    if (!pattern) continue;
    if (kind == PatternKind::expanding_square && !whole)
      for (std::size_t legs = 3; legs + 1 < pattern->way.size(); ++legs)
        add(in, cut_short(*pattern, legs, task));
    add(in, std::move(*pattern));
  }
  return out;
}

/// The one of them that finds most.
/// @param alive    weight of each of `few`'s particles that others leave
/// @param allowed  whether it may lie there
template <class Allowed>
Laid best_of(std::vector<Laid> ways, const StrokeCloud& few, std::span<const float> alive,
             Allowed&& allowed) {
  Laid best;
  for (Laid& one : ways) {
    if (!allowed(one.task)) continue;
    one.gain = few.gain(one.strokes, alive);
    if (one.gain > best.gain) best = std::move(one);
  }
  return best;
}

void take(LaidPlan& out, Laid&& laid, const StrokeCloud& few, std::vector<float>& alive) {
  few.strike(laid.strokes, alive);
  out.plan.tasks.push_back(std::move(laid.task));
  out.patterns.push_back(std::move(laid.pattern));
  out.strokes.insert(out.strokes.end(), laid.strokes.begin(), laid.strokes.end());
}

/// No pattern of a unit is wider.
double unit_reach_m(const ReadyUnit& unit) {
  return 2 * unit.search_mps * seconds(unit.latest - unit.earliest);
}

/// How far the middles of boxes lie apart, the larger of along and across their common axis: as large may
/// squares about them be.
double least_apart(const std::vector<UnitBoxes>& boxes, std::size_t u, std::size_t slice) {
  double out = INFINITY;
  const SearchBox& box = boxes[u].boxes.front();
  for (std::size_t o = 0; o < boxes.size(); ++o)
    if (o != u)
      out =
          std::min(out, larger_of_sides(boxes[o].boxes.front().centre_in(slice) - box.centre_in(slice), box));
  return out;
}

/// Squares of units that may not share water.
struct SquareLayer {
  const SearchCloud& cloud;
  const std::vector<SearchUnit>& units;
  const StrokeCloud& few;
  const CloudParts& parts;
  const Improver& at_sea;
  PatternKind kind;
  std::optional<double> spacing_m;

  struct Together {
    std::vector<Laid> squares = {};
    std::vector<std::string> without = {};  ///< names
    double gain = 0;
  };

  /// Each about the middle of its part.
  [[nodiscard]] Together share(std::span<const ReadyUnit> alike, std::vector<float> alive) const {
    Together out;
    auto boxes = parts.cut(alike, parts.axis_deg(), 1.5, 1, 1);
    // All drift as the whole does, so that none comes to lie on another.
    for (UnitBoxes& unit : boxes)
      for (std::size_t k = 0; k < unit.boxes.front().drift.size(); ++k)
        unit.boxes.front().drift[k] = parts.gone(k);
    std::vector<std::size_t> order(alike.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::greater<>(),
                             [&](std::size_t u) { return possible_effort(alike[u]); });
    for (const std::size_t u : order) {
      const SearchUnit& unit = units[alike[u].unit];
      SearchBox box = boxes[u].boxes.front();
      box.length_m = box.width_m = unit_reach_m(alike[u]);
      const double most_m = least_apart(boxes, u, cloud.slices / 2);
      const auto allowed = [&](const SearchTask& task) {
        if (task.box.length_m > most_m || (!alike[u].flies && at_sea.on_land(task))) return false;
        return std::ranges::none_of(out.squares,
                                    [&](const Laid& other) { return overlap(cloud, task, other.task); });
      };
      Laid laid;
      if (const auto tasks = timed(cloud, alike[u], {{box}, {1}}); !tasks.empty())
        laid = best_of(ways_about(cloud, tasks.front(), unit, kind, spacing_m, false), few, alive, allowed);
      if (laid.gain <= 0) {
        out.without.push_back(unit.name);
        continue;
      }
      out.gain += laid.gain;
      few.strike(laid.strokes, alive);
      out.squares.push_back(std::move(laid));
    }
    return out;
  }

  /// All of them, or where that finds more one alone about the whole.
  [[nodiscard]] std::vector<Laid> best(std::span<const ReadyUnit> alike, const std::vector<float>& alive,
                                       std::vector<LeftOut>& left_out) const {
    if (alike.empty()) return {};
    Together best = share(alike, alive);
    std::string why =
        "there is no square about its datum that it reaches in time and that holds some of the cloud and "
        "lies "
        "clear of land and of the others'";
    for (std::size_t u = 0; alike.size() > 1 && u < alike.size(); ++u) {
      Together alone = share(alike.subspan(u, 1), alive);
      if (alone.gain <= best.gain) continue;
      for (const ReadyUnit& other : alike)
        if (other.unit != alike[u].unit) alone.without.push_back(units[other.unit].name);
      best = std::move(alone);
      why = fmt::format(
          "one square about the whole finds more, and it is that of {}; boxes share the cloud better",
          units[alike[u].unit].name);
    }
    for (std::string& name : best.without) left_out.push_back({std::move(name), why});
    return std::move(best.squares);
  }
};

}  // namespace

void add_pattern_strokes(const SearchCloud& cloud, const SearchTask& task, const SearchPattern& pattern,
                         double sweep_width_m, double turn_s, std::vector<Stroke>& out) {
  const double strip =
      pattern.kind == PatternKind::sector ? sweep_width_m : std::max(sweep_width_m, pattern.spacing_m);
  for (std::size_t i = 1; i < pattern.way.size(); ++i) {
    const Vec a = off_middle(cloud, task, pattern.way[i - 1]);
    const Vec leg = off_middle(cloud, task, pattern.way[i]) - a;
    const double metres = length(leg);
    const double ends = cloud.slices_at(pattern.way[i].time);
    const double begins =
        cloud.slices_at(pattern.way[i - 1].time) + (i > 1 ? turn_s / seconds(cloud.slice) : 0);
    if (!(ends > begins) || !(metres > 0)) continue;
    const Vec axis = leg * (1 / metres);
    for (auto k = static_cast<std::size_t>(std::max(0.0, begins)); k < cloud.slices; ++k) {
      const double from = std::max(begins, static_cast<double>(k));
      const double to = std::min(ends, static_cast<double>(k + 1));
      if (from >= ends) break;
      const auto share = [&](double slices) { return (slices - begins) / (ends - begins); };
      const Vec middle = a + leg * ((share(from) + share(to)) / 2) + task.box.centre_in(k);
      out.push_back({static_cast<std::uint32_t>(k), static_cast<float>(middle.east),
                     static_cast<float>(middle.north), static_cast<float>(axis.east),
                     static_cast<float>(axis.north),
                     static_cast<float>(metres * (share(to) - share(from)) / 2),
                     static_cast<float>(strip / 2), static_cast<float>(sweep_width_m / strip)});
    }
  }
}

Result<LaidPlan> plan_about_datum(const SearchCloud& cloud, const std::vector<SearchUnit>& units,
                                  PatternKind kind, std::optional<double> spacing_m,
                                  const PlanOptions& options) {
  if (spacing_m && !(*spacing_m > 0)) return fail("spacing", "must be above 0");
  auto crew = crew_of(cloud, units, options);
  if (!crew) return fail(crew.error());
  LaidPlan out;
  out.plan = std::move(crew->plan);
  if (crew->units.empty()) return out;
  const CloudParts parts(cloud, few_particles, options.drifting);
  const StrokeCloud few(cloud, few_particles);
  const Improver at_sea(cloud, crew->units, land_in_plane(cloud, options.land), parts.size_m());
  const SquareLayer layer{cloud, units, few, parts, at_sea, kind, spacing_m};
  std::vector<float> alive = few.weight();
  for (const bool aircraft : {false, true}) {
    std::vector<ReadyUnit> alike;
    std::ranges::copy_if(crew->units, std::back_inserter(alike),
                         [&](const ReadyUnit& unit) { return unit.flies == aircraft; });
    for (Laid& laid : layer.best(alike, alive, out.plan.left_out)) take(out, std::move(laid), few, alive);
  }
  out.plan.pos = gain_of_all(cloud, out.strokes);
  return out;
}

LaidPlan lay_about_middles(const SearchCloud& cloud, const std::vector<SearchUnit>& units, SearchPlan drawn,
                           PatternKind kind, std::optional<double> spacing_m) {
  LaidPlan out;
  const StrokeCloud few(cloud, few_particles);
  std::vector<float> alive = few.weight();
  const auto tasks = std::exchange(drawn.tasks, {});
  out.plan = std::move(drawn);
  for (const SearchTask& task : tasks) {
    const SearchUnit& unit = units[task.unit];
    auto laid = best_of(ways_about(cloud, task, unit, kind, spacing_m, true), few, alive,
                        [](const SearchTask&) { return true; });
    if (laid.gain < 0) {
      out.plan.notes.push_back(unit.name + ": its box gives too little time or room for a single leg");
      continue;
    }
    laid.task.box = task.box;  // as it was drawn
    laid.task.until = task.until;
    take(out, std::move(laid), few, alive);
  }
  out.plan.pos = gain_of_all(cloud, out.strokes);
  return out;
}

}  // namespace varne
