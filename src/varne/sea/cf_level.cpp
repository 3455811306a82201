/// Which level of a variable is the one that counts: 10 m for the wind, the surface for the sea.

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "varne/core/text.h"
#include "varne/sea/cf_axes.h"
#include "varne/sea/cf_units.h"

namespace varne {
namespace {

constexpr double wind_height_m = 10;
constexpr double wind_height_off_m = 2;
constexpr double deepest_surface_m = 15;

/// A level in words and, where it is a height, in metres.
struct Spoken {
  std::string text;
  std::optional<double> height_m;  // nothing: a pressure or a model's own level
};

/// "u100", "x_wind_80m", "UGRD_850mb", "100 metre U wind component", "10 m above ground": the first number
/// that is told as a level.
std::optional<Spoken> level_in_words(std::string_view words) {
  std::string text;
  for (const char c : words)
    text += static_cast<char>(std::tolower(static_cast<unsigned char>(c == '_' ? ' ' : c)));
  const auto is_digit = [&](std::size_t i) {
    return i < text.size() && std::isdigit(static_cast<unsigned char>(text[i])) != 0;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_digit(i) || (i > 0 && (is_digit(i - 1) || text[i - 1] == '.'))) continue;
    std::size_t end = i;
    while (is_digit(end) || (end < text.size() && text[end] == '.' && is_digit(end + 1))) ++end;
    const auto number = parse_number(text.substr(i, end - i));
    std::string_view rest = std::string_view(text).substr(end);
    if (rest.starts_with("-")) rest.remove_prefix(1);
    while (rest.starts_with(" ")) rest.remove_prefix(1);
    if (!number) continue;
    if (rest.starts_with("mb") || rest.starts_with("hpa") || rest.starts_with("pa"))
      return Spoken{fmt::format("{} hPa", *number), std::nullopt};
    const auto ends_word = [&](std::size_t n) {
      return rest.size() <= n || std::isalpha(static_cast<unsigned char>(rest[n])) == 0;
    };
    const bool metres = (rest.starts_with("m") && ends_word(1)) || rest.starts_with("metre") ||
                        rest.starts_with("meter") || rest.starts_with("mabove");
    // u10, v100, u10n, si10: a component's letter and its height.
    const bool short_name = i > 0 && i <= 2 && end + 1 >= text.size() &&
                            std::isalpha(static_cast<unsigned char>(text[0])) != 0 && text[i - 1] != ' ';
    const bool ecmwf_name = i == 0 && (rest == "u" || rest == "v" || rest == "si" || rest == "wdir");  // 100u
    if (metres || short_name || ecmwf_name) return Spoken{fmt::format("{} m", *number), *number};
  }
  if (text.ends_with(" pl")) return Spoken{"levels of pressure", std::nullopt};
  if (text.ends_with(" ml")) return Spoken{"the model's own levels", std::nullopt};
  return std::nullopt;
}

/// Level values in metres of height or depth, or told as pressures; the model's own where neither.
struct Levels {
  std::vector<double> values;
  enum Kind { metres, pressure, own } kind = own;
  std::string units;
};

Result<Levels> levels_of(const NetcdfFile& file, const NetcdfFile::Variable& coordinate) {
  auto values = file.values(coordinate);
  if (!values) return fail(values.error());
  Levels levels{std::move(*values), Levels::own, file.text(coordinate, "units").value_or("")};
  const std::string standard = file.text(coordinate, "standard_name").value_or("");
  if (const auto metres = unit_conversion(levels.units, "m"); !levels.units.empty() && metres) {
    levels.kind = Levels::metres;
    for (double& value : levels.values) value = (*metres)(value);
  } else if (standard == "air_pressure" || (!levels.units.empty() && unit_conversion(levels.units, "Pa")) ||
             coordinate.name.starts_with("isobaric") || coordinate.name == "plev") {
    levels.kind = Levels::pressure;
  } else if (levels.units.empty() && (standard == "height" || coordinate.name.starts_with("height"))) {
    levels.kind = Levels::metres;
  }
  return levels;
}

std::string spoken(const Levels& levels, std::size_t i) {
  return levels.kind == Levels::metres
             ? fmt::format("{:g} m", levels.values[i])
             : fmt::format("{:g} {}", levels.values[i],
                           levels.units.empty() ? "(no unit)" : shown(levels.units));
}

Result<std::size_t> wind_level(const NetcdfFile& file, const NetcdfFile::Variable& variable,
                               const NetcdfFile::Variable& coordinate) {
  const auto levels = levels_of(file, coordinate);
  if (!levels) return fail(levels.error());
  std::size_t best = 0;
  const auto off = [&](std::size_t i) {
    const double away = std::abs(levels->values[i] - wind_height_m);
    return std::isnan(away) ? 1e9 : away;
  };
  for (std::size_t i = 1; i < levels->values.size(); ++i) {
    if (off(i) < off(best)) best = i;
  }
  if (levels->values.empty() || std::isnan(levels->values[best]))
    return file.refuse(coordinate.name, "has no levels in it");
  if (levels->kind != Levels::metres || off(best) > wind_height_off_m)
    return file.refuse(
        variable.name,
        fmt::format("is a wind at {}{}, and none at 10 m; give a file with the wind at 10 m",
                    spoken(*levels, best), levels->values.size() > 1 ? " and other levels" : ""));
  return best;
}

Result<std::size_t> surface_level(const NetcdfFile& file, const NetcdfFile::Variable& variable,
                                  const NetcdfFile::Variable& coordinate) {
  const auto levels = levels_of(file, coordinate);
  if (!levels) return fail(levels.error());
  const std::string standard = file.text(coordinate, "standard_name").value_or("");
  std::string positive = file.text(coordinate, "positive").value_or("");
  std::transform(positive.begin(), positive.end(), positive.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  const bool below =
      std::all_of(levels->values.begin(), levels->values.end(), [](double v) { return v <= 0; });
  // How far a level is from the surface: heights above the bottom grow towards it, all else counts from it.
  const bool from_bottom = positive == "up" && !below && standard != "depth";
  const auto off = [&](std::size_t i) {
    const double value = levels->values[i];
    return std::isnan(value) ? 1e9 : from_bottom ? -value : std::abs(value);
  };
  std::size_t best = 0;
  for (std::size_t i = 1; i < levels->values.size(); ++i) {
    if (off(i) < off(best)) best = i;
  }
  if (levels->values.empty() || std::isnan(levels->values[best]))
    return file.refuse(coordinate.name, "has no levels in it");
  if (levels->kind == Levels::metres && !from_bottom && off(best) > deepest_surface_m)
    return file.refuse(
        variable.name,
        fmt::format("begins {:g} m below the surface; give a file with the surface in it", off(best)));
  return best;
}

}  // namespace

Result<std::vector<std::pair<std::size_t, std::size_t>>> cf_level(const NetcdfFile& file,
                                                                  const NetcdfFile::Variable& variable,
                                                                  CfLevel wanted) {
  std::vector<std::pair<std::size_t, std::size_t>> taken;
  bool told = false;  // a coordinate says the level
  const auto take = [&](const NetcdfFile::Variable& coordinate) -> Result<std::size_t> {
    told = true;
    return wanted == CfLevel::wind_10m ? wind_level(file, variable, coordinate)
                                       : surface_level(file, variable, coordinate);
  };
  for (std::size_t d = 0; d < variable.dimensions.size(); ++d) {
    const auto* coordinate = cf_coordinate(file, variable.dimensions[d]);
    if (coordinate == nullptr || cf_role(file, *coordinate) != CfRole::vertical) continue;
    const auto level = take(*coordinate);
    if (!level) return fail(level.error());
    taken.emplace_back(d, *level);
  }
  for (const auto* coordinate : cf_auxiliaries(file, variable)) {
    std::size_t points = 1;
    for (const auto& dimension : coordinate->dimensions) points *= dimension.length;
    if (points != 1 || cf_role(file, *coordinate) != CfRole::vertical) continue;
    if (const auto level = take(*coordinate); !level) return fail(level.error());
  }
  if (told || wanted != CfLevel::wind_10m) return taken;
  // A height in the file that no variable names is the wind's where it is the only one.
  std::vector<const NetcdfFile::Variable*> heights;
  for (const auto& other : file.variables())
    if (other.dimensions.empty() && cf_role(file, other) == CfRole::vertical) heights.push_back(&other);
  if (heights.size() == 1)
    if (const auto level = take(*heights.front()); !level) return fail(level.error());
  for (const auto& words : {file.text(variable, "level").value_or(""), variable.name,
                            file.text(variable, "long_name").value_or("")}) {
    const auto level = level_in_words(words);
    if (!level) continue;
    if (!level->height_m || std::abs(*level->height_m - wind_height_m) > wind_height_off_m)
      return file.refuse(
          variable.name,
          fmt::format("is a wind at {}, and none at 10 m; give a file with the wind at 10 m", level->text));
    break;
  }
  return taken;
}

}  // namespace varne
