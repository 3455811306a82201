#include "varne/sea/cf_axes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "varne/core/text.h"
#include "varne/sea/cf_time.h"
#include "varne/sea/cf_units.h"

namespace varne {
namespace {

using Texts = std::initializer_list<std::string_view>;

bool one_of(std::string_view text, Texts list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}
bool begins(std::string_view text, Texts list) {
  return std::any_of(list.begin(), list.end(), [&](std::string_view head) { return text.starts_with(head); });
}

bool member_name(std::string_view name) {
  return one_of(
      name, {"number", "realization", "realisation", "member", "ensemble", "ens", "ens0", "ensemble_member"});
}

bool vertical(std::string_view standard, std::string_view name) {
  return one_of(standard, {"depth", "height", "altitude", "air_pressure", "sea_water_pressure",
                           "model_level_number", "height_above_sea_floor", "height_above_mean_sea_level"}) ||
         begins(standard, {"ocean_s", "ocean_z", "ocean_double", "atmosphere_"}) ||
         one_of(name, {"depth",
                       "deptht",
                       "depthu",
                       "depthv",
                       "lev",
                       "level",
                       "levels",
                       "z",
                       "height",
                       "s_rho",
                       "sc_r",
                       "sigma",
                       "siglay",
                       "nav_lev",
                       "st_ocean",
                       "plev",
                       "hybrid",
                       "Depth",
                       "LEV",
                       "zlev",
                       "isobaric",
                       "isobaricInhPa",
                       "pressure_level",
                       "heightAboveGround",
                       "heightAboveSea",
                       "pressure"}) ||
         begins(name, {"height_above_ground", "height_above_msl", "isobaric", "depth_below"});
}

}  // namespace

CfRole cf_role(const NetcdfFile& file, const NetcdfFile::Variable& coordinate) {
  const std::string standard = file.text(coordinate, "standard_name").value_or("");
  const std::string units = file.text(coordinate, "units").value_or("");
  const std::string axis = file.text(coordinate, "axis").value_or("");
  const std::string& name = coordinate.name;
  if (standard == "longitude") return CfRole::longitude;
  if (standard == "latitude") return CfRole::latitude;
  if (one_of(standard, {"projection_x_coordinate", "grid_longitude"})) return CfRole::map_x;
  if (one_of(standard, {"projection_y_coordinate", "grid_latitude"})) return CfRole::map_y;
  if (standard == "forecast_reference_time" || one_of(name, {"forecast_reference_time", "reftime"}))
    return CfRole::run;
  if (standard == "forecast_period") return CfRole::period;
  if (standard == "time" || units.find(" since ") != std::string::npos) return CfRole::time;
  if (standard == "realization") return CfRole::member;
  if (vertical(standard, "") || file.text(coordinate, "positive")) return CfRole::vertical;
  if (one_of(units, {"degrees_east", "degree_east", "degrees_E", "degree_E", "degreesE", "degreeE"}))
    return CfRole::longitude;
  if (one_of(units, {"degrees_north", "degree_north", "degrees_N", "degree_N", "degreesN", "degreeN"}))
    return CfRole::latitude;
  if (one_of(name, {"lon", "longitude", "nav_lon", "Longitude", "LON", "lonc", "XLONG"}) ||
      begins(name, {"lon_", "glam"}))
    return CfRole::longitude;
  if (one_of(name, {"lat", "latitude", "nav_lat", "Latitude", "LAT", "latc", "XLAT"}) ||
      begins(name, {"lat_", "gphi"}))
    return CfRole::latitude;
  if (one_of(name, {"time", "ocean_time", "valid_time"})) return CfRole::time;
  if (one_of(name, {"step", "forecast_period", "leadtime", "lead_time"})) return CfRole::period;
  if (member_name(name)) return CfRole::member;
  if (axis == "Z" || vertical("", name)) return CfRole::vertical;
  if (axis == "X" || one_of(name, {"x", "xc", "rlon"})) return CfRole::map_x;
  if (axis == "Y" || one_of(name, {"y", "yc", "rlat"})) return CfRole::map_y;
  // A pressure is a level (CF 4.3), whatever it is called.
  if (coordinate.dimensions.size() < 2 && !units.empty() && unit_conversion(units, "Pa"))
    return CfRole::vertical;
  return CfRole::unknown;
}

const NetcdfFile::Variable* cf_coordinate(const NetcdfFile& file, const NetcdfFile::Dimension& dimension) {
  const NetcdfFile::Variable* own = nullptr;
  const NetcdfFile::Variable* moments = nullptr;
  const NetcdfFile::Variable* other = nullptr;
  for (const auto& candidate : file.variables()) {
    if (candidate.dimensions.size() != 1 || candidate.dimensions[0].id != dimension.id || !candidate.numeric)
      continue;
    const CfRole role = cf_role(file, candidate);
    if (candidate.name == dimension.name) own = &candidate;
    if (role == CfRole::time) moments = &candidate;
    if (role != CfRole::unknown) other = &candidate;
  }
  if (own == nullptr) return moments != nullptr ? moments : other;
  const CfRole role = cf_role(file, *own);
  if ((role == CfRole::period || role == CfRole::unknown) && moments != nullptr) return moments;
  return own;
}

std::vector<const NetcdfFile::Variable*> cf_auxiliaries(const NetcdfFile& file,
                                                        const NetcdfFile::Variable& variable) {
  std::vector<const NetcdfFile::Variable*> found;
  const std::string names = file.text(variable, "coordinates").value_or("");
  for (const auto name : split(names, ' ')) {
    if (trim(name).empty()) continue;
    const auto* coordinate = file.find(trim(name));
    if (coordinate != nullptr && coordinate->numeric) found.push_back(coordinate);
  }
  return found;
}

Result<std::vector<Time>> cf_times(const NetcdfFile& file, const NetcdfFile::Variable& coordinate) {
  const auto clock = parse_cf_clock(file.text(coordinate, "units").value_or(""),
                                    file.text(coordinate, "calendar").value_or(""));
  if (!clock) return file.refuse(coordinate.name, clock.error().what);
  const auto counts = file.values(coordinate);
  if (!counts) return fail(counts.error());
  std::vector<Time> times;
  for (const double count : *counts) {
    const auto time = clock->at(count);
    if (!time) return file.refuse(coordinate.name, time.error().what);
    if (coordinate.dimensions.size() < 2 && !times.empty() && *time <= times.back()) {
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

}  // namespace varne
