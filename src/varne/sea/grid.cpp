#include "varne/sea/grid.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace varne {
namespace {

constexpr double m_per_deg = 111'195;  // of a sphere of 6371 km; spacings are approximate

/// Equally spaced but for the rounding of its numbers to so many decimals: 0.08, 0.17, 0.25, 0.33 …
bool rounded_even(const std::vector<double>& points, double step) {
  for (const double unit : {0.1, 0.01, 0.001, 0.0001}) {
    if (std::abs(step) < 2 * unit) continue;
    bool all = true;
    for (std::size_t i = 0; i < points.size() && all; ++i) {
      const double in_units = points[i] / unit;
      const double even = points.front() + static_cast<double>(i) * step;
      all = std::abs(in_units - std::round(in_units)) < 1e-3 && std::abs(points[i] - even) <= 1.01 * unit;
    }
    if (all) return true;
  }
  return false;
}

}  // namespace

Result<Axis> Axis::of(std::vector<double> points, bool turns) {
  if (points.size() < 2) return fail("", "has one point; a grid axis has two or more");
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!std::isfinite(points[i]))
      return fail("", fmt::format("has a point ({}) that is no number; fetch the file again", i + 1));
    if (i > 0 && turns) points[i] = points[i - 1] + wrap180(points[i] - points[i - 1]);
  }
  const double sign = points[1] > points[0] ? 1 : -1;
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (!(sign * (points[i] - points[i - 1]) > 0))
      return fail("", fmt::format("neither ascends nor descends (point {} is {} after {}); put the file in "
                                  "order, or fetch it again",
                                  i + 1, points[i], points[i - 1]));
  }
  if (turns && std::abs(points.back() - points.front()) > 360.01)
    return fail("", "goes more than once round the earth; fetch the file again");
  Axis axis;
  axis.step_ = (points.back() - points.front()) / static_cast<double>(points.size() - 1);
  double off = 0;
  for (std::size_t i = 0; i < points.size(); ++i)
    off = std::max(off, std::abs(points[i] - points.front() - static_cast<double>(i) * axis.step_));
  axis.even_ = off <= 0.02 * std::abs(axis.step_) || rounded_even(points, axis.step_);
  axis.points_ = std::move(points);
  axis.turns_ = turns;
  return axis;
}

std::optional<Axis::At> Axis::find(double value) const {
  // As far as a coordinate stored in single precision may be off, in steps.
  constexpr double rounding = 1e-5;
  const std::size_t n = points_.size();
  const auto last = static_cast<double>(n - 1);
  double at = (value - points_.front()) / step_;  // in mean steps from the first point
  const double end = (points_.back() - points_.front()) / step_;
  if (turns_) {
    const double turn = std::abs(360 / step_);
    at -= turn * std::floor((at + rounding) / turn);
    // Round the whole earth the point after the last is the first.
    if (at > end && turn - end < 1.02) return At{n - 1, 0, std::clamp((at - end) / (turn - end), 0.0, 1.0)};
  }
  if (!(at >= -rounding && at <= end + rounding)) return std::nullopt;  // also NaN
  if (even_) {
    at = std::clamp(at, 0.0, last);
    // On a point is on it: the next one, which may be missing, has no say for the last bit's sake.
    if (std::abs(at - std::round(at)) < 1e-9) at = std::round(at);
    const auto low = std::min(static_cast<std::size_t>(at), n - 2);
    return At{low, low + 1, at - static_cast<double>(low)};
  }
  const double here = points_.front() + at * step_;
  const bool up = step_ > 0;
  const auto after = std::upper_bound(points_.begin() + 1, points_.end() - 1, here,
                                      [up](double v, double point) { return up ? v < point : v > point; });
  const auto high = static_cast<std::size_t>(after - points_.begin());
  double share = std::clamp((here - points_[high - 1]) / (points_[high] - points_[high - 1]), 0.0, 1.0);
  if (share < 1e-9) share = 0;
  if (share > 1 - 1e-9) share = 1;
  return At{high - 1, high, share};
}

bool Axis::same(const Axis& other) const {
  if (count() != other.count() || turns_ != other.turns_) return false;
  const double shift = turns_ ? 360 * std::round((other.points_[0] - points_[0]) / 360) : 0;
  for (std::size_t i = 0; i < count(); ++i) {
    if (!(std::abs(points_[i] + shift - other.points_[i]) <= 1e-3 * std::abs(step_))) return false;
  }
  return true;
}

std::optional<Axis> Axis::followed_by(const Axis& other) const {
  if (turns_ != other.turns_ || !(std::abs(step_ - other.step_) <= 0.02 * std::abs(step_)))
    return std::nullopt;
  double shift = 0;
  if (turns_) shift = -360 * std::round((other.points_.front() - points_.back() - step_) / 360);
  if (!(std::abs(other.points_.front() + shift - points_.back() - step_) <= 0.1 * std::abs(step_)))
    return std::nullopt;
  auto all = points_;
  for (const double point : other.points_) all.push_back(point + shift);
  auto joined = Axis::of(std::move(all), turns_);
  return joined ? std::optional(std::move(*joined)) : std::nullopt;
}

PlainGrid::PlainGrid(Axis x, Axis y, std::shared_ptr<const Projection> projection)
    : x_(std::move(x)), y_(std::move(y)), projection_(std::move(projection)) {}

std::optional<Grid::Corners> PlainGrid::around(Place place) const {
  if (!valid(place)) return std::nullopt;
  Corners corners;
  const MapPoint at = projection_ ? projection_->to(place) : MapPoint{place.lon, place.lat, 0};
  const auto x = x_.find(at.x);
  const auto y = y_.find(at.y);
  if (!x || !y) return std::nullopt;
  const std::size_t n = x_.count();
  corners.points = {y->low * n + x->low, y->low * n + x->high, y->high * n + x->low, y->high * n + x->high};
  corners.weights = {(1 - x->share) * (1 - y->share), x->share * (1 - y->share), (1 - x->share) * y->share,
                     x->share * y->share};
  corners.grid_north_deg = at.grid_north_deg;
  return corners;
}

Vec PlainGrid::spacing_m(std::size_t row) const {
  const double dx = std::abs(x_.step());
  const double dy = std::abs(y_.step());
  if (projection_ != nullptr && !x_.turns()) return {dx, dy};
  const double lat = std::clamp(y_.point(row), -89.0, 89.0);
  return {dx * m_per_deg * std::cos(lat * std::numbers::pi / 180), dy * m_per_deg};
}

SourceGrid PlainGrid::for_loops() const {
  if (projection_ != nullptr || !x_.turns() || !x_.even() || !y_.even()) return {};
  const double step_lon = std::abs(x_.step());
  const double turn = 360 / step_lon;
  // Round the whole earth the last step, from the last point to the first, must be as long as the others.
  const bool closed = turn - static_cast<double>(x_.count() - 1) < 1.02;
  if (closed && std::abs(turn - std::round(turn)) > 0.02) return {};
  return {.kind = SourceGrid::Kind::even,
          .west = std::min(x_.point(0), x_.point(x_.count() - 1)),
          .south = std::min(y_.point(0), y_.point(y_.count() - 1)),
          .step_lon = step_lon,
          .step_lat = std::abs(y_.step()),
          .columns = x_.count(),
          .rows = y_.count(),
          .turns = closed};
}

bool PlainGrid::same(const Grid& other) const {
  const auto* plain = dynamic_cast<const PlainGrid*>(&other);
  if (plain == nullptr || !x_.same(plain->x_) || !y_.same(plain->y_)) return false;
  if (projection_ == nullptr || plain->projection_ == nullptr) return projection_ == plain->projection_;
  // Two maps are one where they put the same places to the same points.
  for (const Place place : {Place{0, 45}, Place{5, 55}, Place{-130, 70}}) {
    const MapPoint a = projection_->to(place);
    const MapPoint b = plain->projection_->to(place);
    if (!(std::hypot(a.x - b.x, a.y - b.y) <= 1e-3 * std::abs(x_.step()))) return false;
  }
  return true;
}

}  // namespace varne
