#include "search_fleet.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <functional>

#include "varne/core/place_text.h"
#include "varne/core/text.h"
#include "varne/core/units.h"
#include "varne/fleet/reach.h"
#include "varne/report/chart.h"

namespace varne::app {
namespace {

/// "RNLI Dover=15" and the like: each unit's name, looked up, with what is said of it.
Done each(const char* option, const std::vector<std::string>& all, const char* meaning,
          const std::vector<UnitAt>& fleet,
          const std::function<bool(const std::string& name, std::string_view value)>& take) {
  for (const auto& text : all) {
    const auto at = text.rfind('=');
    const std::string name = text.substr(0, at);
    if (at == std::string::npos) return fail(option, fmt::format("\"{}\" is not {}", shown(text), meaning));
    if (const auto unit = unit_named(fleet, name); !unit) return fail(option, unit.error().what);
    if (!take(name, std::string_view(text).substr(at + 1)))
      return fail(option, fmt::format("\"{}\" is not {}", shown(text), meaning));
  }
  return {};
}

}  // namespace

Result<std::vector<UnitAt>> fleet_of(const FleetWords& words) {
  const auto list = load_units(words.units);
  if (!list) return std::unexpected(list.error());
  std::vector<UnitAt> fleet = all_at_base(*list);
  const auto done = each(
      "--unit-at", words.places, "NAME=LON,LAT", fleet, [&](const std::string& name, std::string_view value) {
        const auto place = parse_place(std::string(value));
        if (!place) return false;
        const auto unit = std::ranges::find(fleet, name, [](const UnitAt& one) { return one.unit.name; });
        const UnitNow now = unit_now(unit->unit, UnitPosition{*place, {}, {}}, {});
        unit->at = now.place;
        unit->at_base = now.at_base;
        return true;
      });
  if (!done) return std::unexpected(done.error());
  return fleet;
}

Result<std::vector<AskedSearcher>> searchers_of(const FleetWords& words, const std::vector<UnitAt>& fleet) {
  std::vector<AskedSearcher> out;
  for (const auto& name : words.names) {
    if (const auto unit = unit_named(fleet, name); !unit) return fail("--unit", unit.error().what);
    out.push_back({.unit = name});
  }
  // Of a unit that is not asked to search it says nothing.
  const auto of = [&](const std::string& name, auto&& take) {
    const auto searcher = std::ranges::find(out, name, &AskedSearcher::unit);
    if (searcher != out.end()) take(*searcher);
    return true;
  };
  if (auto done = each("--search-speed", words.search_speeds, "NAME=KNOTS", fleet,
                       [&](const std::string& name, std::string_view value) {
                         const auto kn = parse_number(value);
                         return kn && *kn > 0 &&
                                of(name, [&](AskedSearcher& one) { one.search_mps = mps_from_knots(*kn); });
                       });
      !done)
    return std::unexpected(done.error());
  if (auto done = each("--turn-s", words.turns, "NAME=SECONDS", fleet,
                       [&](const std::string& name, std::string_view value) {
                         const auto s = parse_number(value);
                         return s && *s >= 0 && *s <= 3600 &&
                                of(name, [&](AskedSearcher& one) { one.turn_s = *s; });
                       });
      !done)
    return std::unexpected(done.error());
  if (auto done = each("--free-from", words.free_from, "NAME=TIME", fleet,
                       [&](const std::string& name, std::string_view value) {
                         const auto time = parse_time(value);
                         return time && of(name, [&](AskedSearcher& one) { one.free_from = *time; });
                       });
      !done)
    return std::unexpected(done.error());
  return out;
}

Result<PassageGrid> waters_of(const Sea& sea, const DriftRun& run, const std::vector<UnitAt>& fleet,
                              const std::vector<AskedSearcher>& searchers) {
  constexpr double margin_deg = 0.3;  // for ways that lead around
  constexpr double usual_cell_m = 300;
  constexpr double most_cells = 5e5;
  Box box{180, 90, -180, -90};
  const auto add = [&](Place place) {
    box = {std::min(box.west, place.lon), std::min(box.south, place.lat), std::max(box.east, place.lon),
           std::max(box.north, place.lat)};
  };
  for (const AskedSearcher& one : searchers) {
    const UnitAt& unit = **unit_named(fleet, one.unit);
    if (flies(unit.unit.kind)) continue;
    add(unit.at);
    add(unit.unit.home);
  }
  for (const DriftSnapshot& shot : run.snapshots)
    for (std::size_t i = 0; i < shot.places.size(); ++i)
      if (shot.states[i] != ParticleState::left) add(shot.places[i]);
  box = {box.west - margin_deg, box.south - margin_deg, box.east + margin_deg, box.north + margin_deg};
  auto coasts = load_coasts(box);
  if (!coasts) return std::unexpected(coasts.error());
  Sea waters = sea;
  for (auto& coast : *coasts) waters.add(std::move(coast));
  const Place west{box.west, (box.south + box.north) / 2};
  const double area_m2 =
      distance_m(west, {box.east, west.lat}) * distance_m({box.west, box.south}, {box.west, box.north});
  return PassageGrid(waters, box, std::max(usual_cell_m, std::sqrt(area_m2 / most_cells)));
}

void add_fleet_options(CLI::App& command, FleetWords& words) {
  command.add_option("--units", words.units, "list of units (docs/fleet.md)")->capture_default_str();
  command.add_option("--unit", words.names, "who may search, by name; as many as there are, up to 8")
      ->required();
  command.add_option("--search-speed", words.search_speeds,
                     "NAME=KNOTS where the list knows no search speed");
  command.add_option("--turn-s", words.turns,
                     "NAME=SECONDS lost at each turn of 90°, where the list knows none");
  command.add_option("--unit-at", words.places,
                     "NAME=LON,LAT of one that is not at its base; under way, it has no launch delay");
  command.add_option("--free-from", words.free_from,
                     "NAME=TIME when one that is off duty in the list can be had");
}

}  // namespace varne::app
