#include "varne/search/covered.h"

#include <fmt/format.h>

#include <cmath>
#include <map>

namespace varne {
namespace {

/// Where a box's centre is, straight between the fixes of its way and straight on beyond them: a plan's
/// slices of time need not be the cloud's.
Vec centre_then(const SearchCloud& cloud, const BoxToSearch& box, Time time) {
  if (box.way.size() < 2) return cloud.plane.to(box.centre);
  std::size_t next = 1;
  while (next + 1 < box.way.size() && box.way[next].time < time) ++next;
  const TrackFix& a = box.way[next - 1];
  const TrackFix& b = box.way[next];
  const Vec from = cloud.plane.to(a.at);
  return from + (cloud.plane.to(b.at) - from) * (seconds(time - a.time) / seconds(b.time - a.time));
}

SearchTask task_of(const SearchCloud& cloud, const BoxToSearch& box) {
  SearchTask out;
  out.box.length_m = box.length_m;
  out.box.width_m = box.width_m;
  out.box.axis_deg = box.axis_deg;
  out.from = box.from;
  out.until = box.until;
  out.box.centre = cloud.plane.to(box.centre);
  if (box.way.size() < 2) return out;
  for (std::size_t k = 0; k < cloud.slices; ++k) {
    const Time middle = cloud.start + cloud.slice * static_cast<std::int64_t>(k) + cloud.slice / 2;
    out.box.drift.push_back(centre_then(cloud, box, middle) - out.box.centre);
  }
  return out;
}

Done check(const BoxToSearch& box) {
  const auto above_zero = [](double v) { return std::isfinite(v) && v > 0; };
  if (!valid(box.centre)) return fail("centre", "is no place");
  if (!above_zero(box.length_m)) return fail("length_m", "must be above 0");
  if (!above_zero(box.width_m)) return fail("width_m", "must be above 0");
  if (!std::isfinite(box.axis_deg)) return fail("axis_deg", "is no direction");
  if (box.until <= box.from) return fail("until", "must be after \"from\"");
  if (box.coverage && !(*box.coverage >= 0 && std::isfinite(*box.coverage)))
    return fail("coverage", "must be 0 or more");
  for (std::size_t i = 0; i < box.way.size(); ++i) {
    const auto where = fmt::format("way[{}]", i);
    if (!valid(box.way[i].at)) return fail(where, "is no place");
    if (i > 0 && box.way[i].time <= box.way[i - 1].time) return fail(where, "is not after the one before");
  }
  return {};
}

BoxSearched look_at(const SearchCloud& cloud, const BoxToSearch& box,
                    const std::map<std::string, std::vector<SearchTrack>>& tracks_of,
                    std::span<const SearchTrack> tracks) {
  BoxSearched out{.unit = box.unit, .from = box.from, .until = box.until, .planned = box.coverage};
  const SearchTask task = task_of(cloud, box);
  double missed = 1;
  for (const auto& [unit, its] : tracks_of) {
    const TaskCoverage one = coverage_of(cloud, task, its);
    (unit == box.unit ? out.achieved : out.by_others) += one.achieved;
    missed *= 1 - one.pod;
  }
  out.pod = 1 - missed;
  out.untouched = coverage_of(cloud, task, tracks).untouched;
  return out;
}

}  // namespace

Result<BoxesSearched> boxes_searched(const SearchCloud& cloud, std::span<const BoxToSearch> boxes,
                                     std::span<const SearchTrack> tracks) {
  for (std::size_t i = 0; i < boxes.size(); ++i)
    if (auto done = check(boxes[i]); !done) return fail(done.error().in(fmt::format("tasks[{}]", i)));
  std::map<std::string, std::vector<SearchTrack>> tracks_of;
  for (const SearchTrack& track : tracks) {
    if (auto done = usable(track); !done) return fail(done.error());
    tracks_of[track.unit].push_back(track);
  }
  BoxesSearched out;
  std::map<std::string, std::size_t> count;
  for (const BoxToSearch& box : boxes) {
    BoxSearched one = look_at(cloud, box, tracks_of, tracks);
    one.box = ++count[box.unit];
    const auto name = fmt::format("{}, box {}", box.unit, one.box);
    if (!tracks_of.contains(box.unit))
      out.notes.push_back(
          fmt::format("no track of {} is given: its part of box {} is not known and counts "
                      "as not searched",
                      box.unit, one.box));
    if (box.from < cloud.start || box.until > cloud.end())
      out.notes.push_back(
          fmt::format("{}: what was searched before {} or after {} is not counted; the "
                      "forecast does not reach there",
                      name, iso(cloud.start), iso(cloud.end())));
    out.boxes.push_back(std::move(one));
  }
  for (const auto& [unit, its] : tracks_of)
    if (!count.contains(unit))
      out.notes.push_back(
          fmt::format("{} had no box; its track counts for the others' and for the cloud", unit));
  return out;
}

}  // namespace varne
