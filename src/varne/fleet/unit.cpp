#include "varne/fleet/unit.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <set>

#include "varne/core/enum_named.h"
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

std::optional<Duration> maybe_duration(TomlTable& table, const char* field, double most, double unit_s) {
  const auto value = table.maybe_number(field, 0, most);
  if (!value) return std::nullopt;
  return Duration(static_cast<std::int64_t>(std::llround(*value * unit_s * 1000)));
}

/// A list of names, each of one of the enumeration's values.
void read_sensors(TomlTable& table, Unit& unit) {
  for (const std::string& name : table.texts("sensors")) {
    const auto sensor = enum_named<UnitSensor>(name);
    if (!sensor) {
      table.refuse("sensors", fmt::format("\"{}\" is no sensor; known are radar, infrared, night_vision, "
                                          "searchlight, direction_finder",
                                          name));
    } else if (std::find(unit.sensors.begin(), unit.sensors.end(), *sensor) != unit.sensors.end()) {
      table.refuse("sensors", fmt::format("\"{}\" stands there twice", name));
    } else {
      unit.sensors.push_back(*sensor);
    }
  }
}

void read_speeds_in_sea(TomlTable& table, Unit& unit) {
  for (TomlTable& row : table.tables("in_sea")) {
    const auto state = static_cast<int>(row.whole("sea_state", 0, 9));
    const double speed = mps_from_knots(row.number("speed_kn", 0, 600));
    row.only_known();
    if (!unit.speed_mps)
      row.refuse("speed_kn", "the unit's own speed_kn has to be given too, for the calm");
    else if (speed > (unit.speeds_in_sea.empty() ? *unit.speed_mps : unit.speeds_in_sea.back().speed_mps))
      row.refuse("speed_kn", "is faster than in a calmer sea");
    if (!unit.speeds_in_sea.empty() && state <= unit.speeds_in_sea.back().sea_state)
      row.refuse("sea_state", "is not above the one before; give them from calm to rough");
    unit.speeds_in_sea.push_back({state, speed});
  }
}

/// What may be left out.
void read_abilities(TomlTable& table, Unit& unit) {
  if (const auto seated = table.maybe_whole("seated", 0, 5000)) {
    unit.seated = static_cast<std::int32_t>(*seated);
    if (unit.capacity && *seated > *unit.capacity)
      table.refuse("seated", fmt::format("{} is more than its capacity of {}", *seated, *unit.capacity));
  }
  read_speeds_in_sea(table, unit);
  unit.endurance = maybe_duration(table, "endurance_h", 10'000, 3600);
  unit.launch_delay = maybe_duration(table, "launch_delay_min", 24 * 60, 60);
  unit.crew_hours = maybe_duration(table, "crew_hours", 10'000, 3600);
  unit.draught_m = table.maybe_number("draught_m", 0, 30);
  if (const auto kn = table.maybe_number("search_speed_kn", 1, 600))
    unit.search_speed_mps = mps_from_knots(*kn);
  unit.turn_s = table.maybe_number("turn_s", 0, 3600);
  unit.eye_height_m = table.maybe_number("eye_height_m", 0, 10'000);
  read_sensors(table, unit);
  if (const auto status = table.maybe_text("status")) {
    if (*status == "off_duty")
      unit.status = UnitStatus::off_duty;
    else if (*status != "available")
      table.refuse(
          "status",
          fmt::format("\"{}\" is not how a unit begins; write \"available\" or \"off_duty\"", *status));
  }
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
  if (const auto kn = table.maybe_number("speed_kn", 1, 600)) unit.speed_mps = mps_from_knots(*kn);
  if (const auto most = table.maybe_whole("capacity", 0, 5000))
    unit.capacity = static_cast<std::int32_t>(*most);
  if (const auto mmsi = table.maybe_whole("mmsi", 1, 999'999'999))
    unit.mmsi = static_cast<std::uint32_t>(*mmsi);
  read_abilities(table, unit);
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

int sea_state_of(double wave_height_m) {
  constexpr std::array up_to{0.0, 0.1, 0.5, 1.25, 2.5, 4.0, 6.0, 9.0, 14.0};
  return static_cast<int>(std::lower_bound(up_to.begin(), up_to.end(), wave_height_m) - up_to.begin());
}

std::optional<double> speed_in(const Unit& unit, std::optional<double> wave_height_m) {
  if (!wave_height_m || unit.speeds_in_sea.empty()) return unit.speed_mps;
  const int state = sea_state_of(*wave_height_m);
  const auto row = std::find_if(unit.speeds_in_sea.begin(), unit.speeds_in_sea.end(),
                                [&](const SpeedInSea& s) { return s.sea_state >= state; });
  return row == unit.speeds_in_sea.end() ? std::nullopt : std::optional(row->speed_mps);
}

std::string assumed_of_speed(const Unit& unit, std::optional<double> wave_height_m) {
  constexpr int smooth = 1;  // up to 0.1 m
  if (flies(unit.kind) || !unit.speed_mps) return "";
  if (!wave_height_m) return "the height of the waves is not known: the speed is that in a calm";
  const int state = sea_state_of(*wave_height_m);
  if (state <= smooth || !unit.speeds_in_sea.empty()) return "";
  return fmt::format("how sea state {} slows a unit is not known: the speed is that in a calm", state);
}

Duration time_over(const Unit& unit, double metres) {
  assert(unit.speed_mps && *unit.speed_mps > 0);
  return Duration(static_cast<std::int64_t>(std::ceil(metres / *unit.speed_mps * 1000)));
}

}  // namespace varne
