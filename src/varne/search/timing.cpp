#include "varne/search/timing.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace varne {
namespace {

Duration in_seconds(double s) {
  return Duration(std::llround(s * 1000));
}

}  // namespace

double swept(const ReadyUnit& unit, const SearchBox& box, Duration time) {
  const double width = std::min({unit.sweep_width_m, box.length_m, box.width_m});
  return width * unit.search_mps * seconds(time) * searching_share(unit, box);
}

double searching_share(const ReadyUnit& unit, const SearchBox& box) {
  const double leg_s = std::max(box.length_m, box.width_m) / unit.search_mps;
  return leg_s / (leg_s + 2 * unit.turn_s);
}

std::vector<SearchTask> timed(const SearchCloud& cloud, const ReadyUnit& unit, const UnitBoxes& boxes) {
  if (boxes.boxes.empty()) return {};
  const auto& first = boxes.boxes.front();
  const auto& last = boxes.boxes.back();
  const Time begin = std::max(
      unit.earliest, unit.leaves + unit.going(unit.from, first.centre_at(cloud.slices_at(unit.earliest))));
  Time end = unit.latest;
  if (unit.back_by)
    end = std::min(end, *unit.back_by - unit.going(unit.back_to, last.centre_at(cloud.slices_at(end))));
  if (begin >= end) return {};

  // Ways between the boxes, at the times at which they would change without ways.
  const double shares = std::accumulate(boxes.share.begin(), boxes.share.end(), 0.0);
  std::vector<Duration> ways(boxes.boxes.size());
  Duration searching = end - begin;
  double so_far = 0;
  for (std::size_t i = 1; i < boxes.boxes.size(); ++i) {
    so_far += boxes.share[i - 1] / shares;
    const double then = cloud.slices_at(begin + in_seconds(so_far * seconds(end - begin)));
    ways[i] = unit.going(boxes.boxes[i - 1].centre_at(then), boxes.boxes[i].centre_at(then));
    searching -= ways[i];
  }
  if (searching <= Duration::zero()) return {};

  std::vector<SearchTask> tasks;
  Time at = begin;
  for (std::size_t i = 0; i < boxes.boxes.size(); ++i) {
    SearchTask task{unit.unit, boxes.boxes[i], at + ways[i], {}, 0};
    task.until = std::min(end, task.from + in_seconds(seconds(searching) * boxes.share[i] / shares));
    task.swept_m2 = swept(unit, task.box, task.until - task.from);
    at = task.until;
    tasks.push_back(std::move(task));
  }
  return tasks;
}

}  // namespace varne
