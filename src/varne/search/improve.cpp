#include "varne/search/improve.h"

#include <algorithm>
#include <cmath>

namespace varne {
namespace {

/// What can be changed of one unit's boxes: seven numbers a box, then a share of time each but the first.
constexpr std::size_t numbers_a_box = 7;

std::size_t numbers_of(const UnitBoxes& unit) {
  return unit.boxes.size() * (numbers_a_box + 1) - 1;
}

/// Moves one side of a box out (step > 0) or in, the others staying: 0 ahead, 1 astern, 2 right, 3 left.
void move_side(SearchBox& box, std::size_t side, double step) {
  double& size = side < 2 ? box.length_m : box.width_m;
  const double more = size * std::expm1(2 * step);
  size += more;
  const double outward = side == 0 ? 0 : side == 1 ? 180 : side == 2 ? 90 : 270;
  box.centre = box.centre + towards(box.axis_deg + outward, more / 2);
}

/// The unit with number n changed by so many steps: places and sides by parts of the box, the axis by parts
/// of 60°, shares of time by parts.
UnitBoxes changed(const UnitBoxes& unit, std::size_t n, double step) {
  UnitBoxes out = unit;
  const std::size_t at = n / numbers_a_box;
  if (at >= unit.boxes.size()) {
    out.share[n - unit.boxes.size() * numbers_a_box + 1] *= std::exp(2 * step);
    return out;
  }
  SearchBox& box = out.boxes[at];
  switch (n % numbers_a_box) {
    case 0:
      box.centre = box.centre + towards(box.axis_deg, box.length_m * step);
      break;
    case 1:
      box.centre = box.centre + towards(box.axis_deg + 90, box.width_m * step);
      break;
    case 2:
      box.axis_deg += 60 * step;
      break;
    default:
      move_side(box, n % numbers_a_box - 3, step);
  }
  return out;
}

}  // namespace

Improver::Improver(const SearchCloud& cloud, std::span<const ReadyUnit> units, std::function<bool(Vec)> land,
                   double small_m)
    : cloud_(cloud), units_(units), land_(std::move(land)), small_m_(small_m) {}

bool Improver::on_land(const SearchTask& task) const {
  if (!land_) return false;
  const Time times[] = {task.from, task.from + (task.until - task.from) / 2, task.until};
  for (const Time time : times) {
    const auto c = task.box.corners(cloud_.slices_at(time));
    constexpr int grid = 6;
    for (int i = 0; i <= grid; ++i)
      for (int k = 0; k <= grid; ++k) {
        const double a = static_cast<double>(i) / grid;
        const double b = static_cast<double>(k) / grid;
        if (land_((c[0] * (1 - a) + c[1] * a) * (1 - b) + (c[3] * (1 - a) + c[2] * a) * b)) return true;
      }
  }
  return false;
}

bool Improver::allowed(std::size_t unit, const std::vector<SearchTask>& tasks,
                       const std::vector<std::vector<SearchTask>>& others) const {
  for (const auto& task : tasks) {
    // No narrower than what one pass sweeps, unless that is wider than the cloud; and no finer than 1 : 12.
    if (std::min(task.box.length_m, task.box.width_m) < std::min(units_[unit].sweep_width_m, small_m_))
      return false;
    if (std::max(task.box.length_m, task.box.width_m) > 12 * std::min(task.box.length_m, task.box.width_m))
      return false;
    if (!units_[unit].flies && on_land(task)) return false;
    for (std::size_t o = 0; o < others.size(); ++o) {
      if (o == unit || units_[o].flies != units_[unit].flies) continue;
      for (const auto& other : others[o])
        if (overlap(cloud_, task, other)) return false;
    }
  }
  return true;
}

double Improver::trial(const StrokeCloud& fine, std::size_t unit, const UnitBoxes& boxes,
                       const std::vector<std::vector<SearchTask>>& others, std::span<const float> alive) {
  const auto tasks = timed(cloud_, units_[unit], boxes);
  spent_ += 3000;  // for the geometry
  if (!allowed(unit, tasks, others)) return -1;
  if (tasks.empty()) return 0;  // it has no time for these
  strokes_.clear();
  for (const auto& task : tasks) add_strokes(cloud_, task, strokes_);
  return fine.gain(strokes_, alive);
}

bool Improver::improve_unit(const StrokeCloud& fine, std::size_t unit, std::vector<UnitBoxes>& plan,
                            std::vector<std::vector<SearchTask>>& tasks, double first_step) {
  alive_ = fine.weight();
  strokes_.clear();
  for (std::size_t o = 0; o < tasks.size(); ++o)
    if (o != unit)
      for (const auto& task : tasks[o]) add_strokes(cloud_, task, strokes_);
  fine.strike(strokes_, alive_);

  UnitBoxes& best = plan[unit];
  if (best.boxes.empty()) return false;
  double value = trial(fine, unit, best, tasks, alive_);
  const double before = value;
  std::vector<double> steps(numbers_of(best), first_step);
  for (int round = 0; round < 12 && spent(fine) < budget_; ++round) {
    bool any = false;
    for (std::size_t n = 0; n < steps.size(); ++n) {
      bool better = false;
      for (const double sign : {1.0, -1.0}) {
        UnitBoxes other = changed(best, n, sign * steps[n]);
        const double found = trial(fine, unit, other, tasks, alive_);
        if (found <= value + 1e-7) continue;
        value = found;
        best = std::move(other);
        steps[n] *= sign * 1.6;  // this way again, and farther
        any = better = true;
        break;
      }
      if (!better) steps[n] *= 0.5;
    }
    if (!any) {
      const bool fine_enough = std::ranges::all_of(steps, [](double s) { return std::abs(s) < 0.01; });
      if (fine_enough) break;
    }
  }
  tasks[unit] = timed(cloud_, units_[unit], best);
  return value > before + 1e-5;
}

void Improver::make_room(const StrokeCloud& few, std::vector<UnitBoxes>& plan) {
  std::vector<std::vector<SearchTask>> tasks(plan.size());
  for (std::size_t u = 0; u < plan.size(); ++u) {
    alive_ = few.weight();
    strokes_.clear();
    for (std::size_t o = 0; o < u; ++o)
      for (const auto& task : tasks[o]) add_strokes(cloud_, task, strokes_);
    few.strike(strokes_, alive_);
    UnitBoxes best;
    double value = 0;
    for (const double scale : {1.0, 0.7, 0.5, 0.35, 0.25})
      for (const double aside : {0.0, 0.5, 1.0, 2.0, 3.0})
        for (int n = 0; n < (aside == 0 ? 1 : 8); ++n) {
          UnitBoxes moved = plan[u];
          for (SearchBox& box : moved.boxes) {
            box.length_m *= scale;
            box.width_m *= scale;
            box.centre = box.centre + towards(45.0 * n, aside * small_m_);
          }
          const double found = trial(few, u, moved, tasks, alive_);
          if (found <= value) continue;
          value = found;
          best = std::move(moved);
        }
    plan[u] = std::move(best);
    tasks[u] = timed(cloud_, units_[u], plan[u]);
  }
}

double Improver::value(const StrokeCloud& fine, const std::vector<UnitBoxes>& plan) {
  if (std::ranges::all_of(plan, [](const UnitBoxes& one) { return one.boxes.empty(); })) return -1;
  std::vector<std::vector<SearchTask>> tasks;
  for (std::size_t u = 0; u < plan.size(); ++u) tasks.push_back(timed(cloud_, units_[u], plan[u]));
  strokes_.clear();
  for (std::size_t u = 0; u < plan.size(); ++u) {
    if (!allowed(u, tasks[u], tasks)) return -1;
    for (const auto& task : tasks[u]) add_strokes(cloud_, task, strokes_);
  }
  return fine.gain(strokes_, fine.weight());
}

double Improver::improve(const StrokeCloud& fine, std::vector<UnitBoxes>& plan, double budget) {
  spent_ = -fine.work();
  budget_ = budget;
  std::vector<std::vector<SearchTask>> tasks;
  for (std::size_t u = 0; u < plan.size(); ++u) tasks.push_back(timed(cloud_, units_[u], plan[u]));
  double step = 0.15;
  while (spent(fine) < budget_) {
    bool any = false;
    for (std::size_t u = 0; u < plan.size(); ++u) any = improve_unit(fine, u, plan, tasks, step) || any;
    step = std::max(0.03, step * 0.6);
    if (!any && step <= 0.03) break;
  }
  return value(fine, plan);
}

}  // namespace varne
