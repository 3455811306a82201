#include "varne/sea/field.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>

namespace varne {
namespace {

std::optional<double> of_frame(const Frame& frame, const Grid::Corners& corners) {
  double sum = 0;
  for (std::size_t k = 0; k < corners.points.size(); ++k) {
    if (corners.weights[k] != 0)
      sum += corners.weights[k] * static_cast<double>(frame.values[corners.points[k]]);
  }
  return std::isnan(sum) ? std::nullopt : std::optional(sum);
}

bool leans_on_extended(const Frame& frame, const Grid::Corners& corners) {
  if (frame.extended == nullptr) return false;
  for (std::size_t k = 0; k < corners.points.size(); ++k) {
    if (corners.weights[k] != 0 && (*frame.extended)[corners.points[k]]) return true;
  }
  return false;
}

Vec turned(Vec along_axes, double grid_north_deg) {
  return MapPoint{0, 0, grid_north_deg}.turned(along_axes);
}

}  // namespace

std::optional<SeaField::Between> SeaField::between(Time time) const {
  if (times.empty()) return frames.empty() ? std::nullopt : std::optional(Between{});
  const auto after = std::lower_bound(times.begin(), times.end(), time);
  if (after == times.end()) return std::nullopt;
  const auto i = static_cast<std::size_t>(after - times.begin());
  if (*after == time) return Between{i, i, 0};
  if (i == 0 || (!gap_after.empty() && gap_after[i - 1])) return std::nullopt;
  return Between{i - 1, i, seconds(time - times[i - 1]) / seconds(*after - times[i - 1])};
}

std::optional<double> SeaField::at(const Grid::Corners& corners, Time time) const {
  const auto moment = between(time);
  if (!moment) return std::nullopt;
  const auto earlier = of_frame(*frames[moment->before], corners);
  if (!earlier || moment->before == moment->after) return earlier;
  const auto later = of_frame(*frames[moment->after], corners);
  if (!later) return std::nullopt;
  return *earlier + moment->share * (*later - *earlier);
}

bool SeaField::extended(const Grid::Corners& corners, Time time) const {
  const auto moment = between(time);
  return moment && (leans_on_extended(*frames[moment->before], corners) ||
                    leans_on_extended(*frames[moment->after], corners));
}

bool SeaField::has_values() const {
  return std::any_of(frames.begin(), frames.end(), [](const auto& frame) {
    return std::any_of(frame->values.begin(), frame->values.end(), [](float v) { return !std::isnan(v); });
  });
}

std::optional<Vec> VectorField::at(Place place, Time time) const {
  const auto corners = x.grid->around(place);
  if (!corners) return std::nullopt;
  const auto along_x = x.at(*corners, time);
  if (!along_x) return std::nullopt;
  const auto other = x.grid == y.grid ? corners : y.grid->around(place);
  if (!other) return std::nullopt;
  const auto along_y = y.at(*other, time);
  if (!along_y) return std::nullopt;
  const Vec vector{*along_x, *along_y};
  return along_axes ? turned(vector, corners->grid_north_deg) : vector;
}

bool VectorField::extended(Place place, Time time) const {
  const auto corners = x.grid->around(place);
  if (!corners) return false;
  const auto other = x.grid == y.grid ? corners : y.grid->around(place);
  return x.extended(*corners, time) || (other && y.extended(*other, time));
}

double CoastFill::limit_m(const Grid& grid) {
  const Vec step = grid.spacing_m(grid.rows() / 2);
  return std::clamp(3 * std::max(step.east, step.north), 10'000.0, 50'000.0);
}

void CoastFill::fill_with_largest(Frame& frame) const {
  const std::vector<float> before = frame.values;
  const std::size_t columns = grid_->columns();
  const std::size_t rows = grid_->rows();
  auto extended = std::make_shared<std::vector<bool>>(before.size());
  for (std::size_t y = 0; y < rows; ++y) {
    for (std::size_t x = 0; x < columns; ++x) {
      if (!std::isnan(before[y * columns + x])) continue;
      float& filled = frame.values[y * columns + x];
      for (std::size_t j = y == 0 ? 0 : y - 1; j <= std::min(y + 1, rows - 1); ++j) {
        for (std::size_t i = x == 0 ? 0 : x - 1; i <= std::min(x + 1, columns - 1); ++i)
          filled = std::fmax(filled, before[j * columns + i]);  // of a number and a NaN, the number
      }
      (*extended)[y * columns + x] = !std::isnan(filled);
    }
  }
  frame.extended = std::move(extended);
}

void CoastFill::fill(Frame& frame) {
  if (rule_ == CoastRule::largest) return fill_with_largest(frame);
  const std::size_t size = frame.values.size();
  bool same = missing_.size() == size;
  for (std::size_t i = 0; i < size && same; ++i) same = std::isnan(frame.values[i]) == missing_[i];
  if (!same) {
    missing_.resize(size);
    for (std::size_t i = 0; i < size; ++i) missing_[i] = std::isnan(frame.values[i]);
    plan();
  }
  if (filled_.empty()) return;
  for (const Filled& each : filled_) {
    double sum = 0;
    for (std::size_t k = 0; k < each.count; ++k)
      sum += static_cast<double>(frame.values[sources_[each.first + k]]);
    frame.values[each.point] = static_cast<float>(sum / static_cast<double>(each.count));
  }
  frame.extended = extended_;
}

/// The nearest points with a value spread over those without, the nearest first (Dijkstra's order): a point
/// hands its sources on to its eight neighbours.
void CoastFill::plan() {
  filled_.clear();
  sources_.clear();
  extended_.reset();
  const std::size_t columns = grid_->columns();
  const std::size_t rows = grid_->rows();
  const double limit = limit_m(*grid_);
  constexpr double equal = 1e-6;  // of a distance: as near as the other
  struct Reach {
    double distance = std::numeric_limits<double>::infinity();
    std::vector<std::size_t> from;
  };
  std::vector<Reach> reaches(missing_.size());
  const auto distance = [&](std::size_t point, std::size_t source) {
    const Vec step = grid_->spacing_m(point / columns);
    const auto apart = [](std::size_t a, std::size_t b) {
      return std::abs(static_cast<double>(a) - static_cast<double>(b));
    };
    return std::hypot(apart(point % columns, source % columns) * step.east,
                      apart(point / columns, source / columns) * step.north);
  };
  using Due = std::pair<double, std::size_t>;
  std::priority_queue<Due, std::vector<Due>, std::greater<>> due;
  const auto offer = [&](std::size_t point, std::size_t source) {
    Reach& reach = reaches[point];
    const double away = distance(point, source);
    if (away > limit || away > reach.distance * (1 + equal)) return;
    if (away >= reach.distance * (1 - equal)) {
      if (std::find(reach.from.begin(), reach.from.end(), source) != reach.from.end()) return;
    } else {
      reach.from.clear();
      reach.distance = away;
    }
    reach.from.push_back(source);
    due.emplace(away, point);
  };
  const auto neighbours = [&](std::size_t point, auto&& visit) {
    const std::size_t row = point / columns;
    const std::size_t column = point % columns;
    for (std::size_t j = row == 0 ? 0 : row - 1; j <= std::min(row + 1, rows - 1); ++j)
      for (std::size_t i = column == 0 ? 0 : column - 1; i <= std::min(column + 1, columns - 1); ++i)
        if (missing_[j * columns + i]) visit(j * columns + i);
  };
  for (std::size_t point = 0; point < missing_.size(); ++point) {
    if (!missing_[point]) neighbours(point, [&](std::size_t other) { offer(other, point); });
  }
  while (!due.empty()) {
    const auto [away, point] = due.top();
    due.pop();
    if (away > reaches[point].distance * (1 + equal)) continue;
    const auto from = reaches[point].from;
    neighbours(point, [&](std::size_t other) {
      for (const std::size_t source : from) offer(other, source);
    });
  }
  auto extended = std::make_shared<std::vector<bool>>(missing_.size());
  for (std::size_t point = 0; point < reaches.size(); ++point) {
    if (reaches[point].from.empty()) continue;
    std::sort(reaches[point].from.begin(), reaches[point].from.end());
    filled_.push_back({point, sources_.size(), reaches[point].from.size()});
    sources_.insert(sources_.end(), reaches[point].from.begin(), reaches[point].from.end());
    (*extended)[point] = true;
  }
  extended_ = std::move(extended);
}

}  // namespace varne
