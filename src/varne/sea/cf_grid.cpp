#include "varne/sea/cf_grid.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "varne/core/text.h"
#include "varne/sea/cf_time.h"

namespace varne {
namespace {

enum class Role { unknown, time, vertical, longitude, latitude, map_x, map_y };

constexpr std::size_t longest_axis = 1 << 20;

bool one_of(const std::string& text, std::initializer_list<const char*> list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

/// What a coordinate variable measures, by standard name, then units, then axis and name.
Role role_of(const NetcdfFile& file, const NetcdfFile::Variable& coordinate) {
  const std::string standard = file.text(coordinate, "standard_name").value_or("");
  const std::string units = file.text(coordinate, "units").value_or("");
  const std::string axis = file.text(coordinate, "axis").value_or("");
  const std::string& name = coordinate.name;
  if (standard == "longitude") return Role::longitude;
  if (standard == "latitude") return Role::latitude;
  if (one_of(standard, {"projection_x_coordinate", "grid_longitude"})) return Role::map_x;
  if (one_of(standard, {"projection_y_coordinate", "grid_latitude"})) return Role::map_y;
  if (standard == "time" || units.find(" since ") != std::string::npos) return Role::time;
  if (one_of(standard, {"depth", "height", "altitude"}) || file.text(coordinate, "positive"))
    return Role::vertical;
  if (one_of(units, {"degrees_east", "degree_east", "degrees_E", "degree_E", "degreesE", "degreeE"}))
    return Role::longitude;
  if (one_of(units, {"degrees_north", "degree_north", "degrees_N", "degree_N", "degreesN", "degreeN"}))
    return Role::latitude;
  if (one_of(name, {"lon", "longitude", "nav_lon"})) return Role::longitude;
  if (one_of(name, {"lat", "latitude", "nav_lat"})) return Role::latitude;
  if (one_of(name, {"time", "ocean_time", "valid_time"})) return Role::time;
  if (axis == "Z" || one_of(name, {"depth", "lev", "level", "z", "height"})) return Role::vertical;
  if (axis == "X" || one_of(name, {"x", "xc", "rlon"})) return Role::map_x;
  if (axis == "Y" || one_of(name, {"y", "yc", "rlat"})) return Role::map_y;
  return Role::unknown;
}

/// The variable that gives a dimension's points: of its name, or the only one along it that has a role.
const NetcdfFile::Variable* coordinate_of(const NetcdfFile& file, const NetcdfFile::Dimension& dimension) {
  const NetcdfFile::Variable* found = nullptr;
  for (const auto& candidate : file.variables()) {
    if (candidate.dimensions.size() != 1 || candidate.dimensions[0].id != dimension.id || !candidate.numeric)
      continue;
    if (candidate.name == dimension.name) return &candidate;
    if (role_of(file, candidate) != Role::unknown) found = &candidate;
  }
  return found;
}

Result<EvenAxis> read_axis(const NetcdfFile& file, const NetcdfFile::Variable& coordinate, bool longitude) {
  auto values = file.values(coordinate);
  if (!values) return fail(values.error());
  if (values->size() < 2) return file.refuse(coordinate.name, "has one point; a grid axis has two or more");
  if (longitude) {  // …, 359, 0, … goes on upwards
    for (std::size_t i = 1; i < values->size(); ++i) {
      (*values)[i] = (*values)[i - 1] + wrap180((*values)[i] - (*values)[i - 1]);
    }
  }
  EvenAxis axis;
  axis.first = values->front();
  axis.count = values->size();
  axis.step = (values->back() - axis.first) / static_cast<double>(axis.count - 1);
  for (std::size_t i = 0; i < axis.count; ++i) {
    const double even = axis.first + static_cast<double>(i) * axis.step;
    if (!(std::abs((*values)[i] - even) <= 0.02 * std::abs(axis.step))) {  // also NaN
      return file.refuse(coordinate.name,
                         fmt::format("is not in equal steps (point {} is {}); put the file on an "
                                     "even grid, or fetch it again if it should be one",
                                     i + 1, (*values)[i]));
    }
  }
  if (axis.step == 0)
    return file.refuse(coordinate.name, "has the same value everywhere; fetch the file again");
  axis.turns = longitude;
  // Kilometres of a map, as metres.
  if (const auto units = file.text(coordinate, "units").value_or("");
      !longitude && one_of(units, {"km", "kilometer"})) {
    axis.first *= 1000;
    axis.step *= 1000;
  }
  return axis;
}

Result<std::vector<Time>> read_times(const NetcdfFile& file, const NetcdfFile::Variable& coordinate) {
  const auto clock = parse_cf_clock(file.text(coordinate, "units").value_or(""),
                                    file.text(coordinate, "calendar").value_or(""));
  if (!clock) return file.refuse(coordinate.name, clock.error().what);
  const auto counts = file.values(coordinate);
  if (!counts) return fail(counts.error());
  std::vector<Time> times;
  for (const double count : *counts) {
    const auto time = clock->at(count);
    if (!time) return file.refuse(coordinate.name, time.error().what);
    if (!times.empty() && *time <= times.back()) {
      return file.refuse(coordinate.name,
                         fmt::format("does not ascend: {} follows {}; sort the file by time, or fetch "
                                     "it again",
                                     iso(*time), iso(times.back())));
    }
    times.push_back(*time);
  }
  if (times.empty()) return file.refuse(coordinate.name, "has no moment in it; fetch the file again");
  return times;
}

/// The level to take: the one nearest the height asked for, or the one nearest the surface.
Result<std::size_t> level_of(const NetcdfFile& file, const NetcdfFile::Variable& coordinate,
                             std::optional<double> height_m) {
  const auto levels = file.values(coordinate);
  if (!levels) return fail(levels.error());
  const auto off = [&](double level) { return std::abs(height_m ? level - *height_m : level); };
  std::size_t best = 0;
  for (std::size_t i = 1; i < levels->size(); ++i) {
    if (off((*levels)[i]) < off((*levels)[best]) || std::isnan((*levels)[best])) best = i;
  }
  if (levels->empty() || std::isnan((*levels)[best]))
    return file.refuse(coordinate.name, "has no levels in it");
  if (height_m && levels->size() > 1 && off((*levels)[best]) > 2) {
    return file.refuse(coordinate.name,
                       fmt::format("has no level at {} m; the nearest is {}", *height_m, (*levels)[best]));
  }
  return best;
}

Result<std::shared_ptr<const Projection>> projection_of(const NetcdfFile& file,
                                                        const NetcdfFile::Variable& variable) {
  const std::string name = file.text(variable, "grid_mapping").value_or("");
  const auto* mapping = file.find(name);
  if (mapping == nullptr) {
    return file.refuse(
        variable.name,
        name.empty() ? "lies on a map's x and y, but names no grid_mapping; the file must say "
                       "which projection it is"
                     : fmt::format("names the grid_mapping \"{}\", which is not in the file", shown(name)));
  }
  return make_projection(file, *mapping);
}

/// The coordinate variable of each role among a variable's dimensions.
struct Axes {
  const NetcdfFile::Variable* time = nullptr;
  const NetcdfFile::Variable* x = nullptr;
  const NetcdfFile::Variable* y = nullptr;
  bool projected = false;
};

Result<Axes> read_axes(const NetcdfFile& file, const NetcdfFile::Variable& variable,
                       std::optional<double> height_m, CfLayout& layout) {
  Axes axes;
  layout.start.assign(variable.dimensions.size(), 0);
  layout.count.assign(variable.dimensions.size(), 1);
  for (std::size_t d = 0; d < variable.dimensions.size(); ++d) {
    const auto& dimension = variable.dimensions[d];
    if (dimension.length > longest_axis) {
      return file.refuse(variable.name,
                         fmt::format("has {} points along {}; the file may be damaged: fetch it again",
                                     dimension.length, dimension.name));
    }
    const auto* coordinate = coordinate_of(file, dimension);
    const Role role = coordinate == nullptr ? Role::unknown : role_of(file, *coordinate);
    if (role == Role::time && axes.time == nullptr) {
      axes.time = coordinate;
      layout.time_dimension = d;
    } else if ((role == Role::longitude || role == Role::map_x) && axes.x == nullptr) {
      axes.x = coordinate;
      axes.projected = role == Role::map_x;
      layout.x_dimension = d;
      layout.count[d] = dimension.length;
    } else if ((role == Role::latitude || role == Role::map_y) && axes.y == nullptr) {
      axes.y = coordinate;
      layout.y_dimension = d;
      layout.count[d] = dimension.length;
    } else if (role == Role::vertical) {
      const auto level = level_of(file, *coordinate, height_m);
      if (!level) return fail(level.error());
      layout.start[d] = *level;
    } else if (dimension.length != 1) {
      return file.refuse(
          variable.name,
          fmt::format("has a dimension \"{}\" that is neither time, depth nor place; take one of it, "
                      "or put the file on a longitude-latitude grid",
                      dimension.name));
    }
  }
  if (axes.x == nullptr || axes.y == nullptr) {
    return file.refuse(variable.name,
                       "has no longitude and latitude axes (nor a map's x and y); put the file on a "
                       "longitude-latitude grid");
  }
  const Role y = role_of(file, *axes.y);
  if (axes.projected != (y == Role::map_y)) {
    return file.refuse(variable.name, "mixes longitude or latitude with an axis of a map");
  }
  return axes;
}

}  // namespace

std::optional<EvenAxis::At> EvenAxis::find(double value) const {
  // As far as a coordinate stored in single precision may be off, in steps.
  constexpr double rounding = 1e-5;
  const auto last = static_cast<double>(count - 1);
  double at = (value - first) / step;
  if (turns) {
    const double turn = std::abs(360 / step);
    at -= turn * std::floor((at + rounding) / turn);
    // Round the whole earth the point after the last is the first.
    if (at > last && std::abs(turn - static_cast<double>(count)) < 0.02) {
      return At{count - 1, 0, std::clamp(at - last, 0.0, 1.0)};
    }
  }
  if (!(at >= -rounding && at <= last + rounding)) return std::nullopt;  // also NaN
  at = std::clamp(at, 0.0, last);
  // On a point is on it: the next one, which may be missing, has no say for the last bit's sake.
  if (std::abs(at - std::round(at)) < 1e-9) at = std::round(at);
  const auto low = std::min(static_cast<std::size_t>(at), count - 2);
  return At{low, low + 1, at - static_cast<double>(low)};
}

SourceGrid CfGrid::even() const {
  if (projection_) return {};
  const auto low = [](const EvenAxis& axis) {
    return axis.step > 0 ? axis.first : axis.first + axis.step * static_cast<double>(axis.count - 1);
  };
  const double step_lon = std::abs(x_.step);
  return {.kind = SourceGrid::Kind::even,
          .west = low(x_),
          .south = low(y_),
          .step_lon = step_lon,
          .step_lat = std::abs(y_.step),
          .columns = x_.count,
          .rows = y_.count,
          .turns = std::abs(360 / step_lon - static_cast<double>(x_.count)) < 0.02};
}

std::optional<CfGrid::Corners> CfGrid::around(Place place) const {
  if (!valid(place)) return std::nullopt;
  Corners corners;
  corners.at = projection_ ? projection_->to(place) : MapPoint{place.lon, place.lat, 0};
  const auto x = x_.find(corners.at.x);
  const auto y = y_.find(corners.at.y);
  if (!x || !y) return std::nullopt;
  corners.points = {y->low * x_.count + x->low, y->low * x_.count + x->high, y->high * x_.count + x->low,
                    y->high * x_.count + x->high};
  corners.weights = {(1 - x->share) * (1 - y->share), x->share * (1 - y->share), (1 - x->share) * y->share,
                     x->share * y->share};
  return corners;
}

Result<CfLayout> read_layout(const NetcdfFile& file, const NetcdfFile::Variable& variable,
                             std::optional<double> height_m) {
  CfLayout layout;
  const auto axes = read_axes(file, variable, height_m, layout);
  if (!axes) return fail(axes.error());
  std::shared_ptr<const Projection> projection;
  if (axes->projected) {
    auto drawn = projection_of(file, variable);
    if (!drawn) return fail(drawn.error());
    projection = std::move(*drawn);
  }
  const bool degrees = !axes->projected || role_of(file, *axes->x) == Role::longitude ||
                       file.text(*axes->x, "standard_name") == "grid_longitude";
  const auto x = read_axis(file, *axes->x, degrees);
  if (!x) return fail(x.error());
  const auto y = read_axis(file, *axes->y, false);
  if (!y) return fail(y.error());
  layout.grid = std::make_shared<CfGrid>(*x, *y, std::move(projection));
  if (axes->time != nullptr) {
    auto times = read_times(file, *axes->time);
    if (!times) return fail(times.error());
    layout.times = std::make_shared<std::vector<Time>>(std::move(*times));
  }
  return layout;
}

}  // namespace varne
