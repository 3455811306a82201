#include "varne/search/first_boxes.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace varne {
namespace {

constexpr double radians = std::numbers::pi / 180;
constexpr std::size_t few = 12;
constexpr double far = 1e7;

/// Coordinates along and across an axis.
Vec turned(Vec v, double axis_deg) {
  const double s = std::sin(axis_deg * radians);
  const double c = std::cos(axis_deg * radians);
  return {v.east * c - v.north * s, v.east * s + v.north * c};  // across (to the right), along
}
Vec turned_back(Vec v, double axis_deg) {
  return turned(v, -axis_deg);
}

/// Numbers of the units, the strongest first, and what each could sweep.
std::pair<std::vector<std::size_t>, std::vector<double>> by_effort(std::span<const ReadyUnit> units) {
  std::vector<double> effort;
  std::vector<std::size_t> order(units.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (const auto& unit : units) effort.push_back(possible_effort(unit));
  std::ranges::stable_sort(order, std::greater<>(), [&](std::size_t u) { return effort[u]; });
  return {std::move(order), std::move(effort)};
}

/// How many of the first units have about half of the effort, and their part of it.
std::pair<std::size_t, double> halves(std::span<const std::size_t> units, std::span<const double> effort) {
  const double all =
      std::accumulate(units.begin(), units.end(), 0.0, [&](double sum, auto u) { return sum + effort[u]; });
  std::size_t split = 1;
  double first = effort[units[0]];
  while (split + 1 < units.size() && first + effort[units[split]] / 2 < all / 2)
    first += effort[units[split++]];
  return {split, first / all};
}

}  // namespace

double possible_effort(const ReadyUnit& unit) {
  return unit.sweep_width_m * unit.search_mps * seconds(unit.latest - unit.earliest);
}

CloudParts::CloudParts(const SearchCloud& cloud, std::size_t most, bool drifting)
    : cloud_(cloud), drifting_(drifting), reference_(cloud.slices / 2), at_(cloud.particles) {
  const std::size_t step = std::max<std::size_t>(1, (cloud.particles + most - 1) / most);
  double weight = 0;
  for (std::size_t i = 0; i < cloud.particles; i += step) {
    at_[i] = {static_cast<double>(cloud.east_of(reference_)[i]),
              static_cast<double>(cloud.north_of(reference_)[i])};
    if (std::isnan(at_[i].east) || !(cloud.weight[i] > 0)) continue;
    all_.push_back(static_cast<std::uint32_t>(i));
    const auto w = static_cast<double>(cloud.weight[i]);
    mean_ = mean_ + at_[i] * w;
    weight += w;
  }
  if (all_.empty()) return;
  mean_ = mean_ * (1 / weight);
  double ee = 0, nn = 0, en = 0;
  for (const auto i : all_) {
    const Vec d = at_[i] - mean_;
    const double w = static_cast<double>(cloud.weight[i]) / weight;
    ee += w * d.east * d.east;
    nn += w * d.north * d.north;
    en += w * d.east * d.north;
  }
  axis_deg_ = std::atan2(2 * en, nn - ee) / 2 / radians;
  size_m_ = std::pow(std::max(1.0, ee * nn - en * en), 0.25);
  way_ = mean_way(all_);
}

std::vector<Vec> CloudParts::mean_way(std::span<const std::uint32_t> members) const {
  std::vector<Vec> out;
  if (!drifting_ || members.empty()) return out;
  const std::size_t step = std::max<std::size_t>(1, members.size() / 256);
  out.resize(cloud_.slices);
  for (std::size_t k = 0; k < cloud_.slices; ++k) {
    double weight = 0;
    for (std::size_t m = 0; m < members.size(); m += step) {
      const auto i = members[m];
      const Vec then{static_cast<double>(cloud_.east_of(k)[i]), static_cast<double>(cloud_.north_of(k)[i])};
      if (std::isnan(then.east)) continue;
      out[k] = out[k] + (then - at(i)) * static_cast<double>(cloud_.weight[i]);
      weight += static_cast<double>(cloud_.weight[i]);
    }
    out[k] = weight > 0 ? out[k] * (1 / weight) : k > 0 ? out[k - 1] : Vec{};
  }
  return out;
}

std::vector<Vec> CloudParts::way_of(const SearchBox& box) const {
  if (!drifting_) return {};
  Members inside;
  const Vec centre = box.centre_in(reference_);
  for (const auto i : all_) {
    const Vec d = turned(at(i) - centre, box.axis_deg);
    if (std::abs(d.north) <= box.length_m / 2 && std::abs(d.east) <= box.width_m / 2) inside.push_back(i);
  }
  return inside.size() < few ? way_ : mean_way(inside);
}

void CloudParts::cut_among(std::span<const std::size_t> units, std::span<const double> effort,
                           Members members, Vec low, Vec high, double axis_deg, double reach,
                           std::vector<SearchBox>& out) const {
  // In coordinates across and along the axis: mean and spread of the members.
  Vec mean;
  double weight = 0;
  for (const auto i : members) {
    mean = mean + turned(at(i) - mean_, axis_deg) * static_cast<double>(cloud_.weight[i]);
    weight += static_cast<double>(cloud_.weight[i]);
  }
  if (weight > 0) mean = mean * (1 / weight);
  Vec square;
  for (const auto i : members) {
    const Vec d = turned(at(i) - mean_, axis_deg) - mean;
    square =
        square + Vec{d.east * d.east, d.north * d.north} * (static_cast<double>(cloud_.weight[i]) / weight);
  }
  const Vec sigma{std::max(50.0, std::sqrt(square.east)), std::max(50.0, std::sqrt(square.north))};
  if (units.size() == 1) {
    const Vec a{std::max(low.east, mean.east - reach * sigma.east),
                std::max(low.north, mean.north - reach * sigma.north)};
    const Vec b{std::min(high.east, mean.east + reach * sigma.east),
                std::min(high.north, mean.north + reach * sigma.north)};
    SearchBox& box = out[units.front()];
    box.centre = mean_ + turned_back((a + b) * 0.5, axis_deg);
    box.width_m = std::max(20.0, b.east - a.east);
    box.length_m = std::max(20.0, b.north - a.north);
    box.axis_deg = axis_deg;
    box.drift = mean_way(members);
    if (members.size() < few) box.drift = way_;
    return;
  }
  // The units in two groups of about the same effort, and the members likewise, across the longer side.
  const auto [split, part] = halves(units, effort);
  const bool along = sigma.north > sigma.east;
  const auto key = [&](std::uint32_t i) {
    const Vec d = turned(at(i) - mean_, axis_deg);
    return along ? d.north : d.east;
  };
  std::ranges::sort(members, {}, key);
  std::size_t border = 0;
  for (double sum = 0; border + 1 < members.size() && sum < weight * part; ++border)
    sum += static_cast<double>(cloud_.weight[members[border]]);
  const double where = members.empty() ? 0 : key(members[border]);
  Vec middle_high = high;
  Vec middle_low = low;
  (along ? middle_high.north : middle_high.east) = where;
  (along ? middle_low.north : middle_low.east) = where;
  const auto cut_at = members.begin() + static_cast<std::ptrdiff_t>(border);
  cut_among(units.subspan(0, split), effort, Members(members.begin(), cut_at), low, middle_high, axis_deg,
            reach, out);
  cut_among(units.subspan(split), effort, Members(cut_at, members.end()), middle_low, high, axis_deg, reach,
            out);
}

std::vector<UnitBoxes> CloudParts::cut(std::span<const ReadyUnit> units, double axis_deg, double reach,
                                       std::size_t boxes_a_unit, double inner) const {
  const auto [order, effort] = by_effort(units);
  std::vector<SearchBox> boxes(units.size());
  cut_among(order, effort, all_, {-far, -far}, {far, far}, axis_deg, reach, boxes);
  std::vector<UnitBoxes> out(units.size());
  for (std::size_t u = 0; u < units.size(); ++u)
    for (std::size_t n = 0; n < boxes_a_unit; ++n) {
      SearchBox box = boxes[u];
      const double part =
          boxes_a_unit == 1 ? 1 : static_cast<double>(n) / static_cast<double>(boxes_a_unit - 1);
      const double scale = inner + (1 - inner) * part;
      box.length_m *= scale;
      box.width_m *= scale;
      out[u].boxes.push_back(std::move(box));
      out[u].share.push_back(scale);
    }
  return out;
}

std::vector<UnitBoxes> CloudParts::cut_apart(std::span<const ReadyUnit> units, double axis_deg, double reach,
                                             std::size_t boxes_a_unit) const {
  const auto [order, effort] = by_effort(units);
  std::vector<std::size_t> parts;
  std::vector<double> part_effort;
  for (const std::size_t u : order)
    for (std::size_t n = 0; n < boxes_a_unit; ++n) {
      parts.push_back(parts.size());
      part_effort.push_back(effort[u] / static_cast<double>(boxes_a_unit));
    }
  std::vector<SearchBox> boxes(parts.size());
  cut_among(parts, part_effort, all_, {-far, -far}, {far, far}, axis_deg, reach, boxes);
  std::vector<UnitBoxes> out(units.size());
  for (std::size_t p = 0; p < parts.size(); ++p) {
    UnitBoxes& unit = out[order[p / boxes_a_unit]];
    unit.boxes.push_back(std::move(boxes[p]));
    unit.share.push_back(1);
  }
  return out;
}

/// Cuts a rectangle (corners in coordinates across and along the axis) among units by their effort, always
/// across its longer side.
void CloudParts::divide(std::span<const std::size_t> units, std::span<const double> effort, Vec low, Vec high,
                        std::vector<UnitBoxes>& out) const {
  if (units.size() == 1) {
    SearchBox box;
    box.centre = mean_ + turned_back((low + high) * 0.5, axis_deg_);
    box.width_m = high.east - low.east;
    box.length_m = high.north - low.north;
    box.axis_deg = axis_deg_;
    box.drift = way_;
    out[units.front()] = {{std::move(box)}, {1}};
    return;
  }
  const auto [split, part] = halves(units, effort);
  const bool along = high.north - low.north >= high.east - low.east;
  Vec middle_high = high;
  Vec middle_low = low;
  if (along)
    middle_high.north = middle_low.north = low.north + part * (high.north - low.north);
  else
    middle_high.east = middle_low.east = low.east + part * (high.east - low.east);
  divide(units.subspan(0, split), effort, low, middle_high, out);
  divide(units.subspan(split), effort, middle_low, high, out);
}

std::vector<UnitBoxes> CloudParts::square(std::span<const ReadyUnit> units, double side_m,
                                          std::optional<Vec> middle) const {
  const auto [order, effort] = by_effort(units);
  std::vector<UnitBoxes> out(units.size());
  divide(order, effort, {-side_m / 2, -side_m / 2}, {side_m / 2, side_m / 2}, out);
  if (middle)
    for (UnitBoxes& unit : out)
      for (SearchBox& box : unit.boxes) box.centre = box.centre + (*middle - mean_);
  return out;
}

}  // namespace varne
