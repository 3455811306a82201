#include "varne/search/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "varne/search/crew.h"
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

std::vector<SearchTask> all_tasks(const SearchCloud& cloud, const SearchCrew& crew,
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

/// Says of each unit that is left without a box, or without time for the one it has, why.
void say_without(const SearchCloud& cloud, const SearchCrew& crew, const std::vector<UnitBoxes>& boxes,
                 const std::vector<SearchUnit>& units, SearchPlan& plan) {
  for (std::size_t u = 0; u < crew.units.size(); ++u) {
    const ReadyUnit& unit = crew.units[u];
    const std::string& name = units[unit.unit].name;
    if (boxes.empty() || boxes[u].boxes.empty())
      plan.left_out.push_back(
          {name,
           "there is no box for it that holds some of the cloud and lies clear of land and of the "
           "others' boxes"});
    else if (timed(cloud, unit, boxes[u]).empty())
      plan.left_out.push_back({name, unit.back_by ? "it cannot reach its part of the area and be back by " +
                                                        iso(*unit.back_by) + ", when its fuel or crew ends"
                                                  : "it reaches no part of the area before the search ends"});
  }
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
  Candidate best;
  for (bool whole = false; !whole;) {
    Improver improver(cloud, crew->units, {}, parts.size_m());  // a manual square asks for no coast
    best = best_square_of(few, parts, improver, crew->units);
    whole = !drop_idle(cloud, crew->units, best.boxes);
  }
  if (Improver at_sea(cloud, crew->units, land_in_plane(cloud, options.land), parts.size_m());
      at_sea.value(few, best.boxes) < 0 && best.value >= 0)
    crew->plan.notes.push_back(on_land_in_part);
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
  Improver improver(cloud, crew->units, land_in_plane(cloud, options.land), parts.size_m());
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
    if (c.value >= 0) continue;
    c = before;
    c.value = improver.improve(fine, c.boxes, budget * 0.29);
  }
  const auto best = std::ranges::max_element(candidates, {}, &Candidate::value);
  if (best->value < 0) {
    say_without(cloud, *crew, {}, units, crew->plan);
    return std::move(crew->plan);
  }
  say_without(cloud, *crew, best->boxes, units, crew->plan);
  crew->plan.tasks = all_tasks(cloud, *crew, best->boxes);
  crew->plan.pos = pos_of(cloud, crew->plan.tasks);
  return std::move(crew->plan);
}

Result<SearchPlan> score_plan(const SearchCloud& cloud, const std::vector<SearchUnit>& units,
                              std::vector<SearchTask> tasks, const PlanOptions& options) {
  auto crew = crew_of(cloud, units, options);
  if (!crew) return fail(crew.error());
  const Improver at_sea(cloud, crew->units, land_in_plane(cloud, options.land), 0);
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
    const double begins = cloud.slices_at(task.from);
    // From where it is, or from the box before.
    const SearchTask* before = nullptr;
    for (std::size_t m = 0; m < tasks.size(); ++m)
      if (m != n && tasks[m].unit == task.unit && tasks[m].until <= task.from &&
          (before == nullptr || tasks[m].until > before->until))
        before = &tasks[m];
    const Vec from = before == nullptr ? unit->from : before->box.centre_at(cloud.slices_at(before->until));
    const Time there =
        (before == nullptr ? unit->leaves : before->until) + unit->going(from, task.box.centre_at(begins));
    const bool in_reach =
        !unit->back_by || there + unit->going(unit->back_to, task.box.centre_at(begins)) < *unit->back_by;
    if (!in_reach)
      notes.push_back(fmt::format("{} cannot reach its box and be back by {}, when its fuel or crew ends",
                                  name, iso(*unit->back_by)));
    if (there > task.from)
      notes.push_back(fmt::format("{} cannot be in its box before {}", name, iso(there)));
    if (task.swept_m2 == 0) task.swept_m2 = swept(*unit, task.box, task.until - task.from);
    if (task.until > unit->latest)
      notes.push_back(fmt::format("{} searches until {}, and can only until {}", name, iso(task.until),
                                  iso(unit->latest)));
    if (unit->back_by && in_reach) {
      const double ends = cloud.slices_at(task.until);
      if (task.until + unit->going(unit->back_to, task.box.centre_at(ends)) > *unit->back_by)
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
