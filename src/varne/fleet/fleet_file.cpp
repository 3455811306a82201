#include "varne/fleet/fleet_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "varne/core/enum_named.h"
#include "varne/core/toml.h"
#include "varne/core/units.h"

namespace varne {
namespace {

Json minutes(const std::optional<Duration>& d) {
  return d ? Json(std::round(seconds(*d) / 6) / 10) : Json(nullptr);
}

std::string said(const std::optional<Duration>& d) {
  return d ? fmt::format("{:.0f} min", seconds(*d) / 60) : "not known";
}

Called read_call(TomlTable& table, const std::vector<Unit>& units) {
  Called call;
  OpenIncident& incident = call.incident;
  incident.id = table.text("id");
  if (incident.id.empty()) table.refuse("id", "is empty");
  incident.place = table.place("at");
  call.sigma_m = table.maybe_number("radius_m", 0, 100'000).value_or(0);
  if (const auto persons = table.maybe_whole("persons", 0, 100'000))
    incident.persons = static_cast<double>(*persons);
  incident.who.in_water = table.maybe_truth("in_water").value_or(false);
  incident.who.water_c = table.maybe_number("water_c", -2, 40);
  incident.distress = table.maybe_truth("distress").value_or(true);
  for (const std::string& name : table.texts("declined")) {
    if (std::none_of(units.begin(), units.end(), [&](const Unit& u) { return u.name == name; }))
      table.refuse("declined", fmt::format("no unit is called \"{}\"", name));
    incident.declined.insert(name);
  }
  table.only_known();
  return call;
}

void read_unit(TomlTable& table, std::vector<FleetUnit>& units, Time time) {
  const std::string name = table.text("name");
  const auto unit =
      std::find_if(units.begin(), units.end(), [&](const FleetUnit& u) { return u.now.unit.name == name; });
  if (unit == units.end()) {
    table.refuse("name", fmt::format("no unit is called \"{}\"; it has to stand in the list of units", name));
    return;
  }
  if (table.has("at")) {
    const Place at = table.place("at");
    unit->now = unit_now(unit->now.unit, UnitPosition{at, {}, time}, time);
  }
  if (const auto status = table.maybe_text("status")) {
    if (const auto known = enum_named<UnitStatus>(*status))
      unit->status = *known;
    else
      table.refuse("status",
                   fmt::format("\"{}\" is none of available, tasked, on_scene, laden, off_duty", *status));
  }
  table.only_known();
}

}  // namespace

std::vector<FleetUnit> at_their_bases(const std::vector<Unit>& units, Time time) {
  std::vector<FleetUnit> out;
  for (const Unit& unit : units) {
    out.push_back({.now = unit_now(unit, std::nullopt, time), .status = unit.status});
    if (unit.capacity) out.back().room = *unit.capacity;
  }
  return out;
}

Result<FleetMoment> load_moment(const std::string& path, const std::vector<Unit>& units) {
  const auto file = TomlFile::open(path);
  if (!file) return std::unexpected(file.error());
  TomlTable root = file->root();
  FleetMoment moment;
  moment.time = root.time("time");
  moment.units = at_their_bases(units, moment.time);
  std::set<std::string> ids;
  for (TomlTable& table : root.tables("incident")) {
    moment.calls.push_back(read_call(table, units));
    if (!ids.insert(moment.calls.back().incident.id).second)
      table.refuse("id", "is that of an earlier incident too");
  }
  std::set<std::string> names;
  for (TomlTable& table : root.tables("unit")) {
    read_unit(table, moment.units, moment.time);
    if (!names.insert(table.text("name")).second) table.refuse("name", "stands there twice");
  }
  root.only_known();
  if (file->wrong()) return std::unexpected(*file->wrong());
  if (moment.calls.empty()) return fail(path, "names no incident; write one [[incident]] for each");
  return moment;
}

std::vector<std::string> not_counted_on(const std::vector<FleetUnit>& units,
                                        const std::vector<std::vector<Reach>>& reaches) {
  std::vector<std::string> out;
  for (std::size_t u = 0; u < units.size(); ++u) {
    const bool somewhere = std::ranges::any_of(reaches, [&](const auto& row) { return row[u].reached > 0; });
    if (units[u].status != UnitStatus::available || somewhere || reaches.empty()) continue;
    std::string why;
    for (const std::string& missing : reaches.front()[u].missing) why += (why.empty() ? "" : "; ") + missing;
    out.push_back(fmt::format("{} is not counted on: {}", units[u].now.unit.name, why));
  }
  return out;
}

Json reach_json(const Reach& reach) {
  Json out{{"unit", reach.unit},
           {"median_min", minutes(reach.median)},
           {"ninety_min", minutes(reach.ninety)},
           {"reached", std::round(reach.reached * 1000) / 1000},
           {"contact", std::round(reach.contact * 1000) / 1000},
           {"aim", nullptr},
           {"aim_min", minutes(reach.aim_after)},
           {"distance_m", std::round(reach.distance_m)},
           {"speed_mps", reach.speed_mps ? Json(std::round(*reach.speed_mps * 100) / 100) : Json(nullptr)},
           {"assumed", reach.assumed},
           {"arrives", reach.arrives ? Json(*reach.arrives) : Json(nullptr)},
           {"returns", reach.returns ? Json(*reach.returns) : Json(nullptr)},
           {"route", Json::array()},
           {"missing", reach.missing}};
  const auto at = [](Place p) { return Json{std::round(p.lon * 1e5) / 1e5, std::round(p.lat * 1e5) / 1e5}; };
  if (reach.aim) out["aim"] = at(*reach.aim);
  for (const Place& corner : reach.route) out["route"].push_back(at(corner));
  return out;
}

std::string reach_text(const Reach& reach) {
  std::string out = reach.unit + ": ";
  if (reach.median)
    out += fmt::format("with the boat in {} (90 %: {}), {:.1f} nm, chance of contact on arrival {:.0f} %",
                       said(reach.median), said(reach.ninety), nm_from_metres(reach.distance_m),
                       100 * reach.contact);
  else
    out += "no time can be given";
  for (const std::string& missing : reach.missing) out += "; " + missing;
  return out;
}

Json plan_json(const TaskPlan& plan) {
  Json out{{"objective", enum_name(plan.objective)},
           {"price", std::round(plan.price * 1000) / 1000},
           {"nearest_price", std::round(plan.nearest_price * 1000) / 1000},
           {"proposals", Json::array()},
           {"run_dry", plan.run_dry},
           {"missing", plan.missing}};
  for (const Proposal& p : plan.proposals)
    out["proposals"].push_back({{"incident", p.incident},
                                {"unit", p.unit},
                                {"stop", p.stop},
                                {"median_min", minutes(p.after)},
                                {"persons", p.persons ? Json(*p.persons) : Json(nullptr)},
                                {"text", p.text}});
  return out;
}

}  // namespace varne
