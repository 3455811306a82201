#pragma once
/// Which variable of a forcing file is what: by CF standard name, by the names that models give, or as a
/// person says it (`--map NAME=VAR`).

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "varne/core/result.h"

namespace varne {

enum class Quantity { current, wind, wave_height, water_temperature, depth };
/// Components of a vector, or how it is given in polar form; `whole`: of a scalar.
enum class Part { x, y, speed, from, towards, whole };
/// Of a current: all of it, what is left without the tide, the tide alone, the mean over the depth. Most
/// files do not say: `plain`.
enum class Share { plain, total, tide, depth_mean };

/// How CF's standard names of a residual current end.
inline constexpr std::string_view without_tide = "_assuming_no_tide";

struct Meaning {
  Quantity quantity = Quantity::current;
  Part part = Part::whole;
  Share share = Share::plain;
  bool along_axes = false;  ///< of the grid, where the grid is turned; else east and north
  std::string family;       ///< variables of one family are parts of one vector: "water_u, water_v"

  friend bool operator==(const Meaning&, const Meaning&) = default;
};

/// What each name means that a person may give in `--map NAME=VAR`, and that a variable may have: standard
/// names and names of models alike. Nothing for one that is not known.
///
/// @param role  u and v alone are a current in a file that was given as current, a wind in one given as wind
std::optional<Meaning> meaning_of_name(std::string_view name, std::optional<Quantity> role = {});

/// What a variable is by its name and its standard_name (may be empty). Refuses, in words, names that
/// contradict each other: `uo` that says it is northward.
Result<std::optional<Meaning>> meaning_of_variable(std::string_view name, std::string_view standard_name,
                                                   std::optional<Quantity> role);

/// "current", "wind", "wave height" …
const char* name_of(Quantity quantity);

/// Pairs of `--map`: name to variable.
using NameMap = std::map<std::string, std::string>;
/// Reads "x_wind=U"; refuses, by option, what has no "=", a name that means nothing (it lists what may stand
/// there), and one that was given before.
Done add_to_map(NameMap& map, std::string_view text);

}  // namespace varne
