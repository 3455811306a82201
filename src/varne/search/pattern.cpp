#include "varne/search/pattern.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace varne {
namespace {

/// Shorter legs are no search.
constexpr double least_leg_m = 100;
/// Legs of a sector pattern of one unit, each turned 120° to the right but for those through the datum.
constexpr std::array<double, 9> sector_turns{0, 120, 240, 240, 0, 120, 120, 240, 0};

Vec course(double deg) {
  return towards(deg, 1);
}

/// Corners of the way in the water of the box: metres from its centre, east and north.
using Way = std::vector<Vec>;

double track_of(const Way& way) {
  double sum = 0;
  for (std::size_t i = 1; i < way.size(); ++i) sum += length(way[i] - way[i - 1]);
  return sum;
}

/// Legs to and fro. `along` is the course of the legs, `right` that of the advance.
Way to_and_fro(Vec along, Vec right, double leg_m, double spacing_m, int legs) {
  Way way;
  for (int i = 0; i < legs; ++i) {
    const Vec middle = right * (spacing_m * (i - (legs - 1) / 2.0));
    const Vec half = along * (leg_m / 2 * (i % 2 == 0 ? 1 : -1));
    way.push_back(middle - half);
    way.push_back(middle + half);
  }
  return way;
}

/// What a task gives its unit to work with.
struct Room {
  double speed_mps;
  double turn_s;
  double time_s;
  [[nodiscard]] double takes_s(double track_m, int turns) const {
    return track_m / speed_mps + turns * turn_s;
  }
};

struct Sweep {
  Way way;
  double spacing_m;
};

Sweep sweep(const SearchBox& box, PatternKind kind, Vec comes_from, const Room& room) {
  const bool along_length = (box.length_m >= box.width_m) == (kind == PatternKind::parallel_sweep);
  const double side = along_length ? box.length_m : box.width_m;
  const double across = along_length ? box.width_m : box.length_m;
  const auto leg = [&](int legs) { return std::max(0.0, side - across / legs); };
  int legs = 1;
  for (int more = 2; more < 10'000; ++more) {
    // Few legs far apart leave none of a side that is shorter than their spacing.
    if (leg(more) < least_leg_m) continue;
    const double track = leg(more) * more + across / more * (more - 1);
    if (room.takes_s(track, 2 * (more - 1)) > room.time_s) break;
    legs = more;
  }
  // One leg down the middle of a box that is hardly longer than wide runs its whole side.
  const double leg_m =
      std::min(legs == 1 ? std::max(leg(1), side / 2) : leg(legs), room.speed_mps * room.time_s);
  const Vec along = course(box.axis_deg + (along_length ? 0 : 90));
  const Vec right = course(box.axis_deg + (along_length ? 90 : 180));
  Sweep best{{}, across / legs};
  for (const double a : {1.0, -1.0})
    for (const double r : {1.0, -1.0}) {
      Way way = to_and_fro(along * a, right * r, leg_m, best.spacing_m, legs);
      if (best.way.empty() || length(way.front() - comes_from) < length(best.way.front() - comes_from) - 1e-6)
        best.way = std::move(way);
    }
  return best;
}

/// Whether a point lies in the box, in its own water.
bool inside(const SearchBox& box, Vec p) {
  const Vec axis = course(box.axis_deg);
  return std::abs(p.east * axis.east + p.north * axis.north) <= box.length_m / 2 + 1e-6 &&
         std::abs(p.east * axis.north - p.north * axis.east) <= box.width_m / 2 + 1e-6;
}

/// Legs of 1, 1, 2, 2, 3, 3 … spacings, cut where the time or the box ends.
Way expanding_square(const SearchBox& box, double spacing_m, const Room& room) {
  Way way{{0, 0}};
  double left_s = room.time_s;
  for (int i = 0; left_s > 0; ++i) {
    if (i > 0) left_s -= room.turn_s;
    const double whole = spacing_m * (i / 2 + 1);
    const double leg = std::min(whole, left_s * room.speed_mps);
    const Vec to = way.back() + course(box.axis_deg + 90.0 * i) * leg;
    if (leg <= 0 || !inside(box, to)) break;
    way.push_back(to);
    left_s -= leg / room.speed_mps;
  }
  return way;
}

/// Out, across and back through the datum, three times; the leg is what box and time allow.
Way sector(const SearchBox& box, const Room& room) {
  const auto legs = static_cast<double>(sector_turns.size());
  const double leg = std::min(std::min(box.length_m, box.width_m) / 2,
                              (room.time_s - (legs - 1) * room.turn_s) * room.speed_mps / legs);
  Way way{{0, 0}};
  if (leg < least_leg_m) return way;
  for (const double turned : sector_turns) way.push_back(way.back() + course(box.axis_deg + turned) * leg);
  return way;
}

}  // namespace

Result<SearchPattern> pattern_of(const SearchCloud& cloud, const SearchTask& task, const SearchUnit& unit,
                                 PatternKind kind, std::optional<double> spacing_m) {
  if (!unit.search_mps || !(*unit.search_mps > 0))
    return fail("unit", fmt::format("the search speed of {} is not known: no leg can be timed", unit.name));
  if (task.until <= task.from) return fail("task", "ends before it begins");
  const SearchBox& box = task.box;
  if (!(box.length_m > 0 && box.width_m > 0)) return fail("task", "the box has no area");
  if (kind == PatternKind::expanding_square && !(spacing_m && *spacing_m > 0))
    return fail("spacing", "an expanding square needs a track spacing above 0");

  const Room room{*unit.search_mps, unit.turn_s, seconds(task.until - task.from)};
  SearchPattern out{kind, task.unit, {}, spacing_m.value_or(0), 0, 0, 0, room.speed_mps, {}};
  Way way;
  if (kind == PatternKind::expanding_square) {
    way = expanding_square(box, *spacing_m, room);
  } else if (kind == PatternKind::sector) {
    way = sector(box, room);
    if (way.size() > 1) out.spacing_m = length(way[1] - way[0]);
  } else {
    const Vec comes_from = cloud.plane.to(unit.at) - box.centre_at(cloud.slices_at(task.from));
    Sweep found = sweep(box, kind, comes_from, room);
    way = std::move(found.way);
    out.spacing_m = found.spacing_m;
    out.creep_deg = way.size() > 2 ? direction_deg(way[2] - way[1]) : 0;
  }
  out.track_m = track_of(way);
  if (out.track_m < least_leg_m)
    return fail("task", fmt::format("gives {} too little time or room for a single leg", unit.name));
  out.first_leg_deg = direction_deg(way[1] - way[0]);

  double at_s = 0;
  for (std::size_t i = 0; i < way.size(); ++i) {
    if (i > 0) at_s += length(way[i] - way[i - 1]) / room.speed_mps;
    // The turn is lost before the next leg begins; two quarter turns at the end of a leg to and fro are one
    // at each of its corners.
    if (i > 1) at_s += room.turn_s;
    const Time then = task.from + Duration(std::llround(at_s * 1000));
    out.way.push_back({cloud.plane.from(box.centre_at(cloud.slices_at(then)) + way[i]), then});
  }
  out.spare = std::max(Duration::zero(), task.until - out.way.back().time);
  return out;
}

}  // namespace varne
