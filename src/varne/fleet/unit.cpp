#include "varne/fleet/unit.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <set>

#include "varne/core/toml.h"
#include "varne/core/units.h"

namespace varne {
namespace {

constexpr std::array kinds{UnitKind::lifeboat, UnitKind::cutter,     UnitKind::patrol,
                           UnitKind::tug,      UnitKind::helicopter, UnitKind::aeroplane};

UnitKind kind_in(TomlTable& table) {
  const std::string name = table.text("kind");
  const auto found = std::find_if(kinds.begin(), kinds.end(), [&](UnitKind k) { return name == name_of(k); });
  if (found != kinds.end()) return *found;
  table.refuse("kind", fmt::format("\"{}\" is no kind of unit; known are lifeboat, cutter, patrol, tug, "
                                   "helicopter, aeroplane",
                                   name));
  return UnitKind::lifeboat;
}

std::string state_in(TomlTable& table) {
  std::string state = table.text("state");
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (state.size() != 2 || !std::all_of(state.begin(), state.end(), capital))
    table.refuse("state", fmt::format("\"{}\" is not a state; write \"UK\" or \"FR\"", state));
  return state;
}

Unit read_unit(TomlTable& table) {
  Unit unit;
  unit.name = table.text("name");
  if (unit.name.empty()) table.refuse("name", "is empty");
  unit.kind = kind_in(table);
  unit.state = state_in(table);
  unit.centre = table.text("centre");
  if (unit.centre.empty()) table.refuse("centre", "is empty; name the centre that tasks this unit");
  unit.base = table.text("base");
  unit.home = table.place("home");
  unit.speed_mps = mps_from_knots(table.number("speed_kn", 1, 600));
  unit.capacity = static_cast<std::int32_t>(table.whole("capacity", 0, 5000));
  if (const auto mmsi = table.maybe_whole("mmsi", 1, 999'999'999))
    unit.mmsi = static_cast<std::uint32_t>(*mmsi);
  table.only_known();
  return unit;
}

}  // namespace

const char* name_of(UnitKind kind) {
  switch (kind) {
    case UnitKind::lifeboat:
      return "lifeboat";
    case UnitKind::cutter:
      return "cutter";
    case UnitKind::patrol:
      return "patrol";
    case UnitKind::tug:
      return "tug";
    case UnitKind::helicopter:
      return "helicopter";
    case UnitKind::aeroplane:
      return "aeroplane";
  }
  return "";
}

Result<std::vector<Unit>> load_units(const std::string& path) {
  const auto file = TomlFile::open(path);
  if (!file) return std::unexpected(file.error());
  TomlTable root = file->root();
  std::vector<Unit> units;
  std::set<std::string> names;
  std::set<std::uint32_t> mmsis;
  for (TomlTable& table : root.tables("unit")) {
    units.push_back(read_unit(table));
    const Unit& unit = units.back();
    if (!names.insert(unit.name).second)
      table.refuse("name", fmt::format("\"{}\" is the name of an earlier unit too", unit.name));
    if (unit.mmsi && !mmsis.insert(*unit.mmsi).second)
      table.refuse("mmsi", fmt::format("{} is the number of an earlier unit too", *unit.mmsi));
  }
  root.only_known();
  if (file->wrong()) return std::unexpected(*file->wrong());
  if (units.empty()) return fail(path, "names no unit; write one [[unit]] for each");
  return units;
}

Duration time_to_reach(const Unit& unit, Place from, Place to) {
  assert(unit.speed_mps > 0);
  return Duration(static_cast<std::int64_t>(std::ceil(distance_m(from, to) / unit.speed_mps * 1000)));
}

}  // namespace varne
