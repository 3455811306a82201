#include "varne/sea/forcing_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "varne/core/text.h"

namespace varne {
namespace {

struct PairRow {
  Quantity quantity;
  Share share;
  bool along_axes;
  std::string_view first;
  std::string_view second;
};

constexpr auto current = Quantity::current;
constexpr auto wind = Quantity::wind;

// Copernicus' and MOi's: utotal = uo + utide (+ Stokes drift). HYCOM: water_u. NEMO: vozocrtx. wgrib2: UOGRD.
constexpr std::array standard_pairs{
    PairRow{current, Share::plain, false, "eastward_sea_water_velocity", "northward_sea_water_velocity"},
    PairRow{current, Share::plain, false, "surface_eastward_sea_water_velocity",
            "surface_northward_sea_water_velocity"},
    PairRow{current, Share::plain, true, "x_sea_water_velocity", "y_sea_water_velocity"},
    PairRow{current, Share::plain, true, "sea_water_x_velocity", "sea_water_y_velocity"},
    PairRow{current, Share::plain, true, "surface_sea_water_x_velocity", "surface_sea_water_y_velocity"},
    PairRow{current, Share::tide, false, "eastward_sea_water_velocity_due_to_tides",
            "northward_sea_water_velocity_due_to_tides"},
    PairRow{current, Share::tide, true, "sea_water_x_velocity_due_to_tide",
            "sea_water_y_velocity_due_to_tide"},
    PairRow{current, Share::depth_mean, false, "barotropic_eastward_sea_water_velocity",
            "barotropic_northward_sea_water_velocity"},
    PairRow{current, Share::depth_mean, true, "barotropic_sea_water_x_velocity",
            "barotropic_sea_water_y_velocity"},
    PairRow{wind, Share::plain, false, "eastward_wind", "northward_wind"},
    PairRow{wind, Share::plain, true, "x_wind", "y_wind"},
};

constexpr std::array usual_pairs{
    PairRow{current, Share::plain, false, "water_u", "water_v"},
    PairRow{current, Share::plain, false, "uo", "vo"},
    PairRow{current, Share::total, false, "utotal", "vtotal"},
    PairRow{current, Share::tide, false, "utide", "vtide"},
    PairRow{current, Share::plain, false, "u_current", "v_current"},
    PairRow{current, Share::plain, false, "ssu", "ssv"},
    PairRow{current, Share::plain, false, "u_eastward", "v_northward"},
    PairRow{current, Share::plain, true, "vozocrtx", "vomecrty"},
    PairRow{current, Share::plain, false, "UOGRD_surface", "VOGRD_surface"},
    PairRow{current, Share::depth_mean, true, "ubar", "vbar"},
    PairRow{wind, Share::plain, true, "x_wind_10m", "y_wind_10m"},
    PairRow{wind, Share::plain, false, "u10", "v10"},
    PairRow{wind, Share::plain, false, "10u", "10v"},
    PairRow{wind, Share::plain, false, "u10m", "v10m"},
    PairRow{wind, Share::plain, false, "air_u", "air_v"},
    PairRow{wind, Share::plain, false, "ugrd10m", "vgrd10m"},
    PairRow{wind, Share::plain, false, "UGRD_10maboveground", "VGRD_10maboveground"},
    PairRow{wind, Share::plain, false, "uwnd", "vwnd"},
    PairRow{wind, Share::plain, true, "Uwind", "Vwind"},
};

struct PolarRow {
  Quantity quantity;
  Part part;
  std::string_view name;
  std::string_view family;
};

constexpr std::array polar{
    PolarRow{wind, Part::speed, "wind_speed", "wind_speed"},
    PolarRow{wind, Part::from, "wind_from_direction", "wind_speed"},
    PolarRow{wind, Part::towards, "wind_to_direction", "wind_speed"},
    PolarRow{wind, Part::speed, "si10", "si10"},
    PolarRow{wind, Part::from, "wdir10", "si10"},
    PolarRow{wind, Part::speed, "ws10", "ws10"},
    PolarRow{wind, Part::from, "wd10", "ws10"},
    PolarRow{wind, Part::speed, "WIND_10maboveground", "WIND_10maboveground"},
    PolarRow{wind, Part::from, "WDIR_10maboveground", "WIND_10maboveground"},
    PolarRow{current, Part::speed, "sea_water_speed", "sea_water_speed"},
    PolarRow{current, Part::from, "sea_water_velocity_from_direction", "sea_water_speed"},
    PolarRow{current, Part::towards, "sea_water_velocity_to_direction", "sea_water_speed"},
    PolarRow{current, Part::towards, "direction_of_sea_water_velocity", "sea_water_speed"},
    PolarRow{current, Part::speed, "current_speed", "current_speed"},
    PolarRow{current, Part::towards, "current_direction", "current_speed"},
};

struct ScalarRow {
  Quantity quantity;
  std::string_view name;
};

constexpr std::array scalars{
    ScalarRow{Quantity::wave_height, "sea_surface_wave_significant_height"},
    ScalarRow{Quantity::wave_height, "VHM0"},
    ScalarRow{Quantity::wave_height, "swh"},
    ScalarRow{Quantity::wave_height, "hs"},
    ScalarRow{Quantity::wave_height, "Hs"},
    ScalarRow{Quantity::wave_height, "SWH"},
    ScalarRow{Quantity::wave_height, "HTSGW_surface"},
    ScalarRow{Quantity::water_temperature, "sea_surface_temperature"},
    ScalarRow{Quantity::water_temperature, "sea_water_temperature"},
    ScalarRow{Quantity::water_temperature, "sea_water_potential_temperature"},
    ScalarRow{Quantity::water_temperature, "sst"},
    ScalarRow{Quantity::water_temperature, "analysed_sst"},
    ScalarRow{Quantity::water_temperature, "water_temp"},
    ScalarRow{Quantity::water_temperature, "thetao"},
    ScalarRow{Quantity::depth, "sea_floor_depth_below_geoid"},
    ScalarRow{Quantity::depth, "sea_floor_depth_below_mean_sea_level"},
    ScalarRow{Quantity::depth, "sea_floor_depth_below_sea_surface"},
    ScalarRow{Quantity::depth, "sea_floor_depth"},
    ScalarRow{Quantity::depth, "deptho"},
    ScalarRow{Quantity::depth, "bathymetry"},
    ScalarRow{Quantity::depth, "bathy"},
    ScalarRow{Quantity::depth, "depth"},
};

std::optional<Meaning> of_row(const PairRow& row, std::string_view name) {
  if (name != row.first && name != row.second) return std::nullopt;
  return Meaning{row.quantity, name == row.first ? Part::x : Part::y, row.share, row.along_axes,
                 fmt::format("{}, {}", row.first, row.second)};
}

std::optional<Meaning> by_standard_name(std::string_view name) {
  for (const PairRow& row : standard_pairs) {
    if (auto meaning = of_row(row, name)) return meaning;
  }
  return std::nullopt;
}

std::optional<Meaning> by_usual_name(std::string_view name, std::optional<Quantity> role) {
  for (const PairRow& row : usual_pairs) {
    if (auto meaning = of_row(row, name)) return meaning;
  }
  // Alone u and v may be either; ROMS has its currents so, along the grid.
  if (role && (*role == current || *role == wind)) return of_row({*role, Share::plain, true, "u", "v"}, name);
  return std::nullopt;
}

std::optional<Meaning> polar_or_scalar(std::string_view name) {
  for (const PolarRow& row : polar) {
    if (name == row.name)
      return Meaning{row.quantity, row.part, Share::plain, false, std::string(row.family)};
  }
  for (const ScalarRow& row : scalars) {
    if (name == row.name)
      return Meaning{row.quantity, Part::whole, Share::plain, false, std::string(row.name)};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Meaning> meaning_of_name(std::string_view name, std::optional<Quantity> role) {
  if (auto meaning = by_standard_name(name)) return meaning;
  if (auto meaning = by_usual_name(name, role)) return meaning;
  return polar_or_scalar(name);
}

Result<std::optional<Meaning>> meaning_of_variable(std::string_view name, std::string_view standard_name,
                                                   std::optional<Quantity> role) {
  const auto usual = by_usual_name(name, role);
  // Under a name of its own a residual beside a current is left alone: --map takes it.
  if (usual && standard_name.ends_with(without_tide)) standard_name.remove_suffix(without_tide.size());
  const auto standard = by_standard_name(standard_name);
  if (usual && standard && (usual->quantity != standard->quantity || usual->part != standard->part)) {
    return fail(
        "", fmt::format("is named like a {} towards {}, and its standard_name is {}; say which it is by "
                        "--map NAME={}",
                        name_of(usual->quantity), usual->part == Part::x ? "east" : "north", standard_name,
                        name));
  }
  if (usual) {
    Meaning meaning = *usual;
    if (standard) {
      meaning.along_axes = standard->along_axes;
      if (meaning.share == Share::plain) meaning.share = standard->share;
    }
    return meaning;
  }
  if (standard) return standard;
  if (auto meaning = polar_or_scalar(name)) return meaning;
  return polar_or_scalar(standard_name);
}

const char* name_of(Quantity quantity) {
  switch (quantity) {
    case Quantity::current:
      return "current";
    case Quantity::wind:
      return "wind";
    case Quantity::wave_height:
      return "wave height";
    case Quantity::water_temperature:
      return "water temperature";
    case Quantity::depth:
      return "depth";
  }
  return "";
}

Done add_to_map(NameMap& map, std::string_view text) {
  const auto at = text.find('=');
  const std::string name(trim(text.substr(0, at)));
  const std::string variable(at == std::string_view::npos ? std::string_view() : trim(text.substr(at + 1)));
  if (name.empty() || variable.empty())
    return fail("--map", fmt::format("\"{}\" is not NAME=VAR, as in x_sea_water_velocity=u", shown(text)));
  if (!meaning_of_name(name))
    return fail("--map",
                fmt::format("\"{}\" is no name that is known; give a CF standard_name such as "
                            "x_sea_water_velocity, y_sea_water_velocity, eastward_wind, northward_wind, "
                            "wind_speed, wind_from_direction, sea_surface_wave_significant_height",
                            shown(name)));
  if (!map.emplace(name, variable).second)
    return fail("--map", fmt::format("\"{}\" is mapped twice; give one variable", shown(name)));
  return {};
}

}  // namespace varne
