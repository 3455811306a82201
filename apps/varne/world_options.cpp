#include "world_options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "forcing_options.h"
#include "varne/core/text.h"
#include "varne/desk/day.h"
#include "varne/room/authority.h"

namespace varne::app {
namespace {

std::unexpected<Error> no_centre(const World& world, const std::string& named) {
  std::vector<std::string> known;
  for (const Centre& centre : world.strait.centres) known.push_back(centre.name);
  return fail("--exchange", fmt::format("\"{}\" is no centre of {}; there are {}", shown(named),
                                        world.strait.name, fmt::join(known, ", ")));
}

}  // namespace

Result<std::vector<ReserveRule>> reserve_of(const std::vector<std::string>& states,
                                            const std::vector<Unit>& units) {
  std::set<std::string> known;
  for (const Unit& unit : units) known.insert(unit.state);
  std::vector<ReserveRule> out;
  for (const std::string& state : states) {
    if (!known.contains(state))
      return fail("--keep", fmt::format("no unit of the list is of \"{}\"; there are units of {}",
                                        shown(state), fmt::join(known, ", ")));
    out.push_back({.state = state});
  }
  return out;
}

Result<std::shared_ptr<const World>> world_of(const WorldOptions& options) {
  auto strait = strait_of(options.strait);
  if (!strait) return std::unexpected(strait.error());
  const std::string units = options.units.empty() ? strait->units : options.units;
  if (units.empty()) return fail("--units", "is missing; this strait names no list of its own");
  Sea sea;
  if (auto added = add_forcing(sea, options.forcing); !added) return std::unexpected(added.error());
  if (!options.wind.empty()) {
    const auto wind = stated_vector("--wind", options.wind, "FROM,KNOTS, as in 250,8", true);
    if (!wind) return std::unexpected(wind.error());
    sea.add(stated_source("stated wind", {{.wind = *wind}}));
  }
  if (auto added = add_strait(sea, *strait); !added) return std::unexpected(added.error());
  auto made = world_about(std::move(*strait), std::move(sea), units);
  if (!made) return std::unexpected(made.error());
  auto world = std::make_shared<World>(std::move(*made));
  if (!options.sensors.empty()) {
    auto sensors = load_sensors(options.sensors);
    if (!sensors) return std::unexpected(sensors.error());
    world->sensors = std::move(*sensors);
  }
  if (!options.survival.empty()) {
    auto survival = SurvivalTable::load(options.survival);
    if (!survival) return std::unexpected(survival.error());
    world->survival = std::make_shared<const SurvivalTable>(std::move(*survival));
  }
  auto reserve = reserve_of(options.keep, world->units);
  if (!reserve) return std::unexpected(reserve.error());
  world->reserve = std::move(*reserve);
  world->own = options.own;
  world->partners = options.partners;
  world->shares = options.shares;
  for (const auto& centre : world->partners)
    if (!authority::is_centre(*world, centre)) return no_centre(*world, centre);
  if (!authority::is_centre(*world, own_centre(*world))) return no_centre(*world, world->own);
  world->title = options.title;
  world->exercise = !options.exercise.empty();
  world->notice = options.exercise;
  return std::shared_ptr<const World>(std::move(world));
}

void add_world_options(CLI::App& command, WorldOptions& options) {
  command.add_option("--strait", options.strait,
                     "folder of the strait (docs/strait.md) [data/straits/dover]");
  command.add_option("--units", options.units, "rescue units [the strait's]");
  command.add_option("--sensors", options.sensors,
                     "what is known of the radars (docs/feeds.md) [they see everywhere]");
  add_forcing_options(command, options.forcing);
  command.add_option("--wind", options.wind, "stated wind where no file knows it, FROM degrees,KNOTS");
  command.add_option(
      "--survival", options.survival,
      "how long people live, a table with its sources (docs/fleet.md), for proposals by lives");
  command.add_option("--keep", options.keep,
                     "UK or FR: proposals leave one of its available units idle; may be repeated");
  command.add_option("--title", options.title, "of the desk [Live desk]");
  command.add_option("--exercise", options.exercise, "mark every page as an exercise, with this notice");
}

}  // namespace varne::app
