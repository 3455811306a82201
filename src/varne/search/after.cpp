#include "varne/search/after.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace varne {
namespace {

double dot(Vec a, Vec b) {
  return a.east * b.east + a.north * b.north;
}

/// A unit going straight for some time, in the cloud's plane.
struct Leg {
  Vec from;
  Vec to;
  double begins = 0;  ///< seconds since the cloud's start
  double ends = 0;
};

double since_start(const SearchCloud& cloud, Time time) {
  return seconds(time - cloud.start);
}

/// Fixes between which a straight line at an even speed is never farther off than `within` are left out.
std::vector<std::pair<Vec, double>> simplified(const std::vector<std::pair<Vec, double>>& fixes,
                                               double within) {
  std::vector<std::pair<Vec, double>> out{fixes.front()};
  for (std::size_t first = 0; first + 1 < fixes.size();) {
    std::size_t last = first + 1;
    const auto straight = [&](std::size_t to) {
      for (std::size_t i = first + 1; i < to; ++i) {
        const double part =
            (fixes[i].second - fixes[first].second) / (fixes[to].second - fixes[first].second);
        const Vec there = fixes[first].first + (fixes[to].first - fixes[first].first) * part;
        if (length(fixes[i].first - there) > within) return false;
      }
      return true;
    };
    while (last + 1 < fixes.size() && last - first < 120 && straight(last + 1)) ++last;
    out.push_back(fixes[last]);
    first = last;
  }
  return out;
}

/// The straight pieces of a track within the cloud's time; silences are told and left out.
std::vector<Leg> legs_of(const SearchCloud& cloud, const SearchTrack& track,
                         std::vector<std::string>& notes) {
  std::vector<std::vector<std::pair<Vec, double>>> parts(1);
  for (std::size_t i = 0; i < track.fixes.size(); ++i) {
    if (i > 0 && track.fixes[i].time - track.fixes[i - 1].time > longest_silence) {
      notes.push_back(fmt::format("{} was silent from {} to {}; that time is not counted as searched",
                                  track.unit, iso(track.fixes[i - 1].time), iso(track.fixes[i].time)));
      parts.emplace_back();
    }
    parts.back().emplace_back(cloud.plane.to(track.fixes[i].at), since_start(cloud, track.fixes[i].time));
  }
  if (track.fixes.front().time < cloud.start || track.fixes.back().time > cloud.end())
    notes.push_back(
        fmt::format("what {} searched before {} or after {} is not counted: the cloud does not reach there",
                    track.unit, iso(cloud.start), iso(cloud.end())));
  const double end = since_start(cloud, cloud.end());
  std::vector<Leg> out;
  for (const auto& part : parts) {
    if (part.size() < 2) continue;
    const auto fixes = simplified(part, track.sweep_width_m / 50);
    for (std::size_t i = 1; i < fixes.size(); ++i) {
      const auto [from, begins] = fixes[i - 1];
      const auto [to, ends] = fixes[i];
      const double a = std::max(begins, 0.0);
      const double b = std::min(ends, end);
      if (a >= b) continue;
      const auto at = [&](double t) { return from + (to - from) * ((t - begins) / (ends - begins)); };
      out.push_back({at(a), at(b), a, b});
    }
  }
  return out;
}

/// The same legs cut at the middles of slices, between which particles go straight.
std::vector<Leg> cut_at_slices(const SearchCloud& cloud, const std::vector<Leg>& legs) {
  const double slice = seconds(cloud.slice);
  std::vector<Leg> out;
  for (const Leg& leg : legs) {
    Leg rest = leg;
    for (double cut = (std::floor(leg.begins / slice - 0.5) + 1.5) * slice; cut < leg.ends - 1e-6;
         cut += slice) {
      if (cut <= rest.begins + 1e-6) continue;
      const Vec at = leg.from + (leg.to - leg.from) * ((cut - leg.begins) / (leg.ends - leg.begins));
      out.push_back({rest.from, at, rest.begins, cut});
      rest = {at, leg.to, cut, leg.ends};
    }
    out.push_back(rest);
  }
  return out;
}

/// What one law makes of a straight way past an object at the origin.
class Glimpses {
 public:
  Glimpses(DetectionLaw law, double width_m)
      : law_(law), width_(width_m), k_(width_m * width_m / (4 * std::numbers::pi)), disc_(2 * width_m) {}

  /// Exponent of not seeing it from the way from `a` to `b`; infinite where it is seen for certain.
  [[nodiscard]] double exponent(Vec a, Vec b) const {
    const Vec way = b - a;
    const double long_m = length(way);
    if (long_m < 1e-6) return 0;
    const double ahead = dot(a, way) / long_m;  // along the way, from abeam
    const double beyond = ahead + long_m;
    const double abeam2 = std::max(1.0, dot(a, a) - ahead * ahead);  // no nearer than a metre
    switch (law_) {
      case DetectionLaw::inverse_cube:
        return k_ / 2 *
               (beyond / std::sqrt(abeam2 + beyond * beyond) - ahead / std::sqrt(abeam2 + ahead * ahead)) /
               abeam2;
      case DetectionLaw::definite_range: {
        const double nearest = std::clamp(0.0, ahead, beyond);
        return abeam2 + nearest * nearest < width_ * width_ / 4 ? INFINITY : 0;
      }
      case DetectionLaw::random:
        break;
    }
    if (abeam2 >= disc_ * disc_) return 0;
    const double half = std::sqrt(disc_ * disc_ - abeam2);
    const double inside = std::max(0.0, std::min(beyond, half) - std::max(ahead, -half));
    return width_ * inside / (std::numbers::pi * disc_ * disc_);
  }

 private:
  DetectionLaw law_;
  double width_;
  double k_;
  double disc_;  ///< radius in which tracks count as coverage, random law
};

/// Adds the exponents of all particles under one leg, between the middles of two slices.
void glimpse_all(const SearchCloud& cloud, const Leg& leg, const Glimpses& glimpses,
                 std::vector<double>& exponent) {
  const double slice = seconds(cloud.slice);
  const auto last = static_cast<double>(cloud.slices - 1);
  const double first_at = leg.begins / slice - 0.5;
  const double last_at = leg.ends / slice - 0.5;
  const double k = std::clamp(std::floor((first_at + last_at) / 2), 0.0, last);
  const auto a = static_cast<std::size_t>(k);
  const std::size_t b = std::min(a + 1, cloud.slices - 1);
  const double from = std::clamp(first_at - k, 0.0, 1.0);
  const double to = std::clamp(last_at - k, 0.0, 1.0);
  const auto east_a = cloud.east_of(a);
  const auto east_b = cloud.east_of(b);
  const auto north_a = cloud.north_of(a);
  const auto north_b = cloud.north_of(b);
  for (std::size_t i = 0; i < cloud.particles; ++i) {
    const Vec was{static_cast<double>(east_a[i]), static_cast<double>(north_a[i])};
    const Vec goes = Vec{static_cast<double>(east_b[i]), static_cast<double>(north_b[i])} - was;
    const double e = glimpses.exponent(leg.from - (was + goes * from), leg.to - (was + goes * to));
    if (e > 0) exponent[i] += e;  // a particle that is nowhere is seen from nowhere
  }
}

/// Cells of a box, and which of them were passed near enough; coordinates across and along the box, from its
/// centre.
class BoxGrid {
 public:
  explicit BoxGrid(const SearchBox& box)
      : along_(towards(box.axis_deg, 1)), half_{box.width_m / 2, box.length_m / 2}, touched_(side * side) {}

  [[nodiscard]] Vec seen_from(Vec from_centre) const {
    return {dot(from_centre, {along_.north, -along_.east}), dot(from_centre, along_)};
  }
  [[nodiscard]] bool holds(Vec at) const {
    return std::abs(at.east) <= half_.east && std::abs(at.north) <= half_.north;
  }
  void touch(Vec at, double reach_m) {
    const auto [west, east] = cells(at.east, half_.east, reach_m);
    const auto [south, north] = cells(at.north, half_.north, reach_m);
    for (std::size_t y = south; y < north; ++y)
      for (std::size_t x = west; x < east; ++x)
        if (length(Vec{middle(x, half_.east), middle(y, half_.north)} - at) <= reach_m)
          touched_[y * side + x] = true;
  }
  [[nodiscard]] double untouched() const {
    return static_cast<double>(std::ranges::count(touched_, false)) / static_cast<double>(side * side);
  }

 private:
  static constexpr std::size_t side = 48;
  static double middle(std::size_t cell, double half) {
    return (2 * (static_cast<double>(cell) + 0.5) / side - 1) * half;
  }
  /// The first cell within reach and the one after the last.
  static std::pair<std::size_t, std::size_t> cells(double at, double half, double reach) {
    const auto cell = [&](double v) {
      return std::clamp((v / half + 1) / 2 * side, 0.0, static_cast<double>(side));
    };
    return {static_cast<std::size_t>(cell(at - reach)),
            static_cast<std::size_t>(std::ceil(cell(at + reach)))};
  }

  Vec along_;
  Vec half_;
  std::vector<bool> touched_;
};

}  // namespace

Done usable(const SearchTrack& track) {
  if (!(track.sweep_width_m > 0 && std::isfinite(track.sweep_width_m)))
    return fail(track.unit, "its sweep width is not known; what it covered cannot be said without");
  if (track.fixes.size() < 2) return fail(track.unit, "its track has fewer than two fixes");
  for (std::size_t i = 0; i < track.fixes.size(); ++i) {
    if (!valid(track.fixes[i].at)) return fail(track.unit, fmt::format("fix {} is no place", i + 1));
    if (i > 0 && track.fixes[i].time <= track.fixes[i - 1].time)
      return fail(track.unit,
                  fmt::format("fix {} of {} is not after the one before", i + 1, iso(track.fixes[i].time)));
  }
  return {};
}

Result<AfterSearch> after_search(const SearchCloud& cloud, std::span<const SearchTrack> tracks,
                                 double pos_before) {
  if (!(pos_before >= 0 && pos_before <= 1)) return fail("pos_before", "is no probability from 0 to 1");
  if (cloud.particles == 0 || cloud.slices == 0) return fail("cloud", "is empty");
  for (const SearchTrack& track : tracks)
    if (auto done = usable(track); !done) return fail(done.error());
  AfterSearch out;
  std::vector<double> exponent(cloud.particles);
  for (const SearchTrack& track : tracks) {
    const Glimpses glimpses(track.law, track.sweep_width_m);
    for (const Leg& leg : cut_at_slices(cloud, legs_of(cloud, track, out.notes)))
      glimpse_all(cloud, leg, glimpses, exponent);
  }
  const double before = std::accumulate(cloud.weight.begin(), cloud.weight.end(), 0.0);
  double missed = std::max(0.0, 1 - before);
  out.outside = missed;
  for (std::size_t i = 0; i < cloud.particles; ++i) {
    out.not_detected.push_back(std::exp(-exponent[i]));
    out.weight.push_back(static_cast<double>(cloud.weight[i]) * out.not_detected[i]);
    missed += out.weight[i];
  }
  out.pos = std::clamp(1 - missed, 0.0, 1.0);
  out.pos_to_date = 1 - (1 - pos_before) * (1 - out.pos);
  if (missed <= 0) {
    out.notes.emplace_back(
        "no particle could have been missed: either it is found, or it was never where the forecast has it");
    out.outside = 1;
    return out;
  }
  out.outside /= missed;
  for (std::size_t i = 0; i < cloud.particles; ++i) {
    out.weight[i] /= missed;
    if (std::isnan(cloud.east_of(cloud.slices - 1)[i])) out.nowhere += out.weight[i];
  }
  return out;
}

TaskCoverage coverage_of(const SearchCloud& cloud, const SearchTask& task,
                         std::span<const SearchTrack> tracks) {
  TaskCoverage out;
  out.planned = task.coverage();
  BoxGrid grid(task.box);
  double swept = 0;
  std::vector<std::string> ignored;
  const double from = since_start(cloud, task.from);
  const double until = since_start(cloud, task.until);
  for (const SearchTrack& track : tracks)
    for (const Leg& leg : legs_of(cloud, track, ignored)) {
      const double begins = std::max(leg.begins, from);
      const double ends = std::min(leg.ends, until);
      if (begins >= ends) continue;
      // In steps of an eighth of a sweep width, seen from the box; it drifts at 1 m/s or so.
      const double way =
          length(leg.to - leg.from) * (ends - begins) / (leg.ends - leg.begins) + (ends - begins);
      const auto steps = static_cast<std::size_t>(8 * way / track.sweep_width_m) + 2;
      Vec before;
      for (std::size_t n = 0; n <= steps; ++n) {
        const double t = begins + (ends - begins) * static_cast<double>(n) / static_cast<double>(steps);
        const Vec over_ground = leg.from + (leg.to - leg.from) * ((t - leg.begins) / (leg.ends - leg.begins));
        const Vec at = grid.seen_from(over_ground - task.box.centre_at(t / seconds(cloud.slice)));
        if (n > 0 && grid.holds(at)) swept += track.sweep_width_m * length(at - before);
        before = at;
        grid.touch(at, track.sweep_width_m / 2);
      }
    }
  out.achieved = swept / task.box.area_m2();
  out.pod = pod(tracks.empty() ? DetectionLaw::random : tracks.front().law, out.achieved);
  out.untouched = grid.untouched();
  return out;
}

SearchCloud reweighted(SearchCloud cloud, const AfterSearch& after) {
  for (std::size_t i = 0; i < cloud.particles; ++i) cloud.weight[i] = static_cast<float>(after.weight[i]);
  return cloud;
}

}  // namespace varne
