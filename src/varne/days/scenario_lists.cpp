#include "varne/days/scenario_lists.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "varne/core/place_of_data.h"
#include "varne/core/units.h"
#include "varne/fleet/unit.h"

namespace varne::days {
namespace {

Beach read_beach(TomlTable table) {
  Beach out;
  out.name = table.text("name");
  out.place = table.place("at");
  out.shore = table.place("makes_for");
  out.share = table.number("share", 0, 1);
  table.only_known();
  return out;
}

RadarSite read_radar(TomlTable table) {
  RadarSite out;
  out.name = table.plain_name("name");
  out.place = table.place("at");
  out.range_m = metres_from_nm(table.number("range_nm", 0.1, 100));
  out.from_deg = table.maybe_number("from_deg", 0, 360).value_or(0);
  out.to_deg = table.maybe_number("to_deg", 0, 360).value_or(360);
  out.late_s = table.number("late_s", 0, 59);
  table.only_known();
  return out;
}

Patrol read_patrol(TomlTable table) {
  Patrol out;
  out.name = table.text("name");
  out.from = table.place("from");
  out.to = table.place("to");
  out.begins_h = table.number("begins_h", 0, 24);
  out.hours = table.number("hours", 0, 24);
  table.only_known();
  return out;
}

Lane read_lane(TomlTable table) {
  Lane out;
  out.name = table.text("name");
  for (TomlTable point : table.tables("points")) {
    out.along.push_back(point.place("at"));
    point.only_known();
  }
  if (out.along.size() < 2) table.refuse("points", "a lane needs two or more: [{ at = [lon, lat] }, …]");
  table.only_known();
  return out;
}

/// `set = { "boats.speed_kn.mean" = 5 }`: the number's name is its quantity's and, where that is drawn, the
/// parameter's.
void read_settings(TomlTable table, const Scenario& scenario, std::vector<Setting>& out) {
  for (const std::string& name : table.names()) {
    std::optional<Q> quantity = quantity_named(name);
    std::size_t parameter = 0;
    if (!quantity) {
      const auto dot = name.rfind('.');
      quantity = quantity_named(name.substr(0, dot));
      if (quantity && dot != std::string::npos) {
        const auto names = parameters_of(scenario[*quantity].shape);
        const auto found = std::find(names.begin(), names.end(), name.substr(dot + 1));
        if (found == names.end())
          quantity.reset();
        else
          parameter = static_cast<std::size_t>(found - names.begin());
      }
    }
    if (!quantity) {
      table.refuse(
          name,
          "is no number of this scenario; write its quantity, and where that is drawn its parameter: "
          "\"boats.speed_kn.mean\"");
      continue;
    }
    const QuantityWords& words = words_of(*quantity);
    out.push_back({*quantity, parameter, table.number(name, words.least, words.most)});
  }
  table.only_known();
}

Policy read_policy(TomlTable table, const Scenario& scenario) {
  Policy out;
  out.name = table.plain_name("name");
  out.says = table.text("says");
  out.doctrines = table.texts("doctrines");
  out.without = table.texts("without_units");
  if (auto set = table.table("set")) read_settings(*set, scenario, out.set);
  const std::string folder = data_path("doctrine");
  for (const std::string& name : out.doctrines) {
    if (!std::filesystem::is_regular_file(folder + "/" + name + ".toml"))
      table.refuse("doctrines", fmt::format("there is no doctrine \"{}\" in {}", name, folder));
  }
  if (std::find(out.doctrines.begin(), out.doctrines.end(), "rescue") == out.doctrines.end())
    table.refuse("doctrines", "lacks \"rescue\"; no policy puts it out of force");
  table.only_known();
  return out;
}

template <class T, class Read>
void read_list(TomlTable& root, const char* field, std::vector<T>& out, Read&& read) {
  const auto tables = root.tables(field);
  if (tables.empty()) return;
  out.clear();
  std::set<std::string> names;
  for (TomlTable table : tables) {
    out.push_back(read(table));
    if (!names.insert(out.back().name).second)
      table.refuse("name", fmt::format("\"{}\" is the name of an earlier one too", out.back().name));
  }
}

/// What a policy sets has to keep the order of a distribution's numbers over the ranges of the others.
Done check_settings(const std::string& path, const Policy& policy, const Scenario& scenario) {
  for (const Setting& setting : policy.set) {
    const Declared& d = scenario[setting.quantity];
    if (d.shape != Shape::uniform && d.shape != Shape::triangular) continue;
    const auto names = parameters_of(d.shape);
    const auto reach = [&](std::size_t i) {
      for (const Setting& other : policy.set)
        if (other.quantity == setting.quantity && other.parameter == i)
          return std::array{other.value, other.value};
      return d.numbers[i].range.value_or(std::array{d.numbers[i].value, d.numbers[i].value});
    };
    for (std::size_t i = 0; i + 1 < names.size(); ++i) {
      if (reach(i)[1] > reach(i + 1)[0])
        return fail(path, fmt::format("policy {}: set: {}: \"{}\" can be {} and \"{}\" {}: set both",
                                      policy.name, words_of(setting.quantity).name, names[i], reach(i)[1],
                                      names[i + 1], reach(i + 1)[0]));
    }
  }
  return {};
}

}  // namespace

Forcing read_forcing(TomlTable table, const std::string& folder) {
  Forcing out;
  out.where = table.where();
  for (const std::string& name : table.texts("files"))
    out.files.push_back((std::filesystem::path(folder) / name).lexically_normal().string());
  if (out.files.empty()) table.refuse("files", "name at least one file with the wind");
  out.map = table.texts("map");
  if (table.has("at")) out.place = table.place("at");
  table.only_known();
  return out;
}

void read_lists(TomlTable root, Scenario& out) {
  read_list(root, "beach", out.beaches, read_beach);
  read_list(root, "site", out.radars, read_radar);
  read_list(root, "flight", out.patrols, read_patrol);
  read_list(root, "lane", out.lanes, read_lane);
  read_list(root, "policy", out.policies, [&](TomlTable table) { return read_policy(table, out); });
}

Done check_policies(const std::string& path, const Scenario& scenario) {
  const auto units = load_units(scenario.units);
  if (!units) return std::unexpected(units.error());
  for (const Policy& policy : scenario.policies) {
    if (auto done = check_settings(path, policy, scenario); !done) return done;
    for (const std::string& name : policy.without) {
      const bool known =
          std::any_of(units->begin(), units->end(), [&](const Unit& u) { return u.name == name; });
      if (!known)
        return fail(path, fmt::format("policy {}: without_units: there is no unit \"{}\" in {}", policy.name,
                                      name, scenario.units));
    }
  }
  return {};
}

}  // namespace varne::days
