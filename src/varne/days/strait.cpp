#include "varne/days/strait.h"

#include <fmt/format.h>

#include <algorithm>

#include "varne/core/lines.h"
#include "varne/core/place_of_data.h"
#include "varne/days/hindcast.h"
#include "varne/doctrine/chosen.h"

namespace varne::days {
namespace {

constexpr double per_deg = 100;
constexpr int columns = 221;  // of strait_area, both ends
constexpr int rows = 121;
constexpr double farthest_m = 2 * territorial_sea_m;  // that the distance of land is asked for
constexpr std::uint32_t first_mmsi = 299'100'001;     // 299 is given to no country
constexpr double nowhere_m = -1e6;

/// The text of one unit, from its [[unit]] to the next.
std::vector<std::string> blocks_of(const std::string& text) {
  std::vector<std::string> out;
  std::size_t at = text.find("[[unit]]");
  while (at != std::string::npos) {
    const std::size_t next = text.find("[[unit]]", at + 1);
    out.push_back(text.substr(at, next - at));
    at = next;
  }
  return out;
}

bool names(const std::string& block, const std::string& unit) {
  return block.find("name = \"" + unit + "\"") != std::string::npos;
}

}  // namespace

StraitChart::StraitChart(const Zones& zones, const TerritorialSea& waters)
    : line_(static_cast<std::size_t>(columns) * rows), land_(line_.size()) {
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < columns; ++c) {
      const Place place{strait_area.west + c / per_deg, strait_area.south + r / per_deg};
      const auto i = static_cast<std::size_t>(r) * columns + static_cast<std::size_t>(c);
      const double away = zones.distance_to_line_m(place, "France / United Kingdom").value_or(0);
      line_[i] = static_cast<float>(zones.at(place).state == "UK" ? away : -away);
      land_[i] = static_cast<float>(waters.land_m(place, "UK", farthest_m).value_or(farthest_m));
    }
  }
}

double StraitChart::at(const std::vector<float>& grid, Place place) const {
  if (grid.empty() || !strait_area.contains(place)) return nowhere_m;
  const double x = (place.lon - strait_area.west) * per_deg;
  const double y = (place.lat - strait_area.south) * per_deg;
  const int c = std::min(static_cast<int>(x), columns - 2);
  const int r = std::min(static_cast<int>(y), rows - 2);
  const double fx = x - c;
  const double fy = y - r;
  const auto node = [&](int dr, int dc) {
    return static_cast<double>(
        grid[static_cast<std::size_t>(r + dr) * columns + static_cast<std::size_t>(c + dc)]);
  };
  return (node(0, 0) * (1 - fx) + node(0, 1) * fx) * (1 - fy) +
         (node(1, 0) * (1 - fx) + node(1, 1) * fx) * fy;
}

bool StraitChart::in_uk_waters(Place place) const {
  const double land = uk_land_m(place);
  return past_line_m(place) > 0 && land >= 0 && land < territorial_sea_m;
}

std::string units_of_day(const std::string& text, const std::vector<std::string>& without,
                         const std::vector<std::string>& off_duty) {
  std::string out;
  for (std::string& block : blocks_of(text)) {
    const auto among = [&](const std::vector<std::string>& units) {
      return std::any_of(units.begin(), units.end(), [&](const auto& unit) { return names(block, unit); });
    };
    if (among(without)) continue;
    if (among(off_duty)) {
      if (const auto said = block.find("\nstatus = "); said != std::string::npos)
        block.erase(said, block.find('\n', said + 1) - said);
      block.insert(std::string("[[unit]]\n").size(), "status = \"off_duty\"\n");
    }
    out += block;
  }
  return out;
}

Result<std::shared_ptr<const Strait>> open_strait(Scenario scenario) {
  auto out = std::make_shared<Strait>();
  const auto home = home_strait();
  if (!home) return std::unexpected(home.error());
  out->waters = **home;
  auto coast = coast_of(out->waters);
  if (!coast) return std::unexpected(coast.error());
  out->coast = *coast;
  auto tides = tides_of(out->waters);
  if (!tides) return std::unexpected(tides.error());
  out->tides = *tides;
  out->territorial_sea = std::make_shared<const TerritorialSea>(out->waters.zones, out->coast);
  out->chart = StraitChart(out->waters.zones, *out->territorial_sea);
  auto leeway = load_leeway(data_path("leeway.toml"));
  if (!leeway) return std::unexpected(leeway.error());
  out->leeway = std::move(*leeway);
  auto units = load_units(scenario.units);
  if (!units) return std::unexpected(units.error());
  out->units = std::move(*units);
  const auto text = read_file(scenario.units, std::size_t{1} << 20);
  if (!text) return std::unexpected(text.error());
  auto blocks = blocks_of(*text);
  std::uint32_t mmsi = first_mmsi;
  for (Unit& unit : out->units) {
    const auto block =
        std::find_if(blocks.begin(), blocks.end(), [&](const auto& b) { return names(b, unit.name); });
    if (!unit.mmsi && block != blocks.end()) {
      unit.mmsi = mmsi;
      block->insert(std::string("[[unit]]\n").size(), fmt::format("mmsi = {}\n", mmsi));
    }
    ++mmsi;
  }
  for (const std::string& block : blocks) out->units_text += block;
  auto rules = load_rulebook(data_path("doctrine"));
  if (!rules) return std::unexpected(rules.error());
  for (const Policy& policy : scenario.policies) {
    auto chosen = only_doctrines(*rules, policy.doctrines);
    if (!chosen) return std::unexpected(chosen.error().in("policy " + policy.name));
    out->rules[policy.name] = std::make_shared<const Rulebook>(std::move(*chosen));
  }
  if (scenario.forcing) {
    auto hindcast = read_hindcast(scenario);
    if (!hindcast) return std::unexpected(hindcast.error());
    out->hindcast = *hindcast;
    scenario.files += hex(out->hindcast->hash());
  }
  out->scenario = std::move(scenario);
  return out;
}

}  // namespace varne::days
