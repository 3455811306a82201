#include "varne/sea/cf_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "varne/core/text.h"
#include "varne/sea/cf_units.h"

namespace varne {
namespace {

constexpr std::size_t longest_axis = 1 << 20;

using Variable = NetcdfFile::Variable;

constexpr const char* regrid =
    "put it on a longitude-latitude grid, for example with CDO (cdo remapdis,GRID IN.nc OUT.nc), and give "
    "that";

/// The dimensions of a variable by what they are; -1: it has none such.
struct Roles {
  const Variable* time = nullptr;    // gives the moments, of a forecast's steps too
  const Variable* run = nullptr;     // dimension of runs
  const Variable* period = nullptr;  // steps after a run's beginning, where nothing says the moments
  const Variable* x = nullptr;
  const Variable* y = nullptr;
  bool projected = false;
  std::vector<std::size_t> other;  // dimensions of more than one point whose meaning is not told by an axis
};

Result<Roles> read_roles(const NetcdfFile& file, const Variable& variable, std::optional<int> member,
                         CfLayout& layout) {
  Roles roles;
  layout.start.assign(variable.dimensions.size(), 0);
  layout.count.assign(variable.dimensions.size(), 1);
  for (std::size_t d = 0; d < variable.dimensions.size(); ++d) {
    const auto& dimension = variable.dimensions[d];
    if (dimension.length > longest_axis) {
      return file.refuse(variable.name,
                         fmt::format("has {} points along {}; the file may be damaged: fetch it again",
                                     dimension.length, dimension.name));
    }
    const auto* coordinate = cf_coordinate(file, dimension);
    const CfRole role = coordinate == nullptr ? CfRole::unknown : cf_role(file, *coordinate);
    if (cf_member(file, dimension)) {
      const auto index = cf_member_index(file, variable, d, member);
      if (!index) return fail(index.error());
      layout.start[d] = *index;
    } else if (role == CfRole::time && roles.time == nullptr) {
      roles.time = coordinate;
      layout.time_dimension = d;
    } else if ((role == CfRole::run || role == CfRole::time) && roles.run == nullptr) {
      roles.run = coordinate;
      layout.run_dimension = d;
    } else if (role == CfRole::period && roles.period == nullptr) {
      roles.period = coordinate;
      if (layout.time_dimension) {  // time and step: what is called time is when the run began
        roles.run = std::exchange(roles.time, nullptr);
        layout.run_dimension = layout.time_dimension;
      }
      layout.time_dimension = d;
    } else if ((role == CfRole::longitude || role == CfRole::map_x) && roles.x == nullptr) {
      roles.x = coordinate;
      roles.projected = role == CfRole::map_x;
      layout.x_dimension = d;
      layout.count[d] = dimension.length;
    } else if ((role == CfRole::latitude || role == CfRole::map_y) && roles.y == nullptr) {
      roles.y = coordinate;
      layout.y_dimension = d;
      layout.count[d] = dimension.length;
    } else if (dimension.name == "expver" && !layout.version_dimension) {
      layout.version_dimension = d;
    } else if (role != CfRole::vertical && dimension.length != 1) {
      roles.other.push_back(d);
    }
  }
  return roles;
}

std::unexpected<Error> no_place(const NetcdfFile& file, const Variable& variable) {
  // Longitude and latitude along one dimension: points here and there.
  for (const auto& dimension : variable.dimensions) {
    bool lon = false;
    bool lat = false;
    for (const auto& each : file.variables()) {
      if (each.dimensions.size() != 1 || each.dimensions[0].id != dimension.id) continue;
      lon = lon || cf_role(file, each) == CfRole::longitude;
      lat = lat || cf_role(file, each) == CfRole::latitude;
    }
    if (lon && lat)
      return file.refuse(
          variable.name,
          fmt::format("lies on the points of an unstructured (triangular) mesh along \"{}\"; {}",
                      dimension.name, regrid));
  }
  return file.refuse(variable.name,
                     fmt::format("has no longitude and latitude axes (nor a map's x and y); {}", regrid));
}

/// Two-dimensional coordinates of the role over two dimensions of the variable: named by it, or found by
/// them.
const Variable* mesh_coordinate(const NetcdfFile& file, const Variable& variable, CfRole role,
                                const std::vector<int>& dimensions) {
  const auto fits = [&](const Variable& each) {
    return each.numeric && each.dimensions.size() == 2 && cf_role(file, each) == role &&
           std::all_of(each.dimensions.begin(), each.dimensions.end(), [&](const auto& dimension) {
             return std::find(dimensions.begin(), dimensions.end(), dimension.id) != dimensions.end();
           });
  };
  for (const auto* named : cf_auxiliaries(file, variable)) {
    if (fits(*named)) return named;
  }
  for (const auto& each : file.variables()) {
    if (fits(each)) return &each;
  }
  return nullptr;
}

/// The direction of the rows of a mesh, where the file gives it for the same points.
Result<std::vector<double>> angles(const NetcdfFile& file, const Variable& lons) {
  for (const auto& each : file.variables()) {
    const bool is_angle =
        file.text(each, "standard_name") == "angle_of_rotation_from_east_to_x" || each.name == "angle";
    if (!is_angle || each.dimensions.size() != 2 || each.dimensions[0].id != lons.dimensions[0].id ||
        each.dimensions[1].id != lons.dimensions[1].id)
      continue;
    auto values = file.values(each);
    if (!values) return fail(values.error());
    const auto radians = unit_conversion(file.text(each, "units").value_or("radian"), "radian");
    if (!radians) return file.refuse(each.name, radians.error().what);
    for (double& value : *values) value = (*radians)(value);
    return values;
  }
  return std::vector<double>();
}

/// A mesh of two-dimensional longitudes and latitudes; null where the variable has none.
Result<std::shared_ptr<const Grid>> read_mesh(const NetcdfFile& file, const Variable& variable,
                                              const std::vector<std::size_t>& candidates, CfLayout& layout) {
  std::vector<int> ids;
  for (const std::size_t d : candidates) ids.push_back(variable.dimensions[d].id);
  const auto* lons = mesh_coordinate(file, variable, CfRole::longitude, ids);
  const auto* lats = mesh_coordinate(file, variable, CfRole::latitude, ids);
  if (lons == nullptr || lats == nullptr) return nullptr;
  if (lons->dimensions[0].id != lats->dimensions[0].id)
    return file.refuse(lats->name,
                       fmt::format("has other dimensions than {}; fetch the file again", lons->name));
  for (std::size_t d = 0; d < variable.dimensions.size(); ++d) {
    const auto& dimension = variable.dimensions[d];
    if (dimension.id != lons->dimensions[0].id && dimension.id != lons->dimensions[1].id) continue;
    (dimension.id == lons->dimensions[0].id ? layout.y_dimension : layout.x_dimension) = d;
    layout.count[d] = dimension.length;
  }
  auto lon = file.values(*lons);
  if (!lon) return fail(lon.error());
  auto lat = file.values(*lats);
  if (!lat) return fail(lat.error());
  const auto angle = angles(file, *lons);
  if (!angle) return fail(angle.error());
  auto grid = CurvilinearGrid::of(lons->dimensions[0].length, lons->dimensions[1].length, std::move(*lon),
                                  std::move(*lat), *angle);
  if (!grid) return file.refuse(lons->name, grid.error().what);
  return grid;
}

Result<std::shared_ptr<const Projection>> projection_of(const NetcdfFile& file, const Variable& variable) {
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

Result<Axis> read_axis(const NetcdfFile& file, const Variable& coordinate, bool degrees, bool turns) {
  auto values = file.values(coordinate);
  if (!values) return fail(values.error());
  const std::string units = file.text(coordinate, "units").value_or("");
  if (!degrees && !units.empty() && units != "1") {  // kilometres of a map, as metres
    const auto metres = unit_conversion(units, "m");
    if (!metres) return file.refuse(coordinate.name, metres.error().what);
    for (double& value : *values) value = (*metres)(value);
  }
  auto axis = Axis::of(std::move(*values), turns);
  if (!axis) return file.refuse(coordinate.name, axis.error().what);
  return axis;
}

Result<std::shared_ptr<const Grid>> read_plain(const NetcdfFile& file, const Variable& variable,
                                               const Roles& roles) {
  if (roles.projected != (cf_role(file, *roles.y) == CfRole::map_y))
    return file.refuse(variable.name, "mixes longitude or latitude with an axis of a map");
  std::shared_ptr<const Projection> projection;
  if (roles.projected) {
    auto drawn = projection_of(file, variable);
    if (!drawn) return fail(drawn.error());
    projection = std::move(*drawn);
  }
  const std::string units = file.text(*roles.x, "units").value_or("");
  const bool degrees = !roles.projected || file.text(*roles.x, "standard_name") == "grid_longitude" ||
                       units.starts_with("degree");
  auto x = read_axis(file, *roles.x, degrees, degrees);
  if (!x) return fail(x.error());
  auto y = read_axis(file, *roles.y, degrees, false);
  if (!y) return fail(y.error());
  return std::make_shared<PlainGrid>(std::move(*x), std::move(*y), std::move(projection));
}

/// The moment of a scalar coordinate of this role that the variable names; nothing where there is none.
Result<std::optional<Time>> scalar_time(const NetcdfFile& file, const Variable& variable, CfRole role) {
  for (const auto* coordinate : cf_auxiliaries(file, variable)) {
    std::size_t points = 1;
    for (const auto& dimension : coordinate->dimensions) points *= dimension.length;
    if (points != 1 || cf_role(file, *coordinate) != role ||
        file.text(*coordinate, "units").value_or("").find(" since ") == std::string::npos)
      continue;
    const auto times = cf_times(file, *coordinate);
    if (!times) return fail(times.error());
    return times->front();
  }
  return std::nullopt;
}

/// When the run began, where the file says it once for all.
Result<std::optional<Time>> run_of_file(const NetcdfFile& file) {
  for (const auto& each : file.variables()) {
    std::size_t points = 1;
    for (const auto& dimension : each.dimensions) points *= dimension.length;
    if (points != 1 || !each.numeric || cf_role(file, each) != CfRole::run) continue;
    const auto times = cf_times(file, each);
    if (!times) return fail(times.error());
    return times->front();
  }
  return std::nullopt;
}

/// Moments that run and step give together: as valid_time says them, else added up.
Result<std::vector<CfRun>> stepped_runs(const NetcdfFile& file, const Variable& variable, const Roles& roles,
                                        const CfLayout& layout) {
  std::vector<Time> began;
  if (roles.run != nullptr) {
    auto times = cf_times(file, *roles.run);
    if (!times) return fail(times.error());
    began = std::move(*times);
  } else {
    const auto scalar = scalar_time(file, variable, CfRole::time);
    if (!scalar) return fail(scalar.error());
    const auto run = run_of_file(file);
    if (!run) return fail(run.error());
    const auto from = *scalar ? *scalar : *run;
    if (!from)
      return file.refuse(roles.period->name,
                         "counts from a run whose beginning is not in the file (no valid_time, no time)");
    began.push_back(*from);
  }
  const auto hours = unit_conversion(file.text(*roles.period, "units").value_or("hours"), "ms");
  if (!hours) return file.refuse(roles.period->name, hours.error().what);
  const auto steps = file.values(*roles.period);
  if (!steps) return fail(steps.error());
  std::vector<CfRun> runs;
  for (std::size_t r = 0; r < began.size(); ++r) {
    CfRun run{began[r], {}, r};
    for (const double step : *steps) {
      const double ms = (*hours)(step);
      if (!(std::abs(ms) < 1e12)) return file.refuse(roles.period->name, "has a step that is no time");
      run.times.push_back(began[r] + Duration(std::llround(ms)));
      if (run.times.size() > 1 && run.times.back() <= run.times[run.times.size() - 2])
        return file.refuse(roles.period->name, "does not ascend; sort the file by step, or fetch it again");
    }
    runs.push_back(std::move(run));
  }
  return layout.run_dimension || runs.size() == 1
             ? Result<std::vector<CfRun>>(std::move(runs))
             : file.refuse(variable.name, "has runs that it is not along");
}

Result<std::vector<CfRun>> read_runs(const NetcdfFile& file, const Variable& variable, const Roles& roles,
                                     const CfLayout& layout) {
  if (roles.period != nullptr) return stepped_runs(file, variable, roles, layout);
  auto began = scalar_time(file, variable, CfRole::run);
  if (!began) return fail(began.error());
  if (!*began) began = run_of_file(file);
  if (!began) return fail(began.error());
  CfRun run{*began, {}, 0};
  if (roles.time != nullptr) {
    auto times = cf_times(file, *roles.time);
    if (!times) return fail(times.error());
    run.times = std::move(*times);
  } else {
    const auto moment = scalar_time(file, variable, CfRole::time);
    if (!moment) return fail(moment.error());
    if (*moment) run.times = {**moment};
  }
  if (layout.run_dimension)
    return file.refuse(variable.name, fmt::format("has two time axes; take one of \"{}\" out of the file",
                                                  variable.dimensions[*layout.run_dimension].name));
  return std::vector{std::move(run)};
}

/// Land by the file's own mask of the same points (ROMS mask_rho, CF binary masks).
Result<std::vector<bool>> read_land(const NetcdfFile& file, const Variable& variable,
                                    const CfLayout& layout) {
  for (const auto& each : file.variables()) {
    const std::string standard = file.text(each, "standard_name").value_or("");
    const bool land = standard == "land_binary_mask";
    if (!land && standard != "sea_binary_mask" && !each.name.starts_with("mask_") && each.name != "tmask")
      continue;
    if (!each.numeric || each.dimensions.size() != 2 ||
        each.dimensions[0].id != variable.dimensions[layout.y_dimension].id ||
        each.dimensions[1].id != variable.dimensions[layout.x_dimension].id)
      continue;
    const auto values = file.values(each);
    if (!values) return fail(values.error());
    std::vector<bool> is_land;
    for (const double value : *values) is_land.push_back((value == 0) != land);
    // A mask without any sea is a mask of something else.
    if (std::find(is_land.begin(), is_land.end(), false) != is_land.end()) return is_land;
  }
  return std::vector<bool>();
}

}  // namespace

Result<CfLayout> cf_layout(const NetcdfFile& file, const NetcdfFile::Variable& variable, CfLevel level,
                           std::optional<int> member) {
  CfLayout layout;
  const auto levels = cf_level(file, variable, level);
  if (!levels) return fail(levels.error());
  auto roles = read_roles(file, variable, member, layout);
  if (!roles) return fail(roles.error());
  for (const auto& [dimension, index] : *levels) layout.start[dimension] = index;

  const bool mapped = roles->x != nullptr && roles->y != nullptr;
  const bool named = file.find(file.text(variable, "grid_mapping").value_or("")) != nullptr;
  if (!mapped || (roles->projected && !named)) {
    auto candidates = roles->other;
    if (roles->x != nullptr) candidates.push_back(layout.x_dimension);
    if (roles->y != nullptr) candidates.push_back(layout.y_dimension);
    auto mesh = read_mesh(file, variable, candidates, layout);
    if (!mesh) return fail(mesh.error());
    layout.grid = std::move(*mesh);
    if (layout.grid != nullptr)
      std::erase_if(roles->other,
                    [&](std::size_t d) { return d == layout.x_dimension || d == layout.y_dimension; });
  }
  if (layout.grid == nullptr && !mapped) return no_place(file, variable);
  if (!roles->other.empty()) {
    return file.refuse(
        variable.name,
        fmt::format("has a dimension \"{}\" that is neither time, depth nor place; take one of it, "
                    "or put the file on a longitude-latitude grid",
                    variable.dimensions[roles->other.front()].name));
  }
  if (layout.grid == nullptr) {
    auto plain = read_plain(file, variable, *roles);
    if (!plain) return fail(plain.error());
    layout.grid = std::move(*plain);
  }
  auto runs = read_runs(file, variable, *roles, layout);
  if (!runs) return fail(runs.error());
  layout.runs = std::move(*runs);
  auto land = read_land(file, variable, layout);
  if (!land) return fail(land.error());
  layout.land = std::move(*land);
  return layout;
}

}  // namespace varne
