#include "varne/search/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <span>

#include "varne/search/first_boxes.h"
#include "varne/search/improve.h"
#include "varne/search/strokes.h"

namespace varne {
namespace {

/// Particles that the search for boxes looks at: few to choose where to begin, more to end.
constexpr std::size_t coarse_particles = 1024;
constexpr std::size_t fine_particles = 6144;
/// Particles × strokes that the search may look at: 0.2 s on one core.
constexpr double usual_budget = 7e8;

/// Who can go, and the plan so far of who cannot.
struct Crew {
  std::vector<ReadyUnit> units;
  SearchPlan plan;
};

Result<Crew> crew_of(const SearchCloud& cloud, const std::vector<SearchUnit>& units,
                     const PlanOptions& options) {
  if (cloud.slices == 0 || cloud.particles == 0) return fail("cloud", "is empty: there is nowhere to look");
  if (units.size() > most_units)
    return fail("units", fmt::format("are {}: a plan takes at most {}; name those that are nearest",
                                     units.size(), most_units));
  if (options.boxes_a_unit < 1 || options.boxes_a_unit > 4) return fail("boxes_a_unit", "must be 1 to 4");
  if (!(options.work > 0 && options.work <= 1000)) return fail("work", "must be above 0, and at most 1000");
  Crew crew;
  for (std::size_t u = 0; u < units.size(); ++u) {
    auto one = ready(units[u], u, cloud, crew.plan.notes);
    if (auto* unit = std::get_if<ReadyUnit>(&one))
      crew.units.push_back(*unit);
    else
      crew.plan.left_out.push_back(std::get<LeftOut>(std::move(one)));
  }
  if (crew.units.empty())
    crew.plan.notes.push_back(units.empty() ? "no unit is named; name those that may search"
                                            : "no unit can go; why stands with each");
  return crew;
}

/// Land by cells of the area that the cloud takes up, asked once each.
class LandCells {
 public:
  LandCells(const SearchCloud& cloud, const std::function<bool(Place)>& land) {
    for (std::size_t k = 0; k < cloud.slices; k += std::max<std::size_t>(1, cloud.slices / 4))
      for (std::size_t i = 0; i < cloud.particles; i += 64) {
        const Vec at{static_cast<double>(cloud.east_of(k)[i]), static_cast<double>(cloud.north_of(k)[i])};
        if (std::isnan(at.east)) continue;
        low_ = {std::min(low_.east, at.east), std::min(low_.north, at.north)};
        high_ = {std::max(high_.east, at.east), std::max(high_.north, at.north)};
      }
    const Vec margin = (high_ - low_) * 0.3;
    low_ = low_ - margin;
    high_ = high_ + margin;
    for (std::size_t n = 0; n < side; ++n)
      for (std::size_t e = 0; e < side; ++e)
        cells_.push_back(land(cloud.plane.from(
            {low_.east + (static_cast<double>(e) + 0.5) / side * (high_.east - low_.east),
             low_.north + (static_cast<double>(n) + 0.5) / side * (high_.north - low_.north)})));
  }
  /// False beyond the area: no box is drawn there by itself.
  [[nodiscard]] bool operator()(Vec at) const {
    const double e = (at.east - low_.east) / (high_.east - low_.east) * side;
    const double n = (at.north - low_.north) / (high_.north - low_.north) * side;
    if (!(e >= 0 && e < side && n >= 0 && n < side)) return false;
    return cells_[static_cast<std::size_t>(n) * side + static_cast<std::size_t>(e)];
  }
  [[nodiscard]] bool any() const { return std::ranges::find(cells_, true) != cells_.end(); }

 private:
  static constexpr std::size_t side = 160;
  Vec low_{INFINITY, INFINITY};
  Vec high_{-INFINITY, -INFINITY};
  std::vector<bool> cells_;
};

std::function<bool(Vec)> in_plane(const SearchCloud& cloud, const std::function<bool(Place)>& land) {
  if (!land) return {};
  auto cells = std::make_shared<const LandCells>(cloud, land);
  if (!cells->any()) return {};
  return [cells](Vec at) { return (*cells)(at); };
}

std::vector<SearchTask> all_tasks(const SearchCloud& cloud, const Crew& crew,
                                  const std::vector<UnitBoxes>& boxes) {
  std::vector<SearchTask> out;
  for (std::size_t u = 0; u < boxes.size(); ++u)
    for (auto& task : timed(cloud, crew.units[u], boxes[u])) out.push_back(std::move(task));
  return out;
}

struct Candidate {
  std::vector<UnitBoxes> boxes;
  double value = -1;
};

/// The square of the best side, looked at on few particles.
Candidate best_square_of(const StrokeCloud& few, const CloudParts& parts, Improver& improver,
                         std::span<const ReadyUnit> units) {
  Candidate best;
  double at = 2.5;
  for (const double finer : {1.22, 1.05, 1.012}) {
    const double around = at;
    for (int i = -8; i <= 8; ++i) {
      const double side = around * std::pow(finer, i);
      auto boxes = parts.square(units, side * parts.size_m());
      const double value = improver.value(few, boxes);
      if (value <= best.value) continue;
      best = {std::move(boxes), value};
      at = side;
    }
  }
  return best;
}

/// Says of each unit that is left without a box why.
void say_without(const Crew& crew, const std::vector<UnitBoxes>& boxes, const std::vector<SearchUnit>& units,
                 SearchPlan& plan) {
  for (std::size_t u = 0; u < crew.units.size(); ++u)
    if (boxes.empty() || boxes[u].boxes.empty())
      plan.left_out.push_back(
          {units[crew.units[u].unit].name,
           "there is no box for it that holds some of the cloud and lies clear of land and of the "
           "others' boxes"});
}

/// Cuts of the cloud in several directions and sizes, the most promising first.
std::vector<Candidate> beginnings(const StrokeCloud& few, const CloudParts& parts, Improver& improver,
                                  std::span<const ReadyUnit> units, std::size_t boxes_a_unit) {
  std::vector<Candidate> out;
  for (std::size_t n = 1; n <= boxes_a_unit; ++n)
    for (const double turn : {0.0, 30.0, 60.0})
      for (const double reach : {1.1, 1.5, 2.0}) {
        out.push_back({parts.cut(units, parts.axis_deg() + turn, reach, n, 0.55)});
        if (n > 1) out.push_back({parts.cut_apart(units, parts.axis_deg() + turn, reach, n)});
      }
  for (auto& c : out) c.value = improver.value(few, c.boxes);
  std::ranges::stable_sort(out, std::greater<>(), &Candidate::value);
  return out;
}

}  // namespace

Result<SearchPlan> plan_square(const SearchCloud& cloud, const std::vector<SearchUnit>& units,
                               const PlanOptions& options) {
  auto crew = crew_of(cloud, units, options);
  if (!crew) return fail(crew.error());
  if (crew->units.empty()) return std::move(crew->plan);
  const CloudParts parts(cloud, coarse_particles * 2, options.drifting);
  const StrokeCloud few(cloud, coarse_particles * 4);
  Improver improver(cloud, crew->units, {}, parts.size_m());  // a manual square asks for no coast
  const Candidate best = best_square_of(few, parts, improver, crew->units);
  if (Improver at_sea(cloud, crew->units, in_plane(cloud, options.land), parts.size_m());
      at_sea.value(few, best.boxes) < 0 && best.value >= 0)
    crew->plan.notes.push_back("lies on land in part");
  crew->plan.tasks = all_tasks(cloud, *crew, best.boxes);
  crew->plan.pos = pos_of(cloud, crew->plan.tasks);
  return std::move(crew->plan);
}

Result<SearchPlan> plan_search(const SearchCloud& cloud, const std::vector<SearchUnit>& units,
                               const PlanOptions& options) {
  auto crew = crew_of(cloud, units, options);
  if (!crew) return fail(crew.error());
  if (crew->units.empty()) return std::move(crew->plan);
  const CloudParts parts(cloud, coarse_particles * 2, options.drifting);
  const StrokeCloud few(cloud, coarse_particles);
  const StrokeCloud fine(cloud, fine_particles);
  Improver improver(cloud, crew->units, in_plane(cloud, options.land), parts.size_m());
  const double budget = usual_budget * options.work;

  auto candidates = beginnings(few, parts, improver, crew->units, options.boxes_a_unit);
  if (auto square = best_square_of(few, parts, improver, crew->units); square.value >= 0)
    candidates.insert(candidates.begin(), std::move(square));
  candidates.resize(std::min<std::size_t>(candidates.size(), 6));
  // Near a coast, or with a sweep wider than the cloud, none of these may stand as it is.
  if (std::ranges::max(candidates, {}, &Candidate::value).value < 0)
    for (auto& c : candidates) improver.make_room(few, c.boxes);
  for (auto& c : candidates) c.value = improver.improve(few, c.boxes, budget * 0.07);
  std::ranges::stable_sort(candidates, std::greater<>(), &Candidate::value);
  candidates.resize(std::min<std::size_t>(candidates.size(), 2));
  for (auto& c : candidates) {
    const Candidate before = c;
    for (std::size_t u = 0; u < c.boxes.size(); ++u)
      for (auto& box : c.boxes[u].boxes) {
        auto way = parts.way_of(box);
        if (!way.empty()) {
          const Vec at = box.centre_in(cloud.slices / 2);
          box.drift = std::move(way);
          box.centre = at - box.drift[cloud.slices / 2];
        }
      }
    c.value = improver.improve(fine, c.boxes, budget * 0.29);
    // Each on its own way, boxes may come to lie on one another or on land: then they keep the cloud's.
    if (c.value < 0) c = before;
  }
  const auto best = std::ranges::max_element(candidates, {}, &Candidate::value);
  if (best->value < 0) {
    say_without(*crew, {}, units, crew->plan);
    return std::move(crew->plan);
  }
  say_without(*crew, best->boxes, units, crew->plan);
  crew->plan.tasks = all_tasks(cloud, *crew, best->boxes);
  crew->plan.pos = pos_of(cloud, crew->plan.tasks);
  return std::move(crew->plan);
}

Result<SearchPlan> score_plan(const SearchCloud& cloud, const std::vector<SearchUnit>& units,
                              std::vector<SearchTask> tasks, const std::function<bool(Place)>& land) {
  auto crew = crew_of(cloud, units, {});
  if (!crew) return fail(crew.error());
  const Improver at_sea(cloud, crew->units, in_plane(cloud, land), 0);
  auto& notes = crew->plan.notes;
  for (std::size_t n = 0; n < tasks.size(); ++n) {
    SearchTask& task = tasks[n];
    const auto where = fmt::format("task {}", n + 1);
    if (task.unit >= units.size()) return fail(where, "names a unit that is not in the list");
    const std::string& name = units[task.unit].name;
    const auto unit = std::ranges::find(crew->units, task.unit, &ReadyUnit::unit);
    if (unit == crew->units.end()) {
      const auto out = std::ranges::find(crew->plan.left_out, name, &LeftOut::unit);
      return fail(where, fmt::format("{} cannot search: {}", name, out->why));
    }
    if (!(task.box.length_m > 0 && task.box.width_m > 0)) return fail(where, "the box has no area");
    if (task.until <= task.from) return fail(where, "ends before it begins");
    const double begins = seconds(task.from - cloud.start) / seconds(cloud.slice);
    // From where it is, or from the box before.
    const SearchTask* before = nullptr;
    for (std::size_t m = 0; m < tasks.size(); ++m)
      if (m != n && tasks[m].unit == task.unit && tasks[m].until <= task.from &&
          (before == nullptr || tasks[m].until > before->until))
        before = &tasks[m];
    const Vec from = before == nullptr
                         ? unit->from
                         : before->box.centre_at(seconds(before->until - cloud.start) / seconds(cloud.slice));
    const double way_s = length(task.box.centre_at(begins) - from) / unit->transit_mps;
    const Time there =
        (before == nullptr ? unit->leaves : before->until) + Duration(std::llround(way_s * 1000));
    if (there > task.from)
      notes.push_back(fmt::format("{} cannot be in its box before {}", name, iso(there)));
    if (task.swept_m2 == 0) task.swept_m2 = swept(*unit, task.box, task.until - task.from);
    if (task.until > unit->latest)
      notes.push_back(fmt::format("{} searches until {}, and can only until {}", name, iso(task.until),
                                  iso(unit->latest)));
    if (unit->back_by) {
      const double ends = seconds(task.until - cloud.start) / seconds(cloud.slice);
      const double home_s = length(unit->back_to - task.box.centre_at(ends)) / unit->transit_mps;
      if (task.until + Duration(std::llround(home_s * 1000)) > *unit->back_by)
        notes.push_back(fmt::format("{} has to leave its box before {} to be back by {}", name,
                                    iso(task.until), iso(*unit->back_by)));
    }
    if (at_sea.on_land(task) && !unit->flies)
      notes.push_back(fmt::format("the box of {} lies on land in part", name));
    for (std::size_t m = 0; m < n; ++m) {
      if (tasks[m].unit == task.unit) {
        if (tasks[m].until > task.from && task.until > tasks[m].from)
          return fail(where,
                      fmt::format("{} would be in two boxes at once: one ends at {}, the other begins at {}",
                                  name, iso(std::min(tasks[m].until, task.until)),
                                  iso(std::max(tasks[m].from, task.from))));
      } else if (units[tasks[m].unit].flies == unit->flies && overlap(cloud, tasks[m], task)) {
        notes.push_back(fmt::format("the boxes of {} and {} overlap while both are searched",
                                    units[tasks[m].unit].name, name));
      }
    }
  }
  crew->plan.pos = pos_of(cloud, tasks);
  crew->plan.tasks = std::move(tasks);
  return std::move(crew->plan);
}

}  // namespace varne
