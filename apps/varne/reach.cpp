#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "forcing_options.h"
#include "numbers.h"
#include "terminal.h"
#include "varne/core/place_of_data.h"
#include "varne/core/place_text.h"
#include "varne/fleet/fleet_file.h"
#include "varne/sea/strait.h"

namespace varne::app {
namespace {

struct Asked {
  std::string at;
  std::string time;
  double radius_m = 0;
  double hours = 12;
  std::string units = data_path("straits/dover/units.toml");
  SeaWords sea;
  ReachOptions options;
  bool json = false;
};

int run(const Asked& asked) {
  const auto place = parse_place(asked.at);
  if (!place) return failed(place.error().in("--at"));
  const auto time = parse_time(asked.time);
  if (!time) return failed(time.error().in("--time"));
  const auto units = load_units(asked.units);
  if (!units) return failed(units.error());
  const auto known = home_sea(asked.sea);
  if (!known) return failed(known.error());
  const Sea& sea = *known;
  const Place swapped{place->lat, place->lon};
  if (valid(swapped) && !sea.current(*place, *time) && sea.current(swapped, *time))
    return failed({"--at", fmt::format("no sea is known at {}; longitude comes first: did you mean {},{}?",
                                       spoken(*place), swapped.lon, swapped.lat)});

  const PassageGrid grid(sea, *home_strait().value()->coast);
  const auto length = Duration(static_cast<std::int64_t>(asked.hours * 3'600'000));
  const Target target = target_about(sea, *place, asked.radius_m, *time, length);
  std::vector<Reach> all;
  for (const FleetUnit& unit : at_their_bases(*units, *time))
    if (unit.status == UnitStatus::available)
      all.push_back(reach(sea, &grid, unit.now, target, asked.options));
  std::stable_sort(all.begin(), all.end(), [](const Reach& a, const Reach& b) {
    return a.median.value_or(Duration::max()) < b.median.value_or(Duration::max());
  });
  Json out = Json::array();
  SpeedsAssumed assumed;
  for (const Reach& one : all) {
    assumed.add(one);
    if (asked.json)
      out.push_back(reach_json(one));
    else
      say("{}\n", reach_text(one));
  }
  if (!asked.json)
    for (const std::string& line : assumed.said()) say("{}\n", line);
  if (asked.json)
    say("{}\n", canonical(out));
  else if (all.empty())
    say("no unit of {} is available\n", asked.units);
  const auto gets_there = [](const Reach& one) { return one.reached > 0 && one.arrives.value_or(true); };
  const bool somebody = std::ranges::any_of(all, gets_there);
  if (!asked.json && !somebody && !all.empty())
    say("no available unit is known to be with the boat before its fuel or crew runs out\n");
  return somebody ? 0 : 3;
}

}  // namespace

void add_reach(CLI::App& app, int& status) {
  auto asked = std::make_shared<Asked>();
  auto* command = app.add_subcommand("reach", "Who can be with a boat, and when");
  command->add_option("--at", asked->at, "where it was last known: LON,LAT in degrees")->required();
  command->add_option("--time", asked->time, "when units are asked: 2021-11-24T02:00Z")->required();
  command->add_option("--radius-m", asked->radius_m, "1 σ of the place on each axis")
      ->check(from_to(0, 100'000));
  command->add_option("--hours", asked->hours, "how long it is followed, carried by the current")
      ->check(from_to(0.1, 72))
      ->capture_default_str();
  command
      ->add_option("--contact-m", asked->options.contact_m,
                   "how near a unit sees it: for the chance of contact")
      ->check(from_to(0, 100'000))
      ->capture_default_str();
  command->add_option("--units", asked->units,
                      "rescue units, at their bases [data/straits/dover/units.toml]");
  add_sea_options(*command, asked->sea);
  command->add_flag("--json", asked->json, "as JSON, with the routes");
  command->footer(
      "Exit status 3: no available unit is known to get there before its fuel or crew runs out; why is "
      "said.\n\nExample:\n  varne reach --at "
      "1.4,51.0 --time 2021-11-24T02:00Z --radius-m 1500");
  command->callback([asked, &status] { status = run(*asked); });
}

}  // namespace varne::app
