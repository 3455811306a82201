#include "varne/search/boxes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "varne/search/strokes.h"

namespace varne {
namespace {

constexpr double radians = std::numbers::pi / 180;

Vec axis_of(const SearchBox& box) {
  return {std::sin(box.axis_deg * radians), std::cos(box.axis_deg * radians)};
}

double dot(Vec a, Vec b) {
  return a.east * b.east + a.north * b.north;
}

/// Seconds of a slice in which a task is searched.
double seconds_in(const SearchCloud& cloud, const SearchTask& task, std::size_t k) {
  const Time begins = cloud.start + cloud.slice * static_cast<std::int64_t>(k);
  return std::max(0.0, seconds(std::min(task.until, begins + cloud.slice) - std::max(task.from, begins)));
}

/// A box with what does not change while it drifts.
struct Rectangle {
  explicit Rectangle(const SearchBox& box)
      : along(axis_of(box)),
        across{along.north, -along.east},
        half_length(box.length_m / 2),
        half_width(box.width_m / 2) {}
  /// Half of its shadow on a line.
  [[nodiscard]] double reach(Vec line) const {
    return half_length * std::abs(dot(along, line)) + half_width * std::abs(dot(across, line));
  }
  Vec along;
  Vec across;
  double half_length;
  double half_width;
};

/// Two rectangles meet unless some side of one parts them; those that only touch do not.
bool meet(const Rectangle& a, const Rectangle& b, Vec gap) {
  for (const Vec line : {a.along, a.across, b.along, b.across})
    if (std::abs(dot(gap, line)) >= (a.reach(line) + b.reach(line)) * (1 - 1e-9)) return false;
  return true;
}

/// The slice that holds a moment, within the cloud's.
std::size_t slice_of(const SearchCloud& cloud, Time time) {
  const auto k = (time - cloud.start) / cloud.slice;
  return static_cast<std::size_t>(
      std::clamp<std::int64_t>(k, 0, static_cast<std::int64_t>(cloud.slices) - 1));
}

}  // namespace

Vec SearchBox::centre_at(double slices) const {
  if (drift.empty()) return centre;
  const double at = std::clamp(slices - 0.5, 0.0, static_cast<double>(drift.size() - 1));
  const auto k = std::min(static_cast<std::size_t>(at), drift.size() - 1);
  const std::size_t next = std::min(k + 1, drift.size() - 1);
  return centre + drift[k] + (drift[next] - drift[k]) * (at - static_cast<double>(k));
}

std::array<Vec, 4> SearchBox::corners(double slices) const {
  const Vec at = centre_at(slices);
  const Vec along = axis_of(*this) * (length_m / 2);
  const Vec right = Vec{along.north, -along.east} * (width_m / length_m);
  return {at + along - right, at + along + right, at - along + right, at - along - right};
}

void add_strokes(const SearchCloud& cloud, const SearchTask& task, std::vector<Stroke>& out) {
  const double whole = seconds(task.until - task.from);
  if (!(whole > 0) || !(task.swept_m2 > 0)) return;
  const Vec axis = axis_of(task.box);
  for (std::size_t k = 0; k < cloud.slices; ++k) {
    const double part = seconds_in(cloud, task, k) / whole;
    if (part <= 0) continue;
    const Vec at = task.box.centre_in(k);
    out.push_back({static_cast<std::uint32_t>(k), static_cast<float>(at.east), static_cast<float>(at.north),
                   static_cast<float>(axis.east), static_cast<float>(axis.north),
                   static_cast<float>(task.box.length_m / 2), static_cast<float>(task.box.width_m / 2),
                   static_cast<float>(task.coverage() * part)});
  }
}

double pos_by_hand(const SearchCloud& cloud, std::span<const SearchTask> tasks) {
  double pos = 0;
  for (std::size_t i = 0; i < cloud.particles; ++i) {
    double covered = 0;
    for (const SearchTask& task : tasks) {
      const double whole = seconds(task.until - task.from);
      if (!(whole > 0)) continue;
      for (std::size_t k = 0; k < cloud.slices; ++k) {
        const Vec from_centre =
            Vec{static_cast<double>(cloud.east_of(k)[i]), static_cast<double>(cloud.north_of(k)[i])} -
            task.box.centre_in(k);
        const Vec axis = axis_of(task.box);
        const double along = std::abs(dot(from_centre, axis));
        const double across = std::abs(dot(from_centre, {axis.north, -axis.east}));
        if (along <= task.box.length_m / 2 && across <= task.box.width_m / 2)
          covered += task.coverage() * seconds_in(cloud, task, k) / whole;
      }
    }
    pos += static_cast<double>(cloud.weight[i]) * -std::expm1(-covered);
  }
  return pos;
}

double pos_of(const SearchCloud& cloud, std::span<const SearchTask> tasks) {
  std::vector<Stroke> strokes;
  for (const SearchTask& task : tasks) add_strokes(cloud, task, strokes);
  return gain_of_all(cloud, strokes);
}

bool overlap(const SearchCloud& cloud, const SearchTask& a, const SearchTask& b) {
  const Time from = std::max(a.from, b.from);
  const Time until = std::min(a.until, b.until);
  if (from >= until) return false;
  // Boxes of several units mostly lie farther apart than they reach: that costs no angle.
  const double apart =
      (std::hypot(a.box.length_m, a.box.width_m) + std::hypot(b.box.length_m, b.box.width_m)) / 2;
  const std::size_t last = slice_of(cloud, until - Duration(1));
  for (std::size_t k = slice_of(cloud, from); k <= last; ++k) {
    const Vec gap = b.box.centre_in(k) - a.box.centre_in(k);
    if (dot(gap, gap) < apart * apart && meet(Rectangle(a.box), Rectangle(b.box), gap)) return true;
  }
  return false;
}

}  // namespace varne
